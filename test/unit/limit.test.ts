import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rateLimiter } from '../../src/tencent/rate-limit.ts'
import { countedClock } from '../support/clock.ts'

const signal = new AbortController().signal

/** Callers that arrive at these times and wait in parallel: when each may leave, if its sleeps end late by as much as `late` says. */
const departures = async (
  arrivals: readonly number[],
  perSecond: number,
  key: (caller: number) => string = () => 'x',
  late: (caller: number) => number = () => 0,
) => {
  const clock = countedClock(0)
  let caller = 0
  const pace = rateLimiter({ ...clock, sleep: (ms) => clock.sleep(ms + late(caller), signal) })
  const left: number[] = []
  for (const [i, at] of arrivals.entries()) {
    clock.setTo(at)
    caller = i
    await pace(key(i), perSecond, signal)
    left.push(clock.now())
  }
  return left
}

test('keeps every second within its limit and callers in their order', async () => {
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

test('lets a lone caller through at once, and callers of other actions', async () => {
  expect(await departures([0, 5000, 10_000], 1)).toEqual([0, 5000, 10_000])
  expect(await departures([0, 0, 0], 1, String)).toEqual([0, 0, 0])
})

test('keeps every second within its limit when timers fire late', async () => {
  const delays = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 50 })
  await fc.assert(
    fc.asyncProperty(delays, fc.integer({ min: 2, max: 20 }), async (late, perSecond) => {
      // A process that is held up wakes its sleepers together: only every so often is one late, and by a lot.
      const left = await departures(
        Array<number>(120).fill(0),
        perSecond,
        () => 'x',
        (i) => late[i % late.length] ?? 0,
      )
      for (const start of left) {
        expect(left.filter((at) => at >= start && at < start + 1000).length).toBeLessThanOrEqual(perSecond)
      }
    }),
  )
})

/** All callers at once, each answered after its time on the way there and back: when each call arrives. Time passes only when all wait. */
const arrivals = async (there: readonly number[], back: number, perSecond: number) => {
  const state = { now: 0 }
  const sleepers: { at: number; wake: () => void }[] = []
  const sleep = (ms: number) => new Promise<void>((wake) => sleepers.push({ at: state.now + ms, wake }))
  const pace = rateLimiter({ now: () => state.now, random: () => 0, alarm: () => signal, sleep })
  const arrived: number[] = []
  const calls = there.map(async (ms) => {
    const answered = await pace('x', perSecond, signal)
    await sleep(ms)
    arrived.push(state.now)
    await sleep(back)
    answered()
  })
  for (let i = 0; i < there.length * 5; i++) {
    await new Promise(setImmediate)
    sleepers.sort((a, b) => a.at - b.at)
    const next = sleepers.shift()
    if (next === undefined) break
    state.now = next.at
    next.wake()
  }
  await Promise.all(calls)
  return arrived
}

test('keeps arrivals within the limit when the first calls are slow', async () => {
  const slow = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 20, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(slow, fc.integer({ min: 0, max: 150 }), async (handshakes, oneWay) => {
      const there = Array.from({ length: 80 }, (_, i) => oneWay + (handshakes[i] ?? 0))
      const arrived = await arrivals(there, oneWay, 20)
      expect(arrived).toHaveLength(80)
      for (const start of arrived) {
        expect(arrived.filter((at) => at >= start && at < start + 1000).length).toBeLessThanOrEqual(20)
      }
    }),
    { numRuns: 50 },
  )
})
