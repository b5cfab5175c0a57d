/** Readers for untrusted JSON: a value that is absent, null or of another type is read as `undefined`, or as empty. */

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The fields of an object; none when the value is not an object. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

/** The value of a JSON text; undefined when it is not JSON. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The objects of a list; TEO returns `null` for an empty one. */
export const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

/** The strings in a list. */
export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

/** A non-empty string. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export const numberOf = (value: unknown): number | undefined => (Number.isFinite(value) ? Number(value) : undefined)

/**
 * Unix milliseconds of an ISO 8601 time, with `Z` or an offset (without either: UTC), or of SSL Certificate Service's
 * `YYYY-MM-DD HH:mm:ss`, which is GMT+8 (reference 3.2). A time before 1970 means "none".
 */
export const timeOf = (value: unknown): number | undefined => {
  const text = textOf(value)?.trim() ?? ''
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return undefined
  const zone = /(Z|[+-]\d\d:?\d\d)$/i.test(text) ? '' : /^\d{4}-\d\d-\d\d \d/.test(text) ? '+08:00' : 'Z'
  const time = Date.parse(text.replace(' ', 'T') + zone)
  return time > 0 ? time : undefined
}
