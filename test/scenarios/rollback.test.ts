import type { ChildProcess } from 'node:child_process'
import { expect } from 'vitest'
import type { Certificate, Host } from '../world/state.ts'
import { newCertificate } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { scenario, writes } from './scenario.ts'
import { bound, idsOf, setHosts, zoneOf } from './zone.ts'

const back = { rollback: 'true', 'wait-for': 'deployed' }
const served = { rollback: 'true', 'wait-for': 'served', 'wait-minutes': '0.115' }
const www = (world: World, host: Partial<Host> = {}) => setHosts(world, { 'www.example.com': host })
const add = ({ state }: World, certificate: Pick<Certificate, 'id'> & Partial<Certificate>) =>
  state.certificates.set(certificate.id, newCertificate(certificate))
/** The first change of the host fails; the rollback does not. */
const failsOnce = (world: World, host: Partial<Host> = {}) => {
  www(world, { ...host, endsAs: 'failed' })
  world.state.onRequest = (action) => {
    const changed = zoneOf(world).hosts.get('www.example.com')
    if (action === 'DescribeAccelerationDomains' && changed?.changedAt !== undefined) delete changed.endsAs
  }
}

scenario('does not roll back a host whose previous certificate is no longer served', {
  whole: true,
  inputs: served,
  prepare: (world) => {
    add(world, { id: 'another1', notAfter: new Date('2034-01-15T00:00:00Z') })
    www(world, { edgeServes: ['another1'] })
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.NotServed' })
    expect(outputs['error-message']).toContain('Not rolled back: EdgeOne no longer serves the previous certificate')
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
  },
})
scenario('does not roll back a host whose DNS leads elsewhere', {
  inputs: served,
  prepare: ({ state }) => void state.dnsElsewhere.add('www.example.com'),
  check: ({ outputs }, world) => {
    expect(outputs['error-code']).toBe('Verify.NotServed')
    expect(outputs['error-message']).toContain('Not rolled back: EdgeOne itself serves the new certificate')
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
  },
})
scenario('does not roll back a host that cannot be reached', {
  inputs: served,
  prepare: (world) => www(world, { edgeDown: true }),
  check: ({ outputs }, world) => {
    expect(outputs['error-message']).toContain('Not rolled back: EdgeOne could not be probed from here')
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
  },
})
scenario('rolls back a host of which EdgeOne serves a certificate with another name', {
  inputs: served,
  prepare: (world) => www(world, { edgeServes: ['othRsa01'] }),
  check: ({ outputs }, world) => {
    expect(outputs['outcome']).toBe('rolled-back')
    expect(idsOf(world, 'www.example.com')).toEqual(['oldRsa01'])
  },
})
scenario('keeps a host that is deployed by the last reading', {
  inputs: { ...back, 'wait-minutes': '0.25' },
  // Read 1, 3 and 7 seconds after the change; the deadline comes at 15 seconds, before the next reading.
  prepare: (world) => www(world, { deployMs: 10_000 }),
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'failed-hosts': '[]' })
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
    expect(writes(world.state)).toBe(1)
  },
})
scenario('rolls back a host that EdgeOne is still deploying at the last reading', {
  // How often it is read, and refused, until the deployment ends differs from run to run.
  unrecorded: true,
  inputs: { ...back, 'wait-minutes': '0.115' },
  prepare: (world) => {
    www(world, { deployMs: 10_000 })
    world.state.onRequest = () => {
      const host = zoneOf(world).hosts.get('www.example.com')
      if (host?.changedAt !== undefined) host.deployMs = 100
    }
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'rolled-back', 'error-code': 'Verify.NotDeployed' })
    expect(idsOf(world, 'www.example.com')).toEqual(['oldRsa01'])
  },
})
scenario('does not roll back a host whose state cannot be read at the end', {
  inputs: { ...back, 'wait-minutes': '0.115' },
  prepare: (world) => {
    www(world, { deployMs: 60_000 })
    world.state.onRequest = (action) => {
      const { state } = world
      if (action !== 'DescribeAccelerationDomains' || (state.counts.get(action) ?? 0) < 2) return
      // From the second reading on.
      zoneOf(world).readable = false
    }
  },
  check: ({ outputs }, world) => {
    expect(outputs['outcome']).toBe('failed')
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
    expect(writes(world.state)).toBe(1)
  },
})
scenario('does not roll back a host of which EdgeOne lists the certificate, and no status', {
  unrecorded: true,
  // Read after 1, 3 and 5.5 seconds: too soon to prove that it is in effect.
  inputs: { ...back, 'wait-minutes': '0.092' },
  prepare: (world) => {
    world.state.withoutStatus = true
    www(world)
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.NotDeployed' })
    expect(outputs['error-message']).toContain('Not rolled back: EdgeOne lists its new certificate')
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
    expect(writes(world.state)).toBe(1)
  },
})
scenario('does not roll back a host that somebody else changed meanwhile', {
  unrecorded: true,
  inputs: { ...back, 'wait-minutes': '0.115' },
  prepare: (world) => {
    add(world, { id: 'another1' })
    www(world)
    world.state.onRequest = (action) => {
      const host = zoneOf(world).hosts.get('www.example.com')
      if (action === 'DescribeAccelerationDomains' && host?.changedAt !== undefined)
        host.certificates = bound('another1')
    }
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'failed-hosts': '["www.example.com"]' })
    expect(outputs['error-message']).toContain('Not rolled back: its certificates were changed meanwhile')
    expect(idsOf(world, 'www.example.com')).toEqual(['another1'])
    expect(writes(world.state)).toBe(1)
  },
})

for (const [name, before, prepare, unrecorded] of [
  ['that has expired', ['expRsa01'], () => {}, false],
  [
    'that expires within the hour',
    ['soonRsa1'],
    (world: World) => void add(world, { id: 'soonRsa1', notAfter: new Date(Date.now() + 3_000_000) }),
    // The dates differ from run to run.
    true,
  ],
] as const) {
  scenario(`does not roll back to a certificate ${name}`, {
    unrecorded,
    inputs: back,
    prepare: (world) => {
      prepare(world)
      failsOnce(world, { certificates: bound(...before) })
    },
    check: ({ outputs, summary }, world) => {
      expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.RollbackFailed' })
      expect(outputs['error-message']).toContain(`${before[0]}, which it had before, has expired or will expire within`)
      expect(summary.startsWith('## 🚨 1 host NOT rolled back')).toBe(true)
      expect(summary).not.toContain('tccli')
      expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
      expect(writes(world.state)).toBe(1)
    },
  })
}
scenario('rolls back to the one of two certificates that has not expired', {
  inputs: back,
  prepare: (world) => failsOnce(world, { certificates: bound('oldRsa01', 'expEcc01') }),
  check: ({ outputs, stdout }, world) => {
    expect(outputs['outcome']).toBe('rolled-back')
    expect(idsOf(world, 'www.example.com')).toEqual(['oldRsa01'])
    expect(stdout).toContain('::warning title=Rollback::expEcc01 has expired')
  },
})

/** Signals the step when the n-th call of an action has been answered. */
const signalAt =
  (action: string, nth: number) =>
  (child: ChildProcess, { state }: World): void => {
    const { onRequest } = state
    state.onRequest = (arrived) => {
      onRequest(arrived)
      if (arrived !== action || state.counts.get(action) !== nth) return
      state.lastAnswer = performance.now()
      child.kill('SIGTERM')
    }
  }
for (const [when, action, nth, said] of [
  [
    'waits',
    'DescribeAccelerationDomains',
    4,
    /EdgeOne accepted the call \(RequestId 5ca1ab1e-0001-\S+2\), and the step/,
  ],
  ['is under way', 'ModifyHostsCertificate', 2, /its rollback was started, and EdgeOne did not confirm it/],
] as const) {
  scenario(`SIGTERM while a rollback ${when} leaves it in the report`, {
    inputs: back,
    prepare: (world) => {
      failsOnce(world, {})
      const { onRequest } = world.state
      world.state.onRequest = (arrived) => {
        onRequest(arrived)
        if (arrived === action && world.state.counts.get(action) === nth - 1) {
          world.state.faults.push({ kind: 'hang', on: action })
        }
      }
    },
    onStart: signalAt(action, nth),
    check: (run, { state }) => {
      expect(run.outputs).toMatchObject({ outcome: 'cancelled', 'failed-hosts': '["www.example.com"]' })
      expect(run.summary.startsWith('## 🚨 1 host NOT rolled back')).toBe(true)
      expect(run.summary).toMatch(/^## 🚨 1 host NOT rolled back: `www\.example\.com` – the run was cancelled/)
      expect(run.document).toMatch(/"state":"rollback-failed"/)
      expect(run.document).toMatch(said)
      expect(run.summary).toMatch(said)
      expect(run.summary).toContain('tccli teo ModifyHostsCertificate')
      expect(run.ended - state.lastAnswer).toBeLessThan(2000)
    },
  })
}
