import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { pemReader } from '../../src/inputs/pem.ts'
import { readTask } from '../../src/inputs/task.ts'
import type { Environment, World } from '../../src/model/ports.ts'
import { findingText, Problem } from '../../src/model/problem.ts'
import { clock } from '../../src/runner/clock.ts'
import { workspaceFiles } from '../../src/runner/files.ts'
import { envOf, envWith } from '../support/inputs.ts'
import { silent } from '../support/log.ts'
import { stepKey } from '../support/manifest.ts'

const base = realpathSync(mkdtempSync(join(tmpdir(), 'task-')))
const workspace = join(base, 'work')
const key = (text: string) => `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----\n`
const [body, other] = [
  'Zx8kQp3vLm9Tr2Wy7Nc4Zx8kQp3vLm9Tr2Wy7Nc4Zx8kQp3v',
  'Ab7Cd6Ef5Gh4Jk3Lm2Np1Ab7Cd6Ef5Gh4Jk3Lm2Np1Ab7Cd6',
]
const site = (more: string) => `sites: [{ zone-id: zone-1, hosts: a.com, ${more} }]\n`
const accounts = `accounts:
  small: { secret-id: "\${SMALL_ID}", secret-key: "\${SMALL_KEY}" }
  large: { secret-id: "\${LARGE_ID}", secret-key: "\${LARGE_KEY}" }
sites:
  - { account: small, zone-id: zone-1, hosts: a.com, certificate: certs/a.pem, private-key: certs/a.key }
  - { account: large, zone-id: [zone-2, zone-3], hosts: b.com, certificate: certs/b.pem, private-key: certs/b.key }
`
const variables = { SMALL_ID: 'AKIDsmall', SMALL_KEY: 'smallkey', LARGE_ID: 'AKIDlarge', LARGE_KEY: 'largekey' }
const files: Readonly<Record<string, string>> = {
  'work/sites.yml': site('cert-id: x'),
  'work/pem.yml': site('certificate: certs/a.pem, private-key: certs/a.key'),
  'work/accounts.yml': accounts,
  'work/certs/a.key': key(body),
  'work/certs/b.key': key(other),
  'work/certs/a.pem': 'no certificate',
  'work/certs/b.pem': 'no certificate',
  'work/five.yml': site('cert-id: x').padEnd(5 * 1024 * 1024),
  'work/large.yml': site('cert-id: x').padEnd(5 * 1024 * 1024 + 1),
  'out.yml': site('cert-id: x'),
}
mkdirSync(join(workspace, 'certs'), { recursive: true })
for (const [name, text] of Object.entries(files)) writeFileSync(join(base, name), text)
symlinkSync('../out.yml', join(workspace, 'link.yml'))
symlinkSync('sites.yml', join(workspace, 'inside.yml'))
afterAll(() => rmSync(base, { recursive: true }))

const nothing = () => Promise.reject(new Error('must not be called'))

/** What the step is asked to do, and what was masked. */
const read = async (env: Environment) => {
  const masked: string[] = []
  const readFile = workspaceFiles(workspace)
  const log = { ...silent, mask: (secret: string) => masked.push(secret) }
  const world: World = {
    language: 'en-US',
    ...{ env: { GITHUB_WORKSPACE: workspace, ...env }, log, readFile, clock, cancelled: new AbortController().signal },
    ...{ send: nothing, handshake: nothing, resolve: nothing, idToken: nothing },
  }
  try {
    return { task: await readTask(world, pemReader(world)), masked, problem: undefined }
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    return { task: undefined, masked, problem: thrown }
  }
}
const withManifest = (manifest: string, inputs: Readonly<Record<string, string>> = {}) =>
  envOf({ ...stepKey, ...inputs, manifest })

test.each(['sites.yml', './certs/../sites.yml', join(workspace, 'sites.yml'), 'inside.yml'])(
  'the manifest %s is read, and its places are relative to the workspace',
  async (path) => {
    const { task } = await read(withManifest(path))
    const file = path === 'inside.yml' ? path : 'sites.yml'
    expect(task?.accounts[0]?.entries[0].at).toEqual({ file, line: 1, column: 9 })
  },
)

test.each([
  ['../out.yml', 'it is outside the workspace'],
  ['certs/../../out.yml', 'it is outside the workspace'],
  [join(base, 'out.yml'), 'it is outside the workspace'],
  ['link.yml', 'a symbolic link leads out of the workspace'],
  ['none.yml', 'it does not exist'],
  ['certs', 'it is a directory'],
  ['large.yml', 'it is larger than 5 MiB'],
])('the manifest %s is refused: %s', async (path, why) => {
  const { problem } = await read(withManifest(path))
  expect(problem?.code).toBe('Input.Manifest')
  expect(problem?.findings.map((finding) => findingText(finding).en)).toEqual([
    `manifest: “${path}” cannot be read: ${why}. Pass the path of a YAML or JSON file in the workspace.`,
  ])
})

test('a manifest of 5 MiB is read', async () => {
  expect((await read(withManifest('five.yml'))).task?.accounts).toHaveLength(1)
})

test('keys in files that sites name are masked before anything is said', async () => {
  const { masked } = await read(withManifest('pem.yml'))
  expect(masked).toContain(body)
})

test('a share reads the keys of its own accounts, and masks those of all', async () => {
  const [first, second] = [
    await read({ ...withManifest('accounts.yml', { shard: '1/2' }), ...variables }),
    await read({ ...withManifest('accounts.yml', { shard: '2/2' }), ...variables }),
  ]
  expect(first.task).toMatchObject({ accounts: [{ name: 'large' }], shard: '1/2' })
  expect(second.task).toMatchObject({ accounts: [{ name: 'small' }], shard: '2/2' })
  expect([first, second].map(({ masked }) => [masked.includes(body), masked.includes(other)])).toEqual([
    [false, true],
    [true, false],
  ])
  for (const { masked } of [first, second]) expect(masked).toEqual(expect.arrayContaining(Object.values(variables)))
})

test('a share beyond the accounts has none', async () => {
  const { task } = await read({ ...withManifest('accounts.yml', { shard: '3/3' }), ...variables })
  expect(task).toEqual({ accounts: [], waitMs: 1_200_000, shard: '3/3' })
})

test('without a manifest, the task is that of the inputs, and a share is an error', async () => {
  expect((await read(envWith())).task?.accounts).toMatchObject([{ entries: [{ zones: { by: 'id' } }] }])
  expect((await read(envWith({ shard: '1/2' }))).problem).toMatchObject({
    code: 'Input.Invalid',
    findings: [{ input: 'shard', seen: { en: '“1/2”' }, expected: { en: 'nothing without manifest' } }],
  })
})

test('inputs that the manifest replaces are errors, which show no PEM', async () => {
  const inputs = { 'zone-id': 'zone-1', 'zone-name': 'a.com', hosts: 'a.com', 'cert-id': 'x', certificate: 'a.pem' }
  const { problem, masked } = await read(withManifest('sites.yml', { ...inputs, 'private-key': key(body) }))
  expect(problem?.findings.map(({ input, at }) => [input, at])).toEqual(
    [...Object.keys(inputs), 'private-key'].map((name) => [name, undefined]),
  )
  expect(JSON.stringify(problem?.findings)).not.toContain('Zx8k')
  expect(masked).toContain(body)
})
