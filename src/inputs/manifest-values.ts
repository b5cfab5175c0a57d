import type { Environment } from '../model/ports.ts'
import type { Finding, Place } from '../model/problem.ts'
import { nearest } from '../util/suggest.ts'
import { accountKeys, defaultKeys, listKeys, siteKeys, variableKeys } from './manifest-keys.ts'
import { literalFault, readVariable } from './manifest-secrets.ts'
import { quote } from './reader.ts'
import { inputDefaults } from './table.ts'

/** A key of a mapping, and where it stands. */
export interface Key {
  readonly key: string
  readonly at: Place
}

/** A mapping of the manifest, as the YAML parser gives it: keys with their places, and values. No key occurs twice. */
export interface Mapping {
  readonly at: Place
  readonly entries: readonly (Key & { readonly value: Node })[]
}

/** A value without parts, as it is written. */
interface Scalar {
  readonly kind: 'scalar' | 'boolean' | 'nothing'
  readonly text: string
  readonly at: Place
}

/** A value of the manifest. One to which aliases refer occurs in several places. */
export type Node =
  | Scalar
  | { readonly kind: 'list'; readonly items: readonly Node[]; readonly at: Place }
  | { readonly kind: 'mapping'; readonly mapping: Mapping; readonly at: Place }

/** A value of an input, and where it stands. */
export interface Given {
  readonly text: string
  readonly at: Place
  /** The entries of a list. */
  readonly items: readonly Scalar[]
  /** Set if the value is wrong, which was recorded: then nothing else is said of it. */
  readonly isWrong?: true
}
export type Layer = ReadonlyMap<string, Given>

export interface LayerOptions {
  readonly env: Environment
  readonly find: (finding: Finding) => void
  /** Records a variable that is not set. */
  readonly unset: (finding: Finding) => void
  readonly mask: (secret: string) => void
}

/** A mapping; undefined if there is none, or nothing in its place. Anything else is recorded. */
export const mappingOf = (node: Node | undefined, input: string, find: LayerOptions['find']): Mapping | undefined => {
  if (node === undefined || node.kind === 'nothing') return undefined
  if (node.kind === 'mapping') return node.mapping
  const seen = node.kind === 'list' ? 'a list' : 'a single value'
  find({ input, seen, expected: 'a mapping of keys and values', at: node.at })
  return undefined
}

/** The inputs in a mapping whose keys may be these. Records every other key, and every value that is not allowed. */
export const layerOf = (mapping: Mapping, allowed: readonly string[], options: LayerOptions): Layer => {
  const layer = new Map<string, Given>()
  for (const { key, at, value } of mapping.entries) {
    if (!allowed.includes(key)) options.find(unknownKey({ key, at }, allowed))
    else layer.set(key, givenOf(key, value, options))
  }
  return layer
}

/** A key that does not exist, with the nearest one that does, or with the place where it belongs. */
export const unknownKey = ({ key, at }: Key, allowed: readonly string[]): Finding => {
  // Longer texts, and those with digits, may be a secret in the wrong place.
  const input = /^[A-Za-z][A-Za-z_ -]{0,39}$/.test(key) ? key : 'a key (not shown)'
  const found = { input, form: 'sentences', seen: 'this key does not exist here', at } as const
  if (key === '<<') {
    const expected = 'Merge keys are not read. Put what sites have in common into “defaults”, or repeat it.'
    return { ...found, input: key, expected }
  }
  const elsewhere = belongs(key)
  if (elsewhere !== undefined) return { ...found, expected: elsewhere }
  const [suggestion] = nearest(key, allowed, 1)
  const expected = suggestion === undefined ? `The keys are ${allowed.join(', ')}.` : `Did you mean “${suggestion}”?`
  return { ...found, expected }
}

/** Where a key belongs that is an input, but not here. */
const belongs = (key: string): string | undefined => {
  const isIn = (keys: readonly string[]) => keys.includes(key)
  if (isIn(accountKeys)) return 'It belongs to an account under “accounts”.'
  if (isIn(siteKeys)) return 'It belongs to a site under “sites”.'
  if (isIn(defaultKeys)) return 'It holds for the whole step, so it belongs to “defaults”.'
  return Object.hasOwn(inputDefaults, key) ? 'It is an input of the step alone.' : undefined
}

/** In place of a value that is wrong, so that the input does not count as missing. */
const placeholder = 'placeholder'

const includes = (list: readonly string[], key: string): boolean => list.includes(key)

const givenOf = (key: string, value: Node, options: LayerOptions): Given => {
  const { at } = value
  const wrong = { text: placeholder, at, items: [], isWrong: true } as const
  const scalars = scalarsOf(key, value)
  if ('seen' in scalars) {
    options.find({ input: key, at, ...scalars })
    return wrong
  }
  const { items } = scalars
  const texts = items.map((item) => textOf(key, item, options))
  if (texts.some((text) => text === undefined)) return wrong
  const isVariable = items.map(({ text }) => variableIn(text) !== undefined)
  if (new Set(isVariable).size > 1) {
    options.find({ input: key, seen: 'variables and other values in one list', expected: 'either of them', at })
    return wrong
  }
  return { text: texts.join('\n'), at, items: isVariable.includes(true) ? [] : items }
}

type Fault = Pick<Finding, 'seen' | 'expected'>

/** A value as the list of its parts, or what it is instead. */
const scalarsOf = (key: string, value: Node): { readonly items: readonly Scalar[] } | Fault => {
  const expected = includes(listKeys, key) ? 'a value, or a list of values' : 'one value'
  if (value.kind === 'mapping') return { seen: 'a mapping', expected }
  if (value.kind !== 'list') return { items: [value] }
  if (!includes(listKeys, key)) return { seen: 'a list', expected }
  if (value.items.length === 0) return { seen: 'an empty list', expected: `${expected}; or leave the key out` }
  const items = value.items.flatMap((item) => (item.kind === 'list' || item.kind === 'mapping' ? [] : [item]))
  return items.length === value.items.length ? { items } : { seen: 'a list with lists or mappings in it', expected }
}

/** The name of the variable that is the whole of a value. */
const variableIn = (text: string): string | undefined => /^\$\{([^${}]*)\}$/.exec(text.trim())?.[1]

const expression: Fault = {
  seen: 'an expression (not shown)',
  expected: `no expression, because GitHub evaluates them in workflows only: for a key, set a variable in the step’s env:, and name it here as \${NAME}`,
}

/** One value, with its variable replaced; undefined if it is wrong, which is recorded. */
const textOf = (key: string, { kind, text, at }: Scalar, options: LayerOptions): string | undefined => {
  const wrong = (fault: Fault): undefined => {
    options.find({ input: key, at, ...fault })
  }
  if (text.trim() === '')
    return wrong({ seen: 'nothing (perhaps an empty expression)', expected: 'a value; or leave the key out' })
  if (kind === 'boolean' && !isFlag(key)) return wrong({ seen: text, expected: 'a text, in quotes if it is this word' })
  const name = variableIn(text)
  if (name !== undefined && includes(variableKeys, key)) {
    const read = readVariable(key, name, options)
    if ('text' in read) return read.text
    options.unset({ input: key, at, ...read })
    return undefined
  }
  if (text.includes('${{')) return wrong(expression)
  const literal = literalFault(key, text, options.mask)
  if (literal !== undefined) return wrong(literal)
  if (!text.includes('${')) return text
  const where = includes(variableKeys, key) ? 'as a whole value' : `in ${variableKeys.join(', ')}`
  return wrong({ seen: quote(text), expected: `a value without \${…}: variables are read only ${where}` })
}

const isFlag = (key: string): boolean =>
  Object.entries(inputDefaults).some(([name, value]) => name === key && (value === 'true' || value === 'false'))
