import type { Certificate } from '../model/certificate.ts'
import type { CertificateEvent } from '../model/certificate-event.ts'
import { hasCode, type Problem } from '../model/problem.ts'
import { type HostResult, hostsIn, type Outcome, type SiteResult } from '../model/result.ts'
import type { GivenSource, SiteOptions, Source, Spec } from '../model/spec.ts'
import { certificateEventLine } from '../plan/event-words.ts'
import type { Context } from '../tencent/context.ts'
import { mapped, type Text } from '../util/language.ts'
import { oneLine } from '../util/text.ts'
import { titles } from './titles.ts'
import type { Tracker } from './tracker.ts'
import type { Journal } from './work.ts'

/** What is known about the work on a site so far. However the work ends, the result is made from this. */
export interface SiteRecord extends Journal {
  readonly brings: (certificates: readonly Certificate[]) => void
  readonly tracks: (tracker: Tracker) => void
  /** A note that is also an annotation. */
  readonly notice: (title: Text, message: Text) => void
  readonly result: (problem: Problem | undefined) => SiteResult
}

export const siteRecord = ({ log, warn }: Context, spec: Spec): SiteRecord => {
  const empty = notStarted(spec, undefined)
  let { certificates, requestId } = empty
  let tracker: Tracker | undefined
  const events: CertificateEvent[] = []
  const notes: Text[] = []
  const note = (text: Text) => {
    notes.push(text)
    log.info(text.en)
  }
  return {
    brings: (all) => {
      certificates = all
    },
    tracks: (one) => {
      tracker = one
    },
    accepted: (id) => {
      requestId = id
    },
    note,
    notice: (title, message) => {
      notes.push(message)
      log.annotate({ level: 'notice', title, message: mapped(message, oneLine) })
    },
    certificate: (event) => {
      events.push(event)
      const line = certificateEventLine(event)
      if (event.kind === 'upload-unknown') warn(titles.upload, line)
      else if (failures.includes(event.kind)) warn(titles.oldCertificates, line)
      else note(line)
    },
    result: (problem) => {
      const hosts = tracker?.all() ?? empty.hosts
      const outcome = outcomeOf(hosts, problem, spec)
      return { ...empty, outcome, certificates, hosts, requestId, problem, events, notes }
    },
  }
}

/** Events of an old certificate with which something went wrong. */
const failures: readonly CertificateEvent['kind'][] = ['not-retired', 'not-deleted', 'mute-unknown', 'deletion-unknown']

/** The result of a site at which nothing was done. */
export const notStarted = (
  spec: SiteOptions & Pick<SiteResult, 'zone'> & { readonly source: GivenSource | Source },
  problem: Problem | undefined,
): SiteResult => {
  const { source, zone, ...options } = spec
  const { selection } = options
  const mode = source.kind === 'mode' ? source.mode : 'sslcert'
  const named = selection.match === 'exact' ? selection.hosts.toSorted() : []
  const hosts = named.map((host): HostResult => ({ host, state: 'untouched', writes: 0 }))
  return {
    ...{ options, mode, zone, hosts, problem, outcome: outcomeOf(hosts, problem, options) },
    ...{ certificates: [], requestId: undefined, events: [], notes: [] },
  }
}

const outcomeOf = (
  hosts: readonly HostResult[],
  problem: Problem | undefined,
  { dryRun }: Pick<SiteOptions, 'dryRun'>,
): Outcome => {
  if (problem !== undefined) {
    if (hasCode(problem, 'Run.Cancelled')) return 'cancelled'
    const isRolledBack = hostsIn(hosts, 'rolled-back').length > 0 && hostsIn(hosts, 'rollback-failed').length === 0
    return isRolledBack ? 'rolled-back' : 'failed'
  }
  if (dryRun) return 'planned'
  return hosts.some(({ writes }) => writes > 0) ? 'changed' : 'unchanged'
}
