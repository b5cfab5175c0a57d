import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseInputs } from '../../src/inputs/inputs.ts'
import { secretsIn } from '../../src/inputs/secrets.ts'
import { unknownInputs } from '../../src/inputs/table.ts'
import { Problem } from '../../src/model/problem.ts'
import { inEnglish } from '../support/english.ts'
import { envOf, envWith } from '../support/inputs.ts'
import { options } from '../support/options.ts'
import { parsed } from '../support/parsed.ts'

const arn = 'qcs::cam::uin/100000000001:roleName/edgeone-deploy'

/** Two hosts, one twice, in several spellings. */
const good = envWith({ hosts: 'B.example.com.\na.example.com, b.example.com' })

const problemOf = (env: Record<string, string>): Problem => {
  try {
    parseInputs(env)
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
  }
  throw new Error('no Problem')
}
const wrong = (change: Record<string, string>) => problemOf({ ...good, ...change }).findings.map(({ input }) => input)

test('good inputs are normalised, without duplicates, and completed by defaults', () => {
  expect(parsed(good)).toEqual({
    options: {
      ...options,
      selection: { match: 'exact', hosts: ['b.example.com', 'a.example.com'] },
    },
    zones: { by: 'id', ids: ['zone-2fgd17m17xw'] },
    source: { kind: 'ids', ids: ['J2JqATrt'] },
    account: {
      signIn: { kind: 'key', key: { secretId: 'AKIDexample', secretKey: 'keyexample' } },
      allowedAccounts: [],
      region: 'ap-guangzhou',
      site: 'china',
      endpoint: undefined,
      language: 'en-US',
    },
    waitMs: 1_200_000,
  })
})

test.each<[string, Record<string, string>, object]>([
  ['IDs', { 'INPUT_CERT-ID': 'b, a\nb' }, { kind: 'ids', ids: ['b', 'a'] }],
  ['the newest certificates', { 'INPUT_CERT-ID': 'newest' }, { kind: 'newest' }],
  ['the default certificate', { 'INPUT_CERT-ID': 'default' }, { kind: 'default' }],
  ['a mode', { 'INPUT_CERT-ID': '', INPUT_MODE: 'eofreecert' }, { kind: 'mode', mode: 'eofreecert' }],
  [
    'PEM',
    { 'INPUT_CERT-ID': '', INPUT_CERTIFICATE: 'fullchain.pem', 'INPUT_PRIVATE-KEY': 'privkey.pem' },
    { kind: 'pem-text', certificate: 'fullchain.pem', privateKey: 'privkey.pem', alias: undefined, reuse: true },
  ],
  [
    'PEM with an alias',
    { 'INPUT_CERT-ID': '', INPUT_CERTIFICATE: 'fullchain.pem', 'INPUT_CERT-ALIAS': 'mine' },
    { kind: 'pem-text', certificate: 'fullchain.pem', privateKey: '', alias: 'mine', reuse: true },
  ],
])('the source is read: %s', (_, change, source) => {
  expect(parsed({ ...good, ...change }).source).toEqual(source)
})

test.each<[Record<string, string>, object]>([
  [{ 'INPUT_ZONE-ID': 'zone-1, zone-2\nzone-1' }, { by: 'id', ids: ['zone-1', 'zone-2'] }],
  [
    { 'INPUT_ZONE-ID': '', 'INPUT_ZONE-NAME': 'B.com # first\na.com b.com' },
    { by: 'name', names: ['b.com', 'a.com'] },
  ],
  [{ 'INPUT_ZONE-ID': '', 'INPUT_ZONE-NAME': 'auto' }, { by: 'certificate' }],
])('the sites are read: %j', (change, zones) => {
  expect(parsed({ ...good, ...change }).zones).toEqual(zones)
})

test('with zone-name: auto, the certificate selects the hosts unless match is given', () => {
  const auto = { ...good, 'INPUT_ZONE-ID': '', 'INPUT_ZONE-NAME': 'auto', INPUT_HOSTS: '' }
  expect(parsed(auto).options.selection).toEqual({ match: 'certificate', patterns: [] })
  expect(parsed({ ...auto, INPUT_MATCH: 'exact', INPUT_HOSTS: 'a.com' }).options.selection.match).toBe('exact')
})

test('the site moves the region, unless one is given', () => {
  const regionOf = (change: Record<string, string>) => parsed({ ...good, ...change }).account.region
  expect(regionOf({ INPUT_SITE: 'international' })).toBe('ap-singapore')
  expect(regionOf({ INPUT_SITE: 'international', INPUT_REGION: 'ap-tokyo' })).toBe('ap-tokyo')
})

test.each([
  [{ 'INPUT_ZONE-ID': 'example.com' }, ['zone-id']],
  [{ 'INPUT_ZONE-ID': 'zone-1 example.com' }, ['zone-id']],
  [{ 'INPUT_ZONE-ID': '', 'INPUT_ZONE-NAME': 'auto a.com' }, ['zone-name']],
  [{ 'INPUT_ZONE-ID': '', 'INPUT_ZONE-NAME': 'auto', 'INPUT_CERT-ID': 'newest' }, ['zone-name']],
  [{ 'INPUT_ZONE-ID': '', 'INPUT_ZONE-NAME': 'auto', 'INPUT_CERT-ID': '', INPUT_MODE: 'disable' }, ['zone-name']],
  [
    { 'INPUT_ZONE-ID': '', 'INPUT_ZONE-NAME': 'auto', 'INPUT_CERT-ID': 'newest', INPUT_MATCH: 'certificate' },
    ['match', 'zone-name'],
  ],
  [
    { 'INPUT_ZONE-ID': '', 'INPUT_ZONE-NAME': 'auto', 'INPUT_CERT-ID': 'default', INPUT_MATCH: 'pattern' },
    ['zone-name'],
  ],
  [{ 'INPUT_ZONE-ID': 'zone-1 zone-2', 'INPUT_API-VERSION': '2022-01-06' }, ['zone-id']],
  [{ 'INPUT_CERT-ID': 'newest, J2JqATrt' }, ['cert-id']],
  [{ 'INPUT_CERT-ID': 'newest', INPUT_MATCH: 'certificate' }, ['match']],
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
  [{ 'INPUT_REUSE-UPLOADED': 'false' }, ['reuse-uploaded']],
  [{ 'INPUT_CONNECT-TO': 'cname' }, ['connect-to']],
  [{ 'INPUT_CONNECT-TO': 'a b', 'INPUT_WAIT-FOR': 'served' }, ['connect-to']],
  [{ 'INPUT_CONNECT-TO': 'https://a.b', 'INPUT_WAIT-FOR': 'served' }, ['connect-to']],
  ...['443', '8443', '1.2', '0x7f.1', '127.0.0.1:0', 'edge.example.com:0', 'edge.example.com:99999'].map(
    (to): [Record<string, string>, string[]] => [
      { 'INPUT_CONNECT-TO': to, 'INPUT_WAIT-FOR': 'served' },
      ['connect-to'],
    ],
  ),
  [{ INPUT_ROLLBACK: 'maybe' }, ['rollback']],
  [{ 'INPUT_OLD-CERTIFICATES': 'remove' }, ['old-certificates']],
  [{ 'INPUT_OLD-CERTIFICATES': 'delete', 'INPUT_WAIT-FOR': 'accepted' }, ['old-certificates']],
  [{ 'INPUT_WAIT-MINUTES': '0' }, ['wait-minutes']],
  [{ 'INPUT_WAIT-MINUTES': '361' }, ['wait-minutes']],
  [{ 'INPUT_WAIT-MINUTES': '5 min' }, ['wait-minutes']],
])('%o is refused because of %o', (change, inputs) => {
  expect(wrong(change)).toEqual(inputs)
})

test('reports all findings at once, each with its input', () => {
  const problem = problemOf({})
  expect(problem.findings.map(({ input }) => input)).toEqual(['zone-id', 'hosts', 'cert-id', 'secret-id', 'secret-key'])
  for (const { input } of problem.findings) expect(problem.message).toContain(`${input}: got`)
})

test('an empty cert-id is never the default certificate', () => {
  expect(wrong({ 'INPUT_CERT-ID': '', 'INPUT_API-VERSION': '2022-01-06' })).toEqual(['cert-id'])
  const inputs = parsed({ ...good, 'INPUT_CERT-ID': 'default', 'INPUT_API-VERSION': '2022-01-06' })
  expect(inputs.source).toEqual({ kind: 'default' })
})

test('hosts may be empty if the certificate selects them, or if no host is needed', () => {
  expect(parsed({ ...good, INPUT_HOSTS: '', INPUT_MATCH: 'certificate' }).options.selection).toEqual({
    match: 'certificate',
    patterns: [],
  })
  expect(parsed({ ...good, INPUT_HOSTS: '', 'INPUT_IF-NO-HOSTS': 'warn' }).options.selection).toEqual({
    match: 'exact',
    hosts: [],
  })
})

test.each([
  ['cname', 'cname'],
  ['CNAME', 'cname'],
  ['localhost:8443', { host: 'localhost', port: 8443 }],
  ['203.0.113.7', { host: '203.0.113.7', port: 443 }],
  ['203.0.113.7:8443', { host: '203.0.113.7', port: 8443 }],
  ['2001:db8::7', { host: '2001:db8::7', port: 443 }],
  ['[2001:db8::7]:8443', { host: '2001:db8::7', port: 8443 }],
  ['edge.example.com:444', { host: 'edge.example.com', port: 444 }],
])('connect-to %s is read', (text, place) => {
  expect(parsed({ ...good, 'INPUT_CONNECT-TO': text, 'INPUT_WAIT-FOR': 'served' }).options.connectTo).toEqual(place)
})

test('a site’s name is normalised as a host name is', () => {
  const inputs = parsed({ ...good, 'INPUT_ZONE-ID': '', 'INPUT_ZONE-NAME': 'BÜCHER.example.' })
  expect(inputs.zones).toEqual({ by: 'name', names: ['xn--bcher-kva.example'] })
})

test.each([
  ['true', true],
  ['TRUE', true],
  ['False', false],
  ['', false],
])('the flag %j is %s', (text, value) => {
  expect(parsed({ ...good, 'INPUT_DRY-RUN': text }).options.dryRun).toBe(value)
})

test('a key is read from the environment if no input has it, and the variables have an order', () => {
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
    const { signIn } = parsed(from).account
    return signIn.kind === 'key' ? signIn.key : undefined
  }
  expect(keyIn(env)).toEqual({ secretId: 'envid', secretKey: 'envkey', token: 'first' })
  expect(keyIn({ ...env, TENCENTCLOUD_SESSION_TOKEN: '' })?.token).toBe('second')
  expect(keyIn({ ...env, TENCENTCLOUD_SESSION_TOKEN: '', TENCENTCLOUD_SECURITY_TOKEN: ' ' })?.token).toBe('third')
  // A key comes from one source as a whole.
  expect(() => keyIn({ ...env, ...envOf({ 'session-token': 'input' }) })).toThrow('secret-id')
  expect(keyIn({ ...env, ...good })).toEqual({ secretId: 'AKIDexample', secretKey: 'keyexample' })
})

test('a role is assumed by the OIDC token of the job, or by a key if there is one', () => {
  const { 'INPUT_SECRET-ID': _id, 'INPUT_SECRET-KEY': _key, ...rest } = good
  const role = { arn, session: 'github-17-2', seconds: 3600 }
  const run = { GITHUB_RUN_ID: '17', GITHUB_RUN_ATTEMPT: '2', 'INPUT_ROLE-ARN': arn }
  expect(parsed({ ...rest, ...run, 'INPUT_OIDC-PROVIDER': 'github' }).account.signIn).toEqual({
    kind: 'oidc',
    provider: 'github',
    audience: 'sts.tencentcloudapi.com',
    role,
  })
  expect(parsed({ ...good, ...run }).account.signIn).toMatchObject({
    kind: 'role',
    key: { secretId: 'AKIDexample' },
    role,
  })
})

test('no problem shows a secret, and every secret is masked', () => {
  const secret = fc.string({ minLength: 12, unit: 'binary-ascii' }).map((text) => `${text}#SeCrEt#${text}`)
  fc.assert(
    fc.property(secret, secret, secret, (id, key, token) => {
      const env = envOf({ 'secret-id': id, 'secret-key': key, 'session-token': token, hosts: '' })
      const { message, findings } = problemOf(env)
      expect(message + JSON.stringify(findings)).not.toContain('SeCrEt')
      const masked = secretsIn(env)
      for (const value of [id, key, token]) {
        for (const line of value.split(/\r?\n/)) if (line.trim() !== '') expect(masked).toContain(line)
      }
    }),
  )
})

test('an unknown input is a warning with the nearest real name, if one is near', () => {
  expect(inEnglish(unknownInputs({ ...good, INPUT_CERTID: 'x' }))).toEqual([
    expect.stringContaining('Did you mean “cert-id”?'),
  ])
  expect(inEnglish(unknownInputs({ INPUT_ABCDEFGHIJKLMN: 'x' }))).toEqual([expect.not.stringContaining('Did you mean')])
  expect(inEnglish(unknownInputs({ INPUT_ZONE: 'x' }))).toEqual([
    expect.stringContaining('Did you mean “zone-id” or “zone-name”?'),
  ])
  expect(unknownInputs(good)).toEqual([])
})

const names = ['a', 'edgeone-deploy', 'A_b+c=d,e.f@g-9', 'x'.repeat(128)]
const oidc = { ...good, 'INPUT_SECRET-ID': '', 'INPUT_SECRET-KEY': '' }

test.each([
  ...names.flatMap((name) => [
    `qcs::cam::uin/100000000001:roleName/${name}`,
    `qcs::cam::uin/100000000001:role/tencentcloudServiceRoleName/${name}`,
  ]),
  'qcs::cam::uin/100000000001:role/4611686018427397919',
  'qcs::cam::uin/100000000001:role/tencentcloudServiceRole/4611686018427397920',
])('a role that CAM allows is accepted: %s', (role) => {
  expect(parsed({ ...good, 'INPUT_ROLE-ARN': role }).account.signIn).toMatchObject({ role: { arn: role } })
})

test.each(['', 'x'.repeat(129), 'a b', 'a/b', 'a:b', 'rôle', 'a*'])(
  'a role that CAM does not allow is refused: %j',
  (name) => {
    const problem = problemOf({ ...good, 'INPUT_ROLE-ARN': `qcs::cam::uin/100000000001:roleName/${name}` })
    expect(problem.message).toContain('role-arn: got ')
    expect(problem.message).toContain('a name has 1 to 128 letters, digits and any of + = , . @ _ -')
  },
)

test.each([...names, 'Anbieter-für-GitHub', '身份提供商', 'git(hub)'])(
  'a name of an identity provider is accepted: %s',
  (provider) => {
    const inputs = parsed({ ...oidc, 'INPUT_ROLE-ARN': arn, 'INPUT_OIDC-PROVIDER': provider })
    expect(inputs.account.signIn).toMatchObject({ kind: 'oidc', provider })
  },
)

test.each([
  ['https://token.actions.githubusercontent.com', 'not its URL or ARN'],
  ['qcs::cam::uin/100000000001:oidc-provider/github', 'not its URL or ARN'],
  ['git hub', 'without spaces'],
  ['x'.repeat(129), 'at most 128 characters'],
  ['a:b', 'the name of the identity provider'],
])('what is no name of an identity provider is refused: %s', (provider, sentence) => {
  const problem = problemOf({ ...oidc, 'INPUT_ROLE-ARN': arn, 'INPUT_OIDC-PROVIDER': provider })
  expect(problem.message).toContain('oidc-provider: got ')
  expect(problem.message).toContain(sentence)
})

test.each(['ab', 'A_b+c=d,e.f@g-9', 'x'.repeat(128)])('a session name that STS allows is accepted: %s', (session) => {
  const { signIn } = parsed({ ...good, 'INPUT_ROLE-ARN': arn, 'INPUT_ROLE-SESSION-NAME': session }).account
  expect(signIn).toMatchObject({ role: { session } })
})

test.each(['a', 'x'.repeat(129), 'a b', 'a/b', 'ü'])(
  'a session name that STS does not allow is refused: %s',
  (session) => {
    expect(wrong({ 'INPUT_ROLE-ARN': arn, 'INPUT_ROLE-SESSION-NAME': session })).toEqual(['role-session-name'])
  },
)
