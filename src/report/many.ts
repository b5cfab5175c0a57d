import { Buffer } from 'node:buffer'
import { hostsIn, hostsOf, type Result, type SiteResult, siteLabel, siteName, wasPlanned } from '../model/result.ts'
import { isNonEmpty, isOneOf, type NonEmpty } from '../util/lists.ts'
import { clip, code, count, html, list, prose } from '../util/text.ts'
import { failures } from './failures.ts'
import { lead } from './heading.ts'
import { hostTable } from './hosts.ts'
import { isChanged, listings } from './lists.ts'
import { table } from './table.ts'

/** Maximum sizes, bytes; GitHub drops a summary of more than 1 MiB as a whole. */
const tableBytes = 128 * 1024
const attentionBytes = 320 * 1024
const foldedBytes = 192 * 1024
/** Maximum size of the table of hosts of one site. */
const hostBytes = 32 * 1024
/** Maximum length of a text from outside, characters. */
const maxText = 4000
/** More sites without a failure are folded. */
const maxFine = 20

/** How a site ended, worst first: as its row says it, and after a number of sites. */
const ends = {
  failed: ['❌ failed', 'failed'],
  'rolled-back': ['↩️ rolled back', 'rolled back'],
  cancelled: ['⏹️ cancelled', 'cancelled'],
  changed: ['✅ changed', 'changed'],
  accepted: ['✅ accepted, deploying', 'accepted'],
  planned: ['📝 would be changed', 'would be changed'],
  unchanged: ['✅ nothing to do', 'with nothing to do'],
} as const satisfies Record<string, readonly [row: string, counted: string]>
type End = keyof typeof ends
const bySeverity = Object.keys(ends)

/** The outcome of a site, as far as its hosts bear it out: a change that was only accepted, or a dry run that would change nothing, is another end. */
const endOf = ({ outcome, hosts }: SiteResult): End => {
  const has = (state: 'accepted' | 'planned') => hostsIn(hosts, state).length > 0
  if (outcome === 'changed' && has('accepted')) return 'accepted'
  return outcome === 'planned' && !has('planned') ? 'unchanged' : outcome
}

/** The summary of several sites, as its parts: all in one table, then what needs attention in full, and the rest folded. */
export const manySites = (result: Result): readonly string[] => {
  const sites = result.sites.toSorted((a, b) => bySeverity.indexOf(endOf(a)) - bySeverity.indexOf(endOf(b)))
  const attention = sites.filter(({ problem }) => problem !== undefined)
  const fine = sites.filter(({ problem }) => problem === undefined)
  const isLong = fine.length > maxFine
  const inTable = isLong ? attention : sites
  return [
    heading(result),
    lead(result),
    inTable.length === 0 ? '' : siteTable(inTable),
    ...fitting(groupsOf(attention), attentionBytes, (group) => inFull(result, group), 'failed'),
    ...(isLong ? [`<details><summary>${html(`${count(fine.length, 'site')}: ${countsOf(fine)}`)}</summary>`] : []),
    ...(isLong ? [siteTable(fine)] : []),
    ...fitting(
      fine.map((site) => [site]),
      foldedBytes,
      ([site]) => folded(site),
      'folded',
    ),
    ...(isLong ? ['</details>'] : []),
  ]
}

/** `2 changed, 1 with nothing to do`: how sites without a failure ended, and those that were rolled back. */
const countsOf = (sites: readonly SiteResult[]): string => {
  const byEnd = Map.groupBy(sites, endOf)
  return (['changed', 'accepted', 'planned', 'unchanged', 'rolled-back'] as const)
    .flatMap((end) => (byEnd.has(end) ? `${byEnd.get(end)?.length} ${ends[end][1]}` : []))
    .join(', ')
}

const heading = (result: Result): string => {
  const { sites, outcome } = result
  const failed = sites.filter(({ problem }) => problem !== undefined).length
  const hosts = hostsOf(result)
  const lost = hostsIn(hosts, 'rollback-failed').length
  const astray = hosts.filter((host) => wasPlanned(host) && host.drift?.state === 'open').length
  const all = count(sites.length, 'site')
  const counts = countsOf(sites)
  // Whatever else happened, these matter most.
  if (lost > 0) return `## 🚨 ${count(lost, 'host')} NOT rolled back; ${failed} of ${all} failed`
  if (astray > 0) return `## 🚨 ${count(astray, 'host')} WITHOUT the previous mutual TLS; ${failed} of ${all} failed`
  if (sites.some((site) => site.outcome === 'cancelled'))
    return `## ⏹️ EdgeOne certificates: cancelled, ${failed} of ${all} not done`
  if (failed > 0) return `## ❌ ${failed} of ${all} failed${counts === '' ? '' : `, ${counts}`}`
  if (outcome === 'planned') return `## 📝 EdgeOne certificates, dry run of ${all}: ${counts}`
  const isInPlace = sites.every((site) => site.mode === 'sslcert' && isOneOf(endOf(site), 'changed', 'unchanged'))
  return `## ✅ EdgeOne certificates${isInPlace ? ' in place on' : ','} ${all}: ${counts}`
}

const siteTable = (sites: readonly SiteResult[]): string => {
  const hasAccounts = sites.some(({ account }) => account !== undefined)
  const row = (site: SiteResult) => [
    ends[endOf(site)][0],
    code(clip(siteName(site), 300)),
    ...(hasAccounts ? [site.account === undefined ? '–' : code(clip(site.account, 80))] : []),
    hostCounts(site),
    site.problem === undefined ? '–' : code(clip(site.problem.code, 200)),
  ]
  const head = ['Outcome', 'Site', ...(hasAccounts ? ['Account'] : []), 'Hosts', 'Code']
  return table(head, sites, row, tableBytes)
}

/** `1 changed, 2 failed`; a dash where the hosts of a failed site are unknown. */
const hostCounts = ({ hosts, problem }: SiteResult): string => {
  const counts = [
    [hosts.filter(isChanged).length, 'changed'],
    [hosts.filter(({ state }) => state === 'planned').length, 'would be changed'],
    [hosts.filter(({ state }) => listings[state].unchanged).length, 'unchanged'],
    [hosts.filter(({ state }) => listings[state].failed).length, 'failed'],
  ] as const
  const parts = counts.flatMap(([n, what]) => (n === 0 ? [] : [`${n} ${what}`]))
  if (parts.length > 0) return parts.join(', ')
  return problem === undefined ? '0' : '–'
}

/** Failed sites one by one, but together those at which nothing was done for the same reason, such as all sites of an account that is refused. */
const groupsOf = (sites: readonly SiteResult[]): readonly NonEmpty<SiteResult>[] => {
  const groups = Map.groupBy(sites, (site) => {
    const { outcome, account, problem, hosts, notes } = site
    const isUntouched = notes.length === 0 && hosts.every(({ state }) => state === 'untouched')
    return isUntouched ? JSON.stringify([outcome, account, problem?.code, problem?.message]) : site
  })
  return [...groups.values()].filter((group) => isNonEmpty(group))
}

/** Sites that failed: what happened, why, what to do, and their hosts. */
const inFull = (result: Result, sites: NonEmpty<SiteResult>): string => {
  const [first] = sites
  const { outcome, problem, requestId, account } = first
  const isOne = sites.length === 1
  const of = account === undefined ? '' : ` of ${code(clip(account, 80))}`
  const parts = [
    `### ${ends[outcome][0]}: ${isOne ? code(clip(siteLabel(first), 300)) : `${count(sites.length, 'site')}${of}`}`,
    isOne ? '' : code(list(sites, 20, siteName)),
    failures({ ...result, outcome, problem, requestId, sites }),
    ...(isOne ? [hostTable(first, hostBytes), notes(first)] : []),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

const folded = (site: SiteResult): string => {
  const body = [hostTable(site, hostBytes), notes(site)].filter((part) => part !== '').join('\n\n')
  if (body === '') return ''
  const title = `${ends[endOf(site)][0]}: <code>${html(clip(siteLabel(site), 300))}</code>`
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`
}

const notes = ({ notes: all }: SiteResult): string =>
  all
    .slice(0, 20)
    .map((note) => `- ${prose(clip(note.en, maxText))}`)
    .join('\n')

/** As many parts as fit into a number of bytes, and how many sites are left out. */
const fitting = (
  groups: readonly NonEmpty<SiteResult>[],
  bytes: number,
  partOf: (group: NonEmpty<SiteResult>) => string,
  what: string,
): readonly string[] => {
  const parts: string[] = []
  let left = bytes
  for (const [i, group] of groups.entries()) {
    const part = partOf(group)
    left -= Buffer.byteLength(part)
    if (left < 0) {
      const rest = groups.slice(i).reduce((n, some) => n + some.length, 0)
      return [...parts, `… and ${count(rest, `more ${what} site`)}, in the file of the output \`result-path\``]
    }
    parts.push(part)
  }
  return parts
}
