import { site } from '../test/world/state.ts'
import { key, startWorld } from '../test/world/world.ts'

// The test world with one site of many hosts. It tells its parent how to reach it, on any message what was asked of it since
// the last one, and runs until it is killed. `node bench/scale-world.ts 1000 shared`, or `alone`: hosts that cannot share a call.

export type Kind = 'shared' | 'alone'

const [size = '', kind = ''] = process.argv.slice(2)
const zoneId = 'zone-2fgd17m17xw'

export interface Given {
  readonly inputs: Readonly<Record<string, string>>
  readonly proxy: string
  readonly rootFile: string
}

export interface Counts {
  readonly counts: Readonly<Record<string, number>>
  readonly throttled: number
  /** Milliseconds from the first ModifyHostsCertificate to the last one. */
  readonly writing: number
}

const { state, proxy, rootFile } = await startWorld()
state.log = false
state.deployMs = 300
const zone = state.zones.get(zoneId)
if (zone === undefined) throw new Error(`no ${zoneId}`)
const names = Array.from({ length: Number(size) }, (_, i) => `h${String(i).padStart(5, '0')}.example.com`)
zone.hosts = site(names, (_, i) =>
  kind === 'alone' ? { client: { Switch: 'on', CertInfos: [{ CertId: `ca${i}` }] } } : {},
)

const writes = { first: 0, last: 0 }
state.onRequest = (action) => {
  if (action !== 'ModifyHostsCertificate') return
  writes.last = performance.now()
  writes.first ||= writes.last
}

process.on('message', () => {
  const { throttled } = state
  const told: Counts = { counts: Object.fromEntries(state.counts), throttled, writing: writes.last - writes.first }
  process.send?.(told)
  state.counts.clear()
  state.throttled = 0
  writes.first = writes.last = 0
})

const inputs = {
  'zone-id': zoneId,
  match: 'pattern',
  hosts: '**.example.com',
  'cert-id': 'J2JqATrt',
  'wait-for': 'deployed',
  'secret-id': key.secretId,
  'secret-key': key.secretKey,
}
const given: Given = { inputs, proxy, rootFile }
process.send?.(given)
