import { fork, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'

// npm run bench: whole processes side by side, interleaved in random order; the table goes to bench/README.md.

const rounds = Number(process.argv[2] ?? 31)
const root = join(import.meta.dirname, '..')
const out = join(root, 'bench/out')

const run = (command: string, args: readonly string[]) => {
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stdout}${done.stderr}`)
  return done.stdout
}
const bin = (name: string) => join(root, 'node_modules/.bin', name)

rmSync(out, { recursive: true, force: true })
run(bin('tsc'), ['-p', 'bench/tsconfig.json'])
writeFileSync(join(out, 'package.json'), '{ "type": "module" }')
for (const name of ['floor', 'sdk-teo', 'sdk-whole']) {
  run(process.execPath, [
    join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js'),
    'build',
    `bench/out/entries/${name}.js`,
    '-o',
    `bench/out/${name}`,
  ])
}

const contenders = [
  ['this action, `dist/index.js`', join(root, 'dist/index.js')],
  ['(a) an empty Node process', join(out, 'entries/empty.js')],
  ['(b) the floor: two bare signed `node:https` POSTs', join(out, 'floor/index.js')],
  ['(c) official SDK, package teo, with `@actions/core`', join(out, 'sdk-teo/index.js')],
  ['(d) official SDK, whole, with `@actions/core`', join(out, 'sdk-whole/index.js')],
] as const

// The world runs in a process of its own, so that this one can wait for its children.
const world = fork(join(root, 'bench/world.ts'))
const given = await new Promise<{ inputs: Record<string, string>; proxy: string; rootFile: string }>((done) =>
  world.once('message', (message) => done(message as never)),
)
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const files = Object.fromEntries(
  ['OUTPUT', 'STEP_SUMMARY'].map((name) => {
    writeFileSync(join(folder, name), '')
    return [`GITHUB_${name}`, join(folder, name)]
  }),
)
const env = {
  ...Object.fromEntries(Object.entries(given.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  ...files,
  HTTPS_PROXY: given.proxy,
  NODE_EXTRA_CA_CERTS: given.rootFile,
}

const times = new Map<string, number[]>(contenders.map(([name]) => [name, []]))
const memory = new Map<string, number[]>(contenders.map(([name]) => [name, []]))
for (let round = -1; round < rounds; round++) {
  for (const [name, file] of contenders.toSorted(() => Math.random() - 0.5)) {
    const start = performance.now()
    const child = spawnSync('/usr/bin/env', ['time', '-f', 'peak %M', process.execPath, file], {
      env: { ...env, PATH: process.env['PATH'] },
      encoding: 'utf8',
    })
    const ms = performance.now() - start
    const peak = /peak (\d+)/.exec(child.stderr)?.[1]
    if (child.status !== 0 || peak === undefined) throw new Error(`${name}: ${child.stdout}${child.stderr}`)
    // The first round warms the file cache and does not count.
    if (round < 0) continue
    times.get(name)?.push(ms)
    memory.get(name)?.push(Number(peak) / 1024)
  }
}
world.kill()
rmSync(folder, { recursive: true })

const median = (values: readonly number[] = []) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
const floor = contenders[2][0]
const kib = (bytes: number) => `${Math.round(bytes / 1024)} KiB`
const rows = contenders.map(([name, file]) => {
  const ms = median(times.get(name))
  return `| ${name} | ${ms.toFixed(0)} ms | ${(ms / median(times.get(floor))).toFixed(2)} | ${median(memory.get(name)).toFixed(0)} MiB | ${kib(statSync(file).size)} |`
})
const dist = readdirSync(join(root, 'dist')).reduce((sum, name) => sum + statSync(join(root, 'dist', name)).size, 0)
const archive = spawnSync('git', ['archive', '--format=tar.gz', 'HEAD'], { cwd: root, maxBuffer: 1 << 28 }).stdout
  .length
const shared = `All contenders do the same job against the test world of this repository: read the host, find that it has another
certificate, bind – \`DescribeAccelerationDomains\`, \`ModifyHostsCertificate\`; real TLS, through a CONNECT proxy, on the same machine.
This action does more: it reads the certificate as well (\`DescribeCertificates\`, side by side with the host, on a connection of its
own), checks, and writes the summary. Whole processes are timed, ${rounds} rounds, in random order within a round; medians. Compare
within the table only: the machine (${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}) is a noisy one.`
const text = `# Measured

${shared}

\`\`\`sh
npm run bench
\`\`\`

| process | time | of the floor | peak memory | bundle |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

What a user's runner downloads: \`dist/\` has ${kib(dist)}, the archive (\`git archive\`, gzip) ${kib(archive)}.
`
const readme = join(root, 'bench/README.md')
const old = (() => {
  try {
    return readFileSync(readme, 'utf8')
  } catch {
    return ''
  }
})()
// Written by bench/scale.ts and by hand.
const scale = /<!-- scale -->[\s\S]*<!-- \/scale -->\n\n/.exec(old)?.[0] ?? ''
const notes = old.split('<!-- notes -->')[1] ?? ''
writeFileSync(readme, `${text}\n${scale}<!-- notes -->${notes === '' ? '\n' : notes}`)
console.log(text)
