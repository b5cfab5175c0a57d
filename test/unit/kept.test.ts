import { describe, expect, test } from 'vitest'
import type { Certificate } from '../../src/model/certificate.ts'
import type { Bound, Host } from '../../src/model/host.ts'
import { plan } from '../../src/plan/plan.ts'

const now = Date.UTC(2027, 0, 31)
const hour = 3_600_000
const hostWith = (...certificates: readonly Bound[]): Host => ({
  name: 'a.example.com',
  status: 'online',
  mode: 'sslcert',
  certificates,
  mutualTls: {},
})
const fresh: Certificate = { id: 'new', algorithm: 'RSA' }
const old: Bound = { id: 'old', algorithm: 'RSA' }
const ecc: Bound = { id: 'ecc', algorithm: 'ECC' }
const planFor = (host: Host, known: readonly Certificate[] = [], blocking: readonly string[] = []) =>
  plan(
    {
      setting: { mode: 'sslcert', ids: ['new'] },
      keepOther: true,
      known: new Map([fresh, ...known].map((one) => [one.id, one])),
      blocking: new Set(blocking),
      now,
    },
    host,
  )
const drops = (change: ReturnType<typeof plan>) =>
  change.kind === 'refuse' ? [] : change.drops.map(({ certificate: { id }, why }) => `${id} ${why}`)

describe('a kept certificate', () => {
  test.each([
    [0, 'ecc expired'],
    [1, 'ecc expires-soon'],
    [hour, 'ecc expires-soon'],
  ])('that ends after %i ms is dropped: %s', (ms, expected) => {
    const change = planFor(hostWith(old, { ...ecc, notAfter: now + ms }))
    expect(change).toMatchObject({ kind: 'bind', target: { ids: ['new'] }, keeps: [] })
    expect(drops(change)).toEqual([expected])
  })

  test('that ends later stays', () => {
    const change = planFor(hostWith(old, { ...ecc, notAfter: now + hour + 1 }))
    expect(change).toMatchObject({ target: { ids: ['new', 'ecc'] }, drops: [] })
  })

  test('that ends within the hour is no reason for a change', () => {
    const change = planFor(hostWith({ id: 'new', algorithm: 'RSA' }, { ...ecc, notAfter: now + 1 }))
    expect(change).toMatchObject({ kind: 'none', target: { ids: ['new', 'ecc'] } })
  })

  test('whose end SSL Certificate Service knows is dropped, too', () => {
    const change = planFor(hostWith(old, ecc), [{ id: 'ecc', algorithm: 'ECC', notAfter: now + 1 }])
    expect(drops(change)).toEqual(['ecc expires-soon'])
  })

  test('that EdgeOne has refused is left out', () => {
    expect(drops(planFor(hostWith(old, ecc), [], ['ecc']))).toEqual(['ecc blocks'])
  })
})

describe('where the services disagree about an algorithm', () => {
  test('SSL Certificate Service fills in what EdgeOne does not tell', () => {
    const change = planFor(hostWith({ id: 'old' }, { id: 'ecc' }), [old, ecc])
    expect(change).toMatchObject({ target: { ids: ['new', 'ecc'] }, replaces: [{ id: 'old' }] })
  })

  test.each([
    ['the one that is replaced', [{ ...old, algorithm: 'ECC' }]],
    ['the one that is kept', [{ ...ecc, algorithm: 'RSA' }]],
    [
      'both',
      [
        { ...old, algorithm: 'ECC' },
        { ...ecc, algorithm: 'RSA' },
      ],
    ],
  ] as const)('about %s, the host is refused', (_, known) => {
    const change = planFor(hostWith(old, ecc), known)
    expect(change).toMatchObject({
      kind: 'refuse',
      because: 'unclear',
      problem: {
        code: 'Certificate.AlgorithmConflict',
        message: expect.stringContaining('in SSL Certificate Service'),
      },
    })
  })

  test('and the target is the same, it goes on', () => {
    const expired = { ...ecc, notAfter: now }
    const change = planFor(hostWith(expired), [{ ...expired, algorithm: 'RSA' }])
    expect(change).toMatchObject({ kind: 'bind', target: { ids: ['new'] }, replaces: [{ id: 'ecc' }] })
  })
})
