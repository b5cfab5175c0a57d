import { type Certificate, covers } from './certificate.ts'
import type { Served } from './ports.ts'
import { canBeSameTime, isSameMinute } from './same-time.ts'

/** A certificate by the facts that can tell it from another in a handshake. Times are Unix milliseconds. */
export interface Facts extends Pick<Certificate, 'algorithm' | 'sha256'> {
  /** Absent for EdgeOne's free certificate, and for a default certificate whose ID is unknown. */
  readonly id?: string | undefined
  /** notAfter in SSL Certificate Service, whose time zone is uncertain. */
  readonly sslEnd?: number | undefined
  /** notAfter in EdgeOne (`ExpireTime`), which has a time zone. */
  readonly edgeEnd?: number | undefined
}

/** What a leaf is judged by. */
export interface Expectation {
  /** The certificate that is to be served. */
  readonly certificate: Facts
  /** The host had it before, and keeps it. */
  readonly isKept: boolean
  /** Certificates that the host had and is to lose. */
  readonly rivals: readonly Facts[]
  /** SHA-256 of each leaf that was served before the change; absent if that is unknown. */
  readonly leavesBefore?: readonly string[] | undefined
}

/**
 * By what a certificate was recognised: its SHA-256, its notAfter, or that another leaf is served than before the change. `name`: by the
 * host's name alone, which suffices only for a certificate that the host keeps.
 */
export type Witness = 'sha256' | 'dates' | 'change' | 'name'

/**
 * What a leaf proved to be. `previous`: a certificate that the host had and is to lose. `another`: valid for the host, and neither the
 * expected nor a previous one. `wrong-name`: not valid for the host. `no-witness`: valid for the host, and nothing tells what it is.
 */
export type Verdict =
  | { readonly is: 'expected'; readonly by: Witness }
  | { readonly is: 'previous' | 'another' | 'wrong-name' | 'no-witness' }

/**
 * Judges a leaf by the best witness there is. Without a SHA-256 the name must fit, but that never suffices for a certificate that the step
 * brings. Two certificates with the same end, to the minute, are told apart only by what was served before; if that is unknown, nothing tells.
 * Limit: a previous certificate of which neither service says when it ends, or that could not be read at all, cannot be excluded; by its end,
 * it would have to be due in the same minute of an hour within the same day as the new one.
 */
export const judge = (host: string, served: Served, expectation: Expectation): Verdict => {
  const { certificate, isKept, rivals, leavesBefore } = expectation
  if (certificate.sha256 === served.sha256) return { is: 'expected', by: 'sha256' }
  if (!covers(served.names, host)) return { is: 'wrong-name' }
  const rival = rivals.filter((one) => (one.algorithm ?? served.algorithm) === served.algorithm)
  const wasServed = !isKept && leavesBefore?.includes(served.sha256) === true
  const wrong = { is: wasServed || rival.some((one) => fits(one, served)) ? 'previous' : 'another' } as const
  if (certificate.sha256 !== undefined) return wrong
  const isDated = certificate.sslEnd !== undefined || certificate.edgeEnd !== undefined
  if (isDated && !fits(certificate, served)) return wrong
  if (isDated && !rival.some((one) => isConfusable(certificate, one, served))) return { is: 'expected', by: 'dates' }
  if (isKept) return { is: 'expected', by: 'name' }
  if (leavesBefore === undefined) return { is: 'no-witness' }
  return wasServed ? { is: 'previous' } : { is: 'expected', by: 'change' }
}

/** Whether a leaf can be a certificate by its end, as either service knows it. */
const fits = ({ sslEnd, edgeEnd }: Facts, { notAfter }: Pick<Served, 'notAfter'>): boolean =>
  [sslEnd, edgeEnd].some((end) => end !== undefined && canBeSameTime(end, notAfter))

/** Whether a leaf that fits a certificate may as well be another one: EdgeOne's times, which have a zone, may exclude that. */
const isConfusable = (certificate: Facts, other: Facts, served: Pick<Served, 'notAfter'>): boolean => {
  const isExact = certificate.edgeEnd !== undefined && isSameMinute(certificate.edgeEnd, served.notAfter)
  if (isExact && other.edgeEnd !== undefined) return isSameMinute(other.edgeEnd, served.notAfter)
  return fits(other, served)
}

/**
 * Whether what a host serves should be seen before it is changed, because nothing else may tell the new certificate from the previous ones.
 * `isEndRead`: EdgeOne will tell when the new certificate ends.
 */
export const needsLeafBefore = (
  { certificate, isKept, rivals }: Expectation,
  { isEndRead }: { readonly isEndRead: boolean },
): boolean => {
  if (isKept || certificate.sha256 !== undefined) return false
  const { sslEnd, edgeEnd } = certificate
  if (sslEnd === undefined && edgeEnd === undefined && !isEndRead) return true
  const ends = [sslEnd, edgeEnd].filter((end) => end !== undefined)
  return rivals.some((one) => ends.some((end) => fits(one, { notAfter: end })))
}
