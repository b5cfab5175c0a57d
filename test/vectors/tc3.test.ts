import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { authorization, canonicalRequest, type Signable, signingKey, stringToSign } from '../../src/tencent/sign.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const secretId = 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE'
const secretKey = 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE'

// The published example (documentation 213/30654): the payload has literal backslash-u escapes, 86 bytes.
const published: Signable = {
  method: 'POST',
  query: '',
  headers: { 'content-type': 'application/json; charset=utf-8', host: 'cvm.tencentcloudapi.com' },
  payload: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
}
const cvm = { timestamp: 1551113065, service: 'cvm' }

test('signs the example of the older edition (content-type and host)', () => {
  const canonical = canonicalRequest(published)
  expect(canonical).toBe(
    'POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:cvm.tencentcloudapi.com\n\ncontent-type;host\n35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064',
  )
  expect(stringToSign(cvm, canonical)).toBe(
    'TC3-HMAC-SHA256\n1551113065\n2019-02-25/cvm/tc3_request\n5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031',
  )
  expect(hex(signingKey(secretKey, cvm))).toBe('ac658d5dde49e9bfdd14e04e062f66b05d9f637d44b8a8d845327d4a77f666b1')
  expect(authorization({ secretId, secretKey }, cvm, published)).toBe(
    'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  )
})

describe('the example of the current edition (also x-tc-action)', () => {
  const request = { ...published, headers: { ...published.headers, 'x-tc-action': 'DescribeInstances' } }
  test('canonical form', () => {
    expect(sha256(canonicalRequest(request))).toBe('7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84')
  })
  test.each([
    ['*'.repeat(32), '10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f'],
    [`Gu5t9xGARNpq86cd98joQYCN3${'*'.repeat(7)}`, 'be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3'],
    [secretKey, '644be983de9a8a3f00db8eadaba61467c3b429e2215758ba897b738ca469fd26'],
  ])('signature with %s', (key, signature) => {
    expect(authorization({ secretId, secretKey: key }, cvm, request)).toContain(`Signature=${signature}`)
  })
})

test('signs a GET request', () => {
  const request: Signable = {
    method: 'GET',
    query: 'Limit=10&Offset=0',
    headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'cvm.tencentcloudapi.com' },
    payload: '',
  }
  const scope = { timestamp: 1539084154, service: 'cvm' }
  expect(sha256(canonicalRequest(request))).toBe('91c9c192c14460df6c1ffc69e34e6c5e90708de2a6d282cccf957dbf1aa7f3a7')
  expect(hex(signingKey(secretKey, scope))).toBe('39c4cf287fdff993dc407e649450ae4a0f1e1fd75aedb08d8160e47372e9b62d')
  expect(authorization({ secretId, secretKey }, scope, request)).toContain(
    'Signature=5da7a33f6993f0614b047e5df4582db9e9bf4672ba50567dba16c6ccf174c474',
  )
})

const page = '{"ZoneId":"zone-2fgd17m17xw","Offset":0,"Limit":200}'
test.each([
  {
    name: 'D: a binding',
    host: 'teo.tencentcloudapi.com',
    timestamp: 1551113065,
    payload:
      '{"ZoneId":"zone-2fgd17m17xw","Hosts":["abc.test.com"],"Mode":"sslcert","ServerCertInfo":[{"CertId":"J2JqATrt"}]}',
    payloadHash: '37f8b50184378b5fc51a643224df08ae0dd5c9da33d4a6c987866f2ba91cb206',
    hashedCR: '28250a03bc841fbc1e2071cc381e9302dde78ddec25d6847d5f67724da0e745e',
    signature: '17d4d0f5939a8512f80b1e1afe28c461379be1cdce5b314b2e61f6fe7ed8c520',
  },
  {
    name: 'E: a body beyond ASCII',
    host: 'ssl.tencentcloudapi.com',
    timestamp: 1551113065,
    payload:
      '{"CertificatePublicKey":"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n","Alias":"证书","Repeatable":false}',
    payloadHash: '553e878536cc09090fdc6763a97c933f2d6098b719b34ea680f57a5d271594e2',
    hashedCR: 'ba87d4dc742f93d3cf924b8b56eb085048a9b41bce95b8fd8e1de74e6ba113c7',
    signature: '90c6b99f40b8ea9b161fb146a2c36fa0974be6a7d787d12fd0aa11a08136b6de',
  },
  {
    name: 'F: the last second of a UTC day, international site',
    host: 'teo.intl.tencentcloudapi.com',
    timestamp: 1551139199,
    payload: page,
    payloadHash: '0339763c779c51fd59b3a48cb2443ef6093e76d6f147505b99a143932075da3e',
    hashedCR: '936583619153497546d8b01d83ec5ded30274a9f4f28feb6fee3eacf591ff2a8',
    signature: '29e2ad82857135da3c98729d3aaa5cb4c09b76f363028e9b04e79857837ed2fa',
  },
  {
    name: 'G: the first second of the next',
    host: 'teo.intl.tencentcloudapi.com',
    timestamp: 1551139200,
    payload: page,
    payloadHash: '0339763c779c51fd59b3a48cb2443ef6093e76d6f147505b99a143932075da3e',
    hashedCR: '936583619153497546d8b01d83ec5ded30274a9f4f28feb6fee3eacf591ff2a8',
    signature: '70959b38a50d71e6dda4f68472a4cb4a92b73fc6f58edceee83f3613c958f3d2',
  },
  {
    name: 'H: an empty object',
    host: 'sts.tencentcloudapi.com',
    timestamp: 1551113065,
    payload: '{}',
    payloadHash: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    hashedCR: '27a9f5a9c8a4da9c86f0fcf3df35b2a50d53bd6317667e0e3f4382f405e9af81',
    signature: 'a57e0b5965cd5cbe673f215d752892b5802377513e104e2d25959f3bdc31eb70',
  },
])('vector $name', ({ host, timestamp, payload, payloadHash, hashedCR, signature }) => {
  const headers = { 'content-type': 'application/json', host }
  const request: Signable = { method: 'POST', query: '', headers, payload: Buffer.from(payload) }
  expect(sha256(payload)).toBe(payloadHash)
  expect(sha256(canonicalRequest(request))).toBe(hashedCR)
  const scope = { timestamp, service: host.split('.')[0] ?? '' }
  expect(authorization({ secretId, secretKey }, scope, request)).toContain(`Signature=${signature}`)
})
