import { expect } from 'vitest'
import type { Certificate } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { scenario, writes } from './scenario.ts'
import { bound, idsOf, setHosts } from './zone.ts'

const deployed = { 'wait-for': 'deployed' }
const alter = ({ state }: World, id: string, change: Partial<Certificate>) => {
  const found = state.certificates.get(id)
  if (found === undefined) throw new Error('no certificate')
  state.certificates.set(id, { ...found, ...change })
}
const both = (world: World) => setHosts(world, { 'www.example.com': { certificates: bound('oldRsa01', 'oldEcc01') } })

for (const [name, change, code] of [
  ['that was revoked', { status: 10 }, 'Certificate.Revoked'],
  ['that is under review', { status: 0 }, 'Certificate.NotIssued'],
  ['that is not deployable', { deployable: false }, 'Certificate.NotDeployable'],
  ['of a certification authority', { kind: 'CA' }, 'Certificate.NotServer'],
] as const) {
  scenario(`refuses a certificate ${name}`, {
    prepare: (world) => alter(world, 'J2JqATrt', change),
    check: ({ outputs }, { state }) => {
      expect(outputs).toMatchObject({ 'error-code': code, changed: 'false' })
      expect(writes(state)).toBe(0)
    },
  })
}
scenario('binds a certificate that is being reissued', {
  prepare: (world) => alter(world, 'J2JqATrt', { status: 11 }),
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('binds a certificate whose order fields are all absent', {
  prepare: ({ state }) => {
    state.withoutFields = ['Status', 'Deployable', 'CertificateType', 'From', 'IsIgnore']
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('reads the names of a certificate from both lists', {
  inputs: { hosts: 'www.example.com api.example.com' },
  prepare: (world) => {
    const listedNames = { Domain: 'www.example.com', SubjectAltName: [], CertSANs: ['api.example.com'] }
    alter(world, 'J2JqATrt', { listedNames })
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('drops a kept certificate that EdgeOne finds to end too soon', {
  bodies: true,
  inputs: deployed,
  prepare: (world) => {
    both(world)
    alter(world, 'oldEcc01', { notAfter: new Date('2030-01-01T00:00:00Z') })
    world.state.leastValidMs = Date.UTC(2030, 0, 2) - Date.now()
  },
  check: ({ outputs, stdout }, world) => {
    expect(outputs['outcome']).toBe('changed')
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
    expect(stdout).toMatch(/::warning title=Certificates::oldEcc01 .*was removed from 1 host/)
    expect(writes(world.state)).toBe(2)
  },
})
scenario('drops a kept certificate that no longer exists in the account', {
  unrecorded: true,
  inputs: deployed,
  prepare: (world) => {
    both(world)
    world.state.certificates.delete('oldEcc01')
  },
  check: ({ outputs, stdout }, world) => {
    expect(outputs['outcome']).toBe('changed')
    expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt'])
    expect(stdout).toMatch(/::warning title=Certificates::oldEcc01 .*was removed from 1 host/)
    expect(writes(world.state)).toBe(2)
  },
})
scenario('keeps a certificate when EdgeOne does not know the new one', {
  unrecorded: true,
  inputs: deployed,
  prepare: (world) => {
    both(world)
    const refusal = { kind: 'refuse', code: 'ResourceUnavailable.CertNotFound', message: 'Not authorized.' } as const
    world.state.faults.push(refusal, refusal)
  },
  check: ({ outputs, stdout }, world) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'ResourceUnavailable.CertNotFound' })
    expect(stdout).not.toContain('was removed')
    expect(idsOf(world, 'www.example.com')).toEqual(['oldRsa01', 'oldEcc01'])
    expect(writes(world.state)).toBe(2)
  },
})
scenario('names no kept certificate when the new one ends too soon', {
  prepare: (world) => {
    both(world)
    world.state.leastValidMs = Date.UTC(2037, 0, 1) - Date.now()
  },
  check: ({ outputs, stdout }, world) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'InvalidParameter.CertToExpire' })
    expect(stdout).not.toContain('was removed')
    expect(idsOf(world, 'www.example.com')).toEqual(['oldRsa01', 'oldEcc01'])
  },
})
scenario('refuses to choose when the two services disagree about an algorithm', {
  prepare: (world) => {
    both(world)
    alter(world, 'oldEcc01', { signAlgo: 'RSA 2048' })
  },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Certificate.AlgorithmConflict')
    expect(writes(state)).toBe(0)
  },
})
scenario('binds when a disagreement about an algorithm changes nothing', {
  inputs: { 'keep-other-algorithms': 'false' },
  prepare: (world) => {
    both(world)
    alter(world, 'oldEcc01', { signAlgo: 'RSA 2048' })
  },
  check: (_, world) => expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt']),
})
scenario('takes the algorithms from EdgeOne when SSL may not be read', {
  inputs: { ...deployed, 'cert-id': '', certificate: 'fullchain.pem', 'private-key': 'privkey.pem' },
  prepare: async (world) => {
    both(world)
    world.state.sslReadable = false
    const dates = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2036-06-01T00:00:00Z') }
    const { chain, privateKey } = await world.issue(['example.com', '*.example.com'], {
      algorithm: 'RSA 2048',
      ...dates,
    })
    return { files: { 'fullchain.pem': chain, 'privkey.pem': privateKey } }
  },
  check: ({ stdout }, world) => {
    expect(idsOf(world, 'www.example.com')).toEqual(['up000001', 'oldEcc01'])
    expect(stdout).not.toContain('::warning')
  },
})
