import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inert } from '../../src/runner/actions.ts'

/** Where .NET's `TrimStart` sees a blank; JavaScript's `\s` lacks U+0085. */
const blanks = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*'
/** How the runner finds a command in a line (ActionCommand.cs: TryParseV2 after TrimStart, TryParse anywhere). */
const command = new RegExp(`^${blanks}::|##\\[`)
const commandsIn = (text: string) => text.split(/\r\n|[\n\r]/).filter((line) => command.test(line))

test.each(['::error::x', ' \t::add-mask::x', 'a\n::error::x', 'a\r::error::x', 'a\r\n\u3000::error::x', '\u0085::x::'])(
  'disarms the command in %j',
  (text) => {
    expect(commandsIn(text)).not.toEqual([])
    expect(commandsIn(inert(text))).toEqual([])
  },
)

test('breaks every ##[', () => {
  expect(inert('a ##[error]b ##[group]c')).toBe('a ## [error]b ## [group]c')
})

test.each(['plain', 'a :: b', 'x::y::z', ': :', '#[x]', '中文：：', ''])('leaves %j unchanged', (text) => {
  expect(inert(text)).toBe(text)
})

test('disarms any text by adding nothing but spaces', () => {
  const unit = fc.constantFrom(
    '::',
    ':',
    '#',
    '##[',
    ' ',
    '\t',
    '\n',
    '\r',
    '\u0085',
    '\u00a0',
    '\ufeff',
    '\u2028',
    'a',
  )
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40, size: 'max' }), (text) => {
      const out = inert(text)
      expect(commandsIn(out)).toEqual([])
      expect(out.replaceAll(' ', '')).toBe(text.replace(/\r\n?/g, '\n').replaceAll(' ', ''))
    }),
    { numRuns: 2000 },
  )
})
