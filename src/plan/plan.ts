import type { Certificate } from '../model/certificate.ts'
import { ownProblem, type Problem } from '../model/problem.ts'
import type { Bound, Domain } from '../tencent/hosts.ts'
import type { Setting } from '../tencent/teo.ts'
import { madeOnce } from '../util/memo.ts'
import { asleepAs, has, standing } from './compare.ts'

/** What the step wants of every host. */
export interface Wish {
  /** The mode, and the IDs of the certificates that the step brings. */
  readonly setting: Setting
  /** Whether certificates of an algorithm that the step does not bring stay bound. */
  readonly keepOther: boolean
  /** What is known of certificates, by ID: the new ones, and those that hosts have. */
  readonly known: ReadonlyMap<string, Certificate>
  /** Unix milliseconds: what has expired by then is not kept. */
  readonly now: number
}

/** A certificate that leaves a host without one of its algorithm in its place. */
export interface Dropped {
  readonly certificate: Bound
  readonly why: 'expired' | 'default' | 'not kept' | 'unknown algorithm' | 'mode'
}

/** What a host is to have, and what becomes of its certificates: the same for all hosts that have the same ones. */
interface Fate {
  /** What the host is to have: what the step brings, and what is kept. */
  readonly setting: Setting
  readonly keeps: readonly Bound[]
  readonly replaces: readonly Bound[]
  readonly drops: readonly Dropped[]
}

interface Change extends Fate {
  readonly host: string
  /** The host as it was read; absent when the site does not let itself be read. */
  readonly before: Domain | undefined
}

/**
 * What is done with a host, and why: `bind` – give it its setting; `wait` – the same, after a deployment that is running;
 * `unchanged` – it has it already; `refuse` – it cannot be done, for the reason of the problem.
 */
export type Step =
  | (Change & { readonly kind: 'bind' | 'wait' | 'unchanged'; readonly reason: string })
  | (Change & { readonly kind: 'refuse'; readonly reason: string; readonly problem: Problem })

/** The step for one host. Pure: the same host, wish and time give the same step. */
export const planHost = (wish: Wish, host: string, domain: Domain | undefined): Step => planner(wish)(host, domain)

/** As `planHost`, for many hosts: what they share is made once. */
export const planner = (wish: Wish): ((host: string, domain: Domain | undefined) => Step) => {
  const byMode = new Map<string | undefined, (certificates: readonly Bound[]) => Unclear>()
  const fateFor = ({ mode, certificates }: Domain): Unclear => {
    const fate = byMode.get(mode) ?? madeOnce((list) => fateOf(wish, { mode, certificates: list }))
    byMode.set(mode, fate)
    return fate(certificates)
  }
  return (host, domain) => {
    if (domain !== undefined) return stepFor(domain, fateFor(domain))
    const fate = { setting: wish.setting, keeps: [], replaces: [], drops: [] }
    return { ...fate, kind: 'bind', host, before: undefined, reason: 'what it has cannot be read' }
  }
}

const stepFor = (domain: Domain, fate: Unclear): Step => {
  const { host } = domain
  const asleep = asleepAs(domain)
  if (asleep !== undefined) {
    const problem = ownProblem('Input.HostNotOnline', { message: `${host} ${asleep}` })
    return { ...stepOf('refuse', asleep, domain, fate), problem }
  }
  if (fate.unclear !== undefined) {
    const problem = ownProblem('Certificate.AlgorithmUnknown', { message: `${host}: ${fate.unclear}` })
    return { ...stepOf('refuse', fate.unclear, domain, fate), problem }
  }
  switch (standing(fate.setting, domain)) {
    case 'deployed':
      return stepOf('unchanged', 'has it already', domain, fate)
    case 'deploying':
      return stepOf('unchanged', 'has it already, being deployed', domain, fate)
    case 'failed':
      return stepOf('bind', 'has it, but its deployment failed', domain, fate)
    case 'other':
      if (domain.status === 'process') return stepOf('wait', 'an earlier change is being deployed', domain, fate)
      return stepOf('bind', reasonOf(fate, domain), domain, fate)
  }
}

/** Field by field, since a site may have ten thousand hosts: what V8 makes of a spread object is half as large again. */
const stepOf = <Kind extends Step['kind']>(
  kind: Kind,
  reason: string,
  domain: Domain,
  { setting, keeps, replaces, drops }: Fate,
) => ({ kind, host: domain.host, before: domain, reason, setting, keeps, replaces, drops })

const reasonOf = ({ setting, replaces }: Fate, domain: Domain): string => {
  if (setting.mode !== 'sslcert' || (domain.mode ?? 'sslcert') !== 'sslcert')
    return domain.mode === undefined ? 'has another certificate' : `was ${domain.mode}`
  if (domain.certificates.length === 0) return 'has no certificate'
  return replaces.length > 0 ? 'has another certificate' : 'lacks the certificate'
}

/** A fate; or why it is not clear which certificates would be lost. */
type Unclear = Fate & { readonly unclear?: string }

/** What becomes of a host's certificates, which depends on them and on its mode alone. */
const fateOf = (wish: Wish, domain: Pick<Domain, 'mode' | 'certificates'>): Unclear => {
  const { setting, keepOther, known, now } = wish
  const base = { setting, keeps: [], replaces: [], drops: [] }
  if (setting.mode !== 'sslcert' && has(setting, domain)) return base
  const present = domain.certificates.filter(({ id }) => !setting.ids.includes(id)).map((one) => informed(one, known))
  const because = (why: Dropped['why']) => (certificate: Bound) => ({ certificate, why })
  // Of the free certificate, and of what takes its place, nothing can be bound beside another certificate.
  if (setting.mode !== 'sslcert' || (domain.mode ?? 'sslcert') !== 'sslcert') {
    return { ...base, drops: present.map(because('mode')) }
  }
  const algorithmOf = (id: string) =>
    known.get(id)?.algorithm ?? domain.certificates.find((one) => one.id === id)?.algorithm
  const brought = setting.ids.map(algorithmOf)
  const isBrought = ({ algorithm }: Bound) => algorithm !== undefined && brought.includes(algorithm)
  const replaces = present.filter(isBrought)
  const others = present.filter((one) => !isBrought(one))
  const dead = others.flatMap((one) => {
    if (one.type === 'default') return [because('default')(one)]
    return (one.notAfter ?? Infinity) <= now ? [because('expired')(one)] : []
  })
  const live = others.filter((one) => !dead.some(({ certificate }) => certificate === one))
  if (!keepOther) return { ...base, replaces, drops: [...dead, ...live.map(because('not kept'))] }

  // A host has at most one certificate of each algorithm. So what a new one replaces is in doubt only where that one has found no
  // counterpart yet, and then among those whose algorithm, or its own, is not known.
  const news = setting.ids.filter((id) => !domain.certificates.some((one) => one.id === id)).map(algorithmOf)
  const unmatched = news.filter((algorithm) => !replaces.some((one) => one.algorithm === algorithm))
  const doubtful =
    unmatched.length === 0
      ? []
      : live.filter(({ algorithm }) => algorithm === undefined || unmatched.includes(undefined))
  const untold = doubtful.filter(({ algorithm }) => algorithm === undefined).length
  const blind = unmatched.filter((algorithm) => algorithm === undefined).length
  // One of known algorithm can take the place only of one whose algorithm is not known.
  if (doubtful.length > blind + Math.min(unmatched.length - blind, untold)) {
    const names = doubtful.map(({ id }) => id).join(', ')
    return { ...base, unclear: `which of ${names} the new certificate replaces is not known, for want of an algorithm` }
  }
  const keeps = live.filter((one) => !doubtful.includes(one))
  const ids = [...setting.ids, ...keeps.map(({ id }) => id)]
  return {
    setting: keeps.length === 0 ? setting : { mode: 'sslcert', ids },
    keeps,
    replaces,
    drops: [...dead, ...doubtful.map(because('unknown algorithm'))],
  }
}

const informed = (bound: Bound, known: ReadonlyMap<string, Certificate>): Bound => {
  const more = known.get(bound.id)
  if (more === undefined) return bound
  return { ...bound, algorithm: bound.algorithm ?? more.algorithm, notAfter: bound.notAfter ?? more.notAfter }
}
