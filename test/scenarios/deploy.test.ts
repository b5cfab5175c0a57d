import { expect } from 'vitest'
import type { Host } from '../world/state.ts'
import { scenario, sentHosts, writes } from './scenario.ts'
import { bound, busyFor, idsOf, setHosts } from './zone.ts'

const names = (n: number) => Array.from({ length: n }, (_, i) => `h${String(i).padStart(2, '0')}.example.com`)
const site = (n: number, host: (i: number) => Partial<Host>) =>
  Object.fromEntries(names(n).map((name, i) => [name, host(i)]))
const deployed = { 'wait-for': 'deployed' }
const refuses = ['InvalidParameter.HostStatusNotAllowApplyCertificate', 'This host cannot.'] as const
const two = { hosts: 'www.example.com api.example.com' }

scenario('finds the one host of twelve that is refused and binds the others', {
  inputs: { ...deployed, hosts: names(12).join(' ') },
  prepare: (world) =>
    setHosts(
      world,
      site(12, (i) => (i === 7 ? { refuses } : {})),
    ),
  check: ({ outputs }) => {
    expect(outputs['failed-hosts']).toBe('["h07.example.com"]')
    expect(JSON.parse(outputs['changed-hosts'] ?? '')).toHaveLength(11)
    expect(outputs).toMatchObject({ outcome: 'failed', changed: 'true', 'error-code': refuses[0] })
  },
})
scenario('reports both codes when two hosts are refused', {
  inputs: { hosts: names(4).join(' ') },
  prepare: (world) => {
    const other = ['InvalidParameterValue.ServerCertInfoNeedContainSM2', 'Edge mTLS is enabled.'] as const
    setHosts(
      world,
      site(4, (i) => (i === 0 ? { refuses } : i === 3 ? { refuses: other } : {})),
    )
  },
  check: ({ summary }) => expect(summary).toContain('**Also `InvalidParameterValue.ServerCertInfoNeedContainSM2`**'),
})
scenario('stops at a refusal that concerns the whole site', {
  inputs: { hosts: names(5).join(' ') },
  prepare: (world) => {
    setHosts(
      world,
      site(5, (i) => (i > 2 ? { certificates: bound('oldRsa01', 'oldEcc01') } : {})),
    )
    const message = 'There is a test version in use.'
    world.state.faults.push({ kind: 'refuse', code: 'OperationDenied.VersionControlIsGraying', message })
  },
  check: (_, { state }) => expect(writes(state)).toBe(1),
})
scenario('sends one call for each set of kept and client certificates', {
  inputs: { ...deployed, hosts: names(4).join(' ') },
  prepare: (world) => {
    const client = { Switch: 'on', CertInfos: [{ CertId: 'clientCa' }] }
    const kinds: Partial<Host>[] = [{}, {}, { certificates: bound('oldRsa01', 'oldEcc01') }, { client }]
    setHosts(
      world,
      site(4, (i) => kinds[i] ?? {}),
    )
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(writes(state)).toBe(3)
  },
})
for (const code of ['LimitExceeded.HostsLimitExceeded', 'UnsupportedOperation', 'OperationDenied.ConfigLocked']) {
  scenario(`finds and remembers how many hosts a call may have when more are refused as ${code}`, {
    unrecorded: code !== 'UnsupportedOperation',
    inputs: { hosts: names(40).join(' ') },
    prepare: (world) => {
      setHosts(
        world,
        site(40, (i) => (i < 24 ? {} : { certificates: bound('oldRsa01', 'oldEcc01') })),
      )
      world.state.maxHosts = { max: 7, code }
    },
    check: ({ outputs }, { state }) => {
      expect(outputs).toMatchObject({ outcome: 'changed', 'changed-count': '40' })
      // 24 halved to 12 and 6; from then on, no call has more.
      expect(sentHosts(state).map(({ length }) => length)).toEqual([24, 12, 6, 6, 6, 6, 6, 6, 4])
    },
  })
}
scenario('gives outputs that fit into a variable of a process, and the rest in a file, for 400 hosts', {
  unrecorded: true,
  inputs: { hosts: names(400).join(' ') },
  prepare: (world) =>
    setHosts(
      world,
      site(400, () => ({})),
    ),
  check: ({ outputs, document }) => {
    expect(outputs['changed-count']).toBe('400')
    // The kernel's limit for one string, less the name of a variable.
    for (const value of Object.values(outputs)) expect(value.length).toBeLessThan(131_000)
    expect(document.length).toBeGreaterThan(131_072)
    expect(JSON.parse(document).sites[0].hosts).toHaveLength(400)
  },
})
scenario('names the locked host of several, and sees the others through', {
  inputs: { ...deployed, hosts: names(4).join(' ') },
  prepare: (world) =>
    setHosts(
      world,
      site(4, (i) => (i === 2 ? { refuses: ['OperationDenied.ConfigLocked', 'The configuration is locked.'] } : {})),
    ),
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ 'error-code': 'OperationDenied.ConfigLocked', 'changed-count': '3' })
    expect(outputs['error-message']).toBe('h02.example.com: The configuration is locked.')
  },
})
scenario('sees accepted hosts through when a later call meets a refusal that concerns the site', {
  inputs: { 'wait-for': 'served', rollback: 'true', hosts: names(4).join(' ') },
  prepare: (world) => {
    setHosts(
      world,
      site(4, (i) => (i > 1 ? { certificates: bound('oldRsa01', 'oldEcc01') } : {})),
    )
    let calls = 0
    world.state.onRequest = (action) => {
      if (action !== 'ModifyHostsCertificate' || ++calls > 1) return
      // For the calls to come: this one is answered after its fault was looked up.
      const message = 'There is a test version in use.'
      world.state.faults.push({ kind: 'refuse', code: 'OperationDenied.VersionControlIsGraying', message })
    }
  },
  check: ({ outputs, summary }, world) => {
    expect(outputs).toMatchObject({
      'error-code': 'OperationDenied.VersionControlIsGraying',
      'changed-hosts': '["h00.example.com","h01.example.com"]',
      'failed-hosts': '["h02.example.com","h03.example.com"]',
    })
    expect(summary).toContain('2&nbsp;deployed&nbsp;and&nbsp;served')
    expect(writes(world.state)).toBe(2)
  },
})
scenario('splits a call that EdgeOne takes only host by host', {
  inputs: { hosts: names(3).join(' ') },
  prepare: (world) => {
    setHosts(
      world,
      site(3, () => ({})),
    )
    const message = 'The hosts have different certificates.'
    world.state.faults.push({ kind: 'refuse', code: 'OperationDenied.HostsCertificateInconsistency', message })
  },
  check: (_, { state }) => expect(writes(state)).toBe(4),
})
scenario('waits for a host that is being deployed and then binds', {
  inputs: { ...two },
  prepare: (world) => busyFor(world, 'www.example.com', 2000),
  check: ({ outputs }, { state }) => {
    expect(JSON.parse(outputs['changed-hosts'] ?? '')).toHaveLength(2)
    expect(writes(state)).toBe(2)
  },
})
scenario('binds again when a host began to be deployed after the reading', {
  inputs: deployed,
  prepare: (world) => {
    const message = '当前域名状态为部署中，请稍后重试。'
    world.state.faults.push({ kind: 'refuse', code: 'OperationDenied', message })
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('gives up at the deadline on a host that stays busy', {
  inputs: { ...two, 'wait-minutes': '0.115' },
  prepare: (world) => busyFor(world, 'www.example.com', 60_000),
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ 'error-code': 'Verify.HostBusy', 'failed-hosts': '["www.example.com"]' })
  },
})
scenario('binds again to a host that ignored the change', {
  inputs: { ...deployed, ...two },
  prepare: (world) => setHosts(world, { 'www.example.com': { ignores: 1 }, 'api.example.com': {} }),
  check: ({ outputs }, world) => {
    expect(outputs['outcome']).toBe('changed')
    expect(writes(world.state)).toBe(2)
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
  },
})
scenario('fails at the deadline when a host keeps ignoring the change', {
  inputs: { ...deployed, ...two, 'wait-minutes': '0.23' },
  prepare: (world) => setHosts(world, { 'www.example.com': { ignores: 9 }, 'api.example.com': {} }),
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ 'error-code': 'Verify.NotDeployed', 'failed-hosts': '["www.example.com"]' })
  },
})
for (const [status, code] of [
  ['issued', 'Verify.BindingFailed'],
  ['failed', 'Verify.ApplicationFailed'],
] as const) {
  scenario(`fails when a deployment ends as ${status}`, {
    inputs: { ...deployed, ...two },
    prepare: (world) => setHosts(world, { 'www.example.com': { endsAs: status }, 'api.example.com': {} }),
    check: ({ outputs }) => {
      expect(outputs).toMatchObject({ 'error-code': code, 'failed-hosts': '["www.example.com"]', changed: 'true' })
    },
  })
}
scenario('times out when a deployment takes too long', {
  whole: true,
  inputs: { ...deployed, ...two, 'wait-minutes': '0.115' },
  prepare: (world) => setHosts(world, { 'www.example.com': { deployMs: 60_000 }, 'api.example.com': {} }),
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ 'error-code': 'Verify.NotDeployed', 'failed-hosts': '["www.example.com"]' })
  },
})
scenario('times out while a free certificate is being applied for', {
  inputs: { ...deployed, mode: 'eofreecert', 'cert-id': '', 'wait-minutes': '0.115' },
  prepare: (world) => setHosts(world, { 'www.example.com': { endsAs: 'applying' } }),
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Verify.NotDeployed'),
})
scenario('waits for an earlier deployment of the same certificate', {
  inputs: deployed,
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { certificates: bound('J2JqATrt') } })
    busyFor(world, 'www.example.com', 2000)
  },
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'unchanged', 'unchanged-hosts': '["www.example.com"]' })
    expect(writes(state)).toBe(0)
  },
})
scenario('retries a failed change without a message', {
  prepare: ({ state }) => state.faults.push({ kind: 'refuse', code: 'FailedOperation.ModifyFailed', message: '' }),
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
