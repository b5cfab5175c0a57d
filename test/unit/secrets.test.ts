import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { secretsIn } from '../../src/inputs/secrets.ts'
import { keyLinesIn } from '../../src/pem/key-lines.ts'
import { envOf } from '../support/inputs.ts'

const labels = ['PRIVATE KEY', 'EC PRIVATE KEY', 'RSA PRIVATE KEY', 'ENCRYPTED PRIVATE KEY']
const breaks = ['\n', '\r\n', '\\n', '\\r\\n', '']
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const linesOf = (text: string) => text.match(/.{1,64}/g) ?? []
const pem = (label: string, lines: readonly string[], lineBreak: string) =>
  [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join(lineBreak)

const bytes = fc.uint8Array({ minLength: 30, maxLength: 400 })
const body = bytes.map((raw) => linesOf(base64(raw)))
const lineBreak = fc.constantFrom(...breaks)
const around = fc.constantFrom('', 'Bag Attributes: x\n', '  ', '# my key\r\n', '"')

describe('the lines of a private key', () => {
  test('are masked for every kind of line break and surrounding text', () => {
    const key = fc.record({ label: fc.constantFrom(...labels), lines: body, lineBreak, before: around, after: around })
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 3 }), (keys) => {
        const text = keys.map((one) => one.before + pem(one.label, one.lines, one.lineBreak) + one.after).join('\n')
        const masked = keyLinesIn(text)
        for (const { lines, lineBreak } of keys) {
          const expected = lineBreak === '' ? [lines.join('')] : lines
          expect(masked).toEqual(expect.arrayContaining(expected.filter((line) => line.length >= 4)))
        }
        expect(masked.every((line) => line.length >= 4)).toBe(true)
      }),
    )
  })

  test('are masked up to the end when the PEM is cut off', () => {
    fc.assert(
      fc.property(body, lineBreak, (lines, brk) => {
        const cut = pem('PRIVATE KEY', lines, brk === '' ? '\n' : brk).split('-----END')[0] ?? ''
        expect(keyLinesIn(cut)).toEqual(lines.filter((line) => line.length >= 4))
      }),
    )
  })

  test('are masked when BEGIN and END lines are missing', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 138, maxLength: 138 }),
        fc.constantFrom('\n', '\r\n', '\\n', ''),
        (raw, brk) => {
          const lines = brk === '' ? [base64(raw)] : linesOf(base64(raw))
          expect(keyLinesIn(lines.join(brk))).toEqual(lines)
          expect(keyLinesIn(`${lines.join(brk)}${brk || '\n'}-----END PRIVATE KEY-----\n`)).toEqual(lines)
        },
      ),
    )
  })

  test('are masked without BEGIN and END, including a shorter last line', () => {
    const lines = linesOf(base64(new Uint8Array(100).map((_, i) => i * 7)))
    expect(lines.map(({ length }) => length)).toEqual([64, 64, 8])
    expect(keyLinesIn(lines.join('\n'))).toEqual(lines)
  })
})

test('does not mask lines of certificates or words', () => {
  fc.assert(
    fc.property(
      fc.array(body, { minLength: 1, maxLength: 3 }),
      body,
      fc.constantFrom('\n', '\r\n', '\\n'),
      (chain, key, brk) => {
        const certificates = chain.map((lines) => pem('CERTIFICATE', lines, brk)).join('')
        const text = `subject=CN = a.com${brk}${certificates}`
        expect(keyLinesIn(text)).toEqual([])
        const own = key.filter((line) => line.length >= 4)
        expect(keyLinesIn(text + pem('PRIVATE KEY', key, brk) + certificates)).toEqual(own)
      },
    ),
  )
  expect(keyLinesIn('certs/tls.key\n')).toEqual([])
})

describe('secrets in the environment', () => {
  const line = base64(new Uint8Array(48).fill(1))

  test('are API keys from inputs and variables, line by line, as given and trimmed', () => {
    const secrets = secretsIn({
      ...envOf({ 'zone-id': 'zone-1', 'secret-id': ' id ', 'secret-key': 'one\ntwo\r\n', 'session-token': ' ' }),
      TENCENTCLOUD_SESSION_TOKEN: 'token',
      TENCENTCLOUD_SECRET_KEY: 'one',
    })
    expect(secrets.toSorted()).toEqual([' id ', 'id', 'one', 'token', 'two'])
  })

  test('are private keys in either input', () => {
    const text = pem('PRIVATE KEY', [line], '\n')
    const certificate = pem('CERTIFICATE', [base64(new Uint8Array(48).fill(2))], '\n')
    expect(secretsIn(envOf({ 'private-key': text }))).toEqual([line])
    expect(secretsIn(envOf({ certificate: certificate + text }))).toEqual([line])
    expect(secretsIn(envOf({ certificate: certificate }))).toEqual([])
  })

  test('are private keys in any other input, where an error may quote them, and nothing else there', () => {
    const text = pem('PRIVATE KEY', [line], '\n')
    for (const name of ['cert-id', 'hosts', 'cert-alias', 'privat-key']) {
      expect(secretsIn(envOf({ [name]: text }))).toEqual([line])
      expect(secretsIn(envOf({ [name]: line }))).toEqual([])
    }
    expect(secretsIn({ SOME_TEXT: text })).toEqual([])
  })
})
