import { expect } from 'vitest'
import type { World } from '../world/world.ts'
import { scenario, sentHosts, writes } from './scenario.ts'
import { bound, idsOf, setHosts, zoneOf } from './zone.ts'

// What EdgeOne may do, or may not do, after it accepted a change: the step must survive both.

const deployed = { 'wait-for': 'deployed' }
const two = { ...deployed, hosts: 'www.example.com api.example.com' }
const reads = ({ state }: World): number => state.counts.get('DescribeAccelerationDomains') ?? 0

/** When the change of a host was in effect, on the clock of `performance`. */
const inEffectAt = (world: World, host: string): number =>
  (zoneOf(world).hosts.get(host)?.busyUntil ?? Infinity) - performance.timeOrigin

scenario('does not take a silent list for a deployment that has not begun yet', {
  inputs: deployed,
  prepare: ({ state }) => {
    state.withoutStatus = true
    state.startDelayMs = 2500
    state.deployMs = 1500
  },
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('changed')
    expect(run.ended).toBeGreaterThan(inEffectAt(world, 'www.example.com'))
  },
})
scenario('reads twice where lists have no status', {
  inputs: deployed,
  prepare: ({ state }) => {
    state.withoutStatus = true
  },
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('changed')
    expect(reads(world)).toBe(4)
  },
})
scenario('reads once where lists have no status, but a time of deployment after the change', {
  unrecorded: true,
  inputs: deployed,
  prepare: ({ state }) => {
    Object.assign(state, { withoutStatus: true, deployTime: 'ended', deployMs: 1500 })
  },
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('changed')
    // The first reading comes in mid-deployment.
    expect(reads(world)).toBe(3)
  },
})
scenario('reads once where lists have a status', {
  inputs: deployed,
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('changed')
    expect(reads(world)).toBe(2)
  },
})
scenario('leaves a host alone that has the certificate in a list without a status', {
  inputs: deployed,
  prepare: (world) => {
    world.state.withoutStatus = true
    setHosts(world, { 'www.example.com': { certificates: bound('J2JqATrt') } })
  },
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('unchanged')
    expect(reads(world)).toBe(1)
  },
})
scenario('takes the mode ssl for sslcert', {
  inputs: two,
  prepare: (world) => {
    world.state.modeWord = 'ssl'
    setHosts(world, {
      'www.example.com': { certificates: bound('oldRsa01', 'oldEcc01') },
      'api.example.com': { certificates: bound('J2JqATrt') },
    })
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'unchanged-hosts': '["api.example.com"]' })
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt', 'oldEcc01'])
  },
})
scenario('waits for a host that is busy, whatever words EdgeOne denies the call with', {
  inputs: two,
  prepare: (world) => {
    world.state.busyRefusal = ['OperationDenied.Unheard', 'Not now.']
    const host = zoneOf(world).hosts.get('www.example.com')
    // The deployment begins after the reading for the plan.
    world.state.onRequest = (action) => {
      if (host && action === 'ModifyHostsCertificate') host.busyUntil ??= Date.now() + 2000
    }
  },
  check: ({ outputs }) => expect(outputs).toMatchObject({ outcome: 'changed', 'failed-hosts': '[]' }),
})
for (const busyRefusal of [
  ['OperationDenied', '当前域名状态为部署中，请稍后重试。'],
  ['OperationDenied.Unheard', 'Not now.'],
  ['ResourceInUse', 'The resource is occupied.'],
] as const) {
  scenario(`counts hosts as changed that were changed by a call without an answer, and are busy by ${busyRefusal[0]}`, {
    unrecorded: true,
    inputs: two,
    prepare: ({ state }) => {
      // The lists still show the hosts as they were.
      Object.assign(state, { staleMs: 2500, deployMs: 4000, busyRefusal })
      state.faults.push({ kind: 'reset after' })
    },
    check: ({ outputs }) => {
      expect(outputs).toMatchObject({
        ...{ outcome: 'changed', changed: 'true', 'failed-hosts': '[]' },
        'changed-hosts': '["api.example.com","www.example.com"]',
      })
    },
  })
}
for (const code of ['ResourceInUse', 'InvalidParameter.ActionInProgress']) {
  scenario(`binds the other hosts when EdgeOne answers ${code} for a host that stays busy`, {
    unrecorded: true,
    inputs: { ...two, 'wait-minutes': '0.15' },
    prepare: (world) => {
      world.state.busyRefusal = [code, 'The resource is occupied.']
      const host = zoneOf(world).hosts.get('www.example.com')
      // The deployment begins after the reading for the plan.
      world.state.onRequest = (action) => {
        if (host && action === 'ModifyHostsCertificate') host.busyUntil ??= Date.now() + 60_000
      }
    },
    check: ({ outputs }, world) => {
      expect(outputs).toMatchObject({
        ...{ outcome: 'failed', 'error-code': code },
        ...{ 'changed-hosts': '["api.example.com"]', 'failed-hosts': '["www.example.com"]' },
      })
      expect(idsOf(world, 'api.example.com')).toEqual(['J2JqATrt'])
    },
  })
}
scenario('retries a call until its site is free, when EdgeOne answers ResourceInUse and no host is busy', {
  unrecorded: true,
  inputs: two,
  prepare: ({ state }) => {
    const refusal = { kind: 'refuse', code: 'ResourceInUse', message: 'The resource is occupied.' } as const
    state.faults.push(refusal, refusal, refusal)
  },
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'changed-count': '2' })
    expect(sentHosts(state).every(({ length }) => length === 2)).toBe(true)
    expect(writes(state)).toBe(4)
    expect(stdout).toContain('attempt 3: ResourceInUse (an earlier change is still in progress)')
  },
})
scenario('reads again when a call is denied, and reports the refusal of a host that is not busy', {
  inputs: two,
  prepare: (world) =>
    setHosts(world, {
      'www.example.com': { refuses: ['OperationDenied.Unheard', 'Not now.'] },
      'api.example.com': {},
    }),
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({
      ...{ 'error-code': 'OperationDenied.Unheard', 'changed-hosts': '["api.example.com"]' },
      'failed-hosts': '["www.example.com"]',
    })
  },
})
scenario('fails soon for a host that is deleted while the step waits for it', {
  inputs: two,
  prepare: (world) => setHosts(world, { 'www.example.com': { vanishes: true }, 'api.example.com': {} }),
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ 'error-code': 'Verify.HostGone', 'failed-hosts': '["www.example.com"]' })
  },
})
scenario('does not send the change again while a free certificate that is not listed is applied for', {
  inputs: { ...deployed, mode: 'eofreecert', 'cert-id': '', 'wait-minutes': '0.2' },
  prepare: (world) => {
    world.state.emptyWhileApplying = true
    setHosts(world, { 'www.example.com': { endsAs: 'applying' } })
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Verify.NotDeployed')
    expect(writes(state)).toBe(1)
  },
})
scenario('explains that EdgeOne does not know the default certificate by its ID', {
  inputs: { ...deployed, 'cert-id': 'default' },
  prepare: ({ state }) => {
    state.defaultsNameless = true
  },
  check: ({ outputs, summary }) => {
    expect(outputs['error-code']).toBe('Certificate.DefaultNotTaken')
    expect(outputs['error-message']).toContain('dfltRsa1')
    expect(summary).toContain('`api-version: 2022-01-06`')
  },
})
scenario('reads the hosts once more at the deadline', {
  // The readings come one, three and seven seconds after the call; the next would come after the deadline.
  inputs: { ...deployed, 'wait-minutes': '0.25' },
  prepare: ({ state }) => {
    state.deployMs = 10_000
  },
  check: ({ outputs }) => expect(outputs).toMatchObject({ outcome: 'changed', 'error-code': '' }),
})
scenario('is patient with a list that shows a failure from before the change', {
  inputs: deployed,
  prepare: (world) => {
    world.state.staleMs = 2500
    setHosts(world, { 'www.example.com': { certificates: [{ id: 'J2JqATrt', status: 'issued' }] } })
  },
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'error-code': '' })
    expect(writes(state)).toBe(1)
  },
})
scenario('does not roll a host back to the certificate that could not be bound', {
  inputs: { ...deployed, rollback: 'true' },
  prepare: (world) => {
    world.state.deployMs = 1500
    setHosts(world, { 'www.example.com': { certificates: [{ id: 'J2JqATrt', status: 'issued' }], endsAs: 'issued' } })
  },
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.BindingFailed' })
    expect(writes(state)).toBe(1)
  },
})
