import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../src/model/problem.ts'
import { type GivenUp, pause, type RetryOptions, retry } from '../../src/tencent/retry.ts'

const problem = (code: string) => new Problem({ code, message: '' })
const late = problem('Network.Deadline')

/** Time passes by sleeping only; the signal aborts at `deadline`, in mid-sleep, too. */
const world = (deadline: number, random = 1) => {
  const stop = new AbortController()
  const state = { now: 0, tries: 0, told: 0 }
  const options: RetryOptions = {
    signal: stop.signal,
    why: ({ code }) => (code === 'Heals' ? 'it heals' : undefined),
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
  const attempts =
    <T>(...outcomes: readonly [...(T | Problem | Error)[], T | Problem | Error]) =>
    async (): Promise<T> => {
      const outcome = outcomes[Math.min(state.tries, outcomes.length - 1)]
      state.tries += 1
      if (outcome instanceof Error) throw outcome
      return outcome as T
    }
  return { state, stop, options, attempts }
}

test('a pause lies between zero and its bound, which doubles from 0.3 s to 8 s', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, r) => {
      const ms = pause(failures, () => r)
      expect(ms).toBeGreaterThanOrEqual(0)
      expect(ms).toBeLessThanOrEqual(Math.min(8000, 300 * 2 ** (failures - 1)))
    }),
  )
})

test('what heals is tried again until it works, after pauses that grow', async () => {
  const { state, options, attempts } = world(60_000)
  expect(await retry(attempts(problem('Heals'), problem('Heals'), 'done'), options)).toEqual({ value: 'done' })
  expect(state).toEqual({ now: 900, tries: 3, told: 2 })
})

test.each([problem('Lasts'), new Error('a defect')])('%o is not tried again', async (thrown) => {
  const { state, options, attempts } = world(60_000)
  expect(await retry(attempts(thrown, 'never'), options)).toEqual({ failures: [], thrown })
  expect(state).toEqual({ now: 0, tries: 1, told: 0 })
})

test('the signal in mid-pause ends the attempts: no further one is made, and all failures are kept', async () => {
  const { state, options, attempts } = world(1000)
  const done = (await retry(attempts(problem('Heals')), options)) as GivenUp
  // Attempts at 0, 300 and 900 ms; the third pause would end at 2100 ms.
  expect(state).toEqual({ now: 1000, tries: 3, told: 3 })
  expect(done.failures.map(({ code }) => code)).toEqual(['Heals', 'Heals', 'Heals'])
  expect(done.thrown).toBe(late)
})

test('a signal that is aborted already lets no attempt happen', async () => {
  const { state, stop, options, attempts } = world(1000)
  stop.abort(late)
  expect(await retry(attempts('done'), options)).toEqual({ failures: [], thrown: late })
  expect(state.tries).toBe(0)
})
