import type { Finding as AuditFinding, AuditResult } from '../model/audit.ts'
import type { Finding } from '../model/problem.ts'
import { clip, code, prose } from '../util/text.ts'
import { moreText, words } from './audit-words.ts'
import { table } from './table.ts'
import type { Voice } from './voice.ts'

/** Maximum size of the table of wrong inputs, bytes. */
const inputBytes = 96 * 1024
/** Maximum length of a text from outside, characters. */
const maxText = 4000

/** Why the audit was not done: what happened, the cause, what to do. Empty if it was. */
export const auditProblem = ({ problem }: AuditResult, { said: say, texts }: Voice): string => {
  if (problem === undefined) return ''
  const { text, requestId, findings } = problem
  const row = texts(problem)
  const cell = ({ input, seen, expected, at }: Finding) => [
    `**${prose(input)}**${at === undefined ? '' : ` ${code(`${at.file}:${at.line}:${at.column}`)}`}`,
    prose(clip(say(seen), maxText)),
    prose(clip(say(expected), maxText)),
  ]
  const head = [words.input, words.seen, words.expected].map(say)
  const inputs = table(head, findings, cell, inputBytes, (n) => say(moreText(n)))
  const lines = [
    ...(findings.length > 0 ? [] : [`- **${say(words.whatHappened)}:** ${code(clip(say(text), maxText))}`]),
    ...(row === undefined ? [] : [`- **${say(words.cause)}:** ${row.meaning}`]),
    ...(row === undefined ? [] : [`- **${say(words.toDo)}:** ${row.fix}`]),
    ...(requestId === undefined ? [] : [`- **RequestId:** ${code(requestId)}`]),
  ]
  return [...(findings.length > 0 ? [inputs, ''] : []), ...lines].join('\n')
}

/** What to do about a finding. */
export const adviceOf = ({ advice, problem }: AuditFinding, { said, texts }: Voice): string =>
  (problem === undefined ? undefined : texts(problem)?.fix) ?? said(advice)
