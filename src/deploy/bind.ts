import type { Binding } from '../model/change.ts'
import { isDeploying, type Problem, toProblem } from '../model/problem.ts'
import { dueBinding, type Event } from '../model/progress.ts'
import { modifyHostsCertificate } from '../tencent/teo.ts'
import { count, list } from '../util/text.ts'
import { type Batch, sendInBatches } from './batches.ts'
import type { Work } from './work.ts'

/** The bindings that are due now. */
export const dueBindings = ({ tracker }: Work): Binding[] =>
  tracker.all().flatMap((progress) => dueBinding(progress) ?? [])

/**
 * Sends the bindings that are due, and records the outcome in the tracker, also for refused hosts. Throws a Problem that concerns all
 * hosts, or the reason of the signal.
 */
export const bindDue = async (work: Work): Promise<void> => {
  const { tracker } = work
  await sendInBatches(dueBindings(work), {
    send: async (batch) => {
      const requestId = await modify(work, batch)
      for (const { host } of batch) tracker.emit(host, { kind: 'accepted', requestId })
    },
    failed: (batch, problem) => {
      for (const { host } of batch) tracker.emit(host, eventFor(problem))
    },
  })
}

const modify = async (work: Work, batch: Batch): Promise<string | undefined> => {
  const { spec, zoneId } = work
  const { call, log } = work.context
  const [first, ...more] = batch
  const hosts = [first.host, ...more.map(({ host }) => host)] as const
  const { api, body } = modifyHostsCertificate(spec.apiVersion, zoneId, hosts, first.target)
  log.info(`${api.action} for ${count(hosts.length, 'host')}: ${JSON.stringify(body)}`)
  try {
    const requestId = await call(api, body, (answer) => answer.requestId)
    work.journal.accepted(requestId)
    log.info(`Accepted for ${list(hosts, 3)}. RequestId: ${requestId ?? 'none'}`)
    return requestId
  } catch (thrown) {
    const { code, requestId } = toProblem(thrown)
    log.info(`Not accepted for ${list(hosts, 3)}: ${code}. RequestId: ${requestId ?? 'none'}`)
    throw thrown
  }
}

const eventFor = (problem: Problem): Event => {
  if (isDeploying(problem)) return { kind: 'busy', problem }
  switch (problem.sent) {
    case 'never':
      return { kind: 'unsent', problem }
    case 'refused':
      return { kind: 'refused', problem }
    case 'unknown':
      return { kind: 'lost', problem }
    default:
      return problem.sent satisfies never
  }
}
