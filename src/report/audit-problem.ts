import type { AuditResult } from '../model/audit.ts'
import type { Finding } from '../model/problem.ts'
import { type Text, textOf } from '../util/language.ts'
import { clip, code, prose } from '../util/text.ts'
import { moreText, words } from './audit-words.ts'
import { table } from './table.ts'

/** Maximum size of the table of wrong inputs, bytes. */
const inputBytes = 96 * 1024
/** Maximum length of a text from outside, characters. */
const maxText = 4000

/** Why the audit was not done: what happened, the cause, what to do. Empty if it was. */
export const auditProblem = ({ problem }: AuditResult, say: (text: Text) => string): string => {
  if (problem === undefined) return ''
  const { text, row, requestId, findings } = problem
  const cell = ({ input, seen, expected, at }: Finding) => [
    `**${prose(input)}**${at === undefined ? '' : ` ${code(`${at.file}:${at.line}:${at.column}`)}`}`,
    prose(clip(seen, maxText)),
    prose(clip(expected, maxText)),
  ]
  const head = [words.input, words.seen, words.expected].map(say)
  const inputs = table(head, findings, cell, inputBytes, (n) => say(moreText(n)))
  const lines = [
    ...(findings.length > 0 ? [] : [`- **${say(words.whatHappened)}:** ${code(clip(say(text), maxText))}`]),
    ...(row === undefined ? [] : [`- **${say(words.cause)}:** ${say(textOf(row.meaning))}`]),
    ...(row === undefined ? [] : [`- **${say(words.toDo)}:** ${say(textOf(row.fix))}`]),
    ...(requestId === undefined ? [] : [`- **RequestId:** ${code(requestId)}`]),
  ]
  return [...(findings.length > 0 ? [inputs, ''] : []), ...lines].join('\n')
}
