import type { Text } from '../util/language.ts'
import type { Bound, Host, MutualTls } from './host.ts'
import type { Problem } from './problem.ts'
import { idsOf, type Setting } from './setting.ts'

/** A certificate that is removed from a host without a replacement of the same algorithm. */
export interface Dropped {
  readonly certificate: Bound
  readonly why: 'expired' | 'expires-soon' | 'blocks' | 'default' | 'not-kept' | 'unknown-algorithm' | 'mode'
}

interface About {
  readonly host: string
  /** The host as it was read; absent if the site's hosts cannot be listed. */
  readonly before: Host | undefined
  /** Why: the end of a sentence that begins with the host. */
  readonly reason: Text
}

/** The desired setting of a host, and what happens to its current certificates. */
export interface Target {
  /** The certificates of the step and those that are kept. */
  readonly target: Setting
  readonly keeps: readonly Bound[]
  readonly replaces: readonly Bound[]
  readonly drops: readonly Dropped[]
}

/** The host already has its target. */
export type NoChange = About & Target & { readonly kind: 'none' }
/** The target is to be bound: now, or after the deployment in progress. */
export type Binding = About &
  Target & {
    readonly kind: 'bind' | 'wait-then-bind'
    /** Its client and upstream certificates before the step, if `before` is a later reading. */
    readonly had?: MutualTls | undefined
    /** Client and upstream certificates to put back with it. */
    readonly restores?: MutualTls | undefined
  }
/** The host cannot be changed: it serves no traffic (`inactive`), or it is unknown what it would lose (`unclear`). */
export type Refusal = About & {
  readonly kind: 'refuse'
  readonly because: 'inactive' | 'unclear'
  readonly problem: Problem
}

/** What to do with a host, and why: decided once, never altered. */
export type Change = NoChange | Binding | Refusal

export const isBinding = (change: Change): change is Binding =>
  change.kind === 'bind' || change.kind === 'wait-then-bind'

/** The certificates that a change brings: those of its target that the host does not merely keep. */
export const broughtIds = ({ target, keeps }: Target): string[] =>
  idsOf(target).filter((id) => !keeps.some((one) => one.id === id))
