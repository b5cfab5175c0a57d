import type { Inputs } from '../inputs/inputs.ts'
import { ownProblem } from '../model/problem.ts'
import type { Call } from '../tencent/client.ts'
import { readZones, type Zone } from '../tencent/zones.ts'
import { nearest } from '../util/suggest.ts'
import { list } from '../util/text.ts'

/**
 * The ID of the site: as given, or by its name. Throws `Input.ZoneName` with the candidates and their IDs when no site, or more than
 * one, has that name; `Input.ZoneLocked` when it takes no changes; or the Problem of a call.
 */
export const findZone = async (call: Call, { zoneId, zoneName, apiVersion }: Inputs): Promise<string> => {
  if (zoneId !== undefined) return zoneId
  const name = zoneName ?? ''
  // A site that is bound to no plan yet has no hosts that could be changed.
  const named = (await readZones(call, apiVersion, name)).filter(({ status }) => status !== 'initializing')
  const [zone] = named
  if (zone === undefined) {
    const all = await readZones(call, apiVersion)
    const near = new Set(nearest(name, new Set(all.map((one) => one.name)), 5))
    const shown = all.filter((one) => near.size === 0 || near.has(one.name))
    throw wrongName(`“${name}”, which is the name of no site in use`, shown, 'perhaps')
  }
  if (named.length > 1)
    throw wrongName(`“${name}”, which is the name of ${named.length} sites`, named, 'one of these as zone-id:')
  if (zone.lock !== undefined && zone.lock !== 'enable') {
    const why = zone.lock === 'plan_migrate' ? 'its plan is being changed' : 'it is locked'
    throw ownProblem('Input.ZoneLocked', {
      message: `The site ${name} (${zone.id}) takes no changes: ${why} (${zone.lock})`,
    })
  }
  return zone.id
}

const wrongName = (seen: string, zones: readonly Zone[], lead: string) => {
  const each = zones.map(
    ({ id, name, alias, type, status }) =>
      `${id} (${[name, alias, type, status].filter((part) => part !== undefined).join(', ')})`,
  )
  const expected = each.length === 0 ? 'a site of this account; the key sees none' : `${lead} ${list(each, 10)}`
  return ownProblem('Input.ZoneName', {
    message: `Saw ${seen}; expected ${expected}`,
    findings: [{ input: 'zone-name', seen, expected }],
  })
}
