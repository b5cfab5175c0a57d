import { expect, test } from 'vitest'
import { type CheckOptions, checkCertificates } from '../../src/discover/check.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import { Problem } from '../../src/model/problem.ts'
import { inEnglish } from '../support/english.ts'

const day = 86_400_000
const now = Date.UTC(2027, 0, 31)
const options: CheckOptions = { hosts: ['www.example.com'], minDaysLeft: 0, now }
const good: Certificate = {
  id: 'good',
  algorithm: 'RSA',
  bits: 2048,
  names: ['*.example.com'],
  notBefore: now,
  notAfter: now + 1,
}

/** The Problem of these certificates; undefined when all is well. */
const check = (certificates: readonly Certificate[], more: Partial<CheckOptions> = {}): Problem | undefined => {
  try {
    checkCertificates(certificates, { ...options, ...more })
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
    throw thrown
  }
}

test.each<[string, Certificate[], Partial<CheckOptions>]>([
  ['a good certificate, at every limit', [good], {}],
  ['one with exactly the days that are asked for', [{ ...good, notAfter: now + 7 * day }], { minDaysLeft: 7 }],
  ['ECC with the shortest key', [{ ...good, algorithm: 'ECC', bits: 225 }], {}],
  ['SM2, whatever its bits', [{ ...good, algorithm: 'SM2', bits: 1 }], {}],
  ['bits without an algorithm', [{ ...good, algorithm: undefined, bits: 1 }], {}],
  ['one of which nothing is known', [{ id: 'x' }], { minDaysLeft: 30 }],
  ['two of which no algorithm is known', [{ id: 'x' }, { id: 'y' }], {}],
  ['one of each algorithm', (['RSA', 'ECC', 'SM2'] as const).map((algorithm) => ({ id: algorithm, algorithm })), {}],
  ['no certificate', [], {}],
])('%s passes', (_, certificates, more) => {
  expect(check(certificates, more)).toBeUndefined()
})

test.each<[string, Partial<Certificate>, Partial<CheckOptions>, string, string]>([
  [
    'Certificate.Expired',
    { notAfter: now },
    { minDaysLeft: 30 },
    'good, which expired on 2027-01-31',
    'a valid certificate',
  ],
  [
    'Certificate.ExpiresSoon',
    { notAfter: now + 7 * day - 1 },
    { minDaysLeft: 7 },
    'good, which expires in 6 days, on 2027-02-06',
    'at least 7 days (min-days-left)',
  ],
  [
    'Certificate.NotYetValid',
    { notBefore: now + 1, notAfter: now + day },
    {},
    'good, which is not valid before 2027-01-31',
    'a certificate that is valid now',
  ],
  [
    'Certificate.KeyTooShort',
    { bits: 2047 },
    {},
    'good, whose key is RSA with 2047 bits',
    'at least RSA 2048 or ECC 225',
  ],
  [
    'Certificate.KeyTooShort',
    { algorithm: 'ECC', bits: 224 },
    {},
    'good, whose key is ECC with 224 bits',
    'at least RSA 2048 or ECC 225',
  ],
  [
    'Certificate.NotCovered',
    {},
    { hosts: ['www.example.com', 'example.com', 'a.b.example.com'] },
    'example.com, a.b.example.com (2 of 3 hosts), which good does not cover',
    'hosts that match its names: *.example.com',
  ],
  [
    'Certificate.NotCovered',
    { names: [] },
    {},
    'www.example.com (1 of 1 host), which good does not cover',
    'a certificate with DNS names: it has none',
  ],
])('%s: %j', (code, more, given, seen, expected) => {
  const problem = check([{ ...good, ...more }], given)
  expect(problem?.code).toBe(code)
  expect(inEnglish(problem?.findings)).toEqual([{ input: 'cert-id', seen, expected }])
  expect(problem?.message).toBe(`cert-id: got ${seen}; expected ${expected}.`)
  expect(problem?.row?.fix).toBeTruthy()
})

test('reports each certificate that repeats the algorithm of an earlier one', () => {
  const three = ['a', 'b', 'c'].map((id) => ({ ...good, id, algorithm: 'ECC' as const, bits: 256 }))
  const problem = check(three)
  expect(problem?.code).toBe('Certificate.SameAlgorithm')
  expect(inEnglish(problem?.findings ?? []).map(({ seen }) => seen)).toEqual(['a and b, both ECC', 'a and c, both ECC'])
  // From PEM they have no ID yet, only the same provisional one.
  const fromPem = check(
    three.slice(0, 2).map((one) => ({ ...one, id: 'new-ECC' })),
    { input: 'certificate' },
  )
  expect(inEnglish(fromPem?.findings)).toMatchObject([
    { input: 'certificate', seen: expect.stringMatching(/^the one for .*both/) },
  ])
  expect(fromPem?.message).not.toContain('new-ECC')
})

test('reports everything at once, under the code of the first finding', () => {
  const bad = { ...good, id: 'bad', notAfter: now + day, notBefore: now + 1, bits: 1024, names: ['other.test'] }
  const problem = check([bad, { ...good, id: 'twin', notAfter: now - day }], { minDaysLeft: 2 })
  expect(problem?.code).toBe('Certificate.ExpiresSoon')
  expect(inEnglish(problem?.findings ?? []).map(({ seen }) => seen)).toEqual([
    'bad, which expires in 1 day, on 2027-02-01',
    'bad, which is not valid before 2027-01-31',
    'bad, whose key is RSA with 1024 bits',
    'www.example.com (1 of 1 host), which bad does not cover',
    'twin, which expired on 2027-01-30',
    'bad and twin, both RSA',
  ])
  for (const { seen } of inEnglish(problem?.findings ?? [])) expect(problem?.message).toContain(seen)
})

test('names at most twenty uncovered hosts and names', () => {
  const many = (name: string) => Array.from({ length: 23 }, (_, i) => `${name}${i}.test`)
  const [finding] = inEnglish(check([{ ...good, names: many('n') }], { hosts: many('h') })?.findings ?? [])
  expect(finding?.seen).toMatch(/^h0\.test, .*, h19\.test and 3 more \(23 of 23 hosts\)/)
  expect(finding?.expected).toMatch(/: n0\.test, .*, n19\.test and 3 more$/)
})
