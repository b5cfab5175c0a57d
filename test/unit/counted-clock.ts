import type { Clock } from '../../src/model/ports.ts'

/** A clock on which nothing takes time: who sleeps wakes at once, later. */
export const countedClock = (): Clock => {
  let now = Date.parse('2026-11-24T00:00:00Z')
  const alarms: { readonly at: number; readonly ring: () => void }[] = []
  return {
    now: () => now,
    random: () => 0.5,
    sleep: async (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted()
      now += Math.max(1, ms)
      for (const { at, ring } of alarms) if (at <= now) ring()
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
