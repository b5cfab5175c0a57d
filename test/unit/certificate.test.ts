import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { algorithmOf, bitsOf, covers } from '../../src/model/certificate.ts'
import { authority } from '../world/certificates.ts'

test.each([
  ['www.example.com', 'www.example.com', true],
  ['www.example.com', 'example.com', false],
  ['example.com', 'www.example.com', false],
  ['*.example.com', 'www.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', 'a.b.example.com', false],
  ['*.example.com', 'wwwexample.com', false],
  ['*.b.example.com', 'a.b.example.com', true],
  ['a.*.example.com', 'a.b.example.com', false],
  ['w*.example.com', 'www.example.com', false],
  ['*.Example.COM', 'www.example.com', true],
  ['www.example.com.', 'www.example.com', true],
  [' www.example.com ', 'www.example.com', true],
  ['Bücher.example', 'xn--bcher-kva.example', true],
  ['*.Bücher.example', 'www.xn--bcher-kva.example', true],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example', true],
  ['*.example.com', 'xn--bcher-kva.example.com', true],
  // Domains of EdgeOne that are named with a wildcard themselves.
  ['*.example.com', '*.example.com', true],
  ['*.example.com', '*.a.example.com', false],
  ['*.a.example.com', '*.example.com', false],
  ['www.example.com', '*.example.com', false],
  ['', 'www.example.com', false],
])('the name “%s” covers %s: %s', (name, host, expected) => {
  expect(covers([name], host)).toBe(expected)
  expect(covers(['other.test', name], host)).toBe(expected)
})

test('covers nothing without names', () => {
  expect(covers([], 'www.example.com')).toBe(false)
})

test('agrees with OpenSSL on what names cover', async () => {
  const { issue } = await authority()
  const names = [
    'example.com',
    'www.example.com',
    'WWW.Example.com',
    '*.example.com',
    '*.EXAMPLE.com',
    '*.a.example.com',
    'a.*.example.com',
    'w*.example.com',
    '*w.example.com',
    'xn--bcher-kva.example',
    '*.xn--bcher-kva.example',
    '*.co.uk',
  ]
  const hosts = [
    'example.com',
    'www.example.com',
    'w.example.com',
    'a.example.com',
    'b.a.example.com',
    'a.b.example.com',
    'c.b.a.example.com',
    'wwwexample.com',
    'www.example.com.test',
    'xn--bcher-kva.example',
    'www.xn--bcher-kva.example',
    'xn--bcher-kva.example.com',
    'example.co.uk',
    'www.example.co.uk',
  ]
  const lists = [...names.map((name) => [name] as const), ['example.com', '*.example.com'] as const]
  const seen = new Set<boolean>()
  for (const list of lists) {
    const { certificate } = await issue([...list])
    const openssl = new X509Certificate(certificate)
    for (const host of hosts) {
      const expected = openssl.checkHost(host, { subject: 'never', partialWildcards: false }) !== undefined
      seen.add(expected)
      expect(covers(list, host), `${list.join(' ')} for ${host}`).toBe(expected)
    }
  }
  expect(seen.size).toBe(2)
})

test.each([
  ['RSA 2048', 'RSA', 2048],
  ['RSA 4096', 'RSA', 4096],
  ['ECC 256', 'ECC', 256],
  ['ECC P-256', 'ECC', 256],
  ['ECDSA P-384', 'ECC', 384],
  ['EC secp384r1', 'ECC', 384],
  ['ECC prime256v1', 'ECC', 256],
  ['rsa', 'RSA', undefined],
  [' SM2 ', 'SM2', undefined],
  ['SM2 256', 'SM2', 256],
  ['DSA 2048', undefined, 2048],
  ['RSAES', undefined, undefined],
  ['', undefined, undefined],
  [undefined, undefined, undefined],
])('reads “%s” as algorithm %s with %s bits', (text, algorithm, bits) => {
  expect(algorithmOf(text)).toBe(algorithm)
  expect(bitsOf(text)).toBe(bits)
})
