import { Buffer } from 'node:buffer'

/** The first lines that fit into a number of bytes. */
export const within = (lines: readonly string[], bytes: number): readonly string[] => {
  let left = bytes
  const end = lines.findIndex((line) => {
    left -= Buffer.byteLength(line) + 1
    return left < 0
  })
  return end < 0 ? lines : lines.slice(0, end)
}

/** A row of a Markdown table; the cells are Markdown already. GFM requires `|` to be escaped in them, even in code spans. */
const rowOf = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** A Markdown table with as many rows as fit into a number of bytes, and the number of the other rows. */
export const table = <T>(
  head: readonly string[],
  items: readonly T[],
  cellsOf: (item: T, index: number) => readonly string[],
  bytes: number,
): string => {
  const rows = within(
    items.map((item, i) => rowOf(cellsOf(item, i))),
    bytes,
  )
  const more = items.length - rows.length
  const cut = more > 0 ? ['', `… and ${more} more, in the file of the output \`result-path\``] : []
  return [rowOf(head), rowOf(head.map(() => '---')), ...rows, ...cut].join('\n')
}
