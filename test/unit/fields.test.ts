import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldsOf, listOf, numberOf, textOf, textsOf, timeOf } from '../../src/util/json.ts'

const noon = Date.UTC(2027, 1, 3, 12)

test.each([
  '2027-02-03T12:00:00Z',
  '2027-02-03T12:00:00.000Z',
  '2027-02-03T20:00:00+08:00',
  '2027-02-03T20:00:00+0800',
  '2027-02-03T07:00:00-05:00',
  '2027-02-03T12:00:00',
  '2027-02-03 20:00:00',
  ' 2027-02-03 20:00:00 ',
])('reads “%s” as the same time in each format', (text) => expect(timeOf(text)).toBe(noon))

test.each([
  '0001-01-01T00:00:00Z',
  '0001-01-01 00:00:00',
  '0000-00-00 00:00:00',
  '0000-00-00T00:00:00Z',
  '1970-01-01T00:00:00Z',
  '1970-01-01 08:00:00',
  '2027-02-31T25:00:00Z',
  '',
  '-',
  'never',
  'Z',
  null,
  undefined,
  1_800_000_000,
  ['2027-02-03T12:00:00Z'],
  {},
])('does not read %o as a time', (value) => expect(timeOf(value)).toBeUndefined())

test('reads back every time after 1970 from each format', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 7_000_000_000 }), (seconds) => {
      const iso = (shift: number) => new Date((seconds + shift) * 1000).toISOString().slice(0, 19)
      const times = [`${iso(0)}Z`, `${iso(8 * 3600)}+08:00`, iso(8 * 3600).replace('T', ' ')].map(timeOf)
      expect(times).toEqual(Array(3).fill(seconds * 1000))
    }),
  )
})

test('returns the type that was asked for, or nothing, for any value', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(timeOf(value) ?? 1).toBeGreaterThan(0)
      expect(numberOf(value) ?? 0).toBeTypeOf('number')
      expect(textOf(value) ?? 'x').not.toBe('')
      expect(textsOf(value).every((text) => typeof text === 'string')).toBe(true)
      for (const item of [fieldsOf(value), ...listOf(value)]) expect(Array.isArray(item) || item === null).toBe(false)
    }),
  )
})

test('returns nothing for null and for another type', () => {
  expect([fieldsOf(null), fieldsOf(['a']), fieldsOf('a'), fieldsOf({ a: 1 })]).toEqual([{}, {}, {}, { a: 1 }])
  expect([listOf(null), listOf({}), listOf([{ a: 1 }, null, 'b', [{}]])]).toEqual([[], [], [{ a: 1 }]])
  expect([textsOf(null), textsOf('ab'), textsOf(['a', 1, null, 'b'])]).toEqual([[], [], ['a', 'b']])
  expect([textOf(''), textOf(1), textOf(' ')]).toEqual([undefined, undefined, ' '])
  expect([numberOf('1'), numberOf(null), numberOf(Number.NaN), numberOf(0)]).toEqual([
    undefined,
    undefined,
    undefined,
    0,
  ])
})
