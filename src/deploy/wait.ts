import { seenText } from '../model/compare.ts'
import { driftText } from '../model/drift.ts'
import type { Problem } from '../model/problem.ts'
import { isOpen, type Progress } from '../model/progress.ts'
import { earlierOf, type Stage } from '../model/stage.ts'
import type { Context } from '../tencent/context.ts'
import { pauseBefore } from '../tencent/poll.ts'
import { uniqueBy } from '../util/lists.ts'
import { count, duration } from '../util/text.ts'
import { bindDue, stopSending } from './bind.ts'
import type { Work } from './work.ts'

/** Interval between progress lines while nothing changes, milliseconds. */
const lineEvery = 6000

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
      else await observe(work, open, until)
      if (end === undefined) end = await bindDue(work)
      else stopSending(work)
    }
  } catch (thrown) {
    throw context.cancelled.aborted ? thrown : (end ?? thrown)
  }
}

const openHosts = ({ tracker }: Work, until: Stage): Progress[] => tracker.all().filter((host) => isOpen(host, until))

/** Reads open hosts, and records the readings in the tracker. */
const observe = async ({ tracker, context, reader, planNow }: Work, open: readonly Progress[], until: Stage) => {
  const hosts = (await reader?.these(open.map(({ host }) => host))) ?? []
  // While pages are read, a host may move from one to the next.
  for (const seen of uniqueBy(hosts, ({ name }) => name)) {
    const progress = tracker.get(seen.name)
    if (progress === undefined || !isOpen(progress, until)) continue
    const after = tracker.emit(seen.name, { kind: 'observed', seen, change: planNow(seen) })
    if (after?.due && after.drift?.state === 'open')
      context.log.info(`${seen.name} ${driftText(after.drift)}. Putting them back.`)
    else if (after?.due && after.writes > 0)
      context.log.info(`${seen.name} does not show the change (${seenText(seen)}). Sending it again.`)
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
