import { expect } from 'vitest'
import type { World } from '../world/world.ts'
import { scenario, writes } from './scenario.ts'
import { bound, busyFor, idsOf, setHosts, zoneOf } from './zone.ts'

const on = (id: string) => ({ Switch: 'on', CertInfos: [{ CertId: id }] })
const upstream = {
  UpstreamMutualTLS: on('originCl'),
  UpstreamCertificateVerify: { VerificationMode: 'custom_ca', CustomCACerts: [{ CertId: 'originCa' }] },
}
const deployed = { 'wait-for': 'deployed', hosts: 'www.example.com api.example.com' }

/** Two hosts, one of them with client and upstream certificates. */
const guarded =
  (mutualTls: World['state']['mutualTls'], more: object = {}) =>
  (world: World) => {
    setHosts(world, { 'www.example.com': { client: on('clientCa'), upstream, ...more }, 'api.example.com': {} })
    world.state.mutualTls = mutualTls
  }
const mutualTlsOf = (world: World) => {
  const { client, upstream: others } = zoneOf(world).hosts.get('www.example.com') ?? {}
  return { client, upstream: others }
}

scenario('leaves client and upstream certificates alone', {
  inputs: { ...deployed },
  prepare: guarded('kept'),
  check: ({ outputs }, world) => {
    expect(outputs['outcome']).toBe('changed')
    expect(mutualTlsOf(world)).toEqual({ client: on('clientCa'), upstream })
    expect(writes(world.state)).toBe(2)
  },
})
scenario('puts back the mutual TLS that a host lost, and fails', {
  whole: true,
  inputs: { ...deployed, rollback: 'true' },
  prepare: guarded('lost when left out'),
  check: ({ outputs, document }, world) => {
    expect(outputs).toMatchObject({
      outcome: 'failed',
      'error-code': 'Verify.MutualTlsChanged',
      'changed-hosts': '["api.example.com","www.example.com"]',
    })
    expect(outputs['error-message']).toContain('www.example.com: mutual TLS changed since it was read')
    expect(outputs['error-message']).toContain('It was put back')
    expect(mutualTlsOf(world)).toEqual({ client: on('clientCa'), upstream })
    // The certificate is in effect, so it is not rolled back.
    expect([idsOf(world, 'www.example.com'), writes(world.state)]).toEqual([['J2JqATrt'], 3])
    expect(document).toContain('Verify.MutualTlsChanged')
  },
})
scenario('puts back the mutual TLS that EdgeOne no longer lists', {
  unrecorded: true,
  inputs: { ...deployed },
  prepare: (world) => {
    guarded('lost when left out')(world)
    world.state.offUntold = true
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.MutualTlsChanged' })
    expect(outputs['error-message']).toContain('had clientCa, then not listed')
    expect(mutualTlsOf(world)).toEqual({ client: on('clientCa'), upstream })
  },
})
scenario('leaves mutual TLS alone where EdgeOne does not list what is off', {
  unrecorded: true,
  inputs: { ...deployed },
  prepare: (world) => {
    guarded('kept')(world)
    world.state.offUntold = true
  },
  check: ({ outputs }, world) => {
    expect(outputs['outcome']).toBe('changed')
    expect(writes(world.state)).toBe(2)
  },
})
scenario('puts back the mutual TLS that a host of a Pages site lost', {
  unrecorded: true,
  inputs: { ...deployed },
  prepare: (world) => {
    guarded('lost when left out')(world)
    Object.assign(zoneOf(world), { readable: false, certificatesReadable: true, type: 'pages' })
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Verify.MutualTlsChanged' })
    expect(mutualTlsOf(world)).toEqual({ client: on('clientCa'), upstream })
  },
})
scenario('says first of all that mutual TLS could not be put back', {
  unrecorded: true,
  inputs: { ...deployed, 'wait-minutes': '0.25' },
  prepare: guarded('lost'),
  check: ({ outputs, summary }, world) => {
    expect(outputs).toMatchObject({
      outcome: 'failed',
      'error-code': 'Verify.MutualTlsChanged',
      'failed-hosts': '["www.example.com"]',
    })
    expect(outputs['error-message']).toContain('was not put back')
    expect(summary).toMatch(/^## 🚨 1 host WITHOUT the previous mutual TLS: `www\.example\.com`/)
    expect(writes(world.state)).toBeGreaterThan(2)
  },
})
scenario('tells it when a call that puts mutual TLS back is refused', {
  inputs: { ...deployed },
  prepare: (world) => {
    guarded('lost when left out')(world)
    let calls = 0
    world.state.onRequest = (action) => {
      // The third call is the one that puts them back.
      if (action !== 'ModifyHostsCertificate' || ++calls !== 2) return
      const code = 'OperationDenied.NotInUpstreamMTLSWhiteList'
      world.state.faults.push({ kind: 'refuse', code, message: 'Not allowed.' })
    }
  },
  check: ({ outputs, summary }) => {
    expect(outputs).toMatchObject({ 'error-code': 'Verify.MutualTlsChanged', 'failed-hosts': '["www.example.com"]' })
    expect(outputs['error-message']).toContain('OperationDenied.NotInUpstreamMTLSWhiteList')
    expect(summary).toMatch(/^## 🚨/)
  },
})
scenario('puts back the mutual TLS that a rollback lost', {
  unrecorded: true,
  inputs: { rollback: 'true', 'wait-for': 'served', 'wait-minutes': '0.15', hosts: 'www.example.com' },
  // The edge goes on serving the old certificate.
  prepare: guarded('lost when left out', { edgeServes: ['oldRsa01'], certificates: bound('oldRsa01') }),
  check: (_, world) => {
    expect(idsOf(world, 'www.example.com')).toEqual(['oldRsa01'])
    expect(mutualTlsOf(world)).toEqual({ client: on('clientCa'), upstream })
    // The change, the rollback, and after each of them the call that puts mutual TLS back.
    expect(writes(world.state)).toBe(4)
  },
})
scenario('takes for given what mutual TLS a host has when an earlier deployment ends', {
  unrecorded: true,
  inputs: { ...deployed },
  prepare: (world) => {
    guarded('kept')(world)
    busyFor(world, 'www.example.com', 1500)
    const start = world.state.onRequest
    let reads = 0
    world.state.onRequest = (action) => {
      start(action)
      const host = zoneOf(world).hosts.get('www.example.com')
      // Somebody else turned it off, before the step sent anything for this host.
      if (action === 'DescribeAccelerationDomains' && ++reads === 2 && host) delete host.client
    }
  },
  check: ({ outputs }, world) => {
    expect(outputs['outcome']).toBe('changed')
    expect(mutualTlsOf(world).client).toBeUndefined()
  },
})
scenario('notes that mutual TLS is not compared when nothing is waited for', {
  inputs: { hosts: 'www.example.com' },
  prepare: guarded('lost when left out'),
  check: ({ outputs, summary }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(summary).toContain('is not compared after the change')
  },
})

for (const edgeTls of ['TLSv1.2', 'TLSv1.3'] as const) {
  scenario(`sees what an edge serves that asks for a certificate of the client over ${edgeTls}`, {
    unrecorded: true,
    inputs: { rollback: 'true', 'wait-for': 'served', 'wait-minutes': '0.2', hosts: 'www.example.com' },
    prepare: (world) => {
      guarded('kept', { certificates: bound('oldRsa01', 'oldEcc01') })(world)
      world.state.edgeTls = edgeTls
    },
    check: ({ outputs }, world) => {
      expect(outputs).toMatchObject({ outcome: 'changed', 'failed-hosts': '[]' })
      expect(idsOf(world, 'www.example.com')).toEqual(['J2JqATrt', 'oldEcc01'])
      // Over TLS 1.2, the edge ends the handshake itself.
      const completed = world.state.handshakes.filter(({ algorithm }) => algorithm !== undefined)
      expect(completed).toHaveLength(0)
    },
  })
}
