import { ownProblem, type Problem, toProblem } from '../model/problem.ts'
import type { Progress } from '../model/progress.ts'
import type { SiteResult } from '../model/result.ts'
import type { Spec } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import { inBoth, type Text } from '../util/language.ts'
import { count } from '../util/text.ts'
import { planSite, type Reading, readSite } from './prepare.ts'
import { provide } from './provide.ts'
import { reach } from './reach.ts'
import { siteRecord } from './record.ts'
import { retire, retireNothing } from './retire.ts'
import { rollBack } from './rollback.ts'
import { tellStopped } from './stopped.ts'
import { titles } from './titles.ts'
import { failureOf } from './tracker.ts'
import type { Work } from './work.ts'

/** The work on one site, step by step. No step throws: a failure is in the result, and the next steps do nothing. */
export interface SiteWork {
  readonly spec: Spec
  /** Reads the site, and selects its hosts. */
  readonly look: () => Promise<void>
  /** The selected hosts; none after a failure. */
  readonly hosts: () => readonly string[]
  readonly problem: () => Problem | undefined
  /** Patterns that match no host of the site. */
  readonly idle: () => readonly string[]
  /** Warns of a pattern that matches no host of any site of the entry. */
  readonly warnIdle: (pattern: string, options: { readonly others: number }) => void
  /** Nothing is done at the site, for this reason. */
  readonly fail: (problem: Problem) => void
  /** The entry selects no host: a failure, unless the inputs allow it. */
  readonly noHosts: () => void
  /** The site has no host of its entry, and another site has: it is not in the result. */
  readonly leaveOut: () => void
  /** Deploys the certificate; in a dry run, only plans. */
  readonly deploy: () => Promise<void>
  /** Retires old certificates. `all`: the progress of the hosts of all sites of the account. */
  readonly retire: (all: readonly Progress[]) => Promise<void>
  /** The hosts once there is a plan. */
  readonly progress: () => readonly Progress[]
  /** Undefined for a site that is left out. */
  readonly result: () => SiteResult | undefined
}

export const siteWork = (context: Context, spec: Spec): SiteWork => {
  const record = siteRecord(context, spec)
  let state: { readonly problem?: Problem; readonly found?: Reading; readonly work?: Work; readonly isLeftOut?: true } =
    {}
  const guarded = async (step: () => Promise<typeof state>): Promise<void> => {
    try {
      const more = await step()
      state = { ...state, ...more }
    } catch (thrown) {
      state = { ...state, problem: toProblem(thrown) }
    }
  }
  const isOver = () => state.problem !== undefined || state.isLeftOut === true
  return {
    spec,
    look: () =>
      guarded(async () => ({ found: await context.log.group('Reading', () => readSite(context, spec, record)) })),
    hosts: () => (isOver() ? [] : (state.found?.hosts ?? []).map(({ name }) => name)),
    problem: () => state.problem,
    idle: () => state.found?.idle ?? [],
    warnIdle: (pattern, { others }) => context.warn(titles.hosts, idleText(pattern, others)),
    fail: (problem) => {
      state = { ...state, problem }
    },
    noHosts: () => {
      const problem = noHosts(context, spec)
      if (problem !== undefined) state = { ...state, problem }
    },
    leaveOut: () => {
      state = { ...state, isLeftOut: true }
    },
    deploy: () =>
      guarded(async () => {
        const { found } = state
        if (isOver() || found === undefined || found.hosts.length === 0) return {}
        const provided = await provide(context, spec, found, record.certificate)
        record.brings(provided.certificates)
        const work = await planSite(context, spec, { ...found, ...provided }, record)
        state = { ...state, work }
        if (!spec.dryRun) await carryOut(work)
        return {}
      }),
    retire: (all) =>
      guarded(async () => {
        if (state.work !== undefined && !isOver() && failureOf(state.work.tracker) === undefined)
          await retireOld(state.work, all)
        return {}
      }),
    progress: () => state.work?.tracker.all() ?? [],
    result: () => {
      if (state.isLeftOut) return undefined
      return record.result(state.problem ?? (state.work && failureOf(state.work.tracker)))
    },
  }
}

/** `others`: the number of other sites of the entry. */
const idleText = (pattern: string, others: number): Text => {
  const more =
    others === 0
      ? inBoth('')
      : {
          en: `, nor of the ${count(others, 'other site')} of its entry`,
          zh: `，也不匹配同一条目中其他 ${others} 个站点的域名`,
        }
  return {
    en: `The pattern “${pattern}” matches no host of the site${more.en}.`,
    zh: `通配规则“${pattern}”不匹配站点的任何域名${more.zh}。`,
  }
}

/** Deploys to one site on its own, and then retires old certificates. Never throws: a failure is in the result. */
export const deploySite = async (context: Context, spec: Spec): Promise<SiteResult | undefined> => {
  const site = siteWork(context, spec)
  await site.look()
  if (site.problem() === undefined) {
    for (const pattern of site.idle()) site.warnIdle(pattern, { others: 0 })
    if (site.hosts().length === 0) site.noHosts()
  }
  await site.deploy()
  await site.retire(site.progress())
  return site.result()
}

/** `Input.NoHosts`, unless the inputs allow that no host is selected. */
const noHosts = ({ warn }: Context, { ifNoHosts }: Spec): Problem | undefined => {
  const message = {
    en: 'The inputs select no host of the site, so there was nothing to do.',
    zh: '输入未选中站点的任何域名，因此没有需要处理的内容。',
  }
  if (ifNoHosts === 'error') return ownProblem('Input.NoHosts', { message })
  if (ifNoHosts === 'warn') warn(titles.noHosts, message)
  return undefined
}

/** `all`: the progress of the hosts of all sites of the account, whose certificates are in use. */
export const retireOld = async (work: Work, all: readonly Progress[]): Promise<void> => {
  const { spec, context, reader } = work
  if (spec.oldCertificates === 'keep') return
  if (reader === undefined) retireNothing(work)
  else await context.log.group('Old certificates', () => retire(work, reader, all))
}

/** Binds, waits and probes; then rolls back what failed. Throws what stopped the work. */
export const carryOut = async (work: Work): Promise<void> => {
  const { spec, context, tracker } = work
  const stopped = await reach(work, spec.waitFor).then(
    () => undefined,
    (thrown: unknown) => toProblem(thrown),
  )
  if (stopped === undefined && failureOf(tracker) === undefined) return
  if (stopped !== undefined) tellStopped(work, 'accepted', stopped)
  if (spec.rollback && !context.cancelled.aborted) await rollBack(work)
  if (stopped !== undefined) {
    // Not before the rollback: nothing speaks against what is deployed.
    tellStopped(work, 'deployed', stopped)
    throw stopped
  }
}
