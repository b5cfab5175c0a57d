import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountsOf } from '../src/inputs/shard.ts'
import type { FleetGiven } from './fleet-world.ts'
import { mark, median, messageOf, root, sum, type Timed, timed } from './process.ts'
import type { Counts } from './scale-world.ts'

// Many sites of 20 hosts, from a manifest, in one account and in ten.

const perSecond = 20
const maxMib = 256
/** DescribeCertificates: 10 a second; all others here 20. */
const limitOf = (action: string): number => (action === 'DescribeCertificates' ? 10 : perSecond)

interface FleetRun extends Counts, Timed {
  readonly summaryBytes: number
}

export interface FleetRow {
  readonly sites: number
  readonly accounts: number
  readonly runs: readonly FleetRun[]
}

/** Runs the step for so many sites of so many accounts. Throws when it does not change all hosts. */
export const measureFleet = async (step: string, sites: number, accounts: number): Promise<FleetRun> => {
  const world = fork(join(root, 'bench/fleet-world.ts'), [String(sites), String(accounts)])
  const { inputs, manifest, ...given } = await messageOf<FleetGiven>(world)
  const folder = mkdtempSync(join(tmpdir(), 'fleet-'))
  writeFileSync(join(folder, 'sites.json'), manifest)
  const run = timed(step, inputs, { ...given, folder })
  const output = readFileSync(join(folder, 'OUTPUT'), 'utf8')
  const summaryBytes = statSync(join(folder, 'STEP_SUMMARY')).size
  rmSync(folder, { recursive: true })
  if (!output.includes(`\n${sites * 20}\n`)) throw new Error(`not all hosts were changed: ${run.stdout.slice(-4000)}`)
  const counts = messageOf<Counts>(world)
  world.send('counts')
  const told = await counts
  world.kill()
  return { ...told, ...run, summaryBytes }
}

const number = (value: number) => value.toLocaleString('en-US')
const medianOf = ({ runs }: FleetRow, value: (run: FleetRun) => number) => median(runs.map(value))
const countOf = (row: FleetRow, action: string) => medianOf(row, ({ counts }) => counts[action] ?? 0)

/** The least time, seconds: the action with the most calls, at the limit of each account. Actions of different sites overlap. */
const floorOf = (row: FleetRow): number =>
  Math.max(
    ...Object.keys(row.runs[0]?.counts ?? {}).map(
      (action) => (countOf(row, action) / row.accounts - 1) / limitOf(action),
    ),
  )

const line = (row: FleetRow): string => {
  const seconds = medianOf(row, ({ ms }) => ms / 1000)
  const cells = [
    `${number(row.sites)} sites in ${row.accounts === 1 ? 'one account' : `${row.accounts} accounts`}`,
    ...['DescribeZones', 'DescribeAccelerationDomains', 'DescribeCertificates', 'ModifyHostsCertificate'].map(
      (action) => number(countOf(row, action)),
    ),
    number(Math.max(...row.runs.map(({ throttled }) => throttled))),
    `${seconds.toFixed(1)} s`,
    `${floorOf(row).toFixed(1)} s`,
    `${((100 * floorOf(row)) / seconds).toFixed(0)} %`,
    `${medianOf(row, ({ mib }) => mib).toFixed(0)} MiB`,
    `${number(Math.round(medianOf(row, ({ summaryBytes }) => summaryBytes) / 1024))} KiB`,
  ]
  return `| ${cells.join(' | ')} |`
}

const checks = (rows: readonly FleetRow[]): readonly string[] => {
  const most = rows.map((row) => countOf(row, 'DescribeAccelerationDomains') / row.sites)
  const writes = rows.map((row) => countOf(row, 'ModifyHostsCertificate') / row.sites)
  const zones = rows.map((row) => countOf(row, 'DescribeZones') / row.accounts)
  const allowed = rows.map(({ sites }) => Math.ceil(sites / 100) + 1)
  const shares = rows.map((row) => (100 * floorOf(row)) / medianOf(row, ({ ms }) => ms / 1000))
  const memory = rows.map((row) => medianOf(row, ({ mib }) => mib))
  const throttled = sum(rows.flatMap(({ runs }) => runs.map((run) => run.throttled)))
  const list = (values: readonly number[], digits = 0) => values.map((value) => value.toFixed(digits)).join(' and ')
  return [
    mark(
      most.every((n) => n <= 2) && writes.every((n) => n <= 1),
      `a site takes ${list(most, 2)} DescribeAccelerationDomains and ${list(writes, 2)} ModifyHostsCertificate (aim: at most 2 and 1)`,
    ),
    mark(
      zones.every((n, i) => n <= (allowed[i] ?? 0)),
      `an account takes ${list(zones)} DescribeZones (aim: one for each 100 sites of it, and one more where the last page is full)`,
    ),
    mark(
      (shares[0] ?? 0) >= 95,
      `in one account, the time is ${list(shares.slice(0, 1), 1)} % the floor (aim: at least 95 %)`,
    ),
    mark(throttled === 0, `${throttled} calls were throttled (aim: 0)`),
    mark(
      memory.every((mib) => mib <= maxMib),
      `peak memory is ${list(memory)} MiB (aim: at most ${maxMib})`,
    ),
  ]
}

export const fleetReport = (rows: readonly FleetRow[]): string => `### Many sites

Sites of 20 hosts, all of which change, from a manifest: \`zone-name\`, \`match: pattern\`, \`wait-for: deployed\`. *Floor* is the least
time that the limit of an account allows for the action with the most calls: here, two readings of every site.

| manifest | DescribeZones | DescribeAccelerationDomains | DescribeCertificates | ModifyHostsCertificate | throttled | time | floor | floor ÷ time | peak memory | summary |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map(line).join('\n')}

${checks(rows).join('\n')}
`

/** A fleet on paper: every account has the same number of sites, and a manifest holds at most 5,000. */
const fleet = { sites: 100_000, accounts: 500, hosts: 20, perManifest: 5000, jobs: 256 }

/**
 * How a fleet falls to the jobs of a matrix, by the rule of `shard`, and how long the longest job reads its sites. EdgeOne's own deployments are
 * left out: they run side by side.
 */
export const fleetOnPaper = (): string => {
  const { sites, accounts, hosts, perManifest, jobs } = fleet
  const manifests = sites / perManifest
  const shares = Math.floor(jobs / manifests)
  const each = Array.from({ length: accounts / manifests }, (_, i) => ({
    name: `account-${i}`,
    entries: Array.from({ length: sites / accounts }),
  }))
  const loads = Array.from({ length: shares }, (_, i) =>
    accountsOf(each, { index: i + 1, of: shares }, ({ entries }) => entries.length),
  )
  const longest = Math.max(...loads.map((load) => Math.max(0, ...load.map(({ entries }) => entries.length))))
  const most = Math.max(...loads.map((load) => sum(load.map(({ entries }) => entries.length))))
  const seconds = (2 * longest - 1) / perSecond
  const calls = sites * 3 + accounts * (Math.ceil(sites / accounts / 100) + 1)
  return `### A larger fleet, on paper

${number(sites)} sites of ${hosts} hosts in ${accounts} accounts. A manifest lists at most ${number(perManifest)} sites, so there are ${manifests} of them, each with
${shares} shares: a matrix of ${manifests * shares} jobs, of the ${jobs} that GitHub allows. By the rule of \`shard\`, a job has at most ${Math.max(...loads.map(({ length }) => length))} accounts and ${number(most)} sites.

- **Time**: accounts run side by side, so the longest job reads for ${seconds.toFixed(0)} s (two readings of ${longest} sites, 20 a second), and then waits for
  EdgeOne's last deployments, which can take minutes. With fewer concurrent
  jobs than the matrix has, the jobs run in waves.
- **Calls**: ${number(calls)} of EdgeOne; each account stays below its own limit.
- **What breaks first**: the ${number(perManifest)} sites of a manifest, then the ${jobs} jobs of a matrix. Next are the outputs of a job, one megabyte together:
  \`changed-hosts\` and \`unchanged-hosts\` of ${number(most * hosts)} hosts of 30 characters are ${((most * hosts * 33) / 1e6).toFixed(2)} MB. For more, read the file of
  \`result-path\`. Each account takes one OIDC token and one AssumeRoleWithWebIdentity an hour, and a job at least one billed minute.
`
}
