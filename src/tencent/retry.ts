import type { Clock } from '../model/ports.ts'
import { Problem } from '../model/problem.ts'

/** First and longest upper bound of a pause, milliseconds. */
const firstPause = 300
const longestPause = 8000

/**
 * The pause after the `failures`-th failure (from 1), milliseconds: uniform between zero and a bound that doubles, "full
 * jitter", so that many runners that failed together do not come back together.
 */
export const pause = (failures: number, random: () => number): number =>
  random() * Math.min(longestPause, firstPause * 2 ** (failures - 1))

export interface RetryOptions {
  readonly clock: Clock
  /** Ends the attempts: the step's deadline, or its cancellation. */
  readonly signal: AbortSignal
  /** Why a failure is worth another attempt; undefined when it is not. */
  readonly why: (problem: Problem) => string | undefined
  readonly onRetry: (problem: Problem, why: string, pauseMs: number) => void
}

/** How attempts ended without success: the last failures of each, oldest first, and what ended them. */
export interface GivenUp {
  readonly failures: readonly Problem[]
  /** What the last attempt threw, or the reason of the signal. */
  readonly thrown: unknown
}

/** Does `attempt` until it succeeds, fails for good, or the signal ends it. Never throws. */
export const retry = async <T>(
  attempt: () => Promise<T>,
  { clock, signal, why, onRetry }: RetryOptions,
): Promise<{ readonly value: T } | GivenUp> => {
  const failures: Problem[] = []
  for (;;) {
    try {
      signal.throwIfAborted()
      return { value: await attempt() }
    } catch (thrown) {
      if (signal.aborted) return { failures, thrown: thrown instanceof Problem ? thrown : signal.reason }
      const reason = thrown instanceof Problem ? why(thrown) : undefined
      if (!(thrown instanceof Problem) || reason === undefined) return { failures, thrown }
      failures.push(thrown)
      const ms = pause(failures.length, clock.random)
      onRetry(thrown, reason, ms)
      await clock.sleep(ms, signal).catch(() => undefined)
    }
  }
}
