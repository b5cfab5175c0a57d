import { addressesOf, edgeOf, type Glance, lookAt, lookAtAddress, placeOf } from '../discover/look.ts'
import { type Fault, probeName, requestedOf, type Target } from '../discover/sighting.ts'
import type { AuditedCertificate, SeenLeaf } from '../model/audit.ts'
import type { Host } from '../model/host.ts'
import type { Probe, Served } from '../model/ports.ts'
import type { Problem } from '../model/problem.ts'
import type { Expectation } from '../model/recognise.ts'
import type { ConnectTo } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import { inBoth, type Text } from '../util/language.ts'
import { isOneOf } from '../util/lists.ts'

/** What the handshakes with a host showed. */
export interface Looked {
  /** At each address that answered, for each algorithm. */
  readonly leaves: readonly SeenLeaf[]
  /** What is wrong at the first address that does not serve the host's certificates; undefined when all do. */
  readonly fault?: Fault & { readonly address: string }
  /** Why this machine does not trust what is served. */
  readonly distrust?: Text | undefined
  /** EdgeOne itself serves the right certificates, although the host's own name does not. */
  readonly atEdge: boolean
}

/**
 * What is to be seen of a host: the leaf of each of its certificates. Undefined if there is none that a handshake can show: without
 * HTTPS, or with SM2 certificates alone, which Node cannot request.
 */
export const targetOf = (host: Host, certificates: readonly AuditedCertificate[]): Target | undefined => {
  const shown = certificates.filter(({ algorithm }) => algorithm !== 'SM2')
  if (shown.length === 0) return undefined
  const all = shown.map(({ id, algorithm, sslEnd, edgeEnd }): Expectation => {
    return { certificate: { id, algorithm, sslEnd, edgeEnd }, isKept: true, rivals: [] }
  })
  const expected = requestedOf(all, { certificate: {}, isKept: true, rivals: [] })
  return { host: host.name, name: probeName(host.name), cname: host.cname, expected }
}

/** Looks at every address of a host, once more if it cannot be reached. Throws the reason of the signal. */
export const lookAtHost = async (target: Target, connectTo: ConnectTo, context: Context): Promise<Looked> => {
  const first = await glanceAround(target, connectTo, context)
  const looked =
    first.fault !== undefined && isPassing(first.fault) ? await glanceAround(target, connectTo, context) : first
  const edge = edgeOf(target)
  if (looked.fault === undefined || connectTo !== 'dns' || edge === undefined) return looked
  return { ...looked, atEdge: (await lookAt(target, edge, context)).isRight }
}

/** Whether a fault may be gone in a moment. */
const isPassing = ({ wrong, problem }: Fault): boolean =>
  wrong === 'unreachable' && problem !== undefined && !isOneOf(problem.errno ?? '', 'ENOTFOUND', 'ENODATA')

const glanceAround = async (target: Target, connectTo: ConnectTo, context: Context): Promise<Looked> => {
  const place = placeOf(target, { connectTo })
  if (place === undefined) return unseen(target.name)
  const found = await addressesOf(place.host, context)
  if ('why' in found) return unseen(place.host, found.problem)
  const leaves: SeenLeaf[] = []
  const looking = { ...context, handshake: recorded(context.handshake, leaves) }
  const seen: { readonly address: string; readonly glance: Glance }[] = []
  // DNS turns the order from answer to answer, and a finding tells of one address.
  for (const address of found.addresses.toSorted()) {
    const glance = await lookAtAddress(target, { host: address, port: place.port }, looking)
    if (glance !== 'no route') seen.push({ address: address === target.name ? target.host : address, glance })
  }
  const wrong = seen.flatMap(({ address, glance }) => (glance.isRight ? [] : [{ ...glance, address }]))
  // What is served wrongly says more than an address that cannot be reached.
  const fault = wrong.find(({ served }) => served !== undefined) ?? wrong[0]
  const distrust = seen.flatMap(({ glance }) => (glance.isRight ? (glance.distrust ?? []) : []))[0]
  if (seen.length === 0) return unseen(found.addresses.at(-1) ?? place.host)
  return { leaves, ...(fault === undefined ? {} : { fault }), distrust, atEdge: false }
}

const unseen = (address: string, problem?: Problem): Looked => ({
  leaves: [],
  fault: { isRight: false, wrong: 'unreachable', text: inBoth(''), problem, address },
  atEdge: false,
})

/** The same function, which keeps what it sees. */
const recorded =
  (handshake: Context['handshake'], leaves: SeenLeaf[]): Context['handshake'] =>
  async (probe, signal) => {
    const served = await handshake(probe, signal)
    leaves.push(leafOf(probe, served))
    return served
  }

const leafOf = ({ at }: Probe, { sha256, names, notAfter, algorithm, distrust }: Served): SeenLeaf => ({
  ...{ address: at.host, algorithm, sha256, names, notAfter, distrust },
})
