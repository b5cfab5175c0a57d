/**
 * The entry of a service's code, or that of the family it belongs to: `InternalError` for `InternalError.Xyz`. The service's own table
 * comes first at each level, then the common one. Undefined when neither knows the family.
 */
export const inFamily = <T>(
  own: Readonly<Record<string, T>>,
  common: Readonly<Record<string, T>>,
  code: string,
): T | undefined => {
  for (const key of families(code)) {
    for (const table of [own, common]) {
      if (Object.hasOwn(table, key)) return table[key]
    }
  }
  return undefined
}

/** `A.B.C`, `A.B`, `A`. */
const families = (code: string): string[] => {
  const parts = code.split('.')
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('.'))
}
