import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountsOf, parseShard } from '../../src/inputs/shard.ts'

type Accounts = readonly { readonly name: string; readonly entries: readonly number[] }[]
const accountsWith = (sizes: readonly number[]): Accounts =>
  sizes.map((size, i) => ({
    name: `a${String(i).padStart(3, '0')}`,
    entries: Array.from({ length: size }, (_, n) => n),
  }))
const sharesOf = (accounts: Accounts, of: number) =>
  Array.from({ length: of }, (_, i) => accountsOf(accounts, { index: i + 1, of }, ({ entries }) => entries.length))
const size = (share: Accounts) => share.reduce((n, { entries }) => n + entries.length, 0)
const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 30 })
const shares = fc.integer({ min: 1, max: 12 })

test.each([
  ['1/1', { index: 1, of: 1 }],
  ['2/4', { index: 2, of: 4 }],
  ['256/256', { index: 256, of: 256 }],
  ['0/4', undefined],
  ['5/4', undefined],
  ['1/257', undefined],
  ['1', undefined],
  ['01/4', undefined],
  ['1/4 ', undefined],
])('the share %j is %j', (text, shard) => {
  expect(parseShard(text)).toEqual(shard)
})

test('every account is in exactly one share', () => {
  fc.assert(
    fc.property(sizes, shares, (all, of) => {
      const accounts = accountsWith(all)
      expect(
        sharesOf(accounts, of)
          .flat()
          .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      ).toEqual(accounts)
    }),
  )
})

test('the order of the accounts makes no difference', () => {
  fc.assert(
    fc.property(sizes, shares, (all, of) => {
      const accounts = accountsWith(all)
      const names = (share: Accounts) => share.map(({ name }) => name).toSorted()
      expect(sharesOf(accounts.toReversed(), of).map(names)).toEqual(sharesOf(accounts, of).map(names))
    }),
  )
})

test('no share is larger than the emptiest one by more than its smallest account', () => {
  fc.assert(
    fc.property(sizes, shares, (all, of) => {
      const made = sharesOf(accountsWith(all), of)
      const emptiest = Math.min(...made.map(size))
      for (const share of made.filter(({ length }) => length > 0)) {
        expect(size(share) - Math.min(...share.map(({ entries }) => entries.length))).toBeLessThanOrEqual(emptiest)
      }
    }),
  )
})
