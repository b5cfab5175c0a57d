import { type Finding, ownProblem, type Problem } from '../model/problem.ts'
import type { ApiVersion } from '../model/setting.ts'
import type { ZoneRef } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import { readZones, readZonesById, readZonesByName, type Zone } from '../tencent/zones.ts'
import { once } from '../util/concurrency.ts'
import type { Text } from '../util/language.ts'
import { nearest } from '../util/suggest.ts'
import { list, listZh } from '../util/text.ts'

/** A site that was asked for: its ID, and its name where it was needed; or why it cannot be worked on. */
export type ZoneLookup =
  | { readonly zone: { readonly id: string; readonly name?: string } }
  | { readonly zone: ZoneRef; readonly problem: Problem }

/** The sites of an account, looked up in few calls. */
export interface Zones {
  /** Throws the Problem of a call. */
  readonly named: (name: string) => Promise<ZoneLookup>
  /** A site with its name, which is absent if the service does not list the site. Throws the Problem of a call. */
  readonly withId: (id: string) => Promise<ZoneLookup>
  /** All sites of the account. Throws the Problem of a call. */
  readonly all: () => Promise<readonly Zone[]>
}

export interface ZoneReaderOptions {
  /** All that will be asked for. */
  readonly names: readonly string[]
  readonly ids: readonly string[]
  /** Sites that accept no changes may be read. */
  readonly locked?: 'refused' | 'taken'
}

/** Looks up sites by name and by ID. Nothing is read before it is needed. */
export const zoneReader = (
  { call }: Pick<Context, 'call'>,
  version: ApiVersion,
  { names, ids, locked = 'refused' }: ZoneReaderOptions,
): Zones => {
  const refusalOf = (zone: Zone) => (locked === 'refused' ? lockOf(zone) : undefined)
  const all = once(() => readZones(call, version))
  const byName = once(() => readZonesByName(call, version, names))
  const byId = once(() => readZonesById(call, ids))
  return {
    all,
    named: async (name) => {
      // A site without a plan has no hosts that could be changed.
      const named = (await byName()).filter((zone) => zone.name === name && zone.status !== 'initializing')
      const [found] = named
      if (found === undefined) return { zone: { name }, problem: unknownName(name, await all()) }
      const problem = named.length > 1 ? ambiguousName(name, named) : refusalOf(found)
      return problem === undefined ? { zone: found } : { zone: { name }, problem }
    },
    withId: async (id) => {
      const found = (await byId()).find((zone) => zone.id === id)
      const problem = found && refusalOf(found)
      return problem === undefined ? { zone: found ?? { id } } : { zone: { id }, problem }
    },
  }
}

/** Why a site accepts no changes; undefined when it does. */
export const lockOf = ({ id, name, lock = 'enable' }: Zone): Problem | undefined => {
  if (lock === 'enable') return undefined
  const why =
    lock === 'plan_migrate'
      ? { en: 'its plan is being changed', zh: '正在变更套餐' }
      : { en: 'it is locked', zh: '已被锁定' }
  return ownProblem('Input.ZoneLocked', {
    message: {
      en: `The site ${name} (${id}) accepts no changes: ${why.en} (${lock})`,
      zh: `站点 ${name}（${id}）不接受修改：${why.zh}（${lock}）`,
    },
  })
}

const unknownName = (name: string, all: readonly Zone[]): Problem => {
  const near = new Set(nearest(name, new Set(all.map((one) => one.name)), 5))
  const shown = all.filter((one) => near.size === 0 || near.has(one.name))
  const { en, zh } = candidates(shown)
  const lead =
    near.size === 0 ? { en: 'Sites of the account', zh: '账号下的站点' } : { en: 'Did you mean', zh: '名称相近的站点' }
  const hint =
    all.length === 0
      ? { en: 'The key has access to no site', zh: '该密钥无权访问任何站点' }
      : { en: `${lead.en}: ${en}`, zh: `${lead.zh}：${zh}` }
  return wrongName({ en: `No site in use has the name “${name}”`, zh: `没有名称为“${name}”的可用站点` }, hint)
}

const ambiguousName = (name: string, named: readonly Zone[]): Problem => {
  const { en, zh } = candidates(named)
  return wrongName(
    { en: `${named.length} sites have the name “${name}”`, zh: `有 ${named.length} 个站点的名称为“${name}”` },
    { en: `Pass one of these as zone-id: ${en}`, zh: `请将其中一个填入 zone-id：${zh}` },
  )
}

const candidates = (zones: readonly Zone[]): Text => {
  const factsOf = ({ name, alias, type, status }: Zone) =>
    [name, alias, type, status].filter((part) => part !== undefined)
  return {
    en: list(zones, 10, (zone) => `${zone.id} (${factsOf(zone).join(', ')})`),
    zh: listZh(zones, 10, (zone) => `${zone.id}（${factsOf(zone).join('，')}）`),
  }
}

const wrongName = (seen: Text, expected: Text): Problem => {
  const finding: Finding = { input: 'zone-name', form: 'sentences', seen, expected }
  return ownProblem('Input.ZoneName', {
    message: { en: `${seen.en}. ${expected.en}`, zh: `${seen.zh}。${expected.zh}` },
    findings: [finding],
  })
}
