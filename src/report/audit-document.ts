import {
  type AuditedCertificate,
  type AuditedHost,
  type AuditedSite,
  type AuditResult,
  auditedHosts,
  earliestEnd,
  type Finding,
  findingsOf,
  isOk,
  type SeenLeaf,
  tracedDetail,
} from '../model/audit.ts'
import type { Problem } from '../model/problem.ts'
import { iso } from './outputs.ts'

/** The document behind `result-path` of the audit (docs/audit.schema.json), as JSON. Unknown values are left out. */
export const auditDocumentOf = (result: AuditResult): string => {
  const { problem, sites, criteria, calls, warnings, at } = result
  return JSON.stringify({
    ok: isOk(result),
    at: iso(at),
    ...criteria,
    findingCount: findingsOf(result).length,
    hostCount: auditedHosts(result).length,
    siteCount: sites.length,
    earliestExpiry: iso(earliestEnd(result)),
    error: problem && errorOf(problem),
    // A site is put together only when it is written: thousands of them need much memory.
    sites: sites.map((site) => ({ toJSON: () => siteOf(site) })),
    calls: calls.map(({ action, outcome, requestId, site }) => ({ action, outcome, requestId, zoneId: site })),
    warnings: warnings.map(({ en }) => en),
  })
}

const errorOf = ({ code, message, requestId, row, findings }: Problem) => ({
  ...{ code, message, requestId, meaning: row?.meaning, fix: row?.fix },
  findings:
    findings.length === 0
      ? undefined
      : findings.map(({ input, seen, expected }) => ({ input, seen: seen.en, expected: expected.en })),
})

const siteOf = ({ account, zone, site, hosts, skipped, findings, problem }: AuditedSite) => ({
  ...{ account, zoneId: zone.id, zoneName: zone.name, site },
  findings: findings.map(findingOf),
  hosts: hosts.map(hostOf),
  skipped,
  error: problem && { code: problem.code, message: problem.message, requestId: problem.requestId },
})

const hostOf = ({ host, status, mode, certificates, served, findings }: AuditedHost) => ({
  ...{ host, status, mode },
  certificates: certificates.map(certificateOf),
  served: served.map(leafOf),
  findings: findings.map(findingOf),
})

const certificateOf = ({ id, alias, type, algorithm, names, notAfter, status }: AuditedCertificate) => ({
  ...{ id, alias, type, algorithm, names, status },
  notAfter: iso(notAfter),
})

const leafOf = ({ address, algorithm, sha256, names, notAfter, distrust }: SeenLeaf) => ({
  ...{ address, algorithm, sha256, names },
  notAfter: iso(notAfter),
  distrust: distrust?.en,
})

const findingOf = (finding: Finding) => ({
  finding: finding.kind,
  certificates: finding.certificates,
  notAfter: iso(finding.notAfter),
  detail: tracedDetail(finding).en,
  advice: finding.advice.en,
})
