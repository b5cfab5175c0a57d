import { deployFleet, type LoadedAccount } from './fleet/fleet.ts'
import { type PemReader, pemReader } from './inputs/pem.ts'
import { readTask } from './inputs/task.ts'
import type { Warn, World } from './model/ports.ts'
import { type Problem, toProblem } from './model/problem.ts'
import { type Result, resultOf, type SiteResult } from './model/result.ts'
import { scrubbed } from './model/scrubbed.ts'
import type { Entry, LoadedEntry, Task } from './model/task.ts'
import { runRecord } from './run-record.ts'
import { version } from './util/version.ts'

/** The step: reads the task, signs in, and deploys the certificates to the hosts of the sites. Never throws. */
export const run = async (world: World): Promise<Result> => {
  const record = recordOf(world)
  try {
    const pem = pemReader(world)
    const task = await readTask(world, pem)
    record.works(task)
    const accounts = await loadPem(task, pem, record.warn)
    world.log.info(`EdgeOne certificate ${version}`)
    const sites = await deployFleet(world, accounts, { ...record, deadline: record.start + task.waitMs })
    return record.result(sites, undefined)
  } catch (thrown) {
    return record.result([], toProblem(thrown))
  }
}

/** The accounts, whose entries have their certificates and keys. PEM that cannot be used fails its entry. */
const loadPem = (task: Task, pem: PemReader, warn: Warn): Promise<readonly LoadedAccount[]> => {
  const load = async (entry: Entry): Promise<LoadedEntry> => {
    try {
      return { ...entry, source: await pem.load(entry.source, warn) }
    } catch (thrown) {
      return { ...entry, problem: toProblem(thrown) }
    }
  }
  return Promise.all(
    task.accounts.map(async (account) => ({ ...account, entries: await Promise.all(account.entries.map(load)) })),
  )
}

/** The record of the run, which makes its result. */
const recordOf = (world: World) => {
  const record = runRecord(world)
  let shard: string | undefined
  let deadline: number | undefined
  const works = (task: Task): void => {
    shard = task.shard
    deadline = record.start + task.waitMs
    record.tellShare(task)
  }
  /** `stopped`: why nothing was done at any site. */
  const result = (sites: readonly SiteResult[], stopped: Problem | undefined): Result => {
    record.warnUnknown('deployment')
    const { calls, warnings } = record
    const all = resultOf({ sites, stopped, calls, warnings, shard, language: world.language })
    record.end([all.problem, ...sites.map((site) => site.problem)])
    // Each site by itself, so that what is remembered meanwhile is soon free.
    const clean = sites.map((site) => scrubbed(site, world.log.scrub))
    return { ...scrubbed({ ...all, sites: [] }, world.log.scrub), sites: clean, deadline }
  }
  return { ...record, works, result }
}
