import type { Binding, Change } from './change.ts'
import { compare, isApplying, whyInactive } from './compare.ts'
import { guarded, withDrift } from './drift.ts'
import { interrupt, lose, maxUnmoved, maxWrites, miss } from './ending.ts'
import type { Host } from './host.ts'
import { ownProblem, type Problem } from './problem.ts'
import type { Event, HostState, Progress } from './progress.ts'
import { isProven, readingText, withReading } from './reading.ts'
import { rollBackTransition } from './transition-rollback.ts'

/** How a progress begins. `readAt`: when the hosts were read for the plan, Unix milliseconds. */
export interface Beginning {
  readonly dryRun: boolean
  readonly readAt: number
}

/** The progress of a host before anything is done. */
export const begin = (change: Change, { dryRun, readAt }: Beginning): Progress => {
  const counts = { writes: 0, unmoved: 0, missing: 0 }
  const facts = {
    ...{ host: change.host, plan: change, change, readAt, ...counts },
    ...{ due: false, inDoubt: false, denied: false },
  }
  switch (change.kind) {
    case 'none':
      return { ...facts, state: 'unchanged' }
    case 'bind':
      return dryRun ? { ...facts, state: 'planned' } : { ...facts, state: 'untouched', due: true }
    case 'wait-then-bind':
      return { ...facts, state: dryRun ? 'planned' : 'waiting' }
    case 'refuse':
      return { ...facts, state: change.because === 'inactive' ? 'inactive' : 'refused', problem: change.problem }
    default:
      return change satisfies never
  }
}

/**
 * The progress of a host after an event at a time, Unix milliseconds. Pure. Throws a TypeError for an event that is impossible in the
 * state: a defect.
 */
export const transition = (progress: Progress, event: Event, at: number): Progress =>
  withDrift(step(progress, event, at), event)

const step = (progress: Progress, event: Event, at: number): Progress => {
  if (!possible[event.kind].includes(progress.state)) {
    throw new TypeError(`${progress.host} is ${progress.state}: “${event.kind}” cannot happen to it`)
  }
  const { problem: _, ...rest } = { ...progress, due: false, denied: false }
  const { writes } = progress
  switch (event.kind) {
    case 'revised':
      return { ...progress, change: event.change }
    case 'accepted':
      return {
        ...rest,
        ...{ state: 'accepted', requestId: event.requestId, writes: writes + 1, unmoved: 0 },
        ...{ acceptedAt: at, stale: progress.seen ?? progress.change.before, seen: undefined, quietSince: undefined },
      }
    case 'refused':
      return { ...rest, ...failed(event.problem), state: writes > 0 ? 'failed' : 'refused' }
    case 'busy':
    case 'denied': {
      // An earlier attempt of the same call may have been accepted, without an answer.
      const inDoubt = progress.inDoubt || event.problem.sent === 'unknown'
      return { ...rest, ...failed(event.problem), inDoubt, denied: event.kind === 'denied', state: 'waiting' }
    }
    case 'lost':
      return lost(
        { ...progress, due: false, denied: false },
        event.problem,
        event.seen && { seen: event.seen, readAt: at },
      )
    case 'unsent':
      return { ...rest, ...failed(event.problem), state: writes > 0 ? 'accepted' : 'untouched' }
    case 'stopped':
      return { ...progress, due: false, state: writes > 0 ? 'accepted' : 'untouched' }
    case 'observed':
      return guarded(withReading(progress, event.seen, at), event.seen, (same) =>
        observe(same, event.seen, event.change),
      )
    case 'missing':
      return lose(progress, at)
    case 'unreadable':
      if (progress.denied && progress.problem !== undefined)
        return { ...rest, problem: progress.problem, state: writes > 0 ? 'failed' : 'refused' }
      return { ...progress, due: progress.state === 'waiting' }
    case 'deadline':
      return miss(progress)
    case 'interrupted':
      return interrupt(progress, event.cause)
    case 'served':
      return { ...rest, state: writes > 0 ? 'served' : 'unchanged' }
    case 'not-served':
      return { ...rest, state: 'not-served', problem: event.problem }
    case 'seen-before':
      return { ...progress, leavesBefore: event.leaves }
    case 'recovered':
    case 'left':
    case 'rollback-started':
    case 'rollback-accepted':
    case 'rolled-back':
    case 'rollback-failed':
      return rollBackTransition(progress, event)
    default:
      return event satisfies never
  }
}

/** States in which the step waits: to send a call, or to see its effect. */
const open: readonly HostState[] = ['untouched', 'waiting', 'accepted', 'unchanged']
const sendable: readonly HostState[] = ['untouched', 'waiting', 'accepted']
const arrived: readonly HostState[] = ['accepted', 'deployed', 'unchanged']
const harmed: readonly HostState[] = ['accepted', 'waiting', 'failed', 'timed-out', 'not-served']

/** In which states an event can happen. */
const possible: Readonly<Record<Event['kind'], readonly HostState[]>> = {
  revised: sendable,
  accepted: sendable,
  refused: sendable,
  busy: sendable,
  denied: sendable,
  lost: sendable,
  unsent: sendable,
  stopped: sendable,
  observed: open,
  missing: open,
  unreadable: open,
  deadline: open,
  interrupted: ['accepted', 'deployed'],
  served: [...arrived, 'not-served'],
  'not-served': [...arrived, 'not-served'],
  'seen-before': sendable,
  recovered: harmed,
  left: harmed,
  'rollback-started': harmed,
  'rollback-accepted': ['rollback-failed'],
  'rolled-back': [...harmed, 'rollback-failed'],
  'rollback-failed': [...harmed, 'rollback-failed'],
}

/** After a call without an answer: what became of it is unknown only if the host could not be read since. */
const lost = (
  progress: Progress,
  problem: Problem,
  reading: Pick<Progress, 'seen' | 'readAt'> | undefined,
): Progress => {
  const { problem: _, ...rest } = progress
  const facts = { ...rest, ...failed(problem), inDoubt: true, ...reading }
  if (progress.writes > 0) return { ...facts, state: 'accepted' }
  return { ...facts, state: reading === undefined ? 'unknown' : 'untouched' }
}

const failed = (problem: Problem) => ({ problem, requestId: problem.requestId })

/** After a reading: the state that it shows, or the next call. */
const observe = (progress: Progress, seen: Host, change: Change): Progress => {
  const { requestId, writes } = progress
  const { problem: _, ...rest } = progress
  const inactive = whyInactive(seen)
  if (inactive !== undefined) {
    const problem = ownProblem('Verify.HostNotOnline', { message: readingText(progress), requestId })
    return { ...rest, state: writes > 0 ? 'failed' : 'inactive', problem }
  }
  const isBusy = seen.status === 'process'
  if (progress.state === 'waiting' || progress.change.kind === 'refuse')
    return isBusy ? { ...progress, denied: false } : release(progress, change)
  const { target } = progress.change
  switch (writes > 0 && isApplying(target, seen) ? 'deploying' : compare(target, seen)) {
    case 'deployed':
      return { ...rest, state: progress.state === 'accepted' ? 'deployed' : 'unchanged' }
    case 'silent':
      if (progress.state !== 'accepted') return { ...rest, state: 'unchanged' }
      return isProven(progress) ? { ...rest, state: 'deployed' } : { ...progress, unmoved: 0 }
    case 'deploying':
      return { ...progress, unmoved: 0 }
    case 'failed': {
      // An earlier change failed, not ours: ours is sent once.
      if (writes === 0) return adopt(progress, change)
      // What was there before the call may be shown for a while.
      if (progress.stale !== undefined && !isSpent(progress)) return again(progress, change)
      const bindingFailed = seen.certificates.some(({ status }) => status === 'issued')
      const code = bindingFailed ? 'Verify.BindingFailed' : 'Verify.ApplicationFailed'
      return { ...rest, state: 'failed', problem: ownProblem(code, { message: readingText(progress), requestId }) }
    }
    case 'different':
      if (isBusy) return progress
      // Changed by somebody else while the step waited.
      return writes === 0 ? adopt(progress, change) : again(progress, change)
  }
}

/** After a reading that does not show an accepted change: waits, or sends the call again. */
const again = (progress: Progress, change: Change): Progress => {
  const { unmoved, writes } = progress
  if (unmoved + 1 < maxUnmoved || writes >= maxWrites) return { ...progress, unmoved: unmoved + 1 }
  return adopt(progress, change)
}

/** Whether neither another reading nor another call can be hoped for. */
const isSpent = ({ unmoved, writes }: Progress): boolean => unmoved + 1 >= maxUnmoved && writes >= maxWrites

/** After a reading that shows that a host which had to wait is not busy. */
const release = (progress: Progress, change: Change): Progress => {
  const { problem, writes, denied } = progress
  // The call was denied for another reason than that the host was busy.
  if (denied && problem !== undefined && change.kind !== 'none')
    return { ...progress, denied: false, state: writes > 0 ? 'failed' : 'refused', problem }
  return adopt({ ...progress, denied: false }, change)
}

/** Continues with a change that was planned from the last reading. */
const adopt = (progress: Progress, change: Change): Progress => {
  const { change: old, writes, inDoubt } = progress
  const { problem, ...rest } = progress
  const ours = writes > 0 || inDoubt
  switch (change.kind) {
    case 'none':
      // The host may have it because of a call whose answer was lost.
      if (ours) return { ...rest, change: continued(old, change), state: 'accepted', writes: Math.max(writes, 1) }
      return { ...rest, change, state: 'unchanged' }
    case 'bind':
    case 'wait-then-bind': {
      const state = writes > 0 ? 'accepted' : change.kind === 'bind' ? 'untouched' : 'waiting'
      return {
        ...rest,
        problem,
        change: writes > 0 ? continued(old, change) : change,
        state,
        due: change.kind === 'bind',
        unmoved: 0,
      }
    }
    case 'refuse': {
      const state = change.because === 'inactive' ? 'inactive' : 'refused'
      return { ...rest, change, state: writes > 0 ? 'failed' : state, problem: change.problem }
    }
    default:
      return change satisfies never
  }
}

/** A new target for a change in progress: what it replaces, and what the host had before, stays the same. */
const continued = (old: Change, { target, keeps, reason }: Exclude<Change, { readonly kind: 'refuse' }>): Binding => {
  const { host, before } = old
  const { replaces, drops } = old.kind === 'refuse' ? { replaces: [], drops: [] } : old
  return { kind: 'bind', host, before, reason, target, keeps, replaces, drops }
}
