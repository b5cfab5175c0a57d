import { inParallel } from '../parallel.ts'

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[]
  /** `TotalCount`, where the service gave it. */
  readonly total: number | undefined
}

/** Pages under way at once; the pacer decides how fast they leave. */
const width = 8

/**
 * All items of a paged list. With a total, the pages after the first are read side by side; without one, until a page is empty.
 * The first page's length is the step, so a service that gives less than was asked for loses nothing.
 */
export const readPages = async <T>(read: (offset: number) => Promise<Page<T>>): Promise<T[]> => {
  const { items, total } = await read(0)
  const all: T[] = [...items]
  if (items.length === 0) return all
  if (total === undefined) {
    for (;;) {
      const page = await read(all.length)
      if (page.items.length === 0) return all
      for (const item of page.items) all.push(item)
    }
  }
  await inParallel(offsetsOf(items.length, total), width, async (offset) => {
    const page = await read(offset)
    for (const item of page.items) all.push(item)
  })
  return all
}

/** Where the pages after the first begin. One by one: a total is only what the service says, and may be of any size. */
function* offsetsOf(step: number, total: number): Generator<number> {
  for (let n = 1; n * step < total; n++) yield n * step
}
