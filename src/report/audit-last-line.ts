import { type AuditResult, auditedHosts, findingKinds, findingsOf, isOk } from '../model/audit.ts'
import { count, duration } from '../util/text.ts'

/** The last line of the log: how the audit ended, and what it found. `ms`: how long it took. */
export const auditLastLine = (result: AuditResult, ms: number): string => {
  const found = findingsOf(result)
  const kinds = findingKinds.flatMap((kind) => {
    const n = found.filter(({ finding }) => finding.kind === kind).length
    return n === 0 ? [] : [`${n} ${kind}`]
  })
  const parts = [
    `${count(auditedHosts(result).length, 'host')} of ${count(result.sites.length, 'site')}`,
    kinds.length === 0 ? 'nothing found' : kinds.join(', '),
    ...(result.problem === undefined ? [] : [result.problem.code]),
  ]
  return `${isOk(result) ? 'Done in' : 'Failed after'} ${duration(ms)} – ${parts.join('; ')}.`
}
