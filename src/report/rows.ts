import { Buffer } from 'node:buffer'
import { table } from '../text.ts'

/** The first lines that fit into so many bytes. */
export const within = (lines: readonly string[], bytes: number): readonly string[] => {
  let left = bytes
  const end = lines.findIndex((line) => {
    left -= Buffer.byteLength(line) + 1
    return left < 0
  })
  return end < 0 ? lines : lines.slice(0, end)
}

/** A table with as many rows as fit into so many bytes, and how many did not. Rows beyond those are not even made. */
export const fitting = <T>(
  head: readonly string[],
  items: readonly T[],
  rowOf: (item: T, index: number) => readonly string[],
  bytes: number,
): string => {
  const shown: (readonly string[])[] = []
  let left = bytes
  for (const [i, item] of items.entries()) {
    const row = rowOf(item, i)
    left -= Buffer.byteLength(row.join(' | ')) + 6
    if (left < 0) break
    shown.push(row)
  }
  const more = items.length - shown.length
  return table(head, shown) + (more > 0 ? `\n\n… and ${more} more, in the output \`result\`` : '')
}
