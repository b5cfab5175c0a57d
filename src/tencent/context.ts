import type { Clock, Handshake, Log, Resolve, Warn } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'
import type { Text } from '../util/language.ts'
import type { Call } from './client.ts'
import type { Shared } from './shared.ts'

/** What the work on a site uses: the client of its account, and the world. Handed down unchanged. */
export interface Context {
  /** The client, which `signal` ends. */
  readonly call: Call
  /** The client, which another signal ends; `site` is the ID of the site for which it calls, if there are several. */
  readonly client: (signal: AbortSignal, site?: string) => Call
  readonly shared: Shared
  readonly clock: Clock
  readonly log: Log
  readonly warn: Warn
  readonly handshake: Handshake
  readonly resolve: Resolve
  /** Aborted at the deadline, or when the run is cancelled. */
  readonly signal: AbortSignal
  /** Aborted when the run is cancelled. */
  readonly cancelled: AbortSignal
  /** Unix milliseconds. */
  readonly deadline: number
}

/** The same context with another deadline, Unix milliseconds. `what` is the subject of the message at the deadline. */
export const withDeadline = <T extends Pick<Context, 'clock' | 'cancelled' | 'client'>>(
  context: T,
  deadline: number,
  what: Text,
): T & Pick<Context, 'call' | 'signal' | 'deadline'> => {
  const message = { en: `${what.en} timed out before an answer arrived`, zh: `${what.zh}超时，未收到响应` }
  const late = () => ownProblem('Network.Deadline', { message })
  const signal = AbortSignal.any([context.cancelled, context.clock.alarm(deadline, late)])
  return { ...context, signal, deadline, call: context.client(signal) }
}
