import type { Text } from '../util/language.ts'
import { type Binding, type Change, isBinding } from './change.ts'
import { isInPlace } from './compare.ts'
import type { Host, MutualTls } from './host.ts'
import type { Problem } from './problem.ts'
import type { Stage } from './stage.ts'

/** States of a host that has what the step wants, or is on its way there. */
const goodStates = ['planned', 'unchanged', 'served', 'deployed', 'accepted'] as const
/** The other states, from harmless to severe. */
const badStates = [
  'rolled-back',
  'not-served',
  'timed-out',
  'failed',
  'refused',
  'waiting',
  'inactive',
  'unknown',
  'untouched',
  'rollback-failed',
] as const

/**
 * `planned` – it would be changed (dry run); `unchanged` – it had the certificate; `accepted`, `deployed`, `served` – the stage that the change
 * has reached; `untouched` – no call was sent, or one without an answer
 * does not show; `waiting` – an earlier deployment is in progress; `refused` – not accepted; `inactive` – it serves
 * no traffic; `unknown` – a call was sent and not answered, and the host could not be read since; `failed` – accepted, and the deployment failed; `timed-out` – accepted, and not deployed
 * in time; `not-served` – deployed, and a handshake shows something else; `rolled-back`, `rollback-failed` – the outcome of the rollback.
 */
export type HostState = GoodState | BadState
export type GoodState = (typeof goodStates)[number]
export type BadState = (typeof badStates)[number]
/** All states, from good to severe. */
export const hostStates: readonly HostState[] = [...goodStates, ...badStates]

export const isGood = (state: HostState): state is GoodState => goodStates.some((one) => one === state)

interface Facts {
  readonly host: string
  /** The original plan. */
  readonly plan: Change
  /** The current change: the plan, or a newer one made while waiting. `before` is what the host had before the first accepted call. */
  readonly change: Change
  /** Whether a ModifyHostsCertificate call is to be sent for it. */
  readonly due: boolean
  /** How many ModifyHostsCertificate calls for it EdgeOne has accepted. */
  readonly writes: number
  /** A call for it was sent and not answered. */
  readonly inDoubt: boolean
  /** How many readings since the last accepted call did not show the change. */
  readonly unmoved: number
  /** Present once a reading after a call showed that client or upstream certificates are no longer what they were. */
  readonly drift?: Drift | undefined
  /** The last reading of the host since the plan, or since the last accepted call. */
  readonly seen?: Host | undefined
  /** When the host was last read, Unix milliseconds; at first, for the plan. */
  readonly readAt: number
  /** When EdgeOne last accepted a call for it, Unix milliseconds. */
  readonly acceptedAt?: number | undefined
  /** The reading before that call, as long as all readings since show the same: they may be out of date. */
  readonly stale?: Host | undefined
  /** Since when all readings show the target without saying whether it is in effect, Unix milliseconds. */
  readonly quietSince?: number | undefined
  /** How many readings in a row did not list the host. */
  readonly missing: number
  /** EdgeOne denied the last call; the next reading shows whether because the host is busy. */
  readonly denied: boolean
  /** RequestId of the last ModifyHostsCertificate call for it. */
  readonly requestId?: string | undefined
  /** SHA-256 of each leaf that it served before the first call, where that was looked at. */
  readonly leavesBefore?: readonly string[] | undefined
  /** Why it is being rolled back. */
  readonly harm?: Problem | undefined
}

/** Client or upstream certificates that changed while the step changed the host. */
export interface Drift {
  /** What the host had of those that changed, and is to have again. */
  readonly had: MutualTls
  /** How many calls that put them back EdgeOne has accepted. */
  readonly tries: number
  /** `open`: the last reading does not show them; `back`: it does. */
  readonly state: 'open' | 'back'
  readonly problem: Problem
}

/** States that always have a Problem as their reason. */
type Explained = Exclude<BadState, 'untouched' | 'waiting'>

/** What has happened to a host so far. Never altered: `transition` returns the next one. */
export type Progress =
  | (Facts & { readonly state: Exclude<HostState, Explained>; readonly problem?: Problem | undefined })
  | (Facts & { readonly state: Explained; readonly problem: Problem })

/** What happens to a host. */
export type Event =
  /** The change that is due is to be another one. */
  | { readonly kind: 'revised'; readonly change: Binding }
  /** EdgeOne accepted the call. */
  | { readonly kind: 'accepted'; readonly requestId: string | undefined }
  /** EdgeOne refused the call. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** EdgeOne refuses calls while an earlier change is being deployed; or that is seen after a call without an answer. */
  | { readonly kind: 'busy'; readonly problem: Problem }
  /** EdgeOne denied the call because of a state of the host or zone; the host may be busy. */
  | { readonly kind: 'denied'; readonly problem: Problem }
  /** The call was sent, and no answer came. `seen`: the host as it was read afterwards, without the change; absent if that failed. */
  | { readonly kind: 'lost'; readonly problem: Problem; readonly seen?: Host | undefined }
  /** The call was not sent. */
  | { readonly kind: 'unsent'; readonly problem: Problem }
  /** No further call is sent, because one was refused for a reason that concerns all hosts. */
  | { readonly kind: 'stopped' }
  /** The host was read; `change` is a new plan made from that reading. */
  | { readonly kind: 'observed'; readonly seen: Host; readonly change: Change }
  /** The site's hosts were read, and the host is not among them. */
  | { readonly kind: 'missing' }
  /** A reading is due, but the site's hosts cannot be listed. */
  | { readonly kind: 'unreadable' }
  /** The deadline passed before the host reached the stage that the step waits for. */
  | { readonly kind: 'deadline' }
  /** The step stopped for another reason before the host was seen in effect, or was seen served. */
  | { readonly kind: 'interrupted'; readonly cause: Problem }
  /** A TLS handshake returned the certificate. */
  | { readonly kind: 'served' }
  /** It returned something else, or failed. */
  | { readonly kind: 'not-served'; readonly problem: Problem }
  /** TLS handshakes before the first call returned these leaves. */
  | { readonly kind: 'seen-before'; readonly leaves: readonly string[] }
  | RollbackEvent

/** What happens to a changed host that did not reach its target. */
export type RollbackEvent =
  /** The last reading, or the last handshake, shows that it has reached a stage after all. */
  | { readonly kind: 'recovered'; readonly stage: Stage; readonly seen: Host | undefined }
  /** It is not rolled back. `why`: the end of a sentence that begins with the host. */
  | { readonly kind: 'left'; readonly why: Text; readonly seen: Host | undefined }
  /** The call that restores its previous setting is about to be sent. The problem is what is true unless more is known. */
  | { readonly kind: 'rollback-started'; readonly problem: Problem; readonly seen: Host | undefined }
  /** EdgeOne accepted that call. */
  | { readonly kind: 'rollback-accepted'; readonly problem: Problem; readonly requestId: string | undefined }
  /** It was read with its previous setting in effect. `drift`: client or upstream certificates changed during the rollback, and are back. */
  | {
      readonly kind: 'rolled-back'
      readonly seen: Host | undefined
      readonly requestId: string | undefined
      readonly drift?: Drift | undefined
    }
  | { readonly kind: 'rollback-failed'; readonly seen: Host | undefined; readonly problem: Problem }

/** Whether the step still waits for the host to reach a stage. */
export const isOpen = (progress: Progress, until: Stage): boolean => {
  const { state, due, seen, change } = progress
  if (due || state === 'waiting') return true
  if (until === 'accepted') return false
  if (state === 'accepted') return true
  const host = seen ?? change.before
  return state === 'unchanged' && change.kind !== 'refuse' && host !== undefined && !isInPlace(change.target, host)
}

/** The binding that is to be sent for a host. */
export const dueBinding = ({ due, change, drift }: Progress): Binding | undefined => {
  if (!due || !isBinding(change)) return undefined
  return drift?.state === 'open' ? { ...change, restores: drift.had } : change
}
