import { auditFleet } from './fleet/audit.ts'
import { readAuditTask } from './inputs/audit-task.ts'
import {
  type AuditedSite,
  type AuditResult,
  type AuditTask,
  type Criteria,
  findingsOf,
  tracedDetail,
} from './model/audit.ts'
import type { World } from './model/ports.ts'
import { faultText, ownProblem, type Problem, summarised, toProblem } from './model/problem.ts'
import { siteLabel } from './model/result.ts'
import { scrubbed } from './model/scrubbed.ts'
import { runRecord } from './run-record.ts'
import { mapped } from './util/language.ts'
import { count, listedTexts } from './util/text.ts'
import { version } from './util/version.ts'

/** Maximum number of findings in the log; the result has all. */
const maxLines = 200

/** The audit: reads the task, signs in, and looks at the hosts of the sites. Only reads. Never throws. */
export const runAudit = async (world: World): Promise<AuditResult> => {
  const record = recordOf(world)
  try {
    const task = await readAuditTask(world)
    record.works(task)
    world.log.info(`EdgeOne certificate audit ${version}`)
    const sites = await auditFleet(world, task, { ...record, deadline: record.start + task.waitMs })
    return record.result(sites, stopOf(world, sites))
  } catch (thrown) {
    return record.result([], toProblem(thrown))
  }
}

/** Why the audit is not done: it was cancelled, or no site could be read. */
const stopOf = ({ cancelled }: World, sites: readonly AuditedSite[]): Problem | undefined => {
  if (cancelled.aborted) return toProblem(cancelled.reason)
  const failed = sites.flatMap((site) => (site.problem === undefined ? [] : { site, problem: site.problem }))
  const [first] = failed
  if (first === undefined || failed.length < sites.length) return undefined
  if (new Set(failed.map(({ problem }) => problem.code)).size === 1)
    return summarised(failed.map(({ problem }) => problem))
  const faults = failed.map(({ site, problem }) => mapped(faultText(problem), (text) => `${siteLabel(site)}: ${text}`))
  const each = listedTexts(faults, 5)
  return ownProblem('Run.SitesFailed', {
    message: {
      en: `None of ${count(sites.length, 'site')} could be read. ${each.en}`,
      zh: `${sites.length} 个站点均无法读取。${each.zh}`,
    },
  })
}

/** For inputs that are wrong. */
const noCriteria: Criteria = { expiresWithinDays: 0, looksAtServed: false, failOn: [] }

/** The record of the audit, which makes its result. */
const recordOf = (world: World) => {
  const record = runRecord(world)
  const { log, clock, language } = world
  let task: AuditTask | undefined
  let deadline: number | undefined
  const works = (read: AuditTask): void => {
    task = read
    deadline = record.start + read.waitMs
    record.tellShare(read)
  }
  const result = async (sites: readonly AuditedSite[], problem: Problem | undefined): Promise<AuditResult> => {
    record.warnUnknown('audit')
    const { calls, warnings } = record
    const { criteria = noCriteria, shard } = task ?? {}
    const all: AuditResult = { problem, sites, criteria, calls, warnings, shard, language, at: clock.now(), deadline }
    await tellFindings(world, all)
    record.end([problem, ...sites.map((site) => site.problem)])
    // Each site by itself, so that what is remembered meanwhile is soon free.
    const clean = sites.map((site) => scrubbed(site, log.scrub))
    return { ...scrubbed({ ...all, sites: [] }, log.scrub), sites: clean }
  }
  return { ...record, works, result }
}

const tellFindings = async ({ log }: World, result: AuditResult): Promise<void> => {
  const found = findingsOf(result)
  if (found.length > 0) {
    await log.group(count(found.length, 'finding'), async () => {
      for (const { site, finding } of found.slice(0, maxLines))
        log.info(`${finding.kind}: ${finding.host ?? siteLabel(site)}: ${tracedDetail(finding).en}`)
      if (found.length > maxLines) log.info(`and ${found.length - maxLines} more`)
    })
  }
}
