import {
  type AuditedHost,
  type AuditedSite,
  type AuditResult,
  auditedHosts,
  earliestEnd,
  type Finding,
  findingKinds,
  findingsOf,
  type Located,
  tracedDetail,
} from '../model/audit.ts'
import { earliest } from '../model/certificate.ts'
import { siteLabel } from '../model/result.ts'
import { sites as siteFacts } from '../model/site.ts'
import type { Text } from '../util/language.ts'
import { clip, code, day, html, list, prose } from '../util/text.ts'
import { auditHeading, countsLine } from './audit-heading.ts'
import { adviceOf, auditProblem } from './audit-problem.ts'
import { auditTimeline } from './audit-timeline.ts'
import { daysText, hostsText, kindWords, sitesText, words } from './audit-words.ts'
import { callTable, warningBox } from './parts.ts'
import { folded, inCell, joined, table } from './table.ts'
import type { Voice } from './voice.ts'

/** Maximum sizes of the parts, bytes; GitHub drops a summary of more than 1 MiB as a whole. */
const bytes = { findings: 384, sites: 64, fine: 192, skipped: 48, warnings: 48, calls: 128 } as const
const kib = 1024
/** Maximum length of a text from outside, characters. */
const maxText = 1000

/** The job summary of the audit, in Markdown. Text from outside is in code spans, where nothing is interpreted, or is escaped. */
export const auditSummaryOf = (result: AuditResult, voice: Voice): string =>
  `${joined([...partsOf(result, voice, tracedDetail), callList(result, voice), links(result, voice.said)])}\n`

/** The summary for a comment or an issue: without RequestIds and calls. */
export const auditCommentOf = (result: AuditResult, voice: Voice): string =>
  `${joined([...partsOf(result, voice, ({ detail }) => detail), links(result, voice.said)])}\n`

/** What a finding says that was seen. */
type DetailOf = (finding: Finding) => Text

const partsOf = (result: AuditResult, voice: Voice, detailOf: DetailOf): readonly string[] => {
  const say = voice.said
  const found = findingsOf(result)
  return [
    auditHeading(result, voice),
    result.sites.length === 0 ? '' : countsLine(result, say),
    auditProblem(result, voice),
    findings(result, found, voice),
    advice(found, voice, detailOf),
    auditTimeline(result),
    siteTable(result, voice),
    fineHosts(result, voice),
    skippedHosts(result, voice),
    warningBox(result.warnings, voice, { max: maxText, bytes: bytes.warnings * kib }),
  ]
}

type Say = (text: Text) => string

const ids = (all: readonly string[]): string =>
  all.length === 0
    ? '–'
    : all
        .slice(0, 3)
        .map((id) => code(clip(id, 80)))
        .join(', ')

/** `in 12 days (2027-01-31)` */
const endText = (end: number | undefined, at: number, say: Say): string => {
  if (end === undefined) return '–'
  const [left, date] = [say(daysText(end, at)), day(end)]
  return say({ en: `${inCell(left)} ${inCell(`(${date})`)}`, zh: `${inCell(left)}${inCell(`（${date}）`)}` })
}

/** Two columns, because a phone has no room for more. */
const findings = (
  { criteria, at }: AuditResult,
  found: readonly Located[],
  { said: say, words: { more } }: Voice,
): string => {
  if (found.length === 0) return ''
  const row = ({ site, finding }: Located) => {
    const { kind, host, notAfter, certificates } = finding
    const what = `${criteria.failOn.includes(kind) ? '❌' : '⚠️'}&nbsp;${inCell(say(kindWords[kind]))}`
    const which = code(clip(host ?? siteLabel(site), 300))
    const known = [endText(notAfter, at, say), ids(certificates)].filter((part) => part !== '–')
    return [`${what}<br>${which}`, known.join('<br>') || '–']
  }
  const head = [words.findingAndHost, words.endAndCertificate].map(say)
  return table(head, found, row, bytes.findings * kib, more)
}

/** Maximum number of advices, and of hosts below each; the table has all. */
const [maxAdvices, maxDetails] = [12, 10]

/** What to do about the findings, each advice once, and below it what was seen. A list: a table with sentences is hard to read on a phone. */
const advice = (found: readonly Located[], voice: Voice, detailOf: DetailOf): string => {
  const say = voice.said
  const byText = Map.groupBy(found, ({ finding }) => adviceOf(finding, voice))
  const lines = [...byText].slice(0, maxAdvices).flatMap(([text, some]) => {
    const kinds = findingKinds.filter((kind) => some.some(({ finding }) => finding.kind === kind))
    const names = say({
      en: kinds.map((kind) => kindWords[kind].en).join(', '),
      zh: kinds.map((kind) => kindWords[kind].zh).join('、'),
    })
    const seen = some.filter(({ finding: { kind } }) => kind !== 'expired' && kind !== 'expiring')
    const rest = seen.length > maxDetails ? [`  - ${voice.words.more(seen.length - maxDetails)}`] : []
    return [
      say({ en: `- **${names}**: ${text}`, zh: `- **${names}**：${text}` }),
      ...seen.slice(0, maxDetails).map((one) => seenLine(one, detailOf, say)),
      ...rest,
    ]
  })
  return lines.length === 0 ? '' : `**${say(words.toDo)}**\n\n${lines.join('\n')}`
}

const seenLine = ({ site, finding }: Located, detailOf: DetailOf, say: Say): string => {
  const [which, seen] = [code(clip(finding.host ?? siteLabel(site), 300)), prose(clip(say(detailOf(finding)), maxText))]
  return say({ en: `  - ${which}: ${seen}`, zh: `  - ${which}：${seen}` })
}

const siteTable = (result: AuditResult, { said: say, words: { more } }: Voice): string => {
  const { sites, at } = result
  if (sites.length < 2) return ''
  const row = (site: AuditedSite) => [
    code(clip(siteLabel(site), 300)),
    site.problem === undefined ? String(site.hosts.length) : '–',
    String(site.findings.length + site.hosts.reduce((sum, { findings }) => sum + findings.length, 0)),
    endText(earliestEnd({ sites: [site] }), at, say),
  ]
  const head = [words.site, words.hosts, words.findings, words.ends].map(say)
  return folded(html(say(sitesText(sites.length))), table(head, sites, row, bytes.sites * kib, more))
}

const endOf = ({ certificates }: AuditedHost): number =>
  earliest(certificates.flatMap(({ notAfter }) => notAfter ?? []))

/** The hosts without a finding, the first to end first. */
const fineHosts = (result: AuditResult, { said: say, words: { more } }: Voice): string => {
  const fine = auditedHosts(result)
    .filter(({ findings }) => findings.length === 0)
    .toSorted((a, b) => endOf(a) - endOf(b) || 0)
  if (fine.length === 0) return ''
  const row = (host: AuditedHost) => {
    const end = endOf(host)
    return [
      code(host.host),
      endText(end === Infinity ? undefined : end, result.at, say),
      ids(host.certificates.map(({ id }) => id)),
    ]
  }
  const n = say(hostsText(fine.length))
  const title = say({ en: `✅ ${n} without findings`, zh: `✅ ${n}无问题` })
  const head = [words.host, words.ends, words.certificate].map(say)
  return folded(html(title), table(head, fine, row, bytes.fine * kib, more))
}

const skippedHosts = ({ sites }: AuditResult, { said: say, words: { more } }: Voice): string => {
  const skipped = sites.flatMap((site) => site.skipped)
  if (skipped.length === 0) return ''
  const n = say(hostsText(skipped.length))
  const title = say({ en: `${n} skipped: not online`, zh: `已跳过 ${n}：未启用` })
  const row = ({ host, status }: (typeof skipped)[number]) => [code(host), code(clip(status, 80))]
  const body = table([words.host, words.status].map(say), skipped, row, bytes.skipped * kib, more)
  return folded(html(title), body)
}

const callList = ({ calls }: AuditResult, { said: say, words: common }: Voice): string => {
  if (calls.length === 0) return ''
  const title = say({ en: `API calls (${calls.length})`, zh: `API 调用（${calls.length}）` })
  return folded(html(title), callTable(calls, common, bytes.calls * kib))
}

/** The consoles of the sites that were looked at. */
const links = ({ sites, shard }: AuditResult, say: Say): string => {
  const consoles = [...new Set(sites.map(({ site }) => site))].map((site) => {
    const { origin } = new URL(siteFacts[site].zonePage(''))
    return `[${say(words.edgeone)}](${origin}/edgeone/zones) · [${say(words.ssl)}](${origin}/ssl)`
  })
  const names = [...new Set(sites.map(({ account = '–' }) => account))]
  const share = shard === undefined ? [] : [`${code(shard)}: ${prose(list(names, 50))}`]
  return [...consoles, ...share].join(' · ')
}
