import { hasCode, toProblem } from '../model/problem.ts'
import { type Stage, stagesUpTo } from '../model/stage.ts'
import { count } from '../util/text.ts'
import { bindDue, dueBindings } from './bind.ts'
import { probeServed } from './probe.ts'
import { failureOf } from './tracker.ts'
import { isWaiting, readableStage, readLast, tellDeadline, waitUntil } from './wait.ts'
import type { Work } from './work.ts'

/** Waits until every host has reached a stage. Throws on fatal errors; the failure of a host is recorded in the tracker, not thrown. */
type Observe = (work: Work, stage: Stage) => Promise<void>

/** Sends the bindings that are due, and reads until EdgeOne has accepted or deployed them, as far as the hosts can be listed. */
export const bindAndWait: Observe = async (work, stage) => {
  const { context, tracker } = work
  const { log, signal, cancelled } = context
  const until = readableStage(work, stage)
  try {
    const due = dueBindings(work).length
    if (due > 0) await log.group(`Binding ${count(due, 'host')}`, () => bindDue(work))
    if (isWaiting(work, until)) await log.group(`Waiting until ${until}`, () => waitUntil(work, until))
  } catch (thrown) {
    if (!signal.aborted || cancelled.aborted) throw thrown
    await readLast(work, until)
    if (!isWaiting(work, until) && failureOf(tracker) === undefined) return
    tellDeadline(work, until)
    // The failures of the hosts say more than that the deadline passed.
    if (!hasCode(toProblem(thrown), 'Network.Deadline') || failureOf(tracker) === undefined) throw thrown
  }
}

/** Probes until every host serves its certificate. */
const probe: Observe = async (work) => {
  const { log, signal, cancelled } = work.context
  try {
    await log.group('Probing what is served', () => probeServed(work))
  } catch (thrown) {
    if (cancelled.aborted || !signal.aborted || failureOf(work.tracker) === undefined) throw thrown
  }
}

/** The observer of each stage. A new stage needs an entry in `stages`, and one here. */
const observers: Readonly<Record<Stage, Observe>> = { accepted: bindAndWait, deployed: bindAndWait, served: probe }

/** Brings every host to a stage, through those before it. Consecutive stages with the same observer are observed together. */
export const reach = async (work: Work, stage: Stage): Promise<void> => {
  const path = stagesUpTo(stage)
  for (const [i, one] of path.entries()) {
    const next = path[i + 1]
    if (next === undefined || observers[next] !== observers[one]) await observers[one](work, one)
  }
}
