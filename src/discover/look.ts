import type { Probe, Served } from '../model/ports.ts'
import { hasCode, type Problem, toProblem } from '../model/problem.ts'
import { judge, type Witness } from '../model/recognise.ts'
import type { SiteOptions } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import type { Text } from '../util/language.ts'
import { isOneOf } from '../util/lists.ts'
import { day, listed } from '../util/text.ts'
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
  if (place === undefined)
    return wrong('unreachable', { en: 'EdgeOne returned no CNAME for it', zh: 'EdgeOne 未返回其 CNAME' })
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
  const last = found.addresses.at(-1) ?? host
  return doubtful ?? seen[0] ?? wrong('unreachable', { en: `no route to ${last}`, zh: `没有到 ${last} 的路由` })
}

type Addresses = { readonly addresses: readonly string[] } | { readonly why: Text; readonly problem: Problem }

/** The addresses of a name; or why there are none. Throws the reason of the signal. */
export const addressesOf = async (host: string, { resolve, signal }: Looking): Promise<Addresses> => {
  try {
    return { addresses: await resolve(host, signal) }
  } catch (thrown) {
    signal.throwIfAborted()
    const problem = toProblem(thrown)
    const { en, zh } = problem.text
    return {
      why: {
        en: `${en}. Leave the host out of \`hosts\` (a pattern that begins with \`!\` excludes it), or set \`connect-to\``,
        zh: `${zh}。请将该域名从 \`hosts\` 中移除（以 \`!\` 开头的通配规则可以排除它），或设置 \`connect-to\``,
      },
      problem,
    }
  }
}

const wrong = (what: Wrong, text: Text, seen: Pick<Fault, 'served' | 'problem'> = {}): Fault => ({
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
  let distrust: Text | undefined
  for (const one of expected) {
    try {
      const served = await handshake({ host: name, at, algorithm: one.algorithm }, signal)
      const verdict = judge(name, served, one)
      if (verdict.is !== 'expected')
        return wrong(verdict.is, wrongText(verdict.is, served, one, at.host === name ? undefined : at.host), { served })
      by.push(verdict.by)
      distrust ??= served.distrust
    } catch (thrown) {
      signal.throwIfAborted()
      const problem = toProblem(thrown)
      const noRoute = isOneOf(problem.errno ?? '', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTUNREACH')
      if (at.host.includes(':') && noRoute) return 'no route'
      const what = hasCode(problem, 'Network.Tls') ? 'no-handshake' : 'unreachable'
      return wrong(what, problem.text, { problem })
    }
  }
  return { isRight: true, by, distrust }
}

const wrongText = (verdict: Wrong, served: Served, { certificate }: Expected, address: string | undefined): Text => {
  const who = address === undefined ? { en: 'it', zh: '该域名' } : { en: address, zh: `${address} ` }
  const leaf = leafText(served)
  if (verdict === 'previous')
    return {
      en: `${who.en} still serves the previous certificate: ${leaf.en}`,
      zh: `${who.zh}返回的仍是原证书：${leaf.zh}`,
    }
  if (verdict !== 'no-witness')
    return { en: `${who.en} serves another certificate: ${leaf.en}`, zh: `${who.zh}返回的是其他证书：${leaf.zh}` }
  const { id } = certificate
  const it = id === undefined ? { en: 'the new certificate', zh: '新证书' } : { en: id, zh: ` ${id} ` }
  return {
    en: `${who.en} serves a certificate with its name (${leaf.en}), but it cannot be told whether that is ${it.en}: neither service says when ${it.en} ends, or the previous certificate ends at the same time`,
    zh: `${who.zh}返回的证书包含该域名（${leaf.zh}），但无法判断是否为${it.zh.trimEnd()}：两个服务都未提供${it.zh}的到期时间，或原证书与其同时到期`,
  }
}

const leafText = ({ names, notAfter, algorithm }: Served): Text => {
  const { en, zh } = listed(names, 3)
  const end = day(notAfter)
  const kind = algorithm === undefined ? [] : [algorithm]
  return {
    en: [en || 'no names', ...kind, `until ${end}`].join(', '),
    zh: [zh || '无域名', ...kind, `有效期至 ${end}`].join('，'),
  }
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
