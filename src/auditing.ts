import { isOk } from './model/audit.ts'
import type { Annotation, World } from './model/ports.ts'
import { auditAnnotations } from './report/audit-annotations.ts'
import { auditDocumentOf } from './report/audit-document.ts'
import { auditOutputsOf } from './report/audit-outputs.ts'
import { auditSummaryOf } from './report/audit-summary.ts'
import { runAudit } from './run-audit.ts'
import type { Report } from './runner/actions.ts'

/** How a step ended, and what it publishes. */
export interface Done {
  readonly annotations: readonly Annotation[]
  readonly isOk: boolean
  readonly report: () => Report
}

/** Runs the audit. */
export const audit = async (world: World): Promise<Done> => {
  const result = await runAudit(world)
  return {
    annotations: auditAnnotations(result),
    isOk: isOk(result),
    report: () => ({
      outputs: auditOutputsOf(result),
      document: auditDocumentOf(result),
      summary: auditSummaryOf(result),
    }),
  }
}
