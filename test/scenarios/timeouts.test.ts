import { expect } from 'vitest'
import { scenario } from './scenario.ts'

// How long an answer may take is tested in test/unit/send.test.ts, with a shorter limit.
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
  inputs: { 'wait-minutes': '0.02' },
  prepare: ({ state }) => {
    state.silentTunnels = 9
  },
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Network.Deadline'),
})
