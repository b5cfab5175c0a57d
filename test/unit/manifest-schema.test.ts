import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { accountKeys, defaultKeys, siteKeys } from '../../src/inputs/manifest-keys.ts'
import { choices, inputNames } from '../../src/inputs/table.ts'
import { readManifest } from '../support/manifest.ts'

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/manifest.schema.json'), 'utf8'))
const isValid = new Ajv2020({ allErrors: true, strictTypes: false }).compile(schema)
const env = { ID: 'AKIDother', KEY: 'otherkey', PEM: 'key.pem' }
const accepts = async (text: string) => {
  const { problem } = await readManifest(text, { env })
  return { parser: problem === undefined, schema: isValid(parse(text)) }
}

/** A site, with these keys besides or instead. */
const site = (more: string) => {
  const keys = new Set([...more.matchAll(/([a-z-]+): /g)].map(([, key]) => key))
  const usual = { 'zone-id': 'zone-1', hosts: 'a.com', 'cert-id': 'x' }
  const without = [
    ...(keys.has('certificate') || keys.has('mode') ? ['cert-id'] : []),
    ...(keys.has('zone-name') ? ['zone-id'] : []),
  ]
  const rest = Object.entries(usual).flatMap(([key, value]) =>
    keys.has(key) || without.includes(key) ? [] : `${key}: ${value}`,
  )
  return `sites: [{ ${[...rest, ...(more === '' ? [] : [more])].join(', ')} }]`
}
const account = (keys: string) => `accounts: { a: { ${keys} } }\n${site('account: a')}`
const key = `secret-id: "\${ID}", secret-key: "\${KEY}"`

describe('the schema and the parser accept', () => {
  test.each([
    ...['', 'rollback: true', 'rollback: "FALSE"', 'dry-run: True', 'keep-other-algorithms: false'].map(site),
    ...['min-days-left: 7', 'min-days-left: 0.5', 'min-days-left: "30"', 'min-days-left: 3650'].map(site),
    ...['zone-name: auto, certificate: a.pem', 'zone-name: [a.com, b.com]', 'zone-id: [zone-1, zone-2]'].map(site),
    ...[
      'cert-id: 123',
      'cert-id: [a, 5]',
      'cert-id: newest',
      'cert-id: default',
      'mode: eofreecert',
      'mode: disable',
    ].map(site),
    ...['mode: sslcert, cert-id: x', 'match: pattern, hosts: ["*.a.com", "!b.a.com"]', 'match: certificate'].map(site),
    ...['certificate: a.pem, private-key: a.key, cert-alias: 5, reuse-uploaded: false', 'if-no-hosts: ignore'].map(
      site,
    ),
    ...[
      `certificate: "\${PEM}", private-key: ["\${PEM}"]`,
      'certificate: [a.pem, b.pem], private-key: [a.key, b.key]',
    ].map(site),
    ...['wait-for: served, connect-to: "203.0.113.7:8443"', 'wait-for: accepted', 'old-certificates: mute'].map(site),
    ...['api-version: 2022-01-06'].map(site),
    ...[key, `${key}, site: international, region: ap-tokyo`, 'allowed-account-ids: 100000000001', ''].map(account),
    account(`${key}, endpoint: "https://{service}.example.com", allowed-account-ids: [100000000001, "200000000002"]`),
    account('role-arn: "qcs::cam::uin/100000000001:roleName/x", role-session-name: abc, role-duration-seconds: 900'),
    `defaults: { wait-minutes: 0.5, cert-id: x }\n${site('')}`,
    `defaults:\naccounts:\n${site('')}`,
  ])('%s', async (text) => {
    expect([await accepts(text), isValid.errors]).toEqual([{ parser: true, schema: true }, null])
  })
})

describe('the schema and the parser refuse', () => {
  test.each([
    '',
    '[]',
    'sites: []',
    'sites: {}',
    'sites: [x]',
    'sites: [null]',
    'sites: [{ hosts: a.com, cert-id: x }]',
    `${site('')}\nextra: 1`,
    ...[
      'zone-name: a.com, zone-id: zone-1',
      'hosts: []',
      'hosts: ""',
      'hosts: null',
      'hosts: { a: b }',
      'hosts: [[a.com]]',
    ].map(site),
    ...['cert-id: [x], certificate: a.pem', 'mode: disable, cert-id: x', 'mode: eofreecert, certificate: a.pem'].map(
      site,
    ),
    ...[
      'match: regex',
      'mode: none',
      'wait-for: seen',
      'api-version: 2022',
      'if-no-hosts: fail',
      'old-certificates: drop',
    ].map(site),
    ...[
      'rollback: yes',
      'rollback: 1',
      'dry-run: "no"',
      'min-days-left: -1',
      'min-days-left: 3651',
      'min-days-left: soon',
    ].map(site),
    ...['rollbakc: true', 'wait-minutes: 5', 'secret-id: x', 'language: en-US', 'account: [a]', 'cert-id: true'].map(
      site,
    ),
    ...[`zone-name: "\${ID}"`, `certificate: "a\${ID}.pem"`, `cert-id: "\${ID}"`].map(site),
    site('certificate: a.pem, private-key: "-----BEGIN PRIVATE KEY-----"'),
    site('certificate: "-----BEGIN PRIVATE KEY-----"'),
    ...['secret-id: AKIDliteral, secret-key: literal', `secret-id: "\${ID}"`, 'hosts: a.com', 'site: moon'].map(
      account,
    ),
    ...[`secret-id: "\${GITHUB_TOKEN}", secret-key: "\${KEY}"`, `${key}, session-token: x`].map(account),
    account(`session-token: "\${KEY}"`),
    account('role-arn: "qcs::cam::uin/100000000001:roleName/x", role-duration-seconds: 43201'),
    `accounts: { "a b": {} }\n${site('')}`,
    `defaults: { zone-id: zone-1 }\n${site('')}`,
    `defaults: { cert-id: x, certificate: a.pem }\nsites: [{ zone-id: zone-1, hosts: a.com }]`,
    `defaults: { wait-minutes: 0 }\n${site('')}`,
    `defaults: { wait-minutes: 361 }\n${site('')}`,
  ])('%s', async (text) => {
    expect(await accepts(text)).toEqual({ parser: false, schema: false })
  })
})

test('the schema describes each key that the parser knows, with all its words', () => {
  const { defaults, accounts, sites } = schema.properties
  expect(Object.keys(sites.items.properties)).toEqual(['account', ...siteKeys])
  expect(Object.keys(defaults.properties)).toEqual(defaultKeys)
  expect(Object.keys(accounts.additionalProperties.properties)).toEqual(accountKeys)
  const all: Record<string, { description: string; enum?: string[] }> = {
    ...sites.items.properties,
    ...accounts.additionalProperties.properties,
  }
  for (const [name, { description, enum: words }] of Object.entries(all)) {
    expect(description, name).toMatch(/\S/)
    expect(words, name).toEqual(Object(choices)[name])
  }
})

test('every input is a key of a site, of the defaults or of an account, or one of the step alone', () => {
  const ofStep = ['manifest', 'shard', 'language', 'comment-on-pull-request', 'github-token']
  const known: readonly string[] = [...siteKeys, ...defaultKeys, ...accountKeys, ...ofStep]
  expect(inputNames.deployment.filter((name) => !known.includes(name))).toEqual([])
})
