import { cpus } from 'node:os'
import { mark, median, sum } from './process.ts'
import type { Measured } from './scale-measure.ts'

/** Requests of one action that the service accepts in any second. */
const perSecond = 20
const maxMib = 256

export interface Row {
  readonly name: string
  readonly hosts: number
  readonly kind: 'all change' | 'nothing to do' | 'one per call'
  readonly runs: readonly Measured[]
}

const number = (value: number) => value.toLocaleString('en-US')
const kib = (bytes: number) => `${number(Math.round(bytes / 1024))} KiB`
const medianOf = ({ runs }: Row, value: (run: Measured) => number) => median(runs.map(value))
const callsOf = ({ counts }: Measured) => sum(Object.values(counts))
/** The least time, in seconds, that the rate limit allows for these calls, one action after the other. */
const floorOf = ({ counts }: Measured) => sum(Object.values(counts).map((calls) => (calls - 1) / perSecond))

const line = (row: Row): string => {
  const count = (action: string) => medianOf(row, ({ counts }) => counts[action] ?? 0)
  const [reads, writes] = [count('DescribeAccelerationDomains'), count('ModifyHostsCertificate')]
  const calls = medianOf(row, callsOf)
  const floor = medianOf(row, floorOf)
  const seconds = medianOf(row, ({ ms }) => ms / 1000)
  const cells = [
    row.name,
    ...[reads, writes, calls - reads - writes, calls].map(number),
    number(Math.max(...row.runs.map(({ throttled }) => throttled))),
    `${seconds.toFixed(1)} s`,
    `${floor.toFixed(1)} s`,
    `${((100 * floor) / seconds).toFixed(0)} %`,
    `${medianOf(row, ({ mib }) => mib).toFixed(0)} MiB`,
    kib(medianOf(row, ({ summaryBytes }) => summaryBytes)),
    kib(medianOf(row, ({ resultBytes }) => resultBytes)),
  ]
  return `| ${cells.join(' | ')} |`
}

const checks = (rows: readonly Row[]): readonly string[] => {
  const changing = rows.filter(({ kind }) => kind === 'all change').map((row) => medianOf(row, callsOf))
  const growth = changing.slice(1).map((calls, i) => calls / (changing[i] ?? Number.NaN))
  const largest = Math.max(...rows.map(({ hosts }) => hosts))
  const memory = rows.filter(({ hosts }) => hosts === largest).map((row) => medianOf(row, ({ mib }) => mib))
  // Throttled writes were sent again, and do not count.
  const rates = rows
    .filter(({ kind }) => kind === 'one per call')
    .map((row) => medianOf(row, ({ writing }) => (row.hosts - 1) / (writing / 1000)))
  const rate = Math.min(...rates)
  const throttled = sum(rows.flatMap(({ runs }) => runs.map((run) => run.throttled)))
  return [
    mark(
      growth.every((factor) => factor <= 10.5),
      `ten times the hosts take ${growth.map((factor) => factor.toFixed(1)).join(' and ')} times the calls (aim: at most 10.5)`,
    ),
    mark(
      memory.every((mib) => mib <= maxMib),
      `at ${number(largest)} hosts, peak memory is ${memory.map((mib) => mib.toFixed(0)).join(' and ')} MiB (aim: at most ${maxMib})`,
    ),
    mark(
      rate >= 0.95 * perSecond && throttled === 0,
      `with one host per call, ${rate.toFixed(2)} hosts a second are written, ${((100 * rate) / perSecond).toFixed(1)} % of the rate limit (aim: at least 95 %), and ${throttled} calls were throttled (aim: 0)`,
    ),
  ]
}

export const report = (rows: readonly Row[], rounds: number): string => `## At scale

The whole step with \`match: pattern\`, \`hosts: '**.example.com'\`, \`wait-for: deployed\`. The test world accepts ${perSecond} requests of
one action in any second and deploys within 0.3 s. ${rounds === 1 ? 'One run' : `Medians of ${rounds} runs`} on ${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}.

- *Floor* is the least time that the rate limit allows: the sum over the actions of (calls − 1) / ${perSecond} s, since reading,
  writing and waiting follow each other.
- *Time* includes the pauses between two polls (1 s before the first).
- *One per call*: every host has its own client certificate, so that no two hosts can share a call.
- *Result* is the JSON document.

\`\`\`sh
npm run bench:scale
\`\`\`

| site | reads | writes | other calls | calls | throttled | time | floor | floor ÷ time | peak memory | summary | result |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map(line).join('\n')}

${checks(rows).join('\n')}
`
