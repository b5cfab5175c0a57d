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
    fc.asyncProperty(
      fc.nat(1000),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 300 }),
      fc.option(fc.constantFrom(-200, -1, 0, 1, 200, 1e9), { nil: undefined }),
      async (size, cap, limit, error) => {
        const { state, read } = service(size, Math.min(cap, limit), error === undefined ? undefined : size + error)
        const items = await readPages(limit, read)
        const all = Array.from({ length: size }, (_, i) => i)
        // Where the service gives short pages and too small a total, its end cannot be told.
        if (cap < limit && (error ?? 0) < 0) expect(items).toEqual(all.slice(0, items.length))
        else expect(items).toEqual(all)
        expect(state.offsets.length).toBeLessThanOrEqual(Math.ceil(size / Math.min(cap, limit)) + 8)
        expect(state.most).toBeLessThanOrEqual(8)
      },
    ),
  )
})

test('reads later pages in parallel when the total is known, otherwise one by one', async () => {
  const told = service(1000, 20, 1000)
  await readPages(20, told.read)
  expect(told.state.most).toBe(8)
  const untold = service(1000, 20, undefined)
  await readPages(20, untold.read)
  expect(untold.state.most).toBe(1)
})

test.each([1000, 1e9, 2 ** 53, 1e308])('a total of %d for three items costs one call', async (total) => {
  const { state, read } = service(3, 200, total)
  expect(await readPages(200, read)).toEqual([0, 1, 2])
  expect(state.offsets).toEqual([0, 3])
})

test('a total that is too small loses nothing', async () => {
  const { state, read } = service(5, 2, 1)
  expect(await readPages(2, read)).toEqual([0, 1, 2, 3, 4])
  expect(state.offsets).toEqual([0, 2, 4])
})

/** A list from which an item is deleted after the first page was read: what follows moves forward. */
const shrinking = (deletions: number) => {
  const state = { list: Array.from({ length: 9 }, (_, i) => i), reads: 0, deletions }
  const read = async (offset: number) => {
    state.reads += 1
    const items = state.list.slice(offset, offset + 3)
    const page = { items, given: items.length, total: state.list.length }
    if (offset === 0 && state.deletions-- > 0) state.list.shift()
    return page
  }
  return { state, read }
}

test('a list whose total changes from page to page is read again', async () => {
  const { read } = shrinking(1)
  expect(await readPages(3, read)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('a list that never stops changing is read three times at most', async () => {
  const { state, read } = shrinking(Infinity)
  const items = await readPages(3, read)
  expect(items.length).toBeGreaterThan(0)
  expect(state.reads).toBeLessThanOrEqual(12)
})

test.each([
  ['short pages and a large total', 3, 1000],
  ['full pages and a large total', 5, 1e9],
  ['full pages and the right total', 5, 5],
  ['full pages and no total', 5, undefined],
  ['short pages and no total', 3, undefined],
])('a service that ignores the offset is asked a few times, and its items come once: %s', async (_, size, total) => {
  let reads = 0
  const read = async () => {
    reads += 1
    if (reads > 50) throw new Error('reads on and on')
    return { items: Array.from({ length: size }, (__, id) => ({ id })), given: size, total }
  }
  expect(await readPages(5, read)).toEqual(Array.from({ length: size }, (__, id) => ({ id })))
  expect(reads).toBeLessThanOrEqual(10)
})

test('throws when a page cannot be read', async () => {
  const { read } = service(10, 2, 10)
  const broken = async (offset: number) => {
    if (offset === 6) throw new Error('page 6')
    return read(offset)
  }
  await expect(readPages(2, broken)).rejects.toThrow('page 6')
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
    expect(await readPages(3, read)).toEqual([1, 2, 3, 4])
    expect(offsets).toEqual(tells ? [0, 3, 6] : [0, 3, 6, 8])
  },
)

test('an answer without a list is an empty page', () => {
  expect(pageOf(null, {}, () => [1])).toEqual({ items: [], given: 0, total: undefined })
})
