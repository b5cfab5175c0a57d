import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Feature, features } from '../../scripts/permissions.ts'
import { auditInputs } from '../support/scenes.ts'
import { runStep } from '../world/runner.ts'
import { roleArn } from '../world/state.ts'
import { startWorld, type World } from '../world/world.ts'
import { good } from './scenario.ts'
import { zoneOf } from './zone.ts'

// The table of permissions in docs/oidc.md, held against the calls that a step makes.

interface Run {
  readonly inputs?: Readonly<Record<string, string>>
  readonly prepare?: (world: World) => Promise<Readonly<Record<string, string>>>
  /** Rows of the table that hold in this run, besides its own and that of any deployment. */
  readonly also?: readonly (keyof typeof features)[]
  /** The row of any deployment does not hold. */
  readonly instead?: true
  /** It is a run of the audit. */
  readonly audit?: true
}

const dates = { notBefore: new Date('2026-06-01T00:00:00Z'), notAfter: new Date('2036-06-01T00:00:00Z') }
const pem = { 'cert-id': '', certificate: 'fullchain.pem', 'private-key': 'privkey.pem' }
const files = async (world: World) => {
  const { chain, privateKey } = await world.issue(['example.com', '*.example.com'], { algorithm: 'RSA 2048', ...dates })
  return { 'fullchain.pem': chain, 'privkey.pem': privateKey }
}
const byName = { 'zone-id': '', 'zone-name': 'example.com' }
const noKey = { 'secret-id': '', 'secret-key': '' }
const retire = (how: string) => ({ 'old-certificates': how, 'wait-for': 'deployed' })

const runs: Readonly<Record<keyof typeof features, Run>> = {
  always: {},
  'dry-run': { inputs: { 'dry-run': 'true' }, instead: true },
  pem: { inputs: pem, prepare: files },
  newest: { inputs: { 'cert-id': 'newest' } },
  default: { inputs: { 'cert-id': 'default' } },
  'zone-name': { inputs: byName },
  auto: { inputs: { ...pem, 'zone-id': '', 'zone-name': 'auto', hosts: '' }, prepare: files, also: ['pem'] },
  'many-sites': {
    inputs: { 'zone-id': 'zone-2fgd17m17xw zone-2', hosts: 'www.example.com www.example.org' },
    prepare: twoZones,
  },
  mute: { inputs: retire('mute') },
  delete: { inputs: retire('delete') },
  'delete-abroad': { inputs: { ...retire('delete'), site: 'international' } },
  account: { inputs: { 'allowed-account-ids': '100000000001' } },
  'role-by-key': { inputs: { 'role-arn': roleArn } },
  'role-by-oidc': { inputs: { ...noKey, 'role-arn': roleArn, 'oidc-provider': 'github' } },
  audit: { audit: true, instead: true, inputs: byName },
  old: { inputs: { 'api-version': '2022-01-06' } },
  pages: {
    prepare: async (world) => {
      const zone = zoneOf(world)
      zone.readable = false
      zone.certificatesReadable = true
      return {}
    },
  },
}

async function twoZones(world: World) {
  const { zones } = world.state
  const zone = zoneOf(world)
  const hosts = new Map([['www.example.org', { ...zone.hosts.get('www.example.com') }]])
  zones.set('zone-2', { ...zone, id: 'zone-2', name: 'example.org', hosts } as typeof zone)
  return {}
}

const deployment = (inputs: Readonly<Record<string, string>>) =>
  ({ entry: 'dist/index.js', inputs: { ...good, ...inputs } }) as const

const rows: Readonly<Record<string, Feature>> = features
const names = Object.keys(runs) as (keyof typeof runs)[]

test.concurrent.each(names)('the step calls what the table says of %s, and nothing else', async (name) => {
  await using world = await startWorld()
  const { inputs = {}, prepare, also = [], instead, audit } = runs[name]
  const given = (await prepare?.(world)) ?? {}
  const run = await runStep({
    ...(audit ? { entry: 'dist/audit/index.js', inputs: { ...auditInputs, ...inputs } } : deployment(inputs)),
    env: { HTTPS_PROXY: world.proxy, NODE_EXTRA_CA_CERTS: world.rootFile, ...world.oidcEnv },
    files: given,
  })
  const called = new Set(world.state.requests.map(({ host, action }) => `${host.split('.')[0]}:${action}`))
  const row = rows[name]
  const all = [row, ...(instead ? [] : [rows['always']]), ...also.map((one) => rows[one])]
  const allowed = all.flatMap((one) => [...(one?.needs ?? []), ...(one?.helps ?? [])])
  const unlisted = [...called].filter((action) => !allowed.includes(action))
  expect(unlisted, run.stdout).toEqual([])
  expect(
    (row?.needs ?? []).filter((action) => !called.has(action)),
    run.stdout,
  ).toEqual([])
})

test('the table has every action that the code can call', () => {
  const src = join(import.meta.dirname, '../../src/tencent')
  const found = globSync('*.ts', { cwd: src }).flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    return [...text.matchAll(/'((?:Describe|Modify|Upload|Delete|Check|Create|Assume|Get)[A-Z][A-Za-z]+)'/g)].map(
      ([, action = '']) => action,
    )
  })
  const listed = Object.values<Feature>(features).flatMap(({ needs, helps = [] }) => [...needs, ...helps])
  const actions = new Set(listed.map((action) => action.split(':')[1] ?? ''))
  expect(found.length).toBeGreaterThan(10)
  expect(
    [...new Set(found)].filter((action) => !actions.has(action) && !/^Delete\w*Result$/.test(action)).toSorted(),
  ).toEqual([])
})

test('the audit and a dry run need no action that writes', () => {
  for (const name of ['audit', 'dry-run']) {
    const { needs = [], helps = [] } = rows[name] ?? {}
    expect(needs).not.toEqual([])
    for (const action of [...needs, ...helps]) expect(action).toMatch(/:(Describe|Check|Get)/)
  }
})
