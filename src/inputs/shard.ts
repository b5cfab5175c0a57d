import type { AuditZones } from '../model/audit.ts'
import type { Zones } from '../model/spec.ts'
import type { AccountTask } from '../model/task.ts'

/** A share of the accounts: the `index`-th of `of`, from 1. */
export interface Shard {
  readonly index: number
  readonly of: number
}

/** A matrix has at most 256 jobs. */
const maxShares = 256

/** `i/n`, with 1 ≤ i ≤ n ≤ 256; undefined for another text. */
export const parseShard = (text: string): Shard | undefined => {
  const [, index = '', of = ''] = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  return shard.index >= 1 && shard.index <= shard.of && shard.of <= maxShares ? shard : undefined
}

/**
 * The accounts of a share, in their given order. Whole accounts, because the rate limit belongs to the account: the largest first, to
 * the share that has the fewest sites so far. The order of the accounts in the file makes no difference.
 */
export const accountsOf = <T extends { readonly name?: string | undefined }>(
  accounts: readonly T[],
  { index, of }: Shard,
  sizeOf: (account: T) => number,
): readonly T[] => {
  const nameOf = ({ name = '' }: T) => name
  const sorted = accounts.toSorted(
    (a, b) => sizeOf(b) - sizeOf(a) || (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0),
  )
  const sizes = Array.from({ length: of }, () => 0)
  const own = new Set<T>()
  for (const account of sorted) {
    const emptiest = sizes.indexOf(Math.min(...sizes))
    sizes[emptiest] = (sizes[emptiest] ?? 0) + sizeOf(account)
    if (emptiest === index - 1) own.add(account)
  }
  return accounts.filter((account) => own.has(account))
}

export interface Zoned {
  readonly zones: Zones | AuditZones
}

/** How many sites an account has. How many `zone-name: auto` or `all` stands for is not known yet. */
export const sitesOf = ({ entries }: Pick<AccountTask<Zoned>, 'entries'>): number =>
  entries.reduce((sum, { zones }) => sum + zonesIn(zones), 0)

const zonesIn = (zones: Zones | AuditZones): number =>
  zones.by === 'id' ? zones.ids.length : zones.by === 'name' ? zones.names.length : 1
