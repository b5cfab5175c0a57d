import { expect } from 'vitest'
import { type FindingKind, findingKinds } from '../../src/model/audit.ts'
import { auditDocumentOf } from '../world/audit-document.ts'
import { selfSigned } from '../world/certificates.ts'
import type { StepRun } from '../world/runner.ts'
import { newCertificate, newZone } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { auditScenario, auditScenarioOnBoth, ending, having } from './audit-scenario.ts'
import { bound, zoneOf } from './zone.ts'

/** `host: kind, kind` for every host with a finding. */
const foundIn = (run: StepRun): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    auditDocumentOf(run)
      .sites.flatMap(({ hosts }) => hosts)
      .flatMap(({ host, findings }) => (findings.length === 0 ? [] : [[host, findings.map(({ finding }) => finding)]])),
  )

const annotations = ({ stdout }: StepRun, level: 'error' | 'warning' | 'notice'): readonly string[] =>
  [...stdout.matchAll(new RegExp(`^::${level} title=([^:]*)::`, 'gm'))].map(([, title = '']) =>
    title.replaceAll('%3A', ':'),
  )

auditScenarioOnBoth('finds nothing wrong with two hosts', {
  whole: true,
  prepare: (world) => {
    const certificates = [ending(world, 'goodRsa1', 60), ending(world, 'goodEcc1', 70, { algorithm: 'ECC P-256' })]
    having(world, { 'www.example.com': certificates, 'api.example.com': ['goodRsa1'] })
  },
  check: ({ outputs, summary }, { state }) => {
    expect(outputs).toMatchObject({ ok: 'true', findings: '[]', 'finding-count': '0', 'host-count': '2' })
    expect(summary).toMatch(/^## ✅ 2 hosts, first certificate expires in 60 days\n/)
    expect(state.handshakes.map(({ algorithm = 'none' }) => algorithm).toSorted()).toEqual(['ECC', 'RSA', 'RSA'])
  },
})

/** A certificate that no authority has signed. */
const stranger = async ({ state }: World): Promise<string> => {
  const { certificate, privateKey } = await selfSigned('self.example.com')
  const notAfter = new Date('2045-01-01T00:00:00Z')
  const pem = { chain: certificate, privateKey, sha256: '' }
  const one = newCertificate({ id: 'selfEcc1', algorithm: 'ECC P-256', names: ['self.example.com'], notAfter, pem })
  state.certificates.set(one.id, one)
  return one.id
}

/** One host for each kind of finding, and how it gets it. */
const hostOf: Readonly<
  Record<Exclude<FindingKind, 'not-trusted'>, (world: World) => Parameters<typeof having>[1][string]>
> = {
  expired: (world) => [ending(world, 'goneRsa1', -3)],
  'not-served': (world) => ({ certificates: bound(ending(world, 'goodRsa1', 60)), edgeServes: ['oldRsa01'] }),
  'no-certificate': () => ({ mode: 'disable', certificates: [] }),
  'not-covered': () => ['othRsa01'],
  expiring: (world) => [ending(world, 'soonRsa1', 12)],
  'deploy-failed': (world) => ({ certificates: [{ id: ending(world, 'goodRsa1', 60), status: 'issued' }] }),
  unreadable: (world) => ({ certificates: bound(ending(world, 'goodRsa1', 60)), edgeDown: true }),
}

/** A site with a host for each kind of finding, one that is fine, and one that is not online. */
const allKinds = async (world: World): Promise<void> => {
  const made = Object.entries(hostOf).map(([kind, host]) => [`${kind}.example.com`, host(world)] as const)
  having(world, {
    ...Object.fromEntries(made),
    'self.example.com': [await stranger(world)],
    'fine.example.com': [ending(world, 'goodRsa1', 60)],
    'off.example.com': { status: 'offline' },
  })
}

for (const language of ['en-US', 'zh-CN'] as const) {
  auditScenario(`finds every kind of fault, and reports it in ${language}`, {
    whole: true,
    inputs: { language },
    prepare: allKinds,
    check: (run) => {
      expect(foundIn(run)).toEqual({
        'self.example.com': ['not-trusted'],
        ...Object.fromEntries(Object.keys(hostOf).map((kind) => [`${kind}.example.com`, [kind]])),
      })
      expect(run.outputs).toMatchObject({ ok: 'false', 'finding-count': '8', 'host-count': '9', 'site-count': '1' })
      const found: readonly { readonly finding: string }[] = JSON.parse(run.outputs['findings'] ?? '')
      expect(found.map(({ finding }) => finding)).toEqual([
        ...['expired', 'not-served', 'no-certificate', 'expiring'],
        ...['not-trusted', 'not-covered', 'deploy-failed', 'unreadable'],
      ])
      expect(annotations(run, 'error').length).toBe(4)
      expect(annotations(run, 'warning').length).toBe(4)
    },
  })
}

for (const kind of findingKinds) {
  auditScenario(`fails for ${kind} alone, and warns of all others, when fail-on has nothing else`, {
    unrecorded: true,
    inputs: { 'fail-on': kind },
    prepare: allKinds,
    check: (run) => {
      expect(run.outputs).toMatchObject({ ok: 'false', 'finding-count': '8' })
      expect(annotations(run, 'error')).toEqual([expect.stringMatching(`^${kind}: `)])
      const warned = annotations(run, 'warning').map((title) => title.split(':')[0])
      expect(warned).toHaveLength(findingKinds.length - 1)
      expect(new Set(warned)).toEqual(new Set(findingKinds.filter((one) => one !== kind)))
      expect(run.summary).toMatch(/^## ❌ 1 of 9 hosts needs attention/)
    },
  })
}

auditScenario('fails for nothing when fail-on is none', {
  inputs: { 'fail-on': 'none' },
  prepare: allKinds,
  check: (run) => {
    expect(run.outputs).toMatchObject({ ok: 'true', 'finding-count': '8' })
    expect(annotations(run, 'error')).toEqual([])
    expect(run.summary).toMatch(/^## ⚠️ 8 of 9 hosts need attention/)
  },
})

auditScenario('makes no handshake with look-at-served: false', {
  inputs: { 'look-at-served': 'false' },
  prepare: allKinds,
  check: (run, { state }) => {
    expect(state.handshakes).toEqual([])
    expect(foundIn(run)).not.toHaveProperty(['not-served.example.com'])
    expect(foundIn(run)).toHaveProperty(['expired.example.com'])
  },
})

auditScenario('looks only at hosts that the patterns select, and warns of a pattern that matches none', {
  inputs: { hosts: '*.example.com\n!api.example.com\n**.shop.example.org' },
  prepare: (world) => {
    const certificates = [ending(world, 'goodRsa1', 60)]
    having(world, { 'www.example.com': certificates, 'api.example.com': certificates, 'a.b.example.com': certificates })
  },
  check: (run) => {
    expect(run.outputs).toMatchObject({ ok: 'true', 'host-count': '1' })
    expect(run.stdout).toContain('The pattern “**.shop.example.org” matches no host of the site.')
  },
})

auditScenario('reads the certificates of a Pages site', {
  prepare: (world) => {
    Object.assign(zoneOf(world), { type: 'pages', readable: false, certificatesReadable: true })
    having(world, {
      'www.example.com': [ending(world, 'soonRsa1', 12)],
      'api.example.com': [ending(world, 'goodRsa1', 60)],
    })
  },
  check: (run) => expect(foundIn(run)).toEqual({ 'www.example.com': ['expiring'] }),
})

auditScenario('goes on with what EdgeOne says when certificates may not be read in SSL Certificate Service', {
  prepare: (world) => {
    world.state.sslReadable = false
    having(world, { 'www.example.com': [ending(world, 'soonRsa1', 12)], 'api.example.com': ['othRsa01'] })
  },
  check: (run) => {
    expect(foundIn(run)).toEqual({ 'api.example.com': ['not-covered'], 'www.example.com': ['expiring'] })
    expect(annotations(run, 'notice')).toEqual(['Certificates not read'])
  },
})

auditScenario('takes the end of what is served when neither service says when a certificate ends', {
  prepare: (world) => {
    Object.assign(world.state, { endsUntold: true, sslReadable: false })
    having(world, { 'www.example.com': [ending(world, 'soonRsa1', 12)] })
  },
  check: (run) => {
    expect(foundIn(run)).toEqual({ 'www.example.com': ['expiring'] })
    expect(run.outputs['earliest-expiry']).toMatch(/Z$/)
  },
})

const elsewhere = (world: World) => {
  world.state.dnsElsewhere.add('www.example.com')
  having(world, { 'www.example.com': [ending(world, 'goodRsa1', 60)] })
}
auditScenario('says that the DNS of a host points elsewhere', {
  prepare: elsewhere,
  check: (run) => {
    expect(foundIn(run)).toEqual({ 'www.example.com': ['not-served'] })
    expect(run.stdout).toContain('EdgeOne itself serves the right one, so the DNS of the host points elsewhere.')
  },
})
auditScenario('looks at EdgeOne itself with connect-to: cname', {
  inputs: { 'connect-to': 'cname' },
  prepare: elsewhere,
  check: ({ outputs }) => expect(outputs['ok']).toBe('true'),
})

auditScenario('finds the algorithm that a host serves another certificate for, and requests a name below a wildcard', {
  prepare: (world) => {
    const [rsa, ecc] = [ending(world, 'goodRsa1', 60), ending(world, 'goodEcc1', 60, { algorithm: 'ECC P-256' })]
    having(world, { '*.example.com': { certificates: bound(rsa, ecc), edgeServes: [rsa, 'oldEcc01'] } })
  },
  check: (run, { state }) => {
    expect(foundIn(run)).toEqual({ '*.example.com': ['not-served'] })
    expect(state.handshakes.map(({ host }) => host)).toContain('edgeone-certificate-check.example.com')
  },
})

auditScenario('finds a host that refuses the handshake for an algorithm that EdgeOne says it has', {
  prepare: (world) => {
    const [rsa, ecc] = [ending(world, 'goodRsa1', 60), ending(world, 'goodEcc1', 60, { algorithm: 'ECC P-256' })]
    having(world, { 'www.example.com': { certificates: bound(rsa, ecc), edgeServes: [rsa] } })
  },
  check: (run) => expect(foundIn(run)).toEqual({ 'www.example.com': ['not-served'] }),
})

auditScenario('leaves a free certificate to EdgeOne until its renewal is a day late', {
  prepare: (world) => {
    const free = (id: string, days: number, name: string) => {
      ending(world, id, days, { type: 'managed', names: [name] })
      return { mode: 'eofreecert', certificates: bound(id) } as const
    }
    having(world, {
      'early.example.com': free('free0001', 20, 'early.example.com'),
      'due.example.com': free('free0002', 14, 'due.example.com'),
      'late.example.com': free('free0003', 13, 'late.example.com'),
      'wait.example.com': { mode: 'eofreecert', certificates: [] },
    })
  },
  check: (run) => {
    expect(foundIn(run)).toEqual({ 'late.example.com': ['expiring'], 'wait.example.com': ['no-certificate'] })
  },
})

auditScenario('does not take the previous certificate of a host that is being deployed for a fault', {
  prepare: (world) => {
    having(world, {
      'www.example.com': {
        status: 'process',
        certificates: [{ id: ending(world, 'goodRsa1', 60), status: 'processing' }],
        edgeServes: ['oldRsa01'],
      },
    })
  },
  check: ({ outputs }) => expect(outputs).toMatchObject({ ok: 'true', 'finding-count': '0', 'host-count': '1' }),
})

auditScenario('reads hosts and certificates by API version 2022-01-06', {
  inputs: { 'api-version': '2022-01-06' },
  prepare: (world) => {
    having(world, { 'www.example.com': [ending(world, 'soonRsa1', 12)], 'api.example.com': { noCertificate: true } })
  },
  check: (run) => {
    expect(foundIn(run)).toEqual({ 'api.example.com': ['no-certificate'], 'www.example.com': ['expiring'] })
  },
})

auditScenario('annotates ten findings, and hosts with the same certificate once', {
  unrecorded: true,
  prepare: (world) => {
    const shared = ending(world, 'soonRsa1', 12)
    const alone = Array.from(
      { length: 12 },
      (_, i) => [`h${i}.example.com`, [ending(world, `own${i}Rsa`, i + 14)]] as const,
    )
    having(world, { ...Object.fromEntries(alone), 'a.example.com': [shared], 'b.example.com': [shared] })
  },
  check: (run) => {
    const [first, ...others] = annotations(run, 'error')
    expect(first).toBe('expiring: 2 hosts')
    expect(others).toEqual(Array.from({ length: 9 }, (_, i) => `expiring: h${i}.example.com`))
    expect(annotations(run, 'warning')).toEqual([])
    expect(run.outputs['finding-count']).toBe('14')
  },
})

auditScenario('shows hostile names and messages as plain text', {
  // The sites are read side by side: which of them is refused differs from run to run.
  unrecorded: true,
  inputs: { 'zone-id': '', 'zone-name': 'all' },
  prepare: (world) => {
    const evil = '##[error]<img src=x> @octocat\n::error::x\n| x | `x` [x](https://evil.test)'
    having(world, { 'www.example.com': [ending(world, 'evil|`<b>', -3)] })
    world.state.zones.set('zone-evil', newZone({ id: 'zone-evil', name: 'example.org', alias: evil }))
    world.state.onRequest = (action) => {
      if (action !== 'DescribeAccelerationDomains' || world.state.counts.get(action) !== 1) return
      world.state.faults.push({ kind: 'refuse', on: action, code: 'InvalidParameter.Zone', message: evil })
    }
  },
  check: ({ stdout, summary }) => {
    const lines = stdout.split('\n')
    expect(
      lines.filter((line) => /^::error::x/.test(line) || (!line.startsWith('::') && line.includes('##['))),
    ).toEqual([])
    expect(stdout).toContain('## [error]')
    expect(summary).not.toMatch(/<img|^\| x|[^`]@octocat/m)
  },
})
