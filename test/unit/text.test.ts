import fc from 'fast-check'
import { marked } from 'marked'
import { expect, test } from 'vitest'
import { table } from '../../src/report/table.ts'
import { clip, code, count, duration, list, oneLine, prose } from '../../src/util/text.ts'
import { runs } from '../support/depth.ts'
import { render } from '../support/github-markdown.ts'

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(
      '`',
      '|',
      '*',
      '_',
      '<',
      '>',
      '\\',
      '[',
      ']',
      '(',
      ')',
      '\n',
      ' ',
      'a',
      '&',
      '@',
      ':',
      '/',
      '.',
      'w',
    ),
  }),
)
/** The text that a reader sees of rendered HTML; any element but those allowed is kept and so fails. */
const seen = (html: string): string =>
  html
    .replace(/<\/?(table|thead|tbody|tr|t[hd]|code|p)>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replace(/&#(\d+);/g, (_, n: string) => String.fromCharCode(Number(n)))
    .replaceAll('&amp;', '&')
const inCell = (markdown: string): string =>
  seen(
    marked.parse(
      table(['x'], [markdown], (cell) => [cell], Infinity, String),
      { async: false },
    ),
  ).replace(/\s+/g, '')

test('a code span shows any text literally, also in a table', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const line = oneLine(text)
      // A backslash before a pipe is the one thing that no code span in a GFM table can show.
      fc.pre(!/\\\|/.test(line) && !line.endsWith('\\'))
      expect(inCell(code(text))).toBe(`x${line === '' ? '–' : line}`.replace(/\s+/g, ''))
    }),
    { numRuns: runs(500) },
  )
})

test('and in a paragraph', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const line = oneLine(text)
      const shown = seen(marked.parse(`x ${code(text)}`, { async: false })).replace(/\s+/g, '')
      expect(shown).toBe(`x${line === '' ? '–' : line}`.replace(/\s+/g, ''))
    }),
    { numRuns: runs(500) },
  )
})

test('prose shows any text literally, also in a table', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(inCell(prose(text))).toBe(`x${oneLine(text)}`.replace(/\s+/g, ''))
    }),
    { numRuns: runs(500) },
  )
})

const linkable = fc
  .array(
    fc.constantFrom(
      ...['me@evil.test', '@octocat', '#12', 'GH-1', 'octo/site#1', 'https://evil.test', 'www.evil.test', ':x:', '$x$'],
      ...[
        'mailto:me@evil.test',
        '1234567890abcdef',
        'HTTP://EVIL.TEST',
        '@',
        '#',
        '1',
        'www',
        '.',
        ':',
        '/',
        'x',
        '“',
        '”',
      ],
      ...[' ', ',', '|', '`', '\\', '(', ')', '*', '_', '~', '<', '>', '!', '?', '&#64;'],
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

test('prose shows what GitHub would make a link of as text, in a paragraph and in a table', () => {
  fc.assert(
    fc.property(linkable, (text) => {
      expect(render(`x ${prose(text)}`).active).toEqual([])
      expect(render(table(['x'], [prose(text)], (cell) => [cell], Infinity, String)).active).toEqual([])
      expect(inCell(prose(text))).toBe(`x${oneLine(text)}`.replace(/\s+/g, ''))
    }),
    { numRuns: runs(2000) },
  )
})

test('prose puts only the words that could become links into code', () => {
  expect(prose('It ends on 2027-02-01, see www.example.com. “a@b.c” was found!')).toBe(
    'It ends on 2027-02-01, see `www.example.com`. “`a@b.c`” was found&#33;'.replace('. “', '&#46; “'),
  )
})

test('one line of visible text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    }),
  )
  expect(oneLine('a\r\nb\u2028c\td\u001b[31m\u202e')).toBe('a ⏎ b ⏎ c d\\u{1b}[31m\\u{202e}')
})

test('clips to the length without splitting a surrogate pair', () => {
  expect(clip('abc', 3)).toBe('abc')
  expect(clip('abcd', 3)).toBe('ab…')
  expect(clip('a😀b', 3)).toBe('a…')
})

test.each([
  [0, '0.0 s'],
  [420, '0.4 s'],
  [9_960, '10 s'],
  [59_600, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [3_600_000, '1 h 00 min'],
])('%d ms is %s', (ms, text) => expect(duration(ms)).toBe(text))

test('counts and lists', () => {
  expect([count(1, 'host'), count(2, 'host')]).toEqual(['1 host', '2 hosts'])
  expect([list(['a', 'b'], 2), list(['a', 'b', 'c'], 2)]).toEqual(['a, b', 'a, b and 1 more'])
})
