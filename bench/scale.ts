import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Counts, Given } from './scale-world.ts'

// npm run bench:scale: the step for sites of many hosts, against the test world; the table goes to bench/README.md.
// `node bench/scale.ts [ROUNDS] [FILE]`: with a FILE that one is run instead of dist/index.js, and nothing is written.

const rounds = Number(process.argv[2] ?? 3)
const other = process.argv[3]
const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist/index.js')
const perSecond = 20

const changedAt = (file: string) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
const newest = Math.max(...globSync('src/**/*.ts', { cwd: root }).map(changedAt), changedAt('package-lock.json'))
if (other === undefined && changedAt('dist/index.js') < newest) {
  const built = spawnSync(process.execPath, [join(root, 'scripts/build.ts')], { cwd: root, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`build: ${built.stdout}${built.stderr}`)
}
const step = other === undefined ? dist : resolve(other)

interface Measured extends Counts {
  readonly ms: number
  readonly mib: number
  readonly summary: number
  readonly result: number
}

const messageOf = <T>(child: ChildProcess) =>
  new Promise<T>((done, failed) => {
    child.once('message', (message) => done(message as T))
    child.once('exit', (code) => failed(new Error(`the world ended with ${code}`)))
  })

const outputOf = (text: string, name: string): string => {
  const [, mark = '', rest = ''] = new RegExp(`^${name}<<(\\S+)\\n([\\s\\S]*)`, 'm').exec(text) ?? []
  return rest.slice(0, rest.indexOf(`\n${mark}`))
}

const measure = async (world: ChildProcess, { inputs, proxy, rootFile }: Given, outcome: string): Promise<Measured> => {
  const folder = mkdtempSync(join(tmpdir(), 'scale-'))
  const file = (name: string) => join(folder, name)
  for (const name of ['output', 'summary']) writeFileSync(file(name), '')
  const env = {
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    HTTPS_PROXY: proxy,
    NODE_EXTRA_CA_CERTS: rootFile,
    PATH: process.env['PATH'],
  }
  const start = performance.now()
  const child = spawnSync('/usr/bin/env', ['time', '-f', 'peak %M', process.execPath, step], {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const ms = performance.now() - start
  const output = readFileSync(file('output'), 'utf8')
  const peak = /peak (\d+)/.exec(child.stderr)?.[1]
  if (child.status !== 0 || peak === undefined || outputOf(output, 'outcome') !== outcome) {
    throw new Error(`not ${outcome}: ${child.stdout.slice(-4000)}${child.stderr.slice(-4000)}`)
  }
  const summary = statSync(file('summary')).size
  rmSync(folder, { recursive: true })
  const told = messageOf<Counts>(world)
  world.send('counts')
  const result = Buffer.byteLength(outputOf(output, 'result'))
  return { ...(await told), ms, mib: Number(peak) / 1024, summary, result }
}

interface Row {
  readonly name: string
  readonly runs: Measured[]
}
const rows = new Map<string, Row>()
const note = (id: string, name: string, run: Measured) => {
  const row = rows.get(id) ?? { name, runs: [] }
  row.runs.push(run)
  rows.set(id, row)
  console.error(`${name}: ${(run.ms / 1000).toFixed(1)} s, ${run.mib.toFixed(0)} MiB, ${JSON.stringify(run.counts)}`)
}

const number = (value: number) => value.toLocaleString('en-US')
const sizes = [100, 1000, 10_000]
const alone = 1000
for (let round = 0; round < rounds; round++) {
  for (const [size, kind] of [...sizes.map((size) => [size, 'shared'] as const), [alone, 'alone'] as const]) {
    const world = fork(join(import.meta.dirname, 'scale-world.ts'), [String(size), kind])
    const given = await messageOf<Given>(world)
    const hosts = `${number(size)} hosts`
    if (kind === 'alone') {
      note('alone', `${hosts}, one per call`, await measure(world, given, 'changed'))
    } else {
      note(`${size}`, `${hosts}, all change`, await measure(world, given, 'changed'))
      note(`${size} again`, `${hosts}, nothing to do`, await measure(world, given, 'unchanged'))
    }
    world.removeAllListeners('exit')
    world.kill()
  }
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const of = (id: string, value: (run: Measured) => number) => median(rows.get(id)?.runs.map(value) ?? [])
const callsOf = ({ counts }: Measured) => sum(Object.values(counts))
/** Seconds below which the limit lets nobody make these calls, when one action follows the other. */
const floorOf = ({ counts }: Measured) => sum(Object.values(counts).map((n) => (n - 1) / perSecond))
/** Hosts written in a second: what was throttled and sent again does not count. */
const rateOf = ({ writing }: Measured) => (alone - 1) / (writing / 1000)
const throttled = sum([...rows.values()].flatMap(({ runs }) => runs.map((run) => run.throttled)))

const actions = ['DescribeAccelerationDomains', 'ModifyHostsCertificate']
const lines = [...rows].map(([id, { name }]) => {
  const known = actions.map((action) => of(id, ({ counts }) => counts[action] ?? 0))
  const calls = of(id, callsOf)
  const floor = of(id, floorOf)
  const seconds = of(id, ({ ms }) => ms / 1000)
  const cells = [
    name,
    ...[...known, calls - sum(known), calls].map(number),
    number(Math.max(...(rows.get(id)?.runs ?? []).map((run) => run.throttled))),
    `${seconds.toFixed(1)} s`,
    `${floor.toFixed(1)} s`,
    `${((100 * floor) / seconds).toFixed(0)} %`,
    `${of(id, ({ mib }) => mib).toFixed(0)} MiB`,
    `${number(Math.round(of(id, ({ summary }) => summary) / 1024))} KiB`,
    `${number(Math.round(of(id, ({ result }) => result) / 1024))} KiB`,
  ]
  return `| ${cells.join(' | ')} |`
})

const growth = sizes.slice(1).map((size, i) => of(String(size), callsOf) / of(String(sizes[i]), callsOf))
const memoryOf = (after: string) => of(`10000${after}`, ({ mib }) => mib) / of(`100${after}`, ({ mib }) => mib)
const memory = [memoryOf(''), memoryOf(' again')] as const
const rate = of('alone', rateOf)
const checks = [
  [
    growth.every((factor) => factor <= 10.5),
    `calls grow no faster than hosts: ten times the hosts take ${growth.map((factor) => `${factor.toFixed(1)} times`).join(', then ')} the calls`,
  ],
  [
    memory.every((factor) => factor <= 1.5),
    `peak memory at 10,000 hosts is ${memory[0].toFixed(2)} times that at 100 where all change, ${memory[1].toFixed(2)} times where nothing is to do (aim: at most 1.5)`,
  ],
  [
    rate >= 0.95 * perSecond && throttled === 0,
    `one host per call, ${rate.toFixed(2)} hosts a second are written, ${((100 * rate) / perSecond).toFixed(1)} % of the limit (aim: at least 95 %); ${throttled} of all calls came too fast`,
  ],
] as const

const text = `## At scale

The whole step with \`match: pattern\`, \`hosts: '**.example.com'\`, \`wait-for: deployed\`, against the test world, which takes ${perSecond}
requests of one action in any second and deploys within 0.3 s. ${rounds === 1 ? 'One run' : `Medians of ${rounds} runs`} on ${cpus().length} × ${cpus()[0]?.model.trim()}, Node
${process.versions.node}. The floor is what the limit alone makes of these calls: the sum over the actions of (calls − 1) / ${perSecond} s, since
reading, writing and waiting follow each other. The time has the pauses between two readings in it (1 s before the first).
“One per call”: every host has a client certificate of its own, so that none may share a call.

\`\`\`sh
npm run bench:scale
\`\`\`

| site | reads | writes | other calls | calls | throttled | time | floor | of the floor | peak memory | summary | \`result\` |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${lines.join('\n')}

${checks.map(([good, check]) => `- ${good ? '✅' : '❌'} ${check}`).join('\n')}
`
console.log(text)

if (other === undefined) {
  const readme = join(root, 'bench/README.md')
  const section = `<!-- scale -->\n\n${text}\n<!-- /scale -->`
  const old = readFileSync(readme, 'utf8')
  const marked = /<!-- scale -->[\s\S]*<!-- \/scale -->/
  writeFileSync(
    readme,
    marked.test(old)
      ? old.replace(marked, () => section)
      : old.replace('<!-- notes -->', () => `${section}\n\n<!-- notes -->`),
  )
}
