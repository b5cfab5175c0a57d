import { key, startWorld } from '../test/world/world.ts'

// The test world as a process: tells its parent how to reach it, and runs until it is killed. Its host takes every change and stays
// as it is, so that each run has the same to do.
const { state, proxy, rootFile } = await startWorld()
const host = state.zones.get('zone-2fgd17m17xw')?.hosts.get('www.example.com')
if (host === undefined) throw new Error('no host')
host.ignores = Number.POSITIVE_INFINITY
// The limit is not what is measured here.
state.perSecond = 1000
const inputs = {
  'zone-id': 'zone-2fgd17m17xw',
  hosts: 'www.example.com',
  'cert-id': 'J2JqATrt',
  'wait-for': 'accepted',
  'secret-id': key.secretId,
  'secret-key': key.secretKey,
}
process.send?.({ inputs, proxy, rootFile })
