import { keyFor } from './credentials/index.ts'
import { fixedKey } from './credentials/keys.ts'
import { act } from './deploy/act.ts'
import { type Ledger, ledgerProblem, openLedger } from './deploy/ledger.ts'
import { bring, makePlan, type Tools, warnOfChains } from './deploy/planning.ts'
import type { Warn } from './discover/certificates.ts'
import { readAll } from './discover/discover.ts'
import { findZone } from './discover/zone.ts'
import { type Inputs, parseInputs, unknownInputs } from './inputs/inputs.ts'
import { secretsIn } from './inputs/secrets.ts'
import type { Certificate } from './model/certificate.ts'
import type { World } from './model/ports.ts'
import { ownProblem, type Problem, toProblem } from './model/problem.ts'
import type { HostResult, Outcome, Result } from './model/result.ts'
import type { Pairs } from './pem/chain.ts'
import { loadPairs } from './pem/load.ts'
import { certificateLine } from './plan/words.ts'
import { legible } from './runner/sanitize.ts'
import { type Call, type CallRecord, client } from './tencent/client.ts'
import { endpointOf, isForeign, sites } from './tencent/endpoint.ts'
import { domainReader } from './tencent/hosts.ts'
import { readCaller } from './tencent/sts.ts'
import { count, duration, list } from './util/text.ts'
import { version } from './util/version.ts'

/** What is known so far; whatever ends the run, the result is made of it. */
interface Story {
  inputs?: Inputs
  zoneId?: string
  certificates: readonly Certificate[]
  ledger?: Ledger
  /** RequestId of the last ModifyHostsCertificate call that was answered. */
  requestId?: string | undefined
  readonly calls: CallRecord[]
  readonly warnings: string[]
  readonly notes: string[]
}

/** The step: masks, reads its inputs and the world, plans, binds, waits, and tells what happened. Never throws. */
export const run = async (given: World): Promise<Result> => {
  const world: World = { ...given, log: legible(given.log) }
  const { env, log, clock } = world
  const start = clock.now()
  for (const secret of secretsIn(env)) log.mask(secret)
  const story: Story = { certificates: [], calls: [], warnings: [], notes: [] }
  const warn = (title: string, message: string) => {
    story.warnings.push(message)
    log.annotate({ level: 'warning', title, message })
  }
  const note = (line: string) => {
    story.notes.push(line)
    log.info(line)
  }
  try {
    const { inputs, pairs, unused } = await prepare(world, story).finally(() => {
      for (const message of unknownInputs(env)) warn('Unknown input', message)
    })
    const deadline = start + inputs.waitMs
    const late = () => ownProblem('Network.Deadline', { message: 'The deadline of the step came before an answer' })
    const signal = AbortSignal.any([world.cancelled, clock.alarm(deadline, late)])
    const { callUntil, credential } = clientFor(world, inputs, warn, story)
    // At once, so that a role that is refused is not taken for a read that is.
    await credential(signal)
    const tools = { world, call: callUntil(signal), callUntil, warn, note, signal, deadline }
    const thrown = await tell(story, inputs, { pairs, unused }, tools)
    log.info(`Done in ${duration(clock.now() - start)}.`)
    return resultOf(story, thrown)
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (problem.code === 'Run.Unexpected')
      log.debug(String(problem.cause instanceof Error ? problem.cause.stack : thrown))
    return resultOf(story, problem)
  }
}

/** Reads the inputs, and the files that they name. Every line of a key is masked before anything is printed. */
const prepare = async ({ env, readFile, log }: World, story: Story): Promise<Pairs & { readonly inputs: Inputs }> => {
  const inputs = parseInputs(env)
  story.inputs = inputs
  if (inputs.pem === undefined) return { inputs, pairs: [], unused: [] }
  return { inputs, ...(await loadPairs(inputs.pem, readFile, log.mask)) }
}

const clientFor = (world: World, inputs: Inputs, warn: Warn, { calls }: Story) => {
  const endpoint = endpointOf(inputs.site, inputs.endpoint)
  if (isForeign(endpoint('teo'))) {
    warn('Foreign endpoint', `Signed requests go to ${endpoint('teo').hostname}, which is not Tencent Cloud's.`)
  }
  const { language, region } = inputs
  const onAttempt = (action: string) => {
    const i = calls.push({ action, outcome: 'under way' }) - 1
    return (outcome: string, requestId: string | undefined) => {
      calls[i] = { action, outcome, requestId }
    }
  }
  const base = { ...world, endpoint, warn, language, region, onAttempt }
  const unsigned = { secretId: '', secretKey: '' }
  const sts = (key = unsigned) => client({ ...base, credential: fixedKey(key) })
  const { idToken, clock, log } = world
  const credential = keyFor(inputs.access, { sts, idToken, clock, mask: log.mask })
  return { callUntil: client({ ...base, credential }), credential }
}

/** From the inputs to the end of the waiting. Returns the failure of a host, if there is one; throws what stops the whole. */
const tell = async (story: Story, inputs: Inputs, chains: Pairs, tools: Tools): Promise<Problem | undefined> => {
  const { world, call, warn } = tools
  const { log, clock } = world
  log.info(`EdgeOne certificate ${version}`)
  warnOfChains(chains, warn)
  const reading = await log.group('Reading', async () => {
    await checkAccount(call, inputs, log.info)
    const zoneId = await findZone(call, inputs)
    story.zoneId = zoneId
    log.info(`Site ${zoneId} (${sites[inputs.site].name}, API ${inputs.apiVersion})`)
    const all = await readAll(call, inputs, zoneId, clock.now(), warn, chains.pairs)
    for (const certificate of all.certificates) log.info(certificateLine(certificate))
    log.info(`${count(all.hosts.length, 'host')}: ${list(all.hosts, 20, ({ host }) => host)}`)
    return all
  })
  story.certificates = reading.certificates
  for (const note of reading.notes) warn('Hosts', note)
  if (reading.hosts.length === 0) return noHosts(inputs, warn)

  const brought = await bring(inputs, reading, chains.pairs, tools)
  story.certificates = brought.certificates
  const { steps, plan, known } = await makePlan(inputs, { ...reading, ...brought }, tools)
  const ledger = openLedger(steps)
  story.ledger = ledger
  if (!inputs.dryRun) {
    const zoneId = story.zoneId ?? ''
    const { reader } = reading
    const readerFor = (other: Call) => domainReader(other, inputs.apiVersion, zoneId, { cnames: false })
    const onRequestId = (requestId: string | undefined) => {
      story.requestId = requestId
    }
    await act(ledger, { ...tools, inputs, zoneId, reader, readerFor, plan, known, onRequestId })
  }
  return ledgerProblem(ledger)
}

/** Stops where the key is not of an account that was named. Throws `Input.ForeignAccount`, or the Problem of the call. */
const checkAccount = async (call: Call, { accounts }: Inputs, info: (line: string) => void): Promise<void> => {
  if (accounts.length === 0) return
  const { account, arn } = await readCaller(call)
  info(`Account ${account} (${arn})`)
  if (accounts.includes(account)) return
  throw ownProblem('Input.ForeignAccount', {
    message: `The key is of account ${account || 'unknown'} (${arn}), and allowed are ${list(accounts, 10)}`,
  })
}

const noHosts = ({ ifNoHosts }: Inputs, warn: Warn): undefined => {
  const message = 'The selection holds no host of the site, so there was nothing to do.'
  if (ifNoHosts === 'error') throw ownProblem('Input.NoHosts', { message })
  if (ifNoHosts === 'warn') warn('No hosts', message)
}

const resultOf = (story: Story, problem: Problem | undefined): Result => {
  const { inputs, zoneId, certificates, calls, warnings, notes } = story
  const hosts = hostsOf(story)
  const changed = hosts.some(({ writes }) => writes > 0)
  const outcome = (): Outcome => {
    if (problem?.code === 'Run.Cancelled') return 'cancelled'
    if (problem !== undefined)
      return hosts.some(({ state }) => state === 'rolled-back') && !hosts.some(({ state }) => state === 'adrift')
        ? 'rolled-back'
        : 'failed'
    if (inputs?.dryRun) return 'planned'
    return changed ? 'changed' : 'unchanged'
  }
  const stopped = problem !== undefined && problem.code !== 'Run.Cancelled'
  const requestId = stopped ? problem.requestId : story.requestId
  return { outcome: outcome(), inputs, zoneId, certificates, hosts, requestId, problem, calls, warnings, notes }
}

const hostsOf = ({ inputs, ledger }: Story): readonly HostResult[] => {
  if (ledger === undefined) {
    const named = inputs?.target.match === 'exact' ? inputs.target.hosts.toSorted() : []
    return named.map((host) => ({ host, state: 'untouched', writes: 0 }))
  }
  const planned = inputs?.dryRun === true
  return [...ledger.values()].map((entry) =>
    planned && (entry.state === 'untouched' || entry.state === 'waiting') ? { ...entry, state: 'planned' } : entry,
  )
}
