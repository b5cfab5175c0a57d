import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Annotation, World } from '../../src/model/ports.ts'
import { findingText, ownProblem, type Problem } from '../../src/model/problem.ts'
import { type Result, wasPlanned } from '../../src/model/result.ts'
import { certificateEventLine } from '../../src/plan/event-words.ts'
import { run } from '../../src/run.ts'
import { workspaceFiles } from '../../src/runner/files.ts'
import { network } from '../../src/runner/http.ts'
import { idTokens } from '../../src/runner/id-token.ts'
import { handshake as realHandshake, resolve as realResolve } from '../../src/runner/tls.ts'
import type { Text } from '../../src/util/language.ts'
import { countedClock } from '../support/clock.ts'
import { envOf, envWith, goodInputs } from '../support/inputs.ts'
import { silent } from '../support/log.ts'
import { dns, keyOf, newKeys, newLeaf, pemOf } from '../support/pem-material.ts'

type Fields = Readonly<Record<string, unknown>>
type Answer = Fields | { readonly status: number; readonly body: string }
type Answers = Readonly<Record<string, Answer | (() => Answer)>>
interface Scene {
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** What actions answer. */
  readonly answers?: Answers
  readonly more?: Partial<World>
}

const later = '2027-02-01T00:00:00Z'
const brought = { CertificateId: 'J2JqATrt', EncryptAlgorithm: 'RSA 2048', SubjectAltName: ['*.example.com'] }
const bound = { CertId: 'old', Type: 'upload', ExpireTime: later, Status: 'deployed', SignAlgo: 'RSA 2048' }
const domain = { DomainName: 'www.example.com', DomainStatus: 'online' }
const domains = (...all: readonly object[]) => ({
  DescribeAccelerationDomains: { TotalCount: all.length, AccelerationDomains: all },
})
const withList = (...List: readonly object[]) => domains({ ...domain, Certificate: { Mode: 'sslcert', List } })
const having = withList({ ...bound, CertId: 'J2JqATrt' })
const certificates = (...all: readonly object[]) => ({
  DescribeCertificates: { TotalCount: all.length, Certificates: all },
})
const zone = { ZoneId: 'zone-1', ZoneName: 'example.com', Status: 'active', Type: 'full' }
const zones = (...all: readonly object[]) => ({ DescribeZones: { TotalCount: all.length, Zones: all } })
const refusal = (Code: string, Message = 'no'): Fields => ({ Error: { Code, Message } })

const folder = mkdtempSync(join(tmpdir(), 'chinese-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}
const closing = network(process.env)
afterAll(() => closing.close())

/** Everything that a run says in words of its own. */
interface Said {
  readonly result: Result
  readonly texts: readonly Text[]
}

const textsOf = ({ text, findings, paste }: Problem): readonly Text[] => [
  text,
  ...findings.flatMap((finding) => [finding.seen, finding.expected, findingText(finding)]),
  ...(paste === undefined ? [] : [paste.title]),
]

const textsIn = (result: Result, annotations: readonly Annotation[]): readonly Text[] => {
  const hosts = result.sites.flatMap((site) => site.hosts.filter(wasPlanned))
  const problems = [
    result.problem,
    ...result.sites.map(({ problem }) => problem),
    ...hosts.flatMap(({ problem, drift, harm }) => [problem, drift?.problem, harm]),
  ]
  return [
    ...problems.flatMap((problem) => (problem === undefined ? [] : textsOf(problem))),
    ...hosts.map(({ plan }) => plan.reason),
    ...result.warnings,
    ...result.sites.flatMap(({ notes, events }) => [...notes, ...events.map(certificateEventLine)]),
    ...annotations.flatMap(({ title, message }) => [title, message]),
  ]
}

const play = async ({ inputs = {}, env, answers = {}, more = {} }: Scene): Promise<Said> => {
  const usual: Answers = {
    ...withList(bound),
    ...certificates(brought),
    ModifyHostsCertificate: {},
    ...answers,
  }
  const annotations: Annotation[] = []
  const unused = () => Promise.reject(new Error('must not be called'))
  const result = await run({
    language: 'zh-CN',
    env: { ...envWith({ language: 'zh-CN', 'wait-minutes': '0.5', ...inputs }), ...env },
    send: async ({ headers }) => {
      const found = usual[headers['x-tc-action'] ?? ''] ?? refusal('InvalidAction')
      const answer = typeof found === 'function' ? found() : found
      if (typeof answer['status'] === 'number')
        return { status: answer['status'], date: undefined, body: String(answer['body']) }
      return { status: 200, date: undefined, body: JSON.stringify({ Response: { RequestId: 'r-1', ...answer } }) }
    },
    handshake: unused,
    resolve: async (host) => [host],
    readFile: workspaceFiles(folder),
    idToken: unused,
    clock: countedClock(),
    log: { ...silent, annotate: (annotation) => annotations.push(annotation) },
    cancelled: new AbortController().signal,
    ...more,
  })
  return { result, texts: textsIn(result, annotations) }
}

const keys = await newKeys()
const leaf = await newLeaf(dns('www.example.com'), keys)
const [key, other] = [pemOf(await keyOf(keys)), pemOf(await keyOf(await newKeys()))]
const pem = { 'cert-id': '', certificate: leaf, 'private-key': key }
const keyless = {
  'secret-id': '',
  'secret-key': '',
  'role-arn': 'qcs::cam::uin/100000000001:roleName/x',
  'oidc-provider': 'github',
}
const claims = { iss: 'https://i.test', sub: 'repo:o@1/r@2:ref:refs/heads/main', aud: 'sts', repository: 'o/r' }
const jwt = `e.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c`
const served = (fields: Fields) => async () => ({
  sha256: 'f0',
  names: ['www.example.com'],
  notBefore: 0,
  notAfter: Date.parse('2028-01-01T00:00:00Z'),
  algorithm: 'RSA' as const,
  ...fields,
})
/** A host that reads like this once it was changed. */
const afterwards = (changed: ReturnType<typeof domains>): Answers => {
  let taken = false
  return {
    ModifyHostsCertificate: () => {
      taken = true
      return {}
    },
    DescribeAccelerationDomains: () => (taken ? changed : withList(bound)).DescribeAccelerationDomains,
  }
}
const sameSite = '{ zone-id: zone-1, hosts: www.example.com, cert-id: x }'
/** A host that has its certificate once it was changed. */
const obeying = (answers: Answers): Answers => ({ ...afterwards(having), ...answers })
/** A change is taken, and no other after it. */
const once = () => {
  let taken = false
  return () => {
    if (taken) return refusal('FailedOperation')
    taken = true
    return {}
  }
}
const unbound = {
  ...certificates(brought, { ...brought, CertificateId: 'old', From: 'upload' }),
  CreateCertificateBindResourceSyncTask: { CertTaskIds: [{ CertId: 'old', TaskId: 'b' }] },
  DescribeCertificateBindResourceTaskResult: { SyncTaskBindResourceResult: [{ TaskId: 'b', Status: 1 }] },
}
const mutual = (Switch: string) => ({ ClientCertInfo: { Switch, CertInfos: [{ CertId: 'ca1' }] } })

const manifest = `defaults: { zone-id: zone-1, wait-minutes: x, mode: [a] }
accounts:
  main: { secret-id: AKIDexampleexample, secret-key: "\${UNSET}", hosts: a.com, role-arn: x }
  'no name!': {}
site: []
sites:
  - { account: mian, zone-id: zone-1, hosts: [a_b.com, [x]], cert-id: "\${X}" }
  - { account: main, zone-id: zone-1, zone-name: a.com, hosts: {}, cert-id: "\${{ x }}" , <<: {} }
  - { zone-id: zone-1, hosts: [], cert-id: '', mode: disable, wait-for: true, zone-nam: x, k3y: x }
  -
`
const broken = `a: [1, 2\nb: 'x\nb: *none\n\tc: "\\q"\n`

const wrongInputs: Readonly<Record<string, string>> = {
  ...{ 'zone-id': 'x', 'zone-name': 'y', hosts: 'https://a.com/x a.com:443 1.2.3.4 a_b.com *.a.*.com x 0x7f.1 a..b' },
  ...{ 'cert-id': 'a b c d!', certificate: 'x.pem', 'cert-alias': 'x'.repeat(201), 'reuse-uploaded': 'no' },
  ...{ mode: 'disable', match: 'certificate', 'if-no-hosts': 'x', 'min-days-left': '-1', 'wait-minutes': '0' },
  ...{ 'secret-id': ' AKID', 'secret-key': 'AKIDx', 'session-token': 'a b', 'role-arn': 'x', 'oidc-provider': 'a/b' },
  ...{ 'role-session-name': '!', 'role-duration-seconds': 'x', 'allowed-account-ids': 'x', region: '!', site: 'x' },
  ...{ endpoint: 'http://a.test', 'api-version': '2022-01-06', 'wait-for': 'accepted', 'connect-to': '443' },
  ...{ 'old-certificates': 'delete', rollback: 'x', shard: '1/2', 'dry-run': 'x', 'keep-other-algorithms': 'x' },
}

/** Runs that fail, or that have something to say, with the codes that they end with. */
const scenes: Readonly<Record<string, readonly [code: string | undefined, scene: Scene]>> = {
  'no inputs': ['Input.Invalid', { inputs: Object.fromEntries(Object.keys(goodInputs).map((name) => [name, ''])) }],
  'all inputs wrong': ['Input.Invalid', { inputs: wrongInputs }],
  'patterns that are none': ['Input.Invalid', { inputs: { match: 'pattern', hosts: '!!a.com a*.com !b.com' } }],
  'inputs that exclude each other': [
    'Input.Invalid',
    { inputs: { mode: 'eofreecert', certificate: 'x', match: 'certificate', 'zone-id': '', 'zone-name': 'auto' } },
  ],
  'a key beside a provider': ['Input.Invalid', { inputs: { ...keyless, 'secret-id': 'AKIDx', 'secret-key': 'k' } }],
  'an input that does not exist': [undefined, { inputs: { zone: 'x' }, answers: having }],
  'no manifest': ['Input.Manifest', { env: { INPUT_MANIFEST: 'none.yml' } }],
  'a manifest with faults': [
    'Input.Manifest',
    { env: { ...envOf({ ...goodInputs, shard: 'x' }), INPUT_MANIFEST: file('faults.yml', manifest) } },
  ],
  'a manifest that is not YAML': ['Input.Manifest', { env: { INPUT_MANIFEST: file('broken.yml', broken) } }],
  'PEM that is none': [
    'Certificate.Unreadable',
    { inputs: { ...pem, certificate: '-----BEGIN CERTIFICATE-----\nx', 'private-key': 'TUlJx base64' } },
  ],
  'a key of another certificate': ['Certificate.KeyMismatch', { inputs: { ...pem, 'private-key': other } }],
  'files that are not there': [
    'Certificate.File',
    { inputs: { 'cert-id': '', certificate: 'none.pem\n../x.pem', 'private-key': '.' } },
  ],
  'DER, and no key': [
    'Certificate.Unreadable',
    { inputs: { 'cert-id': '', certificate: file('x.crt', '0\x82\x01\x02'), 'private-key': file('x.key', '') } },
  ],
  'an unknown site': ['Input.ZoneName', { inputs: { 'zone-id': '', 'zone-name': 'exmple.com' }, answers: zones(zone) }],
  'two sites of one name': [
    'Input.ZoneName',
    { inputs: { 'zone-id': '', 'zone-name': 'example.com' }, answers: zones(zone, { ...zone, ZoneId: 'zone-2' }) },
  ],
  'a locked site': [
    'Input.ZoneLocked',
    { inputs: { 'zone-id': '', 'zone-name': 'example.com' }, answers: zones({ ...zone, LockStatus: 'disable' }) },
  ],
  'no site above the certificate': [
    'Input.NoZone',
    { inputs: { 'zone-id': '', hosts: '', 'zone-name': 'auto' }, answers: zones({ ...zone, ZoneName: 'other.com' }) },
  ],
  'unknown hosts': [
    'Input.UnknownHosts',
    { inputs: { hosts: 'ww.example.com *.example.com far.example.com' }, answers: withList() },
  ],
  'hosts of no site': [
    'Input.UnknownHosts',
    { inputs: { 'zone-id': 'zone-1 zone-2', hosts: 'a.test' }, answers: zones(zone, { ...zone, ZoneId: 'zone-2' }) },
  ],
  'no hosts': ['Input.NoHosts', { inputs: { hosts: '**.b.com', match: 'pattern' } }],
  'hosts that cannot be listed': [
    'Input.MatchUnreadable',
    {
      inputs: { hosts: '**', match: 'pattern' },
      answers: { DescribeAccelerationDomains: refusal('UnauthorizedOperation') },
    },
  ],
  'a site that is changed blindly': [
    undefined,
    { answers: { DescribeAccelerationDomains: refusal('UnauthorizedOperation') } },
  ],
  'a host that is offline': ['Input.HostNotOnline', { answers: domains({ ...domain, DomainStatus: 'offline' }) }],
  'a certificate that fits nothing': [
    'Certificate.Revoked',
    {
      answers: certificates({
        ...{ ...brought, SubjectAltName: ['a.test'], CertEndTime: '2026-01-01 00:00:00', Status: 10 },
        ...{ EncryptAlgorithm: 'RSA 1024', CertBeginTime: '2027-01-01 00:00:00' },
      }),
    },
  ],
  'an algorithm that is unclear': [
    'Certificate.AlgorithmConflict',
    {
      answers: {
        ...withList({ ...bound, SignAlgo: 'ECC' }),
        ...certificates(brought, { ...brought, CertificateId: 'old', EncryptAlgorithm: 'RSA 2048' }),
      },
    },
  ],
  'no newest certificate': ['Certificate.NoneFound', { inputs: { 'cert-id': 'newest' }, answers: certificates() }],
  'no default certificate': [
    'Certificate.NoDefault',
    {
      inputs: { 'cert-id': 'default' },
      answers: { DescribeDefaultCertificates: { DefaultServerCertInfo: [{ CertId: 'd', Status: 'failed' }] } },
    },
  ],
  'the names of no certificate': [
    'Certificate.NamesUnknown',
    { inputs: { hosts: '', match: 'certificate' }, answers: certificates() },
  ],
  'another account': [
    'Input.ForeignAccount',
    {
      inputs: { 'allowed-account-ids': '100000000001', endpoint: 'https://a.test' },
      answers: { GetCallerIdentity: { AccountId: '200000000002', Arn: 'a' } },
    },
  ],
  'a role that is refused': [
    'InvalidParameter.WebIdentityTokenError',
    {
      inputs: keyless,
      answers: { AssumeRoleWithWebIdentity: refusal('InvalidParameter.WebIdentityTokenError') },
      more: { idToken: async () => jwt },
    },
  ],
  'a temporary key that is none': [
    'Network.Response',
    { inputs: { 'role-arn': keyless['role-arn'] }, answers: { AssumeRole: { Credentials: {} } } },
  ],
  'a refused change': ['FailedOperation', { answers: { ModifyHostsCertificate: refusal('FailedOperation', '') } }],
  'a gateway that fails': ['Network.HttpStatus', { answers: { ModifyHostsCertificate: { status: 502, body: '' } } }],
  'an answer that is no JSON': ['Network.Response', { answers: { DescribeCertificates: { status: 200, body: 'x' } } }],
  'a redirect': ['Network.Redirect', { answers: { DescribeCertificates: { status: 302, body: '' } } }],
  'no network': ['Network.Connect', { inputs: { endpoint: 'http://127.0.0.1:1' }, more: { send: closing.send } }],
  'a change that does not show': ['Verify.NotTaken', { inputs: { 'wait-minutes': '5' } }],
  'a deployment that does not end': [
    'Verify.HostBusy',
    { answers: domains({ ...domain, DomainStatus: 'process', Certificate: { List: [bound] } }) },
  ],
  'a rollback that fails': [
    'Verify.RollbackFailed',
    { inputs: { rollback: 'true' }, answers: { ModifyHostsCertificate: once() } },
  ],
  'another certificate that is served': [
    'Verify.NotServed',
    { inputs: { 'wait-for': 'served' }, answers: having, more: { handshake: served({}) } },
  ],
  'a certificate that is served and not trusted': [
    undefined,
    {
      inputs: { ...pem, 'wait-for': 'served' },
      answers: obeying({ UploadCertificate: { CertificateId: 'J2JqATrt' }, ...certificates(brought) }),
      more: {
        handshake: async () => {
          const { X509Certificate } = await import('node:crypto')
          const sha256 = new X509Certificate(leaf).fingerprint256.replaceAll(':', '').toLowerCase()
          return served({ sha256, distrust: { en: 'self-signed', zh: '自签名' } })()
        },
      },
    },
  ],
  'a host that cannot be reached': [
    'Verify.NotServed',
    {
      inputs: { 'wait-for': 'served', 'connect-to': '127.0.0.1:1' },
      answers: having,
      more: { handshake: realHandshake, resolve: realResolve },
    },
  ],
  'no CNAME': ['Input.NoCname', { inputs: { 'wait-for': 'served', 'connect-to': 'cname' } }],
  'mutual TLS that is lost': [
    'Verify.MutualTlsChanged',
    {
      answers: {
        ...obeying({}),
        DescribeAccelerationDomains: (() => {
          let readings = 0
          return () => {
            readings += 1
            const List = [readings === 1 ? bound : { ...bound, CertId: 'J2JqATrt' }]
            const Certificate = { Mode: 'sslcert', List, ...mutual(readings === 1 ? 'on' : 'off') }
            return domains({ ...domain, Certificate }).DescribeAccelerationDomains
          }
        })(),
      },
    },
  ],
  'an old certificate that is not deleted': [
    undefined,
    {
      inputs: { 'old-certificates': 'delete' },
      answers: obeying({ ...unbound, DeleteCertificates: { Fail: [{ CertificateId: 'old' }] } }),
    },
  ],
  'old certificates whose bindings are unknown': [
    undefined,
    {
      inputs: { 'old-certificates': 'mute' },
      answers: obeying({ ...unbound, CreateCertificateBindResourceSyncTask: { CertTaskIds: [] } }),
    },
  ],
  'certificates that are dropped': [
    'Verify.NotTaken',
    {
      inputs: { 'keep-other-algorithms': 'false', 'wait-minutes': '5' },
      answers: withList({ ...bound, SignAlgo: 'ECC' }, { ...bound, CertId: 'older' }),
    },
  ],
  'certificates that cannot be read': [
    undefined,
    { answers: { ...having, DescribeCertificates: refusal('AuthFailure.UnauthorizedOperation') } },
  ],
  'two sites that fail': [
    'Network.Redirect',
    {
      inputs: { 'zone-id': 'zone-1 zone-2', hosts: '**', match: 'pattern' },
      answers: { DescribeAccelerationDomains: { status: 302, body: '' } },
    },
  ],
  'sites that fail for different reasons': [
    'Run.SitesFailed',
    {
      inputs: { 'zone-id': '', 'zone-name': 'example.com example.org', hosts: '**', match: 'pattern' },
      answers: {
        ...zones({ ...zone, LockStatus: 'plan_migrate' }, { ...zone, ZoneId: 'zone-2', ZoneName: 'example.org' }),
        DescribeAccelerationDomains: { status: 302, body: '' },
      },
    },
  ],
  'a host that two entries select': [
    'Input.HostSelectedTwice',
    {
      env: {
        ...envOf({ 'secret-id': 'AKIDexample', 'secret-key': 'k', 'zone-id': '', hosts: '', 'cert-id': '' }),
        INPUT_MANIFEST: file('twice.yml', `sites: [${Array(2).fill(sameSite).join(', ')}]`),
      },
    },
  ],
  'a job without a token': ['Input.NoIdToken', { inputs: keyless, more: { idToken: idTokens({}, closing.send) } }],
  'a binding that fails': [
    'Verify.BindingFailed',
    { answers: afterwards(withList({ ...bound, CertId: 'J2JqATrt', Status: 'issued' })) },
  ],
  'a deployment that takes too long': [
    'Verify.NotDeployed',
    {
      answers: afterwards(
        domains({ ...domain, DomainStatus: 'process', Certificate: { List: [{ ...bound, CertId: 'J2JqATrt' }] } }),
      ),
    },
  ],
  'a host that is deleted meanwhile': ['Verify.HostGone', { answers: afterwards(domains()) }],
  'a host that is disabled meanwhile': [
    'Verify.HostNotOnline',
    { answers: afterwards(domains({ ...domain, DomainStatus: 'offline' })) },
  ],
  'a certificate that nothing tells from another': [
    'Verify.NoWitness',
    {
      inputs: { 'wait-for': 'served' },
      answers: { ...withList({ CertId: 'J2JqATrt', Status: 'deployed' }), ...certificates() },
      more: { handshake: served({}) },
    },
  ],
  'a default certificate that is not accepted': [
    'Certificate.DefaultNotTaken',
    {
      inputs: { 'cert-id': 'default' },
      answers: {
        DescribeDefaultCertificates: { DefaultServerCertInfo: [{ CertId: 'd', Type: 'default', Status: 'deployed' }] },
        ModifyHostsCertificate: refusal('ResourceUnavailable.CertNotFound'),
      },
    },
  ],
  'an algorithm that is unknown': [
    'Certificate.AlgorithmUnknown',
    { answers: withList({ CertId: 'a', Status: 'deployed' }, { CertId: 'b', Status: 'deployed' }) },
  ],
  'a cancelled run': [
    'Run.Cancelled',
    {
      more: {
        cancelled: AbortSignal.abort(
          ownProblem('Run.Cancelled', { message: { en: 'The run ended', zh: '运行已结束' } }),
        ),
      },
    },
  ],
}

/** Without code, quotes, shell commands, addresses and what services said. */
const ours = (text: string): string => text.replaceAll(/`[^`]*`|“[^”]*”|tccli .*|https?:\S+|操作\S*/g, '¤')
const sentence = /(?:[A-Za-z]+[ ,]+){3}[A-Za-z]+/

describe.each(Object.entries(scenes))('%s', (_, [code, scene]) => {
  test('is told in Chinese', async () => {
    const { result, texts } = await play(scene)
    expect(result.problem?.code).toBe(code)
    expect(texts.length).toBeGreaterThan(0)
    expect(texts.filter(({ zh }) => sentence.test(ours(zh)))).toEqual([])
    expect(texts.filter(({ en, zh }) => sentence.test(ours(en)) && !/\p{Script=Han}/u.test(zh))).toEqual([])
    expect(texts.filter(({ en, zh }) => /undefined|\[object|NaN/.test(en + zh))).toEqual([])
    expect(texts.filter(({ zh }) => /[。，：；]{2}|[.。]。|\p{Script=Han}[,;]/u.test(ours(zh)))).toEqual([])
  })
})
