import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { bitsOf, type Certificate } from '../model/certificate.ts'
import type { Finding } from '../model/problem.ts'
import { brief, day } from '../util/text.ts'

/** A certificate with its key, ready to be uploaded. */
export interface Pair {
  /** The names are the dNSName entries alone, in lower case: browsers look at no other (RFC 9525 §2). */
  readonly facts: Omit<Certificate, 'id'>
  /** SHA-256 of the leaf, 64 lower-case hexadecimal digits. */
  readonly sha256: string
  /** What a reader knows it by: its first DNS name. */
  readonly subject: string
  /** PEM: the leaf, then the intermediates, each after what it issued; without the root, which whoever verifies has. */
  readonly chain: string
  /** PEM, in the form in which it was given. */
  readonly key: string
  /** Who issued the last certificate of the chain, when that one is missing and needed. */
  readonly missingIssuer?: string | undefined
}

/** What the given certificates and keys make. */
export interface Pairs {
  /** RSA before ECC. */
  readonly pairs: readonly Pair[]
  /** The names of certificates that belong to no chain, and are left out. */
  readonly unused: readonly string[]
}

/** A private key, of RSA or of an elliptic curve, and where it was found. */
export interface Key {
  readonly object: KeyObject
  readonly form: 'pkcs8' | 'pkcs1' | 'sec1'
  readonly at: { readonly input: string; readonly place: string }
}

/** The value of `make`; undefined when OpenSSL refuses. What it throws may quote what it read, so it goes nowhere. */
export const attempt = <T>(make: () => T): T | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

/**
 * Gives each key its leaf, and each leaf its chain, whatever order they came in. A leaf without a key is an error also when other
 * keys fit: leaving it out silently would renew one of two certificates. The findings say what does not fit together.
 */
export const pairUp = (given: readonly X509Certificate[], givenKeys: readonly Key[]): Pairs | Finding[] => {
  const certificates = distinct(given, (one) => one.fingerprint256)
  const keys = distinct(givenKeys, ({ object }) => createPublicKey(object).export({ type: 'spki', format: 'pem' }))
  const matches = keys.map((key) => ({ key, leaves: leavesOf(key, certificates) }))
  const leaves = new Set(matches.flatMap((match) => match.leaves))
  const findings = mismatches(certificates, matches, leaves)
  if (findings.length > 0) return findings
  const chains = new Map([...leaves].map((leaf) => [leaf, chainFrom(leaf, certificates)]))
  const used = new Set([...chains.values()].flat())
  const unused = certificates.filter((one) => !used.has(one))
  const pairs = matches.flatMap(({ key, leaves: own }) =>
    own.map((leaf) => pairOf(key, leaf, chains.get(leaf) ?? [leaf], unused)),
  )
  const rank = ({ facts }: Pair) => Number(facts.algorithm !== 'RSA')
  pairs.sort((a, b) => rank(a) - rank(b) || (a.sha256 < b.sha256 ? -1 : 1))
  return { pairs, unused: unused.map((one) => titleOf(one)).sort() }
}

const distinct = <T>(all: readonly T[], identity: (one: T) => unknown): T[] =>
  [...Map.groupBy(all, identity).values()].flatMap((same) => same.slice(0, 1))

/** The certificates of a key: one, or several when it was kept over a renewal. */
const leavesOf = ({ object }: Key, certificates: readonly X509Certificate[]): X509Certificate[] => {
  const fitting = certificates.filter((one) => attempt(() => one.checkPrivateKey(object)))
  const leaves = fitting.filter((one) => !one.ca)
  return leaves.length > 0 ? leaves : fitting
}

const mismatches = (
  certificates: readonly X509Certificate[],
  matches: readonly { readonly key: Key; readonly leaves: readonly X509Certificate[] }[],
  paired: ReadonlySet<X509Certificate>,
): Finding[] => {
  if (certificates.length === 0) {
    return [{ input: 'certificate', seen: 'no certificate', expected: 'the certificate of the key, and its chain' }]
  }
  const lonely = matches.flatMap(({ key, leaves }): Finding[] => {
    if (leaves.length > 0) return []
    const seen = `${kindOf(key.object)} in ${key.at.place}, which belongs to none of the certificates`
    return [{ input: key.at.input, seen, expected: 'the key with which the certificate was requested' }]
  })
  const keyless = certificates
    .filter((one) => !paired.has(one) && !one.ca && !certificates.some((other) => isIssuedBy(other, one)))
    .map((one): Finding => {
      const what = `the certificate for ${titleOf(one)} (until ${day(Date.parse(one.validTo))})`
      return { input: 'private-key', seen: `no key for ${what}`, expected: 'the private key of this certificate' }
    })
  if (matches.length === 0 && keyless.length === 0) {
    return [{ input: 'private-key', seen: 'no private key', expected: 'the private key of the certificate' }]
  }
  return [...lonely, ...keyless]
}

/** Names, key identifiers and usage fit, and so does the signature: a CA that changed its key may have kept its name. */
const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  attempt(() => certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)) ?? false

const isSelfIssued = (certificate: X509Certificate): boolean => certificate.checkIssued(certificate)

/** From the leaf up to a root, or to where the issuer is missing. Of two issuers of one name (cross-signed), a root, then the longer valid. */
const chainFrom = (leaf: X509Certificate, certificates: readonly X509Certificate[]): X509Certificate[] => {
  const chain = [leaf]
  for (let last = leaf; !isSelfIssued(last); ) {
    const issuers = certificates.filter((one) => !chain.includes(one) && isIssuedBy(last, one))
    const [next] = issuers.sort(
      (a, b) =>
        Number(isSelfIssued(b)) - Number(isSelfIssued(a)) ||
        Date.parse(b.validTo) - Date.parse(a.validTo) ||
        (a.fingerprint256 < b.fingerprint256 ? -1 : 1),
    )
    if (next === undefined) break
    chain.push(next)
    last = next
  }
  return chain
}

const pairOf = (
  { object, form }: Key,
  leaf: X509Certificate,
  chain: readonly X509Certificate[],
  unused: readonly X509Certificate[],
): Pair => {
  const { asymmetricKeyType, asymmetricKeyDetails: details } = object
  const isRsa = asymmetricKeyType === 'rsa'
  const last = chain.at(-1) ?? leaf
  // A CA that is left over, and is no other certificate of one in the chain, most likely stands above a gap.
  const isGap = chain.length === 1 || unused.some((one) => !chain.some(({ subject }) => subject === one.subject))
  return {
    facts: {
      algorithm: isRsa ? 'RSA' : 'ECC',
      bits: isRsa ? details?.modulusLength : bitsOf(details?.namedCurve),
      names: namesOf(leaf),
      notBefore: Date.parse(leaf.validFrom),
      notAfter: Date.parse(leaf.validTo),
    },
    sha256: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: titleOf(leaf),
    chain: chain
      .filter((one) => one === leaf || !isSelfIssued(one))
      .map(String)
      .join(''),
    key: pemOf(object, form),
    ...(isGap && !isSelfIssued(last) ? { missingIssuer: shortName(last.issuer) } : {}),
  }
}

const pemOf = (object: KeyObject, form: Key['form']): string => {
  if (form === 'pkcs1') return object.export({ type: 'pkcs1', format: 'pem' }).toString()
  return object.export({ type: form, format: 'pem' }).toString()
}

/** `an RSA key of 2048 bits`, `an EC key (prime256v1)`. */
const kindOf = ({ asymmetricKeyType, asymmetricKeyDetails: details }: KeyObject): string =>
  asymmetricKeyType === 'rsa' ? `an RSA key of ${details?.modulusLength} bits` : `an EC key (${details?.namedCurve})`

/**
 * The dNSName entries. Node writes them as `DNS:a.example, IP Address:192.0.2.1, URI:"…"`, where quotes hold what could be taken for
 * another entry (CVE-2021-44532); a name that needs quotes is no host name.
 */
const namesOf = ({ subjectAltName }: X509Certificate): string[] => {
  const all = (subjectAltName ?? '').match(/(?:"(?:\\.|[^"\\])*"|[^,"])+/g) ?? []
  return all.flatMap((entry) => /^ ?DNS:([^"]+)$/.exec(entry)?.[1]?.toLowerCase() ?? [])
}

const titleOf = (certificate: X509Certificate): string => namesOf(certificate)[0] ?? shortName(certificate.subject)

/** `CN=R11, O=Let's Encrypt`: these two of a name that Node writes as lines; all of it when it has neither. Empty names are undefined. */
const shortName = (name: string | undefined): string => {
  const lines = (name ?? '').split('\n')
  const main = ['CN=', 'O='].flatMap((kind) => lines.find((line) => line.startsWith(kind)) ?? [])
  return brief((main.length > 0 ? main : lines).join(', '), 120) || 'no name'
}
