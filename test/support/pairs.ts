/** A sentence as the source has it, in both languages, with `¤` for each value in it. */
export interface Pair {
  readonly en: string
  readonly zh: string
}

interface Literal {
  readonly text: string
  /** The offset after its closing quote. */
  readonly end: number
}

/** The string or template that begins at an offset; undefined if there is none. */
const literalAt = (source: string, start: number): Literal | undefined => {
  const quote = source[start]
  if (quote !== "'" && quote !== '"' && quote !== '`') return undefined
  let text = ''
  for (let i = start + 1; i < source.length; i++) {
    if (source[i] === quote) return { text, end: i + 1 }
    if (source[i] === '\\') text += source[++i]
    else if (quote === '`' && source.startsWith('${', i)) {
      i = endOfValue(source, i + 2)
      text += '¤'
    } else text += source[i]
  }
  return undefined
}

/** Where the value in a template ends: at its closing brace. */
const endOfValue = (source: string, start: number): number => {
  let depth = 1
  for (let i = start; i < source.length; i++) {
    const literal = literalAt(source, i)
    if (literal !== undefined) i = literal.end - 1
    else if (source[i] === '{') depth++
    else if (source[i] === '}' && --depth === 0) return i
  }
  return source.length
}

/** The sentences of a source file: `en: …, zh: …`, as far as both are literals. */
export const pairsIn = (source: string): readonly Pair[] =>
  [...source.matchAll(/\ben:\s*(?=['"`])/g)].flatMap(({ index, 0: found }) => {
    const en = literalAt(source, index + found.length)
    const [between] = /^,\s*zh:\s*/.exec(source.slice(en?.end)) ?? []
    if (en === undefined || between === undefined) return []
    const zh = literalAt(source, en.end + between.length)
    return zh === undefined ? [] : [{ en: en.text, zh: zh.text }]
  })
