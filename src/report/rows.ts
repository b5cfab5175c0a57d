import { Buffer } from 'node:buffer'

/** The first lines that fit into so many bytes. */
export const within = (lines: readonly string[], bytes: number): readonly string[] => {
  let left = bytes
  const end = lines.findIndex((line) => {
    left -= Buffer.byteLength(line) + 1
    return left < 0
  })
  return end < 0 ? lines : lines.slice(0, end)
}

/** A line of a Markdown table; the cells are Markdown already. `|` is escaped in them, as GFM wants it even in code spans. */
const rowOf = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** A Markdown table with as many rows as fit into so many bytes, and how many did not. Rows beyond those are not even made. */
export const table = <T>(
  head: readonly string[],
  items: readonly T[],
  cellsOf: (item: T, index: number) => readonly string[],
  bytes: number,
): string => {
  const lines = [rowOf(head), rowOf(head.map(() => '---'))]
  let [shown, left] = [0, bytes]
  for (const item of items) {
    const line = rowOf(cellsOf(item, shown))
    left -= Buffer.byteLength(line) + 1
    if (left < 0) break
    lines.push(line)
    shown += 1
  }
  const more = items.length - shown
  return lines.join('\n') + (more > 0 ? `\n\n… and ${more} more, in the output \`result\`` : '')
}
