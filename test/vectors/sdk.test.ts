import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { authorization } from '../../src/tencent/sign.ts'

// The SDK's own signer; its package is CommonJS and does not export it.
const { default: Sign } = createRequire(import.meta.url)('tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js')

const day = 86_400
const body = fc.dictionary(
  fc.string({ unit: 'grapheme' }),
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean()),
)
const second = fc.oneof(
  fc.integer({ min: 1_500_000_000, max: 2_500_000_000 }),
  fc
    .tuple(fc.integer({ min: 17_400, max: 28_000 }), fc.integer({ min: -3, max: 3 }))
    .map(([days, around]) => days * day + around),
)
const service = fc.oneof(fc.constantFrom('teo', 'ssl', 'sts'), fc.stringMatching(/^[a-z]{2,12}$/))
const key = fc.stringMatching(/^[0-9A-Za-z]{1,64}$/)

test('signs 200 random requests as the official SDK does', () => {
  fc.assert(
    fc.property(body, second, service, key, key, (payload, timestamp, product, secretId, secretKey) => {
      const bytes = Buffer.from(JSON.stringify(payload))
      const host = `${product}.tencentcloudapi.com`
      const theirs = Sign.sign3({
        method: 'POST',
        url: `https://${host}/`,
        payload: bytes,
        timestamp,
        service: product,
        secretId,
        secretKey,
        multipart: false,
        boundary: '',
        headers: { 'Content-Type': 'application/json' },
      })
      const headers = { 'content-type': 'application/json', host }
      const request = { method: 'POST', query: '', headers, payload: bytes } as const
      expect(authorization({ secretId, secretKey }, { timestamp, service: product }, request)).toBe(theirs)
    }),
    { numRuns: 200 },
  )
})
