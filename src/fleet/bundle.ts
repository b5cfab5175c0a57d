import type { SiteWork } from '../deploy/site.ts'
import { hasCode, ownProblem } from '../model/problem.ts'
import type { LoadedEntry } from '../model/task.ts'
import { inBoth, type Text } from '../util/language.ts'
import { uniqueBy } from '../util/lists.ts'
import { count, list, listed, listZh } from '../util/text.ts'

/** A site of an entry, to be worked on. */
export interface Member {
  readonly entry: LoadedEntry
  readonly work: SiteWork
}

/** Sites that are all read before any of them is changed: those of one entry, and of entries that share a site. */
export type Bundle<M extends Member = Member> = readonly M[]

/** Joins the sites of each entry, and of entries that share a site. In order of the first site. */
export const bundlesOf = <M extends Member>(members: readonly M[]): Bundle<M>[] => {
  const bundles = new Map<unknown, Set<M>>()
  for (const member of members) {
    const keys = [member.entry, member.work.spec.zone.id]
    const known = new Set(keys.flatMap((key) => bundles.get(key) ?? []))
    const joined = new Set([...known].flatMap((bundle) => [...bundle]).concat(member))
    for (const { entry, work } of joined) for (const key of [entry, work.spec.zone.id]) bundles.set(key, joined)
  }
  return [...new Set(bundles.values())].map((bundle) => [...bundle])
}

/** Reads the sites of a bundle with `look`, checks them together, and deploys to those that pass. Never throws. */
export const deployBundle = async (bundle: Bundle, look: (work: SiteWork) => Promise<void>): Promise<void> => {
  await Promise.all(bundle.map(({ work }) => look(work)))
  refuseSharedHosts(bundle)
  for (const members of Map.groupBy(bundle, ({ entry }) => entry).values()) checkEntry(members)
  await Promise.all(bundle.map(({ work }) => work.deploy()))
}

/** Fails the sites of entries that select the same host: each would undo what the other does. */
const refuseSharedHosts = (bundle: Bundle): void => {
  const all = bundle.flatMap((member) =>
    member.work.hosts().map((host) => ({ member, host, key: `${member.work.spec.zone.id} ${host}` })),
  )
  const shared = [...Map.groupBy(all, ({ key }) => key).values()].filter((some) => some.length > 1)
  if (shared.length === 0) return
  const hosts = shared.flatMap(([first]) => first?.host ?? [])
  const { en, zh } = listed(hosts, 10)
  const places = placesOf(shared.flat().map(({ member }) => member))
  const problem = ownProblem('Input.HostSelectedTwice', {
    message: {
      en: `${count(hosts.length, 'host')} selected by more than one entry (${places.en}): ${en}`,
      zh: `以下 ${hosts.length} 个域名被多个条目选中（${places.zh}）：${zh}`,
    },
  })
  for (const { work } of new Set(shared.flat().map(({ member }) => member))) work.fail(problem)
}

/** Where the entries of sites stand. */
const placesOf = (members: readonly Member[]): Text => {
  const each = members.map(
    ({ entry: { at } }): Text =>
      at === undefined ? { en: 'the inputs', zh: '输入' } : inBoth(`${at.file}:${at.line}`),
  )
  const places = uniqueBy(each, ({ en }) => en)
  return { en: list(places, 10, ({ en }) => en), zh: listZh(places, 10, ({ zh }) => zh) }
}

/** Checks what concerns all sites of an entry: an unknown host stops them all, and only if no site has a host, there are none. */
const checkEntry = (members: readonly Member[]): void => {
  const works = members.map(({ work }) => work)
  if (works.length > 1) {
    const unknown = works.map((work) => work.problem()).find((problem) => hasCode(problem, 'Input.UnknownHosts'))
    if (unknown !== undefined) {
      for (const work of works) work.fail(unknown)
      return
    }
  }
  warnIdle(works)
  const sound = works.filter((work) => work.problem() === undefined)
  const empty = sound.filter((work) => work.hosts().length === 0)
  if (empty.length === works.length) for (const work of empty) work.noHosts()
  else for (const work of empty) work.leaveOut()
}

/** Warns of patterns that match no host of any site of an entry, as far as all of them could be read. */
const warnIdle = (works: readonly SiteWork[]): void => {
  const [first, ...others] = works
  if (first === undefined || works.some((work) => work.problem() !== undefined)) return
  for (const pattern of first.idle()) {
    if (others.every((work) => work.idle().includes(pattern))) first.warnIdle(pattern, { others: others.length })
  }
}
