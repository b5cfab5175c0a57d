import type { NonEmpty } from '../util/lists.ts'
import type { Account } from './credential.ts'
import type { Place, Problem } from './problem.ts'
import type { GivenSource, SiteOptions, Source, Zones } from './spec.ts'

/** What the inputs ask for, or one entry of a manifest: a certificate for hosts of one or several sites. */
export interface Entry {
  readonly zones: Zones
  readonly options: SiteOptions
  readonly source: GivenSource
  /** Where the manifest lists it; absent for the inputs. */
  readonly at?: Place | undefined
}

/** An entry whose PEM was read; with a problem, if that failed. */
export type LoadedEntry =
  | (Omit<Entry, 'source'> & { readonly source: Source; readonly problem?: never })
  | (Entry & { readonly problem: Problem })

/** An account, and what is to be done in it. */
export interface AccountTask<E = Entry> {
  /** Its name in the manifest; absent for the credential inputs of the step. */
  readonly name?: string | undefined
  readonly account: Account
  readonly entries: NonEmpty<E>
}

/** Everything that the step is asked to do. */
export interface Task<E = Entry> {
  /** Empty when no account falls to the share of the step. */
  readonly accounts: readonly AccountTask<E>[]
  /** The deadline of the whole step, milliseconds from its start. */
  readonly waitMs: number
  /** The share of the accounts in a manifest that this step works on, as given: `2/4`. */
  readonly shard?: string | undefined
}
