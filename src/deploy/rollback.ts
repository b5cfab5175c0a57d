import type { Change } from '../model/change.ts'
import { hasSetting } from '../model/compare.ts'
import { hasCode, ownProblem, type Problem, toProblem } from '../model/problem.ts'
import type { Progress } from '../model/progress.ts'
import type { ApiVersion, Setting } from '../model/setting.ts'
import { plan } from '../plan/plan.ts'
import { withDeadline } from '../tencent/context.ts'
import { hostReader } from '../tencent/hosts.ts'
import { isNonEmpty } from '../util/lists.ts'
import { count } from '../util/text.ts'
import { bindAndWait } from './reach.ts'
import { commandFor } from './tccli.ts'
import { type Tracker, track } from './tracker.ts'
import type { Work } from './work.ts'

/** A rollback has its own deadline, milliseconds from its start: it is mostly needed after the deadline of the step. */
const rollbackTime = 5 * 60_000

/** What a host had, as a setting; undefined when too little is known about it. */
export const settingBefore = ({ change: { before } }: Progress, version: ApiVersion): Setting | undefined => {
  if (before === undefined) return undefined
  const ids = before.certificates.map(({ id }) => id)
  switch (before.mode) {
    case undefined:
      // 2022-01-06 has no modes; under 2022-09-01, EdgeOne returned nothing about the host's certificate.
      if (version === '2022-09-01') return undefined
      return isNonEmpty(ids) && before.certificates.some(({ type }) => type !== 'default')
        ? { mode: 'sslcert', ids }
        : { mode: 'default' }
    case 'sslcert':
      return isNonEmpty(ids) ? { mode: 'sslcert', ids } : undefined
    case 'eofreecert':
    case 'eofreecert_manual':
    case 'disable':
      return { mode: before.mode }
    default:
      return undefined
  }
}

/** Hosts that were changed and did not reach their target, and that have something to go back to. */
const harmed = ({ tracker }: Work): Progress[] =>
  tracker.all().filter(({ writes, problem, change }) => {
    const isRebound =
      change.kind !== 'refuse' && change.before !== undefined && hasSetting(change.target, change.before)
    return writes > 0 && problem !== undefined && !isRebound && !hasCode(problem, 'Verify.HostGone')
  })

/** Restores what the harmed hosts had, with its own deadline, and records the outcome in the tracker. Throws only when the run is cancelled. */
export const rollBack = async (work: Work): Promise<void> => {
  const hosts = harmed(work)
  if (hosts.length === 0) return
  const { log } = work.context
  // Not a group: groups cannot be nested, and the calls are in groups.
  log.info(`Rolling back ${count(hosts.length, 'host')}`)
  const restored = await restore(work, hosts)
  for (const progress of hosts) {
    const { host } = progress
    const after = restored.get(host)
    const seen = after?.seen
    if (after?.state === 'deployed' || after?.state === 'unchanged') {
      work.tracker.emit(host, { kind: 'rolled-back', seen, requestId: after.requestId })
    } else {
      work.tracker.emit(host, { kind: 'rollback-failed', seen, problem: failure(work, progress, after) })
    }
  }
}

/** Binds the previous settings of hosts, and waits until they are deployed. */
const restore = async (work: Work, hosts: readonly Progress[]): Promise<Tracker> => {
  const { spec, zoneId } = work
  const context = withDeadline(work.context, work.context.clock.now() + rollbackTime, 'The rollback')
  const settings = new Map(
    hosts.flatMap((progress) => {
      const setting = settingBefore(progress, spec.apiVersion)
      return setting === undefined ? [] : [[progress.host, setting] as const]
    }),
  )
  const tracker = track(
    hosts.flatMap(({ host, seen, change: { before } }): Change[] => {
      const target = settings.get(host)
      if (target === undefined) return []
      const reason = 'rollback to the previous setting'
      return [{ kind: 'bind', host, before: seen ?? before, reason, target, keeps: [], replaces: [], drops: [] }]
    }),
    { dryRun: false, readAt: context.clock.now(), now: context.clock.now },
  )
  const back: Work = {
    ...work,
    context,
    tracker,
    reader: work.reader === undefined ? undefined : hostReader(context.call, spec.apiVersion, zoneId),
    planNow: (host) => {
      const setting = settings.get(host.name)
      if (setting === undefined) throw new TypeError(`${host.name} is not rolled back`)
      return plan({ setting, keepOther: false, known: new Map(), now: context.clock.now() }, host)
    },
  }
  try {
    await bindAndWait(back, 'deployed')
  } catch (thrown) {
    if (context.cancelled.aborted || hasCode(toProblem(thrown), 'Run.Unexpected')) throw thrown
    for (const { host, state } of tracker.all()) {
      if (state === 'accepted') tracker.emit(host, { kind: 'interrupted', cause: toProblem(thrown) })
    }
  }
  return tracker
}

const failure = ({ spec, zoneId }: Work, progress: Progress, after: Progress | undefined): Problem => {
  const { host } = progress
  const setting = settingBefore(progress, spec.apiVersion)
  const command = setting === undefined ? '' : `. By hand: ${commandFor(zoneId, host, setting, spec.apiVersion)}`
  return ownProblem('Verify.RollbackFailed', {
    message: `${host} was not rolled back: ${whyNot(after).replace(/\.$/, '')}${command}`,
    requestId: after?.requestId,
    cause: progress.problem,
  })
}

const whyNot = (after: Progress | undefined): string => {
  if (after === undefined) return 'its previous setting is unknown'
  if (after.problem !== undefined) return after.problem.message
  return after.writes > 0
    ? 'EdgeOne accepted the call, but the step did not see it in effect'
    : 'no call was sent for it'
}
