import { type AuditResult, findingsOf } from '../model/audit.ts'
import { auditTitle } from './audit-heading.ts'
import { auditCommentOf } from './audit-summary.ts'
import type { Voice } from './voice.ts'

/** What the issue is to say: it is open while there are findings. Undefined when the audit was not done, so that nothing is known. */
export const issueOf = (result: AuditResult, voice: Voice) => {
  if (result.problem !== undefined) return undefined
  const isOpen = findingsOf(result).length > 0
  return () => ({
    title: isOpen ? `EdgeOne: ${auditTitle(result, voice.said)}` : undefined,
    // Warnings are about a run, and may differ from run to run.
    markdown: auditCommentOf({ ...result, warnings: [] }, voice),
  })
}
