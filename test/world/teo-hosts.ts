import { domainToUnicode } from 'node:url'
import {
  action,
  badFilters,
  badPage,
  cut,
  type Filter,
  filterShape,
  type Page,
  pageShape,
  type Refusal,
} from './request.ts'
import { type Account, type Bound, type Certificate, type Host, newCertificate, type Zone } from './state.ts'

/** Reading the hosts of a zone, and what is shared with reading the zone itself. */

export const busy = ({ status, busyFrom = 0, busyUntil = 0 }: Host): boolean =>
  status === 'process' || (busyFrom <= Date.now() && busyUntil > Date.now())

export const time = ({ times }: Account, at: Date | number): string =>
  new Date(at).toISOString().replace(/\.\d+Z$/, times)

const created = new Date('2026-01-01T00:00:00Z')
const deployed = new Date('2026-03-02T00:00:00Z')

/** A zone that may be read. */
export const readableZone = ({ zones }: Account, id: string | undefined): Zone | Refusal => {
  const zone = zones.get(id ?? '')
  if (!zone) return ['ResourceUnavailable.ZoneNotFound', 'The site does not exist or is not belong to this account.']
  return zone.readable ? zone : ['UnauthorizedOperation', '操作无权限']
}

// Free certificates are not among the uploaded ones, so no call can name them.
export const certificateOf = ({ certificates }: Account, id: string): Certificate | undefined =>
  certificates.get(id) ??
  (id.startsWith('free-') ? newCertificate({ id, alias: 'EdgeOne', names: [id.slice(5)], type: 'managed' }) : undefined)

/** IDs of the certificates that are in effect at the edge. */
export const inEffect = ({ edgeDelayMs }: Account, { defaults }: Zone, host: Host): readonly string[] => {
  const { servedBefore, busyUntil = 0 } = host
  const late = busy(host) || busyUntil + edgeDelayMs > Date.now()
  if (servedBefore !== undefined && late) return servedBefore
  // A call without certificates leaves the mode at `disable`.
  if (host.legacyDefault) return defaults.slice(0, 1)
  if (host.noCertificate || host.mode === 'disable') return []
  const list = host.certificates ?? []
  const deployed = list.filter(({ status = 'deployed' }) => status === 'deployed').map(({ id }) => id)
  return servedBefore !== undefined && deployed.length < list.length ? servedBefore : deployed
}

const deployTimeOf = ({ deployTime }: Account, { changedAt, busyUntil = 0 }: Host): Date | number => {
  if (changedAt === undefined) return deployed
  return deployTime === 'ended' && busyUntil <= Date.now() ? busyUntil : changedAt
}

const item = (account: Account, host: Host, { id, status }: Bound) => {
  if (account.sparse) return { CertId: id }
  const certificate = certificateOf(account, id)
  const deploying = host.changedAt !== undefined && (busy(host) || (host.busyUntil ?? 0) > Date.now())
  return {
    CertId: id,
    ...(certificate && {
      Alias: certificate.alias,
      Type: certificate.type,
      ExpireTime: account.endsUntold ? null : time(account, certificate.notAfter),
      DeployTime: time(account, deployTimeOf(account, host)),
      SignAlgo: certificate.signAlgo ?? certificate.algorithm,
    }),
    ...(account.withoutStatus ? {} : { Status: deploying ? 'processing' : status }),
  }
}

/** A certificate that is applied for may not be listed yet. */
const isListed =
  ({ emptyWhileApplying }: Account) =>
  ({ status }: Bound): boolean =>
    !(emptyWhileApplying && status === 'applying')

const itemsOf = (account: Account, host: Host, all: readonly Bound[] | null) => {
  const certificates = all?.filter(isListed(account)) ?? null
  return certificates === null || (account.nullList && certificates.length === 0)
    ? null
    : certificates.map((bound) => item(account, host, bound))
}

const modeOf = ({ modeWord }: Account, { mode }: Host): string => (mode === 'sslcert' ? modeWord : mode)

/** The host as a list shows it. */
const listed = ({ staleMs }: Account, host: Host): Host => {
  const { changedAt = 0, shownBefore } = host
  if (shownBefore === undefined || changedAt + staleMs <= Date.now()) return host
  return { ...host, ...shownBefore, busyUntil: 0 }
}

const shownName = ({ unicodeNames }: Account, name: string): string => (unicodeNames ? domainToUnicode(name) : name)

const mutualTlsOf = ({ offUntold }: Account, { client, upstream }: Host) => ({
  ClientCertInfo: client ?? (offUntold ? null : { Switch: 'off', CertInfos: [] }),
  UpstreamCertInfo: upstream ?? (offUntold ? null : { UpstreamMutualTLS: { Switch: 'off', CertInfos: [] } }),
})

const domain = (account: Account, zone: Zone, name: string, host: Host) => ({
  ZoneId: zone.id,
  DomainName: shownName(account, name),
  DomainStatus: busy(host) ? 'process' : host.status,
  Cname: `${name}.eo.dnse1.com`,
  IPv6Status: 'follow',
  OriginProtocol: 'FOLLOW',
  CreatedOn: time(account, created),
  ModifiedOn: time(account, host.changedAt ?? created),
  Certificate: host.noCertificate
    ? null
    : {
        Mode: modeOf(account, host),
        List: itemsOf(account, host, host.certificates),
        ...mutualTlsOf(account, host),
      },
})

const sorted = new WeakMap<Map<string, Host>, string[]>()

// Sorted once per zone: with ten thousand hosts, sorting for every page would be slow.
const namesOf = (hosts: Map<string, Host>): string[] => {
  const known = sorted.get(hosts)
  if (known?.length === hosts.size && known.every((name) => hosts.has(name))) return known
  const names = [...hosts.keys()].sort()
  sorted.set(hosts, names)
  return names
}

const selected = ({ hosts }: Zone, filters: readonly Filter[], any: boolean): string[] => {
  if (filters.length === 0) return namesOf(hosts)
  const named = [...new Set(filters.flatMap(({ Values }) => Values))].filter((name) => hosts.has(name)).sort()
  return any ? named : named.filter((name) => filters.every(({ Values }) => Values.includes(name)))
}

interface List extends Page {
  readonly ZoneId: string
  readonly Filters?: readonly Filter[]
  readonly Direction?: string
  readonly Match?: string
}

export const describeAccelerationDomains = action<List>(
  {
    '2022-09-01': {
      'ZoneId!': 'string',
      ...pageShape,
      Filters: filterShape,
      Order: 'string',
      Direction: 'string',
      Match: 'string',
    },
  },
  (account, body) => {
    const { Filters = [], Direction, Match } = body
    const bad = badPage(body, 200) ?? badFilters(Filters, ['domain-name'], 20)
    if (bad) return bad
    const zone = readableZone(account, body.ZoneId)
    if (!('hosts' in zone)) return zone
    const names = selected(zone, Filters, Match === 'any')
    const shown = cut(Direction === 'desc' ? names.toReversed() : names, body, 20)
    return {
      TotalCount: account.hostCount ?? names.length,
      AccelerationDomains: shown.flatMap((name) => {
        const host = zone.hosts.get(name)
        return host ? [domain(account, zone, name, listed(account, host))] : []
      }),
    }
  },
)

const legacyInfo = (account: Account, { defaults }: Zone, host: Host) => {
  if (host.noCertificate) return null
  if (!host.legacyDefault) return itemsOf(account, host, host.certificates)
  return itemsOf(
    account,
    host,
    defaults.slice(0, 1).map((id) => ({ id, status: 'deployed' })),
  )
}

export const describeHostsCertificate = action<List>(
  {
    '2022-01-06': {
      'ZoneId!': 'string',
      ...pageShape,
      Filters: filterShape,
      Sort: { 'Key!': 'string', Sequence: 'string' },
    },
  },
  (account, body) => {
    const { Filters = [] } = body
    const bad = badPage(body, 1000) ?? badFilters(Filters, ['host'], Infinity)
    if (bad) return bad
    const zone = readableZone(account, body.ZoneId)
    if (!('hosts' in zone)) return zone
    const names = selected(zone, Filters, false)
    return {
      TotalCount: names.length,
      Hosts: cut(names, body, 100).flatMap((name) => {
        const host = zone.hosts.get(name)
        return host ? [{ Host: name, CertInfo: legacyInfo(account, zone, host) }] : []
      }),
    }
  },
)

/**
 * The certificates of a zone's hosts: in no definition, seen where the hosts themselves may not be read. Hosts without any certificate are not
 * among them; the filters' names are unknown, so here there are none.
 */
export const describeHostCertificates = action<Pick<List, 'ZoneId' | 'Filters'>>(
  { '2022-09-01': { 'ZoneId!': 'string', Filters: filterShape } },
  (account, { ZoneId, Filters = [] }) => {
    const bad = badFilters(Filters, [], 0)
    if (bad) return bad
    const zone = account.zones.get(ZoneId)
    if (!zone) return ['ResourceUnavailable.ZoneNotFound', 'The site does not exist or is not belong to this account.']
    if (!zone.certificatesReadable) return ['UnauthorizedOperation', '操作无权限']
    const names = namesOf(zone.hosts).filter((name) => !zone.hosts.get(name)?.noCertificate)
    return {
      TotalCount: account.hostCount ?? names.length,
      HostCertificates: names.flatMap((Host) => {
        const host = zone.hosts.get(Host)
        return host ? [{ Host, ...certificatesOf(account, host) }] : []
      }),
    }
  },
)

const certificatesOf = (account: Account, host: Host) => ({
  Mode: modeOf(account, host),
  ApplyType: 'none',
  HostCertInfo: account.infoless ? [] : itemsOf(account, host, host.certificates),
  ServerCertInfo: (host.certificates ?? []).map(({ id }) => ({ CertId: id })),
  ...mutualTlsOf(account, host),
})
