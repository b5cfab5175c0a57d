import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageOf, readPages } from '../../src/tencent/pages.ts'

/** A list of `size` numbers, read in pages that the service cuts at `cap`. */
const service = (size: number, cap: number, total: number | undefined) => {
  const state = { offsets: [] as number[], now: 0, most: 0 }
  const read = async (offset: number) => {
    state.offsets.push(offset)
    state.now += 1
    state.most = Math.max(state.most, state.now)
    await Promise.resolve()
    state.now -= 1
    const length = Math.max(0, Math.min(cap, size - offset))
    return { items: Array.from({ length }, (_, i) => offset + i), given: length, total }
  }
  return { state, read }
}

test('every item comes once and in order, whatever the size and the length of pages, with a total or without', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.integer({ min: 1, max: 300 }), fc.boolean(), async (size, cap, tells) => {
      const { state, read } = service(size, cap, tells ? size : undefined)
      expect(await readPages(read)).toEqual(Array.from({ length: size }, (_, i) => i))
      const pages = Math.ceil(size / cap)
      expect(state.offsets.length).toBe(tells ? Math.max(1, pages) : pages + 1)
      expect(state.most).toBeLessThanOrEqual(8)
    }),
  )
})

test('reads later pages in parallel when the total is known, otherwise one by one', async () => {
  const told = service(1000, 20, 1000)
  await readPages(told.read)
  expect(told.state.most).toBe(8)
  const untold = service(1000, 20, undefined)
  await readPages(untold.read)
  expect(untold.state.most).toBe(1)
})

test('a total that is too large costs calls, and loses nothing', async () => {
  const { state, read } = service(5, 2, 11)
  expect(await readPages(read)).toEqual([0, 1, 2, 3, 4])
  expect(state.offsets).toEqual([0, 2, 4, 6, 8, 10])
})

test('throws when a page cannot be read', async () => {
  const { read } = service(10, 2, 10)
  const broken = async (offset: number) => {
    if (offset === 6) throw new Error('page 6')
    return read(offset)
  }
  await expect(readPages(broken)).rejects.toThrow('page 6')
})

test.each([true, false])(
  'items that cannot be used do not shift the pages after them (with a total: %s)',
  async (tells) => {
    const list = [{ id: 1 }, {}, { id: 2 }, null, 'x', { id: 3 }, {}, { id: 4 }]
    const offsets: number[] = []
    const read = async (offset: number) => {
      offsets.push(offset)
      const response = tells ? { TotalCount: list.length } : {}
      return pageOf(list.slice(offset, offset + 3), response, ({ id }) => (typeof id === 'number' ? [id] : []))
    }
    expect(await readPages(read)).toEqual([1, 2, 3, 4])
    expect(offsets).toEqual(tells ? [0, 3, 6] : [0, 3, 6, 8])
  },
)

test('an answer without a list is an empty page', () => {
  expect(pageOf(null, {}, () => [1])).toEqual({ items: [], given: 0, total: undefined })
})
