import { isChange } from '../model/certificate-event.ts'
import type { HostState } from '../model/progress.ts'
import { hostStates } from '../model/progress.ts'
import { failedHosts, type HostResult, hostsIn, hostsOf, type Result, wasPlanned } from '../model/result.ts'
import { count, list } from '../util/text.ts'

/** A host's state, for the table of hosts. */
export const stateWords: Readonly<Record<HostState, string>> = {
  planned: 'would be changed',
  unchanged: 'already had it',
  served: 'deployed and served',
  deployed: 'deployed',
  accepted: 'accepted, deploying',
  'rolled-back': 'rolled back',
  'not-served': 'deployed, but not served',
  'timed-out': 'accepted, not seen deployed in time',
  failed: 'accepted, then failed',
  refused: 'refused',
  waiting: 'not changed: an earlier deployment was running',
  inactive: 'not changed: not online',
  unknown: 'unknown: no answer',
  untouched: 'not changed',
  'rollback-failed': 'NOT ROLLED BACK',
}

/** Hosts that did not get what they should have, as a line; empty when there are none. */
export const failedLine = (result: Result): string => {
  const failed = failedHosts(hostsOf(result))
  return failed.length === 0 ? '' : `${count(failed.length, 'host')} failed: ${list(failed, 10)}.`
}

/** What is certain about the hosts and certificates after a failure or a cancellation. */
export const stateLine = (result: Result): string => {
  if (result.problem === undefined) return ''
  const hosts = hostsOf(result)
  const counts = hostStates.flatMap((state) => {
    const n = hostsIn(hosts, state).length
    return n === 0 ? [] : [`${n} ${stateWords[state]}`]
  })
  const parts = [
    counts.length === 0 ? '' : `Hosts: ${counts.join('; ')}.`,
    hostsIn(hosts, 'unknown').length > 0
      ? 'A call was sent and not answered: EdgeOne may have applied the change.'
      : '',
    isUnchanged(result, hosts) ? 'This step changed nothing.' : '',
    'It is safe to run this step again.',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

const isUnchanged = ({ sites }: Result, hosts: readonly HostResult[]): boolean =>
  hosts.every((host) => host.writes === 0 && host.state !== 'unknown' && !(wasPlanned(host) && host.inDoubt)) &&
  !sites.some(({ events }) => events.some(isChange))
