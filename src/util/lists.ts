/** A list that holds at least one item. */
export type NonEmpty<T> = readonly [T, ...T[]]

export const isNonEmpty = <T>(items: readonly T[]): items is NonEmpty<T> => items.length > 0

/** Whether a value is one of these. Unlike `includes`, it does not compile with one that the value cannot be, such as a misspelt state. */
export const isOneOf = <T extends string>(value: T, ...some: readonly NoInfer<T>[]): boolean => some.includes(value)

/** The items in chunks of at most `size`, in order. */
export const chunksOf = <T>(items: readonly T[], size: number): NonEmpty<T>[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i): readonly T[] =>
    items.slice(i * size, (i + 1) * size),
  ).filter((chunk) => isNonEmpty(chunk))

/** The items with distinct keys: of several with the same key, the first. */
export const uniqueBy = <T>(items: readonly T[], keyOf: (item: T) => unknown): T[] => {
  const first = new Map<unknown, T>()
  for (const item of items) {
    const key = keyOf(item)
    if (!first.has(key)) first.set(key, item)
  }
  return [...first.values()]
}

/** Whether two lists hold the same items, in any order, and however often. */
export const isSameSet = <T>(a: readonly T[], b: readonly T[]): boolean =>
  new Set(a).symmetricDifference(new Set(b)).size === 0
