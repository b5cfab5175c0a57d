import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseNewest, newestFor } from '../../src/discover/newest.ts'
import { type Algorithm, algorithms, type Certificate, covers } from '../../src/model/certificate.ts'
import type { Host } from '../../src/model/host.ts'

const now = 1000
const one = (id: string, more: Partial<Certificate> = {}): Certificate => ({
  ...{ id, algorithm: 'RSA', names: ['*.a.com'], notBefore: 0, notAfter: 2000 },
  ...more,
})
const idsFor = (all: readonly Certificate[], hosts: readonly string[] = ['x.a.com']) =>
  chooseNewest(all, hosts, now).map(({ certificate: { id } }) => id)

test('the certificate that is valid longest is chosen for each algorithm, and of equal ends the one issued last', () => {
  const all = [
    one('a'),
    one('b', { notAfter: 3000 }),
    one('c', { notAfter: 3000, notBefore: 5 }),
    one('d', { algorithm: 'ECC' }),
  ]
  expect(idsFor(all)).toEqual(['c', 'd'])
  expect(chooseNewest(all, ['x.a.com'], now)[0].reason.en).toBe(
    'Newest RSA certificate, of 3 that cover the hosts: c (until 1970-01-01).',
  )
})

test('certificates that are not valid, have a short key, or do not cover all hosts, are not chosen', () => {
  const others = [
    one('ended', { notAfter: 1000 }),
    one('later', { notBefore: 1001, notAfter: 9000 }),
    one('weak', { bits: 1024, notAfter: 9000 }),
  ]
  expect(
    idsFor([one('a'), ...others, one('other', { names: ['x.a.com'], notAfter: 9000 })], ['x.a.com', 'y.a.com']),
  ).toEqual(['a'])
  expect(() => idsFor(others)).toThrow('None of 0 issued, deployable and valid certificates covers 1 host')
})

test('those that come nearest are named, with the hosts that they miss', () => {
  const all = [one('a', { names: ['x.a.com'] }), one('b', { names: ['z.com'] })]
  expect(() => idsFor(all, ['x.a.com', 'y.a.com'])).toThrow(/Nearest: a does not cover y\.a\.com$/)
})

test('what is chosen covers all hosts, is valid, and no other of its algorithm is valid longer', () => {
  const names = fc.constantFrom('*.a.com', 'x.a.com', 'y.a.com', 'b.com')
  const certificate = fc.record({
    id: fc.uuid(),
    algorithm: fc.constantFrom<Algorithm>(...algorithms),
    names: fc.array(names, { maxLength: 3 }),
    notBefore: fc.integer({ min: 0, max: 2000 }),
    notAfter: fc.integer({ min: 0, max: 4000 }),
  })
  fc.assert(
    fc.property(
      fc.array(certificate),
      fc.uniqueArray(fc.constantFrom('x.a.com', 'y.a.com'), { minLength: 1 }),
      (all, hosts) => {
        const fits = ({ names: has, notBefore, notAfter }: (typeof all)[number]) =>
          notBefore <= now && notAfter > now && hosts.every((host) => covers(has, host))
        const expected = algorithms.flatMap((algorithm) => {
          const ends = all.filter((it) => it.algorithm === algorithm && fits(it)).map(({ notAfter }) => notAfter)
          return ends.length === 0 ? [] : Math.max(...ends)
        })
        const found = () => chooseNewest(all, hosts, now).map(({ certificate: { notAfter } }) => notAfter)
        if (expected.length === 0) expect(found).toThrow('None of')
        else expect(found()).toEqual(expected)
      },
    ),
  )
})

const hostWith = (ids: readonly string[], more: Partial<Host> = {}): Host => ({
  ...{ name: 'x.a.com', status: 'online', mode: 'sslcert', mutualTls: {} },
  certificates: ids.map((id) => ({ id })),
  ...more,
})
const known = new Map(
  [one('r'), one('e', { algorithm: 'ECC' }), one('R'), one('E', { algorithm: 'ECC' })].map((it) => [it.id, it]),
)
const newest = [known.get('R'), known.get('E')].flatMap((it) => it ?? [])

test.each<[string, Host, readonly string[] | undefined]>([
  ['RSA alone gets RSA alone', hostWith(['r']), ['R']],
  ['ECC alone gets ECC alone', hostWith(['e']), ['E']],
  ['both gets both', hostWith(['e', 'r']), ['R', 'E']],
  ['none gets RSA', hostWith([]), ['R']],
  ['another mode gets RSA', hostWith(['e'], { mode: 'eofreecert' }), ['R']],
  ['the default certificate gets RSA', hostWith([], { certificates: [{ id: 'e', type: 'default' }] }), ['R']],
])('a host with %s', (_, host, ids) => {
  expect(newestFor(newest, host, known)).toEqual({ mode: 'sslcert', ids })
})

test('a host without RSA gets ECC if there is no RSA certificate, and one with RSA gets nothing', () => {
  const ecc = newest.slice(1)
  expect(newestFor(ecc, hostWith([]), known)).toEqual({ mode: 'sslcert', ids: ['E'] })
  expect(newestFor(ecc, hostWith(['r']), known)).toBeUndefined()
})
