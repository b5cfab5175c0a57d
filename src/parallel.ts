/**
 * Does `work` for every item, started in order, at most `width` at a time. After one has thrown no other is started; when all
 * that were under way have ended, the first error is thrown.
 */
export const inParallel = async <T>(
  items: Iterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = (function* () {
    yield* items
  })()
  const errors: unknown[] = []
  const worker = async () => {
    for (const item of queue) {
      try {
        await work(item)
      } catch (error) {
        errors.push(error)
      }
      if (errors.length > 0) return
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  if (errors.length > 0) throw errors[0]
}

/** In lots of at most `size`, in order. */
export const lotsOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
