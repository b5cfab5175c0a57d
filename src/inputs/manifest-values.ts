import type { Environment } from '../model/ports.ts'
import type { Finding, Place } from '../model/problem.ts'
import { inBoth, type Text } from '../util/language.ts'
import { nearest } from '../util/suggest.ts'
import { accountKeys, defaultKeys, listKeys, siteKeys, variableKeys } from './manifest-keys.ts'
import { literalFault, readVariable } from './manifest-secrets.ts'
import { nothingGiven, quote } from './reader.ts'
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
  const seen = node.kind === 'list' ? kinds.list : { en: 'a single value', zh: '单个值' }
  find({ input, seen, expected: { en: 'a mapping of keys and values', zh: '由键和值组成的映射' }, at: node.at })
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
  const isShown = key === '<<' || /^[A-Za-z][A-Za-z_ -]{0,39}$/.test(key)
  const seen = isShown
    ? { en: 'this key does not exist here', zh: '此处没有这个键' }
    : { en: 'this key (not shown) does not exist here', zh: '此处没有这个键（未显示）' }
  const found = { input: isShown ? key : 'manifest', form: 'sentences', seen, at } as const
  if (key === '<<') return { ...found, expected: noMergeKeys }
  const elsewhere = belongs(key)
  if (elsewhere !== undefined) return { ...found, expected: elsewhere }
  const [suggestion] = nearest(key, allowed, 1)
  if (suggestion === undefined) {
    const expected = { en: `The keys are ${allowed.join(', ')}.`, zh: `可用的键：${allowed.join('、')}。` }
    return { ...found, expected }
  }
  return { ...found, expected: { en: `Did you mean “${suggestion}”?`, zh: `是否应为“${suggestion}”？` } }
}

const noMergeKeys: Text = {
  en: 'Merge keys are not read. Put what sites have in common into “defaults”, or repeat it.',
  zh: '不支持合并键（`<<`）。请把各站点共有的内容写在“defaults”中，或在各站点中分别填写。',
}

/** Where a key belongs that is an input, but not here. */
const belongs = (key: string): Text | undefined => {
  const isIn = (keys: readonly string[]) => keys.includes(key)
  if (isIn(accountKeys))
    return { en: 'It belongs to an account under “accounts”.', zh: '它应写在“accounts”下的账号中。' }
  if (isIn(siteKeys)) return { en: 'It belongs to a site under “sites”.', zh: '它应写在“sites”下的站点中。' }
  if (isIn(defaultKeys)) {
    return {
      en: 'It holds for the whole step, so it belongs to “defaults”.',
      zh: '它作用于整个步骤，应写在“defaults”中。',
    }
  }
  if (!Object.hasOwn(inputDefaults, key)) return undefined
  return { en: 'It is an input of the step alone.', zh: '它只能作为步骤的输入。' }
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
    const seen = { en: 'variables and other values in one list', zh: '同时含有变量和其他值的列表' }
    options.find({ input: key, seen, expected: { en: 'either of them', zh: '其中一种' }, at })
    return wrong
  }
  return { text: texts.join('\n'), at, items: isVariable.includes(true) ? [] : items }
}

type Fault = Pick<Finding, 'seen' | 'expected'>

/** A value as the list of its parts, or what it is instead. */
const scalarsOf = (key: string, value: Node): { readonly items: readonly Scalar[] } | Fault => {
  const expected = includes(listKeys, key)
    ? { en: 'a value, or a list of values', zh: '一个值，或由值组成的列表' }
    : { en: 'one value', zh: '一个值' }
  if (value.kind === 'mapping') return { seen: kinds.mapping, expected }
  if (value.kind !== 'list') return { items: [value] }
  if (!includes(listKeys, key)) return { seen: kinds.list, expected }
  if (value.items.length === 0) return { seen: kinds['empty list'], expected: orNone(expected) }
  const items = value.items.flatMap((item) => (item.kind === 'list' || item.kind === 'mapping' ? [] : [item]))
  if (items.length === value.items.length) return { items }
  return { seen: { en: 'a list with lists or mappings in it', zh: '含有列表或映射的列表' }, expected }
}

/** What stands in the place of something else. */
export const kinds = {
  mapping: { en: 'a mapping', zh: '映射' },
  list: { en: 'a list', zh: '列表' },
  'empty list': { en: 'an empty list', zh: '空列表' },
} as const satisfies Record<string, Text>

const orNone = ({ en, zh }: Text): Text => ({ en: `${en}; or leave the key out`, zh: `${zh}；或省略该键` })

/** The name of the variable that is the whole of a value. */
const variableIn = (text: string): string | undefined => /^\$\{([^${}]*)\}$/.exec(text.trim())?.[1]

const expression: Fault = {
  seen: { en: 'an expression (not shown)', zh: '表达式（未显示）' },
  expected: {
    en: `no expression, because GitHub evaluates them in workflows only: for a key, set a variable in the step’s env:, and name it here as \${NAME}`,
    zh: `不含表达式的值，因为 GitHub 只在工作流中计算表达式：如需密钥，请在步骤的 env: 中设置变量，并在此处以 \${NAME} 引用`,
  },
}

/** One value, with its variable replaced; undefined if it is wrong, which is recorded. */
const textOf = (key: string, { kind, text, at }: Scalar, options: LayerOptions): string | undefined => {
  const wrong = (fault: Fault): undefined => {
    options.find({ input: key, at, ...fault })
  }
  if (text.trim() === '') return wrong({ seen: nothingGiven, expected: orNone({ en: 'a value', zh: '一个值' }) })
  if (kind === 'boolean' && !isFlag(key)) {
    const expected = { en: 'a text, in quotes if it is this word', zh: '文本；如果确实是这个词，请加引号' }
    return wrong({ seen: inBoth(text), expected })
  }
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
  const where = includes(variableKeys, key)
    ? { en: 'as a whole value', zh: '作为整个值' }
    : { en: `in ${variableKeys.join(', ')}`, zh: `在 ${variableKeys.join('、')} 中` }
  const expected = {
    en: `a value without \${…}: variables are read only ${where.en}`,
    zh: `不含 \${…} 的值：变量只能${where.zh}使用`,
  }
  return wrong({ seen: quote(text), expected })
}

const isFlag = (key: string): boolean =>
  Object.entries(inputDefaults).some(([name, value]) => name === key && (value === 'true' || value === 'false'))
