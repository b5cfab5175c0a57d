import type { Change } from '../model/change.ts'
import type { Clock } from '../model/ports.ts'
import { type Problem, summarised } from '../model/problem.ts'
import type { Event, Progress } from '../model/progress.ts'
import { type Beginning, begin, transition } from '../model/transition.ts'

/** The progress of all hosts of a site; the only place where it is recorded. */
export interface Tracker {
  /** In the order of the plan. */
  readonly all: () => readonly Progress[]
  readonly get: (host: string) => Progress | undefined
  /** Records an event of a host, and returns its new progress. A host that is not tracked is ignored. */
  readonly emit: (host: string, event: Event) => Progress | undefined
}

/** Each event gets the time at which it is recorded. */
export const track = (changes: readonly Change[], { now, ...beginning }: Beginning & Pick<Clock, 'now'>): Tracker => {
  const hosts = new Map(changes.map((change) => [change.host, begin(change, beginning)]))
  return {
    all: () => [...hosts.values()],
    get: (host) => hosts.get(host),
    emit: (host, event) => {
      const before = hosts.get(host)
      if (before === undefined) return undefined
      const after = transition(before, event, now())
      hosts.set(host, after)
      return after
    },
  }
}

/**
 * The failures of the hosts as one Problem: a rollback that failed, or mutual TLS that changed, otherwise the code that most hosts have;
 * undefined when no host failed.
 */
export const failureOf = (tracker: Tracker): Problem | undefined => {
  const problems = tracker.all().flatMap(({ problem, drift }) => [problem ?? [], drift?.problem ?? []].flat())
  const byCode = Map.groupBy(problems, ({ code }) => code)
  const mostHosts = [...byCode.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  return summarised(byCode.get('Verify.RollbackFailed') ?? byCode.get('Verify.MutualTlsChanged') ?? mostHosts)
}
