import type { CallRecord } from '../model/result.ts'
import type { Text } from '../util/language.ts'
import { clip, code, oneLine, prose } from '../util/text.ts'
import { table, within } from './table.ts'
import type { Voice } from './voice.ts'
import type { Words } from './words.ts'

/** The warnings of a step, as many as fit into a number of bytes. `max`: of each, characters. Empty without any. */
export const warningBox = (
  warnings: readonly Text[],
  { words, said }: Voice,
  { max, bytes }: { readonly max: number; readonly bytes: number },
): string => {
  const all = warnings.map(said).filter((warning) => oneLine(warning) !== '')
  if (all.length === 0) return ''
  const lines = within(
    all.map((warning) => `> - ${prose(clip(warning, max))}`),
    bytes,
  )
  const more = all.length > lines.length ? [`> - ${words.warning(all.length - lines.length)}`] : []
  return ['> [!WARNING]', ...lines, ...more].join('\n')
}

/** All calls, in order. */
export const callTable = (calls: readonly CallRecord[], words: Words, bytes: number): string => {
  const row = ({ action, outcome, requestId }: CallRecord, i: number) => [
    words.number(i + 1),
    code(action),
    code(outcome),
    code(requestId ?? ''),
  ]
  return table(['#', words.action, words.answer, words.requestId], calls, row, bytes, words.more)
}
