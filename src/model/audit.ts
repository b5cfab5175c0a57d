import { type Language, mapped, type Text } from '../util/language.ts'
import { earliest } from './certificate.ts'
import type { Bound } from './host.ts'
import type { Pattern } from './hostname.ts'
import type { Place, Problem } from './problem.ts'
import type { Facts } from './recognise.ts'
import type { CallRecord } from './result.ts'
import type { ApiVersion } from './setting.ts'
import type { Site } from './site.ts'
import type { ConnectTo, Zones } from './spec.ts'
import type { Task } from './task.ts'

/** What an audit finds, worst first. */
export const findingKinds = [
  'expired',
  'not-served',
  'no-certificate',
  'not-trusted',
  'not-covered',
  'expiring',
  'deploy-failed',
  'unreadable',
] as const
export type FindingKind = (typeof findingKinds)[number]

/** Which sites: by ID, by name, or every site of the account. */
export type AuditZones = Exclude<Zones, { readonly by: 'certificate' }> | { readonly by: 'all' }

/** What is to be looked at in a site. */
export interface AuditOptions {
  /** Which hosts; all when empty. */
  readonly patterns: readonly Pattern[]
  readonly site: Site
  readonly apiVersion: ApiVersion
  readonly connectTo: ConnectTo
}

/** What the inputs, or an entry of a manifest, ask to look at. */
export interface AuditEntry {
  readonly zones: AuditZones
  readonly options: AuditOptions
  /** Where the manifest lists it; absent for the inputs. */
  readonly at?: Place | undefined
}

/** How it is judged: for all sites alike. */
export interface Criteria {
  readonly expiresWithinDays: number
  readonly looksAtServed: boolean
  /** Findings that fail the step. */
  readonly failOn: readonly FindingKind[]
}

/** Everything that the audit is asked to look at. */
export interface AuditTask extends Task<AuditEntry> {
  readonly criteria: Criteria
}

/** One site to look at; several entries may ask for it. */
export interface AuditSpec {
  /** The name only where it was looked up. */
  readonly zone: { readonly id: string; readonly name?: string | undefined }
  /** At least one. A host is looked at if it is selected by one of them. */
  readonly selections: readonly (readonly Pattern[])[]
  readonly options: Omit<AuditOptions, 'patterns'>
  readonly criteria: Criteria
}

/** One cause for which a host, or a whole site, needs attention. */
export interface Finding {
  readonly kind: FindingKind
  /** Absent if it concerns the whole site. */
  readonly host?: string | undefined
  /** IDs of the certificates that it is about. */
  readonly certificates: readonly string[]
  /** When they end, the first of them; Unix milliseconds. */
  readonly notAfter?: number | undefined
  /** The end of a sentence that begins with the host or the site. */
  readonly detail: Text
  /** What to do, as a sentence. */
  readonly advice: Text
  /** Why it could not be read: the catalogue says what to do, in every language. */
  readonly problem?: Problem | undefined
}

/** A certificate of a host, with what SSL Certificate Service adds. `notAfter` is the best that is known. */
export interface AuditedCertificate extends Bound, Pick<Facts, 'sslEnd' | 'edgeEnd'> {
  /** It is EdgeOne's own, which renews it. */
  readonly isFree: boolean
}

/** A leaf that was seen in a TLS handshake. Times are Unix milliseconds. */
export interface SeenLeaf {
  readonly address: string
  readonly algorithm?: string | undefined
  readonly sha256: string
  readonly names: readonly string[]
  readonly notAfter: number
  readonly distrust?: Text | undefined
}

/** A host that is online or being deployed. */
export interface AuditedHost {
  readonly host: string
  readonly status?: string | undefined
  readonly mode?: string | undefined
  readonly certificates: readonly AuditedCertificate[]
  /** At each address that answered; empty if there was no handshake. */
  readonly served: readonly SeenLeaf[]
  readonly findings: readonly Finding[]
}

/** A host that serves no traffic, so it was not looked at. */
export interface SkippedHost {
  readonly host: string
  readonly status: string
}

/** What was found in a site. */
export interface AuditedSite {
  /** The account's name in the manifest. */
  readonly account?: string | undefined
  /** As far as it is known. */
  readonly zone: { readonly id?: string | undefined; readonly name?: string | undefined }
  readonly site: Site
  /** In order of name. */
  readonly hosts: readonly AuditedHost[]
  readonly skipped: readonly SkippedHost[]
  /** Findings about the site as a whole. */
  readonly findings: readonly Finding[]
  /** Why the site could not be read. */
  readonly problem?: Problem | undefined
}

/** A finding and the site that it was made in. */
export interface Located {
  readonly site: AuditedSite
  readonly finding: Finding
}

/** Everything that the audit found. Outputs, summary and annotations are made from it. */
export interface AuditResult {
  /** Why the audit could not be done, or was not finished. */
  readonly problem: Problem | undefined
  readonly sites: readonly AuditedSite[]
  readonly criteria: Criteria
  readonly calls: readonly CallRecord[]
  readonly warnings: readonly Text[]
  readonly shard?: string | undefined
  readonly language: Language
  /** When it was judged, Unix milliseconds. */
  readonly at: number
  /** The deadline of the step, Unix milliseconds; unknown when its inputs are wrong. */
  readonly deadline?: number | undefined
}

/** What was seen, with the RequestId of the call that failed. It differs from run to run, so what is kept at GitHub does without it. */
export const tracedDetail = ({ detail, problem }: Finding): Text => {
  const id = problem?.requestId
  return id === undefined ? detail : mapped(detail, (text) => `${text} (RequestId ${id})`)
}

/** The site of a finding for a machine: its ID where it is known, otherwise its name. */
export const siteKey = ({ zone: { id, name } }: Pick<AuditedSite, 'zone'>): string => id ?? name ?? 'unknown'

/** All findings, worst first: those that fail the step, then by kind, then by the end of the certificate. */
export const findingsOf = ({ sites, criteria }: Pick<AuditResult, 'sites' | 'criteria'>): readonly Located[] => {
  const all = sites.flatMap((site) =>
    [...site.findings, ...site.hosts.flatMap(({ findings }) => findings)].map((finding) => ({ site, finding })),
  )
  const rank = ({ finding: { kind } }: Located) => Number(!criteria.failOn.includes(kind))
  const end = ({ finding: { notAfter } }: Located) => notAfter ?? Number.MAX_SAFE_INTEGER
  const order = ({ finding: { kind } }: Located) => findingKinds.indexOf(kind)
  return all.toSorted((a, b) => rank(a) - rank(b) || order(a) - order(b) || end(a) - end(b))
}

/** Whether the audit was done, and no finding fails the step. */
export const isOk = ({ problem, sites, criteria }: AuditResult): boolean =>
  problem === undefined &&
  !findingsOf({ sites, criteria }).some(({ finding }) => criteria.failOn.includes(finding.kind))

export const auditedHosts = ({ sites }: Pick<AuditResult, 'sites'>): readonly AuditedHost[] =>
  sites.flatMap(({ hosts }) => hosts)

/** The earliest expiry among the certificates in use, including expired ones; undefined when none is known. Unix milliseconds. */
export const earliestEnd = (result: Pick<AuditResult, 'sites'>): number | undefined => {
  const first = earliest(
    auditedHosts(result).flatMap(({ certificates }) => certificates.flatMap(({ notAfter }) => notAfter ?? [])),
  )
  return first === Infinity ? undefined : first
}
