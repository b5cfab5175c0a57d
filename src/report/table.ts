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

/** A Markdown table with as many rows as fit into a number of bytes; `more` says how many others there are. */
export const table = <T>(
  head: readonly string[],
  items: readonly T[],
  cellsOf: (item: T, index: number) => readonly string[],
  bytes: number,
  more: (n: number) => string,
): string => {
  const rows = within(
    items.map((item, i) => rowOf(cellsOf(item, i))),
    bytes,
  )
  const cut = rows.length < items.length ? ['', more(items.length - rows.length)] : []
  return [rowOf(head), rowOf(head.map(() => '---')), ...rows, ...cut].join('\n')
}

/** A folded part. The title is HTML. */
export const folded = (title: string, body: string): string =>
  `<details><summary>${title}</summary>\n\n${body}\n\n</details>`

/** The parts that are not empty, one below the other. */
export const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n')

/** A short text that a narrow screen must not break into lines. */
export const nowrap = (text: string): string => (text.length > 30 ? text : text.replaceAll(' ', '&nbsp;'))

/** The same in a cell of a table, which a narrow screen makes as narrow as it can: it would break a date, and Chinese between any two characters. */
export const inCell = (text: string): string =>
  nowrap(text)
    .replace(/\p{sc=Han}(?=[\p{sc=Han}（），])/gu, '$&&NoBreak;')
    .replace(/-(?=\d)/g, '-&NoBreak;')
