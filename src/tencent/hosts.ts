import { algorithmOf, type Certificate } from '../model/certificate.ts'
import { inParallel, lotsOf } from '../util/concurrency.ts'
import { type Fields, fieldsOf, listOf, textOf, timeOf } from '../util/json.ts'
import { madeOnce } from '../util/memo.ts'
import type { Body } from './api.ts'
import type { Call } from './client.ts'
import { type Page, pageOf, readPages } from './pages.ts'
import { type ApiVersion, teoApi } from './teo.ts'

/** A certificate as a host has it. */
export interface Bound extends Certificate {
  /** `deployed`, `processing`, `applying`, `issued` (binding failed), `failed` (application failed), or what else comes. */
  readonly status?: string | undefined
  /** When it was deployed, Unix milliseconds. */
  readonly deployed?: number | undefined
}

/** What an acceleration domain is and has; most hosts of a site have the same. */
export interface DomainState {
  /** `online`, `process`, `offline`, `forbidden`, `init`, or what else comes; 2022-01-06 does not tell. */
  readonly status?: string | undefined
  /** `Mode` of its certificate; 2022-01-06 does not tell. */
  readonly mode?: string | undefined
  readonly certificates: readonly Bound[]
  /** Its client and upstream certificates, as a key: hosts that differ in it cannot share a call. */
  readonly mutual: string
  /** The name at EdgeOne that the host's DNS is to lead to; only where the reader was to keep it. */
  readonly cname?: string | undefined
}

/** An acceleration domain as the service describes it. */
export interface Domain extends DomainState {
  readonly host: string
}

/** Takes in a domain as it comes. */
export type See = (domain: Domain) => void

/** Reads domains of one zone. Throws the Problem of the call. */
export interface DomainReader {
  /** All of the zone, in order of name. */
  readonly all: () => Promise<Domain[]>
  /** Shows those of these names that exist, and it may be others of the zone: by name or by page, whichever takes fewer calls. */
  readonly these: (hosts: readonly string[], see: See) => Promise<void>
}

/** DescribeAccelerationDomains takes 20 values in a filter (reference 2.2); for its elder no limit is stated. */
const perFilter = 20

/** `byName`: up to this many hosts are asked for by name while nothing is known of the zone's size. */
const reads = {
  '2022-09-01': {
    action: 'DescribeAccelerationDomains',
    perPage: 200,
    byName: 100,
    filter: 'domain-name',
    items: (response: Fields, reading: Reading) =>
      listOf(response['AccelerationDomains']).map((item) => domainOf(item, reading)),
  },
  '2022-01-06': {
    action: 'DescribeHostsCertificate',
    perPage: 1000,
    byName: 0,
    filter: 'host',
    items: (response: Fields, { lists }: Reading) =>
      listOf(response['Hosts']).map((item) => legacyDomainOf(item, lists)),
  },
} as const satisfies Record<ApiVersion, unknown>

/** The reader of a zone's domains: DescribeAccelerationDomains, or DescribeHostsCertificate under 2022-01-06. */
export const domainReader = (
  call: Call,
  version: ApiVersion,
  zoneId: string,
  options: { readonly cnames: boolean },
): DomainReader => {
  const { action, perPage, byName, filter, items } = reads[version]
  const api = teoApi(version, action)
  const lists = listReader()
  let known: number | undefined
  const read = (body: Body, see: See): Promise<Page> =>
    call(api, { ZoneId: zoneId, ...body }, ({ response }) =>
      pageOf(
        items(response, { lists, ...options }).filter(({ host }) => host !== ''),
        response,
        see,
      ),
    )
  const seeAll = (see: See) =>
    readPages(async (Offset) => {
      const page = await read({ Offset, Limit: perPage }, see)
      known ??= page.total
      return page
    })
  const all = async () => {
    const domains: Domain[] = []
    await seeAll((domain) => domains.push(domain))
    domains.sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : 0))
    return domains.filter(({ host }, i) => host !== domains[i + 1]?.host)
  }
  const these = async (hosts: readonly string[], see: See) => {
    const pages = known === undefined ? (hosts.length > byName ? 0 : Infinity) : Math.ceil(known / perPage)
    if (pages < Math.ceil(hosts.length / perFilter)) return seeAll(see)
    await inParallel(lotsOf(hosts, perFilter), 8, async (Values) => {
      await read({ Limit: perPage, Filters: [{ Name: filter, Values }] }, see)
    })
  }
  return { all, these }
}

type ListReader = ReturnType<typeof listReader>

interface Reading {
  readonly lists: ListReader
  readonly cnames: boolean
}

const domainOf = (item: Fields, { lists, cnames }: Reading): Domain => {
  const certificate = fieldsOf(item['Certificate'])
  return {
    host: (textOf(item['DomainName']) ?? '').toLowerCase(),
    status: textOf(item['DomainStatus']),
    mode: textOf(certificate['Mode']),
    certificates: lists(certificate['List']),
    mutual: mutualOf(certificate),
    cname: cnames ? textOf(item['Cname']) : undefined,
  }
}

const legacyDomainOf = (item: Fields, lists: ListReader): Domain => ({
  host: (textOf(item['Host']) ?? '').toLowerCase(),
  certificates: lists(item['CertInfo']),
  mutual: '',
})

/**
 * Reads lists of certificates; lists that say the same are one list. Most hosts of a site have the same certificates, and a site may
 * have ten thousand hosts.
 */
const listReader = () => {
  const listOnce = madeOnce((texts: readonly BoundTexts[]) => texts.map(boundOf), JSON.stringify)
  return (value: unknown): readonly Bound[] =>
    listOnce(
      listOf(value)
        .map((item) => boundFields.map((name) => textOf(item[name])))
        .filter(([id]) => id !== undefined),
    )
}

/** What is read of a certificate, in the order of `boundFields`. */
type BoundTexts = readonly (string | undefined)[]

const boundFields = ['CertId', 'Alias', 'Type', 'SignAlgo', 'ExpireTime', 'Status', 'DeployTime'] as const

const boundOf = ([id = '', alias, type, algorithm, end, status, deployed]: BoundTexts): Bound => ({
  id,
  alias,
  type,
  algorithm: algorithmOf(algorithm),
  notAfter: timeOf(end),
  status,
  deployed: timeOf(deployed),
})

/** Empty when neither edge nor origin-pull authentication is on. */
const mutualOf = (certificate: Fields): string => {
  const upstream = fieldsOf(certificate['UpstreamCertInfo'])
  const verify = fieldsOf(upstream['UpstreamCertificateVerify'])
  const parts = [
    onOf(certificate['ClientCertInfo']),
    onOf(upstream['UpstreamMutualTLS']),
    textOf(verify['VerificationMode']) === 'custom_ca' ? `ca ${idsOf(verify['CustomCACerts'])}` : '',
  ]
  return parts.some((part) => part !== '') ? parts.join('/') : ''
}
const onOf = (value: unknown): string => {
  const mutual = fieldsOf(value)
  return mutual['Switch'] === 'on' ? `on ${idsOf(mutual['CertInfos'])}` : ''
}
const idsOf = (value: unknown): string =>
  listOf(value)
    .map((item) => textOf(item['CertId']) ?? '')
    .toSorted()
    .join(',')
