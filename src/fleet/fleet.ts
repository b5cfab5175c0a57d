import { type AccountOptions, signIn } from '../credentials/account.ts'
import { notStarted } from '../deploy/record.ts'
import { failedSites } from '../discover/sites.ts'
import type { Log, World } from '../model/ports.ts'
import type { SiteResult } from '../model/result.ts'
import type { AccountTask, LoadedEntry } from '../model/task.ts'
import type { Context } from '../tencent/context.ts'
import { serviceClock } from '../tencent/service-clock.ts'
import { atMost, inParallel } from '../util/concurrency.ts'
import { deployAccount } from './account.ts'

/** An account whose entries have their certificates. */
export interface LoadedAccount extends Omit<AccountTask, 'entries'> {
  readonly entries: readonly LoadedEntry[]
}

/** The clock of the service is made here, once for all accounts. */
export type FleetOptions = Omit<AccountOptions, 'time'>

/** Parallel handshakes of the whole run. */
const handshakes = 16

/** Accounts in parallel. Each has a rate limit of its own. */
const width = 64

/** Deploys to the sites of all accounts, side by side. Never throws: an account that fails to sign in fails its sites, and no other. */
export const deployFleet = (
  world: World,
  accounts: readonly LoadedAccount[],
  options: FleetOptions,
): Promise<readonly SiteResult[]> =>
  perAccount(world, accounts, options, (own, account, shared) => deployOne(own, account, shared, accounts.length))

/** Works on accounts side by side, and joins what comes of them in order. `work` does not throw. */
export const perAccount = async <A extends { readonly name?: string | undefined }, T>(
  world: World,
  accounts: readonly A[],
  options: FleetOptions,
  work: (world: World, account: A, options: AccountOptions) => Promise<readonly T[]>,
): Promise<readonly T[]> => {
  const limited = { ...world, handshake: atMost(handshakes, world.handshake) }
  const shared = { ...options, time: serviceClock(world.clock, options.warn) }
  const results = new Map<A, readonly T[]>()
  await inParallel(accounts, width, async (account) => {
    const isNamed = accounts.length > 1 && account.name !== undefined
    const own = isNamed ? { ...limited, log: prefixed(world.log, account.name) } : limited
    results.set(account, await work(own, account, shared))
  })
  return accounts.flatMap((account) => results.get(account) ?? [])
}

const deployOne = async (
  world: World,
  { name, account, entries }: LoadedAccount,
  options: AccountOptions,
  accounts: number,
): Promise<readonly SiteResult[]> => {
  const named = (result: SiteResult): SiteResult => (name === undefined ? result : { ...result, account: name })
  const failed = (reason: (entry: LoadedEntry) => unknown) =>
    entries
      .flatMap((entry) => failedSites(entry, reason(entry)))
      .map(({ spec, problem }) => named(notStarted(spec, problem)))
  if (entries.every(({ problem }) => problem !== undefined)) return failed(({ problem }) => problem)
  let context: Context
  try {
    context = await signIn(world, account, options)
  } catch (thrown) {
    return failed(({ problem }) => problem ?? thrown)
  }
  return (await deployAccount(context, entries, accounts)).map(named)
}

/** Lines of several accounts, which are written at the same time, begin with the account's name. */
const prefixed = (log: Log, account: string): Log => ({
  ...log,
  info: (line) => log.info(`[${account}] ${line}`),
  debug: (line) => log.debug(`[${account}] ${line}`),
  group: (title, body) => log.group(`[${account}] ${title}`, body),
})
