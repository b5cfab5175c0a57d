import { isSelected } from '../discover/select.ts'
import type { Target } from '../discover/sighting.ts'
import type {
  AuditedCertificate,
  AuditedHost,
  AuditedSite,
  AuditSpec,
  Finding,
  SeenLeaf,
  SkippedHost,
} from '../model/audit.ts'
import type { Certificate } from '../model/certificate.ts'
import { whyInactive } from '../model/compare.ts'
import type { Host } from '../model/host.ts'
import type { Pattern } from '../model/hostname.ts'
import { maxHandshakes } from '../model/ports.ts'
import { hasCode, isForbidden, type Problem, toProblem } from '../model/problem.ts'
import { siteName } from '../model/result.ts'
import type { Context } from '../tencent/context.ts'
import { hostReader } from '../tencent/hosts.ts'
import { inParallel } from '../util/concurrency.ts'
import { count, list } from '../util/text.ts'
import { findingsOfHost } from './judge.ts'
import { type Looked, lookAtHost, targetOf } from './served.ts'
import { findingAbout, notLookedAt, unreadable } from './words.ts'

/** What the audit of a site uses. */
export interface AuditContext extends Context {
  /** Tells, once per account, that the key may not read certificates in SSL Certificate Service. */
  readonly withoutSsl: (problem: Problem) => void
}

/** What was found, and which patterns match no host of the site; of a site that could not be read, none are known. */
export interface Audited {
  readonly site: AuditedSite
  readonly idle: readonly Pattern[]
}

/** Interval between progress lines, milliseconds. */
const lineEvery = 10_000

/** Looks at one site. Only reads. Never throws: a site that cannot be read is a finding. */
export const auditSite = async (context: AuditContext, spec: AuditSpec): Promise<Audited> => {
  const { zone, options } = spec
  const about = { zone, site: options.site }
  try {
    const { hosts, skipped, idle } = await context.log.group('Reading', () => readSite(context, spec))
    const certified = await withCertificates(context, hosts)
    const { seen, missed } = await lookAtHosts(context, spec, certified)
    const now = context.clock.now()
    const audited = certified.map(({ host, certificates }): AuditedHost => {
      const looked = seen.get(host)
      const known = { host, certificates: withSeenEnds(certificates, looked), looked }
      const findings = findingsOfHost(known, spec.criteria, now)
      const { name, status, mode } = host
      return { host: name, status, mode, certificates: known.certificates, served: looked?.leaves ?? [], findings }
    })
    return { site: { ...about, hosts: audited, skipped, findings: missed }, idle }
  } catch (thrown) {
    return { site: siteWithout(about, toProblem(thrown)), idle: [] }
  }
}

/** A site of which nothing could be read. */
export const siteWithout = (about: Pick<AuditedSite, 'zone' | 'site'>, problem: Problem): AuditedSite => {
  const finding = findingAbout('unreadable', undefined, [], unreadable(problem))
  // A run that was cancelled has found nothing.
  const findings = hasCode(problem, 'Run.Cancelled') ? [] : [finding]
  return { ...about, hosts: [], skipped: [], findings, problem }
}

interface Read {
  readonly hosts: readonly Host[]
  readonly skipped: readonly SkippedHost[]
  readonly idle: readonly Pattern[]
}

const readSite = async (context: Context, { zone, options, selections }: AuditSpec): Promise<Read> => {
  const { log, warn } = context
  log.info(`Site ${siteName({ zone })}`)
  const reader = hostReader(context.call, options.apiVersion, zone.id)
  const all = await reader.all()
  if (reader.listed() === 'certificates')
    log.info('Read with DescribeHostCertificates: DescribeAccelerationDomains is not permitted for this site.')
  if (reader.unlisted() > 0) {
    warn(
      { en: 'Hosts not read', zh: '未读取域名' },
      {
        en: `EdgeOne counts ${count(all.length + reader.unlisted(), 'host')} with a certificate and lists ${all.length}: the others were not looked at (DescribeHostCertificates).`,
        zh: `EdgeOne 统计有 ${all.length + reader.unlisted()} 个域名配置了证书，但只列出 ${all.length} 个，其余未巡检（DescribeHostCertificates）。`,
      },
    )
  }
  const selected = all.filter(({ name }) => selections.some((patterns) => isSelected(patterns, name)))
  const hosts = selected.filter((host) => whyInactive(host) === undefined)
  const skipped = selected.flatMap((host) =>
    whyInactive(host) === undefined ? [] : { host: host.name, status: host.status ?? 'unknown' },
  )
  log.info(`${count(hosts.length, 'host')}: ${list(hosts, 20, ({ name }) => name)}`)
  if (skipped.length > 0)
    log.info(`Not online, so skipped: ${list(skipped, 20, ({ host, status }) => `${host} (${status})`)}`)
  const including = selections.flat().filter(({ excludes }) => !excludes)
  return { hosts, skipped, idle: including.filter((pattern) => !all.some(({ name }) => pattern.test(name))) }
}

interface Certified {
  readonly host: Host
  readonly certificates: readonly AuditedCertificate[]
}

const isFree = ({ mode = '' }: Host): boolean => mode.startsWith('eofreecert')

/** Adds what SSL Certificate Service knows of the certificates; without permission to read them, EdgeOne's word is taken. */
const withCertificates = async (context: AuditContext, hosts: readonly Host[]): Promise<readonly Certified[]> => {
  const uploaded = hosts.filter((host) => !isFree(host)).flatMap(({ certificates }) => certificates)
  const ids = new Set(uploaded.flatMap(({ id, type }) => (type === 'default' ? [] : id)))
  const known = new Map<string, Certificate>()
  if (ids.size > 0) {
    try {
      for (const one of await context.shared.certificates([...ids])) known.set(one.id, one)
    } catch (thrown) {
      const problem = toProblem(thrown)
      if (!isForbidden(problem)) throw problem
      context.withoutSsl(problem)
    }
  }
  return hosts.map((host) => {
    const certificates = host.certificates.map((bound): AuditedCertificate => {
      const { names, algorithm, notAfter } = known.get(bound.id) ?? {}
      return {
        ...bound,
        ...{ names, algorithm: algorithm ?? bound.algorithm, isFree: isFree(host) },
        // The times of SSL Certificate Service have no time zone.
        ...{ notAfter: bound.notAfter ?? notAfter, edgeEnd: bound.notAfter, sslEnd: notAfter },
      }
    })
    return { host, certificates }
  })
}

/** Where neither service says when a certificate ends, the end of the leaf that was recognised as it. */
const withSeenEnds = (
  all: readonly AuditedCertificate[],
  looked: Looked | undefined,
): readonly AuditedCertificate[] => {
  if (looked === undefined || looked.fault !== undefined) return all
  const endOf = ({ algorithm }: AuditedCertificate) =>
    looked.leaves.find((leaf: SeenLeaf) => all.length === 1 || leaf.algorithm === algorithm)?.notAfter
  return all.map((one) => (one.notAfter === undefined ? { ...one, notAfter: endOf(one) } : one))
}

interface Seen {
  readonly seen: ReadonlyMap<Host, Looked>
  /** About hosts for which there was no time. */
  readonly missed: readonly Finding[]
}

/** Makes a TLS handshake with every host that has a certificate, for as long as there is time. */
const lookAtHosts = async (context: Context, spec: AuditSpec, certified: readonly Certified[]): Promise<Seen> => {
  const { options, criteria } = spec
  const seen = new Map<Host, Looked>()
  const targets = certified.flatMap(({ host, certificates }) => {
    const target = host.mode === 'disable' ? undefined : targetOf(host, certificates)
    return criteria.looksAtServed && target !== undefined ? [{ host, target }] : []
  })
  const report = progress(context, targets.length)
  try {
    await inParallel(
      targets,
      maxHandshakes,
      async ({ host, target }: { readonly host: Host; readonly target: Target }) => {
        context.signal.throwIfAborted()
        seen.set(host, await lookAtHost(target, options.connectTo, context))
        report(seen.size)
      },
    )
    return { seen, missed: [] }
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (!context.signal.aborted) throw problem
    if (context.cancelled.aborted) return { seen, missed: [] }
    const missed = targets.flatMap(({ host }) => (seen.has(host) ? [] : host.name))
    return { seen, missed: [findingAbout('unreadable', undefined, [], notLookedAt(missed, targets.length, problem))] }
  }
}

const progress = ({ log, clock }: Context, all: number) => {
  let last = clock.now()
  return (done: number): void => {
    if (done < all && clock.now() - last < lineEvery) return
    last = clock.now()
    log.info(`${done}/${count(all, 'host')} looked at`)
  }
}
