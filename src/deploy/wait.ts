import { seenText } from '../model/compare.ts'
import { driftText } from '../model/drift.ts'
import { faultText, type Problem, toProblem } from '../model/problem.ts'
import { isOpen, type Progress } from '../model/progress.ts'
import { earlierOf, type Stage } from '../model/stage.ts'
import { type Context, withDeadline } from '../tencent/context.ts'
import { type HostReader, hostReader } from '../tencent/hosts.ts'
import { pauseBefore } from '../tencent/poll.ts'
import { uniqueBy } from '../util/lists.ts'
import { count, duration } from '../util/text.ts'
import { bindDue, stopSending } from './bind.ts'
import { lastReading } from './titles.ts'
import type { Work } from './work.ts'

/** Interval between progress lines while nothing changes, milliseconds. */
const lineEvery = 6000

/** How long the last reading may take after the deadline, milliseconds. */
const lastReadingTime = 10_000

/** The last stage up to the given one that readings can observe. */
export const readableStage = ({ reader }: Work, stage: Stage): Stage =>
  reader === undefined ? 'accepted' : earlierOf(stage, 'deployed')

/** Whether the step still waits for a host. */
export const isWaiting = ({ tracker }: Work, until: Stage): boolean => tracker.all().some((host) => isOpen(host, until))

/**
 * Waits until every host has reached a stage, or has failed: reads the open hosts, binds those that an earlier deployment delayed,
 * and sends the call again for those that do not show an accepted change. Returns a Problem that concerns all hosts: since then, or with
 * `stopped` from the start, no call is sent. Throws that Problem, otherwise the reason of the signal or the
 * Problem of a reading; the last readings are then in the tracker.
 */
export const waitUntil = async (work: Work, until: Stage, stopped?: Problem): Promise<Problem | undefined> => {
  const { tracker, context } = work
  const watched = new Set(openHosts(work, until).map(({ host }) => host))
  const report = progressLines(context)
  let end = stopped
  try {
    for (let readings = 0; ; readings++) {
      const open = openHosts(work, until)
      const failed = tracker
        .all()
        .filter((one) => watched.has(one.host) && one.problem !== undefined && !isOpen(one, until))
      const reached = watched.size - open.length - failed.length
      const failures = failed.length === 0 ? '' : `, ${failed.length} failed`
      if (watched.size > 0) report(`${reached}/${count(watched.size, 'host')} ${until}${failures}`)
      if (open.length === 0) return end
      await context.clock.sleep(pauseBefore(readings), context.signal)
      if (work.reader === undefined) for (const { host } of open) tracker.emit(host, { kind: 'unreadable' })
      else {
        await observe(work, work.reader, until)
        tellRepeats(work)
      }
      if (end === undefined) end = await bindDue(work)
      else stopSending(work)
    }
  } catch (thrown) {
    throw context.cancelled.aborted ? thrown : (end ?? thrown)
  }
}

const openHosts = ({ tracker }: Work, until: Stage): Progress[] => tracker.all().filter((host) => isOpen(host, until))

/** Reads the open hosts, and records the readings in the tracker. */
const observe = async (work: Work, reader: HostReader, until: Stage): Promise<void> => {
  const { tracker, planNow } = work
  const open = new Set(openHosts(work, until).map(({ host }) => host))
  const hosts = await reader.these([...open])
  // While pages are read, a host may move from one to the next.
  for (const seen of uniqueBy(hosts, ({ name }) => name)) {
    if (open.delete(seen.name)) tracker.emit(seen.name, { kind: 'observed', seen, change: planNow(seen) })
  }
  // A list of certificates leaves out hosts that have none.
  if (reader.listed() === 'hosts') for (const host of open) tracker.emit(host, { kind: 'missing' })
}

const tellRepeats = ({ tracker, context }: Work): void => {
  for (const { host, due, writes, seen, drift } of tracker.all()) {
    if (!due || writes === 0) continue
    if (drift?.state === 'open') context.log.info(`${host} ${driftText(drift)}. Putting them back.`)
    else context.log.info(`${host} does not show the change (${seenText(seen).en}). Sending it again.`)
  }
}

/** Reads the open hosts once more after the deadline, so that nothing is concluded from an older reading. Throws only when the run is cancelled. */
export const readLast = async (work: Work, until: Stage): Promise<void> => {
  const { context, spec, zoneId } = work
  if (work.reader === undefined || openHosts(work, until).length === 0) return
  const late = withDeadline(context, context.clock.now() + lastReadingTime, lastReading)
  try {
    await observe(work, hostReader(late.call, spec.apiVersion, zoneId), until)
  } catch (thrown) {
    if (context.cancelled.aborted) throw thrown
    context.log.info(`The last reading failed: ${faultText(toProblem(thrown)).en}`)
  }
}

/** Records the deadline for the hosts that the step still waits for. */
export const tellDeadline = (work: Work, until: Stage): void => {
  for (const { host } of openHosts(work, until)) work.tracker.emit(host, { kind: 'deadline' })
}

/** Logs progress lines: when the text changes, and every few seconds. */
export const progressLines = ({ clock, log, deadline }: Context): ((text: string) => void) => {
  const start = clock.now()
  let last = { text: '', at: start }
  return (text) => {
    const now = clock.now()
    if (text === last.text && now - last.at < lineEvery) return
    last = { text, at: now }
    log.info(`${text}, ${duration(now - start)} elapsed, ${duration(deadline - now)} left`)
  }
}
