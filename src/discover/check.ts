import type { OwnCode } from '../errors/index.ts'
import { type Certificate, coverage } from '../model/certificate.ts'
import { type Finding, findingText, ownProblem } from '../model/problem.ts'
import { count, day, list } from '../util/text.ts'

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
  readonly seen: string
  readonly expected: string
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
  throw ownProblem(first.code, { message: findings.map(findingText).join(' '), findings })
}

const validityFaults = ({ id, notBefore, notAfter }: Certificate, { minDaysLeft, now }: CheckOptions): Fault[] => {
  const faults: Fault[] = []
  if (notAfter !== undefined && notAfter <= now) {
    const seen = `${id}, which expired on ${day(notAfter)}`
    faults.push({ code: 'Certificate.Expired', seen, expected: 'a valid certificate' })
  } else if (notAfter !== undefined && notAfter < now + minDaysLeft * msPerDay) {
    const left = count(Math.floor((notAfter - now) / msPerDay), 'day')
    const seen = `${id}, which expires in ${left}, on ${day(notAfter)}`
    faults.push({ code: 'Certificate.ExpiresSoon', seen, expected: `at least ${minDaysLeft} days (min-days-left)` })
  }
  if (notBefore !== undefined && notBefore > now) {
    const seen = `${id}, which is not valid before ${day(notBefore)}`
    faults.push({ code: 'Certificate.NotYetValid', seen, expected: 'a certificate that is valid now' })
  }
  return faults
}

/**
 * `Status` of certificates that cannot be bound (reference 3.2). Absent are 1 (issued), 11 and 15 (being reissued or migrated, while the
 * issued certificate stays valid), and unknown values. For these, `Deployable` decides.
 */
const unusable: ReadonlyMap<number, readonly [code: Fault['code'], state: string]> = new Map([
  [0, ['Certificate.NotIssued', 'is under review']],
  [2, ['Certificate.NotIssued', 'was not approved']],
  [3, ['Certificate.Expired', 'has expired']],
  [4, ['Certificate.NotIssued', 'waits for domain validation']],
  [5, ['Certificate.NotIssued', 'waits for documents']],
  [6, ['Certificate.Revoked', 'is being cancelled']],
  [7, ['Certificate.Revoked', 'was cancelled']],
  [8, ['Certificate.NotIssued', 'waits for a confirmation letter']],
  [9, ['Certificate.Revoked', 'is being revoked']],
  [10, ['Certificate.Revoked', 'was revoked']],
  [12, ['Certificate.Revoked', 'is to be revoked']],
  [13, ['Certificate.NotIssued', 'waits for its application to be completed']],
  [14, ['Certificate.Revoked', 'was refunded']],
])

/** Faults that SSL Certificate Service reports. A missing field is not a fault. */
const orderFaults = (
  { id, order = {}, notAfter = Infinity }: Certificate,
  { now }: Pick<CheckOptions, 'now'>,
): Fault[] => {
  const { status = 1, deployable = true, type = 'SVR' } = order
  if (type.toUpperCase() !== 'SVR') {
    const seen = `${id}, which is a certificate of type ${type}`
    return [{ code: 'Certificate.NotServer', seen, expected: 'a certificate for servers (SVR)' }]
  }
  const [code, state] = unusable.get(status) ?? []
  if (code !== undefined) {
    // Already reported by the validity check.
    if (status === 3 && notAfter <= now) return []
    return [{ code, seen: `${id}, which ${state} (status ${status})`, expected: 'a certificate that is issued' }]
  }
  if (deployable) return []
  const seen = `${id}, which SSL Certificate Service marks as not deployable`
  return [{ code: 'Certificate.NotDeployable', seen, expected: 'a certificate that can be deployed' }]
}

/** Whether EdgeOne accepts the length of the key, as far as it is known. */
export const isLongEnough = ({ algorithm, bits }: Certificate): boolean =>
  algorithm === undefined || bits === undefined || bits >= minKeyBits[algorithm]

const keyFaults = (certificate: Certificate): Fault[] => {
  const { id, algorithm, bits } = certificate
  if (isLongEnough(certificate)) return []
  const seen = `${id}, whose key is ${algorithm} with ${bits} bits`
  const expected = `at least RSA ${minKeyBits.RSA} or ECC ${minKeyBits.ECC}`
  return [{ code: 'Certificate.KeyTooShort', seen, expected }]
}

const coverageFaults = ({ id, names }: Certificate, hosts: readonly string[]): Fault[] => {
  if (names === undefined) return []
  const isCovered = coverage(names)
  const bare = hosts.filter((host) => !isCovered(host))
  if (bare.length === 0) return []
  const seen = `${list(bare, 20)} (${bare.length} of ${count(hosts.length, 'host')}), which ${id} does not cover`
  const expected =
    names.length === 0 ? 'a certificate with DNS names: it has none' : `hosts that match its names: ${list(names, 20)}`
  return [{ code: 'Certificate.NotCovered', seen, expected }]
}

const sameAlgorithmFaults = (certificates: readonly Certificate[], input: CheckOptions['input']): Fault[] => {
  // Those from PEM have no ID yet.
  const nameOf = ({ id, names = [], notAfter }: Certificate) =>
    input === 'certificate'
      ? `the one for ${list(names, 2) || 'no name'}${notAfter === undefined ? '' : ` until ${day(notAfter)}`}`
      : id
  const byAlgorithm = Map.groupBy(certificates, ({ algorithm }) => algorithm)
  byAlgorithm.delete(undefined)
  return [...byAlgorithm].flatMap(([algorithm, [first, ...others]]) =>
    others.map((other): Fault => {
      const seen = `${first === undefined ? '' : nameOf(first)} and ${nameOf(other)}, both ${algorithm}`
      return { code: 'Certificate.SameAlgorithm', seen, expected: 'at most one certificate of each algorithm' }
    }),
  )
}
