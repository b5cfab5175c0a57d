import type { Certificate } from '../model/certificate.ts'
import type { Change } from '../model/change.ts'
import type { Host } from '../model/host.ts'
import { ownProblem, type Problem, toProblem } from '../model/problem.ts'
import type { Progress } from '../model/progress.ts'
import type { Setting } from '../model/setting.ts'
import { plan } from '../plan/plan.ts'
import { type Restorable, restorable } from '../plan/restore.ts'
import { withDeadline } from '../tencent/context.ts'
import { hostReader } from '../tencent/hosts.ts'
import { readCertificates } from '../tencent/ssl.ts'
import { count, list } from '../util/text.ts'
import { type Harmed, isFinal, provenHarm } from './evidence.ts'
import { bindAndWait } from './reach.ts'
import { commandFor } from './tccli.ts'
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
  const context = withDeadline(work.context, work.context.clock.now() + rollbackTime, 'The rollback')
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
    const names = list(some, 10, ({ host }) => host)
    context.warn('Rollback', `${id} has expired or expires within the hour, so it was not restored on ${names}.`)
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
  const problemOf = (host: string, why: string, requestId?: string) => {
    const progress = byHost.get(host)
    return progress && failure(work, progress, settings.get(host), { why, after: { requestId } })
  }
  for (const { host, before } of changes) {
    const problem = problemOf(host, 'its rollback was started, and EdgeOne did not confirm it before the step ended')
    if (problem) work.tracker.emit(host, { kind: 'rollback-started', problem, seen: before })
  }
  return {
    ...tracker,
    emit: (host, event) => {
      const after = tracker.emit(host, event)
      if (event.kind !== 'accepted') return after
      const { requestId } = event
      const asked = `EdgeOne accepted the call (RequestId ${requestId ?? 'unknown'})`
      const problem = problemOf(host, `${asked}, and the step ended before it saw it in effect`, requestId)
      if (problem) work.tracker.emit(host, { kind: 'rollback-accepted', problem, requestId })
      return after
    },
  }
}

const restoring = ({ progress, seen }: Harmed, target: Setting | undefined): Change | undefined => {
  const { host, change } = progress
  if (target === undefined) return undefined
  const reason = 'rollback to the previous setting'
  const before = seen ?? progress.seen ?? change.before
  const nothing = { keeps: [], replaces: [], drops: [] }
  return { kind: 'bind', host, before, had: change.before?.mutualTls, reason, target, ...nothing }
}

const failure = (
  { spec, zoneId }: Work,
  { host, problem }: Progress,
  previous: Restorable | undefined,
  { why, after }: { readonly why: string; readonly after: Pick<Progress, 'requestId'> | undefined },
): Problem => {
  const setting = previous?.setting
  const command = setting === undefined ? '' : `. By hand: ${commandFor(zoneId, host, setting, spec.apiVersion)}`
  return ownProblem('Verify.RollbackFailed', {
    message: `${host} was not rolled back: ${why.replace(/\.$/, '')}${command}`,
    // Without a call of its own, the failed change is what the user has a RequestId of.
    requestId: after === undefined ? problem?.requestId : after.requestId,
    cause: problem,
  })
}

const whyNot = (after: Progress | undefined, previous: Restorable | undefined): string => {
  if (after === undefined)
    return previous?.setting === undefined
      ? (previous?.why ?? 'its previous setting is unknown')
      : 'no call was sent for it'
  // The sentence has the host already.
  if (after.problem !== undefined) return after.problem.message.replace(`${after.host}: `, '')
  return after.writes > 0
    ? 'EdgeOne accepted the call, but the step did not see it in effect'
    : 'no call was sent for it'
}
