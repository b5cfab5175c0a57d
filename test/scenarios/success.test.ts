import { expect } from 'vitest'
import { key, temporaryKey } from '../world/world.ts'
import { scenario } from './scenario.ts'

scenario('success', {
  inputs: {
    hosts: 'www.example.com\nAPI.example.com.  # a comment\nbücher.example.com, www.example.com',
    'cert-id': 'J2JqATrt,EccAbc12',
    'wait-for': 'deployed',
  },
  check: (run, { state }) => {
    const host = state.zones.get('zone-2fgd17m17xw')?.hosts.get('xn--bcher-kva.example.com')
    expect(host).toMatchObject({ mode: 'sslcert', certificates: [{ id: 'J2JqATrt' }, { id: 'EccAbc12' }] })
    expect(JSON.parse(run.outputs['changed-hosts'] ?? '')).toHaveLength(3)
  },
})

scenario('version 2022-01-06', { inputs: { 'api-version': '2022-01-06' } })

scenario('version 2022-01-06, default certificate', {
  inputs: { 'api-version': '2022-01-06', 'cert-id': 'default' },
  check: (_, { state }) => {
    expect(state.zones.get('zone-2fgd17m17xw')?.hosts.get('www.example.com')?.legacyDefault).toBe(true)
  },
})

scenario('session token', {
  inputs: {
    'secret-id': temporaryKey.secretId,
    'secret-key': temporaryKey.secretKey,
    'session-token': temporaryKey.token,
  },
})

scenario('environment credentials', {
  inputs: { 'secret-id': '', 'secret-key': ' ' },
  env: { TENCENTCLOUD_SECRET_ID: key.secretId, TENCENTCLOUD_SECRET_KEY: key.secretKey },
})

scenario('environment credentials with a token', {
  inputs: { 'secret-id': '', 'secret-key': '' },
  env: {
    TENCENTCLOUD_SECRET_ID: temporaryKey.secretId,
    TENCENTCLOUD_SECRET_KEY: temporaryKey.secretKey,
    TENCENTCLOUD_TOKEN: temporaryKey.token,
  },
})

scenario('international site, Chinese messages', { inputs: { site: 'international', language: 'zh-CN' } })

scenario('a process that ends within a second of the last answer', {
  check: (run, { state }) => expect(run.ended - state.lastAnswer).toBeLessThan(1000),
})
