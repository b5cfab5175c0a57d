import type { Done } from './deploying.ts'
import { isOk } from './model/audit.ts'
import type { World } from './model/ports.ts'
import { auditAnnotations } from './report/audit-annotations.ts'
import { auditDocumentOf } from './report/audit-document.ts'
import { issueOf } from './report/audit-issue.ts'
import { auditLastLine } from './report/audit-last-line.ts'
import { auditOutputsOf } from './report/audit-outputs.ts'
import { auditCommentOf, auditSummaryOf } from './report/audit-summary.ts'
import { voiceOf } from './report/voice.ts'
import { runAudit } from './run-audit.ts'

/** Runs the audit. */
export const audit = async (world: World): Promise<Done> => {
  const { clock } = world
  const start = clock.now()
  const result = await runAudit(world)
  const voice = await voiceOf(result.language)
  const issue = issueOf(result, voice)
  return {
    isOk: isOk(result),
    deadline: result.deadline,
    annotations: auditAnnotations(result, voice),
    report: () => ({
      outputs: auditOutputsOf(result),
      document: auditDocumentOf(result),
      summary: auditSummaryOf(result, voice),
    }),
    comment: () => auditCommentOf(result, voice),
    ...(issue === undefined ? {} : { issue }),
    end: () => auditLastLine(result, clock.now() - start),
  }
}
