import { action, badFilters, badPage, cut, type Filter, filterShape, type Page, pageShape } from './request.ts'
import type { Account, Zone } from './state.ts'
import { readableZone, time } from './teo-hosts.ts'

const created = new Date('2025-06-01T00:00:00Z')

const shared = (account: Account, { status, type }: Zone) => ({
  Status: status,
  Type: type,
  Area: 'global',
  Paused: false,
  CnameSpeedUp: 'enabled',
  CnameStatus: 'finished',
  NameServers: [],
  OriginalNameServers: [],
  Tags: [],
  Resources: [],
  CreatedOn: time(account, created),
  ModifiedOn: time(account, created),
})

const shown = (account: Account, zone: Zone, version: string) =>
  version === '2022-01-06'
    ? { Id: zone.id, Name: zone.name, ...shared(account, zone) }
    : {
        ZoneId: zone.id,
        ZoneName: zone.name,
        AliasZoneName: zone.alias,
        LockStatus: zone.lock,
        ActiveStatus: 'active',
        ...shared(account, zone),
      }

interface List extends Page {
  readonly Filters?: readonly Filter[]
}

export const describeZones = action<List>(
  {
    '2022-09-01': { ...pageShape, Filters: filterShape, Order: 'string', Direction: 'string' },
    '2022-01-06': { ...pageShape, Filters: filterShape },
  },
  (account, body, version, _, { key }) => {
    const { Filters = [] } = body
    const legacy = version === '2022-01-06'
    const bad =
      badPage(body, legacy ? 1000 : 100) ??
      (legacy ? badFilters(Filters, ['name'], Infinity) : badFilters(Filters, ['zone-name', 'zone-id'], 20))
    if (bad) return bad
    const own = [...account.zones.values()].filter(({ owner = key?.secretKey }) => owner === key?.secretKey)
    const zones = own.filter(({ id, name }) =>
      Filters.every(({ Name, Values }) => Values.includes(Name === 'zone-id' ? id : name)),
    )
    return {
      TotalCount: zones.length,
      Zones: cut(zones, body, legacy ? 1000 : 20).map((zone) => shown(account, zone, version)),
    }
  },
)

interface Defaults extends List {
  readonly ZoneId?: string
}

export const describeDefaultCertificates = action<Defaults>(
  {
    '2022-09-01': {
      ZoneId: 'string',
      ...pageShape,
      Filters: [{ 'Name!': 'string', 'Values!': ['string'] }],
    },
  },
  (account, body) => {
    const { Filters = [] } = body
    const bad = badPage(body, 100) ?? badFilters(Filters, ['zone-id'], 5)
    if (bad) return bad
    const ids = [body.ZoneId ?? [], ...Filters.map(({ Values }) => Values)].flat()
    const certificates = []
    for (const id of ids.length === 0 ? [undefined] : new Set(ids)) {
      const zone = readableZone(account, id)
      if (!('hosts' in zone)) return zone
      certificates.push(...zone.defaults.flatMap((one) => account.certificates.get(one) ?? []))
    }
    return {
      TotalCount: certificates.length,
      DefaultServerCertInfo: cut(certificates, body, 20).map((certificate) => ({
        CertId: certificate.id,
        Alias: certificate.alias,
        Type: certificate.type,
        ExpireTime: time(account, certificate.notAfter),
        EffectiveTime: time(account, certificate.notBefore),
        CommonName: certificate.names[0],
        SubjectAltName: certificate.names,
        Status: 'deployed',
        Message: '',
        SignAlgo: certificate.algorithm,
      })),
    }
  },
)
