import { newCertificate, newZone, site } from '../test/world/state.ts'
import { accountKey, startWorld } from '../test/world/world.ts'
import type { Counts } from './scale-world.ts'

// The test world with many sites of 20 hosts, for one or several accounts, each with a rate limit of its own. It writes a manifest for
// them, tells its parent how to reach it and on any message what was asked of it, and runs until it is killed.
// `node bench/fleet-world.ts SITES ACCOUNTS`

const [sites = 0, accounts = 0] = process.argv.slice(2).map(Number)
const hostsPerSite = 20

export interface FleetCounts extends Omit<Counts, 'writing'> {
  /** Milliseconds from the first DescribeAccelerationDomains to the last one. */
  readonly reading: number
}

export interface FleetGiven {
  readonly inputs: Readonly<Record<string, string>>
  readonly proxy: string
  readonly rootFile: string
  readonly env: Readonly<Record<string, string>>
  readonly manifest: string
}

const { state, proxy, rootFile } = await startWorld()
state.log = false
state.deployMs = 300
state.zones.clear()
const names = Array.from({ length: sites }, (_, i) => `s${String(i).padStart(4, '0')}.example.com`)
const keys = Array.from({ length: accounts }, (_, i) => accountKey(i))
const idOf = (i: number) => `cert${String(i).padStart(4, '0')}`
for (const [i, name] of names.entries()) {
  state.certificates.set(idOf(i), newCertificate({ id: idOf(i), names: [name, `*.${name}`] }))
  const hosts = Array.from({ length: hostsPerSite }, (_, n) => `h${String(n).padStart(2, '0')}.${name}`)
  const owner = keys[i % accounts]?.secretKey ?? ''
  state.zones.set(`zone-${i}`, newZone({ id: `zone-${i}`, name, owner, hosts: site(hosts) }))
}

const manifest = {
  defaults: { match: 'pattern', hosts: '**', 'wait-for': 'deployed' },
  accounts: Object.fromEntries(
    keys.map((_, i) => [`account-${i}`, { 'secret-id': `\${ID_${i}}`, 'secret-key': `\${KEY_${i}}` }]),
  ),
  sites: names.map((name, i) => ({ 'zone-name': name, account: `account-${i % accounts}`, 'cert-id': idOf(i) })),
}
const env = Object.fromEntries(
  keys.flatMap(({ secretId, secretKey }, i) => [
    [`ID_${i}`, secretId],
    [`KEY_${i}`, secretKey],
  ]),
)

const reads = { first: 0, last: 0 }
state.onRequest = (action) => {
  if (action !== 'DescribeAccelerationDomains') return
  reads.last = performance.now()
  reads.first ||= reads.last
}

process.on('message', () => {
  const { throttled } = state
  const told: FleetCounts = { counts: Object.fromEntries(state.counts), throttled, reading: reads.last - reads.first }
  process.send?.(told)
})
const given: FleetGiven = {
  inputs: { manifest: 'sites.json' },
  proxy,
  rootFile,
  env,
  manifest: JSON.stringify(manifest),
}
process.send?.(given)
