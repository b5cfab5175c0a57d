/** Readers of answers: what is absent, null or of another type is `undefined`, or empty; an answer is never trusted. */

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object's fields; none when it is no object. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

/** What a JSON text says; undefined when it is none. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The objects of a list; TEO gives `null` for an empty one. */
export const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : [])

/** The texts of a list. */
export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

/** A text that is not empty. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export const numberOf = (value: unknown): number | undefined => (Number.isFinite(value) ? Number(value) : undefined)

/**
 * Unix milliseconds of an ISO 8601 time, with `Z` or an offset (without either: UTC), or of SSL Certificate Service's
 * `YYYY-MM-DD HH:mm:ss`, which is GMT+8 (reference 3.2). A time before 1970 is a service's way to say "none".
 */
export const timeOf = (value: unknown): number | undefined => {
  const text = textOf(value)?.trim() ?? ''
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return undefined
  const zone = /(Z|[+-]\d\d:?\d\d)$/i.test(text) ? '' : /^\d{4}-\d\d-\d\d \d/.test(text) ? '+08:00' : 'Z'
  const time = Date.parse(text.replace(' ', 'T') + zone)
  return time > 0 ? time : undefined
}
