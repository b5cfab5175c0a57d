import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Contender, Contenders } from './contenders.ts'
import { type LinkName, links } from './delay-proxy.ts'
import { median, messageOf, root, type Timed, timed } from './process.ts'
import type { Delay, Row } from './report.ts'
import type { Asked, Given, Job } from './world.ts'

interface Measurement {
  readonly job: Job
  readonly contender: Contender
  readonly link: LinkName | 'no delay'
  readonly runs: Timed[]
}
const measurement = (job: Job, contender: Contender, link: Measurement['link'] = 'no delay'): Measurement => ({
  job,
  contender,
  link,
  runs: [],
})

const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => [Math.random(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item)

const askedOf = (world: ChildProcess): Promise<Asked> => {
  const asked = messageOf<Asked>(world)
  world.send('next')
  return asked
}

/** A contender that leaves out a part of the job would look fast. */
const checkWork = (job: Job, { name }: Contender, { counts, throttled }: Asked, empty: Contender) => {
  const writes = [counts['ModifyHostsCertificate'] ?? 0, counts['UploadCertificate'] ?? 0]
  const expected = name === empty.name ? [0, 0] : [1, job === 'by ID' ? 0 : 1]
  if (writes.join() === expected.join() && throttled === 0) return
  throw new Error(`${name}, ${job}: ${JSON.stringify(counts)}, ${throttled} throttled`)
}

const rowOf = ({ job, contender: { name, file }, runs }: Measurement): Row => ({
  job,
  name,
  ms: median(runs.map(({ ms }) => ms)),
  mib: median(runs.map(({ mib }) => mib)),
  bytes: statSync(file).size,
})

/** One job and contender, in round trips. */
const delayOf = (job: Job, { name }: Contender, measurements: readonly Measurement[]): Delay => {
  const own = measurements.filter((one) => one.job === job && one.contender.name === name)
  const msAt = (wanted: Measurement['link']) => own.find(({ link }) => link === wanted)?.runs.map(({ ms }) => ms) ?? []
  const base = msAt('no delay')
  const at = (link: LinkName) => {
    const all = msAt(link)
    const { roundTripMs } = links[link]
    // Of the fastest runs, since other work on the machine only ever adds time.
    const roundTrips = (Math.min(...all) - Math.min(...base)) / roundTripMs
    return { ms: median(all), roundTrips, whole: median(all) / roundTripMs }
  }
  return {
    job,
    name,
    ms: median(base),
    at: { '100 ms': at('100 ms'), '250 ms': at('250 ms'), '250 ms, distant proxy': at('250 ms, distant proxy') },
  }
}

/** Starts the test world, and times all contenders: first without delay, then those of interest with it. */
export const measureAll = async (contenders: Contenders, rounds: number, delayRounds: number) => {
  const { action, empty, floor, 'sdk-teo': teo, 'sdk-whole': whole, 'sdk-whole-installed': installed } = contenders
  const { 'floor-ssl': floorSsl, 'sdk-teo-ssl-by-id': teoSslById } = contenders
  const { 'sdk-teo-ssl': teoSsl, 'sdk-teo-ssl-parallel': parallel } = contenders
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  // The test world runs in a process of its own, so that this one can block on its children.
  const world = fork(join(root, 'bench/world.ts'))
  const { inputs, proxies, rootFile } = await messageOf<Given>(world)
  /** All in random order, so many times after a first time that warms the file cache and does not count. */
  const measure = async (measurements: readonly Measurement[], count: number) => {
    for (let round = 0; round <= count; round++) {
      for (const { job, contender, link, runs } of shuffled(measurements)) {
        const run = timed(contender.file, inputs[job], { proxy: proxies[link], rootFile, folder })
        checkWork(job, contender, await askedOf(world), empty)
        if (round > 0) runs.push(run)
      }
    }
  }
  const near = [
    ...[action, empty, floor, floorSsl, teo, teoSslById, whole, installed].map((one) => measurement('by ID', one)),
    ...[action, whole, installed].map((one) => measurement('from PEM', one)),
  ]
  await measure(near, rounds)
  const pairs = [
    ...[action, floor, teo].map((one) => ['by ID', one] as const),
    ...[action, teoSsl, parallel].map((one) => ['from PEM', one] as const),
  ]
  const delays = ['no delay', '100 ms', '250 ms', '250 ms, distant proxy'] as const
  const far = pairs.flatMap(([job, one]) => delays.map((link) => measurement(job, one, link)))
  await measure(
    far.filter(({ contender, link }) => contender === action || link !== '250 ms, distant proxy'),
    delayRounds,
  )
  world.kill()
  rmSync(folder, { recursive: true })
  return { rows: near.map(rowOf), delays: pairs.map(([job, one]) => delayOf(job, one, far)) }
}
