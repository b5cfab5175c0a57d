import { type Algorithm, algorithms, type Certificate, coverage } from '../model/certificate.ts'
import { type Host, type Selected, wasRead } from '../model/host.ts'
import { ownProblem, type Problem } from '../model/problem.ts'
import type { Setting } from '../model/setting.ts'
import { inBoth, joined, type Text } from '../util/language.ts'
import { isNonEmpty, type NonEmpty } from '../util/lists.ts'
import { count, day, listed } from '../util/text.ts'
import { isLongEnough } from './check.ts'

/** A certificate that was chosen for the hosts of a site. */
export interface Newest {
  readonly certificate: Certificate
  /** Why this one, as a sentence. */
  readonly reason: Text
}

/** Order of preference for a host without a certificate. */
const preferred: readonly Algorithm[] = ['RSA', 'ECC', 'SM2']

/**
 * Of the certificates that cover all of the hosts, for each algorithm the one that is valid longest. Throws
 * `Certificate.NoneFound` when none does, with those that came nearest and the hosts that they miss. Times are Unix milliseconds.
 */
export const chooseNewest = (all: readonly Certificate[], hosts: readonly string[], now: number): NonEmpty<Newest> => {
  const valid = all.filter((one) => (one.notBefore ?? 0) <= now && (one.notAfter ?? 0) > now && isLongEnough(one))
  const covering = valid.filter(({ names = [] }) => hosts.every(coverage(names)))
  const chosen = algorithms.flatMap((algorithm) => {
    const [best, ...others] = covering.filter((one) => one.algorithm === algorithm).sort(byEnd)
    if (best === undefined) return []
    return [{ certificate: best, reason: reasonFor(algorithm, best, others.length + 1) }]
  })
  if (!isNonEmpty(chosen)) throw noneFound(valid, hosts)
  return chosen
}

const reasonFor = (algorithm: Algorithm, { id, notAfter }: Certificate, n: number): Text => {
  const among = n === 1 ? inBoth('') : { en: `, of ${n} that cover the hosts`, zh: `（共 ${n} 张覆盖这些域名）` }
  const until =
    notAfter === undefined ? inBoth('') : { en: ` (until ${day(notAfter)})`, zh: `（有效期至 ${day(notAfter)}）` }
  return {
    en: `Newest ${algorithm} certificate${among.en}: ${id}${until.en}.`,
    zh: `最新的 ${algorithm} 证书${among.zh}：${id}${until.zh}。`,
  }
}

/** Longest valid first; of equal ends, the one issued last, so that a reissued certificate wins. */
const byEnd = (a: Certificate, b: Certificate): number =>
  (b.notAfter ?? 0) - (a.notAfter ?? 0) || (b.notBefore ?? 0) - (a.notBefore ?? 0) || (a.id < b.id ? -1 : 1)

const noneFound = (valid: readonly Certificate[], hosts: readonly string[]): Problem => {
  const missed = valid
    .map(({ id, names = [] }) => ({ id, hosts: hosts.filter((host) => !coverage(names)(host)) }))
    .sort((a, b) => a.hosts.length - b.hosts.length)
  const nearest = missed.filter((one) => one.hosts.length < hosts.length).slice(0, 3)
  const near = nearest.map(({ id, hosts: bare }): Text => {
    const { en, zh } = listed(bare, 10)
    return { en: `${id} does not cover ${en}`, zh: `${id} 未覆盖 ${zh}` }
  })
  const all = listed(hosts, 10)
  const together = hosts.length > 1 ? ' together' : ''
  const found = {
    en: `None of ${count(valid.length, 'issued, deployable and valid certificate')} covers ${count(hosts.length, 'host')}${together}: ${all.en}`,
    zh: `已签发、可部署且有效的证书（共 ${valid.length} 张）都不能${together === '' ? '' : '同时'}覆盖以下 ${hosts.length} 个域名：${all.zh}`,
  }
  if (near.length === 0) return ownProblem('Certificate.NoneFound', { message: found })
  const { en, zh } = joined(near)
  const message = { en: `${found.en}. Nearest: ${en}`, zh: `${found.zh}。最接近的证书：${zh}` }
  return ownProblem('Certificate.NoneFound', { message })
}

/**
 * The setting of a host: the newest certificate of each algorithm that it has; with none, RSA, or else ECC. Undefined when there is no
 * newer certificate of any algorithm that it has.
 */
export const newestFor = (
  newest: readonly Certificate[],
  host: Selected,
  known: ReadonlyMap<string, Certificate>,
): Setting | undefined => {
  const has = wasRead(host) ? algorithmsOf(host, known) : []
  const wanted =
    has.length > 0 ? has : preferred.filter((one) => newest.some(({ algorithm }) => algorithm === one)).slice(0, 1)
  const ids = newest.flatMap(({ id, algorithm }) => (algorithm !== undefined && wanted.includes(algorithm) ? id : []))
  return isNonEmpty(ids) ? { mode: 'sslcert', ids } : undefined
}

/** The algorithms of the certificates that a host has of its own. */
const algorithmsOf = ({ mode, certificates }: Host, known: ReadonlyMap<string, Certificate>): readonly Algorithm[] =>
  mode !== undefined && mode !== 'sslcert'
    ? []
    : certificates
        .filter(({ type }) => type !== 'default')
        .flatMap(({ id, algorithm }) => known.get(id)?.algorithm ?? algorithm ?? [])
