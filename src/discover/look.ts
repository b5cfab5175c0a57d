import type { Probe, Served } from '../model/ports.ts'
import { hasCode, type Problem, toProblem } from '../model/problem.ts'
import { judge, type Witness } from '../model/recognise.ts'
import type { SiteOptions } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import type { Said } from '../util/language.ts'
import { isOneOf } from '../util/lists.ts'
import { day, list } from '../util/text.ts'
import type { Expected, Fault, Right, Sighting, Target, Wrong } from './sighting.ts'

export type Looking = Pick<Context, 'resolve' | 'handshake' | 'signal' | 'clock'>

/** Where a host is probed: where the inputs say, or at its own name; undefined if EdgeOne returned no CNAME. */
export const placeOf = (
  { name, cname }: Target,
  { connectTo }: Pick<SiteOptions, 'connectTo'>,
): Probe['at'] | undefined => {
  if (connectTo === 'dns') return { host: name, port: 443 }
  if (connectTo !== 'cname') return connectTo
  return edgeOf({ cname })
}

/** The host at EdgeOne itself, wherever its DNS points. */
export const edgeOf = ({ cname }: Pick<Target, 'cname'>): Probe['at'] | undefined =>
  cname === undefined ? undefined : { host: cname, port: 443 }

/** Probes a host at each of the addresses of a place. Throws the reason of the signal. */
export const lookAt = async (target: Target, place: Probe['at'] | undefined, looking: Looking): Promise<Sighting> => {
  const seen = await glance(target, place, looking)
  return seen.isRight ? seen : { ...seen, atEdge: false, at: looking.clock.now() }
}

export type Glance = Right | Fault

const glance = async (target: Target, place: Probe['at'] | undefined, looking: Looking): Promise<Glance> => {
  if (place === undefined) return wrong('unreachable', 'EdgeOne returned no CNAME for it')
  const { host, port } = place
  const found = await addressesOf(host, looking)
  if ('why' in found) return wrong('unreachable', found.why, { problem: found.problem })
  const seen: Glance[] = []
  for (const address of found.addresses) {
    const sighting = await lookAtAddress(target, { host: address, port }, looking)
    if (sighting === 'no route') continue
    if (!sighting.isRight) return sighting
    seen.push(sighting)
  }
  const doubtful = seen.find((sighting) => sighting.isRight && sighting.distrust !== undefined)
  return doubtful ?? seen[0] ?? wrong('unreachable', `no route to ${found.addresses.at(-1) ?? host}`)
}

type Addresses = { readonly addresses: readonly string[] } | { readonly why: string; readonly problem: Problem }

/** The addresses of a name; or why there are none. Throws the reason of the signal. */
export const addressesOf = async (host: string, { resolve, signal }: Looking): Promise<Addresses> => {
  try {
    return { addresses: await resolve(host, signal) }
  } catch (thrown) {
    signal.throwIfAborted()
    const hint = 'Leave the host out of `hosts` (a pattern that begins with `!` excludes it), or set `connect-to`'
    const problem = toProblem(thrown)
    return { why: `${problem.message}. ${hint}`, problem }
  }
}

const wrong = (what: Wrong, text: string, seen: Pick<Fault, 'served' | 'problem'> = {}): Fault => ({
  ...{ isRight: false, wrong: what, text },
  ...seen,
})

/** `no route`: an IPv6 address, on a machine without IPv6. What it serves cannot be seen from here, so it is not counted. */
export const lookAtAddress = async (
  { name, expected }: Target,
  at: Probe['at'],
  { handshake, signal }: Looking,
): Promise<Glance | 'no route'> => {
  const by: Witness[] = []
  let distrust: Said | undefined
  for (const one of expected) {
    try {
      const served = await handshake({ host: name, at, algorithm: one.algorithm }, signal)
      const verdict = judge(name, served, one)
      if (verdict.is !== 'expected')
        return wrong(verdict.is, wrongText(verdict.is, served, one, at.host === name ? 'it' : at.host), { served })
      by.push(verdict.by)
      distrust ??= served.distrust
    } catch (thrown) {
      signal.throwIfAborted()
      const problem = toProblem(thrown)
      const noRoute = isOneOf(problem.errno ?? '', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTUNREACH')
      if (at.host.includes(':') && noRoute) return 'no route'
      const what = hasCode(problem, 'Network.Tls') ? 'no-handshake' : 'unreachable'
      return wrong(what, problem.message, { problem })
    }
  }
  return { isRight: true, by, distrust }
}

const wrongText = (verdict: Wrong, served: Served, { certificate }: Expected, address: string): string => {
  const { names, notAfter, algorithm } = served
  const kind = algorithm === undefined ? '' : `${algorithm}, `
  const leaf = `${list(names, 3) || 'no names'}, ${kind}until ${day(notAfter)}`
  if (verdict === 'previous') return `${address} still serves the previous certificate: ${leaf}`
  if (verdict !== 'no-witness') return `${address} serves another certificate: ${leaf}`
  const id = certificate.id ?? 'the new certificate'
  return `${address} serves a certificate with its name (${leaf}), but it cannot be told whether that is ${id}: neither service says when ${id} ends, or the previous certificate ends at the same time`
}

/**
 * SHA-256 of each leaf that a place serves, at any address and for any of these algorithms: none if the server has no certificate. Undefined
 * unless every address answered. Throws the reason of the signal.
 */
export const leavesAt = async (
  { name, expected }: Target,
  place: Probe['at'] | undefined,
  looking: Looking,
): Promise<readonly string[] | undefined> => {
  if (place === undefined) return undefined
  const found = await addressesOf(place.host, looking)
  if ('why' in found) return undefined
  const leaves: string[] = []
  for (const host of found.addresses) {
    for (const { algorithm } of expected) {
      try {
        const { sha256 } = await looking.handshake(
          { host: name, at: { host, port: place.port }, algorithm },
          looking.signal,
        )
        leaves.push(sha256)
      } catch (thrown) {
        looking.signal.throwIfAborted()
        if (!hasCode(toProblem(thrown), 'Network.Tls')) return undefined
      }
    }
  }
  return leaves
}
