import { describe, expect, test } from 'vitest'
import { entriesOf, escaped, readManifest, wrongIn } from '../support/manifest.ts'

const site = '{ zone-id: zone-1, hosts: a.com, cert-id: x }'

describe('aliases', () => {
  test('may repeat a list or a site', async () => {
    const text = `sites:\n  - &a { zone-id: zone-1, hosts: &h [a.com, b.com], cert-id: x }\n  - *a\n  - { zone-id: zone-2, hosts: *h, cert-id: x }\n`
    const entries = await entriesOf(text)
    expect(entries.map(({ options }) => options.selection)).toEqual(
      Array.from({ length: 3 }, () => ({ match: 'exact', hosts: ['a.com', 'b.com'] })),
    )
  })

  test('stand for the last anchor before them', async () => {
    const text = `sites:\n  - { zone-id: &z zone-1, hosts: a.com, cert-id: x }\n  - { zone-id: *z, hosts: b.com, cert-id: x }\n  - { zone-id: &z zone-2, hosts: c.com, cert-id: x }\n  - { zone-id: *z, hosts: d.com, cert-id: x }\n`
    expect((await entriesOf(text)).map(({ zones }) => zones)).toEqual(
      ['zone-1', 'zone-1', 'zone-2', 'zone-2'].map((id) => ({ by: 'id', ids: [id] })),
    )
  })

  test.each([
    ['sites: &a [*a]', '1:12 manifest: An alias stands for no earlier anchor.'],
    ['sites: [*a, &a 1]', '1:9 manifest: An alias stands for no earlier anchor.'],
    ['sites: &a { b: *a }', '1:16 manifest: An alias stands for no earlier anchor.'],
  ])('do not stand for themselves, or for what comes later: %s', async (text, start) => {
    expect(await wrongIn(text)).toEqual([expect.stringMatching(`^${escaped(start)}`)])
  })

  // Nine to the power of 26 values, if each were copied.
  test('do not multiply what they stand for', async () => {
    const names = Array.from('abcdefghijklmnopqrstuvwxyz')
    const lists = names.map(
      (name, i) =>
        `${name}: &${name} [${Array.from({ length: 9 }, () => (i === 0 ? 'x' : `*${names[i - 1]}`)).join(', ')}]`,
    )
    expect(await wrongIn(`${lists.join('\n')}\nsites: *z\n`)).toHaveLength(names.length + 1)
  })

  test('and defaults do not ask for any number of hosts', async () => {
    const label = 'x'.repeat(60)
    const hosts = Array.from({ length: 2000 }, (_, i) => `host-${i}.${label}.${label}.${label}.com`).join(',')
    const sites = Array.from({ length: 200 }, () => '- zone-id: zone-1').join('\n')
    expect(await wrongIn(`defaults: { cert-id: x, hosts: [${hosts}] }\nsites:\n${sites}\n`)).toEqual([
      expect.stringMatching(/^\d+:3 sites: got more than 32 MiB of values; expected less/),
    ])
  })
})

describe('keys', () => {
  test.each([
    ['sites: [{ zone-id: zone-1, zone-id: zone-2 }]', '1:28'],
    [`sites: [${site}]\nsites: []`, '2:1'],
    [`{"sites": [], "sites": []}`, '1:15'],
    [`accounts: { a: {}, a: {} }\nsites: [${site}]`, '1:20'],
  ])('must not occur twice: %s', async (text, place) => {
    expect(await wrongIn(text)).toEqual([`${place} manifest: A key occurs twice. Keep one of the two.`])
  })

  test('are compared in linear time', async () => {
    const cpuTime = async (count: number) => {
      const accounts = Array.from({ length: count }, (_, i) => `  a${i}: {}`)
      const start = process.threadCpuUsage()
      expect(await wrongIn(`accounts:\n${accounts.join('\n')}\nsites: [${site}]`)).toEqual([])
      return process.threadCpuUsage(start).user
    }
    await cpuTime(5000)
    // Each with each other would take 64 times as long.
    expect((await cpuTime(40_000)) / (await cpuTime(5000))).toBeLessThan(25)
  })

  test.each([
    ['sites: [{ certid: x }]', '1:11 certid: this key does not exist here. Did you mean “cert-id”?'],
    [
      'sites: [{ secret-id: x }]',
      '1:11 secret-id: this key does not exist here. It belongs to an account under “accounts”.',
    ],
    [
      'sites: [{ wait-minutes: 5 }]',
      '1:11 wait-minutes: this key does not exist here. It holds for the whole step, so it belongs to “defaults”.',
    ],
    ['defaults: { zone-id: x }', '1:13 zone-id: this key does not exist here. It belongs to a site under “sites”.'],
    ['defaults: { language: x }', '1:13 language: this key does not exist here. It is an input of the step alone.'],
    ['accounts: { a: { hosts: x } }', '1:18 hosts: this key does not exist here. It belongs to a site under “sites”.'],
    ['acounts: {}', '1:1 acounts: this key does not exist here. Did you mean “accounts”?'],
    ['xyzzyx: {}', '1:1 xyzzyx: this key does not exist here. The keys are defaults, accounts, sites.'],
    ['sites: [{ __proto__: { hosts: a.com } }]', '1:11 manifest: this key (not shown) does not exist here'],
    ['sites: [{ constructor: x }]', '1:11 constructor: this key does not exist here'],
  ])('that do not exist come with the nearest, or with their place: %s', async (text, start) => {
    expect(await wrongIn(text)).toContainEqual(expect.stringMatching(`^${escaped(start)}`))
  })

  test('that name an account __proto__ or constructor are names like others', async () => {
    const text = (name: string, listed: string) =>
      `accounts: { ${listed}: { allowed-account-ids: 100000000001 } }\nsites: [{ account: ${name}, zone-id: zone-1, hosts: a.com, cert-id: x }]`
    for (const name of ['__proto__', 'constructor']) {
      expect((await readManifest(text(name, name))).task?.accounts).toMatchObject([
        { name, account: { allowedAccounts: ['100000000001'] } },
      ])
      expect(await wrongIn(text(name, 'main'))).toEqual([`2:20 account: got “${name}”; expected one of main.`])
    }
    expect(Object(Object.prototype)['allowed-account-ids']).toBeUndefined()
  })
})

describe('an empty value', () => {
  test.each(['', '""', '" "', 'null', '~', '[]', '[""]', '[null]'])(
    'is an error, and never the default: %j',
    async (value) => {
      const [first, ...others] = await wrongIn(
        `defaults: { cert-id: newest }\nsites:\n  - zone-id: zone-1\n    hosts: a.com\n    cert-id: ${value}\n`,
      )
      expect(others).toEqual([])
      expect(first).toMatch(
        /^5:\d+ cert-id: got (?:nothing \(perhaps an empty expression\)|an empty list); expected a value.*; or leave the key out\.$/,
      )
    },
  )

  test('of defaults, accounts or an account is none', async () => {
    expect(await wrongIn(`defaults:\naccounts:\nsites: [${site}]`)).toEqual([])
    expect(await wrongIn(`accounts:\n  a:\nsites: [${site.replace(' }', ', account: a }')}]`)).toEqual([])
  })

  test('of an account’s name, or in place of a site, is an error', async () => {
    expect(await wrongIn(`sites: [${site.replace(' }', ', account: }')}]`)).toEqual([
      expect.stringMatching(/^1:\d+ account: got nothing; expected the name of an account under accounts\.$/),
    ])
    expect(await wrongIn(`sites:\n  - ${site}\n  -\n`)).toEqual([
      expect.stringMatching(/^3:\d sites: got an empty entry; expected a site\.$/),
    ])
  })
})

test.each<readonly [name: string, place: string, text?: string]>([
  ['[', '1:2'],
  ['sites: "', '1:9'],
  ['a: b: c', '1:4'],
  ['sites:\n\t- x', '2:1'],
  ['a: 1\n---\nb: 2', '2:1'],
  ['sites: !!binary aGk=', '1:8'],
  ['sites: !custom []', '1:8'],
  ['? [a]\n: b', '1:3'],
  ['50,000 opening brackets', '1:', '['.repeat(50_000)],
  [`sites: ${'['.repeat(20)}${']'.repeat(20)}`, '1:'],
  ['sites: @x', '1:8'],
])('what is not YAML is shown by its place, and not quoted: %j', async (name, place, given) => {
  const text = given ?? String(name)
  const { problem } = await readManifest(text)
  expect(problem?.code).toBe('Input.Manifest')
  expect(problem?.findings.length).toBeGreaterThan(0)
  for (const { input, form } of problem?.findings ?? []) expect([input, form]).toEqual(['manifest', 'sentences'])
  expect((await wrongIn(text))[0]).toMatch(`${place}`)
})

test.each([
  ['YAML', `sites:\n  - zone-id: zone-1\n    hosts: a.com\n    cert-id: x\n`],
  ['YAML with CRLF', `sites:\r\n  - zone-id: zone-1\r\n    hosts: a.com\r\n    cert-id: x\r\n`],
  ['YAML after a byte order mark', `\ufeffsites: [${site}]`],
  ['JSON', '{"sites":[{"zone-id":"zone-1","hosts":["a.com"],"cert-id":"x"}]}'],
  [
    'JSON that is indented by tabs',
    '{\n\t"sites": [\n\t\t{ "zone-id": "zone-1",\n\t\t\t"hosts": [\n\t\t\t\t"a.com"\n\t\t\t],\n\t\t\t"cert-id": "x" }\n\t]\n}',
  ],
  ['hosts as a block of text', 'sites:\n  - zone-id: zone-1\n    hosts: |\n      # all\n      a.com\n    cert-id: x\n'],
])('%s is read', async (_, text) => {
  const entries = await entriesOf(text)
  expect(entries).toMatchObject([{ zones: { ids: ['zone-1'] }, options: { selection: { hosts: ['a.com'] } } }])
})

test.each([
  ['cert-id: 00123', { ids: ['00123'] }],
  ['cert-id: 1e5', { ids: ['1e5'] }],
  ['cert-id: 12345678901234567890', { ids: ['12345678901234567890'] }],
  ['cert-id: [a, 0x10]', { ids: ['a', '0x10'] }],
])('a number is taken as it is written: %s', async (value, source) => {
  expect(await entriesOf(`sites: [{ zone-id: zone-1, hosts: a.com, ${value} }]`)).toMatchObject([{ source }])
})

test.each([
  ['cert-id: true', '1:51 cert-id: got true; expected a text, in quotes if it is this word.'],
  ['cert-id: x, hosts: { a: b }', /^1:\d+ hosts: got a mapping; expected a value, or a list of values\.$/],
  ['cert-id: x, match: [exact]', /^1:\d+ match: got a list; expected one value\.$/],
  [
    'cert-id: [[x]]',
    /^1:\d+ cert-id: got a list with lists or mappings in it; expected a value, or a list of values\.$/,
  ],
])('a value of another kind is one finding: %s', async (value, expected) => {
  const text = `sites: [{ zone-id: zone-1, ${value.includes('hosts') ? '' : 'hosts: a.com, '}${value} }]`
  expect(await wrongIn(text)).toEqual([typeof expected === 'string' ? expected : expect.stringMatching(expected)])
})

test('a merge key is refused with what to use instead', async () => {
  const text =
    'sites: [&a { zone-id: zone-1, hosts: a.com, cert-id: x }, { <<: *a, zone-id: zone-2, hosts: a.com, cert-id: x }]'
  expect(await wrongIn(text)).toEqual([
    '1:61 <<: this key does not exist here. Merge keys are not read. Put what sites have in common into “defaults”, or repeat it.',
  ])
})

test('a message names twenty of many problems, and the findings are all', async () => {
  const { problem } = await readManifest(`sites:\n${'  - { zone-id: x, hosts: a.com, cert-id: x }\n'.repeat(100)}`)
  expect(problem?.findings).toHaveLength(100)
  expect(problem?.message.match(/zone-id: got/g)).toHaveLength(20)
  expect(problem?.message).toMatch(/^100 problems\. .* … and 80 more\.$/)
})

test('accounts with the same settings are one, whose name does not depend on their order', async () => {
  const account = `{ secret-id: "\${ID}", secret-key: "\${KEY}" }`
  const sites = (...names: readonly string[]) =>
    names.map((name) => `{ account: ${name}, zone-id: zone-1, hosts: ${name}.com, cert-id: x }`)
  const namesOf = async (...names: readonly string[]) => {
    const text = `accounts: { b: ${account}, a: ${account} }\nsites: [${sites(...names).join(', ')}]`
    const { task } = await readManifest(text, { env: { ID: 'AKIDother', KEY: 'otherkey' } })
    return task?.accounts.map(({ name, entries }) => [name, entries.length])
  }
  expect(await namesOf('a', 'b')).toEqual([['a', 2]])
  expect(await namesOf('b', 'a')).toEqual([['a', 2]])
})
