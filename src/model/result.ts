import type { Certificate } from './certificate.ts'
import type { CertificateEvent } from './certificate-event.ts'
import type { Problem } from './problem.ts'
import { type BadState, type GoodState, type HostState, hostStates, isGood, type Progress } from './progress.ts'
import type { Mode } from './setting.ts'
import type { SiteOptions } from './spec.ts'

/** How the step, or its work on one site, ended. */
export type Outcome = 'changed' | 'unchanged' | 'planned' | 'failed' | 'rolled-back' | 'cancelled'

/** One attempt of an API call, and its outcome. */
export interface CallRecord {
  readonly action: string
  /** `ok`, or the code of the failure. */
  readonly outcome: string
  readonly requestId?: string | undefined
}

/** A host in the report; without a plan, only its name is known. */
export type HostResult = Progress | { readonly host: string; readonly state: 'untouched'; readonly writes: 0 }

export const wasPlanned = (host: HostResult): host is Progress => 'plan' in host

/** What the step did and found at one site. */
export interface SiteResult {
  readonly options: SiteOptions
  readonly mode: Mode
  readonly outcome: Outcome
  /** The site's ID, once it is known. */
  readonly zoneId: string | undefined
  /** The certificates to deploy, as far as they are known. */
  readonly certificates: readonly Certificate[]
  /** In order of name. */
  readonly hosts: readonly HostResult[]
  /** RequestId of the last ModifyHostsCertificate call that EdgeOne accepted. */
  readonly requestId: string | undefined
  readonly problem: Problem | undefined
  /** Uploads, and what happened to old certificates. */
  readonly events: readonly CertificateEvent[]
  readonly notes: readonly string[]
}

/** Everything that the step did and found. Outputs, summary and annotations are made from it. */
export interface Result {
  readonly outcome: Outcome
  readonly problem: Problem | undefined
  /** RequestId of the last ModifyHostsCertificate call; on failure, of the call that failed. */
  readonly requestId: string | undefined
  /** Empty when the inputs are wrong. */
  readonly sites: readonly SiteResult[]
  readonly calls: readonly CallRecord[]
  readonly warnings: readonly string[]
}

export const hostsOf = ({ sites }: Pick<Result, 'sites'>): readonly HostResult[] => sites.flatMap(({ hosts }) => hosts)

/** Names of the hosts in one of these states. */
export const hostsIn = (hosts: readonly HostResult[], ...states: readonly HostState[]): string[] =>
  hosts.filter(({ state }) => states.includes(state)).map(({ host }) => host)

/** Names of the hosts that did not get what they should have. */
export const failedHosts = (hosts: readonly HostResult[]): string[] =>
  hosts.filter(({ state }) => !isGood(state)).map(({ host }) => host)

export type { BadState, GoodState, HostState }
export { hostStates, isGood }
