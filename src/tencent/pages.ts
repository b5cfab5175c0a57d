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

/** How often a list is read that changes while it is read. */
const maxReadings = 3

/** Whether these items are all that the caller needs, so that no call has to show that the list ends with them. */
type IsEnough<T> = (items: readonly T[]) => boolean

/**
 * All items of a list, read in pages of `limit` items. A list whose total changes from page to page is read again, because an item
 * that moves to an earlier page would be missed.
 */
export const readPages = async <T>(
  limit: number,
  read: (offset: number) => Promise<Page<T>>,
  isEnough: IsEnough<T> = () => false,
): Promise<T[]> => {
  for (let reading = 1; ; reading++) {
    const pages = await readOnce(limit, read, isEnough)
    const totals = new Set(pages.flatMap(({ total }) => total ?? []))
    if (totals.size <= 1 || reading === maxReadings) return pages.flatMap(({ items }) => items)
  }
}

/**
 * With a total, the pages after a full first one are read in parallel, up to the first that is not full; the rest in turn, until a page is
 * empty or the list is complete. So a total that is too large or too small costs a call, and loses nothing, even if the service returns
 * fewer items than requested. A page that begins as the first one does shows that the service ignores the offset, and ends the list.
 */
const readOnce = async <T>(
  limit: number,
  read: (offset: number) => Promise<Page<T>>,
  isEnough: IsEnough<T>,
): Promise<readonly Page<T>[]> => {
  const first = await read(0)
  const pages = [first]
  const { total } = first
  const isFull = ({ given }: Page<T>) => given === limit
  const isRepeated = repeats(first)
  const isEnd = (page: Page<T>) => page !== first && (!isFull(page) || isRepeated(page))
  if (total !== undefined && isFull(first)) {
    const offsets = function* () {
      for (let n = 1; n * limit < total && !pages.some(isEnd); n++) yield n * limit
    }
    await inParallel(offsets(), width, async (offset) => {
      pages[offset / limit] = await read(offset)
    })
    const end = pages.findIndex(isEnd)
    if (end >= 0) pages.length = pages.slice(end).some(isRepeated) ? end : end + 1
  }
  for (;;) {
    const offset = pages.reduce((sum, { given }) => sum + given, 0)
    const last = pages.at(-1)
    const isWhole = () => last?.given !== limit || isEnough(pages.flatMap(({ items }) => items))
    const isComplete = total !== undefined && offset >= total && isWhole()
    if (last === undefined || last.given === 0 || isComplete) return pages
    const next = await read(offset)
    if (isRepeated(next)) return pages
    pages.push(next)
  }
}

/** Whether a page begins with the same item as the first one. */
const repeats = <T>(first: Page<T>): ((page: Page<T>) => boolean) => {
  const [begin] = first.items.slice(0, 1).map((item) => JSON.stringify(item))
  return ({ items: [item] }) => item !== undefined && JSON.stringify(item) === begin
}
