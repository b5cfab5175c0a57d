import type { Clock } from '../ports.ts'

/** Waits until the next call of this kind may be sent; throws the reason of the signal. */
export type Pace = (key: string, perSecond: number, signal: AbortSignal) => Promise<void>

/** The service counts by arrival: a little more than the exact distance keeps a jittery network below the limit. */
const margin = 1.04

/**
 * Paces the calls of each key: they leave at even distances, never in a burst, so that no second holds more than
 * `perSecond` of them (reference: requests per second, per API). Callers may wait in parallel; they leave in order.
 */
export const pacer = (clock: Clock): Pace => {
  const nextFree = new Map<string, number>()
  return async (key, perSecond, signal) => {
    const now = clock.now()
    const start = Math.max(now, nextFree.get(key) ?? now)
    nextFree.set(key, start + (1000 / perSecond) * margin)
    if (start > now) await clock.sleep(start - now, signal)
  }
}
