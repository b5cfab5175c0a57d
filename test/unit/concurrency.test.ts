import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bothOf, inParallel } from '../../src/util/concurrency.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

test('starts items in order, each once, at most as many at a time as allowed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 10 }), async (n, width) => {
      const items = Array.from({ length: n }, (_, i) => i)
      const started: number[] = []
      const state = { now: 0, most: 0 }
      await inParallel(items, width, async (item) => {
        started.push(item)
        state.now += 1
        state.most = Math.max(state.most, state.now)
        await Promise.resolve()
        state.now -= 1
      })
      expect(started).toEqual(items)
      expect(state.most).toBe(Math.min(n, width))
    }),
  )
})

test('after an error starts nothing new, lets the rest end, and throws the error of the first item', async () => {
  const ended: number[] = []
  const started: number[] = []
  const all = inParallel([0, 1, 2, 3, 4, 5], 3, async (item) => {
    started.push(item)
    if (item === 2) throw new Error('first in time')
    await turn()
    ended.push(item)
    if (item === 1) throw new Error('first of the items')
  })
  await expect(all).rejects.toThrow('first of the items')
  expect([started, ended]).toEqual([
    [0, 1, 2],
    [0, 1],
  ])
})

test('of two that fail, the error of the first is thrown, after both have ended', async () => {
  const ended: string[] = []
  const later = turn().then(() => {
    ended.push('first')
    throw new Error('first')
  })
  const sooner = Promise.reject(new Error('second'))
  await expect(bothOf(later, sooner)).rejects.toThrow('first')
  expect(ended).toEqual(['first'])
  await expect(bothOf(Promise.resolve(1), Promise.reject(new Error('second')))).rejects.toThrow('second')
  expect(
    await bothOf(
      turn().then(() => 1),
      Promise.resolve('b'),
    ),
  ).toEqual([1, 'b'])
})
