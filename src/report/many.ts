import { Buffer } from 'node:buffer'
import { failedHosts, hostsIn, hostsOf, type Result, type SiteResult, siteLabel, siteName } from '../model/result.ts'
import { isNonEmpty, type NonEmpty } from '../util/lists.ts'
import { clip, code, html, list } from '../util/text.ts'
import { bySeverity, type End, endIcons, endOf } from './ends.ts'
import { countLine } from './facts.ts'
import { failures } from './failures.ts'
import { astrayIn, headingOf, lead, reason, whole } from './heading.ts'
import { countsOf, hostTables } from './hosts.ts'
import type { Limits } from './limits.ts'
import { notes, place } from './place.ts'
import { folded, inCell, joined, nowrap, table } from './table.ts'
import type { Voice } from './voice.ts'
import type { Words } from './words.ts'

/** More sites without a failure are folded. */
const maxFine = 20

/** The summary of several sites, as its parts: all in one table, then what needs attention in full, and the rest folded. */
export const manySites = (result: Result, now: number, voice: Voice, limits: Limits): readonly string[] => {
  const { words } = voice
  const sites = bySeverity(result.sites)
  const attention = sites.filter(({ problem }) => problem !== undefined)
  const fine = sites.filter(({ problem }) => problem === undefined)
  const isLong = fine.length > maxFine
  const inTable = isLong ? attention : sites
  const rest = fitting(
    fine.map((site) => [site]),
    limits.folded,
    ([site]) => foldedSite(site, now, voice, limits),
    words,
  )
  const title = html(words.folded(words.sites(fine.length), siteCounts(fine, words).join(' · ')))
  return [
    `## ${heading(result, attention, voice)}`,
    joined([
      words.folded(words.sites(sites.length), siteCounts(sites, words).join(' · ')),
      countLine(hostsOf(result), words, nowrap),
    ]),
    lead(result, words),
    inTable.length === 0 ? '' : siteTable(inTable, voice, limits),
    ...fitting(groupsOf(attention), limits.attention, (group) => inFull(result, group, now, voice, limits), words),
    ...(isLong ? [folded(title, joined([siteTable(fine, voice, limits), ...rest]))] : rest),
  ]
}

const heading = (result: Result, failed: readonly SiteResult[], voice: Voice): string => {
  const { headline } = voice.words
  const { sites, problem, outcome } = result
  const hosts = hostsOf(result)
  const isLoud = hostsIn(hosts, 'rollback-failed').length > 0 || astrayIn(hosts).length > 0
  // Whatever else happened, these matter most.
  if (isLoud) return headingOf(result, voice)
  const part = { n: failed.length, all: sites.length }
  if (sites.some((site) => site.outcome === 'cancelled')) return `⏹️ ${headline.sitesCancelled(part)}`
  if (problem !== undefined) return `❌ ${whole(headline.sitesFailed(part), failed.map(siteName), problem, voice)}`
  const [worst] = bySeverity(sites)
  const icon = worst === undefined ? '✅' : endIcons[endOf(worst)]
  return `${icon} ${outcome === 'planned' ? headline.sitesPlanned(part.all) : headline.sitesDone(part.all)}`
}

/** `❌ 1 failed`, `✅ 2 changed`: how many sites ended how, worst first. */
const siteCounts = (sites: readonly SiteResult[], { counted, ends }: Words): readonly string[] => {
  const byEnd = Map.groupBy(bySeverity(sites), endOf)
  return [...byEnd].map(([end, some]) => `${endIcons[end]} ${counted(some.length, ends[end])}`)
}

const endText = (end: End, { ends }: Words): string => inCell(`${endIcons[end]} ${ends[end]}`)

/** Two columns, because a phone has no room for more. */
const siteTable = (sites: readonly SiteResult[], voice: Voice, limits: Limits): string => {
  const { words } = voice
  const row = (site: SiteResult) => {
    const { account, hosts, problem } = site
    const which = [endText(endOf(site), words), code(clip(siteName(site), 300))]
    const owner = account === undefined ? [] : [words.labelled(words.account, code(clip(account, 80)))]
    const counts = countsOf(hosts, words).map(inCell)
    const why = problem === undefined ? [] : [reason(problem, Math.max(1, failedHosts(hosts).length), voice)]
    return [[...which, ...owner].join('<br>'), [...counts, ...why].join('<br>') || '–']
  }
  return table([words.outcomeAndSite, words.hostsHead], sites, row, limits.sites, words.more)
}

/** Failed sites one by one, but together those at which nothing was done for the same reason, such as all sites of an account that is refused. */
const groupsOf = (sites: readonly SiteResult[]): readonly NonEmpty<SiteResult>[] => {
  const groups = Map.groupBy(sites, (site) => {
    const { outcome, account, problem, hosts, notes: said } = site
    const isUntouched = said.length === 0 && hosts.every(({ state }) => state === 'untouched')
    return isUntouched ? JSON.stringify([outcome, account, problem?.code, problem?.message]) : site
  })
  return [...groups.values()].filter((group) => isNonEmpty(group))
}

/** Sites that failed: what happened, why, what to do, and their hosts. */
const inFull = (result: Result, sites: NonEmpty<SiteResult>, now: number, voice: Voice, limits: Limits): string => {
  const { words } = voice
  const [first] = sites
  const { outcome, problem, requestId, account } = first
  const isOne = sites.length === 1
  const several = words.sites(sites.length)
  const named = account === undefined ? several : words.ofAccount(several, code(clip(account, 80)))
  const which = isOne ? code(clip(siteLabel(first), 300)) : named
  return joined([
    `### ${words.labelled(endText(outcome, words), which)}`,
    isOne ? '' : code(list(sites, 20, siteName)),
    failures({ ...result, outcome, problem, requestId, sites }, voice, limits, result),
    ...(isOne
      ? [
          hostTables(first, { words, now, bytes: limits.siteHosts }),
          notes(first, voice, limits, limits.siteHosts),
          place(first, now, voice),
        ]
      : []),
  ])
}

const foldedSite = (site: SiteResult, now: number, voice: Voice, limits: Limits): string => {
  const { words } = voice
  const tables = hostTables(site, { words, now, bytes: limits.siteHosts })
  const body = joined([tables, notes(site, voice, limits, limits.siteHosts)])
  if (body === '') return ''
  const title = words.labelled(endText(endOf(site), words), `<code>${html(clip(siteLabel(site), 300))}</code>`)
  return folded(title, joined([body, place(site, now, voice)]))
}

/** As many parts as fit into a number of bytes, and how many sites are left out. */
const fitting = (
  groups: readonly NonEmpty<SiteResult>[],
  bytes: number,
  partOf: (group: NonEmpty<SiteResult>) => string,
  words: Words,
): readonly string[] => {
  const parts: string[] = []
  let left = bytes
  for (const [i, group] of groups.entries()) {
    const part = partOf(group)
    left -= Buffer.byteLength(part)
    if (left < 0) {
      const rest = groups.slice(i).reduce((n, some) => n + some.length, 0)
      return [...parts, words.moreSites(rest)]
    }
    parts.push(part)
  }
  return parts
}
