import { type HostState, hostStates, hostsIn, type Result, unreached } from '../model/result.ts'
import { count, list } from '../util/text.ts'

/** A host's state, as a reader has it in a table. */
export const stateWords: Readonly<Record<HostState, string>> = {
  planned: 'would be changed',
  unchanged: 'has it already',
  served: 'deployed and served',
  deployed: 'deployed',
  accepted: 'accepted, deploying',
  'rolled-back': 'rolled back',
  unserved: 'deployed, but not served',
  late: 'accepted, not deployed in time',
  failed: 'accepted, then failed',
  refused: 'refused',
  waiting: 'not tried: was still being deployed',
  blocked: 'not tried: cannot be done',
  unknown: 'unknown: sent, no answer',
  untouched: 'untouched',
  adrift: 'NOT ROLLED BACK',
}

/** Hosts that did not get what they should have, as a line; empty when there are none. */
export const hostLine = (result: Result): string => {
  const failed = hostsIn(result, ...unreached)
  return failed.length === 0 ? '' : `${count(failed.length, 'host')} not done: ${list(failed, 10)}.`
}

/** What is certain about the hosts after a failure or a cancellation. */
export const stateLine = (result: Result): string => {
  if (result.problem === undefined) return ''
  const counts = hostStates.flatMap((state) => {
    const n = hostsIn(result, state).length
    return n === 0 ? [] : [`${n} ${stateWords[state]}`]
  })
  const has = (state: HostState) => hostsIn(result, state).length > 0
  const parts = [
    counts.length === 0 ? '' : `Hosts: ${counts.join('; ')}.`,
    has('unknown') ? 'A call was sent and its answer did not come: EdgeOne may have applied the change.' : '',
    result.hosts.every(({ writes, state }) => writes === 0 && state !== 'unknown') ? 'This step changed nothing.' : '',
    'Running it again is safe.',
  ]
  return parts.filter((part) => part !== '').join(' ')
}
