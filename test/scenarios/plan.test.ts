import { expect } from 'vitest'
import { scenario, writes } from './scenario.ts'
import { bound, idsOf, setHosts, zoneOf } from './zone.ts'

const three = 'www.example.com api.example.com bücher.example.com'
const deployed = { 'wait-for': 'deployed' }

scenario('leaves hosts alone that have the certificate already', {
  whole: true,
  inputs: { ...deployed, hosts: three },
  prepare: (world) => {
    const certificates = bound('J2JqATrt')
    setHosts(world, {
      'www.example.com': { certificates },
      'api.example.com': { certificates },
      'xn--bcher-kva.example.com': { certificates },
    })
  },
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', 'cert-id': 'J2JqATrt' })
    expect(writes(state)).toBe(0)
  },
})
scenario('leaves one host of three alone with API version 2022-01-06', {
  bodies: true,
  inputs: { ...deployed, hosts: three, 'api-version': '2022-01-06' },
  prepare: (world) => {
    setHosts(world, {
      'www.example.com': { certificates: bound('J2JqATrt') },
      'api.example.com': {},
      'xn--bcher-kva.example.com': { certificates: null },
    })
  },
  check: ({ outputs }) => {
    expect(outputs['unchanged-hosts']).toBe('["www.example.com"]')
    expect(outputs['changed-hosts']).toBe('["api.example.com","xn--bcher-kva.example.com"]')
  },
})
scenario('renews the RSA certificate and keeps the ECC certificate', {
  inputs: deployed,
  prepare: (world) => setHosts(world, { 'www.example.com': { certificates: bound('oldRsa01', 'oldEcc01') } }),
  check: (_, world) => expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt', 'oldEcc01']),
})
scenario('drops the ECC certificate when keep-other-algorithms is false', {
  whole: true,
  inputs: { 'keep-other-algorithms': 'false' },
  prepare: (world) => setHosts(world, { 'www.example.com': { certificates: bound('oldRsa01', 'oldEcc01') } }),
  check: ({ stdout }, world) => {
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
    expect(stdout).toContain('oldEcc01 (ECC, until 2036-02-01) will be removed from 1 host')
  },
})
scenario('does not keep an expired certificate of another algorithm', {
  prepare: (world) => setHosts(world, { 'www.example.com': { certificates: bound('oldRsa01', 'expEcc01') } }),
  check: (_, world) => expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt']),
})
scenario('reads algorithms from SSL when lists hold only CertId', {
  bodies: true,
  inputs: deployed,
  prepare: (world) => {
    world.state.sparse = true
    setHosts(world, { 'www.example.com': { certificates: bound('oldRsa01', 'oldEcc01') } })
  },
  check: (_, world) => expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt', 'oldEcc01']),
})
scenario('refuses when the algorithm of a certificate is unknown', {
  prepare: (world) => {
    Object.assign(world.state, { sparse: true, sslReadable: false })
    setHosts(world, { 'www.example.com': { certificates: bound('oldRsa01', 'oldEcc01') } })
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Certificate.AlgorithmUnknown')
    expect(writes(state)).toBe(0)
  },
})
scenario('binds a certificate that it may not read', {
  prepare: ({ state }) => {
    state.sslReadable = false
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('binds to hosts with null certificates, null lists and unknown states', {
  inputs: { ...deployed, hosts: three },
  prepare: (world) => {
    Object.assign(world.state, { nullList: true, times: '+00:00' })
    setHosts(world, {
      'www.example.com': { noCertificate: true, mode: 'disable', certificates: null },
      'api.example.com': { certificates: null },
      'xn--bcher-kva.example.com': { status: 'brandnew' },
    })
  },
  check: ({ outputs }) => expect(JSON.parse(outputs['changed-hosts'] ?? '')).toHaveLength(3),
})
scenario('warns when a host leaves the free certificate', {
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { mode: 'eofreecert', certificates: bound('free-www.example.com') } })
  },
  check: ({ stdout }) => expect(stdout).toContain('leave EdgeOne’s free certificate'),
})
scenario('switches to the free certificate', {
  inputs: { ...deployed, mode: 'eofreecert', 'cert-id': '' },
  check: (_, world) => expect(zoneOf(world).hosts.get('www.example.com')?.mode).toBe('eofreecert'),
})
scenario('turns HTTPS off', {
  inputs: { ...deployed, mode: 'disable', 'cert-id': '' },
  check: ({ outputs, stdout }, world) => {
    expect(zoneOf(world).hosts.get('www.example.com')?.mode).toBe('disable')
    expect(outputs['cert-id']).toBe('')
    expect(stdout).toContain('HTTPS will be off for 1 host')
  },
})
scenario('binds the default certificate by its ID', {
  inputs: { 'cert-id': 'default' },
  check: (_, world) => expect(idsOf(world, 'www.example.com')).toEqual(['dfltRsa1']),
})
scenario('fails on a site without a default certificate', {
  inputs: { 'cert-id': 'default' },
  prepare: (world) => {
    zoneOf(world).defaults = []
  },
  check: (_, { state }) => expect(writes(state)).toBe(0),
})
scenario('binds again after a failed deployment', {
  inputs: deployed,
  prepare: (world) => setHosts(world, { 'www.example.com': { certificates: [{ id: 'J2JqATrt', status: 'issued' }] } }),
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})

for (const [name, certId, code] of [
  ['refuses a certificate that does not cover all hosts', 'othRsa01', 'Certificate.NotCovered'],
  ['refuses an expired certificate', 'expRsa01', 'Certificate.Expired'],
  ['refuses a certificate with a short key', 'weakRsa1', 'Certificate.KeyTooShort'],
  ['refuses two certificates of one algorithm', 'J2JqATrt,oldRsa01', 'Certificate.SameAlgorithm'],
] as const) {
  scenario(name, {
    inputs: { hosts: three, 'cert-id': certId },
    check: ({ outputs }, { state }) => {
      expect(outputs['error-code']).toBe(code)
      expect(writes(state)).toBe(0)
    },
  })
}
scenario('refuses a certificate that ends within min-days-left', {
  inputs: { 'min-days-left': '3650' },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Certificate.ExpiresSoon')
    expect(writes(state)).toBe(0)
  },
})

scenario('plans without changing anything in a dry run', {
  whole: true,
  inputs: { hosts: three, 'dry-run': 'true' },
  prepare: (world) => {
    setHosts(world, {
      'www.example.com': { certificates: bound('oldRsa01', 'oldEcc01') },
      'api.example.com': { certificates: bound('J2JqATrt') },
      'xn--bcher-kva.example.com': { busyUntil: Date.now() + 60_000 },
    })
    // A key that may only read.
    world.state.faults.push({ kind: 'refuse', code: 'AuthFailure.UnauthorizedOperation', message: 'Not authorized.' })
  },
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'planned', changed: 'false', 'failed-hosts': '[]' })
    expect(writes(state)).toBe(0)
  },
})
scenario('fails in a dry run for an offline host', {
  inputs: { hosts: three, 'dry-run': 'true' },
  prepare: (world) => {
    setHosts(world, {
      'www.example.com': {},
      'api.example.com': { status: 'offline' },
      'xn--bcher-kva.example.com': {},
    })
  },
  check: ({ outputs }) => expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Input.HostNotOnline' }),
})
