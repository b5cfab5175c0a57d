import type { AuditResult, Finding } from '../model/audit.ts'
import { findingTable, problemLines } from './failures.ts'
import { ofSummary } from './limits.ts'
import { joined } from './table.ts'
import type { Voice } from './voice.ts'

/** Why the audit was not done: what happened, the cause, what to do. Empty if it was. The heading has the code. */
export const auditProblem = ({ problem }: AuditResult, voice: Voice): string => {
  if (problem === undefined) return ''
  const { findings } = problem
  const [, ...lines] = problemLines(problem, voice, ofSummary)
  return joined([findings.length === 0 ? '' : findingTable(findings, voice, ofSummary), lines.join('\n')])
}

/** What to do about a finding. */
export const adviceOf = ({ advice, problem }: Finding, { said, texts }: Voice): string =>
  (problem === undefined ? undefined : texts(problem)?.fix) ?? said(advice)
