import type { Language } from './language.ts'

/** A whole number as a language writes it: `1,234`. Intl takes some 15 ms to start, so a number that has no separator does without. */
export const numberIn = (language: Language, n: number): string =>
  Math.abs(n) < 1000 ? String(n) : n.toLocaleString(language)
