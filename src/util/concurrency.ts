/**
 * Does `work` for every item, started in order, at most `width` at a time. After one has thrown no other is started; when all
 * that were under way have ended, the error of the first item that has one is thrown, whichever came first.
 */
export const inParallel = async <T>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = (function* () {
    yield* items
  })()
  let started = 0
  const errors: { readonly at: number; readonly error: unknown }[] = []
  const worker = async () => {
    for (const item of queue) {
      const at = started++
      try {
        await work(item)
      } catch (error) {
        errors.push({ at, error })
      }
      if (errors.length > 0) return
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  const [first] = errors.toSorted((a, b) => a.at - b.at)
  if (first !== undefined) throw first.error
}

/** In lots of at most `size`, in order. */
export const lotsOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
