import { inParallel } from '../util/concurrency.ts'
import { type Fields, numberOf } from '../util/json.ts'

/** One page of a list, whose items were taken in where it was read. */
export interface Page {
  /** Items on it. */
  readonly count: number
  /** `TotalCount`, where the service gave it. */
  readonly total: number | undefined
}

/** The page that these items are, each of which `take` takes in. */
export const pageOf = <T>(items: readonly T[], response: Fields, take: (item: T) => void): Page => {
  for (const item of items) take(item)
  return { count: items.length, total: numberOf(response['TotalCount']) }
}

/** Pages under way at once; the pacer decides how fast they leave. */
const width = 8

/**
 * Reads all pages of a list. With a total, those after the first are read side by side; without one, until a page is empty.
 * The first page's length is the step, so a service that gives less than was asked for loses nothing.
 */
export const readPages = async (read: (offset: number) => Promise<Page>): Promise<void> => {
  const { count, total } = await read(0)
  if (count === 0) return
  if (total !== undefined) {
    return inParallel(offsetsOf(count, total), width, async (offset) => {
      await read(offset)
    })
  }
  let offset = count
  for (;;) {
    const page = await read(offset)
    if (page.count === 0) return
    offset += page.count
  }
}

/** Where the pages after the first begin. One by one: a total is only what the service says, and may be of any size. */
function* offsetsOf(step: number, total: number): Generator<number> {
  for (let n = 1; n * step < total; n++) yield n * step
}
