import { expect } from 'vitest'
import type { World } from '../world/world.ts'
import { scenario, writes } from './scenario.ts'
import { bound, idsOf, setHosts, zoneOf } from './zone.ts'

const dates = { notBefore: new Date('2026-06-01T00:00:00Z'), notAfter: new Date('2036-06-01T00:00:00Z') }
const names = ['example.com', '*.example.com'] as const
type Kind = 'RSA 2048' | 'ECC P-256'

/** A certificate that an ACME client has just written into the workspace. */
const issued = async ({ issue }: World, algorithm: Kind = 'RSA 2048') => {
  const { chain, privateKey } = await issue(names, { algorithm, ...dates })
  return { files: { 'fullchain.pem': chain, 'privkey.pem': privateKey } }
}
const paths = { 'cert-id': '', certificate: 'fullchain.pem', 'private-key': 'privkey.pem' }
const served = { ...paths, 'wait-for': 'served' }

scenario('from PEM to served', {
  inputs: { ...served, match: 'certificate', hosts: '' },
  prepare: issued,
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'failed-hosts': '[]' })
    expect(JSON.parse(outputs['changed-hosts'] ?? '')).toHaveLength(3)
    expect(state.handshakes).toHaveLength(3)
  },
})
scenario('PEM as text, with both keys, and an ECC certificate that stays', {
  inputs: served,
  prepare: async (world) => {
    setHosts(world, { 'www.example.com': { certificates: bound('oldRsa01', 'oldEcc01') } })
    const { chain, privateKey } = await world.issue(names, { algorithm: 'RSA 2048', ...dates })
    return { inputs: { certificate: `${privateKey}${chain}`, 'private-key': '' } }
  },
  check: ({ outputs }, world) => {
    expect(outputs['outcome']).toBe('changed')
    expect(idsOf(world, 'www.example.com')).toHaveLength(2)
    expect(world.state.handshakes).toHaveLength(2)
  },
})
scenario('RSA and ECC given at once', {
  inputs: { ...served, certificate: 'rsa.pem\necc.pem', 'private-key': 'rsa.key\necc.key' },
  prepare: async ({ issue }) => {
    const rsa = await issue(names, { algorithm: 'RSA 2048', ...dates })
    const ecc = await issue(names, { algorithm: 'ECC P-256', ...dates })
    const certificates = { 'rsa.pem': rsa.chain, 'ecc.pem': ecc.chain }
    return { files: { ...certificates, 'rsa.key': rsa.privateKey, 'ecc.key': ecc.privateKey } }
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['outcome']).toBe('changed')
    expect([writes(state), state.counts.get('UploadCertificate')]).toEqual([1, 2])
  },
})
scenario('a certificate that was uploaded and bound before', {
  inputs: served,
  prepare: async (world) => {
    const { chain, privateKey, sha256 } = await world.issue(names, { algorithm: 'RSA 2048', ...dates })
    const known = world.state.certificates.get('J2JqATrt')
    if (known) world.state.certificates.set('J2JqATrt', { ...known, pem: { chain, privateKey, sha256 } })
    setHosts(world, { 'www.example.com': { certificates: bound('J2JqATrt') } })
    return { files: { 'fullchain.pem': chain, 'privkey.pem': privateKey } }
  },
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'unchanged', 'cert-id': 'J2JqATrt' })
    expect(writes(state)).toBe(0)
  },
})
scenario('a duplicate that is refused is found', {
  inputs: paths,
  prepare: async (world) => {
    const { chain, privateKey, sha256 } = await world.issue(names, { algorithm: 'RSA 2048', ...dates })
    const known = world.state.certificates.get('J2JqATrt')
    if (known) world.state.certificates.set('J2JqATrt', { ...known, pem: { chain, privateKey, sha256 } })
    world.state.existsError = true
    return { files: { 'fullchain.pem': chain, 'privkey.pem': privateKey } }
  },
  check: ({ outputs }) => expect(outputs['cert-id']).toBe('J2JqATrt'),
})
scenario('dry run with a certificate that is not uploaded yet', {
  inputs: { ...paths, 'dry-run': 'true' },
  prepare: issued,
  check: ({ outputs }, { state }) => {
    expect(outputs['outcome']).toBe('planned')
    expect(state.counts.get('UploadCertificate')).toBeUndefined()
  },
})
scenario('a key that does not fit', {
  inputs: paths,
  prepare: async ({ issue }) => {
    const [one, other] = [await issue(names, dates), await issue(names, dates)]
    return { files: { 'fullchain.pem': one.chain, 'privkey.pem': other.privateKey } }
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Certificate.KeyMismatch')
    expect(state.requests).toEqual([])
  },
})
scenario('a file outside of the workspace', {
  inputs: { ...paths, 'private-key': '../privkey.pem' },
  prepare: issued,
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Certificate.File')
    expect(state.requests).toEqual([])
  },
})
scenario('a chain without its intermediate', {
  inputs: paths,
  prepare: async ({ issue }) => {
    const { certificate, privateKey } = await issue(names, dates)
    return { files: { 'fullchain.pem': certificate, 'privkey.pem': privateKey } }
  },
  check: ({ outputs, stdout }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout).toContain('::warning title=Chain::')
  },
})
scenario('a certificate as PEM that does not cover all hosts', {
  inputs: { ...paths, hosts: 'www.example.com api.example.com' },
  prepare: async ({ issue }) => {
    const { chain, privateKey } = await issue(['www.example.com'], dates)
    return { files: { 'fullchain.pem': chain, 'privkey.pem': privateKey } }
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Certificate.NotCovered')
    expect(state.counts.get('UploadCertificate')).toBeUndefined()
  },
})
scenario('an upload that is not permitted', {
  inputs: paths,
  prepare: (world) => {
    world.state.uploadRefused = [
      'AuthFailure.UnauthorizedOperation',
      'not authorized to perform (ssl:UploadCertificate)',
    ]
    return issued(world)
  },
  check: ({ outputs, summary }, { state }) => {
    expect(outputs['error-code']).toBe('AuthFailure.UnauthorizedOperation')
    expect(summary).toContain('ssl:UploadCertificate')
    expect(writes(state)).toBe(0)
  },
})
scenario('a certificate that ends sooner than what it replaces', {
  inputs: paths,
  prepare: async ({ issue }) => {
    const { chain, privateKey } = await issue(names, {
      algorithm: 'RSA 2048',
      ...dates,
      notAfter: new Date('2030-06-01T00:00:00Z'),
    })
    return { files: { 'fullchain.pem': chain, 'privkey.pem': privateKey } }
  },
  check: ({ outputs, stdout }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout).toContain('ends sooner than what it replaces')
  },
})
scenario('an upload that is permitted, and a binding that is not', {
  inputs: paths,
  prepare: (world) => {
    const message = 'not authorized to perform operation (teo:ModifyHostsCertificate)'
    world.state.faults.push({ kind: 'refuse', code: 'AuthFailure.UnauthorizedOperation', message })
    return issued(world)
  },
  check: ({ outputs, summary }) => {
    expect(outputs['error-code']).toBe('AuthFailure.UnauthorizedOperation')
    expect(summary).toContain('teo:ModifyHostsCertificate')
    expect(summary).toContain('Uploaded as up000001')
  },
})
scenario('a binding that is refused without a word right after the upload', {
  inputs: paths,
  prepare: (world) => {
    world.state.faults.push({ kind: 'refuse', code: 'FailedOperation.ModifyFailed', message: '' })
    return issued(world)
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})

const short = { ...served, 'wait-minutes': '0.06' }
scenario('an edge that goes on serving the old certificate', {
  inputs: short,
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { edgeServes: ['oldRsa01'] } })
    return issued(world)
  },
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.NotServed', changed: 'true' })
  },
})
scenario('a host whose DNS leads elsewhere', {
  inputs: { ...short, 'wait-minutes': '0.12' },
  prepare: (world) => {
    world.state.dnsElsewhere.add('www.example.com')
    return issued(world)
  },
  check: ({ outputs }) => expect(outputs['error-message']).toContain('connect-to: cname'),
})
scenario('a host whose DNS leads elsewhere, asked at its CNAME', {
  inputs: { ...served, 'connect-to': 'cname' },
  prepare: (world) => {
    world.state.dnsElsewhere.add('www.example.com')
    return issued(world)
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('a place to connect to, without the proxy', {
  inputs: served,
  env: { NO_PROXY: '127.0.0.1' },
  prepare: async (world) => ({
    ...(await issued(world)),
    inputs: { 'connect-to': `127.0.0.1:${world.edgePort}` },
  }),
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('a certificate by its ID, served', {
  inputs: { 'wait-for': 'served' },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('a wildcard domain, served', {
  inputs: { ...served, hosts: '*.example.com' },
  prepare: (world) => {
    setHosts(world, { '*.example.com': {} })
    return issued(world)
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})

scenario('rolled back', {
  inputs: { ...short, rollback: 'true', hosts: 'www.example.com api.example.com' },
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { edgeServes: ['oldRsa01'] }, 'api.example.com': {} })
    return issued(world)
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'rolled-back', 'failed-hosts': '["www.example.com"]' })
    expect(idsOf(world, 'www.example.com')).toEqual(['oldRsa01'])
  },
})
scenario('a rollback that fails', {
  inputs: { ...short, rollback: 'true' },
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { edgeServes: ['oldRsa01'] } })
    let changes = 0
    world.state.onRequest = (action) => {
      if (action !== 'ModifyHostsCertificate') return
      changes += 1
      const host = zoneOf(world).hosts.get('www.example.com')
      if (changes === 2 && host)
        host.refuses = ['FailedOperation.CertificateNotFound', 'The certificate does not exist.']
    }
    return issued(world)
  },
  check: ({ outputs, summary }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.RollbackFailed' })
    expect(summary).toContain('tccli teo ModifyHostsCertificate')
  },
})

for (const [what, site] of [
  ['mute', 'china'],
  ['delete', 'china'],
  ['delete', 'international'],
] as const) {
  scenario(`old certificates: ${what}, ${site}`, {
    inputs: { ...served, site, 'old-certificates': what },
    prepare: async (world) => {
      setHosts(world, { 'www.example.com': {} })
      return issued(world)
    },
    check: ({ outputs }, { state }) => {
      expect(outputs['outcome']).toBe('changed')
      expect(state.certificates.has('oldRsa01')).toBe(what === 'mute')
      expect(state.muted.has('oldRsa01')).toBe(what === 'mute')
    },
  })
}
scenario('an old certificate that another host still has', {
  inputs: { ...served, 'old-certificates': 'delete' },
  prepare: issued,
  check: (_, { state }) => expect(state.certificates.has('oldRsa01')).toBe(true),
})
scenario('an old certificate stays when not all is verified', {
  inputs: { ...short, 'old-certificates': 'delete' },
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { edgeServes: ['oldRsa01'] } })
    return issued(world)
  },
  check: (_, { state }) => expect(state.certificates.has('oldRsa01')).toBe(true),
})
