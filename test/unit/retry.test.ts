import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/model/problem.ts'
import { type GivenUp, pause, type RetryOptions, retry, retryOf } from '../../src/tencent/retry.ts'
import { problemOf } from '../support/problem.ts'

const late = problemOf('Network.Deadline')
const throttled = problemOf('RequestLimitExceeded')
const reset = problemOf('Network.Reset')
const refused = problemOf('InvalidParameter')

/** Time passes by sleeping, and by `attemptMs` in each attempt; the signal aborts at `deadline`, in mid-sleep, too. */
const world = ({ deadline = Infinity, random = 1, attemptMs = 0 } = {}) => {
  const stop = new AbortController()
  const state = { now: 0, tries: 0, told: 0 }
  const options: RetryOptions = {
    signal: stop.signal,
    retryOf: (problem) => retryOf(problem, 'ModifyHostsCertificate'),
    onRetry: () => {
      state.told += 1
    },
    clock: {
      now: () => state.now,
      random: () => random,
      alarm: () => stop.signal,
      sleep: async (ms, signal) => {
        state.now = Math.min(deadline, state.now + ms)
        if (state.now === deadline) stop.abort(late)
        signal.throwIfAborted()
      },
    },
  }
  /** An attempt that ends with each of these in turn, and with the last from then on. */
  const attempts =
    <T>(...outcomes: readonly [...(T | Problem | Error)[], T | Problem | Error]) =>
    async (): Promise<T> => {
      const outcome = outcomes[Math.min(state.tries, outcomes.length - 1)]
      state.tries += 1
      state.now += attemptMs
      if (outcome instanceof Error) throw outcome
      return outcome as T
    }
  return { state, stop, options, attempts }
}

test.each([
  ['deadline', 300, 8000],
  ['bounded', 1000, 30_000],
] as const)(
  'keeps a pause of the budget %s between zero and a bound that doubles from %i ms to %i ms',
  (budget, first, max) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, r) => {
        const ms = pause(budget, failures, () => r)
        expect(ms).toBeGreaterThanOrEqual(0)
        expect(ms).toBeLessThanOrEqual(Math.min(max, first * 2 ** (failures - 1)))
      }),
    )
  },
)

test.each([
  [throttled, 300 + 600],
  [reset, 1000 + 2000],
] as const)('retries %s until it succeeds, after growing pauses', async (problem, now) => {
  const { state, options, attempts } = world()
  expect(await retry(attempts(problem, problem, 'done'), options)).toEqual({ value: 'done' })
  expect(state).toEqual({ now, tries: 3, told: 2 })
})

test.each([refused, new Error('a defect')])('does not retry %o', async (thrown) => {
  const { state, options, attempts } = world()
  expect(await retry(attempts(thrown, 'never'), options)).toEqual({ failures: [], thrown })
  expect(state).toEqual({ now: 0, tries: 1, told: 0 })
})

describe('the budget', () => {
  test('throttling is retried until the deadline', async () => {
    const { state, options, attempts } = world({ deadline: 20 * 60_000 })
    const { failures, thrown } = (await retry(attempts(throttled), options)) as GivenUp
    expect(thrown).toBe(late)
    expect(state.tries).toBeGreaterThan(100)
    expect(failures.length).toBe(state.tries)
  })

  test('a fault ends after six attempts', async () => {
    const { state, options, attempts } = world()
    const done = await retry(attempts(reset), options)
    expect(done).toEqual({ failures: Array(6).fill(reset), thrown: reset })
    expect(state).toEqual({ now: 1000 + 2000 + 4000 + 8000 + 16_000, tries: 6, told: 5 })
  })

  test('no attempt starts later than two minutes after the first that failed so', async () => {
    // Each takes a minute, as a service does that does not answer: the third would start after 2 min 3 s.
    const { state, options, attempts } = world({ attemptMs: 60_000 })
    await retry(attempts(problemOf('Network.Timeout')), options)
    expect([state.tries, state.now]).toEqual([2, 121_000])
    const faster = world({ attemptMs: 58_000 })
    await retry(faster.attempts(problemOf('Network.Timeout')), faster.options)
    expect(faster.state.tries).toBe(3)
  })

  test('throttling takes nothing from the budget of faults', async () => {
    const { state, options, attempts } = world({ deadline: 20 * 60_000 })
    const many = Array<Problem>(30).fill(throttled)
    const done = await retry(attempts(...many, reset, ...many, ...Array<Problem>(5).fill(reset), 'late'), options)
    // The pauses between the first fault and the second last longer than two minutes.
    expect(done).toMatchObject({ thrown: reset })
    expect(state.tries).toBe(30 + 1 + 30 + 1)
    const quick = world({ random: 0 })
    const same = quick.attempts(...many, reset, ...many, ...Array<Problem>(4).fill(reset), 'done')
    expect(await retry(same, quick.options)).toEqual({ value: 'done' })
  })
})

test('when the signal aborts during a pause no further attempt is made, and all failures are kept', async () => {
  const { state, options, attempts } = world({ deadline: 1000 })
  const done = (await retry(attempts(throttled), options)) as GivenUp
  // Attempts at 0, 300 and 900 ms; the third pause would end at 2100 ms.
  expect(state).toEqual({ now: 1000, tries: 3, told: 3 })
  expect(done).toEqual({ failures: [throttled, throttled, throttled], thrown: late })
})

test('with a signal that has aborted no attempt is made', async () => {
  const { state, stop, options, attempts } = world()
  stop.abort(late)
  expect(await retry(attempts('done'), options)).toEqual({ failures: [], thrown: late })
  expect(state.tries).toBe(0)
})
