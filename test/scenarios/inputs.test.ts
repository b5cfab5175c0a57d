import { expect } from 'vitest'
import { scenario } from './scenario.ts'

scenario('three bad inputs at once', {
  inputs: { 'zone-id': 'example.com', hosts: 'https://www.example.com/', 'cert-id': '' },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Input.Invalid')
    for (const name of ['zone-id', 'hosts', 'cert-id']) expect(outputs['error-message']).toContain(`${name}: saw`)
    expect(state.requests).toEqual([])
  },
})
scenario('a typo in the name of an input', {
  inputs: { 'cert-ids': 'J2JqATrt', 'zone id': 'x' },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('default certificate under 2022-09-01', { inputs: { 'cert-id': 'default' } })
scenario('nothing given', {
  inputs: { 'zone-id': '', hosts: '', 'cert-id': '', 'secret-id': '', 'secret-key': '' },
})
scenario('an endpoint in clear', { inputs: { endpoint: 'http://teo.tencentcloudapi.com' } })
scenario('a foreign endpoint', {
  inputs: { endpoint: 'https://{service}.tencentcloudapi.com.evil.test', 'wait-minutes': '0.02' },
  prepare: ({ state }) => {
    state.proxyStatus = 403
  },
})
