import type { Certificate } from '../model/certificate.ts'
import type { Change, Dropped, Target } from '../model/change.ts'
import { compare, hasSetting, whyInactive } from '../model/compare.ts'
import { type Bound, type Host, type Selected, wasRead } from '../model/host.ts'
import { ownProblem } from '../model/problem.ts'
import { idsOf, type Setting } from '../model/setting.ts'

/** What every host is to have, and what is known for the decision. */
export interface Desired {
  /** The mode, and the IDs of the certificates to deploy. */
  readonly setting: Setting
  /** Whether certificates of algorithms that the step does not deploy stay bound. */
  readonly keepOther: boolean
  /** Known certificates by ID: the new ones, and those that hosts have. */
  readonly known: ReadonlyMap<string, Certificate>
  /** Unix milliseconds: certificates that have expired by then are not kept. */
  readonly now: number
}

/** What to do with a host, given its desired and its current setting. Pure. */
export const plan = (desired: Desired, selected: Selected): Change => {
  const host = selected.name
  if (!wasRead(selected)) {
    const target = { target: desired.setting, keeps: [], replaces: [], drops: [] }
    return { kind: 'bind', host, before: undefined, reason: 'its current setting cannot be read', ...target }
  }
  const about = { host, before: selected }
  const inactive = whyInactive(selected)
  if (inactive !== undefined) {
    const problem = ownProblem('Input.HostNotOnline', { message: `${host} ${inactive}` })
    return { ...about, kind: 'refuse', because: 'inactive', reason: inactive, problem }
  }
  const target = targetOf(desired, selected)
  if ('unclear' in target) {
    const problem = ownProblem('Certificate.AlgorithmUnknown', { message: `${host}: ${target.unclear}` })
    return { ...about, kind: 'refuse', because: 'unclear', reason: target.unclear, problem }
  }
  const change = { ...about, ...target }
  switch (compare(target.target, selected)) {
    case 'deployed':
      return { ...change, kind: 'none', reason: 'already has it' }
    case 'deploying':
      return { ...change, kind: 'none', reason: 'already has it, still being deployed' }
    case 'failed':
      return { ...change, kind: 'bind', reason: 'has it, but its deployment failed' }
    case 'different':
      if (selected.status === 'process')
        return { ...change, kind: 'wait-then-bind', reason: 'an earlier change is being deployed' }
      return { ...change, kind: 'bind', reason: reasonFor(target, selected) }
  }
}

const reasonFor = ({ target, replaces }: Target, { mode, certificates }: Host): string => {
  if (mode !== undefined && mode !== target.mode) return `was ${mode}`
  if (certificates.length === 0) return 'has no certificate'
  return target.mode === 'sslcert' && replaces.length === 0 ? 'lacks the certificate' : 'has another certificate'
}

interface Unclear {
  /** Why it is unclear which certificate would be lost. */
  readonly unclear: string
}

const targetOf = (desired: Desired, host: Host): Target | Unclear => {
  const { setting, known } = desired
  const none = { target: setting, keeps: [], replaces: [], drops: [] }
  if (setting.mode !== 'sslcert' && hasSetting(setting, host)) return none
  const others = host.certificates
    .filter(({ id }) => !idsOf(setting).includes(id))
    .map((bound) => completed(bound, known.get(bound.id)))
  // A free certificate cannot be bound together with another, and its replacement replaces everything.
  if (setting.mode !== 'sslcert' || (host.mode ?? 'sslcert') !== 'sslcert') {
    return { ...none, drops: others.map((certificate) => ({ certificate, why: 'mode' })) }
  }
  return besideOthers(desired, setting, host, others)
}

/** What happens to a host's other certificates when it gets new ones. */
const besideOthers = (
  { keepOther, known, now }: Desired,
  setting: Extract<Setting, { readonly mode: 'sslcert' }>,
  host: Host,
  others: readonly Bound[],
): Target | Unclear => {
  const algorithmOf = (id: string) =>
    known.get(id)?.algorithm ?? host.certificates.find((one) => one.id === id)?.algorithm
  const brought = setting.ids.map(algorithmOf)
  const [replaces, rest] = partition(others, ({ algorithm }) => algorithm !== undefined && brought.includes(algorithm))
  const drops = rest.flatMap((certificate): Dropped[] => {
    const why = whyDropped(certificate, now)
    return why === undefined ? [] : [{ certificate, why }]
  })
  const live = rest.filter((one) => whyDropped(one, now) === undefined)
  if (!keepOther) {
    const notKept = live.map((certificate): Dropped => ({ certificate, why: 'not-kept' }))
    return { target: setting, keeps: [], replaces, drops: [...drops, ...notKept] }
  }
  const fresh = setting.ids.filter((id) => !host.certificates.some((one) => one.id === id)).map(algorithmOf)
  const displaced = displacedAmong(live, fresh, replaces)
  if ('unclear' in displaced) return displaced
  const keeps = live.filter((one) => !displaced.certificates.includes(one))
  const unknown = displaced.certificates.map((certificate): Dropped => ({ certificate, why: 'unknown-algorithm' }))
  const [first, ...more] = setting.ids
  return {
    target: keeps.length === 0 ? setting : { mode: 'sslcert', ids: [first, ...more, ...keeps.map(({ id }) => id)] },
    keeps,
    replaces,
    drops: [...drops, ...unknown],
  }
}

/** Why a certificate of another algorithm cannot be kept; undefined when it can. */
const whyDropped = ({ type, notAfter = Infinity }: Bound, now: number): Dropped['why'] | undefined => {
  if (type === 'default') return 'default'
  return notAfter <= now ? 'expired' : undefined
}

/**
 * Which certificates the new ones may replace although the algorithms do not show it. A host has at most one certificate of each
 * algorithm, so this is in doubt only for new ones without a counterpart, and only among certificates whose algorithm, or whose new
 * counterpart's, is unknown. With more candidates than new ones that may replace them, the result is unclear.
 */
const displacedAmong = (
  live: readonly Bound[],
  fresh: readonly (Bound['algorithm'] | undefined)[],
  replaces: readonly Bound[],
): { readonly certificates: readonly Bound[] } | Unclear => {
  const unmatched = fresh.filter((algorithm) => !replaces.some((one) => one.algorithm === algorithm))
  if (unmatched.length === 0) return { certificates: [] }
  const isUnknown = (algorithm: Bound['algorithm'] | undefined) => algorithm === undefined
  const candidates = live.filter(({ algorithm }) => isUnknown(algorithm) || unmatched.includes(undefined))
  const freshUnknown = unmatched.filter(isUnknown).length
  const candidatesUnknown = candidates.filter(({ algorithm }) => isUnknown(algorithm)).length
  // A new certificate of known algorithm can replace only one of unknown algorithm.
  const room = freshUnknown + Math.min(unmatched.length - freshUnknown, candidatesUnknown)
  if (candidates.length <= room) return { certificates: candidates }
  const names = candidates.map(({ id }) => id).join(', ')
  return { unclear: `it is unclear which of ${names} the new certificate replaces, because an algorithm is unknown` }
}

const partition = <T>(items: readonly T[], test: (item: T) => boolean): readonly [T[], T[]] => [
  items.filter(test),
  items.filter((item) => !test(item)),
]

/** A host's certificate, completed with what else is known about it. */
const completed = (bound: Bound, known: Certificate | undefined): Bound =>
  known === undefined
    ? bound
    : { ...bound, algorithm: bound.algorithm ?? known.algorithm, notAfter: bound.notAfter ?? known.notAfter }
