import { type Call, type CallRecord, client } from './cloud/call.ts'
import { endpointOf, isForeign, sites } from './cloud/endpoint.ts'
import { modifyHostsCertificate } from './cloud/teo.ts'
import { fixedKey } from './credentials/keys.ts'
import { type Inputs, parseInputs, secretsIn, unknownInputs } from './inputs.ts'
import type { World } from './ports.ts'
import { ownProblem, type Problem, toProblem } from './problem.ts'
import { certificateText, type HostState, type Result } from './result.ts'
import { count, duration, list } from './text.ts'
import { version } from './version.ts'

/** The step: masks, reads its inputs, binds, and tells what happened. Never throws. */
export const run = async (world: World): Promise<Result> => {
  const { env, log, clock } = world
  const start = clock.now()
  for (const secret of secretsIn(env)) log.mask(secret)
  const warnings: string[] = []
  const warn = (title: string, message: string) => {
    warnings.push(message)
    log.annotate({ level: 'warning', title, message })
  }
  const calls: CallRecord[] = []
  let inputs: Inputs | undefined
  try {
    for (const message of unknownInputs(env)) warn('Unknown input', message)
    inputs = parseInputs(env)
    const endpoint = endpointOf(inputs.site, inputs.endpoint)
    const { hostname } = endpoint('teo')
    if (isForeign(endpoint('teo')))
      warn('Foreign endpoint', `Signed requests go to ${hostname}, which is not Tencent Cloud's.`)
    const late = () => ownProblem('Network.Deadline', { message: 'The deadline of the step came before an answer' })
    const call = client({
      ...world,
      endpoint,
      warn,
      credential: fixedKey(inputs.credential),
      language: inputs.language,
      signal: AbortSignal.any([world.cancelled, clock.alarm(start + inputs.waitMs, late)]),
      onAttempt: (record) => calls.push(record),
    })
    const requestId = await bind(world, inputs, call)
    log.info(`Done in ${duration(clock.now() - start)}. EdgeOne is deploying; this step does not wait for it.`)
    return { outcome: 'changed', inputs, hosts: allHosts(inputs, 'accepted'), requestId, calls, warnings }
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (problem.code === 'Run.Unexpected')
      log.debug(String(problem.cause instanceof Error ? problem.cause.stack : thrown))
    return failed(problem, { inputs, calls, warnings })
  }
}

/** One call for all hosts. Returns its RequestId; throws its Problem. */
const bind = async ({ log }: World, inputs: Inputs, call: Call): Promise<string | undefined> => {
  const { site, apiVersion, zoneId, hosts } = inputs
  log.info(`EdgeOne certificate ${version}`)
  log.info(`Certificate: ${certificateText(inputs)}`)
  log.info(`Hosts:       ${list(hosts, 20)}`)
  log.info(`Site:        ${zoneId} (${sites[site].name}, API ${apiVersion})`)
  const { api, body } = modifyHostsCertificate(apiVersion, inputs)
  return log.group(`${api.action} for ${count(hosts.length, 'host')}`, async () => {
    log.info(`Parameters: ${JSON.stringify(body)}`)
    const { requestId } = await call(api, body)
    log.info(`Accepted. RequestId: ${requestId ?? 'none'}`)
    return requestId
  })
}

const allHosts = (inputs: Inputs, state: HostState) => inputs.hosts.map((host) => ({ host, state }))

const failed = (
  problem: Problem,
  {
    inputs,
    calls,
    warnings,
  }: { inputs: Inputs | undefined; calls: readonly CallRecord[]; warnings: readonly string[] },
): Result => {
  const outcome = problem.code === 'Run.Cancelled' ? 'cancelled' : 'failed'
  const state = ({ never: 'untouched', refused: 'refused', unknown: 'unknown' } as const)[problem.sent]
  const about = inputs === undefined ? { hosts: [] } : { inputs, hosts: allHosts(inputs, state) }
  return { outcome, ...about, requestId: problem.requestId, problem, calls, warnings }
}
