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

scenario('makes ten warnings at most of unknown inputs', {
  inputs: Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`unknown-${i}`, 'x'])),
  check: ({ outputs, stdout, summary }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout.match(/^::warning /gm)).toHaveLength(10)
    for (let i = 0; i < 14; i++) for (const text of [stdout, summary]) expect(text).toContain(`unknown-${i}”`)
  },
})
scenario('takes a comment right behind a host', {
  inputs: { hosts: 'www.example.com#the shop\napi.example.com # the API' },
  check: ({ outputs }) => expect(outputs['changed-hosts']).toBe('["api.example.com","www.example.com"]'),
})
