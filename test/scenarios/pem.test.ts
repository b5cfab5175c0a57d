import { expect } from 'vitest'
import { newCertificate } from '../world/state.ts'
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

/** The key may not look whether a certificate was uploaded before. */
const noLookUp = {
  kind: 'refuse',
  on: 'CheckCertificateExist',
  code: 'AuthFailure.UnauthorizedOperation',
  message: 'You are not authorized to perform operation (ssl:CheckCertificateExist).',
} as const

/** The certificate of the files is in SSL Certificate Service already, as J2JqATrt. */
const uploadedBefore = async (world: World) => {
  const { chain, privateKey, sha256 } = await world.issue(names, { algorithm: 'RSA 2048', ...dates })
  const known = world.state.certificates.get('J2JqATrt')
  if (known) world.state.certificates.set('J2JqATrt', { ...known, pem: { chain, privateKey, sha256 } })
  return { files: { 'fullchain.pem': chain, 'privkey.pem': privateKey } }
}

scenario('uploads PEM, binds it and sees it served', {
  whole: true,
  inputs: { ...served, match: 'certificate', hosts: '' },
  prepare: issued,
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'failed-hosts': '[]' })
    expect(JSON.parse(outputs['changed-hosts'] ?? '')).toHaveLength(3)
    expect(state.handshakes).toHaveLength(3)
  },
})
scenario('takes PEM as text with its key and keeps the ECC certificate', {
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
scenario('uploads RSA and ECC and binds both in one call', {
  bodies: true,
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
scenario('does not send the key of a certificate that is uploaded and bound', {
  inputs: served,
  prepare: async (world) => {
    setHosts(world, { 'www.example.com': { certificates: bound('J2JqATrt') } })
    return uploadedBefore(world)
  },
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'unchanged', 'cert-id': 'J2JqATrt' })
    expect(writes(state)).toBe(0)
    expect(state.counts.get('UploadCertificate')).toBeUndefined()
  },
})
scenario('uploads again what it may not look up, and reuses the existing certificate', {
  bodies: true,
  inputs: paths,
  prepare: async (world) => {
    world.state.faults.push(noLookUp)
    return uploadedBefore(world)
  },
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'cert-id': 'J2JqATrt' })
    expect(stdout).toContain('Already uploaded as J2JqATrt')
    expect(state.counts.get('UploadCertificate')).toBe(1)
  },
})
scenario('uploads an existing certificate again when it is not to be reused', {
  inputs: { ...paths, 'reuse-uploaded': 'false' },
  prepare: uploadedBefore,
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'cert-id': 'up000001' })
    expect([state.counts.get('UploadCertificate'), state.uploads]).toEqual([1, 1])
  },
})
scenario('reuses an existing certificate on the international site', {
  inputs: { ...paths, site: 'international' },
  prepare: uploadedBefore,
  check: ({ outputs, stdout }) => {
    expect(outputs['cert-id']).toBe('J2JqATrt')
    expect(stdout).toContain('Already uploaded as J2JqATrt')
  },
})
scenario('tells an upload that was there from a new one when the service returns only its ID', {
  unrecorded: true,
  inputs: { ...paths, site: 'international' },
  prepare: (world) => {
    // Two look the same, so neither is taken for it before the upload.
    world.state.certificates.set('twin0001', newCertificate({ id: 'twin0001' }))
    world.state.repeatUntold = true
    return uploadedBefore(world)
  },
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs['cert-id']).toBe('J2JqATrt')
    expect([state.counts.get('UploadCertificate'), state.uploads]).toEqual([1, 0])
    expect(stdout).toContain('Already uploaded as J2JqATrt')
    expect(stdout).not.toContain('Uploaded as')
  },
})

/** The leaf of J2JqATrt, whose chain was uploaded without its intermediate and is complete now. */
const mended = async (world: World) => {
  const { certificate, chain, privateKey, sha256 } = await world.issue(names, { algorithm: 'RSA 2048', ...dates })
  const known = world.state.certificates.get('J2JqATrt')
  if (known) world.state.certificates.set('J2JqATrt', { ...known, pem: { chain: certificate, privateKey, sha256 } })
  return { files: { 'fullchain.pem': chain, 'privkey.pem': privateKey } }
}
for (const [sameUpload, inputs, id] of [
  ['leaf', {}, 'J2JqATrt'],
  ['leaf', { 'reuse-uploaded': 'false' }, 'up000001'],
  ['chain', {}, 'up000001'],
] as const) {
  const how = 'reuse-uploaded' in inputs ? ', and it is not to be reused' : ''
  scenario(`brings a mended chain as ${id} when the service tells uploads apart by their ${sameUpload}${how}`, {
    unrecorded: true,
    inputs: { ...paths, ...inputs },
    prepare: (world) => {
      world.state.sameUpload = sameUpload
      return mended(world)
    },
    check: ({ outputs, stdout }, { state }) => {
      expect(outputs['cert-id']).toBe(id)
      const intermediates = state.certificates.get(id)?.pem?.chain.match(/BEGIN/g)?.length
      expect(intermediates).toBe(id === 'J2JqATrt' ? 1 : 2)
      expect(stdout.includes('It is used with the chain of that upload.')).toBe(id === 'J2JqATrt')
    },
  })
}
scenario('finds the existing certificate when an upload is refused as a duplicate', {
  bodies: true,
  inputs: paths,
  prepare: async (world) => {
    world.state.existsError = true
    world.state.faults.push(noLookUp)
    return uploadedBefore(world)
  },
  check: ({ outputs }) => expect(outputs['cert-id']).toBe('J2JqATrt'),
})
scenario('uploads nothing in a dry run', {
  inputs: { ...paths, 'dry-run': 'true' },
  prepare: issued,
  check: ({ outputs }, { state }) => {
    expect(outputs['outcome']).toBe('planned')
    expect(state.counts.get('UploadCertificate')).toBeUndefined()
  },
})
scenario('refuses a key that does not fit the certificate', {
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
scenario('refuses a file outside the workspace', {
  inputs: { ...paths, 'private-key': '../privkey.pem' },
  prepare: issued,
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Certificate.File')
    expect(state.requests).toEqual([])
  },
})
scenario('warns of a chain without its intermediate', {
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
scenario('uploads nothing that does not cover all hosts', {
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
scenario('explains an upload that is not permitted', {
  inputs: paths,
  prepare: (world) => {
    world.state.uploadRefused = [
      'AuthFailure.UnauthorizedOperation',
      'not authorized to perform (ssl:UploadCertificate)',
    ]
    return issued(world)
  },
  check: ({ outputs, summary, document }, { state }) => {
    expect(outputs['error-code']).toBe('AuthFailure.UnauthorizedOperation')
    expect(summary).toContain('ssl:UploadCertificate')
    expect(writes(state)).toBe(0)
    // What was to be uploaded is in the result all the same.
    expect(JSON.parse(document).sites[0].certificates).toMatchObject([{ names: ['example.com', '*.example.com'] }])
  },
})
scenario('warns about a certificate that expires before the one it replaces', {
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
    expect(stdout).toContain('expires before the one that it replaces')
  },
})
scenario('explains a binding that is not permitted after an upload', {
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
    expect(summary).not.toContain('This step changed nothing')
  },
})
scenario('retries a binding that is refused without a message after an upload', {
  inputs: paths,
  prepare: (world) => {
    world.state.faults.push({ kind: 'refuse', code: 'FailedOperation.ModifyFailed', message: '' })
    return issued(world)
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})

for (const [name, slowRefusal] of [
  ['with a generic message', ['FailedOperation.ModifyFailed', '操作失败。']],
  ['because it does not know the certificate', ['ResourceUnavailable.CertNotFound', 'Not authorized.']],
] as const) {
  scenario(`retries a binding that EdgeOne refuses ${name} after an upload`, {
    inputs: paths,
    prepare: (world) => {
      world.state.slowUploads = 2
      world.state.slowRefusal = slowRefusal
      return issued(world)
    },
    check: ({ outputs }, { state }) => {
      expect(outputs['outcome']).toBe('changed')
      expect(writes(state)).toBe(3)
    },
  })
  scenario(`reports a binding that EdgeOne refuses ${name} without an upload`, {
    prepare: ({ state }) => {
      const [code, message] = slowRefusal
      state.faults.push({ kind: 'refuse', code, message })
    },
    check: ({ outputs }) => expect(outputs['error-code']).toBe(slowRefusal[0]),
  })
}

const short = { ...served, 'wait-minutes': '0.115' }
scenario('fails when the edge goes on serving the old certificate', {
  whole: true,
  inputs: short,
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { edgeServes: ['oldRsa01'] } })
    return issued(world)
  },
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.NotServed', changed: 'true' })
  },
})
scenario('suggests connect-to when DNS leads elsewhere', {
  inputs: short,
  prepare: (world) => {
    world.state.dnsElsewhere.add('www.example.com')
    return issued(world)
  },
  check: ({ outputs }) => expect(outputs['error-message']).toContain('connect-to: cname'),
})
scenario('probes the CNAME when DNS leads elsewhere', {
  inputs: { ...served, 'connect-to': 'cname' },
  prepare: (world) => {
    world.state.dnsElsewhere.add('www.example.com')
    return issued(world)
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('probes a given address without the proxy', {
  inputs: served,
  env: { NO_PROXY: '127.0.0.1' },
  prepare: async (world) => ({
    ...(await issued(world)),
    inputs: { 'connect-to': `127.0.0.1:${world.edgePort}` },
  }),
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('sees a certificate served that was given by its ID', {
  inputs: { 'wait-for': 'served' },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('sees a wildcard host served', {
  inputs: { ...served, hosts: '*.example.com' },
  prepare: (world) => {
    setHosts(world, { '*.example.com': {} })
    return issued(world)
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})

scenario('rolls back the host that is not served', {
  whole: true,
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
/** Refuses to change a host a second time: the rollback. */
const refuseRollback = (world: World): void => {
  world.state.onRequest = () => {
    const host = zoneOf(world).hosts.get('www.example.com')
    if (host?.changedAt === undefined) return
    host.refuses = ['FailedOperation.CertificateNotFound', 'The certificate does not exist.']
  }
}
scenario('shows the command for a rollback that failed', {
  whole: true,
  inputs: { ...short, rollback: 'true' },
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { edgeServes: ['oldRsa01'] } })
    refuseRollback(world)
    return issued(world)
  },
  check: ({ outputs, summary }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.RollbackFailed' })
    expect(summary).toContain('tccli teo ModifyHostsCertificate')
  },
})
scenario('reports a failed rollback before failures of more hosts', {
  inputs: { ...short, rollback: 'true', hosts: 'a.example.com b.example.com www.example.com' },
  prepare: (world) => {
    const refuses = ['InvalidParameter.HostStatusNotAllowApplyCertificate', 'This host cannot.'] as const
    setHosts(world, {
      'a.example.com': { refuses },
      'b.example.com': { refuses },
      'www.example.com': { edgeServes: ['oldRsa01'] },
    })
    refuseRollback(world)
    return issued(world)
  },
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ 'error-code': 'Verify.RollbackFailed' })
    expect(JSON.parse(outputs['failed-hosts'] ?? '')).toHaveLength(3)
  },
})

for (const [name, what, site, detail] of [
  ['mutes the old certificate', 'mute', 'china', { bodies: true }],
  ['deletes the old certificate', 'delete', 'china', { whole: true }],
  ['deletes the old certificate on the international site', 'delete', 'international', { bodies: true }],
] as const) {
  scenario(name, {
    ...detail,
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
scenario('does not delete an old certificate that another host has', {
  inputs: { ...served, 'old-certificates': 'delete' },
  prepare: issued,
  check: (_, { state }) => expect(state.certificates.has('oldRsa01')).toBe(true),
})
scenario('does not delete an old certificate before all hosts are served', {
  inputs: { ...short, 'old-certificates': 'delete' },
  prepare: (world) => {
    setHosts(world, { 'www.example.com': { edgeServes: ['oldRsa01'] } })
    return issued(world)
  },
  check: (_, { state }) => expect(state.certificates.has('oldRsa01')).toBe(true),
})
for (const [site, ways] of [
  ['china', 'CheckCertificateExist'],
  ['international', 'DescribeCertificates'],
] as const) {
  scenario(`does not send a key again when the upload was done and its answer was lost, site ${site}`, {
    unrecorded: true,
    inputs: { ...served, site },
    prepare: (world) => {
      // They only look the same, so on the international site they would hide what became of the upload.
      for (const id of ['J2JqATrt', 'dfltRsa1', 'weakRsa1']) world.state.certificates.delete(id)
      world.state.faults.push({ kind: 'reset after', on: 'UploadCertificate' })
      return issued(world)
    },
    check: ({ outputs, summary }, { state }) => {
      expect(outputs['outcome']).toBe('changed')
      expect([state.counts.get('UploadCertificate'), state.uploads]).toEqual([1, 1])
      expect(state.counts.get(ways)).toBeGreaterThan(1)
      expect(summary).toContain('Uploaded as')
    },
  })
}
scenario('sends a key again when an upload without an answer was not done', {
  unrecorded: true,
  inputs: served,
  prepare: (world) => {
    world.state.faults.push({ kind: 'reset before', on: 'UploadCertificate' })
    return issued(world)
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['outcome']).toBe('changed')
    expect([state.counts.get('UploadCertificate'), state.uploads]).toEqual([2, 1])
    expect(state.counts.get('CheckCertificateExist')).toBe(2)
  },
})
