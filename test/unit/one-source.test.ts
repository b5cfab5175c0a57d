import { expect, test } from 'vitest'
import { parseInputs } from '../../src/inputs/inputs.ts'
import { secretsIn } from '../../src/inputs/secrets.ts'
import type { Environment } from '../../src/model/ports.ts'
import { Problem } from '../../src/model/problem.ts'
import { inEnglish } from '../support/english.ts'
import { envOf, envWith } from '../support/inputs.ts'
import { parsed } from '../support/parsed.ts'

const environment = {
  TENCENTCLOUD_SECRET_ID: 'envid',
  TENCENTCLOUD_SECRET_KEY: 'envkey',
  TENCENTCLOUD_TOKEN: 'stale-token',
}
const noKey = { 'secret-id': '', 'secret-key': '' }
const role = { 'role-arn': 'qcs::cam::uin/100000000001:roleName/x' }
const oidc = { ...noKey, ...role, 'oidc-provider': 'github' }

const signIn = (env: Environment) => parsed(env).account.signIn
const findings = (env: Environment): readonly string[] => {
  try {
    parseInputs(env)
  } catch (thrown) {
    if (thrown instanceof Problem) return inEnglish(thrown.findings).map(({ input, seen }) => `${input}: ${seen}`)
    throw thrown
  }
  return []
}

test('a key of the inputs is never combined with a token of the environment', () => {
  const key = { secretId: 'AKIDexample', secretKey: 'keyexample' }
  expect(signIn({ ...envWith(), ...environment })).toEqual({ kind: 'key', key })
  expect(signIn({ ...envWith(role), ...environment })).toMatchObject({ kind: 'role', key })
  expect(signIn({ ...envWith({ 'session-token': 'mine' }), ...environment })).toEqual({
    kind: 'key',
    key: { ...key, token: 'mine' },
  })
})

test('a key of the environment comes with the token of the environment', () => {
  const key = { secretId: 'envid', secretKey: 'envkey', token: 'stale-token' }
  expect(signIn({ ...envWith(noKey), ...environment })).toEqual({ kind: 'key', key })
  expect(signIn({ ...envWith({ ...noKey, ...role }), ...environment })).toMatchObject({ kind: 'role', key })
})

test.each<[string, Record<string, string>, string]>([
  ['secret-id', { 'secret-key': '' }, 'secret-key: nothing'],
  ['secret-key', { 'secret-id': '' }, 'secret-id: nothing'],
])('%s alone is not completed from the environment', (_, inputs, finding) => {
  expect(findings({ ...envWith(inputs), ...environment })).toEqual([finding])
})

test('session-token alone is no key, and takes none from the environment', () => {
  const env = { ...envWith({ ...noKey, 'session-token': 'mine' }), ...environment }
  expect(findings(env)).toEqual(['secret-id: nothing', 'secret-key: nothing'])
})

test('a key of the environment beside a role by OIDC is not used, which is said; one of the inputs is an error', () => {
  expect(signIn(envWith(oidc))).not.toHaveProperty('unused')
  expect(signIn({ ...envWith(oidc), TENCENTCLOUD_TOKEN: 'stale' })).not.toHaveProperty('unused')
  expect(signIn({ ...envWith(oidc), ...environment })).toMatchObject({ kind: 'oidc', unused: 'TENCENTCLOUD_SECRET_ID' })
  expect(findings(envWith({ ...role, 'oidc-provider': 'github' }))).toEqual(['oidc-provider: “github”'])
})

test.each(['\n', '\r\n', '\n\n'])('a line break at the end of a secret is left out: %j', (end) => {
  const inputs = { 'secret-id': `AKIDexample${end}`, 'secret-key': `keyexample${end}`, 'session-token': `token${end}` }
  const key = { secretId: 'AKIDexample', secretKey: 'keyexample', token: 'token' }
  expect(signIn(envWith(inputs))).toEqual({ kind: 'key', key })
})

test.each([',', ' , ,\n', '\n', '# 100000000001', ' '])('allowed-account-ids without an ID is an error: %j', (ids) => {
  expect(findings(envWith({ 'allowed-account-ids': ids }))).toEqual(['allowed-account-ids: a list without an ID'])
})
test('no allowed-account-ids allow any account', () => {
  expect(parsed(envWith({ 'allowed-account-ids': '' })).account.allowedAccounts).toEqual([])
})

const hidden = 'endpoint: a value (not shown)'
test.each([
  'https://{service}.tencentcloudapi.com/?token=s3cr3t',
  'https://{service}.tencentcloudapi.com?s3cr3t',
  'https://{service}.tencentcloudapi.com/#s3cr3t',
  'https://{service}.tencentcloudapi.com/?',
  'https://s3cr3t@{service}.tencentcloudapi.com',
  'https://user:s3cr3t@{service}.tencentcloudapi.com',
  'https://:s3cr3t@{service}.tencentcloudapi.com/',
  'http://user:s3cr3t@127.0.0.1:80',
  'https://user:s3cr3t@ho st',
  'https://{service}.tencentcloudapi.com/s3cr3t',
  'user:s3cr3t',
  's3cr3t s3cr3t',
])('an endpoint that may hold a secret is refused unseen: %s', (endpoint) => {
  const env = envWith({ endpoint })
  expect(findings(env)).toEqual([hidden])
  expect(secretsIn(env)).toContain(endpoint)
})
test('an endpoint that is scheme and host alone is shown when it is refused', () => {
  const env = envWith({ endpoint: 'http://{service}.example.com' })
  expect(findings(env)).toEqual(['endpoint: “http://{service}.example.com”'])
  expect(secretsIn(env)).not.toContain('http://{service}.example.com')
})

test.each([
  'https://{service}.example.com',
  'https://tencentcloudapi.com',
  'https://eviltencentcloudapi.com',
  'https://{service}.tencentcloudapi.com.evil.test',
  'https://sts.tencentcloudapi.com.',
])('the OIDC token is not sent to %s', (endpoint) => {
  expect(findings(envWith({ ...oidc, endpoint }))).toEqual([`endpoint: “${endpoint}”`])
  expect(findings(envWith({ endpoint }))).toEqual([])
  expect(findings(envWith({ ...role, endpoint }))).toEqual([])
})
test.each([
  'https://{service}.internal.tencentcloudapi.com',
  'http://127.0.0.1:8080',
  'https://localhost',
  'http://[::1]:80',
])('the OIDC token may be sent to %s', (endpoint) => {
  expect(findings(envWith({ ...oidc, endpoint }))).toEqual([])
})

test('tokens for GitHub and passwords of proxies are secrets, in each spelling', () => {
  const secrets = secretsIn({
    ...envOf({ 'github-token': 'ghs_input' }),
    GITHUB_TOKEN: 'ghs_one',
    GH_TOKEN: 'ghs_two',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
    HTTPS_PROXY: 'http://user%40x:p%40ss%@proxy.example:3128',
    http_proxy: 'user:other@word@proxy.example',
    ALL_PROXY: 'http://proxy.example:3128',
    NO_PROXY: 'a:b@c',
  })
  expect(secrets.toSorted()).toEqual(
    [
      ...['ghs_input', 'ghs_one', 'ghs_two', 'request-token'],
      ...['p%40ss%', 'p@ss%', 'user%40x:p%40ss%', 'user@x:p@ss%'],
      ...['other@word', 'user:other@word'],
    ].toSorted(),
  )
  expect(secretsIn({ HTTPS_PROXY: 'http://user:abc@proxy.example' })).toEqual([])
})
