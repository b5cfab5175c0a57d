import { algorithmOf, bitsOf, type Certificate } from '../model/certificate.ts'
import { asciiName } from '../model/hostname.ts'
import type { ApiVersion } from '../model/setting.ts'
import { type Fields, textOf, textsOf, timeOf } from '../util/json.ts'
import type { Call } from './client.ts'
import { pageOf, readPages } from './pages.ts'
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

/** Pages of DescribeZones (reference 2.3, 1.4), and the name of its filter. */
const reads = {
  '2022-09-01': { perPage: 100, filter: 'zone-name', id: 'ZoneId', name: 'ZoneName' },
  '2022-01-06': { perPage: 1000, filter: 'name', id: 'Id', name: 'Name' },
} as const satisfies Record<ApiVersion, unknown>

/** The sites of this name, or without a name all of the account. Throws the Problem of the call. */
export const readZones = async (call: Call, version: ApiVersion, name?: string): Promise<Zone[]> => {
  const { perPage, filter, id, name: nameField } = reads[version]
  const zoneOf = (item: Fields): Zone[] => {
    const zoneId = textOf(item[id])
    if (zoneId === undefined) return []
    return [
      {
        id: zoneId,
        name: asciiName(textOf(item[nameField]) ?? ''),
        status: textOf(item['Status']),
        type: textOf(item['Type']),
        alias: textOf(item['AliasZoneName']),
        lock: textOf(item['LockStatus']),
      },
    ]
  }
  const zones = await readPages(perPage, (Offset) => {
    const body = {
      Offset,
      Limit: perPage,
      ...(name === undefined ? {} : { Filters: [{ Name: filter, Values: [name] }] }),
    }
    return call(teoApi(version, 'DescribeZones'), body, ({ response }) => pageOf(response['Zones'], response, zoneOf))
  })
  return zones.filter((zone) => name === undefined || zone.name === name)
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
