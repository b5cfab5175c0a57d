import type { Inputs } from '../inputs/inputs.ts'
import { ownProblem, type Problem, toProblem } from '../model/problem.ts'
import type { Pair } from '../pem/chain.ts'
import type { Call } from '../tencent/client.ts'
import { isForbidden } from '../tencent/faults.ts'
import { type Domain, type DomainReader, domainReader } from '../tencent/hosts.ts'
import { inParallel } from '../util/concurrency.ts'
import { type Brought, readBrought, type Warn } from './certificates.ts'
import { checkCertificates } from './check.ts'
import { type Selection, selectExact, selectMatching, unknownHosts } from './select.ts'

/** All that is known before a plan is made. */
export interface Reading extends Brought, Selection {
  /** Absent when the site does not let itself be read. */
  readonly reader: DomainReader | undefined
}

/**
 * Reads what the step brings and what the hosts have, side by side, chooses the hosts, and checks the certificates against them. Changes
 * nothing. Throws `Input.…` or `Certificate.…` for what cannot be done as it was asked for, or the Problem of a call.
 */
export const readAll = async (
  call: Call,
  inputs: Inputs,
  zoneId: string,
  now: number,
  warn: Warn,
  pairs: readonly Pair[],
): Promise<Reading> => {
  const reader = domainReader(call, inputs.apiVersion, zoneId, { cnames: inputs.waitFor === 'served' })
  let brought: Brought | undefined
  let site: readonly Domain[] | undefined
  await inParallel(
    [
      async () => {
        brought = await readBrought(call, inputs, zoneId, now, warn, pairs)
      },
      async () => {
        site = await readSite(reader, inputs, warn)
      },
    ],
    2,
    (read) => read(),
  )
  if (brought === undefined) throw new TypeError('nothing was read')
  const selection = select(inputs, site, brought)
  checkCertificates(brought.certificates, {
    hosts: selection.hosts.map(({ host }) => host),
    minDaysLeft: inputs.minDaysLeft,
    input: pairs.length > 0 ? 'certificate' : 'cert-id',
    now,
  })
  return { ...brought, ...selection, reader: site === undefined ? undefined : reader }
}

/** The domains of the site among which the hosts are; undefined when the key may not read them. */
const readSite = async (
  reader: DomainReader,
  { target }: Inputs,
  warn: Warn,
): Promise<readonly Domain[] | undefined> => {
  try {
    if (target.match !== 'exact') return await reader.all()
    if (target.hosts.length === 0) return []
    const domains: Domain[] = []
    await reader.these(target.hosts, (domain) => domains.push(domain))
    // For a name that is not there, the reader needs the names that are.
    return unknownHosts(target.hosts, domains).length === 0 ? domains : await reader.all()
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (!isForbidden(problem)) throw problem
    if (target.match !== 'exact') throw cannotMatch(problem, target.match)
    warn(
      'Hosts not read',
      `EdgeOne does not let this key read the hosts of the site (${problem.code}; a Pages site never does, otherwise allow teo:DescribeAccelerationDomains). So this run cannot tell whether the hosts exist or have the certificate already, keeps no certificate of another algorithm, and ends when EdgeOne has accepted the change.`,
    )
    return undefined
  }
}

const cannotMatch = (problem: Problem, match: string): Problem =>
  ownProblem('Input.MatchUnreadable', {
    message: `match: ${match} needs the list of the site's hosts, and EdgeOne refused it (${problem.code})`,
    requestId: problem.requestId,
    cause: problem,
  })

const select = (inputs: Inputs, site: readonly Domain[] | undefined, { certificates }: Brought): Selection => {
  const { target } = inputs
  if (target.match !== 'exact') {
    const nameless = certificates.filter(({ names }) => names === undefined)
    if (target.match === 'certificate' && (nameless.length > 0 || certificates.length === 0)) {
      const ids = nameless.map(({ id }) => id).join(', ')
      throw ownProblem('Certificate.NamesUnknown', {
        message: `match: certificate needs the names of ${ids}, which are not known`,
      })
    }
    return selectMatching(target, site ?? [], certificates)
  }
  if (site === undefined) return { hosts: target.hosts.map((host) => ({ host })), notes: [] }
  return selectExact(target.hosts, site)
}
