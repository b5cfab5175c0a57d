import type { HostState } from '../model/progress.ts'
import { hostsIn, type SiteResult } from '../model/result.ts'

/** What is said of a host: its state, and `not-probed` for one that is `not-served` because the step stopped before it looked. */
export type StateLabel = HostState | 'not-probed'

/** What a reader sees first of a host. */
export const stateIcons: Readonly<Record<StateLabel, string>> = {
  planned: '📝',
  unchanged: '✅',
  served: '✅',
  deployed: '✅',
  accepted: '⏳',
  'rolled-back': '↩️',
  'not-served': '❌',
  'not-probed': '❌',
  'timed-out': '❌',
  failed: '❌',
  refused: '❌',
  waiting: '❌',
  inactive: '❌',
  unknown: '❓',
  untouched: '⚪',
  'rollback-failed': '🚨',
}

/** How a site ended, worst first, and what a reader sees first of it. */
export const endIcons = {
  failed: '❌',
  'rolled-back': '↩️',
  cancelled: '⏹️',
  changed: '✅',
  accepted: '⏳',
  planned: '📝',
  unchanged: '✅',
} as const satisfies Record<string, string>
export type End = keyof typeof endIcons
const all = Object.keys(endIcons)

/** The sites, from the most severe end. */
export const bySeverity = (sites: readonly SiteResult[]): readonly SiteResult[] =>
  sites.toSorted((a, b) => all.indexOf(endOf(a)) - all.indexOf(endOf(b)))

/** The outcome of a site, as far as its hosts bear it out: a change that was only accepted, or a dry run that would change nothing, is another end. */
export const endOf = ({ outcome, hosts }: SiteResult): End => {
  const has = (state: 'accepted' | 'planned') => hostsIn(hosts, state).length > 0
  if (outcome === 'changed' && has('accepted')) return 'accepted'
  return outcome === 'planned' && !has('planned') ? 'unchanged' : outcome
}
