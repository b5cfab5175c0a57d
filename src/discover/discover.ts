import type { Certificate } from '../model/certificate.ts'
import type { Host } from '../model/host.ts'
import { isForbidden, ownProblem, type Problem, toProblem } from '../model/problem.ts'
import type { Spec } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import { type HostReader, hostReader } from '../tencent/hosts.ts'
import { bothOf } from '../util/concurrency.ts'
import { type Brought, readSource } from './certificates.ts'
import { type Chosen, selectExact, selectMatching, unknownHosts } from './select.ts'

/** Everything that is known before planning. */
export interface Found extends Brought, Chosen {
  /** Absent if the site's hosts cannot be listed. */
  readonly reader: HostReader | undefined
}

/**
 * Reads the certificates to deploy and the hosts in parallel, and selects the hosts. Changes nothing. Throws `Input.…` or
 * `Certificate.…` if the inputs do not fit what was read, or the Problem of a call.
 */
export const discover = async (context: Context, spec: Spec, zoneId: string): Promise<Found> => {
  const reader = hostReader(context.call, spec.apiVersion, zoneId)
  const [brought, site] = await bothOf(readSource(context, spec, zoneId), readSite(context, spec, reader))
  return { ...brought, ...select(spec, site, brought.certificates), reader: site === undefined ? undefined : reader }
}

/** Hosts of the site, with the selected ones among them; undefined if the key may not list them. */
const readSite = async (
  { warn }: Context,
  { selection }: Spec,
  reader: HostReader,
): Promise<readonly Host[] | undefined> => {
  try {
    if (selection.match !== 'exact') return await reader.all()
    if (selection.hosts.length === 0) return []
    const hosts = await reader.these(selection.hosts)
    // All names are needed to suggest one for a name that was not found.
    return unknownHosts(selection.hosts, hosts).length === 0 ? hosts : await reader.all()
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (!isForbidden(problem)) throw problem
    if (selection.match !== 'exact') throw cannotMatch(problem, selection.match)
    warn(
      'Hosts not read',
      `EdgeOne does not allow this key to list the hosts of the site (${problem.code}). Pages sites never allow it; for other sites, allow teo:DescribeAccelerationDomains. This run cannot tell whether the hosts exist or already have the certificate, keeps no certificate of another algorithm, and ends when EdgeOne has accepted the change.`,
    )
    return undefined
  }
}

const cannotMatch = (problem: Problem, match: string): Problem =>
  ownProblem('Input.MatchUnreadable', {
    message: `match: ${match} needs the list of the site's hosts, but EdgeOne refused it (${problem.code})`,
    requestId: problem.requestId,
    cause: problem,
  })

const select = (
  { selection }: Spec,
  site: readonly Host[] | undefined,
  certificates: readonly Certificate[],
): Chosen => {
  if (selection.match === 'exact') {
    if (site === undefined) return { hosts: selection.hosts.map((name) => ({ name })), notes: [] }
    return selectExact(selection.hosts, site)
  }
  const nameless = certificates.filter(({ names }) => names === undefined)
  if (selection.match === 'certificate' && (nameless.length > 0 || certificates.length === 0)) {
    const ids = nameless.map(({ id }) => id).join(', ')
    throw ownProblem('Certificate.NamesUnknown', {
      message: `match: certificate needs the names of ${ids}, which are unknown`,
    })
  }
  return selectMatching(selection, site ?? [], certificates)
}
