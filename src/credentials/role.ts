import type { Credential } from '../model/credential.ts'
import type { TemporaryKey } from '../tencent/sts.ts'

/** A key is renewed this long before it expires, milliseconds; a short-lived one, when a tenth of its lifetime is left. */
const reserve = 5 * 60_000

/**
 * A temporary key, fetched on first use, cached, and renewed before it expires: a step may wait for longer than the key is valid.
 * Concurrent calls share one fetch. Throws what `fetch` throws; the next call tries again.
 * `now`: the service's time, by which the key expires. By the clock of this machine, it could end unnoticed, or seem to have ended at once.
 */
export const renewed = (
  fetch: (signal: AbortSignal) => Promise<TemporaryKey>,
  now: () => number,
): ((signal: AbortSignal) => Promise<Credential>) => {
  let current: { readonly credential: Credential; readonly renewAt: number } | undefined
  let fetching: Promise<Credential> | undefined
  const renew = async (signal: AbortSignal): Promise<Credential> => {
    try {
      const { credential, expires } = await fetch(signal)
      const lifetime = expires - now()
      current = { credential, renewAt: expires - Math.min(reserve, Math.max(0, lifetime) / 10) }
      return credential
    } finally {
      fetching = undefined
    }
  }
  return (signal) => {
    if (current !== undefined && now() < current.renewAt) return Promise.resolve(current.credential)
    fetching ??= renew(signal)
    return fetching
  }
}
