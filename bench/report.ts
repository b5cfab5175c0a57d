import { cpus } from 'node:os'
import type { Contender, Contenders } from './contenders.ts'
import type { LinkName } from './delay-proxy.ts'
import { mark } from './process.ts'
import type { Job } from './world.ts'

export interface Row {
  readonly job: Job
  readonly name: string
  readonly ms: number
  readonly mib: number
  readonly bytes: number
}

export interface AtDistance {
  readonly ms: number
  /** The fastest run with delay above the fastest without, in round trips. */
  readonly roundTrips: number
  /** The whole median time, in round trips. */
  readonly whole: number
}

export interface Delay {
  readonly job: Job
  readonly name: string
  /** Without delay. */
  readonly ms: number
  readonly at: Readonly<Record<LinkName, AtDistance>>
}

export interface Figures {
  readonly rounds: number
  readonly delayRounds: number
  readonly contenders: Contenders
  readonly rows: readonly Row[]
  readonly delays: readonly Delay[]
  /** Bytes in dist/ by package. */
  readonly parts: readonly (readonly [name: string, bytes: number])[]
  readonly dist: number
  readonly archive: number
}

const kib = (bytes: number) => `${Math.round(bytes / 1024).toLocaleString('en-US')} KiB`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const find = <T extends { readonly job: Job; readonly name: string }>(
  rows: readonly T[],
  job: Job,
  { name }: Contender,
) => {
  const row = rows.find((one) => one.job === job && one.name === name)
  if (row === undefined) throw new Error(`no row ${job}, ${name}`)
  return row
}

const startUp = ({ rows, contenders: { action, floor } }: Figures) =>
  table(
    ['job', 'process', 'time', '÷ floor', '÷ this action', 'peak memory', 'script'],
    rows.map(({ job, name, ms, mib, bytes }) => [
      job,
      name,
      `${ms.toFixed(0)} ms`,
      job === 'by ID' ? (ms / find(rows, job, floor).ms).toFixed(2) : '–',
      (ms / find(rows, job, action).ms).toFixed(2),
      `${mib.toFixed(0)} MiB`,
      bytes < 1024 ? '–' : kib(bytes),
    ]),
  )

const distance = ({ delays }: Figures) =>
  table(
    ['job', 'process', 'no delay', '100 ms', 'round trips', '250 ms', 'round trips'],
    delays.map(({ job, name, ms, at }) => {
      const cells = ([at['100 ms'], at['250 ms']] as const).flatMap((one) => [
        `${(one.ms / 1000).toFixed(2)} s`,
        one.roundTrips.toFixed(1),
      ])
      return [job, name, `${ms.toFixed(0)} ms`, ...cells]
    }),
  )

const startUpChecks = ({ rows, contenders }: Figures) => {
  const { action, floor, 'sdk-teo': teo, 'sdk-whole': whole, 'sdk-whole-installed': installed } = contenders
  const { 'floor-ssl': floorSsl, 'sdk-teo-ssl-by-id': teoSsl } = contenders
  const ratio = (job: Job, one: Contender, other: Contender) => find(rows, job, one).ms / find(rows, job, other).ms
  const [toFloor, toTeo] = [ratio('by ID', action, floor), ratio('by ID', action, teo)]
  const [toThree, toBoth] = [floorSsl, teoSsl].map((one) => ratio('by ID', action, one).toFixed(2))
  const wholeSdk = (['by ID', 'from PEM'] as const).map((job) => {
    const [loaded, bundled] = [ratio(job, installed, action), ratio(job, whole, action)]
    const text = `the whole SDK, from \`node_modules/\`, takes ${loaded.toFixed(2)} times this action for the same work`
    return mark(loaded >= 2.5, `${job}, ${text} (aim: at least 2.5); bundled, ${bundled.toFixed(2)} times`)
  })
  return [
    mark(
      toFloor <= 2.2,
      `by ID, this action takes ${toFloor.toFixed(2)} times the floor (aim: at most 2.2), and ${toThree} times bare POSTs of the same calls`,
    ),
    mark(
      toTeo < 1,
      `by ID, it takes ${toTeo.toFixed(2)} times the SDK's package teo (aim: below 1), and ${toBoth} times its packages teo and ssl with the same calls`,
    ),
    ...wholeSdk,
  ]
}

const distanceChecks = ({ delays, contenders: { action } }: Figures) => {
  const [byId, fromPem] = [find(delays, 'by ID', action).at, find(delays, 'from PEM', action).at]
  const more = (['100 ms', '250 ms'] as const).map((link) => {
    const trips = fromPem[link].roundTrips
    const text = `from PEM takes ${trips.toFixed(1)} round trips of ${link}; by ID takes ${byId[link].roundTrips.toFixed(1)}`
    return mark(trips - byId[link].roundTrips <= 1.5, `${text} (aim: at most 1.5 more)`)
  })
  const link = '250 ms, distant proxy'
  const text = `behind a distant proxy, the whole time from PEM is ${fromPem[link].whole.toFixed(1)} round trips of 250 ms; by ID it is ${byId[link].whole.toFixed(1)}`
  return [...more, mark(fromPem[link].whole <= 7, `${text} (aim from PEM: at most 7)`)]
}

export const report = (figures: Figures): string => `# Benchmarks

Every contender does the same job against this repository's test world, over real TLS, through a CONNECT proxy on the same
machine. Whole processes are timed, in random order within a round. Figures are medians. Compare figures only within
a table: the machine (${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}) is noisy.

- **By ID**: read one host, then bind a certificate by its ID (\`DescribeAccelerationDomains\`, \`ModifyHostsCertificate\`).
- **From PEM**: read two hosts, upload a certificate (\`UploadCertificate\`), bind it to both.

Both end when EdgeOne has accepted the change (\`wait-for: accepted\`). This action does more than the floor and the SDK's packages
teo and ssl: it also checks the certificate, reads what it needs for that from SSL Certificate Service (\`DescribeCertificates\`,
\`CheckCertificateExist\`), keeps the certificates of other algorithms, and writes the job summary. *The same work*: a program that does
these things, too, with the same calls. It is measured as a bundle, and as actions in the field run it: from \`node_modules/\`, which
they also have to install. *The same calls*: the host is read and bound, and the certificate is read, which is the least that a safe
binding by ID needs. The programs that use the SDK are in [\`entries/\`](entries). Every bundle contains its own real HTTP stack.

\`\`\`sh
npm run bench
\`\`\`

## Start-up

${figures.rounds} rounds without delay.

${startUp(figures)}

On this machine, whole runs of this benchmark differ: bundles that are nearly the same took 2.07, 2.16, 2.17 and 2.47 times the floor in
four of them, of which that with 2.16 had only three rounds. Two fifths of the time of a run by ID is V8's: it parses 1.3 MB of code, and compiles each function that is called.

## Distance

${figures.delayRounds} rounds. [\`delay-proxy.ts\`](delay-proxy.ts) holds every chunk for half a round trip in each direction. A new connection costs what
it costs a hosted runner without a proxy: one round trip to connect (there TCP, here CONNECT), one for TLS 1.3, and one
for each request. Name resolution and TCP slow start are not modelled. *Round trips* is the fastest run with
delay, minus the fastest run of the same process without delay, divided by the round trip.

${distance(figures)}

The SDK opens a connection for each call, with a proxy or without. Behind a *distant proxy*, which the aims below mention,
connecting to the proxy takes another round trip; four runs of the benchmark gave 6.8, 6.9, 7.0 and 7.3 from PEM.

## Size

A runner downloads the archive: ${kib(figures.archive)} (\`git archive\`, gzip). \`dist/\` is ${kib(figures.dist)}:

${table(
  ['part', 'size', 'share'],
  figures.parts.map(([name, bytes]) => [name, kib(bytes), `${((100 * bytes) / figures.dist).toFixed(1)} %`]),
)}

## Aims

${[
  ...startUpChecks(figures),
  mark(figures.dist <= 2e6, `\`dist/\` is ${(figures.dist / 1e6).toFixed(2)} MB (aim: at most 2 MB, not minified)`),
  ...distanceChecks(figures),
].join('\n')}
`
