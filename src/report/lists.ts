import type { HostResult, HostState } from '../model/result.ts'

/** What a state of a host means for the outputs. */
export interface Listing {
  /** In `changed-hosts`: always, never, or if EdgeOne accepted a change of the host in this run. */
  readonly changed: 'always' | 'never' | 'if-accepted'
  readonly unchanged?: true
  readonly failed?: true
  /** `outcome`, when all hosts are in this state. */
  readonly outcome: 'planned' | 'unchanged' | 'changed' | 'failed' | 'rolled-back'
}

const reached = { changed: 'always', outcome: 'changed' } as const
const failedUnchanged = { changed: 'never', failed: true, outcome: 'failed' } as const
const failedAndMaybeChanged = { changed: 'if-accepted', failed: true, outcome: 'failed' } as const

/** The table of states and outputs. The outputs are made from it, and so is the table in the README. */
export const listings: Readonly<Record<HostState, Listing>> = {
  planned: { changed: 'never', outcome: 'planned' },
  unchanged: { changed: 'never', unchanged: true, outcome: 'unchanged' },
  accepted: reached,
  deployed: reached,
  served: reached,
  untouched: failedUnchanged,
  waiting: failedAndMaybeChanged,
  refused: failedUnchanged,
  inactive: failedUnchanged,
  unknown: failedUnchanged,
  failed: { ...failedAndMaybeChanged, changed: 'always' },
  'timed-out': failedAndMaybeChanged,
  'not-served': failedAndMaybeChanged,
  'rolled-back': { ...failedUnchanged, outcome: 'rolled-back' },
  'rollback-failed': { ...failedAndMaybeChanged, changed: 'always' },
}

/** Whether a host is in `changed-hosts`: its setting is, or may be, another one because of this run. */
export const isChanged = ({ state, writes }: HostResult): boolean => {
  const { changed } = listings[state]
  return changed === 'always' || (changed === 'if-accepted' && writes > 0)
}
