import { hasCode, mayBeDeploying, needsReading, type Problem, toProblem, underWay } from '../model/problem.ts'
import { retryLine, summed } from './client.ts'
import type { Context } from './context.ts'
import { pauseBefore } from './poll.ts'
import { type GivenUp, retry, retryOf } from './retry.ts'

/** A write whose answer may be lost. */
export interface Write<T> {
  readonly action: string
  readonly send: () => Promise<T>
  /**
   * Reads what came of an attempt without an answer, or what is busy: the result, or undefined when the write is to be sent again. Throws
   * when that cannot be read.
   * Absent if nothing can be read; then the write must be harmless to repeat.
   */
  readonly find: ((lost: Problem) => Promise<T | undefined>) | undefined
}

/**
 * Sends a write until it was applied or refused. After an attempt without an answer, it reads before it sends again, within the limits of
 * the bounded budget, and once more after the last attempt; after one that met something busy, until the deadline. Throws the refusal, or
 * the last failure if the write was not seen applied.
 */
export const sendOnce = async <T>(
  { clock, log, signal, cancelled }: Pick<Context, 'clock' | 'log' | 'signal' | 'cancelled'>,
  { action, send, find }: Write<T>,
): Promise<T> => {
  const start = clock.now()
  let attempts = 0
  let lost: Problem | undefined
  const once = async (): Promise<T> => {
    const found = lost && (await find?.(lost))
    if (found !== undefined) return found
    attempts += 1
    lost = undefined
    try {
      return await send()
    } catch (thrown) {
      const problem = toProblem(thrown)
      lost = needsReading(problem) ? problem : undefined
      throw problem
    }
  }
  const why =
    find === undefined ? 'no answer, and the call is safe to repeat' : 'no answer, so what came of it is read first'
  const done = await retry(once, {
    ...{ clock, signal },
    retryOf: (problem) => (problem === lost ? retryOf(problem, action) : undefined),
    onRetry: (problem, busy, ms) =>
      log.info(retryLine(action, attempts, problem, problem.sent === 'unknown' ? why : busy, ms)),
  })
  if ('value' in done) return done.value
  if (find !== undefined && lost === undefined) throw refusalOf(done)
  const found = lost && (await lastLook(lost, find, { clock, cancelled }))
  if (found !== undefined) return found
  if (done.failures.length === 0) throw done.thrown
  throw summed(lost === undefined || isEnd(done) ? done : { ...done, thrown: lost }, attempts, clock.now() - start)
}

/** Whether the run ended the attempts. What else was thrown after a lost attempt is the failure of a reading. */
const isEnd = ({ thrown }: GivenUp): boolean =>
  hasCode(toProblem(thrown), 'Network.Deadline') || hasCode(toProblem(thrown), 'Run.Cancelled')

/** A host that is being deployed after an attempt without an answer may be busy with that. */
const refusalOf = ({ failures, thrown }: GivenUp): Problem => {
  const problem = toProblem(thrown)
  return failures.some(({ sent }) => sent === 'unknown') && mayBeDeploying(problem) ? underWay(problem) : problem
}

/** What came of the last attempt; undefined when it was not applied, or cannot be read. */
const lastLook = async <T>(
  lost: Problem,
  find: Write<T>['find'],
  { clock, cancelled }: Pick<Context, 'clock' | 'cancelled'>,
): Promise<T | undefined> => {
  try {
    // What was sent a moment ago may not be visible yet.
    await clock.sleep(pauseBefore(0), cancelled)
    return await find?.(lost)
  } catch {
    return undefined
  }
}
