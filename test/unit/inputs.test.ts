import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseInputs, unknownInputs } from '../../src/inputs/inputs.ts'
import { secretsIn } from '../../src/inputs/secrets.ts'
import { Problem } from '../../src/model/problem.ts'

const good = {
  'INPUT_ZONE-ID': 'zone-2fgd17m17xw',
  INPUT_HOSTS: 'b.example.com, A.example.com, b.example.com.',
  'INPUT_CERT-ID': 'J2JqATrt',
  'INPUT_SECRET-ID': 'AKIDexample',
  'INPUT_SECRET-KEY': 'keyexample',
}

const arn = 'qcs::cam::uin/100000000001:roleName/edgeone-deploy'

const problemOf = (env: Record<string, string>): Problem => {
  try {
    parseInputs(env)
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
  }
  throw new Error('no Problem')
}
const wrong = (change: Record<string, string>) => problemOf({ ...good, ...change }).findings.map(({ input }) => input)

test('good inputs, with defaults, folded and normalised', () => {
  expect(parseInputs(good)).toEqual({
    zoneId: 'zone-2fgd17m17xw',
    zoneName: undefined,
    target: { match: 'exact', hosts: ['b.example.com', 'a.example.com'] },
    ifNoHosts: 'error',
    mode: 'sslcert',
    certificates: ['J2JqATrt'],
    pem: undefined,
    alias: undefined,
    keepOther: true,
    minDaysLeft: 0,
    access: { kind: 'key', key: { secretId: 'AKIDexample', secretKey: 'keyexample' } },
    accounts: [],
    region: 'ap-guangzhou',
    site: 'china',
    endpoint: undefined,
    apiVersion: '2022-09-01',
    language: 'en-US',
    dryRun: false,
    waitFor: 'deployed',
    connectTo: undefined,
    rollback: false,
    oldCertificates: 'keep',
    waitMs: 1_200_000,
  })
})

test.each([
  [{ 'INPUT_ZONE-ID': 'example.com' }, ['zone-id']],
  [{ INPUT_HOSTS: ' # nothing' }, ['hosts']],
  [{ INPUT_HOSTS: 'https://a.b.c, 192.0.2.1' }, ['hosts', 'hosts']],
  [{ 'INPUT_CERT-ID': ' ' }, ['cert-id']],
  [{ 'INPUT_ZONE-ID': '' }, ['zone-id']],
  [{ 'INPUT_ZONE-NAME': 'example.com' }, ['zone-name']],
  [{ 'INPUT_ZONE-ID': '', 'INPUT_ZONE-NAME': 'https://example.com' }, ['zone-name']],
  [{ INPUT_HOSTS: '*.b.*' }, ['hosts']],
  [{ INPUT_HOSTS: '', INPUT_MATCH: 'pattern' }, ['hosts']],
  [{ INPUT_HOSTS: '!a.b', INPUT_MATCH: 'pattern' }, ['hosts']],
  [{ INPUT_HOSTS: 'a*.b', INPUT_MATCH: 'pattern' }, ['hosts']],
  [{ INPUT_MATCH: 'regex' }, ['match']],
  [{ 'INPUT_IF-NO-HOSTS': 'fail' }, ['if-no-hosts']],
  [{ INPUT_MODE: 'none', 'INPUT_CERT-ID': '' }, ['mode', 'cert-id']],
  [{ INPUT_MODE: 'disable' }, ['cert-id']],
  [{ INPUT_MODE: 'disable', 'INPUT_CERT-ID': '', 'INPUT_API-VERSION': '2022-01-06' }, ['mode']],
  [{ INPUT_MODE: 'eofreecert', 'INPUT_CERT-ID': '', INPUT_MATCH: 'certificate', INPUT_HOSTS: '' }, ['match']],
  [
    { 'INPUT_CERT-ID': 'default', 'INPUT_API-VERSION': '2022-01-06', INPUT_MATCH: 'certificate', INPUT_HOSTS: '' },
    ['match'],
  ],
  [{ 'INPUT_KEEP-OTHER-ALGORITHMS': 'yes' }, ['keep-other-algorithms']],
  [{ 'INPUT_DRY-RUN': '1' }, ['dry-run']],
  [{ 'INPUT_MIN-DAYS-LEFT': '-1' }, ['min-days-left']],
  [{ 'INPUT_MIN-DAYS-LEFT': '3651' }, ['min-days-left']],
  [{ 'INPUT_CERT-ID': 'default, J2JqATrt', 'INPUT_API-VERSION': '2022-01-06' }, ['cert-id']],
  [{ 'INPUT_CERT-ID': 'a b c d' }, ['cert-id']],
  [{ 'INPUT_CERT-ID': 'a/b' }, ['cert-id']],
  [{ 'INPUT_SECRET-ID': '' }, ['secret-id']],
  [{ 'INPUT_SECRET-KEY': 'two words' }, ['secret-key']],
  [{ 'INPUT_SESSION-TOKEN': 'to\u0001ken' }, ['session-token']],
  [{ 'INPUT_SECRET-KEY': ' key ' }, ['secret-key']],
  [{ 'INPUT_SECRET-KEY': 'key\n' }, ['secret-key']],
  [{ 'INPUT_SECRET-KEY': 'AKIDexample' }, ['secret-key']],
  [{ 'INPUT_ROLE-ARN': 'edgeone-deploy' }, ['role-arn']],
  [{ 'INPUT_OIDC-PROVIDER': 'github' }, ['oidc-provider']],
  [{ 'INPUT_ROLE-ARN': arn, 'INPUT_OIDC-PROVIDER': 'github' }, ['oidc-provider']],
  [{ 'INPUT_ROLE-ARN': arn, 'INPUT_SECRET-KEY': '' }, ['secret-key']],
  [{ 'INPUT_ROLE-ARN': arn, 'INPUT_SECRET-ID': '', 'INPUT_SECRET-KEY': '' }, ['oidc-provider']],
  [{ 'INPUT_ROLE-ARN': arn, 'INPUT_ROLE-SESSION-NAME': 'a b' }, ['role-session-name']],
  [{ 'INPUT_ROLE-ARN': arn, 'INPUT_ROLE-DURATION-SECONDS': '43201' }, ['role-duration-seconds']],
  [{ 'INPUT_ALLOWED-ACCOUNT-IDS': 'octo' }, ['allowed-account-ids']],
  [{ INPUT_REGION: 'Guangzhou' }, ['region']],
  [{ INPUT_SITE: 'China' }, ['site']],
  [{ INPUT_ENDPOINT: 'http://example.com' }, ['endpoint']],
  [{ INPUT_ENDPOINT: 'https://u:p@{service}.example.com' }, ['endpoint']],
  [{ INPUT_ENDPOINT: 'https://example.com/path' }, ['endpoint']],
  [{ INPUT_ENDPOINT: 'nonsense' }, ['endpoint']],
  [{ 'INPUT_API-VERSION': '2022-06-10' }, ['api-version']],
  [{ INPUT_LANGUAGE: 'de' }, ['language']],
  [{ 'INPUT_WAIT-FOR': 'seen' }, ['wait-for']],
  [{ 'INPUT_PRIVATE-KEY': 'privkey.pem' }, ['private-key']],
  [{ INPUT_CERTIFICATE: 'fullchain.pem' }, ['cert-id']],
  [{ INPUT_CERTIFICATE: 'fullchain.pem', 'INPUT_CERT-ID': '', INPUT_MODE: 'disable' }, ['certificate']],
  [{ 'INPUT_CERT-ALIAS': 'mine' }, ['cert-alias']],
  [{ 'INPUT_CONNECT-TO': 'cname' }, ['connect-to']],
  [{ 'INPUT_CONNECT-TO': 'a b', 'INPUT_WAIT-FOR': 'served' }, ['connect-to']],
  [{ 'INPUT_CONNECT-TO': 'https://a.b', 'INPUT_WAIT-FOR': 'served' }, ['connect-to']],
  [{ INPUT_ROLLBACK: 'maybe' }, ['rollback']],
  [{ 'INPUT_OLD-CERTIFICATES': 'remove' }, ['old-certificates']],
  [{ 'INPUT_OLD-CERTIFICATES': 'delete', 'INPUT_WAIT-FOR': 'accepted' }, ['old-certificates']],
  [{ 'INPUT_WAIT-MINUTES': '0' }, ['wait-minutes']],
  [{ 'INPUT_WAIT-MINUTES': '361' }, ['wait-minutes']],
  [{ 'INPUT_WAIT-MINUTES': '5 min' }, ['wait-minutes']],
])('%o is refused for %o', (change, inputs) => {
  expect(wrong(change)).toEqual(inputs)
})

test('all problems are reported at once, each with its input', () => {
  const problem = problemOf({})
  expect(problem.findings.map(({ input }) => input)).toEqual(['zone-id', 'hosts', 'cert-id', 'secret-id', 'secret-key'])
  for (const { input } of problem.findings) expect(problem.message).toContain(`${input}: saw`)
})

test('an empty cert-id is never the default certificate', () => {
  expect(wrong({ 'INPUT_CERT-ID': '', 'INPUT_API-VERSION': '2022-01-06' })).toEqual(['cert-id'])
  const inputs = parseInputs({ ...good, 'INPUT_CERT-ID': 'default', 'INPUT_API-VERSION': '2022-01-06' })
  expect(inputs.certificates).toBe('default')
})

test('hosts may be empty where the certificate chooses, or where none is no error', () => {
  expect(parseInputs({ ...good, INPUT_HOSTS: '', INPUT_MATCH: 'certificate' }).target).toEqual({
    match: 'certificate',
    patterns: [],
  })
  expect(parseInputs({ ...good, INPUT_HOSTS: '', 'INPUT_IF-NO-HOSTS': 'warn' }).target).toEqual({
    match: 'exact',
    hosts: [],
  })
})

test.each([
  ['cname', 'cname'],
  ['203.0.113.7', { host: '203.0.113.7', port: 443 }],
  ['203.0.113.7:8443', { host: '203.0.113.7', port: 8443 }],
  ['2001:db8::7', { host: '2001:db8::7', port: 443 }],
  ['[2001:db8::7]:8443', { host: '2001:db8::7', port: 8443 }],
  ['edge.example.com:444', { host: 'edge.example.com', port: 444 }],
])('connect-to %s is read', (text, place) => {
  expect(parseInputs({ ...good, 'INPUT_CONNECT-TO': text, 'INPUT_WAIT-FOR': 'served' }).connectTo).toEqual(place)
})

test('a site by its name is normalised as a host is', () => {
  const inputs = parseInputs({ ...good, 'INPUT_ZONE-ID': '', 'INPUT_ZONE-NAME': 'BÜCHER.example.' })
  expect(inputs).toMatchObject({ zoneId: undefined, zoneName: 'xn--bcher-kva.example' })
})

test.each([
  ['true', true],
  ['TRUE', true],
  ['False', false],
  ['', false],
])('the flag %j is %s', (text, value) => {
  expect(parseInputs({ ...good, 'INPUT_DRY-RUN': text }).dryRun).toBe(value)
})

test('credentials come from the environment, in the order of the contract', () => {
  const { 'INPUT_SECRET-ID': _id, 'INPUT_SECRET-KEY': _key, ...rest } = good
  const env = {
    ...rest,
    TENCENTCLOUD_SECRET_ID: 'envid',
    TENCENTCLOUD_SECRET_KEY: 'envkey',
    TENCENTCLOUD_SESSION_TOKEN: 'first',
    TENCENTCLOUD_SECURITY_TOKEN: 'second',
    TENCENTCLOUD_TOKEN: 'third',
  }
  const keyIn = (from: Record<string, string>) => {
    const { access } = parseInputs(from)
    return access.kind === 'key' ? access.key : undefined
  }
  expect(keyIn(env)).toEqual({ secretId: 'envid', secretKey: 'envkey', token: 'first' })
  expect(keyIn({ ...env, TENCENTCLOUD_SESSION_TOKEN: '' })?.token).toBe('second')
  expect(keyIn({ ...env, TENCENTCLOUD_SESSION_TOKEN: '', TENCENTCLOUD_SECURITY_TOKEN: ' ' })?.token).toBe('third')
  expect(keyIn({ ...env, 'INPUT_SESSION-TOKEN': 'input' })?.token).toBe('input')
})

test('a role is taken by the token of the job, or by a key where there is one', () => {
  const { 'INPUT_SECRET-ID': _id, 'INPUT_SECRET-KEY': _key, ...rest } = good
  const role = { arn, session: 'github-17-2', seconds: 3600 }
  const run = { GITHUB_RUN_ID: '17', GITHUB_RUN_ATTEMPT: '2', 'INPUT_ROLE-ARN': arn }
  expect(parseInputs({ ...rest, ...run, 'INPUT_OIDC-PROVIDER': 'github' }).access).toEqual({
    kind: 'oidc',
    provider: 'github',
    audience: 'sts.tencentcloudapi.com',
    role,
  })
  expect(parseInputs({ ...good, ...run }).access).toMatchObject({
    kind: 'role',
    key: { secretId: 'AKIDexample' },
    role,
  })
})

test('no secret is ever in a problem, and every secret is masked', () => {
  const secret = fc.string({ minLength: 12, unit: 'binary-ascii' }).map((text) => `${text}#SeCrEt#${text}`)
  fc.assert(
    fc.property(secret, secret, secret, (id, key, token) => {
      const env = { 'INPUT_SECRET-ID': id, 'INPUT_SECRET-KEY': key, 'INPUT_SESSION-TOKEN': token, INPUT_HOSTS: '' }
      const { message, findings } = problemOf(env)
      expect(message + JSON.stringify(findings)).not.toContain('SeCrEt')
      const masked = secretsIn(env)
      for (const value of [id, key, token]) {
        for (const line of value.split(/\r?\n/)) if (line.trim() !== '') expect(masked).toContain(line)
      }
    }),
  )
})

test('unknown inputs name the nearest real one; those far from all name none', () => {
  expect(unknownInputs({ ...good, INPUT_CERTID: 'x' })).toEqual([expect.stringContaining('The nearest is “cert-id”')])
  expect(unknownInputs({ INPUT_ABCDEFGHIJKLMN: 'x' })).toEqual([expect.not.stringContaining('nearest')])
  expect(unknownInputs(good)).toEqual([])
})
