import type { Certificate } from '../model/certificate.ts'
import type { Bound, Host } from '../model/host.ts'
import type { Problem } from '../model/problem.ts'
import { type CallRecord, type HostResult, type Result, type SiteResult, wasPlanned } from '../model/result.ts'
import { idsOf } from '../model/setting.ts'
import { uniqueBy } from '../util/lists.ts'
import { iso } from './outputs.ts'

/** The document behind `result-path` (docs/result.schema.json), as JSON. Unknown values are left out. */
export const documentOf = (result: Result): string => {
  const { outcome, requestId, problem, sites, calls, warnings } = result
  const error = problem && {
    ...errorOf(problem),
    meaning: problem.row?.meaning,
    fix: problem.row?.fix,
    findings:
      problem.findings.length === 0
        ? undefined
        : problem.findings.map(({ input, seen, expected }) => ({ input, seen: seen.en, expected: expected.en })),
  }
  const isOne = sites.length === 1
  // With several sites, what was not called for one of them is beside them.
  const bySite = Map.groupBy(calls, ({ site }) => site)
  const callsOf = (id: string | undefined) => (isOne ? calls : (bySite.get(id) ?? [])).map(callOf)
  const said = warnings.map(({ en }) => en)
  const shared = isOne ? {} : { calls: callsOf(undefined), warnings: said }
  // A site is put together only when it is written: thousands of them need much memory.
  const each = sites.map((site) => ({
    toJSON: () => ({ ...siteOf(site), calls: callsOf(site.zone.id), warnings: isOne ? said : undefined }),
  }))
  return JSON.stringify({ outcome, requestId, error, ...shared, sites: each })
}

const callOf = ({ action, outcome, requestId }: CallRecord) => ({ action, outcome, requestId })

const siteOf = (site: SiteResult) => {
  const { account, options, outcome, problem, zone, mode, certificates, hosts, notes } = site
  const { apiVersion, dryRun, waitFor } = options
  return {
    account,
    zoneId: zone.id,
    zoneName: zone.name,
    outcome,
    site: options.site,
    apiVersion,
    mode,
    dryRun,
    waitFor,
    certificates: certificates.map(certificateOf),
    bound: otherCertificates(site).map(boundOf),
    hosts: hosts.map(hostOf),
    error: problem && errorOf(problem),
    notes: notes.map(({ en }) => en),
  }
}

const errorOf = ({ code, message, requestId }: Problem) => ({ code, message, requestId })

const certificateOf = ({ id, algorithm, sha256, names, notBefore, notAfter }: Certificate) => ({
  ...{ id, algorithm, sha256, names },
  notBefore: iso(notBefore),
  notAfter: iso(notAfter),
})

const boundOf = ({ id, algorithm, type, notAfter }: Bound) => ({ id, algorithm, type, notAfter: iso(notAfter) })

const hostOf = (result: HostResult) => {
  const { host, state } = result
  if (!wasPlanned(result)) return { host, state }
  const { plan, change, seen, readAt, requestId, drift } = result
  const problem = result.problem ?? drift?.problem
  return {
    host,
    state,
    before: change.before && stateOf(change.before),
    action: plan.kind,
    reason: plan.reason.en,
    ...(change.kind === 'refuse'
      ? {}
      : {
          target: { mode: change.target.mode, certificates: idsOf(change.target) },
          keeps: idsOrNothing(change.keeps),
          replaces: idsOrNothing(change.replaces),
          drops:
            change.drops.length === 0
              ? undefined
              : change.drops.map(({ certificate, why }) => ({ id: certificate.id, why })),
        }),
    after: seen && stateOf(seen),
    readAt: (seen ?? change.before) && iso(readAt),
    requestId,
    error: problem && errorOf(problem),
  }
}

const stateOf = ({ status, mode, certificates }: Host) => ({
  status,
  mode,
  certificates: certificates.map((one) => ({ id: one.id, status: one.status })),
})

const idsOrNothing = (list: readonly Bound[]) => (list.length === 0 ? undefined : list.map(({ id }) => id))

/** The certificates that hosts had or have, apart from those that the step deploys. */
const otherCertificates = ({ certificates, hosts }: SiteResult): readonly Bound[] => {
  const brought = new Set(certificates.map(({ id }) => id))
  const planned = hosts.filter(wasPlanned)
  const had = planned.flatMap(({ change }) => change.before?.certificates ?? [])
  const have = planned.flatMap(({ seen }) => seen?.certificates ?? [])
  return uniqueBy([...had, ...have], ({ id }) => id).filter(({ id }) => !brought.has(id))
}
