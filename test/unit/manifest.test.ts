import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { parseManifest } from '../../src/inputs/manifest.ts'
import { Problem } from '../../src/model/problem.ts'
import type { Task } from '../../src/model/task.ts'
import { runs } from '../support/depth.ts'
import { envOf } from '../support/inputs.ts'

const key = { 'secret-id': 'AKIDexample', 'secret-key': 'keyexample' }
const secrets = { OTHER_ID: 'AKIDother', OTHER_KEY: 'otherkey', KEY_PEM: 'a key, perhaps' }
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/manifest.schema.json'), 'utf8'))
const isValid = new Ajv2020({ allErrors: true, strict: false }).compile(schema)

/** The task, or the Problem of a manifest, beside these inputs of the step. */
const read = async (text: string, inputs: Readonly<Record<string, string>> = key): Promise<Task | Problem> => {
  const masked: string[] = []
  try {
    return parseManifest({ ...envOf(inputs), ...secrets }, { text, file: 'sites.yml' }, (secret) => masked.push(secret))
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
    throw thrown
  }
}
const taskOf = async (text: string, inputs?: Readonly<Record<string, string>>): Promise<Task> => {
  const task = await read(text, inputs)
  if (task instanceof Problem) throw task
  return task
}
/** What is wrong, as `line:column input`. */
const wrong = async (text: string, inputs?: Readonly<Record<string, string>>): Promise<string[]> => {
  const problem = await read(text, inputs)
  if (!(problem instanceof Problem)) return []
  expect(problem.code).toBe('Input.Manifest')
  return problem.findings.map(({ input, at }) => `${at === undefined ? 'step' : `${at.line}:${at.column}`} ${input}`)
}
const site = '{ zone-name: example.com, hosts: www.example.com, cert-id: J2JqATrt }'

describe('a value', () => {
  test('of a site comes before the defaults, these before the inputs of the step, and these before the default of an input', async () => {
    const text = `
defaults: { wait-for: accepted, min-days-left: 7 }
sites:
  - { zone-name: example.com, hosts: a.example.com, cert-id: x, wait-for: deployed }
  - { zone-name: example.com, hosts: b.example.com, cert-id: x }
`
    const { accounts } = await taskOf(text, { ...key, 'wait-for': 'served', 'min-days-left': '3', 'dry-run': 'true' })
    const options = accounts[0]?.entries.map((entry) => entry.options) ?? []
    expect(
      options.map(({ waitFor, minDaysLeft, dryRun, rollback }) => [waitFor, minDaysLeft, dryRun, rollback]),
    ).toEqual([
      ['deployed', 7, true, false],
      ['accepted', 7, true, false],
    ])
  })

  test('hides in the layers below what it excludes', async () => {
    const text = `
defaults: { cert-id: newest }
sites:
  - { zone-name: example.com, hosts: a.example.com, certificate: a.pem, private-key: a.key }
  - { zone-name: example.com, hosts: b.example.com, mode: eofreecert }
  - { zone-name: example.com, hosts: c.example.com }
`
    const { accounts } = await taskOf(text)
    expect(accounts[0]?.entries.map(({ source }) => source.kind)).toEqual(['pem-text', 'mode', 'newest'])
  })

  test('may be a list where the input takes several, and a number as it is written', async () => {
    const text = `sites: [{ zone-id: [zone-1, zone-2], match: pattern, hosts: ['**.a.com', '!b.a.com'], cert-id: [a, b], min-days-left: 030 }]`
    const { accounts } = await taskOf(text)
    const [entry] = accounts[0]?.entries ?? []
    expect(entry?.zones).toEqual({ by: 'id', ids: ['zone-1', 'zone-2'] })
    expect([entry?.source, entry?.options.minDaysLeft]).toEqual([{ kind: 'ids', ids: ['a', 'b'] }, 30])
  })

  test('of a key, or PEM, may be a variable', async () => {
    const text = `
accounts: { other: { secret-id: '\${OTHER_ID}', secret-key: '\${OTHER_KEY}' } }
sites: [{ zone-id: zone-1, account: other, hosts: a.com, certificate: a.pem, private-key: '\${KEY_PEM}' }]
`
    const { accounts } = await taskOf(text, {})
    expect(accounts[0]?.account.signIn).toEqual({ kind: 'key', key: { secretId: 'AKIDother', secretKey: 'otherkey' } })
    expect(accounts[0]?.entries[0].source).toMatchObject({ certificate: 'a.pem', privateKey: 'a key, perhaps' })
  })
})

test('sites are grouped by account, and accounts with the same settings are one', async () => {
  const same = `{ secret-id: '\${OTHER_ID}', secret-key: '\${OTHER_KEY}' }`
  const text = `
accounts: { a: ${same}, b: ${same} }
sites: [${site}, { zone-id: zone-1, account: a, hosts: a.com, cert-id: x }, { zone-id: zone-2, account: b, hosts: b.com, cert-id: x }]
`
  const { accounts } = await taskOf(text)
  expect(accounts.map(({ name, entries }) => [name, entries.length])).toEqual([
    [undefined, 1],
    ['a', 2],
  ])
  expect(accounts[1]?.entries[1]?.at).toEqual({ file: 'sites.yml', line: 3, column: expect.any(Number) })
})

test('the key of the step is required only for a site without an account', async () => {
  const account = `accounts: { a: { role-arn: 'qcs::cam::uin/100000000001:roleName/x', oidc-provider: github } }`
  expect(await wrong(`${account}\nsites: [{ zone-id: zone-1, account: a, hosts: a.com, cert-id: x }]`, {})).toEqual([])
  expect(await wrong(`sites: [${site}]`, {})).toEqual(['1:9 secret-id', '1:9 secret-key'])
})

test.each<[string, string[]]>([
  ['sites: []', ['1:8 sites']],
  ['', ['1:1 sites']],
  ['[]', ['1:1 manifest']],
  ['sites: {}', ['1:8 sites']],
  [`site: [${site}]`, ['1:1 site', '1:1 sites']],
  [`sites: [${site}, 7]`, [`1:${12 + site.length - 1} sites`]],
  [`defaults: { zone-id: zone-1 }\nsites: [${site}]`, ['1:13 zone-id']],
  [`accounts: { 'a b': {} }\nsites: [${site}]`, ['1:13 accounts']],
  ['sites:\n  - { zone-id: zone-1, hosts: a.com, cert-id: x, account: b }', ['2:59 account']],
  ['sites:\n  - { zone-id: zone-1, hosts: { a: b }, cert-id: x }', ['2:31 hosts']],
  [`sites:\n  - { zone-id: zone-1, hosts: a.com, cert-id: "\${X}" }`, ['2:47 cert-id']],
  [
    'sites:\n  - { zone-id: zone-1, hosts: a.com, certificate: a.pem, private-key: MIIEowIBAAKCAQEA }',
    ['2:71 private-key'],
  ],
  ['sites: [{ zone-id: zone-1, zone-id: zone-2 }]', ['1:28 manifest']],
  ['sites: &a [*a]', ['1:12 manifest']],
  [`sites: !!js/function 'x'`, ['1:8 manifest']],
])('%j is wrong at its places', async (text, places) => {
  expect(await wrong(text)).toEqual(places)
})

test('inputs of the step that a manifest replaces are errors', async () => {
  const inputs = { ...key, 'zone-id': 'zone-1', hosts: 'a.com', 'cert-id': 'x', shard: '3/2' }
  expect(await wrong(`sites: [${site}]`, inputs)).toEqual(['step zone-id', 'step hosts', 'step cert-id', 'step shard'])
})

test('more than 5,000 sites are refused', async () => {
  const sites = (n: number) => `defaults: { cert-id: x, hosts: a.com }\nsites:\n${'  - zone-id: zone-1\n'.repeat(n)}`
  expect(await wrong(sites(5001))).toEqual(['3:3 sites'])
  expect((await taskOf(sites(5000))).accounts[0]?.entries).toHaveLength(5000)
})

test.each([
  `sites: [${site}]`,
  `defaults: { match: certificate, wait-for: served }\nsites: [{ zone-name: auto, certificate: a.pem, private-key: [a.key] }]`,
  `accounts: { a: { secret-id: '\${OTHER_ID}', secret-key: '\${OTHER_KEY}', allowed-account-ids: [100000000001] } }
sites: [{ account: a, zone-id: [zone-1], hosts: [a.com], cert-id: newest, rollback: true, min-days-left: 7 }]`,
])('the schema accepts what the parser accepts: %s', async (text) => {
  expect(await wrong(text)).toEqual([])
  expect([isValid(parse(text)), isValid.errors]).toEqual([true, null])
})

test.each([
  'sites: []',
  `site: [${site}]`,
  'sites: [{ hosts: a.com, cert-id: x }]',
  'sites: [{ zone-id: zone-1, hosts: a.com, cert-id: x, wait-for: seen }]',
  'sites: [{ zone-id: zone-1, hosts: a.com, cert-id: x, rollbakc: true }]',
  `accounts: { a: { secret-id: AKIDliteral, secret-key: '\${OTHER_KEY}' } }\nsites: [${site}]`,
  `defaults: { zone-id: zone-1 }\nsites: [${site}]`,
])('the schema refuses what the parser refuses: %s', async (text) => {
  expect(await wrong(text)).not.toEqual([])
  expect(isValid(parse(text))).toBe(false)
})

test('whatever the file holds, it is a task or one Problem, and no literal key is shown', async () => {
  const names = [
    'zone-id',
    'zone-name',
    'hosts',
    'cert-id',
    'certificate',
    'private-key',
    'account',
    'mode',
    '__proto__',
    'secret-key',
  ]
  const value = fc.anything({
    maxDepth: 3,
    withBigInt: false,
    key: fc.constantFrom(...names, 'sites', 'accounts', 'defaults'),
  })
  const literal = 'LiteralKey0123456789LiteralKey'
  const mapping = fc.dictionary(fc.constantFrom(...names), fc.oneof(value, fc.constant(literal)), { maxKeys: 6 })
  const manifest = fc.record({
    sites: fc.oneof(fc.array(mapping, { maxLength: 3 }), value),
    accounts: fc.oneof(fc.dictionary(fc.string(), mapping, { maxKeys: 2 }), value),
    defaults: fc.oneof(mapping, value),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        manifest.map((one) => stringify(JSON.parse(JSON.stringify(one) ?? 'null'))),
        fc.string(),
      ),
      async (text) => {
        const found = await read(text)
        if (!(found instanceof Problem)) return
        const shown = found.findings.filter(({ input }) => input === 'secret-key' || input === 'private-key')
        expect(JSON.stringify(shown)).not.toContain(literal)
      },
    ),
    { numRuns: runs(300) },
  )
})

test('the example passes the schema and the parser', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../examples/manifests/certificates.yml'), 'utf8')
  const secretsOfExample = { OVERSEAS_SECRET_ID: 'AKIDexample', OVERSEAS_SECRET_KEY: 'keyexample' }
  const { accounts } = parseManifest(secretsOfExample, { text, file: 'certificates.yml' }, () => {})
  expect(accounts.map(({ name, entries }) => [name, entries.length])).toEqual([
    ['main', 1],
    ['overseas', 1],
  ])
  expect([isValid(parse(text)), isValid.errors]).toEqual([true, null])
})
