import type { Certificate } from '../model/certificate.ts'
import type { KeptBecause } from '../model/certificate-event.ts'
import { faultText, hasCode, type Problem, toProblem } from '../model/problem.ts'
import type { Progress } from '../model/progress.ts'
import { idsOf } from '../model/setting.ts'
import { type Bindings, maxInventoried, readBindings } from '../tencent/bindings.ts'
import type { HostReader } from '../tencent/hosts.ts'
import { poll } from '../tencent/poll.ts'
import { type Deletion, deleteCertificate, isListed, maxMuted, muteCertificates } from '../tencent/ssl-delete.ts'
import { inBoth, joined } from '../util/language.ts'
import { chunksOf } from '../util/lists.ts'
import { isLosing, predecessors } from './predecessors.ts'
import type { Work } from './work.ts'

/**
 * Mutes or deletes the predecessors of the new certificates. Reads the site again: a certificate that a host has, or that SSL Certificate
 * Service reports as bound to any resource, is kept. Call it once everything is verified. A dry run only records what would be done. The
 * journal has a reason for each certificate that is kept. `all`: the hosts of all sites of the account that the run works on. Throws only the reason of the signal, or on a defect.
 */
export const retire = async (work: Work, reader: HostReader, all: readonly Progress[]): Promise<void> => {
  const { spec, journal } = work
  const how = spec.oldCertificates
  if (how === 'keep') return
  // Other modes bind no certificate, so they replace none.
  if (tracksMode(work)) return journal.certificate({ kind: 'kept', ids: [], why: 'not-replaced' })
  const found = await attempt(work, [], () => predecessors(work, all))
  if (found === undefined) return
  keep(work, found.kept)
  const { retired } = work.context.shared
  const due = found.retirable.filter(
    ({ id, order }) => !retired.has(id) && (how === 'delete' || order?.isMuted !== true),
  )
  if (due.length === 0) return
  for (const { id } of due) retired.add(id)
  const ids = due.map(({ id }) => id)
  const free = await attempt(work, ids, () => unbound(work, reader, due, all))
  if (free === undefined || free.length === 0) return
  if (spec.dryRun) return journal.certificate({ kind: 'would-retire', ids: free, how })
  if (how === 'mute') {
    for (const some of chunksOf(free, maxMuted)) await attempt(work, some, () => mute(work, some))
  } else for (const id of free) await attempt(work, [id], () => remove(work, id))
}

/** Records that no certificate is retired, because the site could not be read and nothing was verified. */
export const retireNothing = ({ journal, spec }: Work): void => {
  if (spec.oldCertificates !== 'keep') journal.certificate({ kind: 'kept', ids: [], why: 'site-unreadable' })
}

const tracksMode = ({ tracker }: Work): boolean =>
  tracker.all().some(({ change }) => change.kind !== 'refuse' && change.target.mode !== 'sslcert')

const keep = ({ journal }: Work, kept: readonly { readonly id: string; readonly why: KeptBecause }[]): void => {
  for (const [why, some] of Map.groupBy(kept, (one) => one.why)) {
    journal.certificate({ kind: 'kept', ids: some.map(({ id }) => id), why })
  }
}

/** The IDs of the certificates that are not bound anywhere. Records why the others are kept. */
const unbound = async (
  work: Work,
  reader: HostReader,
  due: readonly Certificate[],
  all: readonly Progress[],
): Promise<readonly string[]> => {
  const bound = new Set(
    (await reader.all()).flatMap((host) => hasThen(work, host.name) ?? host.certificates.map(({ id }) => id)),
  )
  const [held, rest] = [due.filter(({ id }) => bound.has(id)), due.filter(({ id }) => !bound.has(id))]
  keep(
    work,
    held.map(({ id }) => ({ id, why: 'still-bound' })),
  )
  const free: string[] = []
  for (const some of chunksOf(rest, maxInventoried)) {
    const ids = some.map(({ id }) => id)
    try {
      const inventory = await readBindings(work.context, ids)
      free.push(...ids.filter((id) => isFree(work, id, all, inventory.get(id))))
    } catch (thrown) {
      if (isEnd(toProblem(thrown))) throw thrown
      work.journal.certificate({ kind: 'kept', ids, why: 'inventory-unknown', detail: faultText(toProblem(thrown)) })
    }
  }
  return free
}

/** In a dry run, the certificates that a host would have after the change. */
const hasThen = ({ tracker, spec }: Work, host: string): readonly string[] | undefined => {
  const progress = spec.dryRun ? tracker.get(host) : undefined
  return progress === undefined || progress.change.kind === 'refuse' ? undefined : idsOf(progress.change.target)
}

/** Whether a certificate has no bindings; in a dry run, none except hosts that would lose it. If it has, records why it is kept. */
const isFree = (
  work: Work,
  id: string,
  all: readonly Progress[],
  bindings: Bindings = { unknown: { en: 'it returned nothing', zh: '它未返回任何内容' } },
): boolean => {
  const { journal, spec } = work
  if ('unknown' in bindings) {
    journal.certificate({ kind: 'kept', ids: [id], why: 'inventory-unknown', detail: bindings.unknown })
    return false
  }
  const losing = all.filter((host) => isLosing(host) && host.change.before?.certificates.some((one) => one.id === id))
  const expected = spec.dryRun ? losing.length : 0
  const left = [...bindings.counts].filter(([product, n]) => n > (product === 'teo' ? expected : 0))
  if (left.length === 0) return true
  const detail = left.map(([product, n]) => `${product} ${n}`).join(', ')
  journal.certificate({ kind: 'kept', ids: [id], why: 'bound-elsewhere', detail: inBoth(detail) })
  return false
}

/** Whether the run ends with this problem. */
const isEnd = (problem: Problem): boolean => hasCode(problem, 'Run.Cancelled') || hasCode(problem, 'Run.Unexpected')

/** Runs one step of retiring. Records a failure instead of throwing it, so that the next step still runs. */
const attempt = async <T>({ journal }: Work, ids: readonly string[], act: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await act()
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (isEnd(problem)) throw thrown
    journal.certificate({ kind: 'not-retired', ids, problem })
    return undefined
  }
}

const mute = async ({ context, journal }: Work, ids: readonly string[]): Promise<void> => {
  try {
    await muteCertificates(context.call, ids)
    journal.certificate({ kind: 'muted', ids })
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (problem.sent !== 'unknown') throw thrown
    journal.certificate({ kind: 'mute-unknown', ids, why: faultText(problem) })
    if (isEnd(problem)) throw thrown
  }
}

const remove = async (work: Work, id: string): Promise<void> => {
  const { journal } = work
  const outcome = await requested(work, id)
  if (outcome === undefined) return
  // If the answer to an earlier attempt was lost, the retry is refused because the certificate no longer exists.
  const seen = outcome === 'gone' ? outcome : await seenAfter(work, id, outcome)
  if (seen === undefined) return
  if (seen === 'gone') return journal.certificate({ kind: 'deleted', id })
  if (outcome !== 'in progress' && outcome !== 'gone') {
    return journal.certificate({ kind: 'not-deleted', id, why: outcome.refused })
  }
  journal.certificate({ kind: 'deletion-unknown', id, why: stillInProgress })
}

const stillInProgress = { en: 'still in progress after two minutes', zh: '两分钟后仍在进行' }

/** Checks whether the certificate still exists. If that fails, records that the outcome is unknown and returns undefined. */
const seenAfter = async (
  { context, journal }: Work,
  id: string,
  outcome: Exclude<Deletion, 'gone'>,
): Promise<'gone' | 'in progress' | undefined> => {
  try {
    return await isListed(context.call, id)
  } catch (thrown) {
    const fault = faultText(toProblem(thrown))
    const why = outcome === 'in progress' ? fault : joined([outcome.refused, fault])
    journal.certificate({ kind: 'deletion-unknown', id, why })
    if (isEnd(toProblem(thrown))) throw thrown
    return undefined
  }
}

/** Requests a deletion and polls it. If the outcome stays unknown, records that and returns undefined. */
const requested = async ({ context, journal, spec }: Work, id: string): Promise<Deletion | undefined> => {
  let isRequested = false
  try {
    const ask = await deleteCertificate(context.call, spec.site, id)
    isRequested = true
    return await poll(context, ask, (deletion) => deletion !== 'in progress')
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (hasCode(problem, 'FailedOperation.CertificateNotFound')) return { refused: problem.text }
    if (!isRequested && problem.sent !== 'unknown') throw thrown
    journal.certificate({ kind: 'deletion-unknown', id, why: faultText(problem) })
    if (isEnd(problem)) throw thrown
    return undefined
  }
}
