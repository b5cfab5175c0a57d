import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf, root, sum, type Timed, timed } from './process.ts'
import type { Counts, Given, Kind } from './scale-world.ts'

export interface Measured extends Counts, Timed {
  readonly summaryBytes: number
  readonly resultBytes: number
}

interface Site {
  readonly hosts: readonly unknown[]
}

const outputOf = (text: string, name: string): string => {
  const [, delimiter = '', rest = ''] = new RegExp(`^${name}<<(\\S+)\\n([\\s\\S]*)`, 'm').exec(text) ?? []
  return rest.slice(0, rest.indexOf(`\n${delimiter}`))
}

/** The JSON document of a step: the file that `result-path` names or, in older bundles, the output `result`. */
const resultOf = (output: string): string => {
  const path = outputOf(output, 'result-path')
  return path === '' ? outputOf(output, 'result') : readFileSync(path, 'utf8')
}

const hostsIn = (result: string): number => {
  const { sites, hosts = [] } = JSON.parse(result) as { readonly sites?: readonly Site[] } & Partial<Site>
  return sites === undefined ? hosts.length : sum(sites.map((site) => site.hosts.length))
}

/** Runs a step against a site of so many hosts; throws when the outcome is another, or the result lacks hosts. */
const measure = async (
  step: string,
  world: ChildProcess,
  { inputs, proxy, rootFile }: Given,
  expected: { readonly outcome: string; readonly hosts: number },
): Promise<Measured> => {
  const folder = mkdtempSync(join(tmpdir(), 'scale-'))
  const run = timed(step, inputs, { proxy, rootFile, folder })
  const output = readFileSync(join(folder, 'OUTPUT'), 'utf8')
  const summaryBytes = statSync(join(folder, 'STEP_SUMMARY')).size
  const result = resultOf(output)
  rmSync(folder, { recursive: true })
  const got = { outcome: outputOf(output, 'outcome'), hosts: hostsIn(result) }
  if (got.outcome !== expected.outcome || got.hosts !== expected.hosts) {
    throw new Error(`${JSON.stringify(got)}, expected ${JSON.stringify(expected)}: ${run.stdout.slice(-4000)}`)
  }
  const counts = messageOf<Counts>(world)
  world.send('counts')
  return { ...(await counts), ...run, summaryBytes, resultBytes: Buffer.byteLength(result) }
}

/** A step that changes all hosts; where hosts can share a call, then one that finds nothing to do. */
export const measureSite = async (step: string, hosts: number, kind: Kind): Promise<readonly Measured[]> => {
  const world = fork(join(root, 'bench/scale-world.ts'), [String(hosts), kind])
  const given = await messageOf<Given>(world)
  const runs = [await measure(step, world, given, { outcome: 'changed', hosts })]
  if (kind === 'shared') runs.push(await measure(step, world, given, { outcome: 'unchanged', hosts }))
  world.kill()
  return runs
}
