import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Chosen, selectExact, selectMatching, unknownHosts } from '../../src/discover/select.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import type { Host } from '../../src/model/host.ts'
import { parsePattern } from '../../src/model/hostname.ts'
import { findingText, Problem } from '../../src/model/problem.ts'
import { nearest } from '../../src/util/suggest.ts'
import { inEnglish } from '../support/english.ts'

const hostOf = (name: string, status: string | undefined = 'online'): Host => ({
  name,
  status,
  certificates: [],
  mutualTls: {},
})
const hostsOf = (...names: string[]) => names.map((name) => hostOf(name))
const site = hostsOf('*.example.com', 'api.example.com', 'b.a.example.com', 'example.com', 'www.example.com')

const patterns = (...entries: string[]) =>
  entries.map((entry) => {
    const parsed = parsePattern(entry)
    if (!('value' in parsed)) throw new Error(`${entry} is ${parsed.what.en}`)
    return parsed.value
  })
const byPattern = (on: readonly Host[], ...entries: string[]) =>
  selectMatching({ match: 'pattern', patterns: patterns(...entries) }, on, [])
const byCertificate = (certificates: readonly Certificate[], ...entries: string[]) =>
  selectMatching({ match: 'certificate', patterns: patterns(...entries) }, site, certificates)
const names = ({ hosts }: Chosen) => hosts.map(({ name }) => name)

/** The Problem of a selection that cannot be. */
const problemOf = (hosts: readonly string[], on: readonly Host[]): Problem => {
  try {
    selectExact(hosts, on)
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
    throw thrown
  }
  throw new Error('selected')
}

test('named hosts are selected in order of name, whatever their state', () => {
  const on = [hostOf('a.example.com'), hostOf('b.example.com', 'offline')]
  expect(selectExact(['b.example.com', 'a.example.com'], on)).toEqual({
    hosts: on,
    notes: [],
  })
  expect(names(selectExact(['*.example.com'], site))).toEqual(['*.example.com'])
})

test('each named host that the site does not have is reported with the nearest names', () => {
  const problem = problemOf(['wwww.example.com', 'api.example.com', 'entirely-different.test'], site)
  expect(problem.code).toBe('Input.UnknownHosts')
  expect(problem.message).toBe(
    '2 hosts not found among the 5 acceleration domains of the site: wwww.example.com, entirely-different.test',
  )
  expect(inEnglish(problem.findings)).toMatchObject([
    {
      input: 'hosts',
      seen: '“wwww.example.com” was not found',
      expected: 'Did you mean www.example.com?',
    },
    {
      input: 'hosts',
      seen: '“entirely-different.test” was not found',
      expected: 'The site has, for example, *.example.com, api.example.com, b.a.example.com.',
    },
  ])
})

test('an unknown host reads as a sentence', () => {
  const { findings } = problemOf(['wwww.example.com'], site)
  expect(findings.map((finding) => findingText(finding).en)).toEqual([
    'hosts: “wwww.example.com” was not found. Did you mean www.example.com?',
  ])
})

test('a wildcard that is no acceleration domain is reported with what it would match as a pattern', () => {
  const plain = hostsOf('a.example.com', 'b.example.com', 'c.b.example.com')
  expect(inEnglish(problemOf(['*.example.com'], plain).findings)).toMatchObject([
    {
      input: 'hosts',
      seen: '“*.example.com” was not found',
      expected:
        'No acceleration domain has this name. As a pattern it would match a.example.com, b.example.com: name these, or set match: pattern.',
    },
  ])
  expect(problemOf(['*.example.org'], plain).findings[0]?.expected.en).toBe(
    'No acceleration domain has this name, and as a pattern it would match none.',
  )
  const many = hostsOf(...Array.from({ length: 12 }, (_, i) => `h${i}.example.com`))
  expect(problemOf(['*.example.com'], many).findings[0]?.expected.en).toContain('h9.example.com and 2 more: name these')
})

test('a site without hosts is reported as such, without a suggestion', () => {
  const { message, findings } = problemOf(['www.example.com'], [])
  expect(message).toBe('1 host not found among the 0 acceleration domains of the site: www.example.com')
  expect(findings[0]?.expected.en).toBe('The site has no acceleration domains.')
})

test('a host is unknown exactly if no host of the site has its name', () => {
  expect(unknownHosts(['www.example.com', 'a.example.com', '*.example.com', 'x.test'], site)).toEqual([
    'a.example.com',
    'x.test',
  ])
})

test.each<[string[], string[]]>([
  [['*.example.com'], ['*.example.com', 'api.example.com', 'www.example.com']],
  [['**.example.com'], ['*.example.com', 'api.example.com', 'b.a.example.com', 'www.example.com']],
  [['**'], ['*.example.com', 'api.example.com', 'b.a.example.com', 'example.com', 'www.example.com']],
  [
    ['*.example.com', '!api.example.com'],
    ['*.example.com', 'www.example.com'],
  ],
  [
    ['!api.example.com', '*.example.com'],
    ['*.example.com', 'www.example.com'],
  ],
  [
    ['API.Example.com', '*.a.example.com', 'example.com'],
    ['api.example.com', 'b.a.example.com', 'example.com'],
  ],
  [['**', '!**.example.com'], ['example.com']],
  [['!api.example.com'], []],
  [[], []],
])('the patterns %j select %j', (entries, expected) => {
  const selection = byPattern(site, ...entries)
  expect(names(selection)).toEqual(expected)
  expect(selection.hosts.every((host) => site.some((one) => one === host))).toBe(true)
  expect(inEnglish(selection.notes)).toEqual([])
})

test('an exclusion wins, whatever the order', () => {
  const some = fc.shuffledSubarray(['**', 'example.com', '!*.example.com', '*.example.com', '!b.**', '*.a.example.com'])
  fc.assert(
    fc.property(some, (entries) => {
      const excluded = names(byPattern(site, '**')).filter((host) =>
        patterns(...entries).some((pattern) => pattern.excludes && pattern.test(host)),
      )
      const chosen = names(byPattern(site, ...entries))
      expect(chosen).toEqual(names(byPattern(site, ...entries.toSorted())))
      expect(chosen.filter((host) => excluded.includes(host))).toEqual([])
    }),
  )
})

test('an international name is matched however it is written', () => {
  const on = hostsOf('www.xn--bcher-kva.example', 'xn--bcher-kva.example')
  expect(names(byPattern(on, '*.BÜCHER.example'))).toEqual(['www.xn--bcher-kva.example'])
})

test('inactive hosts are left out, and named in a note', () => {
  const on = [
    hostOf('a.example.com', 'offline'),
    hostOf('b.example.com', 'process'),
    hostOf('c.example.com', 'forbidden'),
    hostOf('d.example.com', 'init'),
    { name: 'e.example.com', certificates: [], mutualTls: {} },
    hostOf('f.example.org', 'offline'),
  ]
  const selection = byPattern(on, '*.example.com')
  expect(names(selection)).toEqual(['b.example.com', 'e.example.com'])
  expect(inEnglish(selection.notes)).toEqual([
    'Not online, so left out: a.example.com (offline), c.example.com (forbidden), d.example.com (init).',
  ])
})

test('a pattern that matches no host of the site is named; one whose hosts are excluded is not', () => {
  expect(byPattern(site, '*.example.ORG', 'api.example.com', '!api.**', '!*.idle.test')).toEqual({
    hosts: [],
    notes: [],
    idle: ['*.example.org'],
  })
})

test('match: certificate selects the hosts that every certificate covers, narrowed by patterns', () => {
  const wild = { id: 'w', names: ['*.example.com', 'example.com'] }
  const few = { id: 'f', names: ['www.example.com', 'example.com', 'b.a.example.com'] }
  expect(names(byCertificate([wild]))).toEqual(['*.example.com', 'api.example.com', 'example.com', 'www.example.com'])
  expect(names(byCertificate([wild, few]))).toEqual(['example.com', 'www.example.com'])
  expect(names(byCertificate([wild], '!*.example.com'))).toEqual(['example.com'])
  expect(names(byCertificate([wild], 'www.**', 'b.**'))).toEqual(['www.example.com'])
  expect(names(byCertificate([wild, { id: 'unknown' }]))).toEqual([])
})

test('match: certificate leaves hosts on a free certificate of EdgeOne alone, and says so, unless a pattern names them', () => {
  const wild = { id: 'w', names: ['*.example.com'] }
  const on = [
    { ...hostOf('a.example.com'), mode: 'sslcert' },
    { ...hostOf('b.example.com'), mode: 'eofreecert' },
    { ...hostOf('c.example.com'), mode: 'eofreecert_manual' },
    { ...hostOf('d.example.com'), mode: 'disable' },
    { ...hostOf('e.example.com', 'offline'), mode: 'eofreecert' },
  ]
  const select = (...entries: string[]) =>
    selectMatching({ match: 'certificate', patterns: patterns(...entries) }, on, [wild])
  const all = select()
  expect(names(all)).toEqual(['a.example.com', 'd.example.com'])
  expect(inEnglish(all.notices)).toEqual([
    expect.stringMatching(
      /^Left alone, because EdgeOne renews .* by itself: b\.example\.com, c\.example\.com\. To bind /,
    ),
  ])
  expect(inEnglish(all.notes)).toEqual([expect.stringContaining('Not online')])
  expect(names(select('!c.example.com'))).toEqual(['a.example.com', 'd.example.com'])
  expect(names(select('b.example.com', 'a.example.com'))).toEqual(['a.example.com', 'b.example.com'])
  expect(select('b.example.com')).not.toHaveProperty('notices')
  expect(names(select('**', '!c.example.com'))).toEqual(['a.example.com', 'b.example.com', 'd.example.com'])
  expect(names(selectMatching({ match: 'pattern', patterns: patterns('*.example.com') }, on, []))).toHaveLength(4)
})

test('the nearest names come nearest first, none much farther than the nearest, and none when all are far', () => {
  const have = ['wxw.example.com', 'www.example.com', 'web.example.com', 'www.example.com.cn', 'img.example.com']
  expect(nearest('www.example.com', have, 3)).toEqual(['www.example.com', 'wxw.example.com'])
  expect(nearest('wwz.example.com', have, 3)).toEqual(['www.example.com', 'web.example.com', 'wxw.example.com'])
  expect(nearest('wwz.example.com', have, 1)).toEqual(['www.example.com'])
  expect(nearest('shop.test', have, 3)).toEqual([])
})
