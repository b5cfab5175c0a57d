import { type AuditedCertificate, type AuditResult, auditedHosts } from '../model/audit.ts'
import { type Text, textIn } from '../util/language.ts'
import { clip, day } from '../util/text.ts'
import { hostsText } from './audit-words.ts'
import { axis, week } from './timeline.ts'

/** Maximum number of certificates in one section: more would not help a reader. */
const maxBars = 8
const dayMs = 86_400_000
/** How far the chart reaches, days: one certificate that lasts ten years would squeeze all others. */
const [maxBack, maxAhead] = [60, 400]

interface Ending {
  readonly certificate: AuditedCertificate
  readonly end: number
  hosts: number
}

/** When the certificates in use end, the first ones first, as a Mermaid Gantt chart: a bar from now to the end. Empty without a known end. */
export const auditTimeline = (result: AuditResult): string => {
  const { language, criteria, at } = result
  const say = (text: Text) => textIn(language, text)
  const all = endings(result).filter(({ end }) => end < at + maxAhead * dayMs)
  const soon = at + criteria.expiresWithinDays * dayMs
  const sections = [
    [{ en: 'Expired', zh: '已过期' }, all.filter(({ end }) => end <= at)],
    [
      { en: `Within ${criteria.expiresWithinDays} days`, zh: `${criteria.expiresWithinDays} 天内到期` },
      all.filter(({ end }) => end > at && end < soon),
    ],
    [{ en: 'Later', zh: '更晚到期' }, all.filter(({ end }) => end > at && end >= soon)],
  ] as const
  const shown = sections.flatMap(([, some]) => some.slice(0, maxBars))
  if (shown.length === 0) return ''
  const first = Math.min(at, ...shown.map(({ end }) => Math.max(end, at - maxBack * dayMs)))
  const last = Math.max(at, ...shown.map(({ end }) => end))
  return [
    say({ en: 'When the certificates expire; the red line is today:', zh: '证书到期时间（红线为今天）：' }),
    '',
    '```mermaid',
    'gantt',
    '  dateFormat YYYY-MM-DD',
    ...axis((last - first) / week),
    ...sections.flatMap(([title, some]) =>
      some.length === 0 ? [] : [`  section ${say(title)}`, ...some.slice(0, maxBars).map((one) => bar(one, say, at))],
    ),
    '```',
  ].join('\n')
}

/** Each certificate once, with the number of its hosts; the first to end first. */
const endings = (result: AuditResult): readonly Ending[] => {
  const byId = new Map<string, Ending>()
  for (const certificate of auditedHosts(result).flatMap(({ certificates }) => certificates)) {
    const { id, notAfter } = certificate
    // The source of a chart cannot quote text, so anything that is not plainly an ID is left out.
    if (notAfter === undefined || !/^[\w-]{1,64}$/.test(id)) continue
    const known = byId.get(id) ?? { certificate, end: notAfter, hosts: 0 }
    known.hosts += 1
    byId.set(id, known)
  }
  return [...byId.values()].toSorted((a, b) => a.end - b.end)
}

const bar = ({ certificate, end, hosts }: Ending, say: (text: Text) => string, at: number): string => {
  // The label begins with our own word, because an ID may be a Mermaid keyword such as `title`.
  const label = `${certificate.algorithm ?? 'ID'} ${clip(certificate.id, 24)}, ${say(hostsText(hosts)).replaceAll(',', '')}`
  if (end > at) return `  ${label} : ${day(at)}, ${day(Math.max(end, at + dayMs))}`
  return `  ${label} : crit, ${day(Math.max(end, at - maxBack * dayMs))}, ${day(at)}`
}
