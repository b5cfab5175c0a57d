import { lostOf } from '../model/drift.ts'
import { hasCode, type Problem, toProblem } from '../model/problem.ts'
import { type Stage, stagesUpTo } from '../model/stage.ts'
import { count, listed } from '../util/text.ts'
import { bindDue, dueBindings } from './bind.ts'
import { probeLast, probeServed } from './probe.ts'
import { failureOf } from './tracker.ts'
import { isWaiting, readableStage, readLast, tellDeadline, waitUntil } from './wait.ts'
import type { Work } from './work.ts'

/**
 * Waits until every host has reached a stage. Returns a Problem that concerns all hosts, once the hosts that were accepted before have been
 * seen through. Throws on fatal errors; the failure of a host is recorded in the tracker, not thrown.
 */
type Observe = (work: Work, stage: Stage) => Promise<Problem | undefined>

/** Sends the bindings that are due, and reads until EdgeOne has accepted or deployed them, as far as the hosts can be listed. */
const bindAndRead: Observe = async (work, stage) => {
  const { context, tracker } = work
  const { log, signal, cancelled } = context
  const until = readableStage(work, stage)
  let stopped: Problem | undefined
  try {
    const due = dueBindings(work).length
    if (due > 0) stopped = await log.group(`Binding ${count(due, 'host')}`, () => bindDue(work))
    if (isWaiting(work, until))
      stopped = await log.group(`Waiting until ${until}`, () => waitUntil(work, until, stopped))
    return stopped
  } catch (thrown) {
    if (!signal.aborted || cancelled.aborted) throw thrown
    await readLast(work, until)
    if (!isWaiting(work, until) && failureOf(tracker) === undefined) return
    tellDeadline(work, until)
    // The failures of the hosts say more than that the deadline passed.
    if (!hasCode(toProblem(thrown), 'Network.Deadline') || failureOf(tracker) === undefined) throw thrown
    return undefined
  }
}

/** Binds and reads, and throws a Problem that concerns all hosts at the end. */
export const bindAndWait = async (work: Work, stage: Stage): Promise<void> => {
  const stopped = await bindAndRead(work, stage)
  if (stopped !== undefined) throw stopped
}

/** Probes until every host serves its certificate. */
const probe: Observe = async (work) => {
  const { log, signal, cancelled } = work.context
  try {
    await log.group('Probing what is served', () => probeServed(work))
  } catch (thrown) {
    if (cancelled.aborted || !signal.aborted) throw thrown
    await probeLast(work)
    if (!hasCode(toProblem(thrown), 'Network.Deadline')) throw thrown
  }
  return undefined
}

/** The observer of each stage. A new stage needs an entry in `stages`, and one here. */
const observers: Readonly<Record<Stage, Observe>> = { accepted: bindAndRead, deployed: bindAndRead, served: probe }

/**
 * Brings every host to a stage, through those before it. Consecutive stages with the same observer are observed together. Throws a Problem
 * that concerns all hosts at the end.
 */
export const reach = async (work: Work, stage: Stage): Promise<void> => {
  const path = stagesUpTo(stage)
  let stopped: Problem | undefined
  for (const [i, one] of path.entries()) {
    const next = path[i + 1]
    if (next !== undefined && observers[next] === observers[one]) continue
    const found = await observers[one](work, one)
    stopped ??= found
  }
  if (stage === 'accepted') noteUncompared(work)
  if (stopped !== undefined) throw stopped
}

/** Notes the hosts whose client and upstream certificates were not compared, because the step does not wait for their change. */
const noteUncompared = ({ tracker, journal }: Work): void => {
  const hosts = tracker
    .all()
    .filter(
      ({ state, change: { before } }) => state === 'accepted' && lostOf(before?.mutualTls ?? {}, allOff) !== undefined,
    )
  if (hosts.length === 0) return
  const { en, zh } = listed(hosts, 10, ({ host }) => host)
  journal.note({
    en: `Mutual TLS of ${count(hosts.length, 'host')} is not compared after the change, because the step does not wait until it is deployed: ${en}`,
    zh: `步骤不等待部署完成，因此修改后不再比对以下 ${hosts.length} 个域名的双向认证配置：${zh}`,
  })
}

const allOff = { client: 'off', upstream: 'off', originCa: 'off' } as const
