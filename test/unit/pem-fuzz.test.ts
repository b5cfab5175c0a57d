import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../src/model/problem.ts'
import { readPairs } from '../../src/pem/read.ts'
import { inBoth } from '../../src/util/language.ts'
import { runs } from '../support/depth.ts'
import { newMaterial, pemOf } from '../support/pem-material.ts'

const { root, one, two, ec, rsa } = await newMaterial()
const keys = [pemOf(ec.key), pemOf(ec.key, 'sec1'), pemOf(rsa.key, 'pkcs1'), pemOf(rsa.key)]
const valid = [
  ec.leaf + one.pem + keys[0],
  rsa.leaf + two.pem + root.pem + keys[3],
  `${keys[1]}${rsa.leaf}${two.pem}${keys[2]}${ec.leaf}${one.pem}`,
]

/** Every run of 16 characters of the body of a key. */
const secrets = new Set(
  keys.flatMap((key) => {
    const body = key.replace(/-----[^-]+-----|\s/g, '')
    return Array.from({ length: body.length - 15 }, (_, i) => body.slice(i, i + 16))
  }),
)
const leaks = (text: string): boolean => {
  for (let i = 0; i + 16 <= text.length; i += 1) if (secrets.has(text.slice(i, i + 16))) return true
  return false
}

/** Reads, and looks at what a failure tells. */
const tryOn = (certificate: string, key: string) => {
  try {
    const { pairs } = readPairs([
      { input: 'certificate', place: inBoth('the text'), text: certificate },
      { input: 'private-key', place: inBoth('the file'), text: key },
    ])
    expect(pairs.length).toBeGreaterThan(0)
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    expect(['Certificate.Unreadable', 'Certificate.KeyMismatch']).toContain(thrown.code)
    expect(thrown.findings.length).toBeGreaterThan(0)
    expect(leaks(`${thrown.message} ${JSON.stringify(thrown.findings)} ${inspect(thrown.cause)}`)).toBe(false)
  }
}

test('finds a leak when there is one', () => {
  expect(leaks(`x ${keys[0]?.slice(40, 60)}`)).toBe(true)
})

test('any text and any bytes end in pairs or a Problem', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((all) => Buffer.from(all))
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    bytes.map((all) => all.toString('latin1')),
    bytes.map((all) => all.toString('utf8')),
    fc
      .tuple(fc.constantFrom('CERTIFICATE', 'PRIVATE KEY', 'EC PRIVATE KEY', 'RSA PRIVATE KEY', 'X'), bytes)
      .map(([label, all]) => `-----BEGIN ${label}-----\n${all.toString('base64')}\n-----END ${label}-----`),
  )
  fc.assert(fc.property(text, text, tryOn), { numRuns: runs(500) })
})

interface Edit {
  readonly kind: 'flip' | 'delete' | 'insert' | 'truncate' | 'behead' | 'repeat' | 'swap'
  readonly at: number
  readonly length: number
  readonly text: string
}

const edit = fc.record<Edit>({
  kind: fc.constantFrom('flip', 'delete', 'insert', 'truncate', 'behead', 'repeat', 'swap'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(80),
  text: fc.oneof(fc.string({ maxLength: 10 }), fc.constantFrom('-----', '\n', '\\n', 'BEGIN ', '=', 'KEY-----', '\0')),
})

const apply = (all: string, { kind, at, length, text }: Edit): string => {
  const place = Math.floor(at * all.length)
  const [before, after] = [all.slice(0, place), all.slice(place)]
  if (kind === 'flip') return before + String.fromCharCode(after.charCodeAt(0) ^ (1 << (length % 7))) + after.slice(1)
  if (kind === 'delete') return before + after.slice(length)
  if (kind === 'insert') return before + text + after
  if (kind === 'truncate') return before
  if (kind === 'behead') return after
  const lines = all.split('\n')
  const line = Math.floor(at * lines.length)
  const target = kind === 'repeat' ? line : length % lines.length
  return lines.toSpliced(target, 0, lines[line] ?? '').join('\n')
}

test('mutations of valid PEM end in pairs or a Problem that shows no part of a key', () => {
  const mutated = fc
    .tuple(fc.constantFrom(...valid), fc.array(edit, { minLength: 1, maxLength: 3 }))
    .map(([all, edits]) => edits.reduce(apply, all))
  fc.assert(
    fc.property(mutated, mutated, (a, b) => tryOn(a, b)),
    { numRuns: runs(800) },
  )
})

test('mutations of the DER in valid PEM end in pairs or a Problem', () => {
  const flips = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(7)), {
    minLength: 1,
    maxLength: 3,
  })
  const blocks = fc.constantFrom(...keys, ec.leaf, rsa.leaf, one.pem)
  fc.assert(
    fc.property(fc.constantFrom(...valid), blocks, flips, (all, block, places) => {
      const [first = '', ...rest] = block.trim().split('\n')
      const der = Buffer.from(rest.slice(0, -1).join(''), 'base64')
      for (const [at, bit] of places) {
        const place = Math.min(der.length - 1, Math.floor(at * der.length))
        der.writeUInt8(der.readUInt8(place) ^ (1 << bit), place)
      }
      tryOn(all, [first, der.toString('base64'), rest.at(-1)].join('\n'))
    }),
    { numRuns: runs(500) },
  )
})
