import { asciiName } from './hostname.ts'

/** Key algorithms that EdgeOne distinguishes: a host has at most one certificate of each (documentation 74135). */
export const algorithms = ['RSA', 'ECC', 'SM2'] as const
export type Algorithm = (typeof algorithms)[number]

/** What is known about a certificate in Tencent Cloud; unknown facts are absent. Times are Unix milliseconds. */
export interface Certificate {
  readonly id: string
  readonly alias?: string | undefined
  /** Its origin, as EdgeOne names it: `upload`, `managed`, `default`. */
  readonly type?: string | undefined
  readonly algorithm?: Algorithm | undefined
  /** Length of the public key in bits. */
  readonly bits?: number | undefined
  readonly names?: readonly string[] | undefined
  readonly notBefore?: number | undefined
  readonly notAfter?: number | undefined
  /** SHA-256 of its DER form, if the step has it: 64 lower-case hexadecimal digits. */
  readonly sha256?: string | undefined
  /** Its order in SSL Certificate Service. */
  readonly order?: Order | undefined
}

/** The order of a certificate, from SSL Certificate Service (reference 3.2). */
export interface Order {
  /** `Status`: 1 is issued. */
  readonly status?: number | undefined
  readonly deployable?: boolean | undefined
  /** `CertificateType`: `SVR` (server) or `CA`. */
  readonly type?: string | undefined
  /** `From`: `upload`, or the authority. */
  readonly source?: string | undefined
  /** Expiry notifications are off (`IsIgnore`). */
  readonly isMuted?: boolean | undefined
}

/** A certificate with its key and chain, ready to be uploaded. */
export interface Pair {
  /** What is known about the leaf. Its names are the dNSName entries, in lower case: browsers ignore all others (RFC 9525 §2). */
  readonly facts: Omit<Certificate, 'id'>
  /** SHA-256 of the leaf, 64 lower-case hexadecimal digits. */
  readonly sha256: string
  /** The leaf's first DNS name. */
  readonly subject: string
  /** The leaf's common name, if it has one: in old certificates it may be anything. */
  readonly commonName?: string | undefined
  /** PEM: the leaf, then the intermediates in issuing order; without the root, which verifiers have. */
  readonly chain: string
  /** PEM, in the form in which it was given. */
  readonly key: string
  /** The issuer of the last certificate in the chain, if its certificate is needed but was not given. */
  readonly missingIssuer?: string | undefined
}

/** The certificate of a pair, under a provisional ID until it has one. */
export const provisional = ({ facts, sha256 }: Pair): Certificate => ({
  ...facts,
  id: `new-${facts.algorithm ?? 'key'}`,
  sha256,
})

/** The earliest of the times; `Infinity` when there are none. */
export const earliest = (times: readonly number[]): number => times.reduce((a, b) => Math.min(a, b), Infinity)

/** The algorithm, which is the first word of a service's text: `RSA 2048`, `ECC P-256`, `SM2`. */
const firstWord = /^\s*(RSA|ECDSA|ECC|EC|SM2)(?![A-Z])/i

/** The algorithm in a service's text, if EdgeOne distinguishes it. */
export const algorithmOf = (text: string | undefined): Algorithm | undefined => {
  const word = firstWord.exec(text ?? '')?.[1]?.toUpperCase()
  return algorithms.find((one) => one === (word?.startsWith('EC') ? 'ECC' : word))
}

/** The key length in such a text, if there is one: `RSA 2048`, `ECC P-256`, `ECC prime256v1`. */
export const bitsOf = (text: string | undefined): number | undefined => {
  const digits = /(?<!\d)(\d{3,5})(?!\d)/.exec(text?.replace(firstWord, '') ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Whether a certificate with these DNS names is valid for a host: see `coverage`. */
export const covers = (names: readonly string[], host: string): boolean => coverage(names)(host)

/**
 * Makes a test for whether a certificate with these DNS names is valid for a host: it has the same name, or a name whose left-most
 * label is `*`, which matches exactly one label (RFC 9525 §6.3). Names may be Unicode. The host `*.example.com` needs that same name.
 */
export const coverage = (names: readonly string[]): ((host: string) => boolean) => {
  const all = new Set(names.map(asciiName))
  return (host) => all.has(host) || all.has(host.replace(/^[^.]*/, '*'))
}
