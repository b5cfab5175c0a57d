import type { AuditedCertificate, Criteria, Finding } from '../model/audit.ts'
import { covers } from '../model/certificate.ts'
import type { Host } from '../model/host.ts'
import type { Served } from '../model/ports.ts'
import { canBeSameTime } from '../model/same-time.ts'
import { isOneOf } from '../util/lists.ts'
import type { Looked } from './served.ts'
import {
  anotherLeaf,
  dayMs,
  deployFailed,
  expired,
  expiring,
  findingAbout,
  freeRenewalDays,
  noCertificate,
  noHandshake,
  notCovered,
  notServed,
  notTrusted,
  unreachable,
} from './words.ts'

/** A host, and all that is known about it. */
export interface Known {
  readonly host: Host
  readonly certificates: readonly AuditedCertificate[]
  /** Absent if no handshake was made. */
  readonly looked?: Looked | undefined
}

/** What is wrong with a host: one finding for one cause. */
export const findingsOfHost = (known: Known, criteria: Criteria, now: number): readonly Finding[] => {
  const { host, certificates } = known
  const why = withoutCertificate(known)
  if (why !== undefined) return [findingAbout('no-certificate', host.name, [], noCertificate(why))]
  const over = certificates.filter(({ notAfter = Infinity }) => notAfter <= now)
  const due = certificates.filter((one) => !over.includes(one) && isDue(one, criteria, now))
  const failed = certificates.filter((one) => hasFailed(one) && host.status !== 'process')
  const strange = certificates.filter(({ names }) => names !== undefined && !covers(names, host.name))
  const about = [
    over.length > 0 ? findingAbout('expired', host.name, over, expired(over, now)) : [],
    due.length > 0 ? findingAbout('expiring', host.name, due, expiring(due, now)) : [],
    failed.length > 0 ? findingAbout('deploy-failed', host.name, failed, deployFailed(failed)) : [],
    strange.length > 0 ? findingAbout('not-covered', host.name, strange, notCovered(host.name, strange)) : [],
  ].flat()
  const isUnsettled = failed.length > 0 || isDeploying(known)
  return [...about, ...findingsOfLook(known, { isUnsettled, isStrange: strange.length > 0 }, now)]
}

/** Statuses of an application and of a binding that failed (reference 2.2). */
const hasFailed = ({ status = '' }: AuditedCertificate): boolean => isOneOf(status, 'failed', 'issued')

/** The edge may still serve what the host had before. */
const isDeploying = ({ host, certificates }: Known): boolean =>
  host.status === 'process' || certificates.some(({ status = '' }) => isOneOf(status, 'processing', 'applying'))

const withoutCertificate = ({ host, certificates }: Known): Parameters<typeof noCertificate>[0] | undefined => {
  if (host.mode === 'disable') return 'off'
  const isAwaited = certificates.every(({ status, notAfter }) => status === 'applying' && notAfter === undefined)
  if (!isAwaited) return undefined
  return certificates.length > 0 || host.mode?.startsWith('eofreecert') === true ? 'applying' : 'none'
}

/** A free certificate is due only once its renewal is a day late: EdgeOne renews it by itself. */
const isDue = ({ notAfter = Infinity, isFree }: AuditedCertificate, criteria: Criteria, now: number): boolean => {
  const { expiresWithinDays } = criteria
  const within = isFree ? Math.min(expiresWithinDays, freeRenewalDays - 1) : expiresWithinDays
  return notAfter - now < within * dayMs
}

interface Before {
  /** The host is being deployed, or that failed: then it is no news that it serves something else. */
  readonly isUnsettled: boolean
  /** It is known that a certificate does not cover the host. */
  readonly isStrange: boolean
}

const findingsOfLook = (known: Known, { isUnsettled, isStrange }: Before, now: number): readonly Finding[] => {
  const { host, certificates, looked } = known
  if (looked === undefined) return []
  const { fault, distrust, atEdge } = looked
  if (fault === undefined) {
    if (distrust === undefined || isExpiryAlone(looked, now)) return []
    return [findingAbout('not-trusted', host.name, certificates, notTrusted(distrust))]
  }
  const { wrong, served, problem, address } = fault
  if (wrong === 'unreachable') {
    return [findingAbout('unreadable', host.name, [], unreachable(problem, { atEdge }))]
  }
  if (served !== undefined && wrong === 'wrong-name' && isPerhaps(certificates, served)) {
    if (isStrange) return []
    return [findingAbout('not-covered', host.name, certificates, notCovered(host.name, certificates, served.names))]
  }
  if (isUnsettled) return []
  const seen =
    served !== undefined
      ? anotherLeaf(address === host.name ? undefined : address, served, now)
      : problem && noHandshake(problem)
  return seen === undefined ? [] : [findingAbout('not-served', host.name, certificates, notServed(seen, { atEdge }))]
}

/** Whether a leaf can be one of the certificates, as far as their ends tell. */
const isPerhaps = (certificates: readonly AuditedCertificate[], { notAfter }: Pick<Served, 'notAfter'>): boolean =>
  certificates.some((one) => one.notAfter === undefined || canBeSameTime(one.notAfter, notAfter))

/** Whether the only reason for distrust is that the leaf has expired, which is a finding of its own. */
const isExpiryAlone = ({ leaves }: Looked, now: number): boolean =>
  leaves.every(
    ({ distrust, notAfter }) =>
      distrust === undefined || (notAfter <= now && /^[^;]*\(CERT_HAS_EXPIRED\)$/.test(distrust.en)),
  )
