import { generateKeyPairSync, sign } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import tls from 'node:tls'
import { CommonClient } from 'tencentcloud-sdk-nodejs-common'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { oidcHost } from './oidc.ts'
import { providerId, roleArn } from './state.ts'
import { key, startWorld, temporaryKey, type World } from './world.ts'

// The official SDK, unmodified, against the test world's STS; tokens come over TLS through the proxy, as on a runner.
let world: World
beforeEach(async () => {
  world = await startWorld()
})
afterEach(() => world[Symbol.asyncDispose]())

type Credential = { secretId: string; secretKey: string; token?: string }
const client = (service: string, version: string, credential: Credential, region: string) => {
  const agent = new http.Agent()
  agent.createConnection = () => net.connect(world.plainPort, '127.0.0.1')
  const profile = { httpProfile: { protocol: 'http://' as const, agent } }
  return new CommonClient(`${service}.tencentcloudapi.com`, version, { credential, region, profile })
}
const region = 'ap-guangzhou'
const sts = (action: string, body: object = {}, credential: Credential = key, at = region) =>
  client('sts', '2018-08-13', credential, at).request(action, body)
const bind = (credential: Credential) =>
  client('teo', '2022-09-01', credential, '').request('ModifyHostsCertificate', {
    ZoneId: 'zone-2fgd17m17xw',
    Hosts: ['www.example.com'],
    Mode: 'sslcert',
    ServerCertInfo: [{ CertId: 'J2JqATrt' }],
  })
const role = { RoleArn: roleArn, RoleSessionName: 'run-1' }
const credentialOf = ({ Credentials }: Awaited<ReturnType<typeof sts>>): Credential => {
  const { TmpSecretId: secretId, TmpSecretKey: secretKey, Token: token } = Credentials
  return { secretId, secretKey, token }
}
const anonymous = (body: object) =>
  client('sts', '2018-08-13', { secretId: '', secretKey: '' }, region).request('AssumeRoleWithWebIdentity', body, {
    skipSign: true,
  })

/** One request over TLS through the proxy. */
const ask = async (address: string, options: https.RequestOptions, body?: string) => {
  const { hostname, pathname, search } = new URL(address)
  const { hostname: host, port } = new URL(world.proxy)
  const socket = await new Promise<net.Socket>((done) => {
    const request = http.request({ host, port, method: 'CONNECT', path: `${hostname}:443`, agent: false })
    request.once('connect', (_, opened) => done(opened)).end()
  })
  const ca = (await world.issue(['any.example'])).root
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const createConnection = () => tls.connect({ socket, servername: hostname, ca })
    const request = https.request({ ...options, hostname, path: pathname + search, createConnection })
    request.once('error', reject).end(body)
    request.once('response', async (response) =>
      resolve({ status: response.statusCode, body: await text(response).catch(reject).then(String) }),
    )
  })
}
const bearer = (token = world.oidcEnv.ACTIONS_ID_TOKEN_REQUEST_TOKEN as string) => ({
  headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
})
const jwt = async (audience = 'sts.tencentcloudapi.com'): Promise<string> => {
  const address = `${world.oidcEnv.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=${encodeURIComponent(audience)}`
  return JSON.parse((await ask(address, bearer())).body).value
}
const web = async (change: object = {}) => ({
  ProviderId: providerId,
  WebIdentityToken: await jwt(),
  ...role,
  ...change,
})
const claims = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

test('the SDK assumes a role with a key, and binds a certificate with what it gets', async () => {
  const answer = await sts('AssumeRole', { ...role, DurationSeconds: 900 })
  expect(Math.abs(answer.ExpiredTime - Date.now() / 1000 - 900)).toBeLessThan(5)
  expect(answer.Expiration).toBe(new Date(answer.ExpiredTime * 1000).toISOString().replace('.000Z', 'Z'))
  const credential = credentialOf(answer)
  await bind(credential)
  await expect(bind({ ...credential, token: 'other' })).rejects.toMatchObject({ code: 'AuthFailure.TokenFailure' })
  expect(await sts('GetCallerIdentity', {}, credential)).toMatchObject({
    Arn: 'qcs::sts:100000000001:assumed-role/4611686018427397919',
    AccountId: '100000000001',
    Type: 'CAMRole',
    UserId: '4611686018427397919:run-1',
  })
  await expect(sts('AssumeRole', role, credential)).rejects.toMatchObject({ code: 'UnauthorizedOperation' })
  await sts('AssumeRole', { ...role, RoleArn: 'qcs::cam::uin/100000000001:role/4611686018427397919' }, temporaryKey)
  expect(world.state.secretTexts).toEqual(expect.arrayContaining(Object.values(credential)))
  expect(world.state.requests.map(({ region: at }) => at).slice(0, 2)).toEqual([region, ''])
})

test('the SDK reads the identity of the caller', async () => {
  expect(await sts('GetCallerIdentity')).toMatchObject({
    Arn: 'qcs::cam:100000000001:uin/100000000002',
    AccountId: '100000000001',
    Type: 'CAMUser',
    UserId: '100000000002',
    RequestId: '5ca1ab1e-0015-4000-8000-000000000001',
  })
  await expect(sts('GetCallerIdentity', {}, key, '')).rejects.toMatchObject({ code: 'MissingParameter' })
  await expect(sts('GetCallerIdentity', {}, key, 'Nowhere')).rejects.toMatchObject({ code: 'UnsupportedRegion' })
  await expect(sts('GetCallerIdentity', { Who: '' })).rejects.toMatchObject({ code: 'UnknownParameter' })
  await expect(sts('GetCallerIdentity', {}, { ...key, secretKey: 'x' })).rejects.toMatchObject({
    code: 'AuthFailure.SignatureFailure',
  })
})

test('a temporary key expires at the set time', async () => {
  world.state.keyLifeMs = 400
  const answer = await sts('AssumeRole', role)
  expect(answer.ExpiredTime).toBeLessThan(Date.now() / 1000 + 1)
  await bind(credentialOf(answer))
  await new Promise((done) => setTimeout(done, 450))
  await expect(bind(credentialOf(answer))).rejects.toMatchObject({
    code: 'AuthFailure.TokenFailure',
    message: 'Token error.',
  })
})

const elsewhere = 'qcs::cam::uin/100000000009:roleName/edgeone-deploy'
test.each([
  ['InvalidParameter.ResouceError', { RoleArn: 'edgeone-deploy' }],
  ['ResourceNotFound.RoleNotFound', { RoleArn: `${roleArn}x` }],
  ['ResourceNotFound.RoleNotFound', { RoleArn: elsewhere }],
  ['InvalidParameter.ParamError', { RoleSessionName: 'a b' }],
  ['InvalidParameter.ParamError', { DurationSeconds: 0 }],
  ['InvalidParameter.OverTimeError', { DurationSeconds: 43_201 }],
  ['MissingParameter', { RoleSessionName: undefined }],
])('AssumeRole is refused with %s', async (code, change) => {
  await expect(sts('AssumeRole', { ...role, ...change })).rejects.toMatchObject({ code })
})

test('a token of GitHub is exchanged for a key only once', async () => {
  const given = await web({ DurationSeconds: 3600 })
  const call = () => {
    const headers = {
      authorization: 'SKIP',
      'content-type': 'application/json',
      'x-tc-action': 'AssumeRoleWithWebIdentity',
      'x-tc-version': '2018-08-13',
      'x-tc-region': region,
      'x-tc-timestamp': String(Math.floor(Date.now() / 1000)),
    }
    return ask('https://sts.tencentcloudapi.com/', { method: 'POST', headers }, JSON.stringify(given))
  }
  await bind(credentialOf(JSON.parse((await call()).body).Response))
  expect(JSON.parse((await call()).body).Response.Error.Code).toBe('InvalidParameter.WebIdentityTokenError')
  const [first] = world.state.requests
  expect(JSON.parse(first?.body ?? '')).toEqual({ ...given, WebIdentityToken: '(JWT)' })
  expect(JSON.stringify(world.state.requests)).not.toContain(given.WebIdentityToken.split('.')[1])
  expect(world.state.tunnels).toContain(`${oidcHost}:443`)
})

test('the SDK exchanges a token without a signature, and a failed call spends the token', async () => {
  const first = await web()
  world.state.faults.push({
    kind: 'refuse',
    code: 'RequestLimitExceeded',
    message: '',
    on: 'AssumeRoleWithWebIdentity',
  })
  await expect(anonymous(first)).rejects.toMatchObject({ code: 'RequestLimitExceeded' })
  await expect(anonymous(first)).rejects.toMatchObject({ code: 'InvalidParameter.WebIdentityTokenError' })
  await bind(credentialOf(await anonymous(await web())))
  expect(world.state.tokens).toBe(2)
  await expect(sts('AssumeRoleWithWebIdentity', await web())).rejects.toMatchObject({
    code: 'AuthFailure.InvalidAuthorization',
  })
})

const badToken = 'InvalidParameter.WebIdentityTokenError'
test.each([
  [badToken, { exp: Math.floor(Date.now() / 1000) - 1 }, {}],
  [badToken, { nbf: Math.floor(Date.now() / 1000) + 60 }, {}],
  [badToken, {}, { WebIdentityToken: 'x.y.z' }],
  ['UnauthorizedOperation', { iss: 'https://example.org' }, {}],
  ['UnauthorizedOperation', { aud: 'other' }, {}],
  ['UnauthorizedOperation', { sub: 'repo:octo@583231/site@1296269:ref:refs/heads/main' }, {}],
  ['InvalidParameter.ParamError', {}, { ProviderId: 'unknown' }],
  ['InvalidParameter.ParamError', {}, { RoleArn: 'edgeone-deploy' }],
  ['InvalidParameter.ParamError', {}, { DurationSeconds: 43_201 }],
  ['InternalError.GetRoleError', {}, { RoleArn: elsewhere }],
])('a token is refused with %s: claims %j, parameters %j', async (code, oidcClaims, change) => {
  world.state.oidcClaims = oidcClaims
  await expect(anonymous(await web(change))).rejects.toMatchObject({ code })
})

test('a token of another signer is refused', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const signed = (await jwt()).split('.').slice(0, 2).join('.')
  const forged = `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
  await expect(anonymous(await web({ WebIdentityToken: forged }))).rejects.toMatchObject({ code: badToken })
})

test('the token endpoint issues claims, refuses bad requests and plays faults', async () => {
  const [one, other] = [await jwt('a b'), await jwt('a b')]
  expect(claims(one)).toMatchObject({
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'a b',
    sub: 'repo:octo/site:ref:refs/heads/main',
    repository: 'octo/site',
  })
  expect(claims(one).jti).not.toBe(claims(other).jti)
  expect(world.state.secretTexts).toContain(world.oidcEnv.ACTIONS_ID_TOKEN_REQUEST_TOKEN)
  expect(world.state.secretTexts.slice(-2)).toEqual([one, other])
  const address = world.oidcEnv.ACTIONS_ID_TOKEN_REQUEST_URL
  expect((await ask(address, bearer('x'))).status).toBe(401)
  expect((await ask(address.replace('2.0', '1.0'), bearer())).status).toBe(400)
  expect((await ask(address, { ...bearer(), method: 'POST' })).status).toBe(404)
  world.state.oidcFaults.push({ kind: 'status', status: 503, body: 'no' }, { kind: 'reset' }, { kind: 'hang' })
  expect(await ask(address, bearer())).toEqual({ status: 503, body: 'no' })
  await expect(ask(address, bearer())).rejects.toMatchObject({ code: 'ECONNRESET' })
  const late = new Promise((done) => setTimeout(done, 200, 'late'))
  const hung = ask(address, bearer()).catch(() => 'closed')
  expect(await Promise.race([hung, late])).toBe('late')
  expect(world.state.tokens).toBe(2)
})
