import type { Certificate } from '../model/certificate.ts'
import type { UploadEvent } from '../model/certificate-event.ts'
import { isForbidden, type Problem, toProblem } from '../model/problem.ts'
import { type OncePerKey, once, oncePerKey } from '../util/concurrency.ts'
import type { Call } from './client.ts'
import { type Duplicate, readCertificates, readUsableCertificates, searchCertificates } from './ssl.ts'

/** What the sites of an account share, so that it is read or sent once. */
export interface Shared {
  /** Certificates by their IDs, as `readCertificates`: known ones are not read again, and requests that meet share a call. */
  readonly certificates: (ids: readonly string[]) => Promise<Certificate[]>
  /** Certificates whose ID, alias or names contain a text, as `searchCertificates`. They need not be read again by their IDs. */
  readonly search: (text: string) => Promise<readonly Certificate[]>
  /** All certificates that could be bound, as `readUsableCertificates`. */
  readonly usable: () => Promise<readonly Certificate[]>
  /** An earlier upload of a certificate that was given as PEM, by its fingerprint; `unknown` if the look was refused. */
  readonly duplicate: OncePerKey<Duplicate | 'unknown' | undefined>
  /** The upload of such a certificate. */
  readonly upload: OncePerKey<UploadEvent>
  /** IDs of old certificates that were retired, or were tried to be. */
  readonly retired: Set<string>
}

export const shared = (call: Call): Shared => {
  const known = new Map<string, Certificate>()
  const learn = <T extends readonly Certificate[]>(all: T): T => {
    for (const one of all) known.set(one.id, one)
    return all
  }
  const searched = oncePerKey<readonly Certificate[]>()
  return {
    certificates: certificateReader(known, async (ids) => learn(await readCertificates(call, ids))),
    search: (text) => searched(text, async () => learn(await searchCertificates(call, text))),
    usable: once(async () => learn(await readUsableCertificates(call))),
    duplicate: oncePerKey(),
    upload: oncePerKey(),
    retired: new Set(),
  }
}

/** While a call is in flight, the IDs that are asked for are collected for the next one. */
const certificateReader = (
  known: ReadonlyMap<string, Certificate>,
  read: (ids: readonly string[]) => Promise<unknown>,
): Shared['certificates'] => {
  let last: Promise<unknown> = Promise.resolve()
  let refused: Problem | undefined
  let next: { readonly ids: Set<string>; readonly done: Promise<unknown> } | undefined
  const collect = () => {
    const ids = new Set<string>()
    const begin = () => {
      next = undefined
      return read([...ids])
    }
    const done = last.then(begin, begin).catch((thrown: unknown) => {
      const problem = toProblem(thrown)
      if (isForbidden(problem)) refused = problem
      throw problem
    })
    last = done
    return { ids, done }
  }
  return async (ids) => {
    const missing = ids.filter((id) => !known.has(id))
    if (missing.length > 0) {
      // A key that may not read certificates is not asked again for every site.
      if (refused !== undefined) throw refused
      next ??= collect()
      for (const id of missing) next.ids.add(id)
      await next.done
    }
    return ids.flatMap((id) => known.get(id) ?? [])
  }
}
