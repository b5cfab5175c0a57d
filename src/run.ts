import { deployFleet, type LoadedAccount } from './fleet/fleet.ts'
import { type PemReader, pemReader } from './inputs/pem.ts'
import { unknownInputs } from './inputs/table.ts'
import { readTask } from './inputs/task.ts'
import type { Warn, World } from './model/ports.ts'
import { hasCode, Problem, toProblem } from './model/problem.ts'
import { type CallRecord, type Result, resultOf, type SiteResult } from './model/result.ts'
import { scrubbed } from './model/scrubbed.ts'
import type { Entry, LoadedEntry, Task } from './model/task.ts'
import { mapped, type Text } from './util/language.ts'
import { duration, oneLine } from './util/text.ts'
import { version } from './util/version.ts'

/** The step: reads the task, signs in, and deploys the certificates to the hosts of the sites. Never throws. */
export const run = async (world: World): Promise<Result> => {
  const record = runRecord(world)
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

/** Collects the warnings and API calls of the run, and makes its result. */
const runRecord = ({ env, log, clock, language }: World) => {
  const start = clock.now()
  const calls: CallRecord[] = []
  const warnings: Text[] = []
  let shard: string | undefined
  let deadline: number | undefined
  const warn: Warn = (title, message) => {
    warnings.push(message)
    log.annotate({ level: 'warning', title, message: mapped(message, oneLine) })
  }
  const works = (task: Task): void => {
    shard = task.shard
    deadline = start + task.waitMs
    if (task.accounts.length > 0) return
    const message = {
      en: `No account of the manifest falls to share ${shard ?? ''}, so there was nothing to do.`,
      zh: `清单文件中没有账号属于分片 ${shard ?? ''}，因此没有需要处理的内容。`,
    }
    log.annotate({ level: 'notice', title: { en: 'Share', zh: '分片' }, message })
  }
  /** `stopped`: why nothing was done at any site. */
  const result = (sites: readonly SiteResult[], stopped: Problem | undefined): Result => {
    for (const message of unknownInputs(env)) warn({ en: 'Unknown input', zh: '未知输入' }, message)
    const all = resultOf({ sites, stopped, calls, warnings, shard, language })
    for (const problem of new Set([all.problem, ...sites.map((site) => site.problem)])) {
      if (problem !== undefined && hasCode(problem, 'Run.Unexpected')) log.debug(originOf(problem))
    }
    log.info(`Done in ${duration(clock.now() - start)}.`)
    // Each site by itself, so that what is remembered meanwhile is soon free.
    const clean = sites.map((site) => scrubbed(site, log.scrub))
    return { ...scrubbed({ ...all, sites: [] }, log.scrub), sites: clean, deadline }
  }
  return { start, calls, warn, works, result }
}

/** Where a defect came from: the stack of what was thrown, which may be the cause of a cause. */
const originOf = (problem: Problem): string => {
  let { cause } = problem
  while (cause instanceof Problem) cause = cause.cause
  return cause instanceof Error ? String(cause.stack) : problem.message
}
