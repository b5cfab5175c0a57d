import { expect } from 'vitest'
import { auditDocumentOf } from '../world/audit-document.ts'
import { newHost, newZone } from '../world/state.ts'
import { accountKey, key, type World } from '../world/world.ts'
import { auditScenario, ending, having } from './audit-scenario.ts'
import { bound } from './zone.ts'

const addZone = (
  { state }: World,
  zone: Parameters<typeof newZone>[0],
  hosts: Readonly<Record<string, readonly string[]>> = {},
): void => {
  const made = Object.entries(hosts).map(([name, ids]) => [name, newHost({ certificates: bound(...ids) })] as const)
  state.zones.set(zone.id, newZone({ hosts: new Map(made), ...zone }))
}

const names = ['example.org', '*.example.org']

/** Three sites: one with a host that is due, one that is fine, one that may not be read; and one without a plan. */
const sites = (world: World): void => {
  having(world, {
    'www.example.com': [ending(world, 'soonRsa1', 12)],
    'api.example.com': [ending(world, 'goodRsa1', 60)],
  })
  addZone(
    world,
    { id: 'zone-org', name: 'example.org' },
    { 'www.example.org': [ending(world, 'orgRsa01', 50, { names })] },
  )
  addZone(world, { id: 'zone-shut', name: 'shut.example', readable: false })
  addZone(world, { id: 'zone-new', name: 'new.example', status: 'initializing' })
}

auditScenario('audits every site of the account, and goes on without one that cannot be read', {
  inputs: { 'zone-id': '', 'zone-name': 'all' },
  prepare: sites,
  check: (run) => {
    expect(run.outputs).toMatchObject({ ok: 'false', 'site-count': '3', 'host-count': '3', 'finding-count': '2' })
    const found: readonly object[] = JSON.parse(run.outputs['findings'] ?? '')
    expect(found).toMatchObject([
      { site: 'zone-2fgd17m17xw', host: 'www.example.com', finding: 'expiring' },
      { site: 'zone-shut', host: null, finding: 'unreadable', certificate: null },
    ])
  },
})

auditScenario('fails for a site that cannot be read when fail-on has unreadable', {
  inputs: { 'zone-id': '', 'zone-name': 'all', 'fail-on': 'unreadable' },
  prepare: sites,
  check: ({ outputs, summary }) => {
    expect(outputs['ok']).toBe('false')
    expect(summary).toMatch(/^## ❌ 1 of 3 sites needs attention/)
  },
})

auditScenario('names a site that does not exist beside one that does', {
  inputs: { 'zone-id': '', 'zone-name': 'example.org examples.com' },
  prepare: sites,
  check: (run) => {
    expect(run.outputs).toMatchObject({ ok: 'true', 'site-count': '2', 'finding-count': '1' })
    expect(run.stdout).toContain('No site in use has the name “examples.com”')
  },
})

auditScenario('fails when no site could be read, whatever fail-on says', {
  inputs: { 'zone-id': 'zone-shut', 'fail-on': 'none' },
  prepare: sites,
  check: ({ outputs, exitCode, summary }) => {
    expect([outputs['ok'], exitCode]).toEqual(['false', 1])
    expect(summary).toMatch(
      /^## ❌ Audit failed: CAM does not allow this user or role to call `teo:DescribeAccelerationDomains`\n/,
    )
  },
})

auditScenario('fails with all that is wrong with the inputs', {
  whole: true,
  inputs: {
    'zone-name': 'all',
    'fail-on': 'expired, late',
    'expires-within-days': 'soon',
    'look-at-served': 'false',
    'connect-to': 'cname',
    'expires-in-days': '3',
  },
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs).toMatchObject({ ok: 'false', 'site-count': '0', findings: '[]' })
    expect(stdout).toContain('Did you mean “expires-within-days”?')
    expect(state.requests).toEqual([])
  },
})

const manifest = `
defaults:
  wait-for: served
  match: certificate
accounts:
  main:
    secret-id: \${MAIN_ID}
    secret-key: \${MAIN_KEY}
  overseas:
    secret-id: \${OVERSEAS_ID}
    secret-key: \${OVERSEAS_KEY}
sites:
  - zone-name: example.com
    account: main
    certificate: certs/none.pem
    private-key: \${NOT_SET}
  - zone-id: zone-2fgd17m17xw
    account: main
    cert-id: newest
    match: pattern
    hosts: ['api.*.com']
  - zone-name: example.org
    account: overseas
    match: exact
    hosts: www.example.org
    mode: eofreecert
`
const variables = {
  MAIN_ID: key.secretId,
  MAIN_KEY: key.secretKey,
  OVERSEAS_ID: accountKey(0).secretId,
  OVERSEAS_KEY: accountKey(0).secretKey,
}
const byManifest = { 'zone-id': '', 'secret-id': '', 'secret-key': '', manifest: 'sites.yml' }

auditScenario('audits the sites of two accounts of a manifest, without what it says of the deployment', {
  // Accounts are worked on side by side, so their lines come in any order.
  unrecorded: true,
  inputs: byManifest,
  env: variables,
  prepare: (world) => {
    sites(world)
    return { files: { 'sites.yml': manifest } }
  },
  check: (run) => {
    expect(run.outputs).toMatchObject({ ok: 'false', 'site-count': '2', 'host-count': '3', 'finding-count': '1' })
    const found = auditDocumentOf(run).sites.map(({ account, zoneId, hosts }) => [account, zoneId, hosts.length])
    expect(found).toEqual([
      ['main', 'zone-2fgd17m17xw', 2],
      ['overseas', 'zone-org', 1],
    ])
    expect(run.stdout).toMatch(/::group::\[overseas\] example\.org \(zone-org\)\n(?:\[overseas\] .*\n)+::endgroup::/)
  },
})

auditScenario('goes on with the other accounts when one cannot sign in', {
  inputs: byManifest,
  env: { ...variables, OVERSEAS_KEY: 'wrongKeyEXAMPLEwrongKeyEXAMPLE12' },
  prepare: (world) => {
    sites(world)
    return { files: { 'sites.yml': manifest } }
  },
  check: (run) => {
    expect(run.outputs).toMatchObject({ 'site-count': '2', 'host-count': '2', 'finding-count': '2' })
    expect(run.outputs['findings']).toContain('{"site":"example.org","host":null,"finding":"unreadable"')
    expect(run.stdout).not.toContain('matches no host')
  },
})

auditScenario('shows what is wrong with a manifest at its places, with what is wrong with the inputs', {
  inputs: { ...byManifest, hosts: '*.example.com', 'fail-on': 'none, expired' },
  env: variables,
  prepare: () => ({ files: { 'sites.yml': `${manifest}  - zone: example.net\n    match: every\n` } }),
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs['ok']).toBe('false')
    expect(stdout).toMatch(/::error title=.*,file=sites\.yml,line=27,/)
    expect(state.requests).toEqual([])
  },
})

auditScenario('is green for a share without an account', {
  inputs: { ...byManifest, shard: '3/3' },
  env: variables,
  prepare: () => ({ files: { 'sites.yml': manifest } }),
  check: ({ outputs }) => expect(outputs).toMatchObject({ ok: 'true', 'site-count': '0' }),
})
