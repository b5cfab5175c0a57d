import { expect, test } from 'vitest'
import { lookAtHost, targetOf } from '../../src/audit/served.ts'
import { contextWith } from '../support/context.ts'

test('a fault at several addresses is told of the same one, in whatever order DNS returns them', async () => {
  const host = { name: 'www.example.com', certificates: [], mutualTls: {} }
  const target = targetOf(host, [{ id: 'a', notAfter: 0, edgeEnd: 0, isFree: false }])
  if (target === undefined) throw new Error('no target')
  const all = ['203.0.113.9', '203.0.113.7', '203.0.113.8']
  for (const i of all.keys()) {
    const { context } = contextWith({
      resolve: async () => [...all.slice(i), ...all.slice(0, i)],
      handshake: async () => ({ sha256: 'f', names: [], notBefore: 0, notAfter: 1e12, algorithm: 'RSA' }),
    })
    const { fault } = await lookAtHost(target, 'dns', context)
    expect(fault?.address).toBe('203.0.113.7')
  }
})
