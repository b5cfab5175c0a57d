import { type Finding, ownProblem, type Problem } from '../model/problem.ts'
import type { SiteOptions } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import { readZones, type Zone } from '../tencent/zones.ts'
import { nearest } from '../util/suggest.ts'
import { list } from '../util/text.ts'

/**
 * The ID of the site: as given, or by its name. Throws `Input.ZoneName` with the candidates and their IDs when no site, or more than
 * one, has that name; `Input.ZoneLocked` when it accepts no changes; or the Problem of a call.
 */
export const findZone = async ({ call }: Context, { zone, apiVersion }: SiteOptions): Promise<string> => {
  if ('id' in zone) return zone.id
  const { name } = zone
  // A site without a plan has no hosts that could be changed.
  const named = (await readZones(call, apiVersion, name)).filter(({ status }) => status !== 'initializing')
  const [found] = named
  if (found === undefined) {
    const all = await readZones(call, apiVersion)
    const near = new Set(nearest(name, new Set(all.map((one) => one.name)), 5))
    const shown = all.filter((one) => near.size === 0 || near.has(one.name))
    const hint =
      all.length === 0
        ? 'The key has access to no site'
        : `${near.size === 0 ? 'Sites of the account' : 'Did you mean'}: ${candidates(shown)}`
    throw wrongName(`No site in use has the name “${name}”`, hint)
  }
  if (named.length > 1) {
    throw wrongName(
      `${named.length} sites have the name “${name}”`,
      `Pass one of these as zone-id: ${candidates(named)}`,
    )
  }
  if (found.lock !== undefined && found.lock !== 'enable') {
    const why = found.lock === 'plan_migrate' ? 'its plan is being changed' : 'it is locked'
    throw ownProblem('Input.ZoneLocked', {
      message: `The site ${name} (${found.id}) accepts no changes: ${why} (${found.lock})`,
    })
  }
  return found.id
}

const candidates = (zones: readonly Zone[]): string =>
  list(zones, 10, ({ id, name, alias, type, status }) => {
    const facts = [name, alias, type, status].filter((part) => part !== undefined)
    return `${id} (${facts.join(', ')})`
  })

const wrongName = (seen: string, expected: string): Problem => {
  const finding: Finding = { input: 'zone-name', form: 'sentences', seen, expected }
  return ownProblem('Input.ZoneName', { message: `${seen}. ${expected}`, findings: [finding] })
}
