import { newCertificate, newZone, site } from '../test/world/state.ts'
import { accountKey, startWorld } from '../test/world/world.ts'
import type { Counts } from './scale-world.ts'

// The test world with many sites of 20 hosts, for one or several accounts, each with a rate limit of its own. It writes a manifest for
// them, tells its parent how to reach it and on any message what was asked of it, and runs until it is killed.
// `node bench/fleet-world.ts SITES ACCOUNTS`

const [sites = 0, accounts = 0] = process.argv.slice(2).map(Number)
const hostsPerSite = 20

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
const idOf = (i: number) => `cert${String(i).padStart(4, '0')}`
for (const [i, name] of names.entries()) {
  state.certificates.set(idOf(i), newCertificate({ id: idOf(i), names: [name, `*.${name}`] }))
  const hosts = Array.from({ length: hostsPerSite }, (_, n) => `h${String(n).padStart(2, '0')}.${name}`)
  state.zones.set(`zone-${i}`, newZone({ id: `zone-${i}`, name, hosts: site(hosts) }))
}

const keys = Array.from({ length: accounts }, (_, i) => accountKey(i))
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

process.on('message', () => {
  const { throttled } = state
  const told: Counts = { counts: Object.fromEntries(state.counts), throttled, writing: 0 }
  process.send?.(told)
  state.counts.clear()
  state.throttled = 0
})
const given: FleetGiven = {
  inputs: { manifest: 'sites.json' },
  proxy,
  rootFile,
  env,
  manifest: JSON.stringify(manifest),
}
process.send?.(given)
