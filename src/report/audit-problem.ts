import type { AuditResult, Finding } from '../model/audit.ts'
import { problemText } from './failures.ts'
import { ofSummary } from './limits.ts'
import type { Voice } from './voice.ts'

/** Why the audit was not done: what happened, the cause, what to do. Empty if it was. */
export const auditProblem = ({ problem }: AuditResult, voice: Voice): string =>
  problem === undefined ? '' : problemText(problem, voice, ofSummary)

/** What to do about a finding. */
export const adviceOf = ({ advice, problem }: Finding, { said, texts }: Voice): string =>
  (problem === undefined ? undefined : texts(problem)?.fix) ?? said(advice)
