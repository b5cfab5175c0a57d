import type { Certificate } from '../model/certificate.ts'
import type { Change, Dropped, Target } from '../model/change.ts'
import { compare, hasSetting, whyInactive } from '../model/compare.ts'
import { type Bound, type Host, type Selected, wasRead } from '../model/host.ts'
import { ownProblem } from '../model/problem.ts'
import { idsOf, type Setting } from '../model/setting.ts'
import { mapped, type Text } from '../util/language.ts'
import { isSameSet } from '../util/lists.ts'

/** The desired setting of every host, and what is known for the decision. */
export interface Desired {
  /** The mode, and the IDs of the certificates to deploy. */
  readonly setting: Setting
  /** Whether certificates of algorithms that the step does not deploy stay bound. */
  readonly keepOther: boolean
  /** Known certificates by ID: the new ones, and those that hosts have. */
  readonly known: ReadonlyMap<string, Certificate>
  /** IDs of kept certificates because of which EdgeOne refused a change. */
  readonly blocking?: ReadonlySet<string> | undefined
  /** Unix milliseconds. A certificate that expires within the next hour is not kept. */
  readonly now: number
}

/** EdgeOne refuses a change with a certificate that is about to expire (`CertToExpire`). Its limit is not documented. Milliseconds. */
export const lastHour = 3_600_000

/** What to do with a host, given its desired and its current setting. Pure. */
export const plan = (desired: Desired, selected: Selected): Change => {
  const host = selected.name
  if (!wasRead(selected)) {
    const target = { target: desired.setting, keeps: [], replaces: [], drops: [] }
    return { kind: 'bind', host, before: undefined, reason: reasons.unread, ...target }
  }
  const about = { host, before: selected }
  const inactive = whyInactive(selected)
  if (inactive !== undefined) {
    const problem = ownProblem('Input.HostNotOnline', { message: mapped(inactive, (why) => `${host} ${why}`) })
    return { ...about, kind: 'refuse', because: 'inactive', reason: inactive, problem }
  }
  const target = targetOf(desired, selected)
  if ('unclear' in target) {
    const problem = ownProblem(target.code, {
      message: { en: `${host}: ${target.unclear.en}`, zh: `${host}：${target.unclear.zh}` },
    })
    return { ...about, kind: 'refuse', because: 'unclear', reason: target.unclear, problem }
  }
  const change = { ...about, ...target }
  switch (compare(target.target, selected)) {
    case 'deployed':
    case 'silent':
      return { ...change, kind: 'none', reason: reasons.deployed }
    case 'deploying':
      return { ...change, kind: 'none', reason: reasons.deploying }
    case 'failed':
      return { ...change, kind: 'bind', reason: reasons.failed }
    case 'different':
      if (selected.status === 'process') return { ...change, kind: 'wait-then-bind', reason: reasons.busy }
      return { ...change, kind: 'bind', reason: reasonFor(target, selected) }
  }
}

/** Each is the end of a sentence that begins with the host. */
const reasons = {
  unread: { en: 'its current setting cannot be read', zh: '当前配置无法读取' },
  deployed: { en: 'already has it', zh: '已是目标配置' },
  deploying: { en: 'already has it, still being deployed', zh: '已是目标配置，仍在部署' },
  failed: { en: 'has it, but its deployment failed', zh: '已是目标配置，但部署失败' },
  busy: { en: 'an earlier change is being deployed', zh: '之前的修改仍在部署' },
  bare: { en: 'has no certificate', zh: '没有证书' },
  lacking: { en: 'lacks the certificate', zh: '缺少该证书' },
  other: { en: 'has another certificate', zh: '使用的是其他证书' },
} as const satisfies Record<string, Text>

const reasonFor = ({ target, replaces }: Target, { mode, certificates }: Host): Text => {
  if (mode !== undefined && mode !== target.mode) return { en: `was ${mode}`, zh: `原为 ${mode}` }
  if (certificates.length === 0) return reasons.bare
  return target.mode === 'sslcert' && replaces.length === 0 ? reasons.lacking : reasons.other
}

interface Unclear {
  /** Why it is unclear which certificate would be lost. */
  readonly unclear: Text
  readonly code: 'Certificate.AlgorithmUnknown' | 'Certificate.AlgorithmConflict'
}

const targetOf = (desired: Desired, host: Host): Target | Unclear => {
  const { setting, known } = desired
  const none = { target: setting, keeps: [], replaces: [], drops: [] }
  if (setting.mode !== 'sslcert' && hasSetting(setting, host)) return none
  const read = host.certificates.filter(({ id }) => !idsOf(setting).includes(id))
  const others = read.map((bound) => completed(bound, known.get(bound.id)))
  // Certificates of different modes cannot be bound to the same host.
  if (setting.mode !== 'sslcert' || (host.mode ?? 'sslcert') !== 'sslcert') {
    return { ...none, drops: others.map((certificate) => ({ certificate, why: 'mode' })) }
  }
  const target = besideOthers(desired, setting, host, others)
  const conflicting = read.filter(({ algorithm }, i) => algorithm !== undefined && algorithm !== others[i]?.algorithm)
  if (conflicting.length === 0) return target
  const byEdgeOne = others.map((one, i) => ({ ...one, algorithm: read[i]?.algorithm ?? one.algorithm }))
  const other = besideOthers(desired, setting, host, byEdgeOne)
  return isSameTarget(target, other) ? target : conflict(conflicting, known)
}

const isSameTarget = (a: Target | Unclear, b: Target | Unclear): boolean =>
  'target' in a && 'target' in b && isSameSet(idsOf(a.target), idsOf(b.target))

/** Either service may be wrong, so the wrong certificate could be kept. */
const conflict = (certificates: readonly Bound[], known: Desired['known']): Unclear => {
  const each = certificates.map(({ id, algorithm }): Text => {
    const other = known.get(id)?.algorithm
    return {
      en: `${id} is ${algorithm} in EdgeOne and ${other} in SSL Certificate Service`,
      zh: `${id} 在 EdgeOne 中为 ${algorithm}，在 SSL 证书服务中为 ${other}`,
    }
  })
  const unclear = {
    en: `it is unclear which certificate to replace: ${each.map(({ en }) => en).join(', ')}`,
    zh: `无法确定应替换哪一张证书：${each.map(({ zh }) => zh).join('；')}`,
  }
  return { unclear, code: 'Certificate.AlgorithmConflict' }
}

/** What happens to a host's other certificates when it gets new ones. */
const besideOthers = (
  { keepOther, known, blocking, now }: Desired,
  setting: Extract<Setting, { readonly mode: 'sslcert' }>,
  host: Host,
  others: readonly Bound[],
): Target | Unclear => {
  const algorithmOf = (id: string) =>
    known.get(id)?.algorithm ?? host.certificates.find((one) => one.id === id)?.algorithm
  const brought = setting.ids.map(algorithmOf)
  const [replaces, rest] = partition(others, ({ algorithm }) => algorithm !== undefined && brought.includes(algorithm))
  const fresh = setting.ids.filter((id) => !host.certificates.some((one) => one.id === id)).map(algorithmOf)
  // EdgeOne checks kept certificates only when a change is sent.
  const least = fresh.length > 0 ? now + lastHour : now
  const why = (one: Bound) => whyDropped(one, { now, least, blocking })
  const drops = rest.flatMap((certificate): Dropped[] => {
    const reason = why(certificate)
    return reason === undefined ? [] : [{ certificate, why: reason }]
  })
  const live = rest.filter((one) => why(one) === undefined)
  if (!keepOther) {
    const notKept = live.map((certificate): Dropped => ({ certificate, why: 'not-kept' }))
    return { target: setting, keeps: [], replaces, drops: [...drops, ...notKept] }
  }
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

/** Why a certificate of another algorithm is not kept. */
const whyDropped = (
  { id, type, notAfter = Infinity }: Bound,
  { now, least, blocking }: Pick<Desired, 'now' | 'blocking'> & { readonly least: number },
): Dropped['why'] | undefined => {
  if (type === 'default') return 'default'
  if (notAfter <= now) return 'expired'
  if (notAfter <= least) return 'expires-soon'
  return blocking?.has(id) ? 'blocks' : undefined
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
  const ids = candidates.map(({ id }) => id)
  const unclear = {
    en: `it is unclear which of ${ids.join(', ')} the new certificate replaces, because an algorithm is unknown`,
    zh: `有证书的算法未知，无法确定新证书应替换 ${ids.join('、')} 中的哪一张`,
  }
  return { unclear, code: 'Certificate.AlgorithmUnknown' }
}

const partition = <T>(items: readonly T[], test: (item: T) => boolean): readonly [T[], T[]] => [
  items.filter(test),
  items.filter((item) => !test(item)),
]

/** A host's certificate with the facts of SSL Certificate Service. Its algorithm is preferred: EdgeOne's `SignAlgo` may describe the issuer's key. */
const completed = (bound: Bound, known: Certificate | undefined): Bound =>
  known === undefined
    ? bound
    : { ...bound, algorithm: known.algorithm ?? bound.algorithm, notAfter: bound.notAfter ?? known.notAfter }
