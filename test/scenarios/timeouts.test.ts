import { expect } from 'vitest'
import { scenario, writes } from './scenario.ts'

for (const on of ['UploadCertificate', 'ModifyHostsCertificate']) {
  scenario(`waits for an answer to ${on} that takes twelve seconds, and sends it once`, {
    unrecorded: true,
    prepare: async (world) => {
      world.state.faults.push({ kind: 'slow', ms: 12_000, on })
      const dates = { notBefore: new Date('2026-06-01T00:00:00Z'), notAfter: new Date('2036-06-01T00:00:00Z') }
      const { chain, privateKey } = await world.issue(['*.example.com'], { algorithm: 'RSA 2048', ...dates })
      return {
        files: { 'fullchain.pem': chain, 'privkey.pem': privateKey },
        inputs: { 'cert-id': '', certificate: 'fullchain.pem', 'private-key': 'privkey.pem' },
      }
    },
    check: ({ outputs, stdout }, { state }) => {
      expect(outputs['outcome']).toBe('changed')
      expect(stdout).not.toContain('Next attempt')
      expect([state.counts.get('UploadCertificate'), writes(state)]).toEqual([1, 1])
    },
  })
}

// How long an answer may take is also tested in test/unit/send.test.ts, with a shorter limit.
// Ten seconds, as in production.
scenario('retries a connection through a silent proxy', {
  prepare: ({ state }) => {
    state.silentTunnels = 1
  },
  check: ({ outputs, stdout }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout).toContain('attempt 1: Network.Connect')
  },
})
scenario('gives up at the deadline on a silent proxy', {
  inputs: { 'wait-minutes': '0.06' },
  prepare: ({ state }) => {
    state.silentTunnels = 9
  },
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Network.Deadline'),
})
