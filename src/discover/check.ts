import type { OwnCode } from '../errors/index.ts'
import { type Certificate, coverage } from '../model/certificate.ts'
import { type Finding, findingText, ownProblem } from '../model/problem.ts'
import { inBoth, sentences, type Text } from '../util/language.ts'
import { count, day, listed } from '../util/text.ts'

const msPerDay = 86_400_000

/** The shortest keys that EdgeOne accepts, bits (reference 2.1, `CertTooShortKeySize`). */
const minKeyBits = { RSA: 2048, ECC: 225, SM2: 0 } as const

export interface CheckOptions {
  readonly hosts: readonly string[]
  readonly minDaysLeft: number
  /** The input that the certificates come from. */
  readonly input?: 'cert-id' | 'certificate'
  /** Unix milliseconds. */
  readonly now: number
}

interface Fault {
  readonly code: Extract<OwnCode, `Certificate.${string}`>
  readonly seen: Text
  readonly expected: Text
}

/**
 * Checks certificates before anything is changed, as far as they are known. Throws one Problem `Certificate.…` with a finding for
 * everything that is wrong; its code is that of the first.
 */
export const checkCertificates = (certificates: readonly Certificate[], options: CheckOptions): void => {
  const each = certificates.flatMap((certificate) => [
    ...orderFaults(certificate, options),
    ...validityFaults(certificate, options),
    ...keyFaults(certificate),
    ...coverageFaults(certificate, options.hosts),
  ])
  const faults = [...each, ...sameAlgorithmFaults(certificates, options.input)]
  const [first] = faults
  if (first === undefined) return
  const { input = 'cert-id' } = options
  const findings = faults.map(({ seen, expected }): Finding => ({ input, seen, expected }))
  throw ownProblem(first.code, { message: sentences(findings.map(findingText)), findings })
}

const validityFaults = ({ id, notBefore, notAfter }: Certificate, { minDaysLeft, now }: CheckOptions): Fault[] => {
  const faults: Fault[] = []
  if (notAfter !== undefined && notAfter <= now) {
    const seen = { en: `${id}, which expired on ${day(notAfter)}`, zh: `${id}，已于 ${day(notAfter)} 过期` }
    faults.push({ code: 'Certificate.Expired', seen, expected: { en: 'a valid certificate', zh: '有效的证书' } })
  } else if (notAfter !== undefined && notAfter < now + minDaysLeft * msPerDay) {
    const days = Math.floor((notAfter - now) / msPerDay)
    const seen = {
      en: `${id}, which expires in ${count(days, 'day')}, on ${day(notAfter)}`,
      zh: `${id}，将于 ${days} 天后（${day(notAfter)}）过期`,
    }
    const expected = {
      en: `at least ${count(minDaysLeft, 'day')} (min-days-left)`,
      zh: `至少剩余 ${minDaysLeft} 天有效期的证书（min-days-left）`,
    }
    faults.push({ code: 'Certificate.ExpiresSoon', seen, expected })
  }
  if (notBefore !== undefined && notBefore > now) {
    const seen = { en: `${id}, which is not valid before ${day(notBefore)}`, zh: `${id}，${day(notBefore)} 起才生效` }
    const expected = { en: 'a certificate that is valid now', zh: '当前有效的证书' }
    faults.push({ code: 'Certificate.NotYetValid', seen, expected })
  }
  return faults
}

/**
 * `Status` of certificates that cannot be bound (reference 3.2). Absent are 1 (issued), 11 and 15 (being reissued or migrated, while the
 * issued certificate stays valid), and unknown values. For these, `Deployable` decides.
 */
const unusable: ReadonlyMap<number, readonly [code: Fault['code'], state: Text]> = new Map([
  [0, ['Certificate.NotIssued', { en: 'is under review', zh: '正在审核' }]],
  [2, ['Certificate.NotIssued', { en: 'was not approved', zh: '审核未通过' }]],
  [3, ['Certificate.Expired', { en: 'has expired', zh: '已过期' }]],
  [4, ['Certificate.NotIssued', { en: 'waits for domain validation', zh: '等待域名验证' }]],
  [5, ['Certificate.NotIssued', { en: 'waits for documents', zh: '等待提交资料' }]],
  [6, ['Certificate.Revoked', { en: 'is being cancelled', zh: '正在取消' }]],
  [7, ['Certificate.Revoked', { en: 'was cancelled', zh: '已取消' }]],
  [8, ['Certificate.NotIssued', { en: 'waits for a confirmation letter', zh: '等待上传确认函' }]],
  [9, ['Certificate.Revoked', { en: 'is being revoked', zh: '正在吊销' }]],
  [10, ['Certificate.Revoked', { en: 'was revoked', zh: '已吊销' }]],
  [12, ['Certificate.Revoked', { en: 'is to be revoked', zh: '等待吊销' }]],
  [13, ['Certificate.NotIssued', { en: 'waits for its application to be completed', zh: '申请信息待补全' }]],
  [14, ['Certificate.Revoked', { en: 'was refunded', zh: '已退款' }]],
])

/** Faults that SSL Certificate Service reports. A missing field is not a fault. */
const orderFaults = (
  { id, order = {}, notAfter = Infinity }: Certificate,
  { now }: Pick<CheckOptions, 'now'>,
): Fault[] => {
  const { status = 1, deployable = true, type = 'SVR' } = order
  if (type.toUpperCase() !== 'SVR') {
    const seen = { en: `${id}, which is a certificate of type ${type}`, zh: `${id}，类型为 ${type}` }
    return [
      {
        code: 'Certificate.NotServer',
        seen,
        expected: { en: 'a certificate for servers (SVR)', zh: '服务器证书（SVR）' },
      },
    ]
  }
  const [code, state] = unusable.get(status) ?? []
  if (code !== undefined && state !== undefined) {
    // Already reported by the validity check.
    if (status === 3 && notAfter <= now) return []
    const seen = {
      en: `${id}, which ${state?.en} (status ${status})`,
      zh: `${id}，${state?.zh}（状态 ${status}）`,
    }
    return [{ code, seen, expected: { en: 'a certificate that is issued', zh: '已签发的证书' } }]
  }
  if (deployable) return []
  const seen = {
    en: `${id}, which SSL Certificate Service marks as not deployable`,
    zh: `${id}，SSL 证书服务将其标记为不可部署`,
  }
  const expected = { en: 'a certificate that can be deployed', zh: '可部署的证书' }
  return [{ code: 'Certificate.NotDeployable', seen, expected }]
}

/** Whether EdgeOne accepts the length of the key, as far as it is known. */
export const isLongEnough = ({ algorithm, bits }: Certificate): boolean =>
  algorithm === undefined || bits === undefined || bits >= minKeyBits[algorithm]

const keyFaults = (certificate: Certificate): Fault[] => {
  const { id, algorithm, bits } = certificate
  if (isLongEnough(certificate)) return []
  const seen = {
    en: `${id}, whose key is ${algorithm} with ${bits} bits`,
    zh: `${id}，密钥为 ${bits} 位的 ${algorithm}`,
  }
  const { RSA, ECC } = minKeyBits
  const expected = { en: `at least RSA ${RSA} or ECC ${ECC}`, zh: `不低于 RSA ${RSA} 位或 ECC ${ECC} 位` }
  return [{ code: 'Certificate.KeyTooShort', seen, expected }]
}

const coverageFaults = ({ id, names }: Certificate, hosts: readonly string[]): Fault[] => {
  if (names === undefined) return []
  const isCovered = coverage(names)
  const bare = hosts.filter((host) => !isCovered(host))
  if (bare.length === 0) return []
  const missed = listed(bare, 20)
  const seen = {
    en: `${missed.en} (${bare.length} of ${count(hosts.length, 'host')}), which ${id} does not cover`,
    zh: `${missed.zh}（${hosts.length} 个域名中的 ${bare.length} 个），不在 ${id} 的覆盖范围内`,
  }
  const own = listed(names, 20)
  const expected =
    names.length === 0
      ? { en: 'a certificate with DNS names: it has none', zh: '含有 DNS 名称的证书：该证书没有 DNS 名称' }
      : { en: `hosts that match its names: ${own.en}`, zh: `证书所覆盖的域名：${own.zh}` }
  return [{ code: 'Certificate.NotCovered', seen, expected }]
}

const sameAlgorithmFaults = (certificates: readonly Certificate[], input: CheckOptions['input']): Fault[] => {
  // Those from PEM have no ID yet.
  const nameOf = ({ id, names = [], notAfter }: Certificate): Text => {
    if (input !== 'certificate') return inBoth(id)
    const { en, zh } = listed(names, 2)
    const end = notAfter === undefined ? '' : day(notAfter)
    return {
      en: `the one for ${en || 'no name'}${end && ` until ${end}`}`,
      zh: `${zh || '无名称'} 的证书${end && `（有效期至 ${end}）`}`,
    }
  }
  const byAlgorithm = Map.groupBy(certificates, ({ algorithm }) => algorithm)
  byAlgorithm.delete(undefined)
  return [...byAlgorithm].flatMap(([algorithm, [first, ...others]]) =>
    others.map((other): Fault => {
      const [a, b] = [first === undefined ? inBoth('') : nameOf(first), nameOf(other)]
      const seen = { en: `${a.en} and ${b.en}, both ${algorithm}`, zh: `${a.zh} 和 ${b.zh}，均为 ${algorithm}` }
      const expected = { en: 'at most one certificate of each algorithm', zh: '每种算法最多一张证书' }
      return { code: 'Certificate.SameAlgorithm', seen, expected }
    }),
  )
}
