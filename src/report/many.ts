import { Buffer } from 'node:buffer'
import { hostsIn, type Outcome, type Result, type SiteResult, siteName } from '../model/result.ts'
import { clip, code, count, html, prose } from '../util/text.ts'
import { failures } from './failures.ts'
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

/** How a site ended, worst first. */
const ends: Readonly<Record<Outcome, string>> = {
  failed: '❌ failed',
  'rolled-back': '↩️ rolled back',
  cancelled: '⏹️ cancelled',
  changed: '✅ changed',
  planned: '📝 would be changed',
  unchanged: '✅ nothing to do',
}
const bySeverity = Object.keys(ends)

/** The summary of several sites, as its parts: all in one table, then what needs attention in full, and the rest folded. */
export const manySites = (result: Result): readonly string[] => {
  const sites = result.sites.toSorted((a, b) => bySeverity.indexOf(a.outcome) - bySeverity.indexOf(b.outcome))
  const [attention, fine] = [
    sites.filter(({ problem }) => problem !== undefined),
    sites.filter(({ problem }) => problem === undefined),
  ]
  return [
    heading(result),
    siteTable(sites),
    ...fitting(attention, attentionBytes, (site) => inFull(result, site), 'failed'),
    ...fitting(fine, foldedBytes, folded, 'folded'),
  ]
}

const heading = ({ sites }: Result): string => {
  const failed = sites.filter(({ problem }) => problem !== undefined).length
  const lost = sites.reduce((n, { hosts }) => n + hostsIn(hosts, 'rollback-failed').length, 0)
  const all = count(sites.length, 'site')
  const parts = (['changed', 'planned', 'unchanged', 'rolled-back'] as const).flatMap((outcome) => {
    const n = sites.filter((site) => site.outcome === outcome).length
    return n === 0 ? [] : [`${n} ${words[outcome]}`]
  })
  if (lost > 0) return `## 🚨 ${count(lost, 'host')} NOT rolled back; ${failed} of ${all} failed`
  if (sites.some(({ outcome }) => outcome === 'cancelled'))
    return `## ⏹️ EdgeOne certificates: cancelled, ${failed} of ${all} not done`
  const rest = parts.length === 0 ? '' : `: ${parts.join(', ')}`
  return failed > 0
    ? `## ❌ ${failed} of ${all} failed${parts.length === 0 ? '' : `, ${parts.join(', ')}`}`
    : `## ✅ EdgeOne certificates in place on ${all}${rest}`
}

const words = {
  changed: 'changed',
  planned: 'would be changed',
  unchanged: 'with nothing to do',
  'rolled-back': 'rolled back',
} as const

const siteTable = (sites: readonly SiteResult[]): string => {
  const hasAccounts = sites.some(({ account }) => account !== undefined)
  const row = (site: SiteResult) => [
    ends[site.outcome],
    code(clip(siteName(site), 300)),
    ...(hasAccounts ? [site.account === undefined ? '–' : code(clip(site.account, 80))] : []),
    hostCounts(site),
    site.problem === undefined ? '–' : code(clip(site.problem.code, 200)),
  ]
  const head = ['Outcome', 'Site', ...(hasAccounts ? ['Account'] : []), 'Hosts', 'Code']
  return table(head, sites, row, tableBytes)
}

/** `3: 1 changed, 2 failed`. */
const hostCounts = ({ hosts }: SiteResult): string => {
  const counts = [
    [hosts.filter(isChanged).length, 'changed'],
    [hosts.filter(({ state }) => state === 'planned').length, 'would be changed'],
    [hosts.filter(({ state }) => listings[state].unchanged).length, 'unchanged'],
    [hosts.filter(({ state }) => listings[state].failed).length, 'failed'],
  ] as const
  const parts = counts.flatMap(([n, what]) => (n === 0 ? [] : [`${n} ${what}`]))
  return parts.length === 0 ? '0' : parts.join(', ')
}

/** A site that failed: what happened, why, what to do, and its hosts. */
const inFull = (result: Result, site: SiteResult): string => {
  const { outcome, problem, requestId } = site
  const alone: Result = { ...result, outcome, problem, requestId, sites: [site] }
  const parts = [
    `### ${ends[outcome]}: ${code(clip(siteName(site), 300))}`,
    failures(alone),
    hostTable(site, hostBytes),
    notes(site),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

const folded = (site: SiteResult): string => {
  const body = [hostTable(site, hostBytes), notes(site)].filter((part) => part !== '').join('\n\n')
  if (body === '') return ''
  return `<details><summary>${ends[site.outcome]}: <code>${html(clip(siteName(site), 300))}</code></summary>\n\n${body}\n\n</details>`
}

const notes = ({ notes: all }: SiteResult): string =>
  all
    .slice(0, 20)
    .map((note) => `- ${prose(clip(note, maxText))}`)
    .join('\n')

/** As many parts as fit into a number of bytes, and how many are left out. */
const fitting = (
  sites: readonly SiteResult[],
  bytes: number,
  partOf: (site: SiteResult) => string,
  what: string,
): readonly string[] => {
  const parts: string[] = []
  let left = bytes
  for (const [i, site] of sites.entries()) {
    const part = partOf(site)
    left -= Buffer.byteLength(part)
    if (left < 0)
      return [
        ...parts,
        `… and ${count(sites.length - i, `more ${what} site`)}, in the file of the output \`result-path\``,
      ]
    parts.push(part)
  }
  return parts
}
