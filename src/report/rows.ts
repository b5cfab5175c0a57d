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

/** Characters of a table that are made at once. */
const pieceLength = 16 * 1024

/** A Markdown table, in pieces, with as many rows as fit into so many bytes, and how many did not. Rows beyond those are not even made. */
export function* table<T>(
  head: readonly string[],
  items: readonly T[],
  cellsOf: (item: T, index: number) => readonly string[],
  bytes: number,
): Generator<string> {
  let piece = `${rowOf(head)}\n${rowOf(head.map(() => '---'))}`
  let [shown, left] = [0, bytes]
  for (const item of items) {
    const line = `\n${rowOf(cellsOf(item, shown))}`
    left -= Buffer.byteLength(line)
    if (left < 0) break
    piece += line
    shown += 1
    if (piece.length > pieceLength) {
      yield piece
      piece = ''
    }
  }
  const more = items.length - shown
  yield piece + (more > 0 ? `\n\n… and ${more} more, in the output \`result\`` : '')
}
