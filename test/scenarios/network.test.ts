import { expect } from 'vitest'
import { scenario, writes } from './scenario.ts'

const throttled = { kind: 'refuse', code: 'RequestLimitExceeded', message: 'Too many requests.' } as const

scenario('connection reset before the service applied the call', {
  prepare: ({ state }) => state.faults.push({ kind: 'reset before' }),
  check: (_, { state }) => expect(writes(state)).toBe(2),
})
scenario('connection reset after the service applied the call', {
  prepare: ({ state }) => {
    state.faults.push({ kind: 'reset after' })
    state.deployMs = 0
  },
  check: (_, { state }) => expect(writes(state)).toBe(2),
})
// The second attempt meets a host that is being deployed, because of the first: that is a change, and no failure.
scenario('connection reset after the service applied the call, and deploys it', {
  inputs: { 'wait-for': 'deployed' },
  prepare: ({ state }) => {
    state.faults.push({ kind: 'reset after' })
    state.deployMs = 2000
  },
  check: ({ outputs }, { state }) => {
    expect(writes(state)).toBe(2)
    expect(outputs).toMatchObject({ outcome: 'changed', changed: 'true', 'changed-hosts': '["www.example.com"]' })
  },
})
scenario('HTTP 502 once', {
  prepare: ({ state }) => state.faults.push({ kind: 'status', status: 502, body: '<html>Bad Gateway</html>' }),
})
scenario('HTTP 403 from a gateway', {
  prepare: ({ state }) => state.faults.push({ kind: 'status', status: 403, body: 'Forbidden <b>here</b>' }),
  check: (_, { state }) => expect(writes(state)).toBe(1),
})
scenario('a redirect', {
  prepare: ({ state }) => state.faults.push({ kind: 'status', status: 307, body: '' }),
  check: (_, { state }) => expect(writes(state)).toBe(1),
})
scenario('half a JSON once', {
  prepare: ({ state }) => {
    state.faults.push({ kind: 'half' })
    state.deployMs = 0
  },
})
scenario('an answer without end once', {
  prepare: ({ state }) => {
    state.faults.push({ kind: 'flood' })
    state.deployMs = 0
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(writes(state)).toBe(2)
    // Cut off after 10 MiB; what is more waited in the buffers of the sockets.
    expect(state.floodBytes).toBeGreaterThan(10 * 1024 * 1024)
    expect(state.floodBytes).toBeLessThan(32 * 1024 * 1024)
  },
})
scenario('throttled three times', {
  prepare: ({ state }) => state.faults.push(throttled, throttled, throttled),
  check: (_, { state }) => expect(writes(state)).toBe(4),
})

for (const [name, hours] of [
  ['behind', 1],
  ['ahead', -1],
] as const) {
  scenario(`a clock one hour ${name}`, {
    inputs: { mode: 'eofreecert', 'cert-id': '' },
    prepare: ({ state }) => {
      state.clockOffsetMs = hours * 3_600_000
    },
    check: ({ outputs }, { state }) => {
      expect(outputs['outcome']).toBe('changed')
      expect(state.counts.get('DescribeAccelerationDomains')).toBe(2)
      expect(writes(state)).toBe(1)
    },
  })
}

scenario('a service that hangs until the deadline', {
  inputs: { 'wait-minutes': '0.02' },
  prepare: ({ state }) => state.faults.push({ kind: 'hang' }),
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Network.Deadline'),
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  scenario(`${signal} in mid-call`, {
    prepare: ({ state }) => state.faults.push({ kind: 'hang' }),
    onStart: (child, { state }) => {
      state.onRequest = (action) => {
        if (action !== 'ModifyHostsCertificate') return
        state.lastAnswer = performance.now()
        child.kill(signal)
      }
    },
    check: (run, { state }) => {
      expect(run.outputs['outcome']).toBe('cancelled')
      expect(run.summary).toContain('may have applied the change')
      expect(run.ended - state.lastAnswer).toBeLessThan(2000)
      expect(writes(state)).toBe(1)
    },
  })
}

scenario('only the lower-case proxy variable, the other empty', {
  env: ({ proxy }) => ({ HTTPS_PROXY: '', https_proxy: proxy }),
})
scenario('only the upper-case proxy variable, the other empty', { env: { https_proxy: '' } })
scenario('a proxy that refuses', {
  prepare: ({ state }) => {
    state.proxyStatus = 403
  },
  check: (_, { state }) => expect(state.requests).toEqual([]),
})
scenario('a certificate that no known authority signed', {
  // Node's own switch would take any certificate.
  env: { NODE_EXTRA_CA_CERTS: '', NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' },
  check: (_, { state }) => expect(state.requests).toEqual([]),
})
