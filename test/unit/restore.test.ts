import { describe, expect, test } from 'vitest'
import type { Bound, Host } from '../../src/model/host.ts'
import type { Setting } from '../../src/model/setting.ts'
import { restorable } from '../../src/plan/restore.ts'
import { inEnglish } from '../support/english.ts'

const now = Date.parse('2026-11-24T00:00:00Z')
const hour = 3_600_000
const hostWith = (mode: string | undefined, ...certificates: Bound[]): Host => ({
  ...{ name: 'a.com', status: 'online', mode, certificates, mutualTls: {} },
})
// Only 2022-01-06 tells no mode.
const restored = (before: Host | undefined, known: readonly Bound[] = []) =>
  restorable(before, {
    version: before !== undefined && before.mode === undefined ? '2022-01-06' : '2022-09-01',
    known: new Map(known.map((one) => [one.id, one])),
    now,
  })

test.each<[string, Host, Setting]>([
  [
    'its certificates, all of them',
    hostWith('sslcert', { id: 'r' }, { id: 'e' }),
    { mode: 'sslcert', ids: ['r', 'e'] },
  ],
  [
    'its default certificate, by ID',
    hostWith('sslcert', { id: 'd', type: 'default' }),
    { mode: 'sslcert', ids: ['d'] },
  ],
  ['the free certificate', hostWith('eofreecert', { id: 'f', type: 'managed' }), { mode: 'eofreecert' }],
  ['the manual free certificate', hostWith('eofreecert_manual', { id: 'f' }), { mode: 'eofreecert_manual' }],
  ['no HTTPS', hostWith('disable'), { mode: 'disable' }],
  ['under 2022-01-06 its own certificates', hostWith(undefined, { id: 'o' }), { mode: 'sslcert', ids: ['o'] }],
  [
    '… even if one of them is the default',
    hostWith(undefined, { id: 'o' }, { id: 'd', type: 'default' }),
    { mode: 'sslcert', ids: ['o', 'd'] },
  ],
  ['… the default certificate', hostWith(undefined, { id: 'd', type: 'default' }), { mode: 'default' }],
  ['… the default certificate, if it had none', hostWith(undefined), { mode: 'default' }],
])('a host is to get back %s', (_, before, setting) => {
  expect(restored(before)).toEqual({ setting, without: [] })
})

test.each<[string, Host | undefined]>([
  ['it had no certificate under sslcert', hostWith('sslcert')],
  ['its mode is unknown', hostWith('another', { id: 'x' })],
  ['it could not be read', undefined],
])('a host gets nothing back if %s', (_, before) => {
  expect(inEnglish(restored(before))).toEqual({ why: 'its previous setting is unknown' })
})

test('under 2022-09-01 a host that was read without a mode cannot be restored', () => {
  const found = restorable(hostWith(undefined, { id: 'x' }), { version: '2022-09-01', known: new Map(), now })
  expect(inEnglish(found)).toEqual({ why: 'its previous setting is unknown' })
})

describe('a certificate is not restored', () => {
  const ends = { expired: now, soon: now + hour, late: now + hour + 1 }
  const bound = (id: keyof typeof ends): Bound => ({ id, notAfter: ends[id] })

  test.each([
    ['has expired', 'expired'],
    ['expires within the hour', 'soon'],
  ] as const)('if it %s', (_, id) => {
    expect(restored(hostWith('sslcert', bound(id), bound('late')))).toEqual({
      setting: { mode: 'sslcert', ids: ['late'] },
      without: [bound(id)],
    })
    const why = `${id}, which it had before, has expired or will expire within the hour`
    for (const mode of ['sslcert', 'eofreecert', 'eofreecert_manual', undefined]) {
      expect(inEnglish(restored(hostWith(mode, bound(id))))).toEqual({ why })
    }
  })

  test('that has ended by the times of SSL Certificate Service alone; those of EdgeOne, which have a zone, are preferred', () => {
    const known = [{ id: 'soon', notAfter: ends.soon }]
    expect(restored(hostWith('sslcert', { id: 'soon' }), known)).toHaveProperty('why')
    expect(restored(hostWith('sslcert', { id: 'soon', notAfter: ends.late }), known)).toHaveProperty('setting')
  })

  test('and if none is left, the message names them all', () => {
    expect(inEnglish(restored(hostWith('sslcert', bound('soon'), bound('expired'))))).toEqual({
      why: 'soon and expired, which it had before, have expired or will expire within the hour',
    })
    expect(restored(hostWith('disable', bound('expired')))).toEqual({ setting: { mode: 'disable' }, without: [] })
  })
})
