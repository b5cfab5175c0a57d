import {
  type AuditResult,
  auditedHosts,
  earliestEnd,
  findingsOf,
  isOk,
  type Located,
  siteKey,
  tracedDetail,
} from '../model/audit.ts'
import { clip, oneLine } from '../util/text.ts'
import { iso } from './outputs.ts'

/** Names of the outputs of the audit, in order. A test compares them with audit/action.yml. `result-path` is set where the file is written. */
export const auditOutputNames = [
  'ok',
  'findings',
  'finding-count',
  'host-count',
  'site-count',
  'earliest-expiry',
  'result-path',
] as const
type AuditOutputs = Readonly<Record<Exclude<(typeof auditOutputNames)[number], 'result-path'>, string>>

/** Findings in the output; the document has all. */
const maxFindings = 200
/** Maximum length of a text from outside in the output, characters. */
const maxText = 1000

/** Every output, whatever was found. */
export const auditOutputsOf = (result: AuditResult): AuditOutputs => {
  const all = findingsOf(result)
  return {
    ok: String(isOk(result)),
    findings: JSON.stringify(all.slice(0, maxFindings).map(findingOf)),
    'finding-count': String(all.length),
    'host-count': String(auditedHosts(result).length),
    'site-count': String(result.sites.length),
    'earliest-expiry': iso(earliestEnd(result)) ?? '',
  }
}

const shown = (text: string): string => clip(oneLine(text), maxText)

const findingOf = ({ site, finding }: Located) => ({
  site: shown(siteKey(site)),
  host: finding.host === undefined ? null : shown(finding.host),
  finding: finding.kind,
  certificate: finding.certificates.length === 0 ? null : shown(finding.certificates.join(',')),
  'not-after': iso(finding.notAfter) ?? null,
  detail: shown(tracedDetail(finding).en),
})
