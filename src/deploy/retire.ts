import type { Inputs } from '../inputs/inputs.ts'
import type { Clock } from '../model/ports.ts'
import { toProblem } from '../model/problem.ts'
import type { Call } from '../tencent/client.ts'
import type { DomainReader } from '../tencent/hosts.ts'
import { type Deletion, deleteCertificate, mostMuted, muteCertificates } from '../tencent/ssl.ts'
import { lotsOf } from '../util/concurrency.ts'
import { list } from '../util/text.ts'
import type { Ledger } from './ledger.ts'
import { pauseBefore } from './wait.ts'

export interface RetireOptions {
  readonly call: Call
  readonly reader: DomainReader
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly info: (line: string) => void
  readonly warn: (title: string, message: string) => void
}

/** Readings of a deletion's task before it is left to itself. */
const mostReadings = 6

/**
 * Mutes or deletes the certificates that this run replaced: only uploaded ones, and only those that no host of the site has any more, as it
 * is read now. To be called when all is verified. What is refused is a warning; nothing is thrown but the reason of the signal.
 */
export const retire = async (
  ledger: Ledger,
  { oldCertificates, site }: Inputs,
  options: RetireOptions,
): Promise<void> => {
  const { call, reader, info, warn } = options
  const changed = [...ledger.values()].filter(({ writes }) => writes > 0)
  const replaced = changed.flatMap(({ step }) => [
    ...step.replaces,
    ...step.drops.map(({ certificate }) => certificate),
  ])
  const uploaded = new Set(replaced.filter(({ type }) => type === 'upload').map(({ id }) => id))
  const others = new Set(replaced.filter(({ id }) => !uploaded.has(id)).map(({ id }) => id))
  if (others.size > 0) info(`Kept, for they were not uploaded: ${list([...others], 10)}`)
  if (uploaded.size === 0) return
  /** One thing after another, each on its own: what is refused is said, and hides nothing else. */
  const attempt = async (ids: readonly string[], work: () => Promise<void>) => {
    try {
      await work()
    } catch (thrown) {
      const { code, message } = toProblem(thrown)
      if (code === 'Run.Cancelled') throw thrown
      warn('Old certificates', `${list(ids, 10)} stayed as they are: ${`${code} ${message}`.trim()}`)
    }
  }
  await attempt([...uploaded], async () => {
    const bound = new Set((await reader.all()).flatMap(({ certificates }) => certificates.map(({ id }) => id)))
    const free = [...uploaded].filter((id) => !bound.has(id))
    const held = [...uploaded].filter((id) => bound.has(id))
    if (held.length > 0) info(`Kept, for hosts of the site still have them: ${list(held, 10)}`)
    if (oldCertificates === 'mute') {
      for (const ids of lotsOf(free, mostMuted)) {
        await attempt(ids, async () => {
          await muteCertificates(call, ids)
          info(`No more expiry mails for ${list(ids, 10)}`)
        })
      }
      return
    }
    for (const id of free) {
      await attempt([id], async () => {
        const outcome = await remove(id, site, options)
        if (outcome === 'gone') info(`Deleted ${id}`)
        else
          warn(
            'Old certificates',
            `${id} was not deleted: ${outcome === 'under way' ? 'the service is still at it' : outcome.refused}`,
          )
      })
    }
  })
}

const remove = async (id: string, site: Inputs['site'], { call, clock, signal }: RetireOptions): Promise<Deletion> => {
  const ask = await deleteCertificate(call, site, id)
  for (let reading = 0; ; reading++) {
    const stands = await ask()
    if (stands !== 'under way' || reading === mostReadings - 1) return stands
    await clock.sleep(pauseBefore(reading), signal)
  }
}
