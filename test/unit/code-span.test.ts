import fc from 'fast-check'
import { expect, test } from 'vitest'
import { code, oneLine } from '../../src/text.ts'

/** A code span as CommonMark 0.31 §6.1 reads it: the content, or undefined when `markdown` is not exactly one span. */
const read = (markdown: string): string | undefined => {
  const fence = /^`+/.exec(markdown)?.[0] ?? ''
  const runs = [...markdown.slice(fence.length).matchAll(/`+/g)]
  const close = runs.find(([run]) => run.length === fence.length)
  if (fence === '' || close === undefined || close !== runs.at(-1)) return undefined
  const content = markdown.slice(fence.length, fence.length + close.index)
  if (fence.length + close.index + fence.length !== markdown.length) return undefined
  return /^ .* $/s.test(content) && /[^ ]/.test(content) ? content.slice(1, -1) : content
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('`', '|', ' ', '\n', '\\', 'a', '\u0000', '中') }),
)

test('a code span reads as its text: one line, fenced by more backticks than it holds, pipes escaped for a table', () => {
  fc.assert(
    fc.property(text, (raw) => {
      const span = code(raw)
      expect(span).not.toMatch(/[\n\r]|(?<!\\)\|/)
      if (oneLine(raw) === '') expect(span).toBe('–')
      else expect(read(span)).toBe(oneLine(raw).replaceAll('|', '\\|'))
    }),
    { numRuns: 2000 },
  )
})
