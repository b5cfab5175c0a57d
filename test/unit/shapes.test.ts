import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { World } from '../../src/model/ports.ts'
import { Problem } from '../../src/model/problem.ts'
import { hostsOf, wasPlanned } from '../../src/model/result.ts'
import { failureOf } from '../../src/report/annotations.ts'
import { documentOf } from '../../src/report/document.ts'
import { outputNames, outputsOf } from '../../src/report/outputs.ts'
import { summaryOf } from '../../src/report/summary.ts'
import { voiceOf } from '../../src/report/voice.ts'
import { run } from '../../src/run.ts'
import { countedClock } from '../support/clock.ts'
import { isDeep, runs } from '../support/depth.ts'
import { envWith } from '../support/inputs.ts'
import { silent } from '../support/log.ts'
import { dns, keyOf, newKeys, newLeaf, pemOf } from '../support/pem-material.ts'

const voice = await voiceOf('en-US')

const later = '2027-02-01T00:00:00Z'
const start = Date.parse('2026-11-24T00:00:00Z')
const hour = 3_600_000
/** Requests after which a run is taken for one that never ends: those of its half hour at the pace that is allowed, and more. */
const mostRequests = 100_000

type Fields = Readonly<Record<string, unknown>>

const zone = { ZoneId: 'zone-1', ZoneName: 'example.com', Status: 'active', Type: 'full', LockStatus: 'enable' }
const bound = { CertId: 'old', Alias: 'a', Type: 'upload', ExpireTime: later, Status: 'deployed', SignAlgo: 'RSA 2048' }
const mutual = { Switch: 'on', CertInfos: [{ CertId: 'ca' }] }
const certificate = {
  Mode: 'sslcert',
  List: [bound, { CertId: 'other' }],
  ClientCertInfo: mutual,
  UpstreamCertInfo: {
    UpstreamMutualTLS: mutual,
    UpstreamCertificateVerify: { VerificationMode: 'custom_ca', CustomCACerts: [{ CertId: 'ca' }] },
  },
}
const domain = (DomainName: string) => ({
  DomainName,
  DomainStatus: 'online',
  Cname: `${DomainName}.eo.dnse1.com`,
  Certificate: certificate,
})
const hosts = ['www.example.com', 'a.example.com']
/** As DescribeHostCertificates gives a host of a Pages site. */
const certifiedHost = (Host: string, HostCertInfo: readonly Fields[]): Fields => ({
  Host,
  Mode: 'sslcert',
  ApplyType: 'none',
  HostCertInfo,
  ServerCertInfo: HostCertInfo.map(({ CertId }) => ({ CertId })),
  ClientCertInfo: mutual,
  UpstreamCertInfo: certificate.UpstreamCertInfo,
})
const temporary = {
  Credentials: { TmpSecretId: 'AKIDtemporary', TmpSecretKey: 'keytemporary', Token: 'token' },
  ExpiredTime: (start + hour) / 1000,
  Expiration: later,
}

/** What each action is answered with when all is well. */
const valid: Readonly<Record<string, Fields>> = {
  DescribeZones: {
    TotalCount: 2,
    Zones: [
      { ...zone, Id: 'zone-1', Name: 'example.com' },
      { ...zone, ZoneId: 'zone-2', ZoneName: 'other.com' },
    ],
  },
  DescribeAccelerationDomains: { TotalCount: 2, AccelerationDomains: hosts.map(domain) },
  DescribeHostsCertificate: { TotalCount: 2, Hosts: hosts.map((Host) => ({ Host, CertInfo: [bound] })) },
  DescribeHostCertificates: { TotalCount: 2, HostCertificates: hosts.map((host) => certifiedHost(host, [bound])) },
  DescribeDefaultCertificates: {
    TotalCount: 1,
    DefaultServerCertInfo: [
      {
        CertId: 'd1',
        Status: 'deployed',
        SignAlgo: 'RSA 2048',
        EffectiveTime: '2026-11-01T00:00:00Z',
        ExpireTime: later,
        SubjectAltName: ['*.example.com'],
        CommonName: 'example.com',
      },
    ],
  },
  DescribeCertificates: {
    TotalCount: 1,
    Certificates: ['J2JqATrt', 'other', 'old'].map((CertificateId) => ({
      CertificateId,
      Alias: 'a',
      EncryptAlgorithm: 'RSA 2048',
      SubjectAltName: ['*.example.com'],
      Domain: 'example.com',
      CertBeginTime: '2026-11-01 00:00:00',
      CertEndTime: '2027-02-01 00:00:00',
      IsSM: false,
    })),
  },
  ModifyHostsCertificate: {},
  CheckCertificateExist: { RepeatCertId: '' },
  UploadCertificate: { CertificateId: 'new', RepeatCertId: '' },
  CreateCertificateBindResourceSyncTask: { CertTaskIds: [{ CertId: 'old', TaskId: 'b' }] },
  DescribeCertificateBindResourceTaskResult: {
    SyncTaskBindResourceResult: [
      {
        TaskId: 'b',
        Status: 1,
        Error: { Code: '', Message: '' },
        BindResourceResult: [
          { ResourceType: 'clb', BindResourceRegionResult: [{ Region: 'ap-guangzhou', TotalCount: 0, Error: '' }] },
        ],
      },
    ],
  },
  DeleteCertificates: { CertTaskIds: [{ CertId: 'old', TaskId: 't' }], Success: [], Fail: [] },
  DescribeDeleteCertificatesTaskResult: { DeleteTaskResult: [{ TaskId: 't', Status: 1, Error: '' }] },
  DeleteCertificate: { DeleteResult: true, TaskId: 't' },
  ModifyCertificatesExpiringNotificationSwitch: { CertificateIds: ['old'] },
  AssumeRole: temporary,
  AssumeRoleWithWebIdentity: temporary,
  GetCallerIdentity: { AccountId: '100000000001', Arn: 'qcs::sts:1:x', UserId: '1', PrincipalId: '1', Type: 'CAMUser' },
}

const keys = await newKeys()
const base = { 'zone-id': 'zone-1', hosts: hosts.join(' '), 'wait-minutes': '1' }
const role = { 'role-arn': 'qcs::cam::uin/100000000001:roleName/x' }
const byName = { 'zone-id': '', 'zone-name': 'example.com' }
const elder = { 'api-version': '2022-01-06' }
const pattern = { hosts: '**', match: 'pattern' }
const pem = {
  'cert-id': '',
  certificate: await newLeaf(dns('*.example.com'), keys),
  'private-key': pemOf(await keyOf(keys)),
}

/** Runs that ask for each action: what is asked, and the inputs for it. */
const cases: readonly (readonly [action: string, name: string, inputs: Readonly<Record<string, string>>])[] = [
  ['DescribeZones', 'by name', byName],
  ['DescribeZones', 'by name, 2022-01-06', { ...byName, ...elder }],
  ['DescribeCertificates', 'by ID', {}],
  ['DescribeCertificates', 'by names', { INPUT_HOSTS: '', INPUT_MATCH: 'certificate' }],
  ['DescribeCertificates', 'by text', { ...pem, INPUT_SITE: 'international', 'INPUT_DRY-RUN': 'true' }],
  ['CheckCertificateExist', 'PEM', pem],
  ['DescribeAccelerationDomains', 'exact', {}],
  ['DescribeAccelerationDomains', 'pattern', pattern],
  ['DescribeAccelerationDomains', 'with a rollback', { ...pattern, rollback: 'true' }],
  ['DescribeAccelerationDomains', 'served', { ...pattern, 'wait-for': 'served', 'connect-to': 'cname' }],
  ['DescribeHostsCertificate', 'exact', elder],
  ['DescribeHostsCertificate', 'pattern', { ...elder, ...pattern }],
  ['DescribeHostCertificates', 'exact', {}],
  ['DescribeHostCertificates', 'pattern, with a rollback', { ...pattern, rollback: 'true' }],
  ['DescribeHostCertificates', 'mute', { 'old-certificates': 'mute' }],
  ['DescribeDefaultCertificates', 'default', { 'cert-id': 'default' }],
  ['ModifyHostsCertificate', 'accepted', { 'wait-for': 'accepted' }],
  ['ModifyHostsCertificate', 'deployed', {}],
  ['UploadCertificate', 'PEM', pem],
  ['CreateCertificateBindResourceSyncTask', 'mute', { 'old-certificates': 'mute' }],
  ['DescribeCertificateBindResourceTaskResult', 'delete', { 'old-certificates': 'delete' }],
  ['DeleteCertificates', 'delete', { 'old-certificates': 'delete' }],
  ['DescribeDeleteCertificatesTaskResult', 'delete', { 'old-certificates': 'delete' }],
  ['DeleteCertificate', 'delete', { 'old-certificates': 'delete', site: 'international' }],
  ['ModifyCertificatesExpiringNotificationSwitch', 'mute', { 'old-certificates': 'mute' }],
  ['AssumeRole', 'role', role],
  ['AssumeRoleWithWebIdentity', 'OIDC', { ...role, 'secret-id': '', 'secret-key': '', 'oidc-provider': 'github' }],
  ['GetCallerIdentity', 'account', { 'allowed-account-ids': '100000000001' }],
]

/** Runs the step against a service that answers `action` with these bodies in turn, and then with the last. */
const play = async (inputs: Readonly<Record<string, string>>, action: string, ...bodies: readonly string[]) => {
  const clock = countedClock()
  const given: string[] = []
  let asked = 0
  let requests = 0
  const send: World['send'] = async ({ headers, body: sent }) => {
    requests += 1
    if (requests > mostRequests) throw new TypeError('it never ends')
    const called = headers['x-tc-action'] ?? ''
    if (called === 'ModifyHostsCertificate') for (const one of bearersOf(sent.toString())) given.push(one)
    // On a Pages site, the hosts themselves may not be read.
    const isPages = action === 'DescribeHostCertificates' && called === 'DescribeAccelerationDomains'
    const fields = isPages ? { Error: { Code: 'UnauthorizedOperation', Message: 'no' } } : asGiven(called, given)
    const right = { Response: { ...fields, RequestId: 'r-1' } }
    const body = called === action ? (bodies[asked++] ?? bodies.at(-1)) : undefined
    return { status: 200, date: undefined, body: body ?? JSON.stringify(right) }
  }
  const result = await run({
    language: 'en-US',
    env: envWith({ ...base, ...inputs }),
    send,
    clock,
    log: silent,
    handshake: async ({ host }) => ({
      sha256: 'f0',
      names: [host],
      notBefore: start,
      notAfter: Date.parse(later),
      algorithm: 'RSA',
    }),
    resolve: async (host) => [host],
    readFile: async () => '',
    idToken: async () => 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln',
    cancelled: new AbortController().signal,
  })
  return { result, asked, requests, now: clock.now() }
}

const bearersOf = (sent: string): string[] => {
  const { Hosts = [], CertInfo, ServerCertInfo = CertInfo } = JSON.parse(sent)
  return ServerCertInfo === undefined ? [] : [...Hosts, ...ServerCertInfo.map(({ CertId }: Fields) => CertId)]
}

/** A right answer, in which the hosts have what they were given. */
const asGiven = (action: string, given: readonly string[]): Fields | undefined => {
  const ids = [...new Set(given)].filter((id) => !id.includes('.'))
  if (ids.length === 0) return valid[action]
  const List = ids.map((CertId) => ({ ...bound, CertId }))
  if (action === 'DescribeAccelerationDomains') {
    const all = hosts.map((host) => ({ ...domain(host), Certificate: { ...certificate, List } }))
    return { TotalCount: 2, AccelerationDomains: all }
  }
  if (action === 'DescribeHostCertificates') {
    return { TotalCount: 2, HostCertificates: hosts.map((host) => certifiedHost(host, List)) }
  }
  if (action === 'DescribeHostsCertificate') {
    return { TotalCount: 2, Hosts: hosts.map((Host) => ({ Host, CertInfo: List })) }
  }
  return valid[action]
}

const expectSound = ({ result, now }: Awaited<ReturnType<typeof play>>): void => {
  const { problem } = result
  if (problem !== undefined) {
    expect(problem).toBeInstanceOf(Problem)
    expect(`${problem.code} ${problem.code === 'Run.Unexpected' ? problem.message : ''}`).not.toContain(
      'Run.Unexpected',
    )
  }
  for (const host of hostsOf(result)) if (wasPlanned(host)) expect(host.problem?.code).not.toBe('Run.Unexpected')
  expect(result.warnings.map(({ en }) => en).join()).not.toContain('Run.Unexpected')
  const outputs = outputsOf(result)
  expect([...Object.keys(outputs), 'result-path']).toEqual([...outputNames])
  JSON.parse(documentOf(result))
  expect(Buffer.byteLength(summaryOf(result, now, voice))).toBeLessThan(1 << 20)
  expect((failureOf(result, voice) !== undefined) === (problem !== undefined)).toBe(true)
  expect(now - start).toBeLessThan(hour)
}

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    0.5,
    -1e308,
    1_000_000,
    '',
    ' ',
    '0',
    '__proto__',
    'constructor',
    '9999-99-99T99:99:99Z',
    '9999-12-31T23:59:59-99:99',
    '+275760-09-13',
    [],
    {},
    [[]],
    [null],
    [[[[[{}]]]]],
    { __proto__: null, length: 3 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
)

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A tree with one of its nodes done over. */
const mutated = (value: unknown, at: number, how: (node: unknown) => unknown): unknown => {
  let left = at
  const visit = (node: unknown): unknown => {
    if (left-- === 0) return how(node)
    if (Array.isArray(node)) return node.map(visit).filter((item) => item !== undefined)
    if (isFields(node)) return Object.fromEntries(Object.entries(node).map(([name, one]) => [name, visit(one)]))
    return node
  }
  return visit(value)
}
const nodesIn = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, one) => sum + nodesIn(one), 1)
    : 1

const changes = (node: unknown, other: unknown) =>
  [
    other,
    undefined,
    [node],
    [node, other, node],
    { Value: node },
    JSON.stringify(node) ?? '',
    typeof node === 'string' ? Number.parseInt(node, 36) : node,
    Array.isArray(node) ? Object.assign({}, node) : node,
    Array.isArray(node) ? Array(300).fill(node[0]) : node,
  ] as const

/** A right answer with up to four nodes dropped, replaced, wrapped, or made another type. */
const mutation = (right: unknown): fc.Arbitrary<unknown> =>
  fc
    .array(fc.tuple(fc.nat(200), fc.nat(8), odd), { minLength: 1, maxLength: 4 })
    .map((all) =>
      all.reduce<unknown>(
        (tree, [at, how, other]) => mutated(tree, at % nodesIn(tree), (node) => changes(node, other)[how]),
        right,
      ),
    )

/** Larger totals are below, in a process of their own. */
const isBounded = (body: unknown): boolean => {
  const { Response } = isFields(body) ? body : {}
  const total = isFields(Response) ? Response['TotalCount'] : 0
  return typeof total !== 'number' || total <= 1_000_000
}

const answer = (action: string): fc.Arbitrary<unknown> => {
  const right = { Response: { ...valid[action], RequestId: 'r-1' } }
  const code = fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'toString',
    'AuthFailure',
    'a.b',
    '.',
    'ResourceInUse',
    7,
  )
  const refusal = fc.record({ Code: fc.oneof(code, fc.string(), odd), Message: fc.oneof(fc.string(), odd) })
  const any = fc.oneof(
    { weight: 6, arbitrary: mutation(right) },
    { weight: 1, arbitrary: fc.constant(right) },
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: fc.jsonValue().map((Response) => ({ Response })) },
    {
      weight: 1,
      arbitrary: fc.oneof(refusal, odd).map((refused) => ({ Response: { Error: refused, RequestId: 'r-1' } })),
    },
  )
  return any.filter(isBounded)
}

describe.each(cases)('%s, %s', (action, _name, inputs) => {
  test('a run calls it, and takes a valid answer', async () => {
    const played = await play(inputs, action, JSON.stringify({ Response: { ...valid[action], RequestId: 'r-1' } }))
    expect(played.asked).toBeGreaterThan(0)
    expectSound(played)
  })

  test('any answer ends in a result', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer(action), { minLength: 1, maxLength: 3 }), async (bodies) => {
        expectSound(await play(inputs, action, ...bodies.map((body) => JSON.stringify(body) ?? '')))
      }),
      { numRuns: runs(50), interruptAfterTimeLimit: 20_000, markInterruptAsFailure: true },
    )
  })
})

/** One run that asks for each action. */
const oneOfEach = cases.filter(([action], i) => cases.findIndex(([other]) => other === action) === i)

/** More than a call takes as its arguments, such as `push(...items)`. */
const many = 150_000
/** A body of less than 10 MB, which is what is read at most. */
const wrap = (fields: string): string => `{"Response":{"RequestId":"r-1",${fields}}}`
const nested = (n: number): string => `${'['.repeat(n)}${']'.repeat(n)}`
/** Such an answer is read at each poll: one is enough. */
const briefly = { 'wait-minutes': '0.02' }
const times = (n: number, item: object): string => `[${Array(n).fill(JSON.stringify(item)).join()}]`

describe('large answers', () => {
  test.each([
    ['AccelerationDomains', {}, 'DescribeAccelerationDomains', times(many, { DomainName: hosts[0] })],
    ['AccelerationDomains', pattern, 'DescribeAccelerationDomains', times(many, { DomainName: hosts[0] })],
    ['Hosts', elder, 'DescribeHostsCertificate', times(many, { Host: hosts[0] })],
    ['Certificates', {}, 'DescribeCertificates', times(many, { CertificateId: 'J2JqATrt' })],
    ['Zones', byName, 'DescribeZones', times(many, { ZoneId: 'z', ZoneName: 'e' })],
    ['DefaultServerCertInfo', { 'cert-id': 'default' }, 'DescribeDefaultCertificates', times(many, { CertId: 'd' })],
  ] as const)('with many %s %j', async (list, given, action, items) => {
    const inputs = { ...briefly, ...given }
    const total = `"TotalCount":${items.split('{').length - 1}`
    expectSound(await play(inputs, action, wrap(`"${list}":${items},${total}`)))
    if (!isDeep) return
    // A page that has more than was asked for.
    const first = items.slice(0, items.indexOf('}') + 1)
    expectSound(
      await play(inputs, action, wrap(`"${list}":${first}],"TotalCount":2`), wrap(`"${list}":${items},${total}`)),
    )
  })

  test.each(oneOfEach)('an answer to %s, %s, that is nested deeply', async (action, _name, given) => {
    const inputs = { ...briefly, ...given }
    const deep = nested(20_000)
    const right = JSON.stringify({ Response: { ...valid[action], RequestId: 'r-1' } })
    expectSound(await play(inputs, action, deep))
    expectSound(await play(inputs, action, wrap(`"Error":${deep}`)))
    const names = [...right.matchAll(/"(\w+)":/g)].map(([, name = '']) => name)
    for (const [n, name] of names.entries()) {
      // A third of the fields, other ones for the next action, unless everything is tried.
      if (name === 'Response' || name === 'RequestId' || !(isDeep || n % 3 === action.length % 3)) continue
      const first = right.search(`"${name}":`) + name.length + 3
      const end = first + lengthOfValue(right.slice(first))
      expectSound(await play(inputs, action, `${right.slice(0, first)}${deep}${right.slice(end)}`))
    }
  })
})

describe.each(oneOfEach)('an answer to %s, %s, with keys that objects inherit', (action, _name, inputs) => {
  const right = { ...valid[action], RequestId: 'r-1' }
  const inherited = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']

  test('is nothing but an answer without the real fields', async () => {
    for (const name of inherited) {
      // Written as text: in an object literal, `__proto__` would set the prototype.
      const whole = `{"Response":{"RequestId":"r-1","${name}":${JSON.stringify(right)}}}`
      const { result } = await play(inputs, action, whole)
      const empty = await play(inputs, action, '{"Response":{"RequestId":"r-1"}}')
      expect([result.outcome, result.problem?.code], name).toEqual([empty.result.outcome, empty.result.problem?.code])
      expectSound(await play(inputs, action, `{"${name}":{"Response":${JSON.stringify(right)}}}`))
    }
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('RequestId' in {}).toBe(false)
  })

  test('beside the real fields changes nothing', async () => {
    const plain = await play(inputs, action, JSON.stringify({ Response: right }))
    const extra = inherited.map((name) => `"${name}":{"Error":{"Code":"FailedOperation"},"TotalCount":9}`).join()
    const played = await play(
      inputs,
      action,
      JSON.stringify({ Response: right }).replaceAll('{', `{${extra},`).replaceAll(',}', '}'),
    )
    expect(played.result.outcome).toBe(plain.result.outcome)
    expect(documentOf(played.result)).toBe(documentOf(plain.result))
  })
})

/** How long the JSON value is that a text begins with. */
const lengthOfValue = (text: string): number => {
  let open = 0
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},]|[^[\]{},"]+/g)) {
    if ('[{'.includes(token[0])) open += 1
    else if (']}'.includes(token[0])) open -= 1
    if (open <= 0) return open < 0 ? token.index : token.index + token[0].length
  }
  return text.length
}

// A loop that goes on and on can be ended only from outside.
test.each(['1e9', '9007199254740993', '1e308'])(
  'a total of %s ends in pages or a Problem, in bounded memory',
  async (total) => {
    const pages = pathToFileURL(join(import.meta.dirname, '../../src/tencent/pages.ts')).href
    const script = `
    import { readPages } from ${JSON.stringify(pages)}
    let reads = 0
    const read = async () => {
      reads += 1
      if (reads > 50) throw new RangeError('the deadline')
      return { items: [reads], given: 1, total: ${total} }
    }
    await readPages(1, read).catch(({ message }) => message)
    console.log('ended', reads)`
    const run = promisify(execFile)(
      process.execPath,
      ['--max-old-space-size=128', '--input-type=module', '--eval', script],
      { timeout: 10_000, env: { ...process.env, NODE_OPTIONS: '' } },
    )
    await expect(
      run.then(
        ({ stdout }) => stdout,
        ({ signal, code }) => `${signal} ${code}`,
      ),
    ).resolves.toMatch(/^ended 5[1-8]$/m)
  },
)
