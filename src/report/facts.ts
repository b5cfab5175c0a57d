import { isChange } from '../model/certificate-event.ts'
import type { HostState } from '../model/progress.ts'
import { failedHosts, type HostResult, hostsIn, hostsOf, type Result, wasPlanned } from '../model/result.ts'
import { countsOf } from './hosts.ts'
import type { Words } from './words.ts'

/** The first names, and how many more. `shown`: how a name is written. */
export const named = (names: readonly string[], max: number, words: Words, shown = (name: string) => name): string =>
  words.listed(names.slice(0, max).map(shown), Math.max(0, names.length - max))

/** Hosts that did not get what they should have, as a line; empty when there are none. */
export const failedLine = (result: Result, words: Words): string => {
  const all = hostsOf(result)
  const failed = failedHosts(all)
  if (failed.length === 0) return ''
  const part = { n: failed.length, all: all.length }
  return words.headline.whole(
    result.outcome === 'cancelled' ? words.headline.cancelled(part) : words.headline.failed(part),
    named(failed, 10, words),
    '',
  )
}

/** How many hosts are in which state; empty without hosts. */
export const countLine = (hosts: readonly HostResult[], words: Words, shown = (count: string) => count): string =>
  hosts.length === 0 ? '' : words.folded(words.hosts(hosts.length), countsOf(hosts, words).map(shown).join(' · '))

/**
 * What is certain about the hosts and certificates after a failure or a cancellation; empty after a success. `whole`: the result of the
 * step, of which `result` may have only some sites.
 */
export const stateLine = (result: Result, words: Words, whole: Result = result): string => {
  if (result.problem === undefined) return ''
  const here = isUnchanged(result) ? words.nothingChangedHere(result.sites.length) : ''
  const sentences = [
    hostsIn(hostsOf(result), 'unknown').length > 0 ? words.inDoubt : '',
    isUnchanged(whole) ? words.nothingChanged : here,
    words.safeToRepeat,
  ]
  return words.sentences(sentences.filter((sentence) => sentence !== ''))
}

/** Whether it is certain that the step changed nothing. */
const isUnchanged = (result: Result): boolean =>
  hostsOf(result).every(wasLeftAlone) && !result.sites.some(({ events }) => events.some(isChange))

/** Whether it is certain that the step did not change the host. */
export const wasLeftAlone = (host: HostResult): boolean =>
  host.writes === 0 && host.state !== 'unknown' && !(wasPlanned(host) && host.inDoubt)

/** Whether something changed at the hosts, may have changed, or would. */
export const isAboutChange = (hosts: readonly HostResult[]): boolean =>
  hosts.some((host) => host.state === 'planned' || !wasLeftAlone(host))

export const countIn = (hosts: readonly HostResult[], ...states: readonly HostState[]): number =>
  hostsIn(hosts, ...states).length
