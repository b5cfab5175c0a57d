import { hasCode, toProblem } from '../model/problem.ts'
import type { Context } from '../tencent/context.ts'
import type { HostReader } from '../tencent/hosts.ts'
import { type Deletion, deleteCertificate, maxMuted, muteCertificates } from '../tencent/ssl.ts'
import { chunksOf } from '../util/lists.ts'
import { pauseBefore } from './wait.ts'
import type { Work } from './work.ts'

/** How often the state of a deletion is read before the step stops waiting for it. */
const maxReadings = 6

/**
 * Mutes or deletes the certificates that this run replaced: only uploaded ones, and only those that no host of the site has any more,
 * according to a new reading. To be called after verification. Refusals are recorded in the journal; only cancellations and defects are thrown.
 */
export const retire = async (work: Work, reader: HostReader): Promise<void> => {
  const { spec, journal } = work
  const { uploaded, others } = replacedIn(work)
  if (others.length > 0) journal.certificate({ kind: 'kept', ids: others, why: 'not-uploaded' })
  if (uploaded.length === 0) return
  await attempt(work, uploaded, async () => {
    const bound = new Set((await reader.all()).flatMap(({ certificates }) => certificates.map(({ id }) => id)))
    const free = uploaded.filter((id) => !bound.has(id))
    const held = uploaded.filter((id) => bound.has(id))
    if (held.length > 0) journal.certificate({ kind: 'kept', ids: held, why: 'still-bound' })
    if (spec.oldCertificates === 'mute') {
      for (const ids of chunksOf(free, maxMuted)) await attempt(work, ids, () => mute(work, ids))
    } else for (const id of free) await attempt(work, [id], () => remove(work, id))
  })
}

/** IDs of the certificates that left a host in this run: those that were uploaded, and others. */
const replacedIn = ({ tracker }: Work) => {
  const replaced = tracker.all().flatMap(({ writes, change }) => {
    if (writes === 0 || change.kind === 'refuse') return []
    return [...change.replaces, ...change.drops.map(({ certificate }) => certificate)]
  })
  const uploaded = new Set(replaced.filter(({ type }) => type === 'upload').map(({ id }) => id))
  const others = new Set(replaced.map(({ id }) => id)).difference(uploaded)
  return { uploaded: [...uploaded], others: [...others] }
}

/** Does one thing: a refusal is recorded, and does not stop the others. */
const attempt = async ({ journal }: Work, ids: readonly string[], act: () => Promise<void>): Promise<void> => {
  try {
    await act()
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (hasCode(problem, 'Run.Cancelled') || hasCode(problem, 'Run.Unexpected')) throw thrown
    journal.certificate({ kind: 'not-retired', ids, problem })
  }
}

const mute = async ({ context, journal }: Work, ids: readonly string[]): Promise<void> => {
  await muteCertificates(context.call, ids)
  journal.certificate({ kind: 'muted', ids })
}

const remove = async ({ context, journal, spec }: Work, id: string): Promise<void> => {
  const ask = await deleteCertificate(context.call, spec.site, id)
  const outcome = await settled(context, ask)
  if (outcome === 'gone') return journal.certificate({ kind: 'deleted', id })
  const why = outcome === 'in progress' ? 'its deletion is in progress' : outcome.refused
  journal.certificate({ kind: 'not-deleted', id, why })
}

const settled = async ({ clock, signal }: Context, ask: () => Promise<Deletion>): Promise<Deletion> => {
  for (let readings = 0; ; readings++) {
    const deletion = await ask()
    if (deletion !== 'in progress' || readings === maxReadings - 1) return deletion
    await clock.sleep(pauseBefore(readings), signal)
  }
}
