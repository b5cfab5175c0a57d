import { type Action, action, type Refusal } from './request.ts'
import type { Account, Certificate, Host, Mode, Zone } from './state.ts'
import {
  busy,
  describeAccelerationDomains,
  describeHostCertificates,
  describeHostsCertificate,
  inEffect,
} from './teo-hosts.ts'
import { describeDefaultCertificates, describeZones } from './teo-zones.ts'

interface Modify {
  readonly ZoneId: string
  readonly Hosts?: readonly string[]
  readonly Mode?: string
  readonly ServerCertInfo?: readonly { readonly CertId: string }[]
  readonly CertInfo?: readonly { readonly CertId: string }[]
  readonly ClientCertInfo?: unknown
  readonly UpstreamCertInfo?: object
}

const certificate = {
  'CertId!': 'string',
  Alias: 'string',
  Type: 'string',
  ExpireTime: 'string',
  DeployTime: 'string',
  SignAlgo: 'string',
} as const
const mutual = { 'Switch!': 'string', CertInfos: [{ ...certificate, Status: 'string' }] } as const
const shapes = {
  '2022-09-01': {
    'ZoneId!': 'string',
    Hosts: ['string'],
    Mode: 'string',
    ServerCertInfo: [{ ...certificate, CommonName: 'string' }],
    ApplyType: 'string',
    ClientCertInfo: mutual,
    UpstreamCertInfo: {
      UpstreamMutualTLS: mutual,
      UpstreamCertificateVerify: { 'VerificationMode!': 'string', CustomCACerts: mutual.CertInfos },
    },
  },
  '2022-01-06': {
    'ZoneId!': 'string',
    Hosts: ['string'],
    CertInfo: [{ ...certificate, Status: 'string' }],
  },
} as const

const modes: ReadonlySet<string> = new Set(['disable', 'sslcert', 'eofreecert', 'eofreecert_manual'] satisfies Mode[])
const isMode = (text: string): text is Mode => modes.has(text)

const covers = (names: readonly string[], host: string): boolean =>
  names.includes(host) || names.includes(host.replace(/^[^.]+/, '*'))

const refuseCertificates = (
  { leastValidMs }: Account,
  list: readonly Certificate[],
  names: readonly string[],
): Refusal | undefined => {
  const families = list.map(({ algorithm }) => algorithm.split(' ')[0])
  if (new Set(families).size < families.length) {
    return ['InvalidParameter.InvalidCertInfo', 'Invalid edge HTTPS certificate information.']
  }
  if (list.some(({ notAfter }) => notAfter.getTime() <= Date.now())) {
    return ['FailedOperation.CertificateHasExpired', 'The edge HTTPS certificate has expired.']
  }
  if (list.some(({ notAfter }) => notAfter.getTime() <= Date.now() + leastValidMs)) {
    return ['InvalidParameter.CertToExpire', 'The certificate is about to expire.']
  }
  if (list.some(({ algorithm }) => Number(/^RSA (\d+)$/.exec(algorithm)?.[1] ?? Infinity) < 2048)) {
    return [
      'InvalidParameter.CertTooShortKeySize',
      'The key length does not meet the minimum requirement RSA>=2048, DSA>=2048, DH>=2048, and EC>=225.',
    ]
  }
  if (names.some((name) => list.some((one) => !covers(one.names, name)))) {
    return ['InvalidParameter.CertNotMatchDomain', 'The certificate does not match the domain name.']
  }
  return undefined
}

const differ = (settings: readonly unknown[]): boolean => new Set(settings.map((one) => JSON.stringify(one))).size > 1

const refuseHosts = ({ busyRefusal }: Account, hosts: readonly Host[], body: Modify): Refusal | undefined => {
  if (hosts.some(busy)) return busyRefusal
  const refuses = hosts.find((host) => host.refuses)?.refuses
  if (refuses) return refuses
  // An omitted field means keep, which the service cannot do for hosts that differ (field notes, 3.4).
  if (body.ClientCertInfo === undefined && differ(hosts.map(({ client }) => client ?? null))) {
    return [
      'OperationDenied.HostsClientCertificateInconsistency',
      'The edge mutual authentication certificates for the domain name to be changed are inconsistent.',
    ]
  }
  if (body.UpstreamCertInfo === undefined && differ(hosts.map(({ upstream }) => upstream ?? null))) {
    return [
      'OperationDenied.HostsUpstreamCertificateInconsistency',
      'The origin-pull mutual authentication certificates for the domain name to be changed are inconsistent.',
    ]
  }
  return undefined
}

/** A certificate that was just uploaded may not be available to EdgeOne yet (field notes, 18). */
const refuseSlow = ({ slowRefusal }: Account, list: readonly Certificate[]): Refusal | undefined => {
  const slow = list.find((one) => (one.slow ?? 0) > 0)
  if (slow?.slow === undefined) return undefined
  slow.slow -= 1
  return slowRefusal
}

const setMutualTls = ({ mutualTls }: Account, host: Host, { ClientCertInfo, UpstreamCertInfo }: Modify): void => {
  if (mutualTls !== 'kept') {
    delete host.client
    delete host.upstream
  }
  if (mutualTls === 'lost') return
  if (ClientCertInfo !== undefined) host.client = ClientCertInfo
  if (UpstreamCertInfo !== undefined) host.upstream = { ...host.upstream, ...UpstreamCertInfo }
}

/** Whether the host was changed. */
const change = (
  account: Account,
  zone: Zone,
  name: string,
  host: Host,
  mode: Mode,
  ids: readonly string[],
  body: Modify,
) => {
  if (host.ignores !== undefined && host.ignores > 0) {
    host.ignores -= 1
    return false
  }
  host.shownBefore = { mode: host.mode, certificates: host.certificates }
  host.servedBefore = inEffect(account, zone, host)
  const bound = mode.startsWith('eofreecert') ? [`free-${name}`] : ids
  host.mode = mode
  host.certificates = bound.map((id) => ({ id, status: host.endsAs ?? 'deployed' }))
  host.changedAt = Date.now()
  host.busyFrom = host.changedAt + account.startDelayMs
  host.busyUntil = host.busyFrom + (host.deployMs ?? account.deployMs)
  if (host.vanishes) zone.hosts.delete(name)
  setMutualTls(account, host, body)
  delete host.noCertificate
  delete host.legacyDefault
  return true
}

/** All or nothing, except for hosts with `ignores`. */
export const modifyHostsCertificate = action<Modify>(shapes, (account, body, version) => {
  const zone = account.zones.get(body.ZoneId)
  if (!zone) return ['ResourceUnavailable.ZoneNotFound', 'The site does not exist or is not belong to this account.']
  if (zone.lock !== 'enable') return ['FailedOperation.InvalidZoneStatus', 'The site status is invalid.']
  const names = body.Hosts ?? []
  const legacy = version === '2022-01-06'
  const info = (legacy ? body.CertInfo : body.ServerCertInfo) ?? []
  // The most dangerous meaning of an absent Mode: HTTPS is switched off.
  const mode = legacy ? (info.length === 0 ? 'disable' : 'sslcert') : (body.Mode ?? 'disable')
  if (names.length === 0 || !isMode(mode)) return ['InvalidParameterValue', '参数取值错误。']
  if (mode === 'sslcert' && info.length === 0) {
    return ['InvalidParameter.InvalidCertInfo', 'Invalid edge HTTPS certificate information.']
  }
  const ids = mode === 'sslcert' ? info.map(({ CertId }) => CertId) : []
  const list = ids.flatMap((id) => account.certificates.get(id) ?? [])
  if (list.length < ids.length || (account.defaultsNameless && list.some(({ type }) => type === 'default'))) {
    return ['ResourceUnavailable.CertNotFound', 'The certificate does not exist or is not authorized.']
  }
  const hosts = names.flatMap((name) => zone.hosts.get(name) ?? [])
  if (hosts.length < names.length) {
    return ['ResourceUnavailable.HostNotFound', 'The domain name does not exist or not use a proxy.']
  }
  if (account.maxHosts !== undefined && names.length > account.maxHosts.max) {
    return [account.maxHosts.code, `At most ${account.maxHosts.max} domain names.`]
  }
  const refused =
    refuseCertificates(account, list, names) ?? refuseHosts(account, hosts, body) ?? refuseSlow(account, list)
  if (refused) return refused
  for (const [index, host] of hosts.entries()) {
    const changed = change(account, zone, String(names[index]), host, mode, ids, body)
    if (changed && legacy && ids.length === 0) host.legacyDefault = true
  }
  return {}
})

export const teo = {
  versions: ['2022-09-01', '2022-01-06'],
  actions: new Map<string, Action>([
    ['ModifyHostsCertificate', modifyHostsCertificate],
    ['DescribeAccelerationDomains', describeAccelerationDomains],
    ['DescribeHostsCertificate', describeHostsCertificate],
    ['DescribeHostCertificates', describeHostCertificates],
    ['DescribeZones', describeZones],
    ['DescribeDefaultCertificates', describeDefaultCertificates],
  ]),
} as const
