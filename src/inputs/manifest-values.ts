import type { Environment } from '../model/ports.ts'
import type { Finding, Place } from '../model/problem.ts'
import { nearest } from '../util/suggest.ts'
import { brief } from '../util/text.ts'
import { listKeys, secretKeys, variableKeys } from './manifest-keys.ts'
import { quote } from './reader.ts'
import type { InputName } from './table.ts'

/** A mapping of the manifest, as the YAML parser gives it: keys with their places, and values. */
export interface Mapping {
  readonly at: Place
  readonly entries: readonly { readonly key: string; readonly at: Place; readonly value: Node }[]
}

/** A value of the manifest. Scalars are as written. */
export type Node =
  | { readonly kind: 'scalar'; readonly text: string; readonly at: Place }
  | { readonly kind: 'list'; readonly items: readonly Node[]; readonly at: Place }
  | { readonly kind: 'mapping'; readonly mapping: Mapping; readonly at: Place }

/** A value of an input, and where it stands. */
export interface Given {
  readonly text: string
  readonly at: Place
}
export type Layer = ReadonlyMap<InputName, Given>

export interface LayerOptions {
  readonly env: Environment
  readonly find: (finding: Finding) => void
  readonly mask: (secret: string) => void
}

/** The inputs in a mapping whose keys may be these. Records every other key, and every value that is not allowed. */
export const layerOf = (
  mapping: Mapping,
  allowed: readonly string[],
  { env, find, mask }: LayerOptions,
): ReadonlyMap<string, Given> => {
  const layer = new Map<string, Given>()
  for (const { key, at, value } of mapping.entries) {
    if (!allowed.includes(key)) {
      find(unknownKey(key, allowed, at))
      continue
    }
    const text = textOf(key, value, find)
    if (text === undefined) continue
    const given = resolved(key, text, value.at, { env, find, mask })
    if (given !== undefined && given.trim() !== '') layer.set(key, { text: given, at: value.at })
  }
  return layer
}

export const unknownKey = (key: string, allowed: readonly string[], at: Place): Finding => {
  const [suggestion] = nearest(key, allowed, 1)
  const expected = suggestion === undefined ? `one of ${allowed.join(', ')}` : `“${suggestion}”, perhaps`
  return { input: brief(key, 60), seen: 'a key that does not exist here', expected, at }
}

/** A scalar, or a list of scalars where the input takes several, one per line. */
const textOf = (key: string, value: Node, find: LayerOptions['find']): string | undefined => {
  const isList = includes(listKeys, key)
  const expected = isList ? 'one value, or a list of values' : 'one value'
  if (value.kind === 'scalar') return value.text
  if (value.kind === 'list' && isList && value.items.every((item) => item.kind === 'scalar')) {
    return value.items.map((item) => (item.kind === 'scalar' ? item.text : '')).join('\n')
  }
  find({ input: key, seen: value.kind === 'list' ? 'a list' : 'a mapping', expected, at: value.at })
  return undefined
}

/** In place of a value that is wrong, so that nothing else is said of it. */
const placeholder = 'placeholder'

/** The value with its variable replaced. Literal keys are refused, and not shown. */
const resolved = (key: string, text: string, at: Place, { env, find, mask }: LayerOptions): string | undefined => {
  const name = /^\$\{([A-Za-z_]\w*)\}$/.exec(text.trim())?.[1]
  if (name !== undefined && includes(variableKeys, key)) {
    const value = env[name] ?? ''
    for (const secret of value.split(/\r?\n/)) if (secret.trim().length >= 4) mask(secret.trim())
    if (value.trim() !== '') return value
    find({
      input: key,
      seen: `\${${name}}, which is not set`,
      expected: 'a variable of the step’s environment (env:)',
      at,
    })
    return placeholder
  }
  const isHidden = includes(secretKeys, key) || key === 'private-key' || /PRIVATE KEY/.test(text)
  if (isHidden && !isPemPaths(key, text)) {
    for (const line of text.split(/\r?\n/)) if (line.trim().length >= 4) mask(line.trim())
    const expected = includes(secretKeys, key)
      ? `a variable such as \${NAME}, which the step’s environment holds`
      : `the path of a PEM file, or a variable such as \${NAME}`
    find({ input: key, seen: 'a key in the file (not shown)', expected, at })
    return placeholder
  }
  if (text.includes('${')) {
    const where = includes(variableKeys, key) ? 'as the whole value' : `in ${variableKeys.join(', ')}`
    find({ input: key, seen: quote(text), expected: `a value without \${…}: variables are read only ${where}`, at })
    return undefined
  }
  return text
}

/** Whether every line looks like the path of a PEM file. */
const isPemPaths = (key: string, text: string): boolean =>
  (key === 'private-key' || key === 'certificate') &&
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .every((line) => line.length <= 200 && /^[\p{L}\p{N} \\/.@+~*:_-]+\.(?:pem|crt|cer|key|txt)$/iu.test(line))

const includes = (list: readonly string[], key: string): boolean => list.includes(key)
