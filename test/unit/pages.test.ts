import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPages } from '../../src/tencent/pages.ts'

/** A list of `size` numbers, read in pages that the service cuts at `cap`. */
const service = (size: number, cap: number, total: number | undefined) => {
  const state = { offsets: [] as number[], items: [] as number[], now: 0, most: 0 }
  const read = async (offset: number) => {
    state.offsets.push(offset)
    state.now += 1
    state.most = Math.max(state.most, state.now)
    await Promise.resolve()
    state.now -= 1
    const length = Math.max(0, Math.min(cap, size - offset))
    for (let i = 0; i < length; i++) state.items.push(offset + i)
    return { count: length, total }
  }
  return { state, read }
}

test('whatever the size and the length of pages, every item comes once, with a total or without', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.integer({ min: 1, max: 300 }), fc.boolean(), async (size, cap, tells) => {
      const { state, read } = service(size, cap, tells ? size : undefined)
      await readPages(read)
      expect(state.items.toSorted((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i))
      const pages = Math.ceil(size / cap)
      expect(state.offsets.length).toBe(tells ? Math.max(1, pages) : pages + 1)
      expect(state.most).toBeLessThanOrEqual(8)
    }),
  )
})

test('with a total the pages after the first are read side by side; without one, one by one', async () => {
  const told = service(1000, 20, 1000)
  await readPages(told.read)
  expect(told.state.most).toBe(8)
  const untold = service(1000, 20, undefined)
  await readPages(untold.read)
  expect(untold.state.most).toBe(1)
})

test('a total that is too large ends, and loses nothing', async () => {
  const { state, read } = service(5, 2, 11)
  await readPages(read)
  expect(state.items.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4])
  expect(state.offsets).toEqual([0, 2, 4, 6, 8, 10])
})

test('a page that cannot be read is thrown, not left out', async () => {
  const { read } = service(10, 2, 10)
  const broken = async (offset: number) => {
    if (offset === 6) throw new Error('page 6')
    return read(offset)
  }
  await expect(readPages(broken)).rejects.toThrow('page 6')
})
