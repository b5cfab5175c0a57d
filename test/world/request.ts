import type { Key } from './signature.ts'
import type { Account } from './state.ts'

/** What the services of the test world check in every request: its fields, their types, pages, filters. */

export type Refusal = readonly [code: string, message: string]
export type Fields = Readonly<Record<string, unknown>>
export type Answer = Refusal | Fields
/** Which of the two sites received a request. */
export type Site = 'china' | 'international'
/** A request's context. */
export interface Call {
  /** '' when none was given. */
  readonly region: string
  /** The key that signed it. */
  readonly key: Key | undefined
  /** All valid keys. */
  readonly keys: Map<string, Key>
  /** On the clock of the service, epoch milliseconds. */
  readonly now: number
  /** An earlier request had the same JWT. */
  readonly reused: boolean
}
export type Action = (account: Account, version: string, body: unknown, site: Site, call: Call) => Answer

export const isRefusal = (answer: Answer): answer is Refusal => Array.isArray(answer)

/** The type of a value; a list is [type of its items]; a field whose name ends with ! is required. */
export type Shape = 'string' | 'integer' | 'boolean' | readonly [Shape] | { readonly [field: string]: Shape }

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape)

const firstOf = <T>(list: readonly T[], find: (item: T, index: number) => Refusal | undefined): Refusal | undefined => {
  for (const [index, item] of list.entries()) {
    const found = find(item, index)
    if (found) return found
  }
  return undefined
}

const wrong = (value: unknown, shape: Shape, path: string): Refusal | undefined => {
  const bad = (what: string): Refusal => ['InvalidParameter', `The parameter \`${path}\` ${what}.`]
  const inner = (name: string | number) => (path === '' ? String(name) : `${path}.${name}`)
  if (value === null) return bad('is null')
  if (shape === 'integer') return Number.isSafeInteger(value) ? undefined : bad('is not an integer')
  if (typeof shape === 'string') return typeof value === shape ? undefined : bad(`is not a ${shape}`)
  if (isList(shape)) {
    if (!Array.isArray(value)) return bad('is not a list')
    return firstOf(value, (item, index) => wrong(item, shape[0], inner(index)))
  }
  if (typeof value !== 'object' || Array.isArray(value)) return bad('is not an object')
  const fields = new Map<string, unknown>(Object.entries(value))
  return (
    firstOf([...fields], ([name, field]) => {
      const wanted = shape[name] ?? shape[`${name}!`]
      if (wanted === undefined) return ['UnknownParameter', `The parameter \`${inner(name)}\` is not recognized.`]
      return wrong(field, wanted, inner(name))
    }) ??
    firstOf(Object.keys(shape), (name) => {
      if (!name.endsWith('!') || fields.has(name.slice(0, -1))) return undefined
      return ['MissingParameter', `The request is missing the parameter \`${inner(name.slice(0, -1))}\`.`]
    })
  )
}

/** An action that accepts only bodies of the shape of its version. */
export const action =
  <Body>(
    shapes: Readonly<Record<string, Shape>>,
    run: (account: Account, body: Body, version: string, site: Site, call: Call) => Answer,
  ): Action =>
  (account, version, body, site, call) => {
    const shape = shapes[version]
    if (shape === undefined) return ['InvalidAction', `The action does not exist in version ${version}.`]
    return wrong(body, shape, '') ?? run(account, body as Body, version, site, call)
  }

export interface Page {
  readonly Offset?: number
  readonly Limit?: number
}
export const pageShape = { Offset: 'integer', Limit: 'integer' } as const

export const badPage = ({ Offset = 0, Limit = 1 }: Page, max: number): Refusal | undefined => {
  if (Offset < 0) return ['InvalidParameter', 'The parameter `Offset` is negative.']
  if (Limit < 1 || Limit > max) return ['InvalidParameter', `The parameter \`Limit\` is not between 1 and ${max}.`]
  return undefined
}

export const cut = <T>(list: readonly T[], { Offset = 0, Limit }: Page, usual: number): T[] =>
  list.slice(Offset, Offset + (Limit ?? usual))

export interface Filter {
  readonly Name: string
  readonly Values: readonly string[]
  readonly Fuzzy?: boolean
}
export const filterShape = [{ 'Name!': 'string', 'Values!': ['string'], Fuzzy: 'boolean' }] as const

/** The test world supports exact filters by a few fields, and refuses all others, so that none is silently ignored. */
export const badFilters = (filters: readonly Filter[], names: readonly string[], max: number): Refusal | undefined =>
  firstOf(filters, ({ Name, Values, Fuzzy = false }) => {
    if (!names.includes(Name)) return ['InvalidParameter.InvalidFilterName', `Invalid filter field ${Name}.`]
    if (Fuzzy) return ['InvalidParameter', 'The test world has no fuzzy filters.']
    if (Values.length === 0) return ['InvalidParameter', `The filter ${Name} has no values.`]
    if (Values.length > max) return ['InvalidParameter.TooManyFilterValues', 'Too many filter values.']
    return undefined
  })
