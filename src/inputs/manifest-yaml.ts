import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Node as YamlNode,
  type Pair as YamlPair,
} from 'yaml'
import type { Finding, Place } from '../model/problem.ts'
import type { Key, Mapping, Node } from './manifest-values.ts'
import { faultOf } from './yaml-faults.ts'

/** Maximum number of syntax errors that are reported: one often causes others. */
const maxFaults = 20
/** No value of a manifest lies deeper than in a list of a site. */
const maxDepth = 8

/**
 * Parses YAML 1.2, of which JSON is a part, with the core schema and without other tags. Returns the findings of a file that is not YAML.
 */
export const parseYaml = (text: string, file: string): Node | readonly Finding[] => {
  const placeAt = placesIn(text, file)
  const found: Finding[] = []
  const wrong = (code: string, offset: number): void => {
    if (found.length < maxFaults)
      found.push({ input: 'manifest', form: 'sentences', ...faultOf(code), at: placeAt(offset) })
  }
  // The parser compares each key with all others of its mapping: `nodesOf` finds keys that occur twice, in linear time.
  const document: Document = parseDocument(text, {
    ...{ version: '1.2', schema: 'core', merge: false, resolveKnownTags: false, uniqueKeys: false },
    ...{ prettyErrors: false, logLevel: 'error' },
  })
  // The parser's own messages may quote the file, which may hold a key.
  for (const { code, pos } of [...document.errors, ...document.warnings]) wrong(code, pos[0])
  if (found.length > 0) return found
  const root = nodesOf({ placeAt, wrong })(document.contents as YamlNode | null)
  return found.length > 0 ? found : root
}

/** The place of an offset in a text. The parser's own counter miscounts after a quoted text of several lines. */
const placesIn = (text: string, file: string) => {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
  return (offset: number): Place => {
    let [first, after] = [0, starts.length]
    while (after - first > 1) {
      const middle = (first + after) >> 1
      if ((starts[middle] ?? 0) <= offset) first = middle
      else after = middle
    }
    return { file, line: first + 1, column: offset - (starts[first] ?? 0) + 1 }
  }
}

interface Report {
  readonly placeAt: (offset: number) => Place
  readonly wrong: (code: string, offset: number) => void
}

/** Turns the parser's nodes into ours. An alias is the node that it stands for, which is not copied, so that no file grows by aliases. */
const nodesOf = ({ placeAt, wrong }: Report) => {
  const anchors = new Map<string, Node>()
  const nothing = (at: Place): Node => ({ kind: 'nothing', text: '', at })
  const nodeOf = (given: YamlNode | null | undefined, depth: number, fallback: number): Node => {
    const offset = given?.range?.[0] ?? fallback
    if (isAlias(given)) {
      // An anchor is known only after its node has ended, so no alias is a part of what it stands for.
      const target = anchors.get(given.source)
      if (target === undefined) wrong('BAD_ALIAS', offset)
      return target ?? nothing(placeAt(offset))
    }
    if (depth > maxDepth) {
      wrong('TOO_DEEP', offset)
      return nothing(placeAt(offset))
    }
    const node = ownNodeOf(given, depth, offset)
    if (given?.anchor !== undefined) anchors.set(given.anchor, node)
    return node
  }
  const ownNodeOf = (given: YamlNode | null | undefined, depth: number, offset: number): Node => {
    const at = placeAt(offset)
    if (isSeq(given)) {
      return { kind: 'list', at, items: given.items.map((item) => nodeOf(item as YamlNode | null, depth + 1, offset)) }
    }
    if (isMap(given)) return { kind: 'mapping', at, mapping: { at, entries: entriesOf(given.items, depth, offset) } }
    if (!isScalar(given) || given.value === null || given.value === '') return nothing(at)
    const { value, source = '' } = given
    if (typeof value === 'string') return { kind: 'scalar', text: value, at }
    // As written: a number may have leading zeros.
    return { kind: typeof value === 'boolean' ? 'boolean' : 'scalar', text: source, at }
  }
  const entriesOf = (items: readonly YamlPair[], depth: number, fallback: number): Mapping['entries'] => {
    const seen = new Set<string>()
    return items.map(({ key, value }) => {
      const name = key as YamlNode | null
      const offset = name?.range?.[0] ?? fallback
      if (!isScalar(name)) wrong('NON_STRING_KEY', offset)
      const text = isScalar(name) ? String(name.value) : ''
      if (seen.has(text)) wrong('DUPLICATE_KEY', offset)
      seen.add(text)
      const one: Key = { key: text, at: placeAt(offset) }
      return { ...one, value: nodeOf(value as YamlNode | null, depth + 1, offset) }
    })
  }
  return (root: YamlNode | null): Node => nodeOf(root, 0, 0)
}
