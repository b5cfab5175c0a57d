import { expect } from 'vitest'
import { key, temporaryKey } from '../world/world.ts'
import { scenarioOnBoth as scenario } from './scenario.ts'

scenario('binds RSA and ECC to three hosts and waits until deployed', {
  whole: true,
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

scenario('binds with API version 2022-01-06', { bodies: true, inputs: { 'api-version': '2022-01-06' } })

scenario('binds the default certificate with API version 2022-01-06', {
  bodies: true,
  inputs: { 'api-version': '2022-01-06', 'cert-id': 'default' },
  check: (_, { state }) => {
    expect(state.zones.get('zone-2fgd17m17xw')?.hosts.get('www.example.com')?.legacyDefault).toBe(true)
  },
})

scenario('signs with a temporary key', {
  inputs: {
    'secret-id': temporaryKey.secretId,
    'secret-key': temporaryKey.secretKey,
    'session-token': temporaryKey.token,
  },
})

scenario('takes the key from the environment', {
  inputs: { 'secret-id': '', 'secret-key': ' ' },
  env: { TENCENTCLOUD_SECRET_ID: key.secretId, TENCENTCLOUD_SECRET_KEY: key.secretKey },
})

scenario('takes a temporary key from the environment', {
  inputs: { 'secret-id': '', 'secret-key': '' },
  env: {
    TENCENTCLOUD_SECRET_ID: temporaryKey.secretId,
    TENCENTCLOUD_SECRET_KEY: temporaryKey.secretKey,
    TENCENTCLOUD_TOKEN: temporaryKey.token,
  },
})

scenario('calls the international site and asks for Chinese messages', {
  bodies: true,
  inputs: { site: 'international', language: 'zh-CN' },
})

scenario('ends after the last answer, without waiting for idle connections', {
  // They would be kept for 30 seconds.
  check: (run, { state }) => expect(run.ended - state.lastAnswer).toBeLessThan(5000),
})
