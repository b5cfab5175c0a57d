import type { Clock, Log } from '../model/ports.ts'
import { toProblem } from '../model/problem.ts'
import type { Step } from '../plan/plan.ts'
import type { Call } from '../tencent/client.ts'
import type { Domain, DomainReader } from '../tencent/hosts.ts'
import { type ApiVersion, modifyHostsCertificate } from '../tencent/teo.ts'
import { count, list } from '../util/text.ts'
import { apply, type Change } from './batches.ts'
import { type Ledger, ledgerProblem, noteAccepted, noteFailed } from './ledger.ts'
import { isSettled, noteLate, settle } from './wait.ts'

export interface DeployOptions {
  readonly apiVersion: ApiVersion
  readonly zoneId: string
  /** Absent where the site cannot be read, and so nothing be waited for. */
  readonly reader: DomainReader | undefined
  readonly until: 'accepted' | 'deployed'
  readonly call: Call
  readonly log: Log
  readonly clock: Clock
  /** The deadline of the step, and its cancellation. */
  readonly signal: AbortSignal
  readonly cancelled: AbortSignal
  /** Unix milliseconds. */
  readonly deadline: number
  /** The plan for a host as it is now. */
  readonly plan: (domain: Domain) => Step
  /** Told the RequestId of every change that was taken. */
  readonly onRequestId: (requestId: string | undefined) => void
}

/**
 * Makes the changes of the ledger, and stays until they are true, or only taken where that was asked for or where the site cannot be
 * read. Throws what stops the whole; the ledger holds how far it came. The failure of a host is in the ledger, and not thrown.
 */
export const deploy = async (ledger: Ledger, options: DeployOptions): Promise<void> => {
  const { apiVersion, zoneId, reader } = options
  const { call, log, clock, signal, deadline, plan } = options
  const bind = async (changes: readonly [Change, ...Change[]]) => {
    const hosts = changes.map(({ host }) => host)
    const { api, body } = modifyHostsCertificate(apiVersion, { zoneId, hosts, setting: changes[0].setting })
    log.info(`${api.action} for ${count(hosts.length, 'host')}: ${JSON.stringify(body)}`)
    try {
      const requestId = await call(api, body, (answer) => answer.requestId)
      options.onRequestId(requestId)
      log.info(`Accepted for ${list(hosts, 3)}. RequestId: ${requestId ?? 'none'}`)
      return requestId
    } catch (thrown) {
      const { code, requestId } = toProblem(thrown)
      log.info(`Not accepted for ${list(hosts, 3)}: ${code}. RequestId: ${requestId ?? 'none'}`)
      throw thrown
    }
  }
  const applyAll = (changes: readonly Change[]) =>
    apply(changes, {
      bind,
      accepted: (taken, requestId) => noteAccepted(ledger, taken, requestId),
      failed: (refused, problem) => noteFailed(ledger, refused, problem),
    })
  const until = reader === undefined ? 'accepted' : options.until
  const read = reader?.these
  const wait = () => settle(ledger, { until, read, plan, apply: applyAll, clock, signal, deadline, info: log.info })
  try {
    const first = [...ledger.values()].map(({ step }) => step).filter((step): step is Change => step.kind === 'bind')
    if (first.length > 0) await log.group(`Binding ${count(first.length, 'host')}`, () => applyAll(first))
    if (!isSettled(ledger, until)) await log.group(`Waiting until ${until}`, wait)
  } catch (thrown) {
    if (!signal.aborted || options.cancelled.aborted) throw thrown
    noteLate(ledger, until)
    // At the deadline, what is known of the hosts says more than that it came.
    if (toProblem(thrown).code !== 'Network.Deadline' || ledgerProblem(ledger) === undefined) throw thrown
  }
}
