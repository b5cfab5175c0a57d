import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { runStep } from '../world/runner.ts'
import { newCertificate, newZone, roleArn, site } from '../world/state.ts'
import { key, startWorld, type World } from '../world/world.ts'

// Every recipe of the README, as it stands there, run by the project's own runner.

const root = join(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

interface Step {
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}

/** The steps of a block: of a whole workflow, of a job, or only the inputs of a step. */
const stepsOf = (block: string): readonly Step[] => {
  if (block.startsWith(' '.repeat(10))) return [{ uses: 'edgeone-certificate@v1', with: parse(block) }]
  if (block.startsWith('      - ')) return parse(block)
  const { jobs } = parse(block)
  return Object.values<{ readonly steps: readonly Step[] }>(jobs).flatMap(({ steps }) => steps)
}

const recipes = [...readme.matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
  .flatMap(([, block = '']) => stepsOf(block))
  .filter(({ uses = '' }) => /edgeone-certificate(\/audit)?@/.test(uses))

const values: Readonly<Record<string, string>> = {
  'secrets.TENCENTCLOUD_SECRET_ID': key.secretId,
  'secrets.TENCENTCLOUD_SECRET_KEY': key.secretKey,
  'vars.CERT_ID': 'J2JqATrt',
}

/** An input as the runner passes it: expressions are replaced, and every value is text. */
const filled = (value: unknown): string =>
  String(value).replaceAll(/\$\{\{ *([\w.]+) *\}\}/g, (_, name: string) => {
    const found = values[name]
    if (found === undefined) throw new Error(`no value for ${name}`)
    return found
  })

const credentials = (given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  'role-arn' in given ? { 'role-arn': roleArn } : { 'secret-id': key.secretId, 'secret-key': key.secretKey }

/** The site that the README speaks of, and the files that an ACME client left in the workspace. */
const furnish = async (world: World): Promise<Readonly<Record<string, string>>> => {
  const names = ['www', 'api', 'admin', 'test'].map((one) => `${one}.example.com`)
  world.state.zones.set(
    'zone-2fgd17m17xw',
    newZone({ id: 'zone-2fgd17m17xw', name: 'example.com', hosts: site(names) }),
  )
  const year = new Date(Date.now() + 80 * 86_400_000)
  world.state.certificates.set('newRsa01', newCertificate({ id: 'newRsa01', notAfter: new Date('2037-01-01') }))
  const { chain, privateKey } = await world.issue(['example.com', '*.example.com'], {
    ...{ algorithm: 'RSA 2048', notBefore: new Date('2026-06-01'), notAfter: year },
  })
  const entry = { 'zone-name': 'example.com', hosts: 'www.example.com', 'cert-id': 'newest' }
  return {
    'fullchain.pem': chain,
    'privkey.pem': privateKey,
    'certificates.yml': JSON.stringify({ sites: [entry] }),
  }
}

test('the README has recipes', () => expect(recipes.length).toBeGreaterThanOrEqual(9))

test.concurrent.for(recipes.map((step) => [JSON.stringify(step.with).slice(0, 100), step] as const))(
  'the recipe %s succeeds',
  async ([, { uses = '', with: given = {} }]) => {
    await using world = await startWorld()
    const files = await furnish(world)
    const inputs = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, filled(value)]))
    const run = await runStep({
      entry: uses.includes('/audit@') ? 'dist/audit/index.js' : 'dist/index.js',
      inputs: { ...inputs, ...credentials(given) },
      files,
      env: { HTTPS_PROXY: world.proxy, NODE_EXTRA_CA_CERTS: world.rootFile, ...world.oidcEnv },
    })
    expect(run.stdout).not.toMatch(/^::error/m)
    expect(run.stdout).not.toContain('Unknown input')
    expect(run.exitCode).toBe(0)
  },
)
