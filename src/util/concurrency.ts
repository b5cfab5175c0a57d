/**
 * Runs `work` for every item, started in order, at most `width` at a time. After an error no other item is started. Once the running
 * ones have ended, throws the error of the first failed item in list order.
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

/** Both values, or an error once both have ended: that of `a` if both failed. */
export const bothOf = async <A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> => {
  const [first, second] = await Promise.allSettled([a, b])
  if (first.status === 'rejected') throw first.reason
  if (second.status === 'rejected') throw second.reason
  return [first.value, second.value]
}

/** What `make` returns, made when it is first needed, and only once: also when it fails. */
export const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

export type OncePerKey<T> = (key: string, make: () => Promise<T>) => Promise<T>

/** As `once`, for each key. */
export const oncePerKey = <T>(): OncePerKey<T> => {
  const made = new Map<string, Promise<T>>()
  return (key, make) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make()
    made.set(key, value)
    return value
  }
}

/** The same function, of which at most `width` calls run at the same time. */
export const atMost = <A extends readonly unknown[], T>(
  width: number,
  work: (...args: A) => Promise<T>,
): ((...args: A) => Promise<T>) => {
  let running = 0
  const waiting: (() => void)[] = []
  return async (...args) => {
    if (running >= width) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work(...args)
    } finally {
      // The next one takes the place.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
