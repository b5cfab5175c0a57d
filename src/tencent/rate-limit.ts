import type { Clock } from '../model/ports.ts'

/** To be called when the call has been answered or has failed. */
export type Answered = () => void

/** Waits until the next call of this kind may be sent; throws the reason of the signal. */
export type Admit = (key: string, perSecond: number, signal: AbortSignal) => Promise<Answered>

/** Calls are spaced slightly wider than the limit requires. */
const margin = 1.04

/** Minimum time between the arrival of a call and that of the call `perSecond` places later, milliseconds. */
const windowMs = 1025

/** A call that was sent: when, and how long its answer took, milliseconds; 0 until it is answered. */
interface Departure {
  readonly at: number
  took: number
}

interface Lane {
  /** When the next evenly spaced call is due; it may be sent one place earlier. */
  nextFree: number
  /** The last calls that were sent, by their number modulo `perSecond`. */
  readonly departures: (Departure | undefined)[]
  asked: number
  answered: number
  /** The shortest time that a call took: an upper bound of the round trip. */
  fastest: number
}

/**
 * Limits the calls of each key so that at most `perSecond` of them arrive at the service in any second (reference: requests per second,
 * per API). After the first two they are sent evenly spaced: a run that makes only two calls of a kind does not wait. If a call was delayed, by its connection or by this process, its answer
 * shows the latest time at which it can have arrived, and later calls wait accordingly. Callers may wait in parallel.
 */
export const rateLimiter = (clock: Clock): Admit => {
  const lanes = new Map<string, Lane>()
  return async (key, perSecond, signal) => {
    const lane = lanes.get(key) ?? { nextFree: 0, departures: [], asked: 0, answered: 0, fastest: Infinity }
    lanes.set(key, lane)
    const spacing = (1000 / perSecond) * margin
    const start = Math.max(clock.now(), lane.nextFree - spacing)
    lane.nextFree = Math.max(clock.now(), lane.nextFree) + spacing
    const slot = lane.asked++ % perSecond
    if (start > clock.now()) await clock.sleep(start - clock.now(), signal)
    const before = lane.departures[slot]
    // The first calls all open connections, so none of them shows the round trip.
    const roundTrip = lane.answered > perSecond ? lane.fastest : 0
    const arrived = before === undefined ? -Infinity : before.at + Math.max(0, before.took - roundTrip)
    const held = arrived + windowMs - clock.now()
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
