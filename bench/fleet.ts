import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FleetCounts, FleetGiven } from './fleet-world.ts'
import { mark, median, messageOf, root, sum, type Timed, timed } from './process.ts'

// Many sites of 20 hosts, from a manifest, in one account and in ten.

const perSecond = 20
const maxMib = 256
/** DescribeCertificates: 10 a second; all others here 20. */
const limitOf = (action: string): number => (action === 'DescribeCertificates' ? 10 : perSecond)

interface FleetRun extends FleetCounts, Timed {
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
  const counts = messageOf<FleetCounts>(world)
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
  const allowed = rows.map(({ sites, accounts: n }) => Math.ceil(sites / n / 100))
  const shares = rows.map((row) => ((100 * floorOf(row)) / medianOf(row, ({ ms }) => ms / 1000)).toFixed(0))
  const rates = rows.map((row) => {
    const calls = countOf(row, 'DescribeAccelerationDomains') / row.accounts - 1
    return (100 * calls) / perSecond / medianOf(row, ({ reading }) => reading / 1000)
  })
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
      `an account takes ${list(zones)} DescribeZones (aim: at most ${list(allowed)}, one for each 100 sites of it)`,
    ),
    mark(
      (rates[0] ?? 0) >= 95,
      `in one account, sites are read at ${list(rates.slice(0, 1), 1)} % of the rate limit, from the first reading to the last one (aim: at least 95 %); of the whole time, the floor is ${shares[0]} %`,
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
time that the limit of an account allows for the action with the most calls: here, two readings of every site. *Time* also includes
the start, the manifest, DescribeZones before the first reading, and the report after the last one. In ten accounts the limit counts for
less: 100 sites take ten seconds, and waiting for the last deployment, the start and the report two more.

| manifest | DescribeZones | DescribeAccelerationDomains | DescribeCertificates | ModifyHostsCertificate | throttled | time | floor | floor ÷ time | peak memory | summary |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map(line).join('\n')}

${checks(rows).join('\n')}
`
