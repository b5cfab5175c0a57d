import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findingKinds, findingsOf } from '../../src/model/audit.ts'
import { marked } from '../../src/model/github.ts'
import type { World } from '../../src/model/ports.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { failureOf } from '../../src/report/annotations.ts'
import { auditAnnotations } from '../../src/report/audit-annotations.ts'
import { auditDocumentOf } from '../../src/report/audit-document.ts'
import { issueOf } from '../../src/report/audit-issue.ts'
import { auditOutputNames, auditOutputsOf } from '../../src/report/audit-outputs.ts'
import { auditSummaryOf } from '../../src/report/audit-summary.ts'
import { documentOf } from '../../src/report/document.ts'
import { outputNames, outputsOf } from '../../src/report/outputs.ts'
import { markerOf, postBody, postTitle } from '../../src/report/post.ts'
import { summaryOf } from '../../src/report/summary.ts'
import { voiceOf } from '../../src/report/voice.ts'
import { run } from '../../src/run.ts'
import { runAudit } from '../../src/run-audit.ts'
import { publish, runnerLog } from '../../src/runner/actions.ts'
import { inBoth } from '../../src/util/language.ts'
import { clip, code, fenced, oneLine, prose } from '../../src/util/text.ts'
import { annotationsIn } from '../support/annotations.ts'
import { countedClock } from '../support/clock.ts'
import { isDeep } from '../support/depth.ts'
import { linksIn, type Rendered, render } from '../support/github-markdown.ts'
import { envOf, envWith } from '../support/inputs.ts'
import { dns, keyOf, newKeys, newLeaf, pemOf } from '../support/pem-material.ts'

const voice = await voiceOf('en-US')

/** What stands in for a value when nothing is wrong with it: no ID, name or word that means anything here. */
const tame = 'some value'

/** How a line begins that a value made. */
const forged = 'FORGED'

/** What a step on a pull request is told, and the marker of another step. */
const job = { GITHUB_WORKFLOW: 'w', GITHUB_JOB: 'j', GITHUB_ACTION: 'a', GITHUB_REPOSITORY: 'o/r', GITHUB_RUN_ID: '7' }
const [marker, otherMarker] = [markerOf('comment', job, ''), markerOf('comment', { ...job, GITHUB_ACTION: 'b' }, '')]

const commands = (breaker: string) =>
  ['::error::x', '##[error]x', ' \t::set-output name=changed::x', '::add-mask::e', '##[group]x', '::stop-commands::x']
    .map((command) => `x${breaker}${command}${breaker}${forged}`)
    .join(breaker)

const hostile = {
  'commands at once': '::error::x',
  'old commands at once': '##[error]x',
  'commands after \\n': commands('\n'),
  'commands after \\r': commands('\r'),
  'commands after \\r\\n': commands('\r\n'),
  'commands after U+2028': commands('\u2028'),
  'commands after U+0085': commands('\u0085'),
  'commands after blanks of .NET': `\u0085\u3000::error::x\n\u2029\u00a0::warning::x`,
  'the delimiter of an output file': 'x\nEOF\nchanged=true\nghadelimiter_0\nresult<<EOF\n{}\nEOF',
  ANSI: '\u001b[31mred\u001b[2J\u001b]8;;https://evil.test\u0007link\u001b]8;;\u0007\u009b1m',
  controls: 'a\u0000b\bc\u007fd\u0090e\u200bf\u00adg\ufeffh\u{e0041}',
  bidi: 'a\u202eb\u2066c\u2069d\u200fe\u061cf',
  'lone surrogates': '\ud800x\udc00\ud83d',
  headings: '# x\n## x\nx\n===\nx\n---',
  'links and images':
    '[x](https://evil.test) ![x](https://evil.test/x.png) [x]: https://evil.test "x" <https://evil.test>',
  'mentions and references':
    '@octocat (@octocat) x,@octocat [@octo/team] _@octocat_ #1 GH-1 (#12) octo/site#1 octo@1234567 1234567890abcdef1234567890abcdef12345678',
  'addresses of pages':
    'https://evil.test HTTP://EVIL.TEST (ftp://evil.test) www.evil.test, WwW.evil.test. x|www.evil.test',
  'mail addresses':
    'me@evil.test <me@evil.test> mailto:me@evil.test xmpp:me@evil.test/x me&#64;evil.test a.b+c-d@e-f.evil.test. x|me@evil.test',
  'emoji and formulas': ':x: :+1: $x$ $$x$$ $`x`$ :x:.',
  tables: 'x | x |\n| --- | --- |\n| x | \\| x \\\\|',
  fences: '```\nx\n````\nx\n~~~~\nx\n```mermaid\ngraph TD\n```',
  backticks: '`x` ``x`` ` ```',
  HTML: '</code></td></table><script>x</script><img src=x onerror=x><h1>x</h1><a href="https://evil.test">x</a>&lt;b&gt;',
  comments: '<!-- x',
  'closing words': 'fixes #1, closes octo/site#2; resolves GH-3. Fixes https://github.com/octo/site/issues/4',
  'a forged marker': `${otherMarker}\n\nx`,
  'a forged marker on a line of its own': `x\n${otherMarker}\n${otherMarker.replace('comment', 'issue')}\nx`,
  'a closed comment': '--> x <!-- x -->',
  'end of details': '</details></summary></blockquote> x',
  lists: '- x\n1. x\n> x\n    x\n***\n\\',
  mermaid: '%%{init: {"theme": "x"}}%%\n  section x\n  click x href "https://evil.test"',
  emphasis: '**x** __x__ *x* _x_ ~~x~~ \\*x\\*',
  'words of objects': '__proto__',
  'a shell': `x'; touch /tmp/x; $(touch /tmp/x) \`touch /tmp/x\` '`,
  nothing: '',
  blanks: ' \n\t\u00a0\u3000 ',
} satisfies Readonly<Record<string, string>>

/** Longer than anything that may be shown: whatever is not clipped passes a limit below. */
const large = {
  'a very long text': '`x'.repeat(4000) + '`` &*_<\u0000\n::error::x\r##[group]x | '.repeat(2600),
} satisfies Readonly<Record<string, string>>

type Fields = Readonly<Record<string, unknown>>
/** What an action is answered with: the fields of `Response`, a body, or another status. */
type Answer = Fields | { readonly status: number; readonly body: string }

interface Scene {
  /** Which of the two actions it is; the deployment when absent. */
  readonly step?: 'audit'
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly answers?: Readonly<Record<string, Answer | (() => Answer)>>
  readonly more?: Partial<World>
}

const later = '2027-02-01T00:00:00Z'
const brought = { CertificateId: 'J2JqATrt', EncryptAlgorithm: 'RSA 2048', SubjectAltName: ['*.example.com'] }
const bound = { CertId: 'old', Alias: 'a', Type: 'upload', ExpireTime: later, Status: 'deployed', SignAlgo: 'RSA 2048' }
const domain = { DomainName: 'www.example.com', DomainStatus: 'online', Cname: 'www.example.com.eo.dnse1.com' }
const domains = (...all: readonly object[]) => ({
  DescribeAccelerationDomains: { TotalCount: all.length, AccelerationDomains: all },
})
const withList = (...List: readonly object[]) => domains({ ...domain, Certificate: { Mode: 'sslcert', List } })
const certificates = (...all: readonly object[]) => ({
  DescribeCertificates: { TotalCount: all.length, Certificates: all },
})
const error = (fields: Fields): Fields => ({ Error: { Code: 'FailedOperation', Message: 'no', ...fields } })

const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
const files = { outputs: join(folder, 'outputs'), summary: join(folder, 'summary') }
afterAll(() => rmSync(folder, { recursive: true }))

/** Outputs as the runner reads them from its file. */
const readOutputs = (text: string): (readonly [name: string, value: string])[] =>
  [...text.matchAll(/^(.*)<<(ghadelimiter_[\da-f-]{36})\n([\s\S]*?)\n\2\n/gm)].map(([, name = '', , value = '']) => [
    name,
    value,
  ])

const deployed = async (world: World) => {
  const result = await run(world)
  const failure = failureOf(result, voice)
  return {
    result,
    failures: failure === undefined ? [] : [failure],
    promised: outputsOf(result),
    document: documentOf(result),
    summary: summaryOf(result, world.clock.now(), voice),
    issue: undefined,
  }
}

const audited = async (world: World) => {
  const result = await runAudit(world)
  return {
    result,
    failures: auditAnnotations(result, voice),
    promised: auditOutputsOf(result),
    document: auditDocumentOf(result),
    summary: auditSummaryOf(result, voice),
    issue: issueOf(result, voice)?.(),
  }
}

/** The whole step, as `main.ts` does it, up to what the runner gets. */
const play = async ({ step, inputs = {}, env = {}, answers = {}, more = {} }: Scene) => {
  const usual: Readonly<Record<string, Answer | (() => Answer)>> = {
    ...withList(bound),
    ...certificates(brought),
    ModifyHostsCertificate: {},
    ...answers,
  }
  const clock = countedClock()
  const log = runnerLog('en-US')
  const unused = () => Promise.reject(new Error('must not be called'))
  const world: World = {
    language: 'en-US',
    env: { ...(step === 'audit' ? auditEnv(inputs) : envWith({ 'wait-minutes': '0.5', ...inputs })), ...env },
    send: async ({ headers }) => {
      const found = usual[headers['x-tc-action'] ?? ''] ?? error({ Code: 'InvalidAction' })
      const answer = typeof found === 'function' ? found() : found
      if (typeof answer['status'] === 'number')
        return { status: answer['status'], date: undefined, body: String(answer['body']) }
      return { status: 200, date: undefined, body: JSON.stringify({ Response: { RequestId: 'r-1', ...answer } }) }
    },
    handshake: unused,
    resolve: async (host) => [host],
    readFile: unused,
    idToken: unused,
    clock,
    log,
    cancelled: new AbortController().signal,
    ...more,
  }
  writeFileSync(files.outputs, '')
  writeFileSync(files.summary, '')
  vi.stubEnv('GITHUB_OUTPUT', files.outputs)
  vi.stubEnv('GITHUB_STEP_SUMMARY', files.summary)
  const printed: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0)
  try {
    const { result, failures, promised, document, summary, issue } = await (step === 'audit' ? audited : deployed)(
      world,
    )
    for (const failure of failures) log.annotate(failure)
    await publish({ outputs: promised, document, summary }, { RUNNER_TEMP: folder }, log)
    const written = readFileSync(files.summary, 'utf8')
    if (written !== summary.toWellFormed()) throw new Error('the summary was not written')
    const outputs = readOutputs(readFileSync(files.outputs, 'utf8'))
    const path = outputs.find(([name]) => name === 'result-path')?.[1] ?? ''
    if (readFileSync(path, 'utf8') !== document.toWellFormed()) throw new Error('the document was not written')
    rmSync(path)
    const text = printed.join('')
    return { step, result, promised, annotations: annotationsIn(text), outputs, document, log: text, summary, issue }
  } finally {
    write.mockRestore()
    vi.unstubAllEnvs()
  }
}

const claims = { iss: 'https://i.test', sub: 'repo:o/r', aud: 'sts', repository: 'o/r', ref: 'refs/heads/main' }
const jwt = (fields: Fields) => `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(fields)).toString('base64url')}.c2ln`
const keyless = {
  'secret-id': '',
  'secret-key': '',
  'role-arn': 'qcs::cam::uin/100000000001:roleName/x',
  'oidc-provider': 'github',
}
const claim = (name: string) => (value: string) => ({
  inputs: keyless,
  answers: { AssumeRoleWithWebIdentity: error({ Code: 'InvalidParameter.WebIdentityTokenError' }) },
  more: { idToken: async () => jwt({ ...claims, environment: 'e', job_workflow_ref: 'w', [name]: value }) },
})
const twoSites = { 'zone-id': 'zone-1 zone-2', hosts: '**', match: 'pattern' }
const byName = { 'zone-id': '', 'zone-name': 'example.com' }
const zone = { ZoneId: 'zone-1', ZoneName: 'example.com', Status: 'active', Type: 'full', AliasZoneName: 'a' }
const zones = (...all: readonly object[]) => ({ DescribeZones: { TotalCount: all.length, Zones: all } })
const site = { 'cert-id': 'default' }
const defaults = (fields: Fields) => ({
  DescribeDefaultCertificates: {
    TotalCount: 1,
    DefaultServerCertInfo: [{ CertId: 'd1', Status: 'deployed', ...fields }],
  },
})
const keys = await newKeys()
const pem = {
  'cert-id': '',
  certificate: await newLeaf(dns('www.example.com'), keys),
  'private-key': pemOf(await keyOf(keys)),
}
const looking = { 'wait-for': 'served' }
const having = withList({ ...bound, CertId: 'J2JqATrt' })
const handshake = (fields: Fields) => async () => ({
  sha256: 'f0',
  names: ['www.example.com'],
  notBefore: 0,
  notAfter: Date.parse(later),
  algorithm: 'RSA' as const,
  ...fields,
})
const old = { 'old-certificates': 'delete' }
const inventory = (fields: Fields) => ({
  DescribeCertificateBindResourceTaskResult: { SyncTaskBindResourceResult: [{ TaskId: 'b', Status: 1, ...fields }] },
})
/** SSL Certificate Service knows the certificate of the host, and finds it bound to nothing else. */
const unbound = {
  ...certificates(brought, { ...brought, CertificateId: 'old', From: 'upload' }),
  CreateCertificateBindResourceSyncTask: { CertTaskIds: [{ CertId: 'old', TaskId: 'b' }] },
  ...inventory({}),
}
const boundIn = (product: Fields, region: Fields = {}): Fields => ({
  ResourceType: 'clb',
  BindResourceRegionResult: [{ TotalCount: 1, ...region }],
  ...product,
})
/** A host that has what it is to have as soon as it was given. */
const obeying = (answers: Scene['answers']) => {
  let taken = false
  return {
    ModifyHostsCertificate: () => {
      taken = true
      return {}
    },
    DescribeAccelerationDomains: () => (taken ? having : withList(bound)).DescribeAccelerationDomains,
    ...answers,
  }
}

const unrestored = { rollback: 'true' }
/** A change is taken, and no other after it. */
const once = () => {
  let taken = false
  return () => {
    if (taken) return error({})
    taken = true
    return {}
  }
}

/** Every place where a text from outside comes in. */
const places: Readonly<Record<string, (value: string) => Scene>> = {
  'message of a refusal': (Message) => ({ answers: { ModifyHostsCertificate: error({ Message }) } }),
  'message of a read': (Message) => ({ answers: { DescribeAccelerationDomains: error({ Message }) } }),
  'message of a code that is known': (Message) => ({
    answers: { ModifyHostsCertificate: error({ Code: 'ResourceUnavailable.CertNotFound', Message }) },
  }),
  'code of a refusal': (Code) => ({ answers: { ModifyHostsCertificate: error({ Code }) } }),
  'detail of a code': (value) => ({ answers: { ModifyHostsCertificate: error({ Code: `AuthFailure.${value}` }) } }),
  'detail of a code that lets go on': (value) => ({
    answers: { DescribeCertificates: error({ Code: `UnauthorizedOperation.x${value}` }) },
  }),
  'RequestId of a refusal': (RequestId) => ({ answers: { ModifyHostsCertificate: { ...error({}), RequestId } } }),
  'RequestId of a success': (RequestId) => ({
    inputs: { 'wait-for': 'accepted' },
    answers: { ModifyHostsCertificate: { RequestId } },
  }),
  'body of a gateway': (body) => ({ answers: { ModifyHostsCertificate: { status: 403, body } } }),
  'body that is no JSON': (body) => ({ answers: { ModifyHostsCertificate: { status: 200, body: `no ${body}` } } }),
  'name of a host': (DomainName) => ({
    inputs: { hosts: '**', match: 'pattern' },
    answers: { ...certificates(), ...domains({ ...domain, DomainName }) },
  }),
  'name of a host that is offline': (DomainName) => ({
    inputs: { hosts: '**', match: 'pattern', 'if-no-hosts': 'warn' },
    answers: domains({ ...domain, DomainName, DomainStatus: 'offline' }),
  }),
  'name of a host that is not covered': (DomainName) => ({
    inputs: { hosts: '**', match: 'pattern' },
    answers: domains({ ...domain, DomainName }),
  }),
  'name of a host beside the named one': (DomainName) => ({ answers: domains({ ...domain, DomainName }) }),
  'name of a host that is not rolled back': (DomainName) => ({
    inputs: { ...unrestored, hosts: '**', match: 'pattern' },
    answers: {
      ...certificates(),
      ...domains({ ...domain, DomainName, Certificate: { Mode: 'sslcert', List: [bound] } }),
      ModifyHostsCertificate: once(),
    },
  }),
  'ID of a certificate that is not restored': (CertId) => ({
    inputs: unrestored,
    answers: { ...withList({ ...bound, CertId }), ModifyHostsCertificate: once() },
  }),
  'status of a host': (DomainStatus) => ({ answers: domains({ ...domain, DomainStatus }) }),
  'mode of a host': (Mode) => ({ answers: domains({ ...domain, Certificate: { Mode, List: [bound] } }) }),
  'CNAME of a host': (Cname) => ({
    inputs: { ...looking, 'connect-to': 'cname' },
    answers: domains({ ...domain, Cname, Certificate: { Mode: 'sslcert', List: [{ ...bound, CertId: 'J2JqATrt' }] } }),
    more: { handshake: handshake({ names: ['other.test'] }) },
  }),
  'ID of a certificate of a host': (CertId) => ({ answers: withList({ ...bound, CertId }) }),
  'ID of a certificate that is kept': (CertId) => ({ answers: withList({ ...bound, CertId, SignAlgo: 'ECC' }) }),
  'alias of a certificate of a host': (Alias) => ({ answers: withList({ ...bound, Alias }) }),
  'type of a certificate of a host': (Type) => ({ answers: withList({ ...bound, Type }) }),
  'status of a certificate of a host': (Status) => ({ answers: withList({ ...bound, CertId: 'J2JqATrt', Status }) }),
  'algorithm of a certificate of a host': (SignAlgo) => ({ answers: withList({ ...bound, SignAlgo }) }),
  'end of a certificate of a host': (ExpireTime) => ({ answers: withList({ ...bound, ExpireTime }) }),
  'name in a certificate': (name) => ({
    answers: certificates({ ...brought, SubjectAltName: ['www.example.com', name] }),
  }),
  'name in a certificate that covers nothing': (name) => ({
    answers: certificates({ ...brought, SubjectAltName: [name, 'b.test'] }),
  }),
  'alias of a certificate': (Alias) => ({ answers: certificates({ ...brought, Alias }) }),
  'algorithm of a certificate': (EncryptAlgorithm) => ({ answers: certificates({ ...brought, EncryptAlgorithm }) }),
  'end of a certificate': (CertEndTime) => ({ answers: certificates({ ...brought, CertEndTime }) }),
  'ID of a site': (ZoneId) => ({ inputs: byName, answers: zones({ ...zone, ZoneId }) }),
  'ID of one of two sites': (ZoneId) => ({ inputs: byName, answers: zones(zone, { ...zone, ZoneId }) }),
  'alias of a site': (AliasZoneName) => ({ inputs: byName, answers: zones(zone, { ...zone, AliasZoneName }) }),
  'name of a site': (ZoneName) => ({ inputs: byName, answers: zones({ ...zone, ZoneName }) }),
  'lock of a site': (LockStatus) => ({ inputs: byName, answers: zones({ ...zone, LockStatus }) }),
  'ID of the default certificate': (CertId) => ({ inputs: site, answers: defaults({ CertId }) }),
  'status of the default certificate': (Status) => ({ inputs: site, answers: defaults({ Status }) }),
  'name in the default certificate': (name) => ({
    inputs: site,
    answers: defaults({ SubjectAltName: [name, 'www.example.com'] }),
  }),
  'ID of what CheckCertificateExist finds': (RepeatCertId) => ({
    inputs: pem,
    answers: { CheckCertificateExist: { RepeatCertId } },
  }),
  'ID of an upload': (CertificateId) => ({ inputs: pem, answers: { UploadCertificate: { CertificateId } } }),
  'ID of what was there': (RepeatCertId) => ({ inputs: pem, answers: { UploadCertificate: { RepeatCertId } } }),
  'reason of a deletion': (Msg) => ({
    inputs: old,
    answers: obeying({ ...unbound, DeleteCertificates: { Fail: [{ CertificateId: 'old', Msg }] } }),
  }),
  'error of a deletion': (reason) => ({
    inputs: old,
    answers: obeying({
      ...unbound,
      DeleteCertificates: { CertTaskIds: [{ TaskId: 't' }] },
      DescribeDeleteCertificatesTaskResult: { DeleteTaskResult: [{ TaskId: 't', Status: 2, Error: reason }] },
    }),
  }),
  'message of a deletion': (Message) => ({
    inputs: old,
    answers: obeying({ ...unbound, DeleteCertificates: error({ Message }) }),
  }),
  'product of a binding': (ResourceType) => ({
    inputs: old,
    answers: obeying({ ...unbound, ...inventory({ BindResourceResult: [boundIn({ ResourceType })] }) }),
  }),
  'error of a region': (reason) => ({
    inputs: old,
    answers: obeying({ ...unbound, ...inventory({ BindResourceResult: [boundIn({}, { Error: reason })] }) }),
  }),
  'error of the inventory': (Message) => ({
    inputs: old,
    answers: obeying({ ...unbound, ...inventory({ Status: 2, Error: { Code: 'FailedOperation', Message } }) }),
  }),
  'message of a refusal at two sites': (Message) => ({
    inputs: twoSites,
    answers: { ModifyHostsCertificate: error({ Message }) },
  }),
  'code of a refusal at two sites': (Code) => ({
    inputs: twoSites,
    answers: { ModifyHostsCertificate: error({ Code }) },
  }),
  'name of a host at two sites': (DomainName) => ({
    inputs: twoSites,
    answers: { ...certificates(), ...domains({ ...domain, DomainName }) },
  }),
  'name of one of several sites': (ZoneName) => ({
    inputs: { 'zone-id': 'zone-1 zone-2', hosts: 'www.other.test' },
    answers: zones(zone, { ...zone, ZoneId: 'zone-2', ZoneName }),
  }),
  'ID of one of several sites': (ZoneId) => ({
    inputs: { ...twoSites, 'zone-id': '', 'zone-name': 'example.com example.org' },
    answers: { ...having, ...zones(zone, { ...zone, ZoneId, ZoneName: 'example.org' }) },
  }),
  'account of the key': (AccountId) => ({
    inputs: { 'allowed-account-ids': '100000000001' },
    answers: { GetCallerIdentity: { AccountId, Arn: 'a' } },
  }),
  'name of the caller': (Arn) => ({
    inputs: { 'allowed-account-ids': '100000000001' },
    answers: { GetCallerIdentity: { AccountId: '100000000001', Arn } },
  }),
  ...Object.fromEntries(
    ['iss', 'sub', 'aud', 'repository', 'ref', 'environment', 'job_workflow_ref'].map((name) => [
      `claim ${name}`,
      claim(name),
    ]),
  ),
  'message of STS': (Message) => ({
    inputs: keyless,
    answers: { AssumeRoleWithWebIdentity: error({ Code: 'UnauthorizedOperation', Message }) },
    more: { idToken: async () => jwt(claims) },
  }),
  'temporary key': (value) => ({
    inputs: { 'role-arn': keyless['role-arn'] },
    answers: {
      AssumeRole: {
        Credentials: { TmpSecretId: 'AKIDtemporary', TmpSecretKey: 'keytemporary', Token: value },
        ExpiredTime: Date.parse(later) / 1000,
      },
    },
  }),
  'name in what is served': (name) => ({
    inputs: looking,
    answers: having,
    more: { handshake: handshake({ names: [name] }) },
  }),
  'doubt of what is served': (distrust) => ({
    inputs: looking,
    answers: having,
    more: { handshake: handshake({ distrust: inBoth(distrust) }) },
  }),
  'address of a host': (address) => ({
    inputs: looking,
    answers: having,
    more: { resolve: async () => [address], handshake: handshake({ names: ['other.test'] }) },
  }),
  'input that does not exist': (value) => ({ env: { [`INPUT_X${value}`]: 'x' } }),
  'input zone-id': (value) => ({ inputs: { 'zone-id': `x${value}`.replace(/[\s,]/gu, '_') } }),
  'input hosts': (value) => ({ inputs: { hosts: `x${value}`.replace(/[\s,]/gu, '_') } }),
  'input cert-id': (value) => ({ inputs: { 'cert-id': `x${value}`.replace(/[\s,]/gu, '_') } }),
  'input cert-alias': (value) => ({
    inputs: { ...pem, 'cert-alias': `x${value}` },
    answers: { UploadCertificate: { CertificateId: 'n' } },
  }),
  'input endpoint': (value) => ({ inputs: { endpoint: `x${value}` } }),
  'input oidc-provider': (value) => ({
    inputs: { ...keyless, 'oidc-provider': `x${value}` },
    more: { idToken: async () => jwt(claims) },
  }),
}

const auditEnv = (inputs: Readonly<Record<string, string>>) =>
  envOf({
    'zone-id': 'zone-1',
    'secret-id': 'AKIDexample',
    'secret-key': 'keyexample',
    'wait-minutes': '0.5',
    ...inputs,
  })
const goodHandshake = handshake({ names: ['www.example.com'] })
/** An audit with a value in one place. */
const auditScene = (scene: Omit<Scene, 'step'>): Scene => ({
  step: 'audit',
  ...scene,
  more: { handshake: goodHandshake, ...scene.more },
})
const ended = { ExpireTime: '2026-01-01T00:00:00Z' }

/** The same for the audit. */
const auditPlaces: Readonly<Record<string, (value: string) => Scene>> = {
  'message of a read': (Message) => auditScene({ answers: { DescribeAccelerationDomains: error({ Message }) } }),
  'code of a read': (Code) => auditScene({ answers: { DescribeAccelerationDomains: error({ Code }) } }),
  'RequestId of a read': (RequestId) =>
    auditScene({ answers: { DescribeAccelerationDomains: { ...error({}), RequestId } } }),
  'detail of a code that lets go on': (value) =>
    auditScene({ answers: { DescribeCertificates: error({ Code: `UnauthorizedOperation.x${value}` }) } }),
  'name of a host': (DomainName) =>
    auditScene({ answers: domains({ ...domain, DomainName, Certificate: { Mode: 'sslcert', List: [] } }) }),
  'name of a host that is fine': (DomainName) =>
    auditScene({
      inputs: { 'look-at-served': 'false' },
      answers: {
        ...certificates(),
        ...domains({ ...domain, DomainName, Certificate: { Mode: 'sslcert', List: [bound] } }),
      },
    }),
  'name of a host that is skipped': (DomainName) =>
    auditScene({ answers: domains({ ...domain, DomainName, DomainStatus: 'offline' }) }),
  'mode of a host': (Mode) => auditScene({ answers: domains({ ...domain, Certificate: { Mode, List: [] } }) }),
  'ID of a certificate that has expired': (CertId) => auditScene({ answers: withList({ ...bound, ...ended, CertId }) }),
  'ID of a certificate that is fine': (CertId) => auditScene({ answers: withList({ ...bound, CertId }) }),
  'status of a certificate': (Status) => auditScene({ answers: withList({ ...bound, Status }) }),
  'name in a certificate': (name) =>
    auditScene({ answers: certificates({ ...brought, CertificateId: 'old', SubjectAltName: [name] }) }),
  'name of a site': (ZoneName) =>
    auditScene({
      inputs: { 'zone-id': '', 'zone-name': 'all' },
      answers: zones(zone, { ...zone, ZoneId: 'zone-2', ZoneName }),
    }),
  'ID of a site': (ZoneId) =>
    auditScene({ inputs: { 'zone-id': '', 'zone-name': 'all' }, answers: zones({ ...zone, ZoneId }) }),
  'message of the list of sites': (Message) =>
    auditScene({ inputs: { 'zone-id': '', 'zone-name': 'all' }, answers: { DescribeZones: error({ Message }) } }),
  'name in what is served': (name) => auditScene({ more: { handshake: handshake({ names: [name] }) } }),
  'doubt of what is served': (distrust) =>
    auditScene({ more: { handshake: handshake({ distrust: inBoth(distrust) }) } }),
  'address of a host': (address) =>
    auditScene({ more: { resolve: async () => [address], handshake: handshake({ notAfter: 1 }) } }),
  'reason of a failed handshake': (message) =>
    auditScene({
      more: {
        handshake: async () => {
          throw ownProblem('Network.Tls', { message: inBoth(message) })
        },
      },
    }),
  'input hosts': (value) => auditScene({ inputs: { hosts: `x${value}`.replace(/[\s,]/gu, '_') } }),
  'input fail-on': (value) => auditScene({ inputs: { 'fail-on': `x${value}`.replace(/[\s,]/gu, '_') } }),
  'input connect-to': (value) => auditScene({ inputs: { 'connect-to': `x${value}` } }),
}

/** Where .NET sees a blank; what stands before a command. */
const blanks = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*'
/** A line that the runner takes for a command: `::` after blanks, or `##[` anywhere (ActionCommand.cs). */
const command = new RegExp(`^${blanks}::|##\\[`)
const linesOf = (text: string) => text.split(/\r\n|[\n\r]/)

const titles = [
  'Certificates not read',
  'Certificate not checked',
  'Certificates',
  'Chain',
  'Foreign endpoint',
  'Hosts',
  'Hosts not read',
  'No hosts',
  'Not trusted',
  'Old certificates',
  'Upload',
  'Unknown input',
  'Wrong clock',
]
const groups =
  /^::group::(Reading|Plan: [a-z\d ,]+|Binding \d+ hosts?|Waiting until [a-z]+|Probing what is served|Old certificates|Upload|Looking for the certificate|\d findings?|zone-[12]: [a-z-]+|example\.(com|org) \(.*(\): [a-z-]+|…)|.*(\(zone-[12]\)|…))$/u
/** What the step itself tells the runner. */
const isOurs = (line: string): boolean =>
  /^::(add-mask|debug)::/.test(line) ||
  line === '::endgroup::' ||
  groups.test(line) ||
  /^::error title=EdgeOne certificate( audit)?%3A ((?!::).)+::/u.test(line) ||
  findingKinds.some((kind) => new RegExp(`^::(error|warning) title=${kind}%3A ((?!::).)*::`, 'u').test(line)) ||
  line.startsWith('::notice title=Certificates not read::') ||
  titles.some((title) => line.startsWith(`::warning title=${title}::`))

/** Characters that a reader does not see, or that move what he sees. */
const unseenIn = (text: string): string[] =>
  [...text.matchAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu)]
    .slice(0, 3)
    .flatMap(([c]) => (c === '\t' ? [] : [`U+${c.codePointAt(0)?.toString(16)}`]))

/** Of the last texts: each is looked at several times. */
const lastRendered = new Map<string, Rendered>()
const rendered = (markdown: string): Rendered => {
  const known = lastRendered.get(markdown)
  if (known !== undefined) return known
  if (lastRendered.size > 3) lastRendered.clear()
  const now = render(markdown)
  lastRendered.set(markdown, now)
  return now
}
/** The elements that the summary is made of. */
const allowed =
  /^<((h[23]|p|ul|li|strong|table|thead|tbody|tr|th|td|blockquote|pre|code|details|summary|br)|code class="language-(mermaid|json)"|a href="https:\/\/console\.cloud\.tencent\.com\/(edgeone\/zones|ssl(\/detail\/\w{8})?)")>$/
const blocks = [
  '<h3>',
  '<details>',
  '<p>',
  '<ul>',
  '<li>',
  '<table>',
  '<tr>',
  '<th>',
  '<td>',
  '<blockquote>',
  '<pre>',
  '<strong>',
]

const jsonNames = ['findings', 'changed-hosts', 'unchanged-hosts', 'failed-hosts']
const forms: Readonly<Record<string, RegExp>> = {
  outcome: /^(changed|unchanged|planned|failed|rolled-back)$/,
  changed: /^(true|false)$/,
  'not-after': /^(\d{4}-\d\d-\d\dT[\d:.]+Z)?$/,
  ok: /^(true|false)$/,
  'finding-count': /^\d+$/,
  'host-count': /^\d+$/,
  'site-count': /^\d+$/,
  'earliest-expiry': /^(\d{4}-\d\d-\d\dT[\d:.]+Z)?$/,
  'changed-count': /^\d+$/,
  'unchanged-count': /^\d+$/,
  'failed-count': /^\d+$/,
  'result-path': /^\S+\.json$/,
}
const isOneLineOfJson = (text: string): boolean => {
  JSON.parse(text)
  return !/[\n\r]/.test(text)
}

type Played = Awaited<ReturnType<typeof play>>
/** The same with a tame value. */
type Tame = Pick<Played, 'result'> & Rendered

const findingCount = (result: Played['result']): number => ('criteria' in result ? findingsOf(result).length : 0)

/** What is wrong in what the runner got, by where it shows; each empty when all is well. */
const faults: Readonly<Record<string, (played: Played, tame: Tame) => readonly unknown[]>> = {
  'no defect': ({ result: { problem } }) => (problem?.code === 'Run.Unexpected' ? [problem.message.slice(0, 200)] : []),
  'log: no command but our own': ({ log: text }) => linesOf(text).filter((line) => command.test(line) && !isOurs(line)),
  'log: what is not seen is made visible': ({ log: text }) =>
    unseenIn(text.replace(/^::(add-mask|debug)::[^\n]*/gm, '').replaceAll('\n', '')),
  'log: no line is made up': ({ log: text }) => linesOf(text).filter((line) => line.startsWith(forged)),
  'log: bounded': ({ log: text }) =>
    linesOf(text)
      .filter((line) => line.length > 65_536 && !line.startsWith('::add-mask::'))
      .map(({ length }) => length),
  'annotations: bounded': ({ annotations }) =>
    annotations
      .filter(({ title, message }) => title.length > 200 || message.length > 4096)
      .map(({ title, message }) => [title.length, message.length]),
  'annotations: what is not seen is made visible': ({ annotations }) =>
    annotations.flatMap(({ title, message }) => [...unseenIn(title), ...unseenIn(message.replaceAll('\n', ''))]),
  // The runner prints a message again, line by line, and GitHub reads `##[` there.
  'annotations: no line is made up': ({ annotations }) =>
    annotations
      .flatMap(({ message }) => linesOf(message).slice(1))
      .filter((line) => line.startsWith(forged) || line.startsWith('##[')),
  'outputs: all of them, and nothing else': ({ step, outputs, promised }) => {
    const names = outputs.map(([name]) => name)
    // What is no character is none in a file.
    const whole = Object.entries(promised).map(([name, value]) => [name, value.toWellFormed()])
    const same = JSON.stringify(outputs.slice(0, -1)) === JSON.stringify(whole)
    return same && names.join() === (step === 'audit' ? auditOutputNames : outputNames).join() ? [] : names
  },
  'outputs: one line each, and of the form that is promised': ({ outputs }) =>
    outputs
      .filter(
        ([name, value]) =>
          !(forms[name] ?? (jsonNames.includes(name) ? /^/ : /^[^\n\r\u0085\u2028\u2029]*$/)).test(value),
      )
      .map(([name]) => name),
  'document: JSON of one line': ({ document }) => (isOneLineOfJson(document) ? [] : [document.slice(0, 100)]),
  'outputs: JSON where it is promised': ({ outputs }) =>
    outputs.filter(([name, value]) => jsonNames.includes(name) && !isOneLineOfJson(value)).map(([name]) => name),
  // Of a few hosts; 1 MiB is allowed.
  'summary: bounded': ({ summary }) =>
    Buffer.byteLength(summary) < 90_000 && summary !== '' ? [] : [Buffer.byteLength(summary)],
  'summary: no element but our own': ({ step, summary }) => {
    const { tags, charts } = rendered(summary)
    const n = (tag: string) => tags.filter((one) => one === tag).length
    return [
      ...tags.filter((tag) => !allowed.test(tag)),
      ...(n('<h2>') === 1 && n('<h3>') <= 3 && n('<details>') <= (step === 'audit' ? 4 : 3) && n('<pre>') <= 3
        ? []
        : ['another heading, or other blocks']),
      ...charts.filter((chart) => /%%|click|href|evil|\bx\b/.test(chart)),
    ]
  },
  'summary: what is not seen is made visible': ({ summary }) => unseenIn(summary.replaceAll('\n', '')),
  'summary: nothing in its text becomes a link, a mention, or anything but text': ({ summary }) =>
    rendered(summary).active,
  'comment: bounded, and of the step that wrote it': ({ summary }) => {
    const body = postBody('comment', summary, marker, { env: job, language: 'en-US' })
    const isOurs = (of: string) => marked([{ id: 1, url: '', author: 1, body }], of).length > 0
    return body.length <= 65_536 && isOurs(marker) && !isOurs(otherMarker) ? [] : [body.slice(0, 100)]
  },
  'comment: what is not seen is made visible': ({ summary }) =>
    unseenIn(postBody('comment', summary, marker, { env: job, language: 'en-US' }).replaceAll('\n', '')),
  // Nobody is mentioned, nothing is referred to or closed; the only HTML comment is the marker.
  'comment: nothing in its text becomes a link, a mention, or anything but text': ({ summary }) => {
    const { active, tags } = rendered(postBody('comment', summary, marker, { env: job, language: 'en-US' }))
    const links = tags.filter((tag) => tag.includes('github.com'))
    return [
      ...(active[0] === 'comment' ? active.slice(1) : ['no marker']),
      ...(links.join() === '<a href="https://github.com/o/r/actions/runs/7">' ? [] : links),
    ]
  },
  'issue: a title of one line, which counts and names nothing': ({ issue }) =>
    issue?.title === undefined || /^EdgeOne: \d+ of \d+ (hosts?|sites?) needs? attention$/.test(postTitle(issue.title))
      ? []
      : [issue.title],
  'issue: bounded, and nothing in its text becomes a link, a mention, or anything but text': ({ issue }) => {
    if (issue === undefined) return []
    const body = postBody('issue', issue.markdown, markerOf('issue', job, ''), { env: job, language: 'en-US' })
    const [comment, ...active] = rendered(body).active
    return [
      ...(comment === 'comment' ? active : ['no marker']),
      ...unseenIn(body.replaceAll('\n', '')),
      ...(body.length <= 65_536 ? [] : [body.length]),
    ]
  },
  'summary: no more elements than with a tame value': ({ summary, result }, tamed) => {
    const { tags, charts } = rendered(summary)
    const same =
      result.problem?.code === tamed.result.problem?.code &&
      charts.length === tamed.charts.length &&
      findingCount(result) === findingCount(tamed.result)
    // What had no room is counted in a paragraph of its own.
    if (!same || summary.includes('in the file of the output `result-path`')) return []
    // A value may lead to further calls, and each of them has a row of four cells.
    const calls = Math.max(0, result.calls.length - tamed.result.calls.length)
    const more: Readonly<Record<string, number>> = { '<tr>': calls, '<td>': 4 * calls }
    const n = (all: readonly string[], tag: string) => all.filter((one) => one === tag).length
    return blocks.filter((tag) => n(tags, tag) > n(tamed.tags, tag) + (more[tag] ?? 0))
  },
}

const sinks = Object.keys(faults)
const wild = Object.entries({ ...hostile, ...large })

/** Places whose values are only looked at; a temporary key is never shown. */
const hidden = [
  'temporary key',
  'alias of a certificate of a host',
  'algorithm of a certificate of a host',
  'end of a certificate of a host',
  'alias of a certificate',
  'algorithm of a certificate',
  'end of a certificate',
]

const allPlaces = [
  ...Object.entries(places),
  ...Object.entries(auditPlaces).map(([place, scene]) => [`audit: ${place}`, scene] as const),
]

/** The values for a place: all, or a twelfth of them, other ones for the next place. */
const valuesFor = (place: string) => {
  const at = allPlaces.findIndex(([name]) => name === place)
  return wild.filter((_, i) => isDeep || (i + at) % 12 === 0)
}

describe.each(allPlaces)('%s', (place, scene) => {
  const seen: Readonly<Record<string, string[]>> = Object.fromEntries(sinks.map((sink) => [sink, []]))
  let shown = ''
  beforeAll(async () => {
    const own = await play(scene(tame))
    shown = JSON.stringify([own.log, own.annotations, own.outputs, own.document, own.summary])
    const tamed = { result: own.result, ...rendered(own.summary) }
    for (const [name, value] of [['a tame value', tame] as const, ...valuesFor(place)]) {
      const played = await play(scene(value)).catch((thrown: unknown) => String(thrown))
      for (const [sink, faultsIn] of Object.entries(faults)) {
        const crashed = sink === 'no defect' ? [played] : []
        const [found] = typeof played === 'string' ? crashed : faultsIn(played, tamed)
        if (found !== undefined) seen[sink]?.push(`${name}: ${oneLine(JSON.stringify(found)).slice(0, 80)}`)
      }
    }
  })

  test('the value is seen', () => expect(/some[ _]value/.test(shown)).toBe(!hidden.includes(place)))

  test.each(sinks)('%s', (sink) => expect(seen[sink]).toEqual([]))
})

describe.each(wild)('an issue that says %s', (_, value) => {
  const title = postTitle(`3 certificates end soon: ${value}`)
  test('has a title of one visible line, in which nothing is mentioned, referred to or closed', () => {
    expect(title).toMatch(/^3 certificates end soon:/)
    expect(title.length).toBeLessThanOrEqual(256)
    expect(unseenIn(title)).toEqual([])
    // Code spans are paired, and closed.
    const outside = title.replace(/`[^`]*`/g, '')
    expect(outside).not.toContain('`')
    expect(linksIn(outside)).toEqual([])
  })

  test('has a body in which its text is only text, and which begins with its own marker', () => {
    const own = markerOf('issue', job, '')
    // A report limits the length of what it shows.
    const shown = clip(value, 4000)
    const markdown = [`## ${prose(shown)}`, `- ${code(shown)}: ${prose(shown)}`, fenced(shown, 'text')].join('\n\n')
    const body = postBody('issue', markdown, own, { env: job, language: 'en-US' })
    expect(body.length).toBeLessThanOrEqual(65_536)
    expect(body.startsWith(`${own}\n\n## `)).toBe(true)
    expect(render(body).active).toEqual(['comment'])
    expect(unseenIn(body.replaceAll('\n', ''))).toEqual([])
  })
})

// Windows has no such shell.
describe.skipIf(process.platform === 'win32')(
  'the command for a rollback by hand is one command of one line in a shell',
  () => {
    /** The words that a shell passes to `tccli`, and what else it does. */
    const passed = (message: string): string[] => {
      const [, byHand = ''] = /By hand: (.*)$/s.exec(message) ?? []
      const script = `tccli() { printf '%s\n' "$@"; }\n${byHand}`
      return execFileSync('sh', ['-c', script], { encoding: 'utf8', stdio: 'pipe' }).split('\n')
    }

    test.each([
      "x'; echo injected; '",
      "x'$(echo injected)'",
      "x'`echo injected`'",
      'x$(echo injected)',
      'x" \\',
      "it's",
    ])('%s', async (value) => {
      const unreached = { ...unrestored, 'zone-id': '', 'zone-name': 'example.com' }
      const { result } = await play({
        inputs: { ...unreached, hosts: '**', match: 'pattern' },
        answers: {
          ...certificates(),
          ...zones({ ...zone, ZoneId: value }),
          ...domains({
            ...domain,
            DomainName: value,
            Certificate: { Mode: 'sslcert', List: [{ ...bound, CertId: value }] },
          }),
          ModifyHostsCertificate: once(),
        },
      })
      expect(result.problem?.code).toBe('Verify.RollbackFailed')
      const words = passed(result.problem?.message ?? '')
      expect(words.filter((word) => word === 'injected')).toEqual([])
      const after = (name: string) => words[words.indexOf(name) + 1] ?? ''
      expect(after('--ZoneId')).toBe(value)
      expect(JSON.parse(after('--Hosts'))).toEqual([value])
      expect(JSON.parse(after('--ServerCertInfo'))).toEqual([{ CertId: value }])
    })
  },
)
