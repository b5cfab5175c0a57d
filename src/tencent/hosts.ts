import { algorithmOf } from '../model/certificate.ts'
import type { Bound, Host, MutualTls } from '../model/host.ts'
import { asciiName } from '../model/hostname.ts'
import { isForbidden, type Problem, toProblem } from '../model/problem.ts'
import type { ApiVersion } from '../model/setting.ts'
import { inParallel } from '../util/concurrency.ts'
import { type Fields, fieldsOf, listOf, numberOf, textOf, timeOf } from '../util/json.ts'
import { chunksOf, uniqueBy } from '../util/lists.ts'
import type { Body } from './api.ts'
import type { Call } from './client.ts'
import { type Page, pageOf, readPages } from './pages.ts'
import { teoApi } from './teo.ts'

/** Reads the hosts of one zone. Throws the Problem of the call. */
export interface HostReader {
  /** All hosts of the zone, in order of name. */
  readonly all: () => Promise<Host[]>
  /** Those of these hosts that exist, and possibly others of the zone: read by name or by page, whichever takes fewer calls. */
  readonly these: (names: readonly string[]) => Promise<Host[]>
  /** What was listed last: the hosts of the zone, or the certificates of hosts, where hosts may be missing. */
  readonly listed: () => 'hosts' | 'certificates'
  /** How many hosts more EdgeOne counted than it listed the certificates of. */
  readonly unlisted: () => number
}

/** DescribeAccelerationDomains accepts 20 values in a filter (reference 2.2); for DescribeHostsCertificate no limit is stated. */
const perFilter = 20

/** `byName`: up to this many hosts are read by name while the zone's size is unknown. */
const reads = {
  '2022-09-01': {
    action: 'DescribeAccelerationDomains',
    perPage: 200,
    byName: 100,
    filter: 'domain-name',
    list: 'AccelerationDomains',
    hostOf: (item: Fields) => hostOf(item),
  },
  '2022-01-06': {
    action: 'DescribeHostsCertificate',
    perPage: 1000,
    byName: 0,
    filter: 'host',
    list: 'Hosts',
    hostOf: (item: Fields) => legacyHostOf(item),
  },
} as const satisfies Record<ApiVersion, unknown>

type Reads = Pick<HostReader, 'all' | 'these'>

/** What DescribeHostCertificates lists, and how many hosts it counts. */
interface Certified {
  readonly hosts: Host[]
  readonly total: number
}

/**
 * Reads the hosts of a zone with DescribeAccelerationDomains, or with DescribeHostsCertificate under 2022-01-06. If the former is not
 * permitted, as on Pages (Makers) sites, falls back on DescribeHostCertificates. If that is refused as well, throws the first refusal.
 */
export const hostReader = (call: Call, version: ApiVersion, zoneId: string): HostReader => {
  const listing = listReader(call, version, zoneId)
  const certificates = certificateReader(call, zoneId)
  let refusal: Problem | undefined
  let listed: ReturnType<HostReader['listed']> = 'hosts'
  let unlisted = 0
  const fallBack = async (refused: Problem): Promise<Host[]> => {
    try {
      const { hosts, total } = await certificates()
      listed = 'certificates'
      unlisted = Math.max(0, total - hosts.length)
      refusal = refused
      return hosts
    } catch (thrown) {
      // The action is undocumented: its own refusal would not help the user.
      throw toProblem(thrown).sent === 'refused' ? refused : thrown
    }
  }
  const read = async (how: (from: Reads) => Promise<Host[]>): Promise<Host[]> => {
    if (refusal !== undefined) return fallBack(refusal)
    try {
      return await how(listing)
    } catch (thrown) {
      const problem = toProblem(thrown)
      if (version !== '2022-09-01' || !isForbidden(problem)) throw thrown
      return fallBack(problem)
    }
  }
  return {
    all: () => read(({ all }) => all()),
    these: (names) => read(({ these }) => these(names)),
    listed: () => listed,
    unlisted: () => unlisted,
  }
}

const listReader = (call: Call, version: ApiVersion, zoneId: string): Reads => {
  const { action, perPage, byName, filter, ...answer } = reads[version]
  const api = teoApi(version, action)
  let total: number | undefined
  const read = (body: Body): Promise<Page<Host>> =>
    call(api, { ZoneId: zoneId, ...body }, ({ response }) =>
      pageOf(response[answer.list], response, (item) => named([answer.hostOf(item)])),
    )
  const all = async () => {
    const hosts = await readPages(perPage, async (Offset) => {
      const page = await read({ Offset, Limit: perPage })
      total ??= page.total
      return page
    })
    return inOrder(hosts)
  }
  const these = async (names: readonly string[]) => {
    // After a full page, another is read.
    const pages = total === undefined ? (names.length > byName ? 0 : Infinity) : Math.floor(total / perPage) + 1
    if (pages < Math.ceil(names.length / perFilter)) return all()
    const lists: (readonly Host[])[] = []
    await inParallel(chunksOf(names, perFilter), 8, async (Values) => {
      const { items } = await read({ Limit: perPage, Filters: [{ Name: filter, Values }] })
      lists.push(items)
    })
    return lists.flat()
  }
  return { all, these }
}

/** DescribeHostCertificates (reference 2.8) in one call: its paging and filter names are not documented. */
const certificateReader = (call: Call, zoneId: string) => (): Promise<Certified> =>
  call(teoApi('2022-09-01', 'DescribeHostCertificates'), { ZoneId: zoneId }, ({ response }) => ({
    hosts: inOrder(named(listOf(response['HostCertificates']).map(certifiedHostOf))),
    total: numberOf(response['TotalCount']) ?? 0,
  }))

const named = (hosts: readonly Host[]): Host[] => hosts.filter(({ name }) => name !== '')

/** Sorted by name, without duplicates: a host that moves between pages is listed twice. */
const inOrder = (hosts: readonly Host[]): Host[] =>
  uniqueBy(hosts, ({ name }) => name).sort((a, b) => (a.name < b.name ? -1 : 1))

const hostOf = (item: Fields): Host => {
  const certificate = fieldsOf(item['Certificate'])
  return {
    name: asciiName(textOf(item['DomainName']) ?? ''),
    status: textOf(item['DomainStatus']),
    mode: modeOf(certificate['Mode']),
    certificates: boundIn(certificate['List']),
    mutualTls: mutualTlsOf(certificate),
    cname: textOf(item['Cname']),
  }
}

const legacyHostOf = (item: Fields): Host => ({
  name: asciiName(textOf(item['Host']) ?? ''),
  certificates: boundIn(item['CertInfo']),
  mutualTls: {},
})

/** `HostCertInfo` has more details of the same certificates than `ServerCertInfo`. Either may be empty. */
const certifiedHostOf = (item: Fields): Host => ({
  name: asciiName(textOf(item['Host']) ?? ''),
  mode: modeOf(item['Mode']),
  certificates: uniqueBy([...boundIn(item['HostCertInfo']), ...boundIn(item['ServerCertInfo'])], ({ id }) => id),
  mutualTls: mutualTlsOf(item),
})

/** A certificate that is bound by its ID has the mode `sslcert`; an example of the API shows `ssl` instead. */
const modeOf = (value: unknown): string | undefined => {
  const mode = textOf(value)
  return mode === 'ssl' ? 'sslcert' : mode
}

/** A certificate that is listed twice counts once. */
const boundIn = (value: unknown): readonly Bound[] => uniqueBy(listOf(value).flatMap(boundOf), ({ id }) => id)

const boundOf = (item: Fields): readonly Bound[] => {
  const id = textOf(item['CertId'])
  if (id === undefined) return []
  return [
    {
      id,
      alias: textOf(item['Alias']),
      type: textOf(item['Type']),
      algorithm: algorithmOf(textOf(item['SignAlgo'])),
      notAfter: timeOf(item['ExpireTime']),
      status: textOf(item['Status']),
      deployed: timeOf(item['DeployTime']),
    },
  ]
}

const mutualTlsOf = (certificate: Fields): MutualTls => {
  const client = switched(certificate['ClientCertInfo'])
  const { mutual, originCa } = upstreamOf(fieldsOf(certificate['UpstreamCertInfo']))
  return {
    ...(client === undefined ? {} : { client }),
    ...(mutual === undefined ? {} : { upstream: mutual }),
    ...(originCa === undefined ? {} : { originCa }),
  }
}

/** Where one of the two is told and the other is left out, that is off. */
const upstreamOf = (
  info: Fields,
): { readonly mutual: MutualTls['upstream']; readonly originCa: MutualTls['originCa'] } => {
  const { UpstreamMutualTLS, UpstreamCertificateVerify } = info
  const mutual = switched(UpstreamMutualTLS)
  const originCa = verified(UpstreamCertificateVerify)
  return {
    mutual: UpstreamMutualTLS === undefined && originCa !== undefined ? 'off' : mutual,
    originCa: UpstreamCertificateVerify === undefined && mutual !== undefined ? 'off' : originCa,
  }
}

const switched = (value: unknown): MutualTls['client'] => {
  const { Switch, CertInfos } = fieldsOf(value)
  if (Switch === 'off') return 'off'
  return Switch === 'on' ? idsIn(CertInfos) : undefined
}

const verified = (value: unknown): MutualTls['originCa'] => {
  const { VerificationMode, CustomCACerts } = fieldsOf(value)
  if (VerificationMode === 'disable') return 'off'
  return VerificationMode === 'custom_ca' ? idsIn(CustomCACerts) : undefined
}

const idsIn = (value: unknown): readonly string[] =>
  listOf(value)
    .map((item) => textOf(item['CertId']) ?? '')
    .toSorted()
