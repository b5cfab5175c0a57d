import type { Language } from './language.ts'

const formats = new Map<Language, Intl.NumberFormat>()

/** A whole number as a language writes it: `1,234`. Intl takes some 15 ms to start, so a number that has no separator does without. */
export const numberIn = (language: Language, n: number): string => {
  if (Math.abs(n) < 1000) return String(n)
  const format = formats.get(language) ?? new Intl.NumberFormat(language)
  formats.set(language, format)
  return format.format(n)
}
