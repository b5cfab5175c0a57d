import fc from 'fast-check'
import { expect, test } from 'vitest'
import { selectExact, selectMatching, unknownHosts } from '../../src/discover/select.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import { parsePattern } from '../../src/model/hostname.ts'
import { Problem } from '../../src/model/problem.ts'
import type { Domain } from '../../src/tencent/hosts.ts'
import { nearest } from '../../src/util/suggest.ts'

const domain = (host: string, status: string | undefined = 'online'): Domain => ({
  host,
  status,
  certificates: [],
  mutual: '',
})
const domains = (...hosts: string[]) => hosts.map((host) => domain(host))
const site = domains('*.example.com', 'api.example.com', 'b.a.example.com', 'example.com', 'www.example.com')

const patterns = (...entries: string[]) =>
  entries.map((entry) => {
    const parsed = parsePattern(entry)
    if (!('value' in parsed)) throw new Error(`${entry} is ${parsed.what}`)
    return parsed.value
  })
const byPattern = (on: readonly Domain[], ...entries: string[]) =>
  selectMatching({ match: 'pattern', patterns: patterns(...entries) }, on, [])
const byCertificate = (certificates: readonly Certificate[], ...entries: string[]) =>
  selectMatching({ match: 'certificate', patterns: patterns(...entries) }, site, certificates)
const names = ({ hosts }: { readonly hosts: readonly { readonly host: string }[] }) => hosts.map(({ host }) => host)

/** The Problem of a selection that cannot be. */
const problemOf = (hosts: readonly string[], on: readonly Domain[]): Problem => {
  try {
    selectExact(hosts, on)
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
    throw thrown
  }
  throw new Error('selected')
}

test('named hosts are chosen in order of name, each with its domain, whatever their state', () => {
  const on = [domain('a.example.com'), domain('b.example.com', 'offline')]
  expect(selectExact(['b.example.com', 'a.example.com'], on)).toEqual({
    hosts: on,
    notes: [],
  })
  expect(names(selectExact(['*.example.com'], site))).toEqual(['*.example.com'])
})

test('of all named hosts that the site does not have, each is reported with the names nearest to it', () => {
  const problem = problemOf(['wwww.example.com', 'api.example.com', 'entirely-different.test'], site)
  expect(problem.code).toBe('Input.UnknownHosts')
  expect(problem.message).toBe(
    '2 hosts not among the 5 acceleration domains of the site: wwww.example.com, entirely-different.test',
  )
  expect(problem.findings).toEqual([
    {
      input: 'hosts',
      seen: '“wwww.example.com”, which the site does not have',
      expected: 'perhaps www.example.com',
    },
    {
      input: 'hosts',
      seen: '“entirely-different.test”, which the site does not have',
      expected: 'one of its domains, such as *.example.com, api.example.com, b.a.example.com',
    },
  ])
})

test('a wildcard that is no domain is told what it would match as a pattern', () => {
  const plain = domains('a.example.com', 'b.example.com', 'c.b.example.com')
  expect(problemOf(['*.example.com'], plain).findings).toEqual([
    {
      input: 'hosts',
      seen: '“*.example.com”, which is no acceleration domain',
      expected:
        'the hosts that it would match as a pattern: a.example.com, b.example.com; name them, or set match: pattern',
    },
  ])
  expect(problemOf(['*.example.org'], plain).findings[0]?.expected).toBe(
    'a name that the site has; as a pattern it would match none of them',
  )
  const many = domains(...Array.from({ length: 12 }, (_, i) => `h${i}.example.com`))
  expect(problemOf(['*.example.com'], many).findings[0]?.expected).toContain('h9.example.com and 2 more; name them')
})

test('a site without domains has nothing to propose', () => {
  const { message, findings } = problemOf(['www.example.com'], [])
  expect(message).toBe('1 host not among the 0 acceleration domains of the site: www.example.com')
  expect(findings[0]?.expected).toBe('one of its domains, such as (it has none)')
})

test('the unknown hosts are exactly those that no domain is named', () => {
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
])('the patterns %j choose %j', (entries, expected) => {
  const selection = byPattern(site, ...entries)
  expect(names(selection)).toEqual(expected)
  expect(selection.hosts.every((host) => site.some((domain) => domain === host))).toBe(true)
  expect(selection.notes).toEqual([])
})

test('an exclusion wins wherever it stands', () => {
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
  const on = domains('www.xn--bcher-kva.example', 'xn--bcher-kva.example')
  expect(names(byPattern(on, '*.BÜCHER.example'))).toEqual(['www.xn--bcher-kva.example'])
})

test('hosts that are not online are left out, and said; others are not', () => {
  const on = [
    domain('a.example.com', 'offline'),
    domain('b.example.com', 'process'),
    domain('c.example.com', 'forbidden'),
    domain('d.example.com', 'init'),
    { host: 'e.example.com', certificates: [], mutual: '' },
    domain('f.example.org', 'offline'),
  ]
  const selection = byPattern(on, '*.example.com')
  expect(names(selection)).toEqual(['b.example.com', 'e.example.com'])
  expect(selection.notes).toEqual([
    'Left out, because they are not online: a.example.com (offline), c.example.com (forbidden), d.example.com (init).',
  ])
})

test('a pattern that matches no host of the site is noted, one whose hosts are excluded is not', () => {
  expect(byPattern(site, '*.example.ORG', 'api.example.com', '!api.**', '!*.idle.test')).toEqual({
    hosts: [],
    notes: ['The pattern “*.example.org” matches no host of the site.'],
  })
})

test('by certificate, the hosts are those that every certificate covers, narrowed by patterns', () => {
  const wild = { id: 'w', names: ['*.example.com', 'example.com'] }
  const few = { id: 'f', names: ['www.example.com', 'example.com', 'b.a.example.com'] }
  expect(names(byCertificate([wild]))).toEqual(['*.example.com', 'api.example.com', 'example.com', 'www.example.com'])
  expect(names(byCertificate([wild, few]))).toEqual(['example.com', 'www.example.com'])
  expect(names(byCertificate([wild], '!*.example.com'))).toEqual(['example.com'])
  expect(names(byCertificate([wild], 'www.**', 'b.**'))).toEqual(['www.example.com'])
  expect(names(byCertificate([wild, { id: 'unknown' }]))).toEqual([])
})

test('the nearest names come nearest first, none much worse than the best, and none when nothing is alike', () => {
  const have = ['wxw.example.com', 'www.example.com', 'web.example.com', 'www.example.com.cn', 'img.example.com']
  expect(nearest('www.example.com', have, 3)).toEqual(['www.example.com', 'wxw.example.com'])
  expect(nearest('wwz.example.com', have, 3)).toEqual(['www.example.com', 'web.example.com', 'wxw.example.com'])
  expect(nearest('wwz.example.com', have, 1)).toEqual(['www.example.com'])
  expect(nearest('shop.test', have, 3)).toEqual([])
})
