import { expect } from 'vitest'
import { newCertificate } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { scenario } from './scenario.ts'
import { bound, setHosts } from './zone.ts'

const deployed = { 'wait-for': 'deployed' }
const retiring = { ...deployed, 'old-certificates': 'delete' }
const one = (world: World) => setHosts(world, { 'www.example.com': {} })
const certificate = ({ state }: World, id: string) => {
  const found = state.certificates.get(id)
  if (found === undefined) throw new Error('no certificate')
  return found
}

scenario('keeps an old certificate that another product has', {
  bodies: true,
  inputs: { ...deployed, 'old-certificates': 'mute' },
  prepare: (world) => {
    one(world)
    certificate(world, 'oldRsa01').elsewhere = { clb: 2 }
    world.state.certificates.delete('expRsa01')
  },
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(state.muted).toEqual(new Set())
    expect(stdout).toContain('still bound (clb 2): oldRsa01')
  },
})
scenario('keeps an old certificate that another site has', {
  inputs: retiring,
  prepare: (world) => {
    one(world)
    const { state } = world
    const [zone] = state.zones.values()
    if (zone === undefined) throw new Error('no zone')
    const hosts = new Map([['www.example.org', { ...zone.hosts.get('www.example.com') }]])
    state.zones.set('zone-2', { ...zone, id: 'zone-2', name: 'example.org', hosts } as typeof zone)
  },
  check: ({ stdout }, { state }) => {
    expect(state.certificates.has('oldRsa01')).toBe(true)
    expect(stdout).toContain('still bound (teo 1): oldRsa01')
  },
})
scenario('keeps old certificates when their bindings may not be read', {
  inputs: retiring,
  prepare: (world) => {
    one(world)
    world.state.inventoryRefused = ['AuthFailure.UnauthorizedOperation', 'not authorized']
  },
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(state.certificates.has('oldRsa01')).toBe(true)
    expect(stdout).toContain('did not report what they are bound to (AuthFailure.UnauthorizedOperation')
  },
})
scenario('keeps old certificates when a region of the inventory was not read', {
  inputs: retiring,
  prepare: (world) => {
    one(world)
    world.state.inventoryFault = 'timed out'
  },
  check: (_, { state }) => expect(state.certificates.has('oldRsa01')).toBe(true),
})
scenario('keeps old certificates when the inventory fails', {
  inputs: retiring,
  prepare: (world) => {
    one(world)
    world.state.inventoryStatus = 2
  },
  check: (_, { state }) => expect(state.certificates.has('oldRsa01')).toBe(true),
})
scenario('follows a deletion whose task is not listed at first', {
  bodies: true,
  inputs: retiring,
  prepare: (world) => {
    one(world)
    world.state.unlistedTasks = 1
    world.state.certificates.delete('expRsa01')
  },
  check: (_, { state }) => expect(state.certificates.has('oldRsa01')).toBe(false),
})
scenario('follows a deletion by its task on the international site', {
  bodies: true,
  inputs: { ...retiring, site: 'international' },
  prepare: (world) => {
    one(world)
    world.state.tasksAbroad = true
  },
  check: ({ stdout }, { state }) => {
    expect(state.certificates.has('oldRsa01')).toBe(false)
    expect(stdout).toContain('Deleted oldRsa01')
  },
})
scenario('sees a deletion whose answer was lost', {
  inputs: { ...retiring, site: 'international' },
  prepare: (world) => {
    one(world)
    // Without a task: the certificate is gone when the second attempt comes.
    const { faults, certificates, deletions } = world.state
    faults.push({ kind: 'reset after', on: 'DeleteCertificate' })
    world.state.onRequest = (action) => {
      if (action === 'DeleteCertificate' && deletions.size > 0) certificates.delete('oldRsa01')
    }
  },
  check: ({ stdout }) => expect(stdout).toContain('Deleted oldRsa01'),
})
scenario('tells of a deletion that was requested when the run is cancelled', {
  inputs: retiring,
  prepare: (world) => {
    one(world)
    world.state.certificates.delete('expRsa01')
    world.state.faults.push({ kind: 'hang', on: 'DescribeDeleteCertificatesTaskResult' })
  },
  onStart: (child, { state }) => {
    state.onRequest = (action) => {
      if (action === 'DescribeDeleteCertificatesTaskResult') child.kill('SIGTERM')
    }
  },
  check: ({ outputs, stdout }) => {
    expect(outputs['outcome']).toBe('cancelled')
    expect(stdout).toContain('The deletion of oldRsa01 was requested, and its outcome is unknown: Run.Cancelled')
  },
})
scenario('tells of a deletion that was requested when the deadline comes', {
  inputs: { ...retiring, 'wait-minutes': '0.134' },
  prepare: (world) => {
    one(world)
    world.state.certificates.delete('expRsa01')
    world.state.deleteStatus = 0
  },
  check: ({ outputs, stdout }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout).toContain('The deletion of oldRsa01 was requested, and its outcome is unknown: Network.Deadline')
  },
})
scenario('says why a certificate was not deleted', {
  inputs: retiring,
  prepare: (world) => {
    one(world)
    world.state.roleMissing = true
  },
  check: ({ stdout }, { state }) => {
    expect(state.certificates.has('oldRsa01')).toBe(true)
    expect(stdout).toContain('oldRsa01 was not deleted: the service role')
  },
})
scenario('keeps the old certificate when HTTPS is turned off', {
  inputs: { ...retiring, mode: 'disable', 'cert-id': '' },
  prepare: one,
  check: (_, { state }) => expect(state.certificates.has('oldRsa01')).toBe(true),
})
scenario('keeps a certificate that was dropped without a successor', {
  inputs: { ...retiring, 'keep-other-algorithms': 'false' },
  prepare: (world) => setHosts(world, { 'www.example.com': { certificates: bound('oldRsa01', 'oldEcc01') } }),
  check: ({ stdout }, { state }) => {
    expect([state.certificates.has('oldRsa01'), state.certificates.has('oldEcc01')]).toEqual([false, true])
    expect(stdout).toContain('no certificate of the same algorithm replaced them: oldEcc01')
  },
})
scenario('keeps an old certificate with names that the new one lacks', {
  inputs: retiring,
  prepare: (world) => {
    one(world)
    const names = ['example.com', '*.example.com', 'shop.example.org']
    world.state.certificates.set('oldRsa01', { ...certificate(world, 'oldRsa01'), names })
  },
  check: (_, { state }) => expect(state.certificates.has('oldRsa01')).toBe(true),
})
scenario('keeps an old certificate that was bought', {
  inputs: retiring,
  prepare: (world) => {
    one(world)
    certificate(world, 'oldRsa01').source = 'trustasia'
  },
  check: (_, { state }) => expect(state.certificates.has('oldRsa01')).toBe(true),
})
scenario('retires on a rerun what an earlier run replaced', {
  bodies: true,
  inputs: { ...deployed, 'old-certificates': 'mute' },
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { certificates: bound('J2JqATrt') } })
    const newer = newCertificate({ id: 'newer001', notBefore: new Date('2026-07-01T00:00:00Z') })
    world.state.certificates.set(newer.id, newer)
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['outcome']).toBe('unchanged')
    // Neither ECC, nor a later upload, nor other names.
    expect(state.muted).toEqual(new Set(['oldRsa01', 'expRsa01']))
  },
})
scenario('mutes nothing twice', {
  inputs: { ...deployed, 'old-certificates': 'mute' },
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { certificates: bound('J2JqATrt') } })
    for (const id of ['oldRsa01', 'expRsa01']) world.state.muted.add(id)
  },
  check: (_, { state }) => {
    expect(state.counts.get('ModifyCertificatesExpiringNotificationSwitch')).toBeUndefined()
    expect(state.counts.get('CreateCertificateBindResourceSyncTask')).toBeUndefined()
  },
})
scenario('names in a dry run what would be deleted', {
  inputs: { ...retiring, 'dry-run': 'true' },
  prepare: (world) => {
    one(world)
    certificate(world, 'expRsa01').elsewhere = { cdn: 1 }
  },
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs['outcome']).toBe('planned')
    expect(stdout).toContain('Would be deleted: oldRsa01')
    expect(stdout).toContain('still bound (cdn 1): expRsa01')
    expect(state.deletions.size).toBe(0)
  },
})
scenario('names nothing in a dry run that other hosts keep', {
  inputs: { ...retiring, 'dry-run': 'true' },
  prepare: ({ state }) => state.certificates.delete('expRsa01'),
  check: ({ stdout }) => {
    expect(stdout).toContain('hosts of the site still have them: oldRsa01')
    expect(stdout).not.toContain('Would be deleted')
  },
})
