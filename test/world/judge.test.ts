import { createHash, X509Certificate } from 'node:crypto'
import http from 'node:http'
import net from 'node:net'
import tls from 'node:tls'
import { Client as SslClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ssl/v20191205/ssl_client.js'
import { CommonClient } from 'tencentcloud-sdk-nodejs-common'
import { teo } from 'tencentcloud-sdk-nodejs-teo'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Host, newHost, newZone, site } from './state.ts'
import { key, startWorld, temporaryKey, type World } from './world.ts'

// The official SDK, unmodified, against the test world: the world must accept what Tencent Cloud accepts.
let world: World
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world[Symbol.asyncDispose]())

const profile = () => {
  const agent = new http.Agent()
  agent.createConnection = () => net.connect(world.plainPort, '127.0.0.1')
  return { httpProfile: { protocol: 'http://' as const, agent } }
}
const ZoneId = 'zone-2fgd17m17xw'
const binding = { ZoneId, Hosts: ['www.example.com'] }
const named = { ...binding, Mode: 'sslcert', ServerCertInfo: [{ CertId: 'J2JqATrt' }] }
const sdk = (credential: { secretId: string; secretKey: string; token?: string } = key) =>
  new teo.v20220901.Client({ credential, region: '', profile: profile() })
const common = (service: string, version: string) =>
  new CommonClient(`${service}.tencentcloudapi.com`, version, { credential: key, profile: profile() })
const legacy = () => common('teo', '2022-01-06')

const zone = () => {
  const found = world.state.zones.get(ZoneId)
  if (!found) throw new Error('no zone')
  return found
}
const alter = (name: string, host: Partial<Host>) => Object.assign(zone().hosts.get(name) ?? {}, host)
const shown = async (name: string) => {
  const Filters = [{ Name: 'domain-name', Values: [name] }]
  const { TotalCount, AccelerationDomains } = await sdk().DescribeAccelerationDomains({ ZoneId, Filters })
  expect(TotalCount).toBe(1)
  return AccelerationDomains?.[0]
}

test('the SDK binds a certificate in the world', async () => {
  expect(await sdk().ModifyHostsCertificate(named)).toMatchObject({ RequestId: expect.stringMatching(/^5ca1ab1e-/) })
  expect(zone().hosts.get('www.example.com')?.certificates).toEqual([{ id: 'J2JqATrt', status: 'deployed' }])
})

test('the SDK binds a certificate with a temporary key', async () => {
  await sdk(temporaryKey).ModifyHostsCertificate(named)
  await expect(sdk({ ...temporaryKey, token: 'other' }).ModifyHostsCertificate(named)).rejects.toMatchObject({
    code: 'AuthFailure.TokenFailure',
  })
})

test('the SDK binds a certificate and the default with API version 2022-01-06', async () => {
  world.state.deployMs = 0
  await legacy().request('ModifyHostsCertificate', { ...binding, CertInfo: [{ CertId: 'J2JqATrt' }] })
  await legacy().request('ModifyHostsCertificate', binding)
  expect(zone().hosts.get('www.example.com')).toMatchObject({ legacyDefault: true, certificates: [] })
  await expect(legacy().request('ModifyHostsCertificate', named)).rejects.toMatchObject({ code: 'UnknownParameter' })
  expect(await legacy().request('DescribeHostsCertificate', { ZoneId, Offset: 1, Limit: 2 })).toMatchObject({
    TotalCount: 3,
    Hosts: [
      { Host: 'www.example.com', CertInfo: [{ CertId: 'dfltRsa1', Type: 'default', Status: 'deployed' }] },
      { Host: 'xn--bcher-kva.example.com', CertInfo: [{ CertId: 'oldRsa01', Type: 'upload' }] },
    ],
  })
  const Filters = [{ Name: 'host', Values: ['api.example.com'] }]
  expect(await legacy().request('DescribeHostsCertificate', { ZoneId, Filters })).toMatchObject({ TotalCount: 1 })
})

test('the SDK throws what the world refuses', async () => {
  await expect(sdk({ ...key, secretKey: 'x' }).ModifyHostsCertificate(named)).rejects.toMatchObject({
    code: 'AuthFailure.SignatureFailure',
  })
  world.state.clockOffsetMs = 3_600_000
  await expect(sdk().ModifyHostsCertificate(named)).rejects.toMatchObject({ code: 'AuthFailure.SignatureExpire' })
})

const server = (...ids: string[]) => ({ ServerCertInfo: ids.map((CertId) => ({ CertId })) })
test.each([
  ['ResourceUnavailable.CertNotFound', { ...server('unknown1'), Hosts: ['x.example.com'] }],
  ['ResourceUnavailable.HostNotFound', { Hosts: ['www.example.com', 'x.example.com'] }],
  ['ResourceUnavailable.ZoneNotFound', { ZoneId: 'zone-x' }],
  ['InvalidParameter.InvalidCertInfo', server('oldRsa01', 'expRsa01')],
  ['InvalidParameter.InvalidCertInfo', { ServerCertInfo: [] }],
  ['FailedOperation.CertificateHasExpired', server('expEcc01')],
  ['InvalidParameter.CertTooShortKeySize', server('weakRsa1')],
  ['InvalidParameter.CertNotMatchDomain', server('othRsa01')],
  ['InvalidParameterValue', { Hosts: [] }],
  ['InvalidParameterValue', { Mode: 'other' }],
  ['UnknownParameter', { ServerCertInfo: [{ CertId: 'J2JqATrt', Status: 'deployed' }] }],
])('a change is refused as a whole with %s', async (code, change) => {
  await expect(sdk().ModifyHostsCertificate({ ...named, ...change })).rejects.toMatchObject({ code })
  expect(zone().hosts.get('www.example.com')).not.toHaveProperty('changedAt')
})

test('refuses a change because of its hosts or their zone', async () => {
  const both = { ...named, Hosts: ['www.example.com', 'api.example.com'] }
  const refused = (code: string) => expect(sdk().ModifyHostsCertificate(both)).rejects.toMatchObject({ code })
  alter('api.example.com', { client: { Switch: 'on', CertInfos: [{ CertId: 'ca000001' }] } })
  await refused('OperationDenied.HostsClientCertificateInconsistency')
  await sdk().ModifyHostsCertificate({ ...both, ClientCertInfo: { Switch: 'off' } })
  alter('api.example.com', { busyUntil: 0 })
  await refused('OperationDenied')
  alter('www.example.com', { busyUntil: 0, upstream: { UpstreamMutualTLS: { Switch: 'on' } } })
  await refused('OperationDenied.HostsUpstreamCertificateInconsistency')
  alter('www.example.com', { refuses: ['ResourceInUse', ''] })
  await refused('ResourceInUse')
  zone().lock = 'plan_migrate'
  await refused('FailedOperation.InvalidZoneStatus')
})

test('shows a deployment while it takes place', async () => {
  world.state.deployMs = 60_000
  await sdk().ModifyHostsCertificate({ ...named, ...server('J2JqATrt', 'EccAbc12') })
  expect(await shown('www.example.com')).toMatchObject({
    DomainStatus: 'process',
    Certificate: { Mode: 'sslcert', List: [{ CertId: 'J2JqATrt', Status: 'processing' }, { CertId: 'EccAbc12' }] },
  })
  await expect(sdk().ModifyHostsCertificate(named)).rejects.toMatchObject({
    code: 'OperationDenied',
    message: '当前域名状态为部署中，请稍后重试。',
  })
  alter('www.example.com', { busyUntil: Date.now() })
  expect(await shown('www.example.com')).toMatchObject({
    DomainStatus: 'online',
    Certificate: { List: [{ Status: 'deployed', SignAlgo: 'RSA 2048' }, { SignAlgo: 'ECC P-256' }] },
  })
})

test('plays failed deployments, ignored changes and free certificates', async () => {
  world.state.deployMs = 0
  alter('www.example.com', { endsAs: 'issued' })
  alter('api.example.com', { ignores: 1 })
  const both = { ZoneId, Hosts: ['www.example.com', 'api.example.com'] }
  await sdk().ModifyHostsCertificate({ ...named, ...both })
  const [www, api] = [await shown('www.example.com'), await shown('api.example.com')]
  expect(www).toMatchObject({ Certificate: { List: [{ CertId: 'J2JqATrt', Status: 'issued' }] } })
  expect(api).toMatchObject({ Certificate: { List: [{ CertId: 'oldRsa01' }] } })
  await sdk().ModifyHostsCertificate({ ...both, Mode: 'eofreecert' })
  expect(await shown('api.example.com')).toMatchObject({
    Certificate: { Mode: 'eofreecert', List: [{ CertId: 'free-api.example.com', Type: 'managed' }] },
  })
  await sdk().ModifyHostsCertificate(both)
  expect(await shown('api.example.com')).toMatchObject({ Certificate: { Mode: 'disable', List: [] } })
})

test('the SDK reads hosts by pages and in every form', async () => {
  zone().hosts = site(
    Array.from({ length: 250 }, (_, n) => `h${String(249 - n).padStart(3, '0')}.example.com`),
    (_, n) => (n === 0 ? { noCertificate: true } : n === 1 ? { certificates: null, mode: 'disable' } : {}),
  )
  const page = async (Offset?: number, Limit?: number) => {
    const given = { ZoneId, ...(Offset !== undefined && { Offset }), ...(Limit !== undefined && { Limit }) }
    const { TotalCount, AccelerationDomains } = await sdk().DescribeAccelerationDomains(given)
    expect(TotalCount).toBe(250)
    return AccelerationDomains ?? []
  }
  expect(await page()).toHaveLength(20)
  const names = [...(await page(0, 200)), ...(await page(200, 200))].map(({ DomainName }) => DomainName)
  expect(names).toEqual([...zone().hosts.keys()].toReversed())
  await expect(page(0, 201)).rejects.toMatchObject({ code: 'InvalidParameter' })
  world.state.times = '+00:00'
  const [last, none, first] = await page(247)
  expect(last).toMatchObject({
    DomainName: 'h247.example.com',
    DomainStatus: 'online',
    Cname: 'h247.example.com.eo.dnse1.com',
    Certificate: { List: [{ Type: 'upload', ExpireTime: '2036-02-01T00:00:00+00:00', Status: 'deployed' }] },
  })
  expect(none).toMatchObject({ Certificate: { Mode: 'disable', List: null } })
  expect(first).toMatchObject({ DomainName: 'h249.example.com', Certificate: null })
  world.state.sparse = true
  expect((await page(0, 1))[0]?.Certificate?.List).toEqual([{ CertId: 'oldRsa01' }])
})

test('the world refuses filters and fields that it does not know, and zones that may not be read', async () => {
  const values = Array.from({ length: 21 }, (_, n) => `h${n}.example.com`)
  const filtered = (Name: string, Values: string[]) =>
    sdk().DescribeAccelerationDomains({ ZoneId, Filters: [{ Name, Values }] })
  expect(await filtered('domain-name', values.slice(1))).toMatchObject({ TotalCount: 0, AccelerationDomains: [] })
  await expect(filtered('domain-name', values)).rejects.toMatchObject({ code: 'InvalidParameter.TooManyFilterValues' })
  await expect(filtered('origin', ['x'])).rejects.toMatchObject({ code: 'InvalidParameter.InvalidFilterName' })
  const list = (body: object) => common('teo', '2022-09-01').request('DescribeAccelerationDomains', body)
  await expect(list({ ZoneId, Zone: 'x' })).rejects.toMatchObject({ code: 'UnknownParameter' })
  const singular = { ZoneId, Filters: [{ Name: 'domain-name', Value: ['x'] }] }
  await expect(list(singular)).rejects.toMatchObject({ code: 'UnknownParameter' })
  await expect(list({ ZoneId, Limit: '5' })).rejects.toMatchObject({ code: 'InvalidParameter' })
  await expect(list({})).rejects.toMatchObject({ code: 'MissingParameter' })
  zone().readable = false
  await expect(list({ ZoneId })).rejects.toMatchObject({ code: 'UnauthorizedOperation', message: '操作无权限' })
})

test('the SDK reads zones and their default certificates', async () => {
  world.state.zones.set('zone-2', newZone({ id: 'zone-2', name: 'example.org', type: 'pages', lock: 'disable' }))
  expect(await sdk().DescribeZones({})).toMatchObject({ TotalCount: 2, Zones: [{ ZoneId }, { LockStatus: 'disable' }] })
  const byName = { Filters: [{ Name: 'zone-name', Values: ['example.org'] }] }
  expect(await sdk().DescribeZones(byName)).toMatchObject({ Zones: [{ ZoneId: 'zone-2', ZoneName: 'example.org' }] })
  await expect(sdk().DescribeZones({ Limit: 101 })).rejects.toMatchObject({ code: 'InvalidParameter' })
  const old = { Limit: 1000, Filters: [{ Name: 'name', Values: ['example.com'] }] }
  expect(await legacy().request('DescribeZones', old)).toMatchObject({ Zones: [{ Id: ZoneId, Name: 'example.com' }] })
  expect(await sdk().DescribeDefaultCertificates({ ZoneId })).toMatchObject({
    TotalCount: 1,
    DefaultServerCertInfo: [{ CertId: 'dfltRsa1', Type: 'default', SignAlgo: 'RSA 2048' }],
  })
})

test('the SDK reads the certificates of the SSL service', async () => {
  const list = (body: object) => common('ssl', '2019-12-05').request('DescribeCertificates', body)
  expect(await list({ CertIds: ['expEcc01', 'dfltRsa1', 'unknown1'] })).toMatchObject({
    TotalCount: 1,
    Certificates: [
      {
        CertificateId: 'expEcc01',
        Domain: 'example.com',
        SubjectAltName: ['example.com', '*.example.com'],
        CertEndTime: '2025-01-01 08:00:00',
        EncryptAlgorithm: 'ECC P-256',
        Status: 3,
      },
    ],
  })
  const all = await list({ Offset: 7, Limit: 5000 })
  expect(all).toMatchObject({ TotalCount: 9, Certificates: [{}, {}] })
  world.state.sslReadable = false
  await expect(list({})).rejects.toMatchObject({ code: 'AuthFailure.UnauthorizedOperation' })
  await expect(common('ssl', '2019-12-05').request('DescribeZones', {})).rejects.toMatchObject({
    code: 'InvalidAction',
  })
})

test('throttles, plays a fault for one action, and can record nothing', async () => {
  world.state.log = false
  world.state.perSecond = 3
  world.state.faults.push({ kind: 'refuse', code: 'InternalError', message: 'x', on: 'DescribeZones' })
  await sdk().ModifyHostsCertificate(named)
  await expect(sdk().DescribeZones({})).rejects.toMatchObject({ code: 'InternalError' })
  await Promise.all([sdk().DescribeZones({}), sdk().DescribeZones({})])
  await expect(sdk().DescribeZones({})).rejects.toMatchObject({ code: 'RequestLimitExceeded' })
  const { counts, throttled, requests } = world.state
  expect({ counts: Object.fromEntries(counts), throttled, requests }).toEqual({
    counts: { ModifyHostsCertificate: 1, DescribeZones: 4 },
    throttled: 1,
    requests: [],
  })
})

const ssl = (action: string, body: object, site = '') => {
  const client = new CommonClient(`ssl${site}.tencentcloudapi.com`, '2019-12-05', {
    credential: key,
    profile: profile(),
  })
  return client.request(action, body)
}
const names = ['example.com', '*.example.com'] as const
const pemOf = ({ chain, privateKey }: { chain: string; privateKey: string }) => ({
  CertificatePublicKey: chain,
  CertificatePrivateKey: privateKey,
  CertificateType: 'SVR',
  Repeatable: false,
})

test('the SDK uploads a certificate, and the record has no key', async () => {
  const leaf = await world.issue(names, { algorithm: 'ECC P-384', notAfter: new Date('2030-01-02T00:00:00Z') })
  const upload = pemOf(leaf)
  const answer = await ssl('UploadCertificate', { ...upload, Alias: 'gh-main' })
  expect(answer).toMatchObject({ CertificateId: 'up000001', RepeatCertId: '' })
  expect(await ssl('UploadCertificate', upload)).toMatchObject({ CertificateId: 'up000001', RepeatCertId: 'up000001' })
  const copy = await ssl('UploadCertificate', { ...upload, Repeatable: true })
  expect(copy).toMatchObject({ CertificateId: 'up000002', RepeatCertId: '' })
  for (const SearchKey of ['up000001', 'main']) {
    expect(await ssl('DescribeCertificates', { SearchKey })).toMatchObject({
      TotalCount: 1,
      Certificates: [{ Alias: 'gh-main', SubjectAltName: names, EncryptAlgorithm: 'ECC P-384' }],
    })
  }
  expect(await ssl('DescribeCertificates', { SearchKey: 'example.org' })).toMatchObject({ TotalCount: 1 })
  await sdk().ModifyHostsCertificate({ ...named, ...server('up000001') })
  const [first] = world.state.requests
  expect(JSON.parse(first?.body ?? '')).toEqual({ ...upload, Alias: 'gh-main', CertificatePrivateKey: '(key)' })
  expect(first?.keySha256).toBe(createHash('sha256').update(leaf.privateKey).digest('hex'))
  expect(JSON.stringify(world.state.requests)).not.toContain('PRIVATE')
})

test('plays refused uploads and uploads that arrive late at EdgeOne', async () => {
  const [one, other] = [await world.issue(names, { algorithm: 'RSA 2048' }), await world.issue(names)]
  const refused = (change: object, code: string) =>
    expect(ssl('UploadCertificate', { ...pemOf(one), ...change })).rejects.toMatchObject({ code })
  await refused({ CertificatePrivateKey: other.privateKey }, 'FailedOperation.CertificateMatchError')
  await refused({ CertificatePublicKey: 'x' }, 'FailedOperation.CertificateParseError')
  await refused({ CertificatePrivateKey: 'x' }, 'FailedOperation.CertificateParseError')
  const broken = one.chain.replace(/(?<=-----\n)M[\s\S]{20}(?=[\s\S]*$)/g, (text, at) => (at < 100 ? text : 'AAAA'))
  await refused({ CertificatePublicKey: broken }, 'FailedOperation.CertificateChainError')
  await refused({ CertificateType: 'CA' }, 'FailedOperation.CertificateCaError')
  world.state.uploadRefused = ['FailedOperation.NoRealNameAuth', 'x']
  await refused({}, 'FailedOperation.NoRealNameAuth')
  world.state.uploadRefused = undefined
  world.state.slowUploads = 1
  expect(await ssl('UploadCertificate', pemOf(one))).toMatchObject({ CertificateId: 'up000001' })
  world.state.existsError = true
  await refused({}, 'FailedOperation.CertificateExists')
  const bind = () => sdk().ModifyHostsCertificate({ ...named, ...server('up000001') })
  await expect(bind()).rejects.toMatchObject({ code: 'FailedOperation.ModifyFailed' })
  await bind()
  const many = Array.from({ length: 10 }, () => ssl('UploadCertificate', pemOf(other)))
  expect((await Promise.allSettled(many)).some(({ status }) => status === 'rejected')).toBe(true)
  expect(world.state.throttled).toBeGreaterThan(0)
})

test('recognises an upload of a certificate that the edge serves', async () => {
  const leaf = await world.leafOf('J2JqATrt')
  expect(await ssl('UploadCertificate', pemOf(leaf))).toMatchObject({ RepeatCertId: 'J2JqATrt' })
})

test('the SDK asks whether a certificate is there already, without its key, on the China site only', async () => {
  const leaf = await world.issue(names, { algorithm: 'ECC P-256' })
  const check = (CertificatePublicKey: string, where = '') =>
    ssl('CheckCertificateExist', { CertificatePublicKey }, where)
  expect(await check(leaf.chain)).toMatchObject({ RepeatCertId: '', RequestId: expect.any(String) })
  await ssl('UploadCertificate', pemOf(leaf))
  expect(await check(leaf.chain)).toMatchObject({ RepeatCertId: 'up000001' })
  const typed = new SslClient({ credential: key, region: '', profile: profile() })
  const answer = await typed.CheckCertificateExist({ CertificatePublicKey: leaf.chain })
  expect(answer.RepeatCertId).toBe('up000001')
  // The leaf alone tells.
  expect(await check(leaf.certificate)).toMatchObject({ RepeatCertId: 'up000001' })
  expect(await check((await world.leafOf('J2JqATrt')).chain)).toMatchObject({ RepeatCertId: 'J2JqATrt' })
  expect(await check((await world.issue(names)).chain)).toMatchObject({ RepeatCertId: '' })
  const checks = world.state.requests.filter(({ body }) => !body.includes('CertificatePrivateKey'))
  expect(checks).toHaveLength(6)
  await expect(check('x')).rejects.toMatchObject({ code: 'FailedOperation.CertificateParseError' })
  await expect(ssl('CheckCertificateExist', pemOf(leaf))).rejects.toMatchObject({ code: 'UnknownParameter' })
  await expect(ssl('CheckCertificateExist', {})).rejects.toMatchObject({ code: 'MissingParameter' })
  await expect(check(leaf.chain, '.intl')).rejects.toMatchObject({ code: 'InvalidAction' })
  world.state.sslReadable = false
  await expect(check(leaf.chain)).rejects.toMatchObject({ code: 'AuthFailure.UnauthorizedOperation' })
})

test('the SDK deletes with the check, on the China site', async () => {
  const CertificateIds = ['oldRsa01', 'oldEcc01', 'unknown1']
  const { CertTaskIds, Fail } = await ssl('DeleteCertificates', { CertificateIds, IsSync: true })
  expect([CertTaskIds, Fail]).toMatchObject([
    [{ CertId: 'oldRsa01' }, { CertId: 'oldEcc01' }],
    [{ CertId: 'unknown1' }],
  ])
  const TaskIds = CertTaskIds.map(({ TaskId }: { TaskId: string }) => TaskId)
  const results = () => ssl('DescribeDeleteCertificatesTaskResult', { TaskIds })
  expect(await results()).toMatchObject({ DeleteTaskResult: [{ Status: 0 }, { Status: 0 }] })
  expect(await results()).toMatchObject({ DeleteTaskResult: [{ Status: 4 }, { Status: 1 }] })
  expect(await results()).toMatchObject({ DeleteTaskResult: [{ Status: 4 }, { CertId: 'oldEcc01', Status: 1 }] })
  const { certificates } = world.state
  expect([certificates.has('oldRsa01'), certificates.has('oldEcc01')]).toEqual([true, false])
  world.state.roleMissing = true
  const one = { CertificateId: 'EccAbc12', IsCheckResource: true }
  await expect(ssl('DeleteCertificate', one)).rejects.toMatchObject({
    code: 'FailedOperation.RoleNotFoundAuthorization',
  })
  const gone = await ssl('DeleteCertificates', { CertificateIds: ['oldRsa01'] })
  expect(gone).toMatchObject({ Success: ['oldRsa01'], Fail: [], CertTaskIds: [] })
  expect(certificates.has('oldRsa01')).toBe(false)
})

test('the SDK deletes on the international site, and mutes', async () => {
  const intl = (action: string, body: object) => ssl(action, body, '.intl')
  for (const [action, body] of [
    ['DeleteCertificates', { CertificateIds: ['oldEcc01'] }],
    ['DescribeDeleteCertificatesTaskResult', { TaskIds: ['1001'] }],
  ] as const) {
    await expect(intl(action, body)).rejects.toMatchObject({ code: 'InvalidAction' })
  }
  for (const CertificateId of ['oldRsa01', 'oldEcc01']) {
    const answer = await intl('DeleteCertificate', { CertificateId, IsCheckResource: true })
    expect(answer).toMatchObject({ DeleteResult: false, TaskId: expect.any(String) })
  }
  const list = () => intl('DescribeCertificates', { CertIds: ['oldRsa01', 'oldEcc01'] })
  expect(await list()).toMatchObject({ TotalCount: 2 })
  expect(await list()).toMatchObject({ TotalCount: 1, Certificates: [{ CertificateId: 'oldRsa01' }] })
  expect(await intl('DeleteCertificate', { CertificateId: 'EccAbc12' })).toMatchObject({ DeleteResult: true })
  const mute = (CertificateIds: string[], SwitchStatus = 1) =>
    intl('ModifyCertificatesExpiringNotificationSwitch', { CertificateIds, SwitchStatus })
  expect(await mute(['expRsa01', 'expEcc01'])).toMatchObject({ CertificateIds: ['expRsa01', 'expEcc01'] })
  await mute(['expEcc01'], 0)
  expect(world.state.muted).toEqual(new Set(['expRsa01']))
  await expect(mute(Array(51).fill('expRsa01'))).rejects.toMatchObject({ code: 'InvalidParameter' })
})

/** The connection that the proxy opens to `target`. */
const tunnel = (target: string): Promise<net.Socket> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(world.proxy)
    const request = http.request({ host: hostname, port, method: 'CONNECT', path: target, agent: false })
    request.once('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) resolve(socket)
      else reject(new Error(String(statusCode)))
    })
    request.once('error', reject).end()
  })

/** What a client with these options sees: the leaf's SHA-256, and why the client does not trust it. */
const look = async (host: string, offer: tls.ConnectionOptions = {}, target = `${host}:443`) => {
  const socket = await tunnel(target)
  const ca = (await world.issue(names)).root
  return new Promise<{ sha256: string; error: Error | null }>((resolve, reject) => {
    const secure = tls.connect({ socket, servername: host, ca, rejectUnauthorized: false, ...offer }, () => {
      const sha256 = createHash('sha256')
        .update(secure.getPeerX509Certificate()?.raw ?? '')
        .digest('hex')
      secure.end(() => resolve({ sha256, error: secure.authorizationError }))
    })
    secure.once('error', reject).once('close', () => reject(new Error('closed')))
    setTimeout(() => {
      reject(new Error('silent'))
      secure.destroy()
    }, 500).unref()
  })
}
const rsa = { sigalgs: 'rsa_pss_rsae_sha256:rsa_pkcs1_sha256' }
const served = async (...given: Parameters<typeof look>) => {
  const { sha256, error } = await look(...given)
  expect(error).toBeNull()
  const ids = []
  for (const id of world.state.certificates.keys()) {
    if (id !== 'Sm2Cert1' && (await world.leafOf(id)).sha256 === sha256) ids.push(id)
  }
  return ids.join()
}

test('the edge serves what was bound, and only when it is deployed', async () => {
  const www = 'www.example.com'
  expect(await served(www)).toBe('oldRsa01')
  const leaf = await world.issue(names)
  await ssl('UploadCertificate', pemOf(leaf))
  world.state.deployMs = 60_000
  await sdk().ModifyHostsCertificate({ ...named, ...server('J2JqATrt', 'up000001') })
  expect(await served(www)).toBe('oldRsa01')
  alter(www, { busyUntil: Date.now() - 1000 })
  expect([await served(www), await served(www, rsa)]).toEqual(['up000001', 'J2JqATrt'])
  expect((await look(www)).sha256).toBe(leaf.sha256)
  world.state.edgeDelayMs = 60_000
  expect(await served(www)).toBe('oldRsa01')
  alter('api.example.com', { ignores: 1 })
  await sdk().ModifyHostsCertificate({ ...named, Hosts: ['api.example.com'] })
  expect(await served('api.example.com')).toBe('oldRsa01')
  expect(world.state.handshakes.slice(0, 4)).toEqual([
    { host: www, algorithm: 'RSA' },
    { host: www, algorithm: 'RSA' },
    { host: www, algorithm: 'ECC' },
    { host: www, algorithm: 'RSA' },
  ])
})

test('the edge serves wildcards, free and stale certificates, or fails', async () => {
  const { hosts } = zone()
  hosts.set('*.example.com', { ...newHost(), certificates: [{ id: 'EccAbc12', status: 'deployed' }] })
  expect(await served('any.example.com')).toBe('EccAbc12')
  await expect(look('any.example.com', rsa)).rejects.toMatchObject({
    code: expect.stringContaining('HANDSHAKE_FAILURE'),
  })
  hosts.delete('*.example.com')
  await expect(look('any.example.com')).rejects.toMatchObject({ code: expect.stringContaining('HANDSHAKE_FAILURE') })
  world.state.deployMs = 0
  await sdk().ModifyHostsCertificate({ ...binding, Mode: 'eofreecert' })
  expect((await look('www.example.com')).error).toBeNull()
  alter('www.example.com', { edgeServes: ['weakRsa1'] })
  expect(await look('www.example.com', { ciphers: 'DEFAULT@SECLEVEL=0' })).toMatchObject({
    sha256: (await world.leafOf('weakRsa1')).sha256,
  })
  alter('www.example.com', { edgeServes: ['expEcc01'] })
  expect((await look('www.example.com')).error).toBe('CERT_HAS_EXPIRED')
  alter('www.example.com', { edgeDown: true })
  await expect(look('www.example.com')).rejects.toThrow()
  alter('www.example.com', { edgeDown: false, edgeHangs: true })
  await expect(look('www.example.com')).rejects.toThrow('silent')
  expect(world.state.handshakes.at(-1)).toEqual({ host: 'www.example.com' })
})

test('the proxy routes CNAMEs and addresses to the edge, and other names elsewhere', async () => {
  world.state.dnsElsewhere.add('www.example.com')
  expect((await look('www.example.com')).error).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
  expect(world.state.handshakes).toEqual([])
  expect(await served('www.example.com', {}, 'www.example.com.eo.dnse1.com:443')).toBe('oldRsa01')
  expect(await served('www.example.com', {}, `127.0.0.1:${world.edgePort}`)).toBe('oldRsa01')
  await expect(tunnel('www.example.com:8443')).rejects.toThrow('502')
  expect((await look('teo.intl.tencentcloudapi.com')).error).toBeNull()
})

test.each(['RSA 2048', 'RSA 1024', 'ECC P-256', 'ECC P-384'] as const)('a certificate of %s', async (algorithm) => {
  const dates = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') }
  const [below, direct] = [
    await world.issue(names, { algorithm, ...dates }),
    await world.issue(names, { algorithm, via: 'root' }),
  ]
  const [leaf, middle] = below.chain.split(/(?<=-----END CERTIFICATE-----\n)/).map((pem) => new X509Certificate(pem))
  const root = new X509Certificate(below.root)
  expect(middle && leaf?.checkIssued(middle) && leaf.verify(middle.publicKey)).toBe(true)
  expect(middle?.checkIssued(root) && middle.verify(root.publicKey)).toBe(true)
  expect(new X509Certificate(direct.chain).checkIssued(root)).toBe(true)
  expect(leaf).toMatchObject({ validFromDate: dates.notBefore, validToDate: dates.notAfter })
  expect(leaf?.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(below.sha256)
  expect([direct.chain, below.fullchain]).toEqual([direct.certificate, below.chain])
})
