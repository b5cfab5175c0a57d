import { algorithmOf, bitsOf, type Certificate } from '../model/certificate.ts'
import { asciiName } from '../model/hostname.ts'
import type { ApiVersion } from '../model/setting.ts'
import { type Fields, textOf, textsOf, timeOf } from '../util/json.ts'
import { chunksOf, uniqueBy } from '../util/lists.ts'
import type { Body } from './api.ts'
import type { Call } from './client.ts'
import { type Page, pageOf, readPages } from './pages.ts'
import { teoApi } from './teo.ts'

/** A site of the account. */
export interface Zone {
  readonly id: string
  readonly name: string
  /** `active`, `pending`, `initializing` (bound to no plan), … */
  readonly status?: string | undefined
  /** `full`, `partial`, `pages`, … */
  readonly type?: string | undefined
  /** Distinguishes sites of the same name (`AliasZoneName`). */
  readonly alias?: string | undefined
  /** `enable`; with `disable` and `plan_migrate`, every change is refused. */
  readonly lock?: string | undefined
}

/** Pages of DescribeZones (reference 2.3, 1.4), and the names of its filter and fields. */
const reads = {
  '2022-09-01': { perPage: 100, filter: 'zone-name', id: 'ZoneId', name: 'ZoneName' },
  '2022-01-06': { perPage: 1000, filter: 'name', id: 'Id', name: 'Name' },
} as const satisfies Record<ApiVersion, unknown>

/** A filter of DescribeZones takes this many values (reference 2.3). */
const perFilter = 20

/** All sites of the account. Throws the Problem of the call. */
export const readZones = (call: Call, version: ApiVersion): Promise<Zone[]> =>
  readPages(reads[version].perPage, (offset) => readPage(call, version, offset))

/** Sites that one of at most 20 values selects: names, or with 2022-09-01 IDs. Throws the Problem of the call. */
const readSome = (call: Call, version: ApiVersion, by: 'name' | 'id', values: readonly string[]): Promise<Zone[]> => {
  const filter = { Name: by === 'id' ? 'zone-id' : reads[version].filter, Values: values }
  return readPages(reads[version].perPage, (offset) => readPage(call, version, offset, [filter]))
}

/** The sites with these IDs, by 2022-09-01. Throws the Problem of the call. */
export const readZonesById = async (call: Call, ids: readonly string[]): Promise<Zone[]> => {
  const lists = await Promise.all(chunksOf(ids, perFilter).map((some) => readSome(call, '2022-09-01', 'id', some)))
  return lists.flat().filter(({ id }) => ids.includes(id))
}

/**
 * The sites with these names, and possibly others. For more than 20 names, the first page is read; then the other pages, or the sites with
 * these names, whichever takes fewer calls. A last page that is full is trusted to be the last if no name is missing. Throws the Problem of
 * a call.
 */
export const readZonesByName = async (call: Call, version: ApiVersion, names: readonly string[]): Promise<Zone[]> => {
  const named = async (some: readonly string[]) =>
    (await Promise.all(chunksOf(some, perFilter).map((few) => readSome(call, version, 'name', few)))).flat()
  if (names.length <= perFilter) return named(names)
  const first = await readPage(call, version, 0)
  const { total = Infinity, items } = first
  // A name may belong to several sites, so one that is on the first page may also be on another.
  const morePages = Math.ceil(total / reads[version].perPage) - 1
  if (morePages <= Math.ceil(names.length / perFilter)) {
    const page = (offset: number) => (offset === 0 ? Promise.resolve(first) : readPage(call, version, offset))
    const wanted = new Set(names)
    return readPages(reads[version].perPage, page, (zones) => wanted.isSubsetOf(new Set(zones.map(({ name }) => name))))
  }
  return uniqueBy([...items, ...(await named(names))], ({ id }) => id)
}

const readPage = (call: Call, version: ApiVersion, offset: number, filters?: readonly Body[]): Promise<Page<Zone>> => {
  const body = { Offset: offset, Limit: reads[version].perPage, ...(filters === undefined ? {} : { Filters: filters }) }
  return call(teoApi(version, 'DescribeZones'), body, ({ response }) =>
    pageOf(response['Zones'], response, (item) => zoneOf(item, reads[version])),
  )
}

const zoneOf = (item: Fields, { id, name }: (typeof reads)[ApiVersion]): Zone[] => {
  const zoneId = textOf(item[id])
  if (zoneId === undefined) return []
  return [
    {
      id: zoneId,
      name: asciiName(textOf(item[name]) ?? ''),
      status: textOf(item['Status']),
      type: textOf(item['Type']),
      alias: textOf(item['AliasZoneName']),
      lock: textOf(item['LockStatus']),
    },
  ]
}

/** A default certificate of a site, with its deployment status. */
export interface DefaultCertificate extends Certificate {
  readonly status?: string | undefined
}

/** DescribeDefaultCertificates (reference 2.5; 2022-09-01 only). Throws the Problem of the call. */
export const readDefaultCertificates = (call: Call, zoneId: string): Promise<DefaultCertificate[]> =>
  readPages(100, (Offset) => {
    const body = { ZoneId: zoneId, Offset, Limit: 100 }
    return call(teoApi('2022-09-01', 'DescribeDefaultCertificates'), body, ({ response }) =>
      pageOf(response['DefaultServerCertInfo'], response, defaultOf),
    )
  })

const defaultOf = (item: Fields): DefaultCertificate[] => {
  const id = textOf(item['CertId'])
  if (id === undefined) return []
  const algorithm = textOf(item['SignAlgo'])
  return [
    {
      id,
      alias: textOf(item['Alias']),
      type: textOf(item['Type']),
      algorithm: algorithmOf(algorithm),
      bits: bitsOf(algorithm),
      names: namesOf(item['SubjectAltName'], item['CommonName']),
      notBefore: timeOf(item['EffectiveTime']),
      notAfter: timeOf(item['ExpireTime']),
      status: textOf(item['Status']),
    },
  ]
}

/** The DNS names that a service gives for a certificate; `undefined` when it gives none. */
export const namesOf = (alternative: unknown, common: unknown): readonly string[] | undefined => {
  const names = textsOf(alternative).filter((name) => name !== '')
  const first = textOf(common)
  if (names.length > 0) return names
  return first === undefined ? undefined : [first]
}
