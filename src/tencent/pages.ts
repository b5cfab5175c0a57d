import { inParallel } from '../util/concurrency.ts'
import { type Fields, listOf, numberOf } from '../util/json.ts'

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  /** Items that the service gave, whether they can be used or not: the next page begins after them. */
  readonly given: number
  /** `TotalCount`, where the service gave it. */
  readonly total: number | undefined
}

/** The page that an answer holds. `read` gives nothing for an item that cannot be used. */
export const pageOf = <T>(list: unknown, response: Fields, read: (item: Fields) => readonly T[]): Page<T> => ({
  items: listOf(list).flatMap(read),
  given: Array.isArray(list) ? list.length : 0,
  total: numberOf(response['TotalCount']),
})

/** Pages requested at once; the rate limiter decides how fast. */
const width = 8

/**
 * All items of a list. With a total, the pages after the first are read in parallel; without one, in turn until a page is empty. Offsets
 * advance by the length of the first page, so nothing is missed if the service returns fewer items than requested.
 */
export const readPages = async <T>(read: (offset: number) => Promise<Page<T>>): Promise<T[]> => {
  const { items, given: step, total } = await read(0)
  const lists = [items]
  if (step === 0) return lists.flat()
  if (total !== undefined) {
    await inParallel(offsets(step, total), width, async (offset) => {
      lists[offset / step] = (await read(offset)).items
    })
    return lists.flat()
  }
  for (let offset = step; ; ) {
    const page = await read(offset)
    if (page.given === 0) return lists.flat()
    lists.push(page.items)
    offset += page.given
  }
}

/** The offsets of the pages after the first. Not a list, because the service may state a total of any size. */
function* offsets(step: number, total: number): Generator<number> {
  for (let n = 1; n * step < total; n++) yield n * step
}
