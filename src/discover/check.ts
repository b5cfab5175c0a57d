import { type Certificate, coverage } from '../model/certificate.ts'
import { type Finding, ownProblem } from '../model/problem.ts'
import { count, list, day as textOfDay } from '../util/text.ts'

const msPerDay = 86_400_000

/** The shortest keys that EdgeOne takes, bits (reference 2.1, `CertTooShortKeySize`). */
const shortestKey = { RSA: 2048, ECC: 225, SM2: 0 } as const

export interface CheckOptions {
  readonly hosts: readonly string[]
  readonly minDaysLeft: number
  /** The input that brought the certificates. */
  readonly input?: 'cert-id' | 'certificate'
  /** Unix milliseconds. */
  readonly now: number
}

type Fault = readonly [code: Parameters<typeof ownProblem>[0], seen: string, expected: string]

/**
 * Checks certificates before anything is changed, as far as they are known. Throws one Problem `Certificate.…` with a finding for
 * everything that is wrong; its code is that of the first.
 */
export const checkCertificates = (certificates: readonly Certificate[], options: CheckOptions): void => {
  const faults = [...certificates.flatMap((certificate) => faultsOf(certificate, options)), ...twins(certificates)]
  const [first] = faults
  if (first === undefined) return
  const findings = faults.map(([, seen, expected]): Finding => ({ input: options.input ?? 'cert-id', seen, expected }))
  const message = `${findings.map(({ seen, expected }) => `Saw ${seen}; expected ${expected}`).join('. ')}.`
  throw ownProblem(first[0], { message, findings })
}

const faultsOf = (certificate: Certificate, { hosts, minDaysLeft, now }: CheckOptions): Fault[] => {
  const { id, algorithm, bits, names, notBefore, notAfter } = certificate
  const faults: Fault[] = []
  if (notAfter !== undefined && notAfter <= now) {
    faults.push([
      'Certificate.Expired',
      `${id}, which expired on ${textOfDay(notAfter)}`,
      'a certificate that is valid',
    ])
  } else if (notAfter !== undefined && notAfter < now + minDaysLeft * msPerDay) {
    const left = count(Math.floor((notAfter - now) / msPerDay), 'day')
    faults.push([
      'Certificate.ExpiresSoon',
      `${id}, which is valid for ${left} more, until ${textOfDay(notAfter)}`,
      `at least ${minDaysLeft} days (min-days-left)`,
    ])
  }
  if (notBefore !== undefined && notBefore > now) {
    faults.push([
      'Certificate.NotYetValid',
      `${id}, which is valid only from ${textOfDay(notBefore)}`,
      'one that is valid now',
    ])
  }
  if (algorithm !== undefined && bits !== undefined && bits < shortestKey[algorithm]) {
    const least = `at least RSA ${shortestKey.RSA} or ECC ${shortestKey.ECC}`
    faults.push(['Certificate.KeyTooShort', `${id}, whose key is ${algorithm} with ${bits} bits`, least])
  }
  if (names !== undefined) {
    const isCovered = coverage(names)
    const bare = hosts.filter((host) => !isCovered(host))
    if (bare.length > 0) {
      faults.push([
        'Certificate.NotCovered',
        `${list(bare, 20)} (${bare.length} of ${count(hosts.length, 'host')}), which ${id} does not cover`,
        `hosts that fit its names: ${list(names, 20)}`,
      ])
    }
  }
  return faults
}

const twins = (certificates: readonly Certificate[]): Fault[] => {
  const firsts = new Map<string, string>()
  return certificates.flatMap(({ id, algorithm }): Fault[] => {
    if (algorithm === undefined) return []
    const twin = firsts.get(algorithm)
    if (twin === undefined) {
      firsts.set(algorithm, id)
      return []
    }
    return [
      [
        'Certificate.SameAlgorithm',
        `${twin} and ${id}, both ${algorithm}`,
        'at most one certificate of each algorithm',
      ],
    ]
  })
}
