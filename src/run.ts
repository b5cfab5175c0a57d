import { signIn } from './credentials/account.ts'
import { notStarted } from './deploy/record.ts'
import { deploySite } from './deploy/site.ts'
import { type Inputs, parseInputs } from './inputs/inputs.ts'
import { loadPem, type OpenedPem, openPem } from './inputs/pem.ts'
import { secretsIn } from './inputs/secrets.ts'
import { unknownInputs } from './inputs/table.ts'
import type { Warn, World } from './model/ports.ts'
import { hasCode, Problem, toProblem } from './model/problem.ts'
import type { CallRecord, Result, SiteResult } from './model/result.ts'
import { scrubbed } from './model/scrubbed.ts'
import { duration, oneLine } from './util/text.ts'
import { version } from './util/version.ts'

/** The step: reads the inputs, signs in, and deploys the certificate to the hosts of the site. Never throws. */
export const run = async (world: World): Promise<Result> => {
  const record = runRecord(world)
  let inputs: Inputs | undefined
  try {
    const pem = await openSecrets(world)
    inputs = parseInputs(world.env)
    const spec = loadPem(world, inputs, pem, record.warn)
    world.log.info(`EdgeOne certificate ${version}`)
    const context = await signIn(world, inputs.account, { ...record, deadline: record.start + inputs.waitMs })
    const site = await deploySite(context, spec)
    return record.result([site], site.problem)
  } catch (thrown) {
    const problem = toProblem(thrown)
    return record.result(inputs === undefined ? [] : [notStarted(inputs, problem)], problem)
  }
}

/** Masks every secret of the environment, before anything is printed. */
const openSecrets = (world: World): Promise<OpenedPem> => {
  for (const secret of secretsIn(world.env)) world.log.mask(secret)
  return openPem(world)
}

/** Collects the warnings and API calls of the run, and makes its result. */
const runRecord = ({ env, log, clock }: World) => {
  const start = clock.now()
  const calls: CallRecord[] = []
  const warnings: string[] = []
  const warn: Warn = (title, message) => {
    warnings.push(message)
    log.annotate({ level: 'warning', title, message: oneLine(message) })
  }
  const result = (sites: readonly SiteResult[], problem: Problem | undefined): Result => {
    for (const message of unknownInputs(env)) warn('Unknown input', message)
    if (problem !== undefined && hasCode(problem, 'Run.Unexpected')) {
      log.debug(originOf(problem))
    }
    log.info(`Done in ${duration(clock.now() - start)}.`)
    const [site] = sites
    const outcome = site?.outcome ?? 'failed'
    const isFailure = problem !== undefined && outcome !== 'cancelled'
    const requestId = isFailure ? problem.requestId : site?.requestId
    return scrubbed({ outcome, problem, requestId, sites, calls, warnings }, log.scrub)
  }
  return { start, calls, warn, result }
}

/** Where a defect came from: the stack of what was thrown, which may be the cause of a cause. */
const originOf = (problem: Problem): string => {
  let { cause } = problem
  while (cause instanceof Problem) cause = cause.cause
  return cause instanceof Error ? String(cause.stack) : problem.message
}
