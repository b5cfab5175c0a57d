import { earliest } from '../model/certificate.ts'
import { type HostResult, hostsOf, type Result, type SiteResult, wasPlanned } from '../model/result.ts'
import { oneLine } from '../util/text.ts'
import { isChanged, listings } from './lists.ts'

/** Names of the outputs in order. A test compares them with action.yml. `result-path` is set where the file is written. */
export const outputNames = [
  'outcome',
  'changed',
  'request-id',
  'error-code',
  'error-message',
  'cert-id',
  'not-after',
  'changed-hosts',
  'unchanged-hosts',
  'failed-hosts',
  'changed-count',
  'unchanged-count',
  'failed-count',
  'failed-sites',
  'result-path',
] as const
export type Outputs = Readonly<Record<Exclude<(typeof outputNames)[number], 'result-path'>, string>>

/** Every output, on success and on failure; one that does not apply is empty. */
export const outputsOf = (result: Result): Outputs => {
  const { outcome, requestId, problem, sites } = result
  const hosts = hostsOf(result)
  const named = (test: (host: HostResult) => boolean) => hosts.filter(test).map(({ host }) => host)
  const changed = named(isChanged)
  const unchanged = named(({ state }) => listings[state].unchanged === true)
  const failed = named(({ state }) => listings[state].failed === true)
  const hasAny = changed.length + unchanged.length > 0
  return {
    outcome,
    changed: String(changed.length > 0),
    'request-id': oneLine(requestId ?? ''),
    'error-code': oneLine(problem?.code ?? ''),
    'error-message': problem === undefined ? '' : oneLine(problem.message) || 'The service gave no message.',
    'cert-id': hasAny ? oneLine(certificateIds(sites)) : '',
    'not-after': hasAny ? (iso(earliestExpiry(sites)) ?? '') : '',
    'changed-hosts': JSON.stringify(changed),
    'unchanged-hosts': JSON.stringify(unchanged),
    'failed-hosts': JSON.stringify(failed),
    'changed-count': String(changed.length),
    'unchanged-count': String(unchanged.length),
    'failed-count': String(failed.length),
    'failed-sites': JSON.stringify(failedSites(sites)),
  }
}

/** Sites that did not get there, each once: the ID where it is known, otherwise the name. */
const failedSites = (sites: readonly SiteResult[]): readonly string[] => [
  ...new Set(sites.flatMap(({ problem, zone }) => (problem === undefined ? [] : oneLine(zone.id ?? zone.name ?? '')))),
]

/** IDs of the certificates that the step deploys, comma-separated. */
const certificateIds = (sites: readonly SiteResult[]): string => {
  const bringing = sites.filter(({ mode }) => mode === 'sslcert')
  const ids = new Set(bringing.flatMap(({ certificates }) => certificates.map(({ id }) => id)))
  // Under 2022-01-06 the ID of the default certificate is unknown.
  return ids.size === 0 && bringing.length > 0 ? 'default' : [...ids].join(',')
}

/** ISO 8601, UTC, from Unix milliseconds. */
export const iso = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString()

/** The earliest expiry of the certificates that the step deploys, Unix milliseconds, as SSL Certificate Service or EdgeOne returned it. */
const earliestExpiry = (sites: readonly SiteResult[]): number | undefined => {
  const times = sites.flatMap(({ certificates, hosts }) => {
    const ids = new Set(certificates.map(({ id }) => id))
    const bound = hosts.flatMap(boundTo).filter(({ id }) => ids.has(id))
    return [...certificates, ...bound].flatMap(({ notAfter }) => notAfter ?? [])
  })
  return times.length === 0 ? undefined : earliest(times)
}

const boundTo = (host: HostResult) => (wasPlanned(host) ? ((host.seen ?? host.change.before)?.certificates ?? []) : [])
