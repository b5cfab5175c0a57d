import type { Certificate } from '../model/certificate.ts'
import { whyInactive } from '../model/compare.ts'
import { type Host, type Selected, wasRead } from '../model/host.ts'
import { isForbidden, ownProblem, type Problem, toProblem } from '../model/problem.ts'
import type { Spec } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import { type HostReader, hostReader } from '../tencent/hosts.ts'
import { bothOf } from '../util/concurrency.ts'
import { count, list } from '../util/text.ts'
import { type Brought, readNewest, readSource } from './certificates.ts'
import { type Chosen, selectExact, selectListed, selectMatching, unknownHosts } from './select.ts'

/** Everything that is known before planning. */
export interface Found extends Brought, Chosen {
  /** Absent if the site's hosts cannot be listed. */
  readonly reader: HostReader | undefined
  /** Why these certificates were chosen, each as a sentence. */
  readonly reasons?: readonly string[]
}

/**
 * Reads the certificates to deploy and the hosts in parallel, and selects the hosts. Changes nothing. Throws `Input.…` or
 * `Certificate.…` if the inputs do not fit what was read, or the Problem of a call.
 */
export const discover = async (context: Context, spec: Spec, zoneId: string): Promise<Found> => {
  const reader = hostReader(context.call, spec.apiVersion, zoneId)
  const [read, site] = await bothOf(readSource(context, spec, zoneId), readSite(context, spec, reader))
  const chosen = select(spec, site, read.certificates)
  const brought = spec.source.kind === 'newest' ? await readNewest(context, chosen) : read
  checkCnames(spec, chosen.hosts)
  return { ...brought, ...chosen, reader: site === undefined ? undefined : reader }
}

/** The hosts from which to select. */
interface Site {
  readonly hosts: readonly Host[]
  readonly listed: ReturnType<HostReader['listed']>
}

/** Undefined if the key may not read the hosts. */
const readSite = async (context: Context, { selection }: Spec, reader: HostReader): Promise<Site | undefined> => {
  const { warn, log } = context
  try {
    const hosts = await readHosts(selection, reader)
    const listed = reader.listed()
    if (listed === 'hosts') return { hosts, listed }
    log.info('Read with DescribeHostCertificates: DescribeAccelerationDomains is not permitted for this site.')
    warnOfUnlisted(context, selection, hosts, reader.unlisted())
    // An empty list does not prove that the site has no hosts.
    if (hosts.length > 0 || selection.match !== 'exact') return { hosts, listed }
    warn(
      'Hosts not read',
      `EdgeOne lists no certificates for the hosts of the site (DescribeHostCertificates). ${blind}`,
    )
    return undefined
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (!isForbidden(problem)) throw problem
    if (selection.match !== 'exact') throw cannotMatch(problem, selection.match)
    warn(
      'Hosts not read',
      `EdgeOne does not allow this key to list the hosts of the site (${problem.code}), nor their certificates (DescribeHostCertificates). Pages (Makers) sites never allow the former; otherwise allow teo:DescribeAccelerationDomains. ${blind}`,
    )
    return undefined
  }
}

const blind =
  'This run cannot tell whether the hosts exist or already have the certificate, keeps no certificate of another algorithm, and ends when EdgeOne has accepted the change.'

/** No way is known to read the next page of DescribeHostCertificates. */
const warnOfUnlisted = (
  { warn }: Context,
  selection: Spec['selection'],
  hosts: readonly Host[],
  unlisted: number,
): void => {
  if (unlisted === 0) return
  const isExact = selection.match === 'exact'
  if (isExact && unknownHosts(selection.hosts, hosts).length === 0) return
  const what = isExact
    ? 'If a host in `hosts` is one of them, its certificate of another algorithm is not kept.'
    : 'They are left alone; name them in `hosts` with `match: exact`.'
  warn(
    'Hosts not read',
    `EdgeOne counts ${count(hosts.length + unlisted, 'host')} with a certificate and lists ${hosts.length}: the others are unknown (DescribeHostCertificates). ${what}`,
  )
}

const readHosts = async (selection: Spec['selection'], reader: HostReader): Promise<readonly Host[]> => {
  if (selection.match !== 'exact') return reader.all()
  if (selection.hosts.length === 0) return []
  const hosts = await reader.these(selection.hosts)
  // All names are needed to suggest one for an unknown host.
  const isComplete = reader.listed() === 'certificates' || unknownHosts(selection.hosts, hosts).length === 0
  return isComplete ? hosts : reader.all()
}

const cannotMatch = (problem: Problem, match: string): Problem =>
  ownProblem('Input.MatchUnreadable', {
    message: `match: ${match} needs the list of the site's hosts, but EdgeOne refused it (${problem.code})`,
    requestId: problem.requestId,
    cause: problem,
  })

const select = ({ selection }: Spec, site: Site | undefined, certificates: readonly Certificate[]): Chosen => {
  if (selection.match === 'exact') {
    if (site === undefined) return { hosts: selection.hosts.map((name) => ({ name })), notes: [] }
    return (site.listed === 'hosts' ? selectExact : selectListed)(selection.hosts, site.hosts)
  }
  const nameless = certificates.filter(({ names }) => names === undefined)
  if (selection.match === 'certificate' && (nameless.length > 0 || certificates.length === 0)) {
    const ids = nameless.map(({ id }) => id).join(', ')
    throw ownProblem('Certificate.NamesUnknown', {
      message: `match: certificate needs the names of ${ids}, which are unknown`,
    })
  }
  return selectMatching(selection, site?.hosts ?? [], certificates)
}

/** Throws `Input.NoCname` if EdgeOne returns no CNAME to probe: a successful change would be reported as not served. */
const checkCnames = ({ waitFor, connectTo, source, apiVersion }: Spec, hosts: readonly Selected[]): void => {
  if (waitFor !== 'served' || connectTo !== 'cname') return
  if (source.kind === 'mode' && source.mode === 'disable') return
  const without = hosts.filter(
    (host) => !wasRead(host) || (host.cname === undefined && whyInactive(host) === undefined),
  )
  if (without.length === 0) return
  const why = apiVersion === '2022-01-06' ? 'api-version 2022-01-06 returns no CNAME' : 'EdgeOne returned no CNAME'
  throw ownProblem('Input.NoCname', {
    message: `connect-to: cname is not possible for ${count(without.length, 'host')}, because ${why}: ${list(without, 10, ({ name }) => name)}`,
  })
}
