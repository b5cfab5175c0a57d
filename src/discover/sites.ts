import { type Certificate, coverage } from '../model/certificate.ts'
import { type Finding, hasCode, ownProblem, type Problem, toProblem } from '../model/problem.ts'
import type { GivenSource, Source, Spec, ZoneRef } from '../model/spec.ts'
import type { Entry, LoadedEntry } from '../model/task.ts'
import type { Context } from '../tencent/context.ts'
import { count, listed } from '../util/text.ts'
import { lockOf, type ZoneLookup, type Zones } from './zone.ts'

/** A site of an entry, with what is to be done there; or why nothing can be done. */
export type SiteOrder = GoodOrder | BadOrder
export interface GoodOrder {
  readonly spec: Spec
}
export interface BadOrder {
  readonly spec: Omit<Spec, 'zone' | 'source'> & { readonly zone: ZoneRef; readonly source: Source | GivenSource }
  readonly problem: Problem
}

/**
 * The sites of an entry. With several sites, each host of `match: exact` goes to the site under whose name it lies, and sites without a
 * host are left out. Throws `Input.UnknownHosts`, `Input.NoZone`, or the Problem of a call.
 */
export const sitesOf = async (context: Context, entry: LoadedEntry, zones: Zones): Promise<readonly SiteOrder[]> => {
  if (entry.problem !== undefined) throw entry.problem
  const { options, source } = entry
  const found = await lookUp(context, entry, zones)
  const orders = found.map((lookup): SiteOrder => {
    if ('problem' in lookup) return { spec: { ...options, source, zone: lookup.zone }, problem: lookup.problem }
    const { id, name } = lookup.zone
    return { spec: { ...options, source, zone: { id, ...(name === undefined ? {} : { name }) } } }
  })
  if (orders.length === 1 || options.selection.match !== 'exact') return orders
  // Where the hosts of a site that was not found belong is unknown.
  for (const order of orders) if ('problem' in order && hasCode(order.problem, 'Input.ZoneName')) throw order.problem
  return distribute(orders, options.selection.hosts)
}

const lookUp = async (
  context: Context,
  { zones: wanted, options, source }: Omit<Entry, 'source'> & { readonly source: Source },
  zones: Zones,
): Promise<readonly ZoneLookup[]> => {
  switch (wanted.by) {
    case 'name':
      return Promise.all(wanted.names.map(zones.named))
    case 'id': {
      // Only the distribution of hosts needs the names of the sites.
      const needsNames = wanted.ids.length > 1 && options.selection.match === 'exact'
      return needsNames ? Promise.all(wanted.ids.map(zones.withId)) : wanted.ids.map((id) => ({ zone: { id } }))
    }
    case 'certificate':
      return underNames(await namesOf(context, source), zones)
    default:
      return wanted satisfies never
  }
}

/** The DNS names of the certificates of a source. Throws `Certificate.NamesUnknown` when they cannot be read. */
const namesOf = async ({ shared }: Context, source: Source): Promise<readonly string[]> => {
  const certificates: readonly Pick<Certificate, 'names'>[] =
    source.kind === 'pem'
      ? source.pairs.map(({ facts }) => facts)
      : source.kind === 'ids'
        ? await shared.certificates(source.ids)
        : []
  const names = certificates.flatMap((one) => one.names ?? [])
  if (names.length > 0) return names
  throw ownProblem('Certificate.NamesUnknown', {
    message: {
      en: 'zone-name: auto needs the names of the certificate, which are unknown',
      zh: 'zone-name: auto 需要证书的域名，但证书的域名未知',
    },
  })
}

/** The sites of the account under which one of the names lies, or whose own name is covered. Sites that accept no changes are left out. */
const underNames = async (names: readonly string[], zones: Zones): Promise<readonly ZoneLookup[]> => {
  const bare = names.map((name) => name.toLowerCase().replace(/^\*\./, ''))
  const isCovered = coverage(names)
  const all = (await zones.all()).filter(({ status }) => status !== 'initializing')
  const found = all.filter(({ name }) => isCovered(name) || bare.some((one) => isUnder(one, name)))
  if (found.length === 0) {
    const { en, zh } = listed(names, 10)
    throw ownProblem('Input.NoZone', {
      message: {
        en: `None of ${count(all.length, 'site')} of the account has a name above ${en}`,
        zh: `账号下的 ${all.length} 个站点都不包含 ${zh}`,
      },
    })
  }
  return found.map((zone): ZoneLookup => {
    const problem = lockOf(zone)
    return problem === undefined ? { zone } : { zone, problem }
  })
}

const isUnder = (name: string, zone: string): boolean => zone !== '' && (name === zone || name.endsWith(`.${zone}`))

const nameOf = (zone: ZoneRef): string => ('name' in zone ? (zone.name ?? '') : '')

/** Finds the item whose site has the longest name above a host; undefined if none has. */
const homes = <T>(items: readonly T[], zoneOf: (item: T) => ZoneRef): ((host: string) => T | undefined) => {
  const longestFirst = items.toSorted((a, b) => nameOf(zoneOf(b)).length - nameOf(zoneOf(a)).length)
  return (host) => longestFirst.find((item) => isUnder(host, nameOf(zoneOf(item))))
}

/** Gives each host to the site with the longest name above it. Throws `Input.UnknownHosts` for a host that lies under none. */
const distribute = (orders: readonly SiteOrder[], hosts: readonly string[]): readonly SiteOrder[] => {
  const bySite = Map.groupBy(
    hosts,
    homes(orders, ({ spec }) => spec.zone),
  )
  const homeless = bySite.get(undefined) ?? []
  if (homeless.length > 0) {
    throw ownProblem('Input.UnknownHosts', homelessDetails(homeless, orders))
  }
  return orders.flatMap((order) => {
    const own = bySite.get(order) ?? []
    const selection = { match: 'exact', hosts: own } as const
    if (own.length === 0) return []
    return 'problem' in order
      ? { ...order, spec: { ...order.spec, selection } }
      : { spec: { ...order.spec, selection } }
  })
}

const homelessDetails = (hosts: readonly string[], orders: readonly SiteOrder[]) => {
  const given = listed(orders, 10, ({ spec }) => nameOf(spec.zone))
  const expected = {
    en: `Pass the site of this host as well. Given sites: ${given.en}.`,
    zh: `请同时填写该域名所属的站点。已填写的站点：${given.zh}。`,
  }
  const { en, zh } = listed(hosts, 10)
  const findings = hosts.map((host): Finding => {
    const seen = { en: `“${host}” lies under none of the sites`, zh: `“${host}”不属于任何一个站点` }
    return { input: 'hosts', form: 'sentences', seen, expected }
  })
  const message = {
    en: `${count(hosts.length, 'host')} in none of the ${orders.length} sites: ${en}`,
    zh: `以下 ${hosts.length} 个域名不属于 ${orders.length} 个站点中的任何一个：${zh}`,
  }
  return { message, findings }
}

/** The sites of an entry that cannot be worked on, all for the same reason. Each host is at one of them, as far as their names tell. */
export const failedSites = (entry: LoadedEntry, thrown: unknown): readonly BadOrder[] => {
  const { zones, options, source } = entry
  const problem = toProblem(thrown)
  const named = (): readonly ZoneRef[] => {
    switch (zones.by) {
      case 'id':
        return zones.ids.map((id) => ({ id }))
      case 'name':
        return zones.names.map((name) => ({ name }))
      case 'certificate':
        return [{ name: 'auto' }]
      default:
        return zones satisfies never
    }
  }
  const all = named()
  const homeOf = homes(all, (zone) => zone)
  const { selection } = options
  const selectedAt = (zone: ZoneRef) =>
    selection.match === 'exact'
      ? { ...selection, hosts: selection.hosts.filter((host) => (homeOf(host) ?? all[0]) === zone) }
      : selection
  return all.map((zone) => ({ spec: { ...options, selection: selectedAt(zone), source, zone }, problem }))
}
