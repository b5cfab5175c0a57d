import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../model/ports.ts'

/** The clock and the timers of the system. */
export const clock: Clock = {
  now: Date.now,
  random: Math.random,
  sleep: async (ms, signal) => {
    try {
      await wait(ms, undefined, { signal })
    } catch (error) {
      throw signal.aborted ? signal.reason : error
    }
  },
  alarm: (at, reason) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(reason()), Math.max(0, at - Date.now())).unref()
    return controller.signal
  },
}
