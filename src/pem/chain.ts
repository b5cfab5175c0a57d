import { createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { bitsOf, type Pair } from '../model/certificate.ts'
import type { Finding } from '../model/problem.ts'
import type { Text } from '../util/language.ts'
import { isNonEmpty, type NonEmpty, uniqueBy } from '../util/lists.ts'
import { dnsNamesIn } from '../util/san.ts'
import { brief, day } from '../util/text.ts'

/** The pairs made from the given certificates and keys. */
export interface Pairs {
  /** RSA before ECC. */
  readonly pairs: NonEmpty<Pair>
  /** Names of certificates that are not part of any chain, and are not used. */
  readonly unused: readonly string[]
}

/** A private key, of RSA or of an elliptic curve, and where it was found. */
export interface Key {
  readonly object: KeyObject
  readonly form: 'pkcs8' | 'pkcs1' | 'sec1'
  readonly at: { readonly input: string; readonly place: Text }
}

/** The value of `make`; undefined when OpenSSL fails. The error is dropped, because it may quote what was read. */
export const orUndefined = <T>(make: () => T): T | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

/**
 * Finds the leaf of each key and the chain of each leaf, in whatever order they are given. A leaf without a key is an error even if
 * other keys match: leaving it out would silently renew only one of two certificates. The findings say what does not match.
 */
export const pairUp = (given: readonly X509Certificate[], givenKeys: readonly Key[]): Pairs | Finding[] => {
  const certificates = uniqueBy(given, (one) => one.fingerprint256)
  const keys = uniqueBy(givenKeys, ({ object }) => createPublicKey(object).export({ type: 'spki', format: 'pem' }))
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
  if (!isNonEmpty(pairs)) throw new TypeError('no pair, and no finding that says why')
  return { pairs, unused: unused.map((one) => titleOf(one)).sort() }
}

/** The certificates of a key: one, or several when the key was reused for a renewal. */
const leavesOf = ({ object }: Key, certificates: readonly X509Certificate[]): X509Certificate[] => {
  const fitting = certificates.filter((one) => orUndefined(() => one.checkPrivateKey(object)))
  const leaves = fitting.filter((one) => !one.ca)
  return leaves.length > 0 ? leaves : fitting
}

const mismatches = (
  certificates: readonly X509Certificate[],
  matches: readonly { readonly key: Key; readonly leaves: readonly X509Certificate[] }[],
  paired: ReadonlySet<X509Certificate>,
): Finding[] => {
  if (certificates.length === 0) {
    const expected = { en: 'the certificate of the key, and its chain', zh: '与私钥对应的证书及其证书链' }
    return [{ input: 'certificate', seen: { en: 'no certificate', zh: '没有证书' }, expected }]
  }
  const lonely = matches.flatMap(({ key, leaves }): Finding[] => {
    if (leaves.length > 0) return []
    const { input, place } = key.at
    const kind = kindOf(key.object)
    const seen = {
      en: `${kind.en} in ${place.en}, which matches none of the certificates`,
      zh: `${kind.zh}（来自${place.zh}），与所有证书都不匹配`,
    }
    const expected = { en: 'the key for which the certificate was issued', zh: '签发证书时使用的私钥' }
    return [{ input, seen, expected }]
  })
  const keyless = certificates
    .filter((one) => !paired.has(one) && !one.ca && !certificates.some((other) => isIssuedBy(other, one)))
    .map((one): Finding => {
      const [title, end] = [titleOf(one), day(Date.parse(one.validTo))]
      const seen = {
        en: `no key for the certificate for ${title} (until ${end})`,
        zh: `没有与 ${title} 的证书（有效期至 ${end}）对应的私钥`,
      }
      return { input: 'private-key', seen, expected: { en: 'the private key of this certificate', zh: '该证书的私钥' } }
    })
  if (matches.length === 0 && keyless.length === 0) {
    const expected = { en: 'the private key of the certificate', zh: '证书的私钥' }
    return [{ input: 'private-key', seen: { en: 'no private key', zh: '没有私钥' }, expected }]
  }
  return [...lonely, ...keyless]
}

/** Whether names, key identifiers, usage and the signature match: a CA may change its key and keep its name. */
const isIssuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  orUndefined(() => certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)) ?? false

const isSelfIssued = (certificate: X509Certificate): boolean => certificate.checkIssued(certificate)

/** From the leaf up to a root, or until an issuer is missing. Of several issuers (cross-signed), prefers a root, then the one valid longer. */
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
  // An unused CA certificate whose subject is not in the chain most likely belongs above a gap.
  const isGap = chain.length === 1 || unused.some((one) => !chain.some(({ subject }) => subject === one.subject))
  return {
    facts: {
      algorithm: isRsa ? 'RSA' : 'ECC',
      bits: isRsa ? details?.modulusLength : bitsOf(details?.namedCurve),
      names: dnsNamesIn(leaf.subjectAltName),
      notBefore: Date.parse(leaf.validFrom),
      notAfter: Date.parse(leaf.validTo),
    },
    sha256: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: titleOf(leaf),
    commonName: /^CN=(.+)$/m.exec(leaf.subject)?.[1],
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
const kindOf = ({ asymmetricKeyType, asymmetricKeyDetails: details }: KeyObject): Text => {
  const { modulusLength: bits, namedCurve: curve } = details ?? {}
  return asymmetricKeyType === 'rsa'
    ? { en: `an RSA key of ${bits} bits`, zh: `${bits} 位的 RSA 私钥` }
    : { en: `an EC key (${curve})`, zh: `${curve} 曲线的 EC 私钥` }
}

const titleOf = (certificate: X509Certificate): string =>
  dnsNamesIn(certificate.subjectAltName)[0] ?? shortName(certificate.subject)

/** `CN=R11, O=Let's Encrypt`: these two parts of a name, which Node writes one per line; the whole name when it has neither. */
const shortName = (name: string | undefined): string => {
  const lines = (name ?? '').split('\n')
  const main = ['CN=', 'O='].flatMap((kind) => lines.find((line) => line.startsWith(kind)) ?? [])
  return brief((main.length > 0 ? main : lines).join(', '), 120) || 'no name'
}
