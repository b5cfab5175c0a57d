import { expect } from 'vitest'
import type { World } from '../world/world.ts'
import { scenario, writes } from './scenario.ts'
import { bound, idsOf, setHosts, zoneOf } from './zone.ts'

const deployed = { 'wait-for': 'deployed' }
const makers = (world: World) =>
  Object.assign(zoneOf(world), { readable: false, certificatesReadable: true, type: 'pages' })

scenario('reads the certificates of a Pages site and keeps the ECC certificate', {
  whole: true,
  inputs: { ...deployed, hosts: 'www.example.com api.example.com' },
  prepare: (world) => {
    makers(world)
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
scenario('selects the hosts of a Pages site by the names of the certificate', {
  inputs: { ...deployed, hosts: '', match: 'certificate' },
  prepare: makers,
  check: ({ outputs }) => expect(JSON.parse(outputs['changed-hosts'] ?? '')).toHaveLength(3),
})
scenario('selects the hosts of a Pages site by a pattern, and sees their certificates served', {
  unrecorded: true,
  inputs: { 'wait-for': 'served', hosts: '*.example.com !api.example.com', match: 'pattern' },
  prepare: makers,
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({
      outcome: 'changed',
      'changed-hosts': '["www.example.com","xn--bcher-kva.example.com"]',
    })
  },
})
scenario('reads the certificates of a Pages site where they are listed by their IDs alone', {
  unrecorded: true,
  inputs: { ...deployed, hosts: 'www.example.com api.example.com' },
  prepare: (world) => {
    makers(world)
    world.state.infoless = true
    setHosts(world, {
      'www.example.com': { certificates: bound('oldRsa01', 'oldEcc01') },
      'api.example.com': { certificates: bound('J2JqATrt') },
    })
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'unchanged-hosts': '["api.example.com"]' })
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt', 'oldEcc01'])
    // Without a status, a second reading.
    expect(world.state.counts.get('DescribeHostCertificates')).toBe(4)
  },
})
for (const [inputs, isTold] of [
  [{ hosts: '', match: 'certificate' }, true],
  [{ hosts: 'www.example.com new.example.com' }, true],
  [{ hosts: 'www.example.com api.example.com' }, false],
] as const) {
  const which = 'match' in inputs ? 'of the certificate' : inputs.hosts
  scenario(`${isTold ? 'warns' : 'does not warn'} that a Pages site lists fewer hosts than it counts, for ${which}`, {
    unrecorded: true,
    inputs: { ...deployed, ...inputs },
    prepare: (world) => {
      makers(world)
      setHosts(world, {
        'www.example.com': {},
        'api.example.com': {},
        'new.example.com': { noCertificate: true, certificates: [] },
      })
      world.state.hostCount = 40
    },
    check: ({ outputs, stdout }) => {
      expect(outputs['outcome']).toBe('changed')
      expect(stdout.includes('EdgeOne counts 40 hosts with a certificate and lists 2')).toBe(isTold)
    },
  })
}
scenario('fails on a Pages site when a deployment fails and rolls back', {
  inputs: { ...deployed, rollback: 'true' },
  prepare: (world) => {
    makers(world)
    setHosts(world, { 'www.example.com': { endsAs: 'issued' } })
    world.state.onRequest = (action) => {
      const host = zoneOf(world).hosts.get('www.example.com')
      if (action === 'DescribeHostCertificates' && host?.changedAt !== undefined) delete host.endsAs
    }
  },
  check: ({ outputs }, world) => {
    expect(outputs['outcome']).toBe('rolled-back')
    expect(idsOf(world, 'www.example.com')).toEqual(['oldRsa01'])
  },
})
scenario('binds to a host of a Pages site that has no certificate yet', {
  inputs: { ...deployed, hosts: 'www.example.com api.example.com' },
  prepare: (world) => {
    makers(world)
    setHosts(world, { 'www.example.com': { noCertificate: true, certificates: [] }, 'api.example.com': {} })
  },
  check: ({ outputs, stdout }, world) => {
    expect(stdout).toContain('unknown whether they exist: www.example.com')
    expect(outputs['outcome']).toBe('changed')
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
  },
})
scenario('goes on blind on a Pages site whose list is empty', {
  inputs: deployed,
  prepare: (world) => {
    makers(world)
    setHosts(world, { 'www.example.com': { noCertificate: true, certificates: [] } })
  },
  check: ({ outputs, stdout }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout).toContain('::warning title=Hosts not read::')
  },
})
scenario('says that old certificates stay where nothing can be verified', {
  inputs: { ...deployed, 'old-certificates': 'delete' },
  prepare: (world) => {
    Object.assign(zoneOf(world), { readable: false, type: 'pages' })
    setHosts(world, { 'www.example.com': {} })
  },
  check: ({ stdout }, { state }) => {
    expect(stdout).toContain('so nothing was verified')
    expect(state.certificates.has('oldRsa01')).toBe(true)
  },
})

const cname = { 'wait-for': 'served', 'connect-to': 'cname' }
for (const [name, inputs, prepare] of [
  ['API version 2022-01-06', { 'api-version': '2022-01-06' }, () => undefined],
  ['a Pages site', {}, makers],
  ['a site that cannot be read', {}, (world: World) => Object.assign(zoneOf(world), { readable: false })],
] as const) {
  scenario(`refuses connect-to cname with ${name}`, {
    inputs: { ...cname, ...inputs },
    prepare,
    check: ({ outputs }, { state }) => {
      expect(outputs).toMatchObject({ 'error-code': 'Input.NoCname', changed: 'false' })
      expect(writes(state)).toBe(0)
    },
  })
}
