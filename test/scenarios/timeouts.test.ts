import { expect } from 'vitest'
import { scenario } from './scenario.ts'

// Ten seconds each, as in production.
scenario('a service that is silent once', {
  prepare: ({ state }) => state.faults.push({ kind: 'hang' }),
  check: ({ outputs, stdout }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout).toContain('attempt 1: Network.Timeout')
  },
})
scenario('a proxy that is silent once', {
  prepare: ({ state }) => {
    state.silentTunnels = 1
  },
  check: ({ outputs, stdout }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout).toContain('attempt 1: Network.Connect')
  },
})
scenario('a proxy that is silent until the deadline', {
  inputs: { 'wait-minutes': '0.02' },
  prepare: ({ state }) => {
    state.silentTunnels = 9
  },
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Network.Deadline'),
})
