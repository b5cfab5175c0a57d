import { notStarted } from '../deploy/record.ts'
import { deploySite, type SiteWork, siteWork } from '../deploy/site.ts'
import { failedSites, type GoodOrder, type SiteOrder, sitesOf } from '../discover/sites.ts'
import { zoneReader } from '../discover/zone.ts'
import { hasCode } from '../model/problem.ts'
import type { SiteResult } from '../model/result.ts'
import { type ApiVersion, apiVersions } from '../model/setting.ts'
import type { LoadedEntry } from '../model/task.ts'
import type { Context } from '../tencent/context.ts'
import { atMost, inParallel } from '../util/concurrency.ts'
import { count } from '../util/text.ts'
import { bundlesOf, deployBundle, type Member } from './bundle.ts'
import { siteContext } from './site-log.ts'

/** Bundles in parallel. Most of them wait for EdgeOne; the rate limiter decides how fast calls are sent. */
export const width = 500

/**
 * First readings in parallel. With fewer, new sites would get too small a part of the rate limit beside hundreds that wait for EdgeOne; with
 * more, those that were changed would not soon be read again.
 */
export const firstReadings = 128

/** A site of an entry, before anything is done there. */
interface Planned {
  readonly entry: LoadedEntry
  readonly order: SiteOrder
}

/** A site to work on, and how the lines of its log are written. */
interface Worked extends Member {
  readonly flush: () => Promise<void>
}

/**
 * Deploys the entries of an account: one site on its own, or several side by side, and then retires old certificates. `accounts`: how many
 * the step works on. Never throws: a failure is in the result of its site.
 */
export const deployAccount = async (
  context: Context,
  entries: readonly LoadedEntry[],
  accounts: number,
): Promise<readonly SiteResult[]> => {
  const planned = await ordersOf(context, entries)
  const [only, ...others] = planned
  if (accounts === 1 && only !== undefined && others.length === 0 && !('problem' in only.order))
    return [await deploySite(context, only.order.spec)].flatMap((result) => result ?? [])
  return deploySites(context, planned)
}

const deploySites = async (context: Context, planned: readonly Planned[]): Promise<readonly SiteResult[]> => {
  const works = planned.map(({ order, entry }) => {
    if ('problem' in order) return { order, problem: order.problem }
    return { order, site: oneOfMany(context, order, entry) }
  })
  const members = works.flatMap(({ site }) => site ?? [])
  if (members.length > 1) readTogether(context, members)
  const report = progressOf(context, works.length)
  const look = atMost(firstReadings, (work: SiteWork) => work.look())
  await inParallel(bundlesOf(members), width, async (bundle) => {
    await deployBundle(bundle, look)
    for (const { flush } of bundle) await flush()
    report(bundle.length)
  })
  const all = members.flatMap(({ work }) => work.progress())
  await inParallel(members, width, async ({ work, flush }) => {
    await work.retire(all)
    await flush()
  })
  return works.flatMap(({ order, site, problem }) =>
    site === undefined ? notStarted(order.spec, problem) : (site.work.result() ?? []),
  )
}

/** Reads the certificates of all sites in few calls, before they ask for them one by one. A failure is met again by each site. */
const readTogether = ({ shared }: Context, members: readonly Worked[]): void => {
  const ids = members.flatMap(({ work: { spec } }) => (spec.source.kind === 'ids' ? spec.source.ids : []))
  if (ids.length > 0) shared.certificates([...new Set(ids)]).catch(() => undefined)
}

const oneOfMany = (context: Context, { spec }: GoodOrder, entry: LoadedEntry): Worked => {
  const { name, own, flush } = siteContext(context, spec)
  const work: SiteWork = siteWork(own, spec)
  return { entry, work, flush: () => flush(`${name}: ${work.result()?.outcome ?? 'left out'}`) }
}

/** Counts the sites that are done, and logs it when there are several. */
const progressOf = ({ log }: Context, all: number) => {
  let done = 0
  return (more: number): void => {
    done += more
    if (all > 1) log.info(`${done}/${count(all, 'site')} done`)
  }
}

/** The sites of all entries. Sites are looked up once for all of them. */
const ordersOf = async (context: Context, entries: readonly LoadedEntry[]): Promise<readonly Planned[]> => {
  const zones = Object.fromEntries(apiVersions.map((version) => [version, zonesFor(context, version, entries)]))
  const each = entries.map(async (entry): Promise<readonly Planned[]> => {
    const reader = zones[entry.options.apiVersion] ?? zonesFor(context, entry.options.apiVersion, entries)
    try {
      const orders = await sitesOf(context, entry, reader)
      return stopped(entry, orders).map((order) => ({ entry, order }))
    } catch (thrown) {
      return failedSites(entry, thrown).map((order) => ({ entry, order }))
    }
  })
  return (await Promise.all(each)).flat()
}

const zonesFor = (context: Context, version: ApiVersion, entries: readonly LoadedEntry[]) => {
  const wanted = entries.filter(({ options }) => options.apiVersion === version).map((one) => one.zones)
  const names = wanted.flatMap((one) => (one.by === 'name' ? one.names : []))
  const ids = wanted.flatMap((one) => (one.by === 'id' && one.ids.length > 1 ? one.ids : []))
  return zoneReader(context, version, { names: [...new Set(names)], ids: [...new Set(ids)] })
}

/** A site that cannot be found among the inputs stops the step; one of a manifest fails alone. */
const stopped = (entry: LoadedEntry, orders: readonly SiteOrder[]): readonly SiteOrder[] => {
  if (entry.at !== undefined) return orders
  const wrong = orders.find((order) => 'problem' in order && hasCode(order.problem, 'Input.ZoneName'))
  if (wrong === undefined || !('problem' in wrong)) return orders
  return orders.map(({ spec }) => ({ spec, problem: wrong.problem }))
}
