import type { Inputs } from '../inputs/inputs.ts'
import type { Step } from '../plan/plan.ts'
import type { CallRecord } from '../tencent/client.ts'
import type { DomainState } from '../tencent/hosts.ts'
import type { Certificate } from './certificate.ts'
import type { Problem } from './problem.ts'

/** How the step ended. */
export type Outcome = 'changed' | 'unchanged' | 'planned' | 'failed' | 'rolled-back' | 'cancelled'

/**
 * Where a host stands: `planned` – it would be changed (dry run); `unchanged` – it had the certificate; `deployed` – changed, and read
 * back in effect; `served` – besides, seen in a TLS handshake; `accepted` – EdgeOne took the change, and nobody looked further; `unserved` – in effect by EdgeOne's word, and a handshake shows something else; `late` – taken, and not in effect at the
 * deadline; `failed` – taken, and EdgeOne gave up; `refused` – not taken; `waiting` – not tried, for an earlier deployment ran
 * on; `blocked` – not tried, for what the host is; `unknown` – sent without an answer, so it may have been taken; `rolled-back` – changed, and given back what it had; `adrift` – changed, and
 * that failed; `untouched` – not tried.
 */
export type HostState = (typeof hostStates)[number]
export const hostStates = [
  'planned',
  'unchanged',
  'served',
  'deployed',
  'accepted',
  'rolled-back',
  'unserved',
  'late',
  'failed',
  'refused',
  'waiting',
  'blocked',
  'unknown',
  'untouched',
  'adrift',
] as const

export interface HostResult {
  readonly host: string
  readonly state: HostState
  /** Absent when the step ended before it had a plan. */
  readonly step?: Step | undefined
  /** The host as it was last read after a change. */
  readonly after?: DomainState | undefined
  /** RequestId of the last ModifyHostsCertificate call with this host. */
  readonly requestId?: string | undefined
  readonly problem?: Problem | undefined
  /** ModifyHostsCertificate calls with this host that EdgeOne took. */
  readonly writes: number
}

/** Everything that the step did and found. Outputs, summary and annotations are views of it. */
export interface Result {
  readonly outcome: Outcome
  /** Absent when the inputs could not be read. */
  readonly inputs?: Inputs | undefined
  /** The site's ID, once it is known. */
  readonly zoneId?: string | undefined
  /** The certificates that the step brings, as far as they are known. */
  readonly certificates: readonly Certificate[]
  /** In order of name. */
  readonly hosts: readonly HostResult[]
  /** RequestId of the last ModifyHostsCertificate call; on failure, of the call that failed. */
  readonly requestId?: string | undefined
  readonly problem?: Problem | undefined
  readonly calls: readonly CallRecord[]
  readonly warnings: readonly string[]
  /** What else was done, each a sentence: uploads, and what became of old certificates. */
  readonly notes: readonly string[]
}

/** What the step brings, as one text: the IDs, comma separated, `default`, or the mode. */
export const certificateText = ({ inputs, certificates }: Pick<Result, 'inputs' | 'certificates'>): string => {
  if (inputs === undefined) return ''
  if (inputs.mode !== 'sslcert') return inputs.mode
  if (certificates.length > 0) return certificates.map(({ id }) => id).join(',')
  return inputs.certificates === 'default' ? 'default' : inputs.certificates.join(',')
}

/** Names of the hosts in one of these states. */
export const hostsIn = ({ hosts }: Pick<Result, 'hosts'>, ...states: readonly HostState[]): string[] =>
  hosts.filter(({ state }) => states.includes(state)).map(({ host }) => host)

/** States in which a host has what it should have, or was not to get it in this run. */
const reached: readonly HostState[] = ['planned', 'unchanged', 'served', 'deployed', 'accepted']

/** States in which a host has not got what it should have. */
export const unreached: readonly HostState[] = hostStates.filter((state) => !reached.includes(state))
