import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Pattern, parsePattern } from '../../src/model/hostname.ts'
import { inEnglish } from '../support/english.ts'

const pattern = (entry: string): Pattern => {
  const parsed = parsePattern(entry)
  if ('value' in parsed) return parsed.value
  throw new Error(`${entry} is ${parsed.what.en}`)
}

/** The same by lists of labels: a `**` takes one label, and then ends or goes on. */
const matches = (pattern: readonly string[], labels: readonly string[]): boolean => {
  const [part, ...parts] = pattern
  const [label, ...rest] = labels
  if (part === undefined || label === undefined) return pattern.length === labels.length
  if (part === '**') return matches(parts, rest) || matches(pattern, rest)
  return (part === '*' || part === label) && matches(parts, rest)
}

const label = fc.stringMatching(/^[a-c]([a-c-]?[a-c0-9])?$/)
const host = fc.array(label, { minLength: 2, maxLength: 5 })

test('a host matches every pattern made of it by replacing labels with stars', () => {
  const made = host.chain((labels) =>
    fc.tuple(
      fc.constant(labels.join('.')),
      // Each label stays, becomes `*`, becomes `**`, or goes into the `**` before it.
      fc
        .array(fc.constantFrom('stay', '*', '**', 'into'), { minLength: labels.length, maxLength: labels.length })
        .map((ways) =>
          labels.flatMap((part, i) => {
            const way = ways[i] ?? 'stay'
            if (way === 'stay') return [part]
            const start = ways.slice(0, i).findLastIndex((one) => one !== 'into')
            return way === 'into' ? (ways[start] === '**' ? [] : [part]) : [way]
          }),
        )
        .map((parts) => parts.join('.')),
    ),
  )
  fc.assert(
    fc.property(
      made.filter(([, text]) => text.includes('.') || text.startsWith('*')),
      ([name, text]) => {
        expect(pattern(text).test(name), `${text} for ${name}`).toBe(true)
      },
    ),
    { numRuns: 1000 },
  )
})

test('a pattern matches what a matcher on lists of labels matches', () => {
  const part = fc.oneof(label, fc.constantFrom('*', '**'))
  const parts = fc.array(part, { minLength: 2, maxLength: 5 })
  const near = fc.oneof(
    fc.tuple(parts, host),
    parts.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.tuple(...list.map((one) => (one.startsWith('*') ? label : fc.constant(one)))).map((own) => [...own]),
      ),
    ),
    parts.chain((list) =>
      fc.tuple(
        fc.constant(list),
        host.map((own) => [...own, ...list.slice(1)]),
      ),
    ),
  )
  const seen = { yes: 0, no: 0 }
  fc.assert(
    fc.property(near, ([list, labels]) => {
      const expected = matches(list, labels)
      seen[expected ? 'yes' : 'no'] += 1
      expect(pattern(list.join('.')).test(labels.join('.')), `${list.join('.')} for ${labels.join('.')}`).toBe(expected)
    }),
    { numRuns: 2000 },
  )
  expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(200)
})

test.each([
  ['*.example.com', 'a.example.com', true],
  ['*.example.com', '*.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', 'a.b.example.com', false],
  ['*.example.com', 'a.example.com.evil.test', false],
  ['**.example.com', 'a.b.example.com', true],
  ['**.example.com', 'b.*.example.com', true],
  ['**.example.com', 'example.com', false],
  ['**', 'a.example.com', true],
  ['*', 'example.com', false],
  ['a.**.com', 'a.b.c.com', true],
  ['a.**.com', 'a.com', false],
  ['www.*', 'www.example', true],
  ['www.*', 'www.example.com', false],
  ['www.example.com', 'www.example.com', true],
  ['www.example.com', 'wwwxexample.com', false],
  ['a.example.com', '*.example.com', false],
  ['WWW.Example.COM.', 'www.example.com', true],
  ['*.Bücher.example', 'a.xn--bcher-kva.example', true],
  ['*。例え。テスト', 'a.xn--r8jz45g.xn--zckzah', true],
])('that %s matches %s is %s, also with !', (text, name, expected) => {
  expect(pattern(text).test(name)).toBe(expected)
  expect(pattern(`!${text}`).test(name)).toBe(expected)
})

test('normalises the text of a pattern, without its !', () => {
  expect(pattern('!**.BÜCHER.example.')).toMatchObject({ text: '**.xn--bcher-kva.example', excludes: true })
  expect(pattern('*')).toMatchObject({ text: '*', excludes: false })
})

test.each([
  ['api-*.example.com', 'a pattern with `*` inside a label'],
  ['***.example.com', 'a pattern with `*` inside a label'],
  ['!', 'not a host name'],
  ['*..example.com', 'not a host name'],
  ['*.my_host.example.com', 'a name with an underscore'],
  ['*.example.com:443', 'a host with a port'],
  ['localhost', 'a single label'],
])('refuses %s: %s', (entry, what) => {
  expect(inEnglish(parsePattern(entry))).toMatchObject({ what })
})

test('agrees with the other matcher on all patterns of up to five labels and names of up to six', () => {
  const listsOf = (labels: readonly string[], length: number): string[][] =>
    length === 0 ? [[]] : listsOf(labels, length - 1).flatMap((list) => labels.map((one) => [...list, one]))
  const names = [2, 3, 4, 5, 6].flatMap((length) => listsOf(['a', 'b'], length))
  const different = [2, 3, 4, 5]
    .flatMap((length) => listsOf(['a', 'b', '*', '**'], length))
    .flatMap((list) => {
      const { test: isMatch } = pattern(list.join('.'))
      return names.filter((name) => isMatch(name.join('.')) !== matches(list, name)).map((name) => [list, name])
    })
  expect(different).toEqual([])
})
