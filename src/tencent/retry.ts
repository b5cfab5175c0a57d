import type { Budget, Condition, Retry } from '../errors/index.ts'
import type { Clock } from '../model/ports.ts'
import { Problem, toProblem } from '../model/problem.ts'

/** Limits of the budget `bounded`: attempts, and milliseconds from the start of the first failed attempt. */
export const maxAttempts = 6
export const maxTime = 120_000

/** First and maximum upper bound of a pause, milliseconds. Bounded attempts are spread wider, so that they outlast a short outage. */
const pauses: Readonly<Record<Budget, { readonly first: number; readonly max: number }>> = {
  deadline: { first: 300, max: 8000 },
  bounded: { first: 1000, max: 30_000 },
}

/**
 * The pause after the `failures`-th failure (from 1), milliseconds: uniform between zero and a bound that doubles, "full
 * jitter", so that many runners that failed together do not retry together.
 */
export const pause = (budget: Budget, failures: number, random: () => number): number => {
  const { first, max } = pauses[budget]
  return random() * Math.min(max, first * 2 ** (failures - 1))
}

/** How long EdgeOne may take to know an uploaded certificate, milliseconds. */
const uploadTime = 120_000

/** The message of a refusal that states no reason (reference of TEO, "Error Codes"). */
const generic = /^(operation failed|操作失败)[.。!！]?$/i

type Test = (problem: Problem, action: string, sinceUpload: number) => boolean
const conditions: Readonly<Record<Condition, Test>> = {
  // A refusal without a message is transient; one that states a reason is not.
  'without a reason, or for two minutes after an upload with a generic one': ({ message }, _, sinceUpload) =>
    message.trim() === '' || (sinceUpload <= uploadTime && generic.test(message.trim())),
  'for two minutes after an upload': (_, __, sinceUpload) => sinceUpload <= uploadTime,
  'with HTTP 5xx or 429': ({ status = 0 }) => status >= 500 || status === 429,
  'except for uploads': (_, action) => action !== 'UploadCertificate',
}

/**
 * How a failure of this action of the API is to be retried; undefined when it is not transient. `sinceUpload`: milliseconds since a
 * certificate that the call names was uploaded in this run.
 */
export const retryOf = (problem: Problem, action: string, sinceUpload = Infinity): Retry | undefined => {
  const retry = problem.row?.retry
  return retry?.only === undefined || conditions[retry.only](problem, action, sinceUpload) ? retry : undefined
}

export interface RetryOptions {
  readonly clock: Clock
  /** Ends the attempts: the step's deadline, or its cancellation. */
  readonly signal: AbortSignal
  /** How a failure is to be retried; undefined when it is not transient. */
  readonly retryOf: (problem: Problem) => Retry | undefined
  readonly onRetry: (problem: Problem, why: string, pauseMs: number) => void
}

/** How attempts ended without success. */
export interface GivenUp {
  /** The transient failures, oldest first. */
  readonly failures: readonly Problem[]
  /** What the last attempt threw, or the reason of the signal. It is the last of `failures` when the budget is spent. */
  readonly thrown: unknown
}

/** Repeats `attempt` until it succeeds, fails permanently, its budget is spent, or the signal ends it. Never throws. */
export const retry = async <T>(
  attempt: () => Promise<T>,
  options: RetryOptions,
): Promise<{ readonly value: T } | GivenUp> => {
  const { clock, signal } = options
  const failures: Problem[] = []
  const isSpent = budget()
  for (;;) {
    const start = clock.now()
    try {
      signal.throwIfAborted()
      return { value: await attempt() }
    } catch (thrown) {
      if (signal.aborted) return { failures, thrown: thrown instanceof Problem ? thrown : signal.reason }
      const problem = toProblem(thrown)
      const how = options.retryOf(problem)
      if (how === undefined) return { failures, thrown }
      failures.push(problem)
      const ms = pause(how.budget, failures.length, clock.random)
      if (how.budget === 'bounded' && isSpent(start, clock.now() + ms)) return { failures, thrown }
      options.onRetry(problem, how.why, ms)
      await clock.sleep(ms, signal).catch(() => undefined)
    }
  }
}

/** Counts failures with a bounded budget. After a failed attempt that began at `start`, tells whether one at `next` would exceed it. */
const budget = () => {
  let attempts = 0
  let first: number | undefined
  return (start: number, next: number): boolean => {
    attempts += 1
    first ??= start
    return attempts >= maxAttempts || next - first > maxTime
  }
}
