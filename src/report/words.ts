import { hostsIn, type Result } from '../result.ts'
import { count, list } from '../text.ts'

/** Hosts that did not get the certificate, as a line; empty when none was tried. */
export const hostLine = (result: Result): string => {
  const failed = hostsIn(result, 'refused', 'unknown', 'untouched')
  return failed.length === 0 ? '' : `${count(failed.length, 'host')} without the new certificate: ${list(failed, 10)}.`
}

/** What is certain about the hosts after a failure. */
export const stateLine = (result: Result): string => {
  if (result.problem === undefined) return ''
  if (hostsIn(result, 'unknown').length > 0) {
    return 'A call was sent and its answer did not come: EdgeOne may have applied the change. Running the step again is safe.'
  }
  if (hostsIn(result, 'refused').length > 0) {
    return 'EdgeOne refused the call for all of these hosts. What they have now was not read back.'
  }
  return 'Nothing was sent that could change a host.'
}
