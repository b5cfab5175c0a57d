import { expect } from 'vitest'
import { runStep } from '../world/runner.ts'
import { newCertificate, newHost, newZone } from '../world/state.ts'
import { accountKey, key, type World } from '../world/world.ts'
import { good, scenario, writes } from './scenario.ts'
import { bound } from './zone.ts'

const replaced = { 'zone-id': '', hosts: '', 'cert-id': '', manifest: 'sites.yml' }
const own = { ...replaced, 'secret-id': '', 'secret-key': '' }
/** The keys of two accounts; that of the second is refused. */
const variables = { MAIN_ID: key.secretId, MAIN_KEY: key.secretKey, OTHER_ID: 'AKIDother', OTHER_KEY: 'otherkey' }
const accounts = `
accounts:
  main:
    secret-id: \${MAIN_ID}
    secret-key: \${MAIN_KEY}
  other:
    secret-id: \${OTHER_ID}
    secret-key: \${OTHER_KEY}
`
const addZone = ({ state }: World, id: string, name: string, ...hosts: readonly string[]): void => {
  state.zones.set(id, newZone({ id, name, hosts: new Map(hosts.map((host) => [host, newHost()])) }))
}
const certificatesOf = ({ state }: World, zone: string, host: string) =>
  state.zones
    .get(zone)
    ?.hosts.get(host)
    ?.certificates?.map(({ id }) => id)
const calls = ({ state }: World, action: string) => state.counts.get(action) ?? 0
const file = (text: string, more: Readonly<Record<string, string>> = {}) => ({ files: { 'sites.yml': text, ...more } })

const twoSites = `
defaults:
  wait-for: deployed
  cert-id: J2JqATrt
sites:
  - zone-name: example.com
    hosts: [www.example.com, api.example.com]
  - zone-id: zone-net
    hosts: www.example.net
    cert-id: netRsa01
`
const withNet = (world: World): void => {
  addZone(world, 'zone-net', 'example.net', 'www.example.net')
  world.state.certificates.set('netRsa01', newCertificate({ id: 'netRsa01', names: ['*.example.net'] }))
}

scenario('deploys to the sites of a manifest', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: replaced,
  prepare: (world) => {
    withNet(world)
    return file(twoSites)
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'changed-count': '3', 'failed-sites': '[]' })
    expect(certificatesOf(world, 'zone-net', 'www.example.net')).toEqual(['netRsa01'])
    // Certificates of both sites in one call, or in two when the second site asks later.
    expect([calls(world, 'DescribeZones'), calls(world, 'DescribeAccelerationDomains')]).toEqual([1, 4])
  },
})
scenario('takes JSON as well', {
  inputs: { ...replaced, manifest: 'sites.json' },
  prepare: () => ({
    files: {
      'sites.json': JSON.stringify({
        sites: [{ 'zone-name': 'example.com', hosts: ['www.example.com'], 'cert-id': 'newest' }],
      }),
    },
  }),
  check: ({ outputs }) => expect(outputs).toMatchObject({ outcome: 'changed', 'changed-count': '1' }),
})
scenario('signs in to each account with its own key, and an account that is refused fails its sites alone', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: own,
  env: variables,
  prepare: (world) => {
    withNet(world)
    return file(`${accounts}
sites:
  - { zone-name: example.com, account: main, hosts: www.example.com, cert-id: J2JqATrt }
  - { zone-id: zone-net, account: other, hosts: www.example.net, cert-id: netRsa01 }
`)
  },
  check: ({ outputs, document }, world) => {
    expect(outputs).toMatchObject({
      outcome: 'failed',
      'failed-sites': '["zone-net"]',
      'changed-hosts': '["www.example.com"]',
    })
    expect(outputs['error-code']).toMatch(/^AuthFailure/)
    expect(certificatesOf(world, 'zone-net', 'www.example.net')).toEqual(['oldRsa01'])
    expect(JSON.parse(document).sites.map(({ account }: { account: string }) => account)).toEqual(['main', 'other'])
  },
})
scenario('corrects a wrong clock once for all accounts', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: own,
  env: { ...variables, OTHER_ID: accountKey(1).secretId, OTHER_KEY: accountKey(1).secretKey },
  prepare: (world) => {
    withNet(world)
    world.state.clockOffsetMs = 3_600_000
    return file(`${accounts}
sites:
  - { zone-name: example.com, account: main, hosts: www.example.com, cert-id: J2JqATrt }
  - { zone-id: zone-net, account: other, hosts: www.example.net, cert-id: netRsa01 }
`)
  },
  check: ({ outputs, stdout }) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'changed-count': '2' })
    expect(stdout.match(/title=Wrong clock::/g)).toHaveLength(1)
  },
})
scenario('fails alone a site that cannot be found', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: replaced,
  prepare: () =>
    file(`
defaults: { cert-id: J2JqATrt }
sites:
  - { zone-name: exmaple.com, hosts: www.example.com }
  - { zone-name: example.com, hosts: api.example.com }
`),
  check: ({ outputs }) =>
    expect(outputs).toMatchObject({
      outcome: 'failed',
      'error-code': 'Input.ZoneName',
      'failed-sites': '["exmaple.com"]',
      'changed-hosts': '["api.example.com"]',
    }),
})
scenario('changes nothing at a site of which two entries select the same host', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: replaced,
  prepare: () =>
    file(`
sites:
  - { zone-name: example.com, match: pattern, hosts: '**.example.com', cert-id: J2JqATrt }
  - { zone-id: zone-2fgd17m17xw, hosts: www.example.com, cert-id: EccAbc12 }
`),
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Input.HostSelectedTwice' })
    expect(outputs['error-message']).toContain('sites.yml:3')
    expect(writes(state)).toBe(0)
  },
})
scenario('works on different hosts of a site for two entries', {
  // Sites are worked on side by side, so their order differs from run to run.
  unrecorded: true,
  inputs: replaced,
  prepare: () =>
    file(`
sites:
  - { zone-name: example.com, hosts: www.example.com, cert-id: J2JqATrt }
  - { zone-id: zone-2fgd17m17xw, hosts: api.example.com, cert-id: EccAbc12, keep-other-algorithms: false }
`),
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'changed-count': '2' })
    expect(certificatesOf(world, 'zone-2fgd17m17xw', 'api.example.com')).toEqual(['EccAbc12'])
  },
})
scenario('works on the accounts of its share only', {
  inputs: { ...own, shard: '2/2' },
  env: variables,
  prepare: () =>
    file(`${accounts}
sites:
  - { zone-name: example.com, account: main, hosts: www.example.com, cert-id: J2JqATrt }
  - { zone-name: example.com, account: other, hosts: api.example.com, cert-id: J2JqATrt }
  - { zone-name: example.net, account: other, hosts: www.example.net, cert-id: J2JqATrt }
`),
  check: ({ outputs, summary }) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'changed-hosts': '["www.example.com"]' })
    expect(summary).toContain('Share `2/2`: main')
  },
})
scenario('is green with a share that has no account', {
  inputs: { ...replaced, shard: '2/2' },
  prepare: () => file('sites: [{ zone-name: example.com, hosts: www.example.com, cert-id: J2JqATrt }]'),
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'unchanged', changed: 'false', 'failed-sites': '[]' })
    expect(stdout).toContain('::notice')
    expect(state.requests).toEqual([])
  },
})
scenario('reports all problems of a manifest at once, with their places', {
  whole: true,
  inputs: { ...own, hosts: 'www.example.com' },
  env: { MAIN_ID: key.secretId },
  prepare: () =>
    file(`
defaults:
  wait-for: deployd
account: {}
accounts:
  main:
    secret-id: \${MAIN_ID}
    secret-key: \${MAIN_KEY}
  other:
    secret-id: AKIDliteralliteral
    secret-key: literalliteralliteral
sites:
  - zone-nmae: example.com
    account: mian
    hosts: www.example.com
    cert-id: J2JqATrt
  - zone-id: zone-1
    account: main
    hosts: \${HOSTS}
    cert-id: [a, b, c, d]
    dry-run: [true]
`),
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Input.Manifest' })
    expect(stdout).toContain('file=sites.yml,line=13')
    expect(stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('literalliteral')
    expect(state.requests).toEqual([])
  },
})
scenario('shows where a manifest is no YAML', {
  inputs: replaced,
  prepare: () => file('sites:\n  - zone-id: [zone-1\n'),
  check: ({ outputs }) => expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Input.Manifest' }),
})
scenario('refuses a manifest outside of the workspace', {
  inputs: { ...replaced, manifest: '../sites.yml' },
  check: ({ outputs }) => {
    expect(outputs).toMatchObject({ outcome: 'failed', 'error-code': 'Input.Manifest' })
    expect(outputs['error-message']).toContain('outside the workspace')
  },
})
scenario('says at the deadline which sites got there', {
  unrecorded: true,
  inputs: { ...replaced, 'wait-for': 'deployed', 'wait-minutes': '0.115' },
  prepare: (world) => {
    withNet(world)
    const host = world.state.zones.get('zone-net')?.hosts.get('www.example.net')
    if (host) host.deployMs = 60_000
    return file(twoSites)
  },
  check: ({ outputs }) =>
    expect(outputs).toMatchObject({
      outcome: 'failed',
      'error-code': 'Verify.NotDeployed',
      'failed-sites': '["zone-net"]',
    }),
})
/** When a world's step got its signal. */
const signalled = new WeakMap<World, number>()
scenario('ends within two seconds of SIGTERM, and tells of each site what was done', {
  unrecorded: true,
  inputs: { ...replaced, 'wait-for': 'deployed' },
  prepare: (world) => {
    withNet(world)
    world.state.deployMs = 60_000
    return file(twoSites)
  },
  onStart: (child, world) => {
    const timer = setInterval(() => {
      if (writes(world.state) < 2) return
      clearInterval(timer)
      setTimeout(() => {
        signalled.set(world, performance.now())
        child.kill('SIGTERM')
      }, 500)
    }, 50)
  },
  check: ({ outputs, ended, document }, world) => {
    expect(ended - (signalled.get(world) ?? 0)).toBeLessThan(2000)
    expect(outputs).toMatchObject({ outcome: 'cancelled', 'changed-count': '3' })
    expect(JSON.parse(outputs['failed-sites'] ?? '')).toEqual(['zone-2fgd17m17xw', 'zone-net'])
    const states = JSON.parse(document).sites.flatMap(({ hosts }: { hosts: { state: string }[] }) => hosts)
    expect(states.map(({ state }: { state: string }) => state)).toEqual(['timed-out', 'timed-out', 'timed-out'])
  },
})
scenario('plans all sites of a manifest in a dry run, and changes none', {
  unrecorded: true,
  inputs: { ...replaced, 'wait-for': 'deployed', 'dry-run': 'true' },
  prepare: (world) => {
    withNet(world)
    world.state.zones.get('zone-net')?.hosts.set('www.example.net', newHost({ certificates: bound('netRsa01') }))
    return file(twoSites)
  },
  check: ({ outputs, summary }, { state }) => {
    expect(outputs).toMatchObject({ outcome: 'planned', 'changed-count': '0', 'unchanged-count': '1' })
    expect(summary).toMatch(/^## 📝 Dry run of 2 sites\n\n2 sites: 📝 1 would be changed · ✅ 1 nothing to do\n/)
    expect(writes(state)).toBe(0)
  },
})
scenario('rolls back the hosts of one site, and leaves the others changed', {
  unrecorded: true,
  inputs: { ...replaced, 'wait-for': 'served', 'wait-minutes': '0.115', rollback: 'true' },
  prepare: (world) => {
    withNet(world)
    const host = newHost({ certificates: bound('netRsa00'), edgeServes: ['othRsa01'] })
    world.state.zones.get('zone-net')?.hosts.set('www.example.net', host)
    world.state.certificates.set('netRsa00', newCertificate({ id: 'netRsa00', names: ['*.example.net'] }))
    return file(twoSites.replace('  wait-for: deployed\n', ''))
  },
  check: ({ outputs, summary }, world) => {
    expect(outputs).toMatchObject({ outcome: 'rolled-back', 'changed-count': '2', 'failed-sites': '["zone-net"]' })
    expect(certificatesOf(world, 'zone-net', 'www.example.net')).toEqual(['netRsa00'])
    expect(certificatesOf(world, 'zone-2fgd17m17xw', 'www.example.com')).toEqual(['J2JqATrt'])
    expect(summary).toMatch(/^## ❌ 1 of 2 sites failed: /)
  },
})
const dates = { notBefore: new Date('2026-06-01T00:00:00Z'), notAfter: new Date('2036-06-01T00:00:00Z') }
scenario('uploads a certificate once that several sites get', {
  unrecorded: true,
  inputs: { ...replaced, 'wait-for': 'served' },
  prepare: async (world) => {
    addZone(world, 'zone-shop', 'shop.example.com', 'pay.shop.example.com')
    const { chain, privateKey } = await world.issue(['*.example.com', '*.shop.example.com'], {
      algorithm: 'RSA 2048',
      ...dates,
    })
    const text = `
defaults: { certificate: fullchain.pem, private-key: privkey.pem }
sites:
  - { zone-name: example.com, hosts: www.example.com }
  - { zone-name: shop.example.com, hosts: pay.shop.example.com }
`
    return file(text, { 'fullchain.pem': chain, 'privkey.pem': privateKey })
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'changed-count': '2', 'cert-id': 'up000001' })
    expect([calls(world, 'UploadCertificate'), world.state.uploads]).toEqual([1, 1])
    expect(certificatesOf(world, 'zone-shop', 'pay.shop.example.com')).toEqual(['up000001'])
  },
})
/** Runs the step in this world, and cancels it once the first change was accepted. */
const cancelledRun = (world: World, files: Readonly<Record<string, string>>) => {
  let isSignalled = false
  return runStep({
    entry: 'dist/index.js',
    inputs: { ...good, ...replaced, 'wait-for': 'deployed' },
    files,
    env: { HTTPS_PROXY: world.proxy, NODE_EXTRA_CA_CERTS: world.rootFile },
    onStart: (child) => {
      world.state.onRequest = (action) => {
        if (isSignalled || action !== 'ModifyHostsCertificate') return
        isSignalled = true
        setTimeout(() => child.kill('SIGTERM'), 100)
      }
    },
  })
}
scenario('converges without a second upload when it is run again after it was cancelled', {
  unrecorded: true,
  inputs: { ...replaced, 'wait-for': 'deployed' },
  prepare: async (world) => {
    addZone(world, 'zone-shop', 'shop.example.com', 'pay.shop.example.com')
    const pem = await world.issue(['*.example.com', '*.shop.example.com'], { algorithm: 'RSA 2048', ...dates })
    const text = `
defaults: { certificate: fullchain.pem, private-key: privkey.pem }
sites:
  - { zone-name: example.com, hosts: www.example.com }
  - { zone-name: shop.example.com, hosts: pay.shop.example.com }
`
    const files = { 'sites.yml': text, 'fullchain.pem': pem.chain, 'privkey.pem': pem.privateKey }
    // One of the sites cannot be read, so the first run changes the other alone.
    world.state.faults.push({ kind: 'hang', on: 'DescribeAccelerationDomains' })
    world.state.deployMs = 60_000
    const { outputs } = await cancelledRun(world, files)
    expect(outputs).toMatchObject({ outcome: 'cancelled', 'changed-count': '1' })
    expect([world.state.uploads, writes(world.state)]).toEqual([1, 1])
    world.state.deployMs = 200
    for (const { hosts } of world.state.zones.values()) for (const host of hosts.values()) delete host.busyUntil
    return { files }
  },
  check: ({ outputs }, world) => {
    expect(outputs).toMatchObject({ outcome: 'changed', 'changed-count': '1', 'unchanged-count': '1' })
    expect([calls(world, 'UploadCertificate'), world.state.uploads, writes(world.state)]).toEqual([1, 1, 2])
    expect(certificatesOf(world, 'zone-2fgd17m17xw', 'www.example.com')).toEqual(['up000001'])
    expect(certificatesOf(world, 'zone-shop', 'pay.shop.example.com')).toEqual(['up000001'])
  },
})
scenario('fails alone an entry whose PEM cannot be used', {
  inputs: replaced,
  prepare: () =>
    file(`
sites:
  - { zone-name: example.com, hosts: www.example.com, certificate: absent.pem, private-key: absent.key }
  - { zone-name: example.com, hosts: api.example.com, cert-id: J2JqATrt }
`),
  check: ({ outputs }) =>
    expect(outputs).toMatchObject({
      outcome: 'failed',
      'error-code': 'Certificate.File',
      'failed-sites': '["example.com"]',
      'changed-hosts': '["api.example.com"]',
    }),
})
