import type { Binding } from '../model/change.ts'
import { compare, hasSetting, seenText } from '../model/compare.ts'
import type { Host } from '../model/host.ts'
import { mayBeDeploying, type Problem, toProblem, underWay } from '../model/problem.ts'
import { withDeadline } from '../tencent/context.ts'
import { hostReader } from '../tencent/hosts.ts'
import { modifyHostsCertificate } from '../tencent/teo.ts'
import { sendOnce } from '../tencent/write.ts'
import { isNonEmpty, type NonEmpty } from '../util/lists.ts'
import { count, list } from '../util/text.ts'
import type { Batch, Failure } from './batches.ts'
import { explained } from './default.ts'
import { lastReading } from './titles.ts'
import type { Work } from './work.ts'

/** Time for a reading after the deadline of the step, milliseconds: what became of the last call is not left open. */
const lastReadingTime = 30_000

/**
 * Sends a batch in one call, and records the hosts that were accepted in the tracker. After a call without an answer, or one that met
 * something busy, reads the hosts, and sends it again only for those that neither show it nor are being deployed. Returns the failure of
 * the others.
 */
export const sendBatch = async (work: Work, batch: Batch): Promise<Failure | undefined> => {
  let left = batch
  let seen: ReadonlyMap<string, Host> = new Map()
  let isInDoubt = false
  const find = async (lost: Problem): Promise<'settled' | undefined> => {
    isInDoubt ||= lost.sent === 'unknown'
    seen = new Map()
    seen = await readNow(work, left)
    const problem = isInDoubt ? underWay(lost) : lost
    const open = left.filter((binding) => !settles(work, binding, seen.get(binding.host), problem))
    if (!isNonEmpty(open)) return 'settled'
    left = open
    return undefined
  }
  const send = async (): Promise<'settled'> => {
    const requestId = await modify(work, left)
    for (const { host } of left) work.tracker.emit(host, { kind: 'accepted', requestId })
    return 'settled'
  }
  try {
    const action = 'ModifyHostsCertificate'
    await sendOnce(work.context, { action, send, find: work.reader === undefined ? undefined : find })
    return undefined
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (problem.sent !== 'unknown' || !mayBeDeploying(problem)) return { problem, left, seen }
    // What denies the call may be an attempt without an answer, although the hosts were not listed as being deployed.
    for (const { host } of left) work.tracker.emit(host, { kind: 'busy', problem })
    return undefined
  }
}

/** The hosts of a batch as they are now, by name. Throws the Problem of the call. */
const readNow = async (work: Work, batch: Batch): Promise<ReadonlyMap<string, Host>> => {
  const { context, spec, zoneId } = work
  const { signal, clock } = context
  const last = () => withDeadline(context, clock.now() + lastReadingTime, lastReading)
  const reader = signal.aborted ? hostReader(last().call, spec.apiVersion, zoneId) : work.reader
  const hosts = (await reader?.these(batch.map(({ host }) => host))) ?? []
  return new Map(hosts.map((host) => [host.name, host]))
}

/** Whether a host is to be left out of the next attempt: it shows the change, or is being deployed, maybe because of the last one. */
const settles = ({ tracker, context }: Work, binding: Binding, seen: Host | undefined, lost: Problem): boolean => {
  const { host } = binding
  if (seen === undefined) return false
  if (shows(binding, seen)) {
    context.log.info(`${host} shows the change: ${seenText(seen).en}`)
    tracker.emit(host, { kind: 'accepted', requestId: undefined })
    return true
  }
  if (seen.status !== 'process') return false
  context.log.info(`${host} is being deployed${lost.sent === 'unknown' ? ', maybe with the change' : ''}`)
  tracker.emit(host, { kind: 'busy', problem: lost })
  return true
}

/** Whether a host shows a change. One that had the setting before, with a failed deployment, must show another one. */
const shows = ({ target, before, restores }: Binding, seen: Host): boolean => {
  if (restores !== undefined || !hasSetting(target, seen)) return false
  const failedBefore = before !== undefined && compare(target, before) === 'failed'
  return !failedBefore || compare(target, seen) !== 'failed'
}

const modify = async (work: Work, batch: Batch): Promise<string | undefined> => {
  const { spec, zoneId, journal } = work
  const { call, log } = work.context
  const [first, ...more] = batch
  const hosts: NonEmpty<string> = [first.host, ...more.map(({ host }) => host)]
  const { api, body } = modifyHostsCertificate(spec.apiVersion, zoneId, hosts, first.target, first.restores)
  log.info(`${api.action} for ${count(hosts.length, 'host')}: ${JSON.stringify(body)}`)
  try {
    const requestId = await call(api, body, (answer) => answer.requestId)
    journal.accepted(requestId)
    log.info(`Accepted for ${list(hosts, 3)}. RequestId: ${requestId ?? 'none'}`)
    return requestId
  } catch (thrown) {
    const problem = toProblem(thrown)
    const { code, requestId, sent } = problem
    const end = sent === 'unknown' ? 'No answer' : 'Not accepted'
    log.info(`${end} for ${list(hosts, 3)}: ${code}. RequestId: ${requestId ?? 'none'}`)
    throw explained(work, batch, problem)
  }
}
