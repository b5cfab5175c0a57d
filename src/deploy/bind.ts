import type { Binding } from '../model/change.ts'
import { seenText } from '../model/compare.ts'
import type { Bound, Host } from '../model/host.ts'
import { altered, concernsOf, hasCode, isDenied, isDeploying, type Problem, toProblem } from '../model/problem.ts'
import { dueBinding, type Event } from '../model/progress.ts'
import { idsOf } from '../model/setting.ts'
import { blockedLine } from '../plan/words.ts'
import { mapped, unfinished } from '../util/language.ts'
import { isNonEmpty } from '../util/lists.ts'
import { timeOfDay } from '../util/text.ts'
import { type Batch, type Failure, sendInBatches } from './batches.ts'
import { lookBefore } from './look-before.ts'
import { sendBatch } from './send.ts'
import { titles } from './titles.ts'
import type { Work } from './work.ts'

/** The bindings that are due now. */
export const dueBindings = ({ tracker }: Work): Binding[] =>
  tracker.all().flatMap((progress) => dueBinding(progress) ?? [])

/**
 * Sends the bindings that are due, and records the outcome in the tracker, also for refused hosts. Returns a Problem that concerns all
 * hosts: then no further call is sent. Throws the reason of the signal, or on a defect.
 */
export const bindDue = async (work: Work): Promise<Problem | undefined> => {
  const { tracker, context, batchSize } = work
  await lookBefore(work)
  try {
    await sendInBatches(dueBindings(work), {
      size: batchSize,
      send: (batch) => sendOrDrop(work, batch),
      failed: ({ left, problem, seen }) => {
        const readAt = context.clock.now()
        for (const { host } of left) tracker.emit(host, eventFor(host, problem, seen.get(host), readAt))
      },
    })
    return undefined
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (context.signal.aborted || hasCode(problem, 'Run.Unexpected')) throw problem
    stopSending(work)
    return problem
  }
}

/** Sends no call that is or will be due. Hosts that may have been changed are still waited for. */
export const stopSending = ({ tracker }: Work): void => {
  for (const { host, due, state, inDoubt } of tracker.all()) {
    if (due || (state === 'waiting' && !inDoubt)) tracker.emit(host, { kind: 'stopped' })
  }
}

/** Whether EdgeOne refused a change because a certificate expires, or does not exist any more. It does not say which one. */
const isAboutCertificate = (problem: Problem): boolean =>
  hasCode(problem, 'InvalidParameter.CertToExpire') ||
  hasCode(problem, 'FailedOperation.CertificateHasExpired') ||
  hasCode(problem, 'ResourceUnavailable.CertNotFound') ||
  hasCode(problem, 'FailedOperation.CertificateNotFound')

/**
 * Sends a batch. If EdgeOne refuses a certificate that is among the kept ones, sends it again without these, one by one, the first to expire
 * first.
 */
const sendOrDrop = async (work: Work, batch: Batch): Promise<Failure | undefined> => {
  const failure = await sendBatch(work, batch)
  const [blocking] = batch[0].keeps.toSorted((a, b) => (a.notAfter ?? Infinity) - (b.notAfter ?? Infinity))
  if (failure === undefined || blocking === undefined || !isAboutCertificate(failure.problem)) return failure
  const without = failure.left.map((binding) => withoutKept(binding, blocking))
  if (!isNonEmpty(without)) return failure
  const second = await sendOrDrop(work, without)
  const isLeft = ({ host }: Binding) => second?.left.some((one) => one.host === host) ?? false
  const changed = without.filter((binding) => !isLeft(binding) || second?.problem.sent === 'unknown')
  if (isNonEmpty(changed)) dropped(work, changed, blocking)
  const left = failure.left.filter(isLeft)
  if (second === undefined || !isNonEmpty(left)) return undefined
  // With nothing left to drop, it is the new certificate that is refused.
  return { ...second, left, problem: isAboutCertificate(second.problem) ? failure.problem : second.problem }
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
  context.warn(titles.certificates, blockedLine(certificate, batch))
}

const eventFor = (host: string, problem: Problem, seen: Host | undefined, readAt: number): Event => {
  if (isDeploying(problem)) return { kind: 'busy', problem }
  if (isDenied(problem)) return { kind: 'denied', problem: naming(host, problem) }
  switch (problem.sent) {
    case 'never':
      return { kind: 'unsent', problem }
    case 'refused':
      return { kind: 'refused', problem: concernsOf(problem) === 'all' ? problem : naming(host, problem) }
    case 'unknown': {
      if (seen === undefined) return { kind: 'lost', problem, seen }
      const [{ en, zh }, shown, time] = [unfinished(problem.text), seenText(seen), timeOfDay(readAt)]
      const message = {
        en: `${en}. Read at ${time}, ${host} does not show the change: it is ${shown.en}.`,
        zh: `${zh}。${time} 回读时，${host} 未体现该修改：${shown.zh}。`,
      }
      return { kind: 'lost', problem: altered(problem, { message }), seen }
    }
    default:
      return problem.sent satisfies never
  }
}

/** A refusal with the host in its message: the service does not say which one it concerns. */
const naming = (host: string, problem: Problem): Problem => {
  const { en, zh } = problem.message.trim() === '' ? noMessage : mapped(problem.text, (text) => text.trim())
  return altered(problem, { message: { en: `${host}: ${en}`, zh: `${host}：${zh}` } })
}

const noMessage = { en: 'the service gave no message', zh: '服务未返回错误信息' }
