import type { Text } from '../../src/util/language.ts'

/** A value whose texts are said in English. */
export type English<T> = T extends Text
  ? string
  : T extends readonly (infer Item)[]
    ? English<Item>[]
    : T extends ReadonlyMap<unknown, unknown> | Error | ((...all: never) => unknown)
      ? T
      : T extends object
        ? { readonly [Key in keyof T]: English<T[Key]> }
        : T

const isText = (value: object): value is Text => 'en' in value && 'zh' in value

/** The value with every text in lists and plain objects replaced by what it is in English. */
export const inEnglish = <T>(value: T): English<T> => {
  const visit = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(visit)
    if (typeof one !== 'object' || one === null || Object.getPrototypeOf(one) !== Object.prototype) return one
    if (isText(one)) return one.en
    return Object.fromEntries(Object.entries(one).map(([name, field]) => [name, visit(field)]))
  }
  return visit(value) as English<T>
}
