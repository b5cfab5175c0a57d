import type { Binding } from '../model/change.ts'
import type { Bound } from '../model/host.ts'
import { hasCode, isDenied, isDeploying, type Problem, toProblem } from '../model/problem.ts'
import { dueBinding, type Event } from '../model/progress.ts'
import { idsOf } from '../model/setting.ts'
import { blockedLine } from '../plan/words.ts'
import { modifyHostsCertificate } from '../tencent/teo.ts'
import { isNonEmpty } from '../util/lists.ts'
import { count, list } from '../util/text.ts'
import { type Batch, sendInBatches } from './batches.ts'
import { explained } from './default.ts'
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
      const requestId = await modifyOrDrop(work, batch)
      for (const { host } of batch) tracker.emit(host, { kind: 'accepted', requestId })
    },
    failed: (batch, problem) => {
      for (const { host } of batch) tracker.emit(host, eventFor(problem))
    },
  })
}

/** Whether EdgeOne refused a change because a certificate expires. It does not say which one. */
const isAboutExpiry = (problem: Problem): boolean =>
  hasCode(problem, 'InvalidParameter.CertToExpire') || hasCode(problem, 'FailedOperation.CertificateHasExpired')

/** Sends a batch. If a certificate expires too soon for EdgeOne, sends it again without the kept certificates, one by one, the first to expire first. */
const modifyOrDrop = async (work: Work, batch: Batch): Promise<string | undefined> => {
  try {
    return await modify(work, batch)
  } catch (thrown) {
    const [blocking] = batch[0].keeps.toSorted((a, b) => (a.notAfter ?? Infinity) - (b.notAfter ?? Infinity))
    if (blocking === undefined || !isAboutExpiry(toProblem(thrown))) throw thrown
    const without = batch.map((binding) => withoutKept(binding, blocking))
    if (!isNonEmpty(without)) throw thrown
    try {
      const requestId = await modifyOrDrop(work, without)
      dropped(work, without, blocking)
      return requestId
    } catch (second) {
      const problem = toProblem(second)
      if (problem.sent === 'unknown') dropped(work, without, blocking)
      // With nothing left to drop, it is the new certificate that expires.
      throw isAboutExpiry(problem) ? thrown : second
    }
  }
}

const withoutKept = (binding: Binding, certificate: Bound): Binding => {
  const { target, keeps, drops } = binding
  const [first, ...more] = idsOf(target).filter((id) => id !== certificate.id)
  return {
    ...binding,
    target: first === undefined ? target : { mode: 'sslcert', ids: [first, ...more] },
    keeps: keeps.filter(({ id }) => id !== certificate.id),
    drops: [...drops, { certificate, why: 'blocks' }],
  }
}

const dropped = ({ tracker, blocking, context }: Work, batch: Batch, certificate: Bound): void => {
  blocking.add(certificate.id)
  // If more was dropped after this certificate, the tracker already has the smaller target.
  for (const change of batch) {
    const known = tracker.get(change.host)?.change
    const isTold = known?.kind !== 'refuse' && known?.drops.some(({ certificate: { id } }) => id === certificate.id)
    if (!isTold) tracker.emit(change.host, { kind: 'revised', change })
  }
  context.warn('Certificates', blockedLine(certificate, batch))
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
    throw explained(work, batch, toProblem(thrown))
  }
}

const eventFor = (problem: Problem): Event => {
  if (isDeploying(problem)) return { kind: 'busy', problem }
  if (isDenied(problem)) return { kind: 'denied', problem }
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
