import type { CallRecord } from './cloud/call.ts'
import type { Inputs } from './inputs.ts'
import type { Problem } from './problem.ts'

/** How the step ended. */
export type Outcome = 'changed' | 'failed' | 'cancelled'

/**
 * Where a host stands: `accepted` – EdgeOne took the change; `refused` – it did not; `unknown` – the call was sent and no
 * answer came, so it may have been applied; `untouched` – no call was sent for it.
 */
export type HostState = 'accepted' | 'refused' | 'unknown' | 'untouched'

export interface HostResult {
  readonly host: string
  readonly state: HostState
}

/** Everything that the step did and found. Outputs, summary and annotations are views of it. */
export interface Result {
  readonly outcome: Outcome
  /** Absent when the inputs could not be read. */
  readonly inputs?: Inputs
  readonly hosts: readonly HostResult[]
  /** RequestId of the last ModifyHostsCertificate call; on failure, of the call that failed. */
  readonly requestId?: string | undefined
  readonly problem?: Problem
  readonly calls: readonly CallRecord[]
  readonly warnings: readonly string[]
}

/** The certificates as one text: their IDs, comma separated, or `default`. */
export const certificateText = ({ certificates }: Pick<Inputs, 'certificates'>): string =>
  certificates === 'default' ? 'default' : certificates.join(',')

/** Names of the hosts in one of these states. */
export const hostsIn = (result: Result, ...states: readonly HostState[]): string[] =>
  result.hosts.filter(({ state }) => states.includes(state)).map(({ host }) => host)
