import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunksOf, isNonEmpty, uniqueBy } from '../../src/util/lists.ts'

test('chunks hold every item in order, are full but for the last, and none is empty', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 20 }), (items, size) => {
      const chunks = chunksOf(items, size)
      expect(chunks.flat()).toEqual(items)
      expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true)
      expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= size)).toBe(true)
    }),
  )
})

test('of items with the same key the first stays, and the order is kept', () => {
  const items = [
    { id: 'b', n: 1 },
    { id: 'a', n: 2 },
    { id: 'b', n: 3 },
  ]
  expect(uniqueBy(items, ({ id }) => id)).toEqual([
    { id: 'b', n: 1 },
    { id: 'a', n: 2 },
  ])
})

test('a list is non-empty if it has an item, whatever the item is', () => {
  expect([isNonEmpty([]), isNonEmpty([undefined])]).toEqual([false, true])
})
