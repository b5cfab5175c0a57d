import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type Entry, runStep, type StepRun, shownLog } from '../test/world/runner.ts'
import { newCertificate, newHost, newZone, type Zone } from '../test/world/state.ts'
import { key, startWorld, type World } from '../test/world/world.ts'

// The bundle at work, as the runner starts it, against a small Tencent Cloud on this machine: no account is needed. Each scene has a world
// of its own, and all are played at once; they are shown one after the other.

const day = 86_400_000
const inDays = (days: number) => new Date(Math.ceil(Date.now() / day) * day + days * day)

interface Scene {
  readonly title: string
  /** What is the case before the step runs. */
  readonly before: string
  readonly entry?: Entry
  readonly inputs: Readonly<Record<string, string>>
  /** Sets the stage; returns files of the workspace. */
  readonly prepare: (world: World) => unknown
}

const zone = (id: string, name: string, hosts: Zone['hosts']) => newZone({ id, name, hosts })
const withOld = (...names: readonly string[]) => new Map(names.map((name) => [name, newHost({})]))

/** One site, whose hosts have a certificate that ends in twelve days. */
const oldSite = ({ state }: World, ...names: readonly string[]): void => {
  state.certificates.set('oldRsa01', newCertificate({ id: 'oldRsa01', notBefore: inDays(-78), notAfter: inDays(12) }))
  state.zones.set('zone-2fgd17m17xw', zone('zone-2fgd17m17xw', 'example.com', withOld(...names)))
}

/** PEM files, as an ACME client leaves them. */
const renewed = async ({ issue }: World) => {
  const validity = { notBefore: inDays(-1), notAfter: inDays(89) }
  const { chain, privateKey } = await issue(['example.com', '*.example.com'], { algorithm: 'RSA 2048', ...validity })
  return { 'fullchain.pem': chain, 'privkey.pem': privateKey }
}

const newId = ({ state }: World): void => {
  const validity = { notBefore: inDays(-1), notAfter: inDays(89) }
  state.certificates.set('J2JqATrt', newCertificate({ id: 'J2JqATrt', ...validity }))
}

const pem = {
  'zone-name': 'example.com',
  match: 'certificate',
  certificate: 'fullchain.pem',
  'private-key': 'privkey.pem',
  'wait-for': 'served',
}

const scenes: readonly Scene[] = [
  {
    title: 'A renewed certificate is uploaded, bound, and seen at the edge',
    before:
      'Two hosts have oldRsa01, which expires in 12 days. An ACME client has left a new certificate in the workspace.',
    inputs: pem,
    prepare: (world) => {
      oldSite(world, 'www.example.com', 'api.example.com')
      return renewed(world)
    },
  },
  {
    title: 'An edge that does not serve it: the host gets back what it had',
    before:
      'EdgeOne says that www.example.com is deployed, but goes on serving oldRsa01. The step may wait for six seconds.',
    inputs: { ...pem, rollback: 'true', 'wait-minutes': '0.1' },
    prepare: (world) => {
      oldSite(world, 'www.example.com', 'api.example.com')
      const stuck = world.state.zones.get('zone-2fgd17m17xw')?.hosts.get('www.example.com')
      if (stuck !== undefined) stuck.edgeServes = ['oldRsa01']
      return renewed(world)
    },
  },
  {
    title: 'A plan: what would be changed, and nothing is',
    before: 'One host has the new certificate J2JqATrt already, the other one does not.',
    inputs: {
      'zone-name': 'example.com',
      hosts: 'www.example.com api.example.com',
      'cert-id': 'J2JqATrt',
      'dry-run': 'true',
    },
    prepare: (world) => {
      newId(world)
      oldSite(world, 'www.example.com', 'api.example.com')
      const done = world.state.zones.get('zone-2fgd17m17xw')?.hosts
      done?.set('api.example.com', newHost({ certificates: [{ id: 'J2JqATrt', status: 'deployed' }] }))
    },
  },
  {
    title: 'Two sites: one fails, and does not stop the other',
    before: 'The workflow names a host of example.net that does not exist.',
    inputs: {
      manifest: 'certificates.yml',
    },
    prepare: (world) => {
      newId(world)
      oldSite(world, 'www.example.com')
      world.state.zones.set('zone-3abc', zone('zone-3abc', 'example.net', withOld('www.example.net')))
      const sites = [
        { 'zone-name': 'example.com', hosts: 'www.example.com', 'cert-id': 'J2JqATrt' },
        { 'zone-name': 'example.net', hosts: 'wwww.example.net', 'cert-id': 'newest' },
      ]
      return { 'certificates.yml': stringify({ sites }) }
    },
  },
  {
    title: 'An audit: what expires, and what the edge really serves',
    before:
      'www.example.com has a certificate that expires in 12 days, and the edge serves another one at api.example.com.',
    entry: 'dist/audit/index.js',
    inputs: { 'zone-name': 'all', 'expires-within-days': '30' },
    prepare: (world) => {
      newId(world)
      oldSite(world, 'www.example.com')
      const bound = { certificates: [{ id: 'J2JqATrt', status: 'deployed' }] }
      const hosts = world.state.zones.get('zone-2fgd17m17xw')?.hosts
      hosts?.set('api.example.com', newHost({ ...bound, edgeServes: ['oldRsa01'] }))
      hosts?.set('shop.example.com', newHost(bound))
    },
  },
]

const filesOf = (value: unknown): Readonly<Record<string, string>> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]))
    : {}

const play = async ({ entry = 'dist/index.js', inputs, prepare }: Scene): Promise<StepRun> => {
  await using world = await startWorld()
  const files = filesOf(await prepare(world))
  return await runStep({
    entry,
    inputs: { ...inputs, 'secret-id': key.secretId, 'secret-key': key.secretKey },
    files,
    env: { HTTPS_PROXY: world.proxy, NODE_EXTRA_CA_CERTS: world.rootFile },
  })
}

const indented = (text: string, by: string) => text.replaceAll(/^/gm, by)

/** The summary up to its pictures and folded parts, for a terminal. */
const topOf = (summary: string): string =>
  (summary.split(/\n+(?:<details|```|Validity|What ends when)/)[0] ?? '')
    .trim()
    .replaceAll(/&#(\d+);/g, (_, unit: string) => String.fromCharCode(Number(unit)))
    .replaceAll('&nbsp;', ' ')

/** How the step ended, by its outputs. */
const endOf = ({ outputs }: StepRun): string =>
  outputs['outcome'] === undefined ? `${outputs['finding-count']} findings` : `outcome ${outputs['outcome']}`

const folder = await mkdtemp(join(tmpdir(), 'edgeone-certificate-demo-'))
const plays = scenes.map(play)
const ends: string[] = []
for (const [i, { title, before, inputs }] of scenes.entries()) {
  const run = await plays[i]
  if (run === undefined) continue
  const file = join(folder, `summary-${i + 1}.md`)
  await writeFile(file, run.summary)
  const end = run.exitCode === 0 ? '✓ green' : '✗ red'
  ends.push(`  ${i + 1}  ${end.padEnd(8)} ${endOf(run).padEnd(22)} ${title}`)
  console.log(
    `\n━━ ${i + 1} of ${scenes.length}: ${title} ${'━'.repeat(Math.max(0, 84 - title.length))}\n\n${before}\n`,
  )
  console.log(indented(`with:\n${indented(stringify(inputs).trimEnd(), '  ')}`, '  '))
  console.log(`\nLog\n${indented(shownLog(run.stdout).join('\n').trim(), '  │ ')}\n`)
  console.log(`Top of the job summary (the whole: ${file})\n${indented(topOf(run.summary), '  │ ')}`)
}
console.log(`\n━━ What was shown ${'━'.repeat(84)}\n\n${ends.join('\n')}\n`)
