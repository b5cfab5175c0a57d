import { expect } from 'vitest'
import { newCertificate, newHost, newZone, type Zone } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { scenario, writes } from './scenario.ts'
import { bound, zoneOf } from './zone.ts'

/** Another site of the account, whose hosts have `oldRsa01`. */
const addZone = (
  { state }: World,
  id: string,
  name: string,
  hosts: readonly string[],
  more: Partial<Zone> = {},
): void => {
  const zone = newZone({ id, name, hosts: new Map(hosts.map((host) => [host, newHost()])), ...more })
  state.zones.set(id, zone)
}
const certificatesOf = ({ state }: World, zone: string, host: string) =>
  state.zones
    .get(zone)
    ?.hosts.get(host)
    ?.certificates?.map(({ id }) => id)
const calls = (world: World, action: string) => world.state.counts.get(action) ?? 0

const two = {
  'zone-id': '',
  'zone-name': 'example.com shop.example.com',
  hosts: 'www.example.com pay.shop.example.com',
}
const wide = newCertificate({ id: 'wideRsa1', names: ['*.example.com', '*.shop.example.com'] })
/** A second site, and a certificate for both. */
const withShop = (world: World): void => {
  addZone(world, 'zone-shop', 'shop.example.com', ['pay.shop.example.com', 'www.shop.example.com'])
  world.state.certificates.set(wide.id, wide)
}

scenario('binds one certificate to hosts of two sites', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: { ...two, 'cert-id': wide.id, 'wait-for': 'deployed' },
  prepare: withShop,
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'changed-count': '2', 'failed-sites': '[]' })
    expect(certificatesOf(world, 'zone-shop', 'pay.shop.example.com')).toEqual([wide.id])
    expect(certificatesOf(world, 'zone-shop', 'www.shop.example.com')).toEqual(['oldRsa01'])
    expect([calls(world, 'DescribeZones'), writes(world.state)]).toEqual([1, 2])
  },
})
scenario('changes no site when a host lies under none of them', {
  inputs: { ...two, hosts: 'www.example.com www.example.org', 'cert-id': wide.id },
  prepare: withShop,
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Input.UnknownHosts', 'failed-count': '2' })
    expect(writes(state)).toBe(0)
  },
})
scenario('changes no site when one of them lacks a host', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: { ...two, hosts: 'www.example.com pya.shop.example.com', 'cert-id': wide.id },
  prepare: withShop,
  check: ({ outputs, summary }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Input.UnknownHosts' })
    expect(summary).toContain('Did you mean pay')
    expect(writes(state)).toBe(0)
  },
})
scenario('stops when one of several sites cannot be found', {
  inputs: { ...two, 'zone-name': 'example.com shpo.example.com', 'cert-id': wide.id },
  prepare: withShop,
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Input.ZoneName', 'failed-count': '2' })
    expect(JSON.parse(outputs['failed-hosts'] ?? '')).toEqual(['pay.shop.example.com', 'www.example.com'])
    expect(writes(state)).toBe(0)
  },
})
scenario('goes on with the other sites when one fails, and names it', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: {
    ...two,
    'zone-id': 'zone-2fgd17m17xw zone-shop',
    'zone-name': '',
    match: 'pattern',
    hosts: '**.example.com',
    'cert-id': wide.id,
  },
  prepare: (world) => {
    addZone(world, 'zone-shop', 'shop.example.com', ['pay.shop.example.com'])
    zoneOf(world).hosts.delete('xn--bcher-kva.example.com')
    world.state.certificates.set(wide.id, wide)
    const host = world.state.zones.get('zone-shop')?.hosts.get('pay.shop.example.com')
    if (host) host.refuses = ['InvalidParameter.HostStatusNotAllowApplyCertificate', 'This host cannot.']
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'failed-sites': '["zone-shop"]', 'changed-count': '2' })
    expect(certificatesOf(world, 'zone-2fgd17m17xw', 'www.example.com')).toEqual([wide.id])
  },
})
scenario('leaves out a site without a matching host, and takes no host for an error only if no site has one', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: { ...two, match: 'pattern', hosts: 'pay.** idle.**', 'cert-id': wide.id },
  prepare: withShop,
  check: ({ outputs, document, stdout }) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'changed-hosts': '["pay.shop.example.com"]' })
    // A pattern for a host of another site is no mistake; one for no host is, once.
    expect(stdout.match(/The pattern .* matches no host of .*/g)).toEqual([
      'The pattern “idle.**” matches no host of the site, nor of the 1 other site of its entry.',
    ])
    expect(JSON.parse(document).sites).toHaveLength(1)
  },
})
scenario('fails when none of several sites has a matching host', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: { ...two, match: 'pattern', hosts: 'nothing.**', 'cert-id': wide.id },
  prepare: withShop,
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Input.NoHosts' })
    expect(writes(state)).toBe(0)
  },
})
scenario('finds the sites by the names of the certificate', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: { 'zone-id': '', 'zone-name': 'auto', hosts: '', 'cert-id': wide.id },
  prepare: (world) => {
    withShop(world)
    zoneOf(world).hosts.delete('xn--bcher-kva.example.com')
    addZone(world, 'zone-org', 'example.org', ['www.example.org'])
    addZone(world, 'zone-none', 'example.com', ['www.example.com'], { status: 'initializing' })
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'changed-count': '4' })
    expect(certificatesOf(world, 'zone-org', 'www.example.org')).toEqual(['oldRsa01'])
    expect(calls(world, 'DescribeZones')).toBe(1)
  },
})
scenario('says that no site lies above the names of the certificate', {
  inputs: { 'zone-id': '', 'zone-name': 'auto', hosts: '', 'cert-id': 'othRsa01' },
  check: ({ outputs }) => expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Input.NoZone' }),
})

const newest = { 'cert-id': 'newest', hosts: 'www.example.com api.example.com' }
const until = (year: number) => new Date(`${year}-06-01T00:00:00Z`)
/** Of these, the last RSA certificate and the last ECC certificate that can be bound are newRsa02 and newEcc02. */
const withRenewals = ({ state }: World): void => {
  for (const certificate of [
    newCertificate({ id: 'newRsa01', notAfter: until(2037) }),
    newCertificate({ id: 'newRsa02', notAfter: until(2038) }),
    newCertificate({ id: 'newRsa03', notAfter: until(2039), status: 10 }),
    newCertificate({ id: 'newRsa04', notAfter: until(2040), deployable: false }),
    newCertificate({ id: 'newRsa05', notAfter: until(2041), names: ['www.example.com'] }),
    newCertificate({ id: 'newRsa06', notAfter: until(2042), kind: 'CA' }),
    newCertificate({ id: 'newEcc02', algorithm: 'ECC P-256', notAfter: until(2038) }),
  ])
    state.certificates.set(certificate.id, certificate)
}
scenario('binds the newest certificate of each algorithm that a host has', {
  inputs: { ...newest, hosts: `${newest.hosts} xn--bcher-kva.example.com` },
  prepare: (world) => {
    withRenewals(world)
    const { hosts } = zoneOf(world)
    hosts.set('api.example.com', newHost({ certificates: bound('oldRsa01', 'oldEcc01') }))
    hosts.set('xn--bcher-kva.example.com', newHost({ mode: 'disable', certificates: [] }))
  },
  check: ({ outputs, stdout }, world) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'cert-id': 'newRsa02,newEcc02' })
    expect(certificatesOf(world, 'zone-2fgd17m17xw', 'www.example.com')).toEqual(['newRsa02'])
    expect(certificatesOf(world, 'zone-2fgd17m17xw', 'api.example.com')).toEqual(['newRsa02', 'newEcc02'])
    expect(certificatesOf(world, 'zone-2fgd17m17xw', 'xn--bcher-kva.example.com')).toEqual(['newRsa02'])
    expect(stdout).toContain('Newest RSA certificate')
  },
})
scenario('binds the successor of a purchased certificate once it is issued', {
  unrecorded: true,
  inputs: { ...newest, hosts: 'www.example.com' },
  prepare: (world) => {
    const bought = { source: 'trustasia', names: ['www.example.com'] }
    world.state.certificates.clear()
    for (const certificate of [
      newCertificate({ id: 'buyRsa01', ...bought, notAfter: until(2036) }),
      newCertificate({ id: 'buyRsa02', ...bought, notAfter: until(2037) }),
      // Ordered, and not issued yet.
      newCertificate({ id: 'buyRsa03', ...bought, notAfter: until(2038), status: 0 }),
    ])
      world.state.certificates.set(certificate.id, certificate)
    zoneOf(world).hosts.set('www.example.com', newHost({ certificates: bound('buyRsa01') }))
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'cert-id': 'buyRsa02' })
    expect(certificatesOf(world, 'zone-2fgd17m17xw', 'www.example.com')).toEqual(['buyRsa02'])
  },
})
scenario('leaves a host alone whose newest certificate is being reissued', {
  unrecorded: true,
  inputs: { ...newest, hosts: 'www.example.com' },
  prepare: (world) => {
    withRenewals(world)
    world.state.certificates.set('newRsa07', newCertificate({ id: 'newRsa07', notAfter: until(2043), status: 11 }))
    zoneOf(world).hosts.set('www.example.com', newHost({ certificates: bound('newRsa07') }))
  },
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'unchanged', 'cert-id': 'newRsa07' })
    expect(writes(state)).toBe(0)
  },
})
scenario('leaves a host alone that has the newest certificate', {
  inputs: newest,
  prepare: (world) => {
    withRenewals(world)
    for (const host of ['www.example.com', 'api.example.com'])
      zoneOf(world).hosts.set(host, newHost({ certificates: bound('newRsa02') }))
  },
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'unchanged', changed: 'false' })
    expect(writes(state)).toBe(0)
  },
})
scenario('says which certificates come nearest when none covers all hosts', {
  inputs: newest,
  prepare: ({ state }) => {
    state.certificates.clear()
    for (const name of ['www.example.com', 'api.example.com'])
      state.certificates.set(name, newCertificate({ id: `${name.slice(0, 3)}Rsa01`, names: [name] }))
  },
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Certificate.NoneFound' })
    expect(outputs['error-message']).toContain('apiRsa01 does not cover www.example.com')
    expect(writes(state)).toBe(0)
  },
})
scenario('retires an old certificate once, after all sites have been changed', {
  unrecorded: true,
  inputs: { ...two, 'cert-id': wide.id, 'wait-for': 'deployed', 'old-certificates': 'mute' },
  prepare: (world) => {
    addZone(world, 'zone-shop', 'shop.example.com', ['pay.shop.example.com'])
    world.state.certificates.set(wide.id, { ...wide, names: ['example.com', ...wide.names] })
    for (const host of ['api.example.com', 'xn--bcher-kva.example.com']) zoneOf(world).hosts.delete(host)
  },
  check: ({ outputs }, world) => {
    expect(outputs['outcome']).toBe('changed')
    expect([...world.state.muted]).toEqual(['oldRsa01'])
    expect(calls(world, 'ModifyCertificatesExpiringNotificationSwitch')).toBe(1)
  },
})
scenario('retires the old certificates of several sites side by side', {
  unrecorded: true,
  inputs: { ...two, 'cert-id': wide.id, 'wait-for': 'deployed', 'old-certificates': 'delete' },
  prepare: (world) => {
    const old = { names: ['pay.shop.example.com'], notAfter: until(2035) }
    addZone(world, 'zone-shop', 'shop.example.com', [])
    world.state.zones.get('zone-shop')?.hosts.set('pay.shop.example.com', newHost({ certificates: bound('oldShop1') }))
    world.state.certificates.set('oldShop1', newCertificate({ id: 'oldShop1', ...old }))
    world.state.certificates.set(wide.id, { ...wide, names: ['example.com', ...wide.names] })
    for (const host of ['api.example.com', 'xn--bcher-kva.example.com']) zoneOf(world).hosts.delete(host)
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(['oldRsa01', 'oldShop1'].filter((id) => state.certificates.has(id))).toEqual([])
    const actions = state.requests.map(({ action }) => action)
    // Neither site waits for the other: each asks for its bindings, and waits for the answer, before either deletes.
    expect(actions.lastIndexOf('CreateCertificateBindResourceSyncTask')).toBeLessThan(
      actions.indexOf('DeleteCertificates'),
    )
  },
})
scenario('keeps an old certificate that a failed site of the run still has', {
  unrecorded: true,
  inputs: { ...two, 'cert-id': wide.id, 'wait-for': 'deployed', 'old-certificates': 'mute' },
  prepare: (world) => {
    addZone(world, 'zone-shop', 'shop.example.com', ['pay.shop.example.com'])
    world.state.certificates.set(wide.id, { ...wide, names: ['example.com', ...wide.names] })
    for (const host of ['api.example.com', 'xn--bcher-kva.example.com']) zoneOf(world).hosts.delete(host)
    const host = world.state.zones.get('zone-shop')?.hosts.get('pay.shop.example.com')
    if (host) host.refuses = ['InvalidParameter.HostStatusNotAllowApplyCertificate', 'This host cannot.']
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'failed-sites': '["zone-shop"]' })
    expect(world.state.muted.size).toBe(0)
  },
})
scenario('says which site is meant when two of them have the same name', {
  inputs: { ...two, 'cert-id': wide.id },
  prepare: (world) => {
    withShop(world)
    addZone(world, 'zone-twin', 'shop.example.com', ['pay.shop.example.com'], { alias: 'twin' })
  },
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Input.ZoneName' })
    expect(outputs['error-message']).toContain('zone-twin')
    expect(writes(state)).toBe(0)
  },
})
