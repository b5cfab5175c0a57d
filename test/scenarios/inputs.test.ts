import { expect } from 'vitest'
import { scenario } from './scenario.ts'

scenario('names all bad inputs at once', {
  whole: true,
  inputs: { 'zone-id': 'example.com', hosts: 'https://www.example.com/', 'cert-id': '' },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Input.Invalid')
    for (const name of ['zone-id', 'hosts', 'cert-id']) expect(outputs['error-message']).toContain(`${name}: got`)
    expect(state.requests).toEqual([])
  },
})
scenario('warns of a misspelt input', {
  inputs: { 'cert-ids': 'J2JqATrt', 'zone id': 'x' },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('names every required input when nothing is given', {
  inputs: { 'zone-id': '', hosts: '', 'cert-id': '', 'secret-id': '', 'secret-key': '' },
})
scenario('refuses an endpoint without TLS', { inputs: { endpoint: 'http://teo.tencentcloudapi.com' } })
scenario('warns of a foreign endpoint', {
  inputs: { endpoint: 'https://{service}.tencentcloudapi.com.evil.test', 'wait-minutes': '0.02' },
  prepare: ({ state }) => {
    state.proxyStatus = 403
  },
})
