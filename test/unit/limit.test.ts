import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pacer } from '../../src/cloud/limit.ts'
import type { Clock } from '../../src/ports.ts'

const signal = new AbortController().signal

/** Callers that arrive at these times and wait in parallel: when each may leave. */
const departures = async (
  arrivals: readonly number[],
  perSecond: number,
  key: (caller: number) => string = () => 'x',
) => {
  const state = { now: 0, slept: 0 }
  const clock: Clock = {
    now: () => state.now,
    random: () => 0,
    alarm: () => signal,
    sleep: async (ms) => {
      state.slept = ms
    },
  }
  const pace = pacer(clock)
  const left: number[] = []
  for (const [i, at] of arrivals.entries()) {
    Object.assign(state, { now: at, slept: 0 })
    await pace(key(i), perSecond, signal)
    left.push(at + state.slept)
  }
  return left
}

test('whenever callers arrive, no second holds more than its limit, nobody overtakes, and nobody leaves early', async () => {
  const gaps = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 3000, noNaN: true })), { maxLength: 120 })
  await fc.assert(
    fc.asyncProperty(gaps, fc.integer({ min: 1, max: 20 }), async (waits, perSecond) => {
      let now = 0
      const arrivals = waits.map((gap) => {
        now += gap
        return now
      })
      const left = await departures(arrivals, perSecond)
      expect(left).toEqual(left.toSorted((a, b) => a - b))
      for (const [i, start] of left.entries()) {
        expect(start).toBeGreaterThanOrEqual(arrivals[i] ?? 0)
        expect(left.filter((at) => at >= start && at < start + 1000).length).toBeLessThanOrEqual(perSecond)
      }
    }),
  )
})

test('a full queue uses at least 95 percent of the limit', async () => {
  for (const perSecond of [1, 10, 20]) {
    const left = await departures(Array<number>(401).fill(0), perSecond)
    expect(400_000 / (left.at(-1) ?? 0)).toBeGreaterThanOrEqual(0.95 * perSecond)
  }
})

test('a lone caller never waits, and keys do not wait for each other', async () => {
  expect(await departures([0, 5000, 10_000], 1)).toEqual([0, 5000, 10_000])
  expect(await departures([0, 0, 0], 1, String)).toEqual([0, 0, 0])
})
