import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { auditReport, measureAudit } from './audit.ts'
import { type FleetRow, fleetReport, measureFleet } from './fleet.ts'
import { fleetOnPaper } from './fleet-paper.ts'
import { root, run } from './process.ts'
import { type Measured, measureSite } from './scale-measure.ts'
import { type Row, report } from './scale-report.ts'

// npm run bench:scale: the step for sites of many hosts, against the test world; the table goes to bench/README.md.
// `node bench/scale.ts [ROUNDS] [FILE]`: with a FILE, that bundle is run instead of dist/index.js, and nothing is written.

const rounds = Number(process.argv[2] ?? 3)
const other = process.argv[3]

const changedAt = (file: string) => statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
const newest = Math.max(...globSync('src/**/*.ts', { cwd: root }).map(changedAt), changedAt('package-lock.json'))
if (other === undefined && changedAt('dist/index.js') < newest) run('scripts/build.ts')
const step = other === undefined ? join(root, 'dist/index.js') : resolve(other)

const rows = new Map<string, Row & { readonly runs: Measured[] }>()
const note = (hosts: number, kind: Row['kind'], measured: Measured) => {
  const name = `${hosts.toLocaleString('en-US')} hosts, ${kind}`
  const row = rows.get(name) ?? { name, hosts, kind, runs: [] }
  row.runs.push(measured)
  rows.set(name, row)
  const { ms, mib, counts } = measured
  console.error(`${name}: ${(ms / 1000).toFixed(1)} s, ${mib.toFixed(0)} MiB, ${JSON.stringify(counts)}`)
}

for (let round = 0; round < rounds; round++) {
  for (const hosts of [100, 1000, 10_000]) {
    const [first, again] = await measureSite(step, hosts, 'shared')
    if (first) note(hosts, 'all change', first)
    if (again) note(hosts, 'nothing to do', again)
  }
  const [only] = await measureSite(step, 1000, 'alone')
  if (only) note(1000, 'one per call', only)
}

const fleets: FleetRow[] = []
for (const accounts of [1, 10]) {
  const run = await measureFleet(step, 1000, accounts)
  console.error(
    `1,000 sites, ${accounts} accounts: ${(run.ms / 1000).toFixed(1)} s, ${run.mib.toFixed(0)} MiB, ${JSON.stringify(run.counts)}`,
  )
  fleets.push({ sites: 1000, accounts, runs: [run] })
}

const audit = await measureAudit(10_000)
console.error(`audit: ${(audit.ms / 1000).toFixed(1)} s, ${audit.mib.toFixed(0)} MiB, ${JSON.stringify(audit.counts)}`)

const text = `${report([...rows.values()], rounds)}\n${fleetReport(fleets)}\n${auditReport(audit)}\n${await fleetOnPaper()}`
console.log(text)
if (other === undefined) {
  const readme = join(root, 'bench/README.md')
  const section = `<!-- scale -->\n\n${text}\n<!-- /scale -->`
  const old = readFileSync(readme, 'utf8')
  writeFileSync(
    readme,
    old.replace(/<!-- scale -->[\s\S]*<!-- \/scale -->/, () => section),
  )
}
