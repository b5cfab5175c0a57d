import { setImmediate as turn } from 'node:timers/promises'
import { firstReadings, width } from '../src/fleet/account.ts'
import { accountsOf } from '../src/inputs/shard.ts'
import type { Clock } from '../src/model/ports.ts'
import { pauseBefore } from '../src/tencent/poll.ts'
import { rateLimiter } from '../src/tencent/rate-limit.ts'
import { atMost, inParallel } from '../src/util/concurrency.ts'
import { sum } from './process.ts'

// A fleet of uneven accounts, on a clock that does not wait: the real rule of `shard`, the real rate limiter and pauses; EdgeOne and the
// network are only a time.

/** How long EdgeOne deploys a change, and how long a call takes, milliseconds. */
export const deployment = { from: 30_000, to: 180_000 }
export const roundTrip = 250

/** Numbers between 0 and 1 that are the same in every run (mulberry32). */
const randomFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

/** A clock that moves on to the next time somebody waits for, once nothing else is to be done. */
const virtualClock = () => {
  const due = new Map<number, (() => void)[]>()
  let now = 0
  const clock: Clock = {
    now: () => now,
    random: Math.random,
    alarm: () => new AbortController().signal,
    sleep: (ms) =>
      new Promise((done) => {
        const at = now + Math.max(1, Math.ceil(ms))
        due.set(at, [...(due.get(at) ?? []), done])
      }),
  }
  const run = async (work: Promise<void>): Promise<number> => {
    let isOver = false
    const end = work.finally(() => {
      isOver = true
    })
    for (;;) {
      await turn()
      if (isOver) break
      // Few times are waited for at once: at most one for each site.
      now = Math.min(...due.keys())
      const all = due.get(now) ?? []
      due.delete(now)
      for (const done of all) done()
    }
    await end
    return now
  }
  return { clock, run }
}

interface Simulated {
  readonly ms: number
  readonly reads: number
}

/** The work on so many sites of one account. */
const simulateAccount = async (sites: number, seed: number): Promise<Simulated> => {
  const { clock, run } = virtualClock()
  const random = randomFrom(seed)
  const admit = rateLimiter(clock)
  const { signal } = new AbortController()
  let reads = 0
  const call = async (action: string) => {
    const answered = await admit(action, 20, signal)
    await clock.sleep(roundTrip, signal)
    answered()
  }
  const read = async () => {
    reads += 1
    await call('DescribeAccelerationDomains')
  }
  const look = atMost(firstReadings, read)
  const one = async () => {
    await look()
    await call('ModifyHostsCertificate')
    const end = clock.now() + deployment.from + random() * (deployment.to - deployment.from)
    for (let n = 0; ; n++) {
      await clock.sleep(pauseBefore(n), signal)
      await read()
      if (clock.now() >= end) return
    }
  }
  const ms = await run(inParallel(Array.from({ length: sites }), width, one))
  return { ms, reads }
}

export interface Account {
  readonly name: string
  readonly sites: number
}

/** Accounts whose sizes fall as a power of their rank, with so many sites together. */
const unevenAccounts = (count: number, sites: number): readonly Account[] => {
  const weights = Array.from({ length: count }, (_, i) => (i + 1) ** -0.6)
  const all = sum(weights)
  let given = 0
  let weight = 0
  return weights.map((one, i) => {
    weight += one
    const own = Math.round((sites * weight) / all) - given
    given += own
    return { name: `account-${String(i).padStart(3, '0')}`, sites: own }
  })
}

/** Accounts in as few manifests as the largest first gives. */
const manifestsOf = (accounts: readonly Account[], most: number): readonly (readonly Account[])[] => {
  const manifests: Account[][] = []
  for (const account of accounts) {
    const fits = manifests.find((one) => sum(one.map(({ sites }) => sites)) + account.sites <= most)
    if (fits === undefined) manifests.push([account])
    else fits.push(account)
  }
  return manifests
}

/** When the last of these jobs ends, with so many at the same time, started in order. */
const endOf = (jobs: readonly number[], concurrent: number): number => {
  const ends = Array.from({ length: concurrent }, () => 0)
  for (const job of jobs) {
    const free = ends.indexOf(Math.min(...ends))
    ends[free] = (ends[free] ?? 0) + job
  }
  return Math.max(...ends)
}

/** A job's time before and after the step: it is queued, and checks out the repository. Milliseconds. */
export const jobStart = 20_000

export const simulateFleet = async (fleet: { sites: number; accounts: number; perManifest: number; jobs: number }) => {
  const accounts = unevenAccounts(fleet.accounts, fleet.sites)
  const manifests = manifestsOf(accounts, fleet.perManifest)
  const shares = Math.floor(fleet.jobs / manifests.length)
  const jobs = manifests.flatMap((manifest) =>
    Array.from({ length: shares }, (_, i) => accountsOf(manifest, { index: i + 1, of: shares }, ({ sites }) => sites)),
  )
  const results = new Map<Account, Simulated>()
  for (const [i, account] of accounts.entries()) results.set(account, await simulateAccount(account.sites, i))
  const times = jobs.map((job) => jobStart + Math.max(0, ...job.map((account) => results.get(account)?.ms ?? 0)))
  return {
    ...{ accounts, shares, jobs, times, manifests: manifests.length },
    reads: sum([...results.values()].map(({ reads }) => reads)),
    billed: sum(times.map((ms) => Math.ceil(ms / 60_000))),
    /** When the last job ends, with so many at the same time. */
    endWith: (concurrent: number) => endOf(times, concurrent),
  }
}
