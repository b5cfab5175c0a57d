import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { secrets } from '../world/transcript.ts'
import { leakFinder, reversed } from './secrets.ts'

const leaksIn = leakFinder(secrets)

test.each(secrets.map((secret, i) => [i, secret] as const))('finds secret %i in each of its forms', (i, secret) => {
  expect(secret.length).toBeGreaterThanOrEqual(16)
  const leaks = [
    `key=${secret}.`,
    Buffer.from(`key=${secret}.`).toString('base64'),
    Buffer.from(`x${secret}`).toString('base64url'),
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('hex').toUpperCase(),
    encodeURIComponent(secret),
    reversed(secret),
    ...[0, 7, 8, secret.length - 24].map((at) => secret.slice(Math.max(0, at), Math.max(0, at) + 24)),
  ]
  for (const leak of leaks) expect(leaksIn(leak)).toContain(`secret ${i}`)
})

test.each([
  ['a private key', '-----BEGIN PRIVATE KEY-----\\nMIGHAgEAMBMGByqGSM49'],
  ['a private key', '-----BEGIN EC PRIVATE KEY-----\r\nMHcCAQEEIAbcdefgh'],
  ['a JWT', `token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.sig`],
  ['an Authorization header', 'authorization: Bearer x'],
])('finds %s: %s', (name, text) => expect(leaksIn(text)).toEqual([name]))

test('finds nothing in a text without secrets', () => {
  expect(leaksIn('EXAMPLE AKID www.example.com 5ca1ab1e-0001-4000-8000-000000000001')).toEqual([])
})
