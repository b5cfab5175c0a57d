import type { Clock } from '../model/ports.ts'

/** To be called when the call that left has been answered, or has failed. */
export type Answered = () => void

/** Waits until the next call of this kind may be sent; throws the reason of the signal. */
export type Pace = (key: string, perSecond: number, signal: AbortSignal) => Promise<Answered>

/** Calls leave at a little more than the exact distance. */
const margin = 1.04

/** Milliseconds from the arrival of a call to that of the call which is one second's worth later. */
const second = 1025

/** A call that left: when, and how long it took until it was answered, milliseconds; no time at all until then. */
interface Departure {
  readonly at: number
  took: number
}

interface Lane {
  /** When the next call may leave by even distances. */
  nextFree: number
  /** The last calls that left, by their number modulo the calls of a second. */
  readonly departures: (Departure | undefined)[]
  asked: number
  answered: number
  /** The shortest time that a call took: what each needs on its way there and back. */
  fastest: number
}

/**
 * Paces the calls of each key so that at the service, which counts by arrival, no second holds more than `perSecond` of them (reference:
 * requests per second, per API). They leave at even distances, never in a burst. Where a call was held up – by its connection, or
 * because this process was –, its answer tells when it can have arrived at the latest, and what follows waits for that. Callers may
 * wait in parallel.
 */
export const pacer = (clock: Clock): Pace => {
  const lanes = new Map<string, Lane>()
  return async (key, perSecond, signal) => {
    const lane = lanes.get(key) ?? { nextFree: 0, departures: [], asked: 0, answered: 0, fastest: Infinity }
    lanes.set(key, lane)
    const start = Math.max(clock.now(), lane.nextFree)
    lane.nextFree = start + (1000 / perSecond) * margin
    const slot = lane.asked++ % perSecond
    if (start > clock.now()) await clock.sleep(start - clock.now(), signal)
    const before = lane.departures[slot]
    // The first calls of all open connections, so that none of them tells how fast the way is.
    const way = lane.answered > perSecond ? lane.fastest : 0
    const arrived = before === undefined ? -Infinity : before.at + Math.max(0, before.took - way)
    const held = arrived + second - clock.now()
    if (held > 0) await clock.sleep(held, signal)
    const departure: Departure = { at: clock.now(), took: 0 }
    lane.departures[slot] = departure
    return () => {
      departure.took = clock.now() - departure.at
      lane.answered += 1
      lane.fastest = Math.min(lane.fastest, departure.took)
    }
  }
}
