import type { Document, Node as YamlNode } from 'yaml'
import type { Finding, Place } from '../model/problem.ts'
import { brief } from '../util/text.ts'
import type { Mapping, Node } from './manifest-values.ts'

/** Aliases may stand for other nodes, but not multiply them: nothing is copied, and this many levels are followed. */
const maxDepth = 20

/**
 * Parses YAML 1.2, of which JSON is a part, with the core schema and without custom tags. The package is loaded from a chunk of its own, which
 * runs without a manifest do not need. Returns the findings of a file that is not YAML.
 */
export const parseYaml = async (text: string, file: string): Promise<Node | readonly Finding[]> => {
  const { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document: Document = parseDocument(text, {
    ...{ version: '1.2', schema: 'core', uniqueKeys: true, lineCounter: lines, prettyErrors: false, merge: false },
  })
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const problems = [...document.errors, ...document.warnings]
  if (problems.length > 0) {
    return problems.slice(0, 20).map(({ message, pos }) => ({
      ...{ input: 'manifest', form: 'sentences', seen: brief(message.replace(/\.$/, ''), 300), at: placeAt(pos[0]) },
      expected: 'Correct the syntax (YAML 1.2 or JSON).',
    }))
  }
  const nodeOf = (given: YamlNode | null | undefined, depth: number): Node => {
    const node = isAlias(given) ? given.resolve(document) : given
    const at = placeAt(given?.range?.[0] ?? 0)
    if (isSeq(node) && depth < maxDepth) {
      return { kind: 'list', at, items: node.items.map((item) => nodeOf(item as YamlNode, depth + 1)) }
    }
    if (isMap(node) && depth < maxDepth) {
      const entries = node.items.map(({ key, value }): Mapping['entries'][number] => {
        const name = isScalar(key) ? key : undefined
        return {
          key: name === undefined ? '' : String(name.value),
          at: placeAt(name?.range?.[0] ?? 0),
          value: nodeOf(value as YamlNode, depth + 1),
        }
      })
      return { kind: 'mapping', at, mapping: { at, entries } }
    }
    if (!isScalar(node)) return { kind: 'scalar', text: '', at }
    const { value, source } = node
    // As written: a number may have leading zeros.
    const text = typeof value === 'string' ? value : value === null ? '' : (source ?? JSON.stringify(value))
    return { kind: 'scalar', text, at }
  }
  return nodeOf(document.contents as YamlNode | null, 0)
}
