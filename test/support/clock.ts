import type { Clock } from '../../src/model/ports.ts'

export interface CountedClock extends Clock {
  readonly setTo: (now: number) => void
}

/** A clock that advances only by sleeping: a sleeper wakes at once, at a later time. Every sleep takes at least one millisecond. */
export const countedClock = (start = Date.parse('2026-11-24T00:00:00Z')): CountedClock => {
  let now = start
  const alarms: { readonly at: number; readonly ring: () => void }[] = []
  const setTo = (time: number): void => {
    now = time
    for (const { at, ring } of alarms) if (at <= now) ring()
  }
  return {
    setTo,
    now: () => now,
    random: () => 0.5,
    sleep: async (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted()
      setTo(now + Math.max(1, ms))
      await Promise.resolve()
      signal.throwIfAborted()
    },
    alarm: (at: number, reason: () => unknown) => {
      const controller = new AbortController()
      alarms.push({ at, ring: () => controller.abort(reason()) })
      return controller.signal
    },
  }
}
