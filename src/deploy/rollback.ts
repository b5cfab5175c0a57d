import type { Certificate } from '../model/certificate.ts'
import type { Change } from '../model/change.ts'
import type { Host } from '../model/host.ts'
import { ownProblem, type Problem, toProblem } from '../model/problem.ts'
import type { Progress } from '../model/progress.ts'
import type { Setting } from '../model/setting.ts'
import { plan } from '../plan/plan.ts'
import { type Restorable, restorable, unknownSetting } from '../plan/restore.ts'
import { withDeadline } from '../tencent/context.ts'
import { hostReader } from '../tencent/hosts.ts'
import { readCertificates } from '../tencent/ssl.ts'
import { type Text, unfinished } from '../util/language.ts'
import { count, listed } from '../util/text.ts'
import { type Harmed, isFinal, provenHarm } from './evidence.ts'
import { bindAndWait } from './reach.ts'
import { commandFor } from './tccli.ts'
import { titles } from './titles.ts'
import { type Tracker, track } from './tracker.ts'
import type { Work } from './work.ts'

/** A rollback has its own deadline, milliseconds from its start: it is mostly needed after the deadline of the step. */
const rollbackTime = 5 * 60_000

/**
 * Restores what the hosts had that the change has harmed, with its own deadline, and records the outcome in the tracker. Throws only when the
 * run is cancelled.
 */
export const rollBack = async (work: Work): Promise<void> => {
  const { spec, zoneId } = work
  const context = withDeadline(work.context, work.context.clock.now() + rollbackTime, {
    en: 'The rollback',
    zh: '回滚',
  })
  const reader = work.reader === undefined ? undefined : hostReader(context.call, spec.apiVersion, zoneId)
  const back: Work = { ...work, context, reader }
  const hosts = await provenHarm(back)
  if (hosts.length === 0) return
  // Not a group: groups cannot be nested, and the calls are in groups.
  context.log.info(`Rolling back ${count(hosts.length, 'host')}`)
  const settings = await previousSettings(back, hosts)
  const restored = await restore(back, hosts, settings)
  for (const { progress, seen } of hosts) {
    const { host } = progress
    const after = restored.get(host)
    if (after?.state === 'deployed' || after?.state === 'unchanged') {
      work.tracker.emit(host, { kind: 'rolled-back', seen: after.seen, requestId: after.requestId, drift: after.drift })
    } else {
      const problem = failure(back, progress, settings.get(host), { why: whyNot(after, settings.get(host)), after })
      work.tracker.emit(host, { kind: 'rollback-failed', seen: after?.seen ?? seen, problem })
    }
  }
}

/** What each host is to get back. Says which certificates are left out because they end. */
const previousSettings = async (work: Work, hosts: readonly Harmed[]): Promise<ReadonlyMap<string, Restorable>> => {
  const { spec, context } = work
  const known = await endsOf(work, hosts)
  const facts = { version: spec.apiVersion, known, now: context.clock.now() }
  const settings = new Map(
    hosts.map(({ progress: { host, change } }) => [host, restorable(change.before, facts)] as const),
  )
  const without = [...settings].flatMap(([host, one]) =>
    one.setting === undefined ? [] : one.without.map(({ id }) => ({ host, id })),
  )
  for (const [id, some] of Map.groupBy(without, (one) => one.id)) {
    const { en, zh } = listed(some, 10, ({ host }) => host)
    context.warn(titles.rollback, {
      en: `${id} has expired or expires within the hour, so it was not restored on ${en}.`,
      zh: `${id} 已过期或将在一小时内过期，因此未在以下域名上恢复：${zh}。`,
    })
  }
  return settings
}

/** The known certificates, with those of which EdgeOne does not say when they end, if SSL Certificate Service may be read. */
const endsOf = async (
  { context, known }: Work,
  hosts: readonly Harmed[],
): Promise<ReadonlyMap<string, Certificate>> => {
  const had = hosts.flatMap(({ progress }) => progress.change.before?.certificates ?? [])
  const unknown = had.filter(({ id, notAfter }) => notAfter === undefined && known.get(id)?.notAfter === undefined)
  if (unknown.length === 0) return known
  try {
    const read = await readCertificates(context.call, [...new Set(unknown.map(({ id }) => id))])
    return new Map([...known, ...read.map((one) => [one.id, one] as const)])
  } catch (thrown) {
    if (isFinal(context, toProblem(thrown))) throw thrown
    // EdgeOne itself refuses a certificate that has expired.
    return known
  }
}

/** Binds the previous settings of hosts, and waits until they are deployed. */
const restore = async (
  work: Work,
  hosts: readonly Harmed[],
  settings: ReadonlyMap<string, Restorable>,
): Promise<Tracker> => {
  const { spec, context } = work
  const tracker = reportedTracker(work, hosts, settings)
  const planNow = (host: Host) => {
    const setting = settings.get(host.name)?.setting
    if (setting === undefined) throw new TypeError(`${host.name} is not rolled back`)
    return plan({ setting, keepOther: false, known: new Map(), now: context.clock.now() }, host)
  }
  try {
    await bindAndWait({ ...work, spec: { ...spec, waitFor: 'deployed' }, tracker, planNow }, 'deployed')
  } catch (thrown) {
    if (isFinal(context, toProblem(thrown))) throw thrown
    for (const { host, state } of tracker.all()) {
      if (state === 'accepted') tracker.emit(host, { kind: 'interrupted', cause: toProblem(thrown) })
    }
  }
  return tracker
}

/**
 * A tracker of the rollback. The tracker of the step learns at once what was asked and accepted, so that whatever ends the step, the report
 * has it.
 */
const reportedTracker = (work: Work, hosts: readonly Harmed[], settings: ReadonlyMap<string, Restorable>): Tracker => {
  const changes = hosts.flatMap((one) => restoring(one, settings.get(one.progress.host)?.setting) ?? [])
  const { now } = work.context.clock
  const tracker = track(changes, { dryRun: false, readAt: now(), now })
  const byHost = new Map(hosts.map(({ progress }) => [progress.host, progress]))
  const problemOf = (host: string, why: Text, requestId?: string) => {
    const progress = byHost.get(host)
    return progress && failure(work, progress, settings.get(host), { why, after: { requestId } })
  }
  for (const { host, before } of changes) {
    const problem = problemOf(host, started)
    if (problem) work.tracker.emit(host, { kind: 'rollback-started', problem, seen: before })
  }
  return {
    ...tracker,
    emit: (host, event) => {
      const after = tracker.emit(host, event)
      if (event.kind !== 'accepted') return after
      const { requestId } = event
      const problem = problemOf(host, acceptedText(requestId), requestId)
      if (problem) work.tracker.emit(host, { kind: 'rollback-accepted', problem, requestId })
      return after
    },
  }
}

const started = {
  en: 'its rollback was started, and EdgeOne did not confirm it before the step ended',
  zh: '回滚已开始，但在步骤结束之前未得到 EdgeOne 的确认',
}

const acceptedText = (requestId: string | undefined): Text => ({
  en: `EdgeOne accepted the call (RequestId ${requestId ?? 'unknown'}), and the step ended before it saw it in effect`,
  zh: `EdgeOne 已接受请求（RequestId ${requestId ?? '未知'}），但步骤结束之前未确认其生效`,
})

const restoring = ({ progress, seen }: Harmed, target: Setting | undefined): Change | undefined => {
  const { host, change } = progress
  if (target === undefined) return undefined
  const reason = { en: 'rollback to the previous setting', zh: '回滚到原配置' }
  const before = seen ?? progress.seen ?? change.before
  const nothing = { keeps: [], replaces: [], drops: [] }
  return { kind: 'bind', host, before, had: change.before?.mutualTls, reason, target, ...nothing }
}

const failure = (
  { spec, zoneId }: Work,
  { host, problem }: Progress,
  previous: Restorable | undefined,
  { why, after }: { readonly why: Text; readonly after: Pick<Progress, 'requestId'> | undefined },
): Problem => {
  const setting = previous?.setting
  const command = setting === undefined ? undefined : commandFor(zoneId, host, setting, spec.apiVersion)
  const { en, zh } = unfinished(why)
  const [byHand, byHandZh] = command === undefined ? ['', ''] : [`. By hand: ${command}`, `。手动恢复：${command}`]
  return ownProblem('Verify.RollbackFailed', {
    message: { en: `${host} was not rolled back: ${en}${byHand}`, zh: `${host} 未能回滚：${zh}${byHandZh}` },
    // Without a call of its own, the failed change is what the user has a RequestId of.
    requestId: after === undefined ? problem?.requestId : after.requestId,
    cause: problem,
  })
}

const whyNot = (after: Progress | undefined, previous: Restorable | undefined): Text => {
  if (after === undefined) return previous?.setting === undefined ? (previous?.why ?? unknownSetting) : noCall
  // The sentence has the host already.
  if (after.problem !== undefined) {
    const { en, zh } = after.problem.text
    return { en: en.replace(`${after.host}: `, ''), zh: zh.replace(`${after.host}：`, '') }
  }
  return after.writes > 0 ? notSeen : noCall
}

const noCall = { en: 'no call was sent for it', zh: '没有为其发送请求' }
const notSeen = {
  en: 'EdgeOne accepted the call, but the step did not see it in effect',
  zh: 'EdgeOne 已接受请求，但步骤未确认其生效',
}
