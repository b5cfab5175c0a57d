import { describe, expect, test } from 'vitest'
import { inEnglish } from '../support/english.ts'
import { entriesOf, escaped, readManifest, wrongIn } from '../support/manifest.ts'

const site = 'zone-id: zone-1, hosts: a.com'
const secret = 'Zx8kQp3vLm9Tr2Wy7Nc4'
const lines = ['MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg', 'Zx8kQp3vLm9Tr2Wy7Nc4Zx8kQp3vLm9Tr2Wy7Nc4Zx8kQp3v']
const pem = ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----'].join('\n')
const indented = pem.replaceAll('\n', '\n      ')

/** All that a Problem says. */
const said = async (text: string, env = {}) => {
  const { problem, masked } = await readManifest(text, { env })
  if (problem === undefined) throw new Error('no Problem')
  return { text: problem.message + JSON.stringify(problem.findings), masked, problem }
}

describe('a key in the file', () => {
  const inAccount = (key: string) => `accounts: { a: { ${key}: ${secret} } }\nsites: [{ ${site}, cert-id: x }]`
  test.each<[string, string, string]>([
    ['secret-id of an account', inAccount('secret-id'), '1:29 secret-id'],
    ['secret-key of an account', inAccount('secret-key'), '1:30 secret-key'],
    ['session-token of an account', inAccount('session-token'), '1:33 session-token'],
    [
      'private-key as PEM',
      `sites:\n  - ${site.replaceAll(', ', '\n    ')}\n    certificate: a.pem\n    private-key: |\n      ${indented}\n`,
      '5:18 private-key',
    ],
    [
      'private-key as PEM in JSON',
      `{"sites":[{"zone-id":"zone-1","hosts":"a.com","certificate":"a.pem","private-key":${JSON.stringify(pem)}}]}`,
      '1:83 private-key',
    ],
    ['private-key as base64', `sites: [{ ${site}, certificate: a.pem, private-key: ${lines[1]} }]`, '1:75 private-key'],
    [
      'a PEM key in certificate',
      `sites:\n  - ${site.replaceAll(', ', '\n    ')}\n    certificate: |\n      ${indented}\n`,
      '4:18 certificate',
    ],
    [
      'a part of a variable',
      `accounts: { a: { secret-key: "${secret}\${X}" } }\nsites: [{ ${site}, cert-id: x }]`,
      '1:30 secret-key',
    ],
  ])('is refused, not shown, and masked: %s', async (_, text, place) => {
    const { text: told, masked, problem } = await said(text)
    expect(
      inEnglish(problem.findings).map(({ at, input, seen }) => [`${at?.line}:${at?.column} ${input}`, seen]),
    ).toEqual([[place, 'a key in the file (not shown)']])
    expect(told).not.toContain('Zx8kQp3v')
    expect(masked.some((one) => one.includes(secret))).toBe(true)
  })

  test.each([
    ['where the key is not one of a site', `sites: [{ ${site}, cert-id: x, secret-key: ${secret} }]`],
    ['in a file that is no YAML', `sites: [{ secret-key: "${secret}"x }`],
    ['with a colon that is missing', `secret-key: ${secret}\n  ${secret}\nx`],
    ['as an alias that stands for nothing', `accounts: { a: { secret-key: *${secret} } }`],
    ['as a key', `accounts: { a: { ${secret}: x } }\nsites: [{ ${site}, cert-id: x }]`],
  ])('is not shown %s', async (_, text) => {
    expect((await said(text)).text).not.toContain('Zx8kQp3v')
  })

  test('is masked where it is not one of a site, or in a file that is no YAML', async () => {
    for (const text of [`sites: [{ secret-key: ${secret} }]`, `sites: [{ secret-key: "${secret}"x }`])
      expect((await said(text)).masked).toContain(secret)
    expect((await said(`x: [\n  |\n  ${indented}`)).masked).toEqual(expect.arrayContaining(lines))
  })
})

describe('a variable', () => {
  const inSecret = (value: string) =>
    `accounts: { a: { secret-id: "\${ID}", secret-key: "${value}" } }\nsites: [{ ${site}, cert-id: x, account: a }]`
  test('that is not set, or blank, is named', async () => {
    const expected = [
      `1:50 secret-key: got \${KEY}, which is not set, or empty; expected a variable in the environment of the step (env:), by its name, such as \${NAME}.`,
    ]
    const given = { inputs: {}, env: { ID: 'AKIDother', KEY: ' ' } }
    expect(await wrongIn(inSecret(`\${KEY}`), given)).toEqual(expected)
    expect(await wrongIn(inSecret(`\${KEY}`), { ...given, env: { ID: 'AKIDother' } })).toEqual(expected)
    expect(await wrongIn(inSecret(`\${__proto__}`), given)).toEqual([expect.stringContaining('not set')])
  })

  test.each([
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'GITHUB_TOKEN',
    'GH_TOKEN',
    'INPUT_SECRET-KEY',
    'RUNNER_TEMP',
  ])('of the runner is not read: %s', async (name) => {
    const env = { ID: 'AKIDother', [name]: 'token-of-the-runner' }
    expect(await wrongIn(inSecret(`\${${name}}`), { inputs: {}, env })).toEqual([
      expect.stringMatching(/^1:50 secret-key: got .*(belongs to the runner|no name of a variable)/),
    ])
  })

  test('is read from the environment of the step alone, as it is, and masked', async () => {
    const { task, masked } = await readManifest(inSecret(`\${KEY}`), {
      inputs: {},
      env: { ID: 'AKIDother', KEY: `${secret}\n` },
    })
    expect(task?.accounts[0]?.account.signIn).toMatchObject({ key: { secretId: 'AKIDother', secretKey: secret } })
    expect(masked).toEqual(expect.arrayContaining(['AKIDother', secret]))
  })

  test('may hold PEM, whose key is masked, also where the file has problems', async () => {
    const text = `sites: [{ ${site}, certificate: "\${CHAIN}", private-key: "\${KEY}", rollback: maybe }]`
    const certificate = '-----BEGIN CERTIFICATE-----\nMIIBnotreally\n-----END CERTIFICATE-----\n'
    const { masked, problem } = await readManifest(text, { env: { KEY: pem, CHAIN: certificate } })
    expect(problem?.findings.map(({ input }) => input)).toEqual(['rollback'])
    expect(masked).toEqual(expect.arrayContaining(lines))
    expect(masked.some((one) => one.includes('CERTIFICATE') || one.includes('MIIBnotreally'))).toBe(false)
  })

  test('may be an entry of a list, but not beside paths', async () => {
    const list = (second: string) => `sites: [{ ${site}, certificate: ["\${RSA}", "${second}"] }]`
    const env = { RSA: 'rsa.pem', ECC: 'ecc.pem' }
    const [entry] = await entriesOf(list(`\${ECC}`), { env })
    expect(entry?.source).toMatchObject({ certificate: 'rsa.pem\necc.pem' })
    expect(await wrongIn(list('b.pem'), { env })).toEqual([
      '1:55 certificate: got variables and other values in one list; expected either of them.',
    ])
  })

  test.each([
    [`sites: [{ zone-id: "\${ID}", hosts: a.com, cert-id: x }]`, `1:20 zone-id: got “\${ID}”`],
    [`sites: [{ ${site}, certificate: "certs/\${ID}.pem" }]`, `1:55 certificate: got “certs/\${ID}.pem”`],
    [`accounts: { a: { role-arn: "\${ID}" } }\nsites: [{ ${site}, cert-id: x }]`, `1:28 role-arn: got “\${ID}”`],
  ])('elsewhere, or as a part of a value, is an error: %s', async (text, start) => {
    expect(await wrongIn(text)).toEqual([
      expect.stringMatching(`^${escaped(start)}; expected a value without \\$\\{…\\}`),
    ])
  })

  test('is not an expression of GitHub', async () => {
    expect(await wrongIn(`sites: [{ ${site}, certificate: a.pem, private-key: "\${{ secrets.KEY }}" }]`)).toEqual([
      expect.stringMatching(
        /^1:75 private-key: got an expression \(not shown\); expected no expression, because GitHub/,
      ),
    ])
  })

  test('of an account that no site names need not be set, but the account must be well-formed', async () => {
    const text = (more: string) =>
      `accounts: { a: { secret-id: "\${A}", secret-key: "\${B}"${more} } }\nsites: [{ ${site}, cert-id: x }]`
    expect(await wrongIn(text(''))).toEqual([])
    expect(await wrongIn(text(', role-anr: x'))).toEqual([
      '1:57 role-anr: this key does not exist here. Did you mean “role-arn”?',
    ])
  })
})

test.each([
  'certs/a/privkey.pem',
  'certs/a/privkey',
  './key',
  `keys/${'0a'.repeat(32)}/privkey.pem`,
  'Schlüssel/ä b.key',
])('the path of a private key is accepted: %s', async (path) => {
  const [entry] = await entriesOf(`sites: [{ ${site}, certificate: a.pem, private-key: "${path}" }]`)
  expect(entry?.source).toMatchObject({ privateKey: path })
})
