import { newCertificate, site } from '../test/world/state.ts'
import { key, startWorld } from '../test/world/world.ts'
import type { Counts, Given } from './scale-world.ts'

// The test world with one site of many hosts on 100 certificates, for the audit: one in a hundred hosts has a certificate that ends soon,
// and one in a hundred serves another one. It tells its parent how to reach it, on any message what was asked of it, and runs until it is
// killed. `node bench/audit-world.ts 10000`

const [size = 0] = process.argv.slice(2).map(Number)
const zoneId = 'zone-2fgd17m17xw'
const day = 86_400_000

export interface AuditCounts extends Omit<Counts, 'writing'> {
  readonly handshakes: number
}

const { state, proxy, rootFile } = await startWorld()
state.log = false
const zone = state.zones.get(zoneId)
if (zone === undefined) throw new Error(`no ${zoneId}`)
const idOf = (n: number) => `cert${String(n).padStart(4, '0')}`
for (let n = 0; n < 100; n++) {
  const notAfter = new Date(Date.now() + (n === 0 ? 12 : 60 + n) * day)
  const one = newCertificate({ id: idOf(n), algorithm: 'ECC P-256', notBefore: new Date(Date.now() - day), notAfter })
  state.certificates.set(one.id, one)
}
const names = Array.from({ length: size }, (_, i) => `h${String(i).padStart(5, '0')}.example.com`)
zone.hosts = site(names, (_, i) => ({
  certificates: [{ id: idOf(i % 100), status: 'deployed' }],
  ...(i % 100 === 1 ? { edgeServes: [idOf(50)] } : {}),
}))

process.on('message', () => {
  const told: AuditCounts = {
    counts: Object.fromEntries(state.counts),
    throttled: state.throttled,
    handshakes: state.handshakes.length,
  }
  process.send?.(told)
})

const inputs = {
  'zone-id': zoneId,
  'expires-within-days': '30',
  'fail-on': 'none',
  'look-at-served': 'true',
  'secret-id': key.secretId,
  'secret-key': key.secretKey,
}
const given: Given = { inputs, proxy, rootFile }
process.send?.(given)
