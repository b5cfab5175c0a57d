import type { Text } from '../util/language.ts'
import { timeOfDay } from '../util/text.ts'
import { compare, seenText, whyInactive } from './compare.ts'
import type { Host } from './host.ts'
import type { Progress } from './progress.ts'

/** Without a status, a change counts as deployed only if it still shows after this time, milliseconds. */
const minQuiet = 5000

/** The progress with a reading recorded; its state is not judged yet. */
export const withReading = (progress: Progress, seen: Host, at: number): Progress => {
  const { change, stale, quietSince } = progress
  const isQuiet = change.kind !== 'refuse' && compare(change.target, seen) === 'silent'
  return {
    ...progress,
    ...{ due: false, seen, readAt: at, missing: 0 },
    stale: stale !== undefined && seenText(stale).en === seenText(seen).en ? stale : undefined,
    quietSince: isQuiet ? (quietSince ?? at) : undefined,
  }
}

/** Whether the last reading, which has no status, is enough to say that an accepted change is deployed. */
export const isProven = ({ quietSince, readAt, seen, change, acceptedAt }: Progress): boolean => {
  if (quietSince !== undefined && readAt - quietSince >= minQuiet) return true
  if (acceptedAt === undefined || seen === undefined || change.kind === 'refuse') return false
  const kept = new Set(change.keeps.map(({ id }) => id))
  const brought = seen.certificates.filter(({ id }) => !kept.has(id))
  // The clocks may differ, so it must also be newer than any time that the host showed before.
  const last = Math.max(acceptedAt, ...(change.before?.certificates ?? []).map(({ deployed = 0 }) => deployed))
  return brought.length > 0 && brought.every(({ deployed = 0 }) => deployed > last)
}

/** What was read of the host last, with the time; or that it was not read since the change. */
export const readingText = ({ host, seen, change, readAt, acceptedAt }: Progress): Text => {
  if (seen === undefined && acceptedAt !== undefined)
    return {
      en: `${host} was not read after EdgeOne accepted the change at ${timeOfDay(acceptedAt)}`,
      zh: `EdgeOne 于 ${timeOfDay(acceptedAt)} 接受修改后，未再读取到 ${host}`,
    }
  const last = seen ?? change.before
  if (last === undefined) return { en: `${host} was never read`, zh: `从未读取到 ${host}` }
  const seenLast = seenText(last)
  const { en, zh } = whyInactive(last) ?? { en: `was ${seenLast.en}`, zh: seenLast.zh }
  return { en: `At ${timeOfDay(readAt)}, ${host} ${en}`, zh: `${timeOfDay(readAt)} 时，${host} ${zh}` }
}
