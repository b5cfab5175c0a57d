import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditCounts } from './audit-world.ts'
import { mark, messageOf, root, sum, type Timed, timed } from './process.ts'
import type { Given } from './scale-world.ts'

// The audit of a site of many hosts, with a handshake for each.

const maxMib = 256
const mib = 1024 * 1024
/** Hosts on a page of DescribeAccelerationDomains, and certificates in a call of DescribeCertificates. */
const [perPage, perLot] = [200, 100]

export interface AuditRun extends AuditCounts, Timed {
  readonly hosts: number
  readonly findings: number
  readonly summaryBytes: number
  readonly resultBytes: number
}

const outputOf = (text: string, name: string): string => new RegExp(`^${name}<<\\S+\\n(.*)$`, 'm').exec(text)?.[1] ?? ''

/** Audits a site of so many hosts. Throws when hosts or findings are missing. */
export const measureAudit = async (hosts: number): Promise<AuditRun> => {
  const world = fork(join(root, 'bench/audit-world.ts'), [String(hosts)])
  const { inputs, ...given } = await messageOf<Given>(world)
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  const run = timed(join(root, 'dist/audit/index.js'), inputs, { ...given, folder })
  const output = readFileSync(join(folder, 'OUTPUT'), 'utf8')
  const summaryBytes = statSync(join(folder, 'STEP_SUMMARY')).size
  const resultBytes = statSync(outputOf(output, 'result-path')).size
  rmSync(folder, { recursive: true })
  const findings = Number(outputOf(output, 'finding-count'))
  if (outputOf(output, 'host-count') !== String(hosts) || findings !== hosts / 50)
    throw new Error(`${findings} findings: ${run.stdout.slice(-4000)}`)
  const counts = messageOf<AuditCounts>(world)
  world.send('counts')
  const told = await counts
  world.kill()
  return { ...told, ...run, hosts, findings, summaryBytes, resultBytes }
}

const number = (value: number) => value.toLocaleString('en-US')
const kib = (bytes: number) => `${number(Math.round(bytes / 1024))} KiB`

export const auditReport = (run: AuditRun): string => {
  const { counts, hosts } = run
  const [pages, lots] = [counts['DescribeAccelerationDomains'] ?? 0, counts['DescribeCertificates'] ?? 0]
  const cells = [
    `${number(hosts)} hosts`,
    ...[pages, lots, sum(Object.values(counts)) - pages - lots, run.throttled, run.handshakes, run.findings].map(
      number,
    ),
    `${(run.ms / 1000).toFixed(1)} s`,
    `${run.mib.toFixed(0)} MiB`,
    kib(run.summaryBytes),
    kib(run.resultBytes),
  ]
  return `### The audit

One site with 100 certificates, one in a hundred hosts on a certificate that ends soon, and one in a hundred that serves another one. The
time is that of the handshakes, which the edge of the test world answers on the same processors.

| site | DescribeAccelerationDomains | DescribeCertificates | other calls | throttled | handshakes | findings | time | peak memory | summary | result |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| ${cells.join(' | ')} |

${[
  mark(
    pages <= Math.ceil(hosts / perPage) + 1 && lots <= Math.ceil(100 / perLot),
    `hosts are read in ${pages} pages and certificates in ${lots} lot${lots === 1 ? '' : 's'}`,
  ),
  mark(run.mib <= maxMib, `peak memory is ${run.mib.toFixed(0)} MiB (aim: at most ${maxMib})`),
  mark(run.summaryBytes <= mib, `the summary has ${kib(run.summaryBytes)} (aim: at most 1,024 KiB)`),
].join('\n')}
`
}
