import { type Certificate, coverage } from '../model/certificate.ts'
import type { KeptBecause } from '../model/certificate-event.ts'
import { broughtIds, isBinding } from '../model/change.ts'
import type { Bound } from '../model/host.ts'
import type { Progress } from '../model/progress.ts'
import { maxOffsetMs } from '../model/same-time.ts'
import { idsOf } from '../model/setting.ts'
import { searchCertificates } from '../tencent/ssl.ts'
import { isSameSet, uniqueBy } from '../util/lists.ts'
import type { Work } from './work.ts'

/** Old certificates: those to retire if they are not bound anywhere, and those to keep. */
export interface Predecessors {
  readonly retirable: readonly Certificate[]
  readonly kept: readonly { readonly id: string; readonly why: KeptBecause }[]
}

/**
 * The predecessors of the new certificates: the certificates that this run replaced (in a dry run, would replace), and earlier uploads with
 * the same names and algorithm, which an earlier run may have replaced. Only uploaded certificates can be retired, and only if a new one has
 * their algorithm and covers their names. Throws the Problem of a call.
 */
export const predecessors = async (work: Work, all: readonly Progress[]): Promise<Predecessors> => {
  const brought = broughtBy(work)
  const { replaced, dropped } = leaving(work, all)
  const facts = new Map((await factsOf(work, replaced)).map((one) => [one.id, one]))
  const judged = replaced.map((bound) => {
    const known = { ...facts.get(bound.id), id: bound.id }
    return { certificate: known, why: whyKept(bound, known, brought) }
  })
  const inUse = new Set([...replaced.map(({ id }) => id), ...targetIds(all)])
  const earlier = (await Promise.all(brought.map((one) => earlierUploads(work, one)))).flat()
  const others = uniqueBy(earlier, ({ id }) => id).filter(({ id }) => !inUse.has(id))
  return {
    retirable: [...judged.flatMap(({ certificate, why }) => (why === undefined ? certificate : [])), ...others],
    kept: [
      ...judged.flatMap(({ certificate: { id }, why }) => (why === undefined ? [] : [{ id, why }])),
      ...dropped.map(({ id }) => ({ id, why: 'not-replaced' as const })),
    ],
  }
}

/** Whether a host has lost certificates through its change; in a dry run, whether it would lose them. */
export const isLosing = ({ state, writes, change }: Progress): boolean =>
  isBinding(change) && (state === 'planned' || writes > 0)

const targetIds = (all: readonly Progress[]): string[] =>
  all.flatMap(({ change }) => (change.kind === 'refuse' ? [] : idsOf(change.target)))

/** The known new certificates, without the site's default certificate, which replaces no upload. */
const broughtBy = ({ tracker, known }: Work): readonly Certificate[] => {
  const ids = tracker.all().flatMap(({ change }) => (change.kind === 'refuse' ? [] : broughtIds(change)))
  return [...new Set(ids)].flatMap((id) => known.get(id) ?? []).filter(({ type }) => type !== 'default')
}

/** Certificates that this run removed from a host: replaced by one of the same algorithm, or dropped. */
const leaving = (
  work: Work,
  all: readonly Progress[],
): { readonly replaced: readonly Bound[]; readonly dropped: readonly Bound[] } => {
  const changes = work.tracker.all().flatMap((host) => (isLosing(host) && isBinding(host.change) ? host.change : []))
  const still = new Set(targetIds(all))
  const gone = (some: readonly Bound[]) => uniqueBy(some, ({ id }) => id).filter(({ id }) => !still.has(id))
  const replaced = gone(changes.flatMap((change) => change.replaces))
  const dropped = gone(changes.flatMap(({ drops }) => drops.map(({ certificate }) => certificate)))
  return { replaced, dropped: dropped.filter(({ id }) => !replaced.some((one) => one.id === id)) }
}

/** The entries in SSL Certificate Service of certificates that may be uploads. Most were already read for the plan. */
const factsOf = async ({ context, known }: Work, bound: readonly Bound[]): Promise<readonly Certificate[]> => {
  const ids = bound.filter(({ type = 'upload' }) => type === 'upload').map(({ id }) => id)
  const read = ids.flatMap((id) => known.get(id) ?? []).filter(({ order }) => order !== undefined)
  const others = ids.filter((id) => !read.some((one) => one.id === id))
  return others.length === 0 ? read : [...read, ...(await context.shared.certificates(others))]
}

/** Why a replaced certificate is kept; undefined if it may be retired. It counts as uploaded unless either service says otherwise. */
const whyKept = (bound: Bound, known: Certificate, brought: readonly Certificate[]): KeptBecause | undefined => {
  const source = known.order?.source
  const isUploaded = (bound.type ?? source) === 'upload' && (source ?? 'upload') === 'upload'
  if (!isUploaded) return 'not-uploaded'
  const algorithm = known.algorithm ?? bound.algorithm
  const successor = brought.find((one) => one.algorithm !== undefined && one.algorithm === algorithm)
  if (successor === undefined) return 'not-replaced'
  if (known.names === undefined || successor.names === undefined) return 'names-unknown'
  return known.names.every(coverage(successor.names)) ? undefined : 'not-covered'
}

/** Earlier uploads with the names and the algorithm of a certificate, found in SSL Certificate Service by its first name. */
const earlierUploads = async ({ context }: Work, brought: Certificate): Promise<readonly Certificate[]> => {
  const { id, names = [], algorithm } = brought
  const [first] = names
  if (first === undefined || algorithm === undefined) return []
  const found = await searchCertificates(context.call, first.replace(/^\*\./, ''))
  // Compare with the service's own entry, which has the names in the same form.
  const self = found.find((one) => one.id === id) ?? brought
  const { notBefore = brought.notBefore, notAfter = brought.notAfter } = self
  const ownNames = lower(self.names)
  if (ownNames.length === 0) return []
  return found.filter(
    (one) =>
      one.order?.source === 'upload' &&
      (one.order.type ?? 'SVR').toUpperCase() === 'SVR' &&
      one.algorithm === algorithm &&
      isSameSet(lower(one.names), ownNames) &&
      isEarlier(one.notBefore, notBefore) &&
      isEarlier(one.notAfter, notAfter),
  )
}

const lower = (names: readonly string[] = []): string[] => names.map((name) => name.toLowerCase())

/** Earlier by more than 14 hours, because the time zone is uncertain. */
const isEarlier = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && b - a > maxOffsetMs
