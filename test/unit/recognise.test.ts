import { describe, expect, test } from 'vitest'
import type { Served } from '../../src/model/ports.ts'
import { type Expectation, type Facts, judge, needsLeafBefore } from '../../src/model/recognise.ts'
import { canBeSameTime, isSameMinute } from '../../src/model/same-time.ts'

const hour = 3_600_000
const end = Date.UTC(2027, 1, 21, 12, 30, 59)
const leaf: Served = { sha256: 'new', names: ['A.com', '*.A.com'], notBefore: 0, notAfter: end, algorithm: 'RSA' }
const expected = (certificate: Facts, more: Partial<Expectation> = {}): Expectation => ({
  certificate,
  isKept: false,
  rivals: [],
  ...more,
})
const verdict = (certificate: Facts, more: Partial<Expectation> = {}, served: Partial<Served> = {}) => {
  const judged = judge('www.a.com', { ...leaf, ...served }, expected(certificate, more))
  return judged.is === 'expected' ? `expected by ${judged.by}` : judged.is
}

test.each([
  ['to the minute', end - 59_000, true],
  ['a minute later', end + 1000, false],
  ['14 hours later', end + 14 * hour, true],
  ['14 hours earlier, without seconds', end - 14 * hour - 59_000, true],
  ['15 hours later', end + 15 * hour, false],
  ['half an hour later', end + hour / 2, false],
])('a time %s can be the same: %s', (_, time, isSame) => {
  expect(canBeSameTime(time, end)).toBe(isSame)
  expect(canBeSameTime(end, time)).toBe(isSame)
})

test('the same minute is the same without seconds, and nothing else', () => {
  expect(isSameMinute(end, end - 59_000)).toBe(true)
  expect(isSameMinute(end, end + 1000)).toBe(false)
  expect(isSameMinute(end, end + hour)).toBe(false)
})

describe('a leaf is judged', () => {
  test.each([
    ['by its SHA-256 alone', { sha256: 'new', sslEnd: 1 }, {}, { names: [] }, 'expected by sha256'],
    ['by nothing else, if that is known', { sha256: 'other', sslEnd: end, edgeEnd: end }, {}, {}, 'another'],
    ['by its end in SSL, in any zone', { sslEnd: end - 8 * hour - 59_000 }, {}, {}, 'expected by dates'],
    ['by its end in EdgeOne', { edgeEnd: end }, {}, {}, 'expected by dates'],
    ['by either end', { sslEnd: 1, edgeEnd: end }, {}, {}, 'expected by dates'],
    ['… and not by another end', { sslEnd: end + 60_000, edgeEnd: 1 }, {}, {}, 'another'],
    ['by a name that fits in any letter case', { sslEnd: end }, {}, { names: ['WWW.A.COM'] }, 'expected by dates'],
    ['… and not by another name, whatever its end', { sslEnd: end }, {}, { names: ['www.b.com'] }, 'wrong-name'],
    ['by another leaf than before', {}, { leavesBefore: ['old'] }, {}, 'expected by change'],
    ['… or one where there was none', {}, { leavesBefore: [] }, {}, 'expected by change'],
    ['… and not by the same leaf as before', {}, { leavesBefore: ['x', 'new'] }, {}, 'previous'],
    ['by nothing, if nothing is known', {}, {}, {}, 'no-witness'],
    ['by its name, if the host keeps it', {}, { isKept: true }, {}, 'expected by name'],
    ['… and by its end if that is known', { edgeEnd: 1 }, { isKept: true }, {}, 'another'],
  ] as const)('%s', (_, facts, more, served, is) => {
    expect(verdict(facts, more, served)).toBe(is)
  })

  test.each([
    ['fits a certificate that the host is to lose', { sha256: 'x' }, [{ edgeEnd: end }], 'previous'],
    ['fits one in SSL', { sslEnd: 1 }, [{ sslEnd: end + 8 * hour }], 'previous'],
    ['fits none', { sslEnd: 1 }, [{ edgeEnd: end + 1 + 15 * hour }], 'another'],
    ['would fit one of another algorithm', { sslEnd: 1 }, [{ edgeEnd: end, algorithm: 'ECC' }], 'another'],
  ] as const)('as wrong that %s', (_, facts, rivals, is) => {
    expect(verdict(facts, { rivals })).toBe(is)
  })
})

describe('a previous certificate with an end that may be the same', () => {
  const rivals: readonly Facts[] = [{ sslEnd: end + hour, edgeEnd: end + hour }]
  const twins: readonly Facts[] = [{ sslEnd: end, edgeEnd: end }]

  test('is excluded by the times of EdgeOne, which have a zone', () => {
    expect(verdict({ sslEnd: end, edgeEnd: end }, { rivals })).toBe('expected by dates')
    expect(verdict({ sslEnd: end }, { rivals })).toBe('no-witness')
    expect(verdict({ sslEnd: end, edgeEnd: end }, { rivals: twins })).toBe('no-witness')
  })

  test('is excluded by what was served before', () => {
    for (const one of [rivals, twins]) {
      expect(verdict({ sslEnd: end }, { rivals: one, leavesBefore: ['old'] })).toBe('expected by change')
      expect(verdict({ sslEnd: end }, { rivals: one, leavesBefore: ['new'] })).toBe('previous')
    }
  })
})

test.each([
  ['its SHA-256 is known', { sha256: 'new' }, {}, false, false],
  ['the host keeps it', {}, { isKept: true }, false, false],
  ['SSL says when it ends', { sslEnd: end }, {}, false, false],
  ['EdgeOne will say when it ends', {}, {}, true, false],
  ['nothing says when it ends', {}, {}, false, true],
  ['a previous one may end at the same time', { sslEnd: end }, { rivals: [{ edgeEnd: end + hour }] }, true, true],
  ['a previous one ends at another time', { sslEnd: end }, { rivals: [{ edgeEnd: end + 60_000 }] }, true, false],
] as const)('what a host serves before is looked at if %s: %s', (_, facts, more, isEndRead, isNeeded) => {
  expect(needsLeafBefore(expected(facts, more), { isEndRead })).toBe(isNeeded)
})
