import { key, startWorld } from '../test/world/world.ts'

// The test world as a process: tells its parent how to reach it, and runs until it is killed.
const { proxy, rootFile } = await startWorld()
const inputs = {
  'zone-id': 'zone-2fgd17m17xw',
  hosts: 'www.example.com',
  'cert-id': 'J2JqATrt',
  'secret-id': key.secretId,
  'secret-key': key.secretKey,
}
process.send?.({ inputs, proxy, rootFile })
