import { leavesAt, placeOf } from '../discover/look.ts'
import { maxHandshakes } from '../model/ports.ts'
import { needsLeafBefore } from '../model/recognise.ts'
import { inParallel } from '../util/concurrency.ts'
import { targetOf } from './sighting.ts'
import type { Work } from './work.ts'

/**
 * Sees what hosts serve before their first call, where nothing else may tell the new certificate from that. Most runs probe nothing here: the
 * SHA-256 is known, or when the certificate ends. Throws the reason of the signal.
 */
export const lookBefore = async (work: Work): Promise<void> => {
  const { context, tracker, spec, reader } = work
  if (spec.waitFor !== 'served') return
  const targets = tracker.all().flatMap((progress) => {
    const { due, writes, leavesBefore, change } = progress
    if (!due || writes > 0 || leavesBefore !== undefined) return []
    const target = targetOf(progress, work)
    // EdgeOne returns the end of all certificates, or of none.
    const isEndRead = reader !== undefined && change.before?.certificates.some(({ notAfter }) => notAfter !== undefined)
    return target?.expected.some((one) => needsLeafBefore(one, { isEndRead: isEndRead ?? false })) ? [target] : []
  })
  await inParallel(targets, maxHandshakes, async (target) => {
    const leaves = await leavesAt(target, placeOf(target, spec), context)
    if (leaves !== undefined) tracker.emit(target.host, { kind: 'seen-before', leaves })
  })
}
