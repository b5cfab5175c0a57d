import { newState } from '../test/world/state.ts'
import { key, startWorld } from '../test/world/world.ts'
import { delayed, type LinkName, links } from './delay-proxy.ts'

// The test world as a process, with a relay for each of `links`. It tells its parent how to reach it, and runs until it is
// killed. Its hosts accept every change and stay as they are, and any message
// makes it forget what was uploaded, so that each run has the same to do.

export type Job = 'by ID' | 'from PEM'

export interface Given {
  readonly inputs: Readonly<Record<Job, Readonly<Record<string, string>>>>
  readonly proxies: Readonly<Record<LinkName | 'no delay', string>>
  readonly rootFile: string
}

/** What was asked of the test world since the last message. */
export interface Asked {
  readonly counts: Readonly<Record<string, number>>
  readonly throttled: number
}

const zoneId = 'zone-2fgd17m17xw'
const hosts = ['www.example.com', 'api.example.com']
const { state, proxy, rootFile, issue } = await startWorld()
state.log = false
// The rate limit is not what is measured here.
state.perSecond = 1000
for (const name of hosts) {
  const host = state.zones.get(zoneId)?.hosts.get(name)
  if (host === undefined) throw new Error(`no host ${name}`)
  host.ignores = Number.POSITIVE_INFINITY
}

// As long as those of a public CA last.
const notAfter = new Date(Date.now() + 90 * 86_400_000)
for (const [id, one] of state.certificates) state.certificates.set(id, { ...one, notAfter })

const known = newState().certificates
process.on('message', () => {
  for (const id of state.certificates.keys()) if (!known.has(id)) state.certificates.delete(id)
  const asked: Asked = { counts: Object.fromEntries(state.counts), throttled: state.throttled }
  process.send?.(asked)
  state.counts.clear()
})

const { chain, privateKey } = await issue(['example.com', '*.example.com'], { algorithm: 'RSA 2048' })
const account = { 'zone-id': zoneId, 'wait-for': 'accepted', 'secret-id': key.secretId, 'secret-key': key.secretKey }
const given: Given = {
  inputs: {
    'by ID': { ...account, hosts: hosts[0] ?? '', 'cert-id': 'J2JqATrt' },
    'from PEM': { ...account, hosts: hosts.join(','), certificate: chain, 'private-key': privateKey },
  },
  proxies: {
    'no delay': proxy,
    '100 ms': await delayed(proxy, links['100 ms']),
    '250 ms': await delayed(proxy, links['250 ms']),
    '250 ms, distant proxy': await delayed(proxy, links['250 ms, distant proxy']),
  },
  rootFile,
}
process.send?.(given)
