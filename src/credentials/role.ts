import type { Clock } from '../model/ports.ts'
import type { Credential } from '../tencent/sign.ts'
import type { TemporaryKey } from '../tencent/sts.ts'

/** A key is renewed so long before it ends, milliseconds; of a short-lived one, when a tenth of its life is left. */
const reserve = 5 * 60_000

/**
 * A temporary key that is fetched when it is first needed, kept, and renewed before it ends: a step may wait for longer than it lives.
 * Calls side by side share one fetch. Throws what `fetch` throws; the next call tries anew.
 */
export const renewed = (
  fetch: (signal: AbortSignal) => Promise<TemporaryKey>,
  clock: Clock,
): ((signal: AbortSignal) => Promise<Credential>) => {
  let current: { readonly credential: Credential; readonly renewAt: number } | undefined
  let fetching: Promise<Credential> | undefined
  const renew = async (signal: AbortSignal): Promise<Credential> => {
    try {
      const { credential, expires } = await fetch(signal)
      const life = expires - clock.now()
      current = { credential, renewAt: expires - Math.min(reserve, Math.max(0, life) / 10) }
      return credential
    } finally {
      fetching = undefined
    }
  }
  return (signal) => {
    if (current !== undefined && clock.now() < current.renewAt) return Promise.resolve(current.credential)
    fetching ??= renew(signal)
    return fetching
  }
}
