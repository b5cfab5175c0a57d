import { Buffer } from 'node:buffer'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { secrets } from '../world/transcript.ts'

const folder = join(import.meta.dirname, '../scenarios/transcripts')
const files = globSync('*.txt', { cwd: folder })

/** Base64 of a text wherever it stands among others: a text of which it is a part begins at any of three places of a group. */
const base64Of = (text: string, encoding: 'base64' | 'base64url'): string[] =>
  [0, 1, 2].map((before) => {
    const whole = Buffer.from('.'.repeat(before) + text).toString(encoding)
    // Its first and its last group hold what stands around it, too.
    return whole.replace(/=+$/, '').slice(before === 0 ? 0 : 4, (before + text.length) % 3 === 0 ? undefined : -1)
  })

/** Parts of a text: 16 characters each, from every eighth on. */
const windowsOf = (text: string): string[] =>
  Array.from({ length: Math.floor(Math.max(0, text.length - 16) / 8) + 1 }, (_, i) => text.slice(i * 8, i * 8 + 16))

const reversed = (text: string): string => Array.from(text).toReversed().join('')

/** A secret as it could slip out: in clear, in part, or in an encoding that a reader could undo. */
const guises = (secret: string): string[] => {
  const hex = Buffer.from(secret).toString('hex')
  return [
    secret,
    ...base64Of(secret, 'base64'),
    ...base64Of(secret, 'base64url'),
    hex,
    hex.toUpperCase(),
    encodeURIComponent(secret),
    Array.from(secret)
      .map((c) => `%${c.charCodeAt(0).toString(16)}`)
      .join(''),
    JSON.stringify(secret).slice(1, -1),
    Array.from(secret)
      .map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
    reversed(secret),
    ...windowsOf(secret),
    secret.slice(-16),
    ...windowsOf(reversed(secret)),
  ]
}

/** What no secret of the scenarios is known to be, and yet nobody is to read. */
const shapes = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\[nr]|\s)+[A-Za-z0-9+/]{16}/,
  'a JWT': /eyJ[\w-]+\.eyJ[\w-]+\./,
  'an Authorization header': /\bBearer |\bTC3-HMAC-SHA256\b/,
} as const

const all = [...new Set(secrets.flatMap(guises))]

/** What of a secret a text shows, by its place in the list, so that a failure does not show it again. */
const foundIn = (text: string): readonly (number | string)[] => [
  ...all.flatMap((guise, i) => (text.includes(guise) ? [i] : [])),
  ...Object.entries(shapes).flatMap(([name, shape]) => (shape.test(text) ? [name] : [])),
]

test('there are transcripts', () => expect(files.length).toBeGreaterThan(40))

test.each(files)('%s shows no secret', (file) => {
  expect(foundIn(readFileSync(join(folder, file), 'utf8'))).toEqual([])
})

describe('what is looked for is found', () => {
  test.each(secrets)('secret %#', (secret) => {
    expect(secret.length).toBeGreaterThanOrEqual(16)
    const shown = [
      `key=${secret}.`,
      Buffer.from(`key=${secret}.`).toString('base64'),
      Buffer.from(`x${secret}`).toString('base64url'),
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('hex').toUpperCase(),
      encodeURIComponent(secret),
      reversed(secret),
      ...[0, 7, 8, secret.length - 24].map((at) => secret.slice(Math.max(0, at), Math.max(0, at) + 24)),
    ]
    expect(shown.map((text) => foundIn(text).length > 0)).toEqual(shown.map(() => true))
  })

  test.each([
    ['a private key', '-----BEGIN PRIVATE KEY-----\\nMIGHAgEAMBMGByqGSM49'],
    ['a private key', '-----BEGIN EC PRIVATE KEY-----\r\nMHcCAQEEIAbcdefgh'],
    ['a JWT', `token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.sig`],
    ['an Authorization header', 'authorization: Bearer x'],
  ])('%s: %s', (name, text) => expect(foundIn(text)).toContain(name))
})
