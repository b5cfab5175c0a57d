import { expect } from 'vitest'
import type { Certificate, Host } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { scenario } from './scenario.ts'
import { bound, idsOf, setHosts } from './zone.ts'

const served = { 'wait-for': 'served', rollback: 'true' }
const stuck = { ...served, 'wait-minutes': '0.115' }
/** The edge never changes. */
const edgeServes = ['oldRsa01']

const alter = ({ state }: World, id: string, change: Partial<Certificate>) => {
  const found = state.certificates.get(id)
  if (found === undefined) throw new Error('no certificate')
  state.certificates.set(id, { ...found, ...change })
}
const www = (world: World, host: Partial<Host> = {}) => setHosts(world, { 'www.example.com': host })
/** Nothing says when a certificate ends. */
const endless = ({ state }: World) => {
  state.endsUntold = true
  state.sslReadable = false
}

for (const [name, sslZone, sslSeconds] of [
  ['GMT+8', 8, true],
  ['UTC without seconds', 0, false],
  ['GMT-6', -6, true],
] as const) {
  scenario(`sees a certificate served that was given by its ID when SSL lists times in ${name}`, {
    unrecorded: name !== 'UTC without seconds',
    inputs: served,
    prepare: (world) => {
      const { state } = world
      Object.assign(state, { sslZone, sslSeconds, endsUntold: true })
      alter(world, 'J2JqATrt', { notAfter: new Date('2036-06-01T12:34:56Z') })
    },
    check: ({ outputs }, world) => {
      expect(outputs['outcome']).toBe('changed')
      expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
    },
  })
}

for (const [name, inputs, prepare] of [
  ['SSL may not be read', {}, (world: World) => Object.assign(world.state, { sslReadable: false })],
  ['it is the free certificate', { mode: 'eofreecert', 'cert-id': '' }, () => {}],
  [
    'it is the default certificate of API version 2022-01-06',
    { 'api-version': '2022-01-06', 'cert-id': 'default' },
    () => {},
  ],
] as const) {
  scenario(`sees a certificate served by its end in EdgeOne when ${name}`, {
    inputs: { ...served, ...inputs },
    prepare,
    check: ({ outputs, stdout }) => {
      expect(outputs['outcome']).toBe('changed')
      expect(stdout).toContain("Recognised by the host's name and notAfter")
    },
  })
  scenario(`fails when the edge never changes, and ${name}`, {
    // How often it is probed before the deadline differs from run to run.
    unrecorded: true,
    inputs: { ...stuck, ...inputs, rollback: 'false' },
    prepare: (world) => {
      prepare(world)
      www(world, { edgeServes })
    },
    check: ({ outputs }) => {
      expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.NotServed' })
    },
  })
}

scenario('sees a certificate served by the change of the leaf when nothing says when it ends', {
  inputs: served,
  prepare: endless,
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout).toContain('serves another certificate than before the change')
    expect(state.handshakes).toHaveLength(2)
  },
})
scenario('fails when the leaf does not change and nothing says when a certificate ends', {
  inputs: stuck,
  prepare: (world) => {
    endless(world)
    www(world, { edgeServes })
  },
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.NotServed' })
    expect(outputs['error-message']).toContain('Not rolled back: ')
  },
})
scenario('probes once more at the deadline', {
  // Under load, an earlier probe may see it.
  unrecorded: true,
  inputs: { 'wait-for': 'served', 'wait-minutes': '0.25' },
  // Probed 1, 2, 4 and 8 seconds after the change; the deadline comes at 15 seconds, before the next probe.
  prepare: ({ state }) => {
    state.edgeDelayMs = 10_000
  },
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'failed-hosts': '[]' })
  },
})
scenario('fails for an unchanged host when nothing says when its certificate ends', {
  inputs: served,
  prepare: (world) => {
    endless(world)
    www(world, { certificates: bound('J2JqATrt') })
  },
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'false', 'error-code': 'Verify.NoWitness' })
  },
})

const twins = (world: World) => alter(world, 'oldRsa01', { notAfter: new Date('2036-06-01T00:00:00Z') })
scenario('tells two certificates with the same end apart by the leaf before the change', {
  inputs: served,
  prepare: twins,
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('does not take the previous certificate for the new one when both end at the same time', {
  unrecorded: true,
  inputs: { ...stuck, rollback: 'false' },
  prepare: (world) => {
    twins(world)
    www(world, { edgeServes })
  },
  check: ({ outputs }) => expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.NotServed' }),
})
scenario('makes no handshake before the change when a witness is to be had', {
  unrecorded: true,
  inputs: served,
  check: (_, { state }) => expect(state.handshakes).toHaveLength(1),
})
