import { expect } from 'vitest'
import { scenario, sentHosts, writes } from './scenario.ts'
import { idsOf, setHosts, zoneOf } from './zone.ts'

/** On Windows, the two spellings of a variable are one. */
const ignoresCase = process.platform === 'win32'
const throttled = { kind: 'refuse', code: 'RequestLimitExceeded', message: 'Too many requests.' } as const

scenario('repeats a call whose connection was reset before it was applied', {
  prepare: ({ state }) => state.faults.push({ kind: 'reset before' }),
  check: (_, { state }) => expect(writes(state)).toBe(2),
})
scenario('does not repeat a call whose connection was reset after it was applied', {
  prepare: ({ state }) => {
    state.faults.push({ kind: 'reset after' })
    state.deployMs = 0
  },
  check: (_, { state }) => expect(writes(state)).toBe(1),
})
scenario('counts a call without an answer as a change when the host is being deployed after it', {
  // How often the host is read depends on the speed of the machine.
  unrecorded: true,
  inputs: { 'wait-for': 'deployed' },
  prepare: ({ state }) => {
    state.faults.push({ kind: 'reset after' })
    state.deployMs = 2000
  },
  check: ({ outputs }, { state }) => {
    expect(writes(state)).toBe(1)
    expect(outputs).toMatchObject({ outcome: 'changed', changed: 'true', 'changed-hosts': '["www.example.com"]' })
  },
})
scenario('retries HTTP 502', {
  prepare: ({ state }) => state.faults.push({ kind: 'status', status: 502, body: '<html>Bad Gateway</html>' }),
})
scenario('sends a call again only for the hosts that do not show it after its answer was lost', {
  inputs: { 'wait-for': 'deployed', hosts: 'www.example.com api.example.com' },
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { ignores: 1 }, 'api.example.com': {} })
    world.state.faults.push({ kind: 'reset after' })
    world.state.deployMs = 0
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['changed-hosts']).toBe('["api.example.com","www.example.com"]')
    expect(sentHosts(state)).toEqual([['api.example.com', 'www.example.com'], ['www.example.com']])
  },
})
scenario('sees that a host was changed although every answer is lost', {
  unrecorded: true,
  inputs: { 'wait-for': 'served', rollback: 'true' },
  prepare: ({ state }) => {
    state.faults.push(...Array.from({ length: 9 }, () => ({ kind: 'reset after' }) as const))
  },
  check: ({ outputs, summary }, world) => {
    expect(writes(world.state)).toBe(1)
    expect(outputs).toMatchObject({ outcome: 'changed', changed: 'true', 'changed-hosts': '["www.example.com"]' })
    expect(summary).toContain('deployed&nbsp;and&nbsp;served')
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
  },
})
scenario('reads the hosts once more when the last answer is lost, and says what they have', {
  inputs: { 'wait-minutes': '0.06' },
  prepare: ({ state }) => state.faults.push({ kind: 'hang' }),
  check: ({ outputs, summary }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', 'failed-hosts': '["www.example.com"]' })
    expect(outputs['error-message']).toMatch(/Read at [\d:]{8} UTC, www\.example\.com does not show the change/)
    expect(summary).not.toContain('changed nothing')
    expect(state.counts.get('DescribeAccelerationDomains')).toBe(2)
  },
})
scenario('repeats a call without an answer on a site that cannot be read', {
  prepare: (world) => {
    zoneOf(world).readable = false
    world.state.deployMs = 0
    world.state.faults.push({ kind: 'reset after' })
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(writes(state)).toBe(2)
  },
})
scenario('does not retry HTTP 403 from a gateway', {
  prepare: ({ state }) => state.faults.push({ kind: 'status', status: 403, body: 'Forbidden <b>here</b>' }),
  check: (_, { state }) => expect(writes(state)).toBe(1),
})
scenario('does not follow a redirect', {
  prepare: ({ state }) => state.faults.push({ kind: 'status', status: 307, body: '' }),
  check: (_, { state }) => expect(writes(state)).toBe(1),
})
scenario('retries an answer that was cut off', {
  prepare: ({ state }) => {
    state.faults.push({ kind: 'half' })
    state.deployMs = 0
  },
})
scenario('cuts off an endless answer and does not retry', {
  prepare: ({ state }) => state.faults.push({ kind: 'flood' }),
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Network.TooLarge' })
    expect(writes(state)).toBe(1)
    // Cut off after 10 MiB; what is more waited in the buffers of the sockets.
    expect(state.floodBytes).toBeGreaterThan(10 * 1024 * 1024)
    expect(state.floodBytes).toBeLessThan(32 * 1024 * 1024)
  },
})
scenario('retries a throttled call with a new signature', {
  prepare: ({ state }) => state.faults.push(throttled, throttled, throttled),
  check: (_, { state }) => expect(writes(state)).toBe(4),
})

for (const [name, hours] of [
  ['behind', 1],
  ['ahead', -1],
] as const) {
  scenario(`corrects a clock one hour ${name}`, {
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

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  scenario(`${signal} cancels during a change`, {
    whole: signal === 'SIGTERM',
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

scenario('takes the lower-case proxy variable when the upper-case one is empty', {
  skip: ignoresCase,
  env: ({ proxy }) => ({ HTTPS_PROXY: '', https_proxy: proxy }),
})
scenario('signs in to a proxy whose password has a bare percent sign', {
  env: ({ proxy }) => ({ HTTPS_PROXY: proxy.replace('//', '//user:100%@') }),
  check: (_, { state }) => {
    expect(state.proxyUsers).toEqual(new Set(['user:100%']))
    // One connection to each service, whatever the number of calls.
    expect(state.tunnels.toSorted()).toEqual(['ssl.tencentcloudapi.com:443', 'teo.tencentcloudapi.com:443'])
  },
})
scenario('takes the upper-case proxy variable when the lower-case one is empty', {
  skip: ignoresCase,
  env: { https_proxy: '' },
})
scenario('explains a proxy that refuses', {
  prepare: ({ state }) => {
    state.proxyStatus = 403
  },
  check: (_, { state }) => expect(state.requests).toEqual([]),
})
scenario('refuses an unknown authority even with NODE_TLS_REJECT_UNAUTHORIZED=0', {
  // Node's own switch would take any certificate.
  env: { NODE_EXTRA_CA_CERTS: '', NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' },
  check: (_, { state }) => expect(state.requests).toEqual([]),
})
