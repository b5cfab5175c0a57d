import { domainToASCII } from 'node:url'

/** Families of public keys that EdgeOne tells apart: a host has at most one certificate of each (documentation 74135). */
export const algorithms = ['RSA', 'ECC', 'SM2'] as const
export type Algorithm = (typeof algorithms)[number]

/** What is known of a certificate in Tencent Cloud; what is not known is absent. Times are Unix milliseconds. */
export interface Certificate {
  readonly id: string
  readonly alias?: string | undefined
  /** EdgeOne's word for where it comes from: `upload`, `managed`, `default`. */
  readonly type?: string | undefined
  readonly algorithm?: Algorithm | undefined
  /** Length of the public key in bits. */
  readonly bits?: number | undefined
  readonly names?: readonly string[] | undefined
  readonly notBefore?: number | undefined
  readonly notAfter?: number | undefined
  /** SHA-256 of its DER, where the step has it: 64 lower-case hexadecimal digits. */
  readonly sha256?: string | undefined
}

/** The certificates of many lists, each once. Hosts share their lists, and those are looked at once. */
export const distinct = <T extends Certificate>(lists: Iterable<readonly T[]>): T[] => {
  const all = new Map<string, T>()
  for (const list of new Set(lists)) for (const one of list) all.set(one.id, one)
  return [...all.values()]
}

/** The first of some times; `Infinity` when there are none. */
export const earliest = (times: readonly number[]): number => times.reduce((a, b) => Math.min(a, b), Infinity)

/** The family, which is the first word of a service's text: `RSA 2048`, `ECC P-256`, `SM2`. */
const family = /^\s*(RSA|ECDSA|ECC|EC|SM2)(?![A-Z])/i

/** The family of a service's text, if it is one that EdgeOne tells apart. */
export const algorithmOf = (text: string | undefined): Algorithm | undefined => {
  const word = family.exec(text ?? '')?.[1]?.toUpperCase()
  return algorithms.find((one) => one === (word?.startsWith('EC') ? 'ECC' : word))
}

/** The key length in such a text, if it holds one: `RSA 2048`, `ECC P-256`, `ECC prime256v1`. */
export const bitsOf = (text: string | undefined): number | undefined => {
  const digits = /(?<!\d)(\d{3,5})(?!\d)/.exec(text?.replace(family, '') ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/**
 * Whether a certificate with these DNS names is valid for a host: the same name, or a name whose left-most label is `*`, which
 * stands for exactly one label (RFC 9525 §6.3). Names may be Unicode. The host `*.example.com` of EdgeOne is covered by that very name.
 */
export const covers = (names: readonly string[], host: string): boolean => coverage(names)(host)

/** As `covers`, for many hosts. */
export const coverage = (names: readonly string[]): ((host: string) => boolean) => {
  const all = new Set(names.map(asciiName))
  return (host) => all.has(host) || all.has(host.replace(/^[^.]*/, '*'))
}

const asciiName = (name: string): string => {
  const plain = name.trim().replace(/[.。．｡]$/u, '')
  if (/^[\x21-\x7e]*$/.test(plain)) return plain.toLowerCase()
  return plain.startsWith('*.') ? `*.${domainToASCII(plain.slice(2))}` : domainToASCII(plain)
}
