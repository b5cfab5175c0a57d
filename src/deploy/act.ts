import type { Warn } from '../discover/certificates.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Certificate } from '../model/certificate.ts'
import type { World } from '../model/ports.ts'
import { ownProblem, toProblem } from '../model/problem.ts'
import { planHost, type Step } from '../plan/plan.ts'
import type { Call } from '../tencent/client.ts'
import type { Domain, DomainReader } from '../tencent/hosts.ts'
import { count } from '../util/text.ts'
import type { Change } from './batches.ts'
import { type DeployOptions, deploy } from './deploy.ts'
import { type Ledger, ledgerProblem, openLedger } from './ledger.ts'
import { lookAtServed, noteServed } from './probe.ts'
import { retire } from './retire.ts'
import { noteUnfinished, rollBack, rollbackTime, waysBack } from './rollback.ts'

export interface ActOptions {
  readonly world: World
  readonly inputs: Inputs
  readonly zoneId: string
  readonly warn: Warn
  readonly note: (line: string) => void
  /** A client that ends with a signal. */
  readonly callUntil: (signal: AbortSignal) => Call
  /** The deadline of the step, and its cancellation. */
  readonly signal: AbortSignal
  /** Unix milliseconds. */
  readonly deadline: number
  readonly reader: DomainReader | undefined
  /** A reader of the site for a client. */
  readonly readerFor: (call: Call) => DomainReader
  readonly plan: (domain: Domain) => Step
  readonly known: ReadonlyMap<string, Certificate>
  readonly onRequestId: (requestId: string | undefined) => void
}

/**
 * From the plan to what is true: makes the changes, waits for them, looks at what is served, gives back what did not get there, and
 * sees to the certificates that were replaced – each as far as it was asked for. Throws what stops the whole; the ledger holds the rest.
 */
export const act = async (ledger: Ledger, options: ActOptions): Promise<void> => {
  const { world, inputs, signal } = options
  const { log } = world
  const call = options.callUntil(signal)
  try {
    await deploy(ledger, {
      ...deployOptions(options, call, signal),
      until: inputs.waitFor === 'accepted' ? 'accepted' : 'deployed',
    })
    if (inputs.waitFor === 'served') await served(ledger, options)
  } catch (thrown) {
    if (inputs.rollback && !world.cancelled.aborted) {
      if (inputs.waitFor !== 'accepted') noteUnfinished(ledger, toProblem(thrown))
      await giveBack(ledger, options)
    }
    throw thrown
  }
  if (ledgerProblem(ledger) !== undefined) {
    if (inputs.rollback && !world.cancelled.aborted) await giveBack(ledger, options)
  } else if (inputs.oldCertificates !== 'keep' && options.reader !== undefined) {
    const { reader, warn, note } = options
    await log.group('Old certificates', () =>
      retire(ledger, inputs, { call, reader, clock: world.clock, signal, info: note, warn }),
    )
  }
}

const deployOptions = (
  { world, inputs, zoneId, reader, deadline, plan, onRequestId }: ActOptions,
  call: Call,
  signal: AbortSignal,
): Omit<DeployOptions, 'until'> => {
  const { log, clock, cancelled } = world
  return {
    apiVersion: inputs.apiVersion,
    zoneId,
    reader,
    call,
    log,
    clock,
    signal,
    cancelled,
    deadline,
    plan,
    onRequestId,
  }
}

const served = async (
  ledger: Ledger,
  { world, inputs, warn, note, signal, deadline, known }: ActOptions,
): Promise<void> => {
  const { log, clock, handshake, resolve, cancelled } = world
  const { connectTo } = inputs
  try {
    const look = { handshake, resolve, clock, signal, deadline, info: log.info, warn, note, connectTo, known }
    await log.group('Looking at what is served', () => lookAtServed(ledger, look))
  } catch (thrown) {
    // At the deadline, what the hosts serve says more than that it came.
    if (cancelled.aborted || !signal.aborted || ledgerProblem(ledger) === undefined) throw thrown
    return
  } finally {
    noteServed(ledger)
  }
}

/** Gives back what did not get there, in time of its own: mostly it is the deadline that calls for it. */
const giveBack = async (ledger: Ledger, options: ActOptions): Promise<void> => {
  const { world, inputs, zoneId, reader } = options
  const { apiVersion } = inputs
  const { log, clock, cancelled } = world
  const ways = waysBack(ledger, apiVersion)
  if (ways.length === 0) return
  const deadline = clock.now() + rollbackTime
  const late = () => ownProblem('Network.Deadline', { message: 'The time of the rollback ended before an answer came' })
  const signal = AbortSignal.any([cancelled, clock.alarm(deadline, late)])
  const call = options.callUntil(signal)
  const restore = async (changes: readonly Change[]): Promise<Ledger> => {
    const back = openLedger(changes)
    const plan = (domain: Domain): Step => {
      const setting = back.get(domain.host)?.step.setting ?? { mode: 'sslcert', ids: [] }
      return planHost({ setting, keepOther: false, known: new Map(), now: clock.now() }, domain.host, domain)
    }
    const again = reader === undefined ? undefined : options.readerFor(call)
    try {
      await deploy(back, { ...deployOptions(options, call, signal), reader: again, plan, deadline, until: 'deployed' })
    } catch (thrown) {
      if (cancelled.aborted) throw thrown
      for (const entry of back.values()) if (entry.state !== 'deployed') entry.problem ??= toProblem(thrown)
    }
    return back
  }
  // No group: the runner knows none within another, and the changes have theirs.
  log.info(`Rolling back ${count(ways.length, 'host')}`)
  await rollBack(ways, { zoneId, apiVersion }, restore)
}
