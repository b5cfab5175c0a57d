import { timeOfDay } from '../util/text.ts'
import { ownProblem, type Problem } from './problem.ts'
import type { Progress } from './progress.ts'
import { readingText } from './reading.ts'

/** After this many readings that do not show an accepted change, the call is sent again. */
export const maxUnmoved = 3
/** How many calls EdgeOne accepts for a host before the step gives up on it. */
export const maxWrites = 3
/** After this many readings in a row without a host, it counts as deleted: a host may move between pages while they are read. */
const maxMissing = 2

/** At the deadline: the last reading, and why it is not enough. */
export const miss = (progress: Progress): Progress => {
  const { state, writes, unmoved, requestId, seen } = progress
  if (writes === 0 && (state === 'waiting' || (state === 'untouched' && seen !== undefined))) return missBusy(progress)
  if (state === 'untouched') return progress
  const { problem: _, ...rest } = { ...progress, due: false }
  const repeated = writes >= maxWrites && unmoved > 0
  const silence = progress.quietSince === undefined ? '' : ', and EdgeOne did not say whether it was in effect'
  const calls = repeated ? `, after EdgeOne accepted ${maxWrites} calls for it` : ''
  const message = `${readingText(progress)}${calls}${silence}`
  const code = repeated ? 'Verify.NotTaken' : 'Verify.NotDeployed'
  return { ...rest, state: 'timed-out', problem: ownProblem(code, { message, requestId }) }
}

/** For a host to which no call was sent, because it was busy or seemed to be. */
const missBusy = (progress: Progress): Progress => {
  const { state, inDoubt, denied, requestId } = progress
  const { problem, ...rest } = { ...progress, due: false, denied: false }
  // No reading has shown that the host was busy.
  if (denied && problem !== undefined) return { ...rest, state: inDoubt ? 'unknown' : 'refused', problem }
  const end = state === 'untouched' ? ': its earlier deployment ended too late for another change' : ''
  const busy = problem ?? ownProblem('Verify.HostBusy', { message: `${readingText(progress)}${end}`, requestId })
  return { ...rest, state: inDoubt ? 'unknown' : 'waiting', problem: busy }
}

/** After a reading of the site without the host. */
export const lose = (progress: Progress, at: number): Progress => {
  const { host, writes, requestId } = progress
  const missing = progress.missing + 1
  if (missing < maxMissing) return { ...progress, missing }
  const message = `At ${timeOfDay(at)}, the site no longer had the host ${host}`
  const problem = ownProblem('Verify.HostGone', { message, requestId })
  return { ...progress, missing, due: false, denied: false, state: writes > 0 ? 'failed' : 'inactive', problem }
}

/** When the step stops before the host has reached the stage that it waits for. */
export const interrupt = (progress: Progress, cause: Problem): Progress => {
  const { host, requestId, readAt } = progress
  if (progress.state === 'deployed') {
    const message = `At ${timeOfDay(readAt)}, ${host} was deployed, but the step stopped before a TLS handshake showed what it serves`
    return { ...progress, state: 'not-served', problem: ownProblem('Verify.NotServed', { message, requestId, cause }) }
  }
  const message = `${host} was changed, but the step stopped before it saw the change in effect. ${readingText(progress)}`
  const problem = ownProblem('Verify.NotDeployed', { message, requestId, cause })
  return { ...progress, due: false, denied: false, state: 'timed-out', problem }
}
