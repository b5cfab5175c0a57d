import http from 'node:http'
import net from 'node:net'
import { CommonClient } from 'tencentcloud-sdk-nodejs-common'
import { teo } from 'tencentcloud-sdk-nodejs-teo'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { key, startWorld, temporaryKey, type World } from './world.ts'

// The official SDK, unmodified, against the test world: the world must take what Tencent Cloud takes.
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
const binding = { ZoneId: 'zone-2fgd17m17xw', Hosts: ['www.example.com'] }
const named = { ...binding, Mode: 'sslcert', ServerCertInfo: [{ CertId: 'J2JqATrt' }] }
const sdk = (credential: { secretId: string; secretKey: string; token?: string }) =>
  new teo.v20220901.Client({ credential, region: '', profile: profile() })

test('the SDK binds a certificate in the world', async () => {
  expect(await sdk(key).ModifyHostsCertificate(named)).toMatchObject({ RequestId: expect.stringMatching(/^5ca1ab1e-/) })
  expect(world.state.zones.get('zone-2fgd17m17xw')?.get('www.example.com')?.certificates).toEqual(['J2JqATrt'])
})

test('the SDK with a temporary key', async () => {
  await sdk(temporaryKey).ModifyHostsCertificate(named)
  await expect(sdk({ ...temporaryKey, token: 'other' }).ModifyHostsCertificate(named)).rejects.toMatchObject({
    code: 'AuthFailure.TokenFailure',
  })
})

test('the SDK with version 2022-01-06, certificate and default', async () => {
  const old = new CommonClient('teo.tencentcloudapi.com', '2022-01-06', { credential: key, profile: profile() })
  await old.request('ModifyHostsCertificate', { ...binding, CertInfo: [{ CertId: 'J2JqATrt' }] })
  await old.request('ModifyHostsCertificate', binding)
  expect(world.state.zones.get('zone-2fgd17m17xw')?.get('www.example.com')?.mode).toBe('default')
  await expect(old.request('ModifyHostsCertificate', named)).rejects.toMatchObject({ code: 'UnknownParameter' })
})

test('the SDK meets the refusals of the world', async () => {
  await expect(sdk({ ...key, secretKey: 'x' }).ModifyHostsCertificate(named)).rejects.toMatchObject({
    code: 'AuthFailure.SignatureFailure',
  })
  await expect(sdk(key).ModifyHostsCertificate({ ...named, Hosts: ['x.example.com'] })).rejects.toMatchObject({
    code: 'ResourceUnavailable.HostNotFound',
  })
  world.state.clockOffsetMs = 3_600_000
  await expect(sdk(key).ModifyHostsCertificate(named)).rejects.toMatchObject({ code: 'AuthFailure.SignatureExpire' })
})
