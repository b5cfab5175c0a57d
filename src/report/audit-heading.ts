import { type AuditResult, auditedHosts, earliestEnd, findingKinds, findingsOf, type Located } from '../model/audit.ts'
import { hasCode } from '../model/problem.ts'
import type { Text } from '../util/language.ts'
import { day } from '../util/text.ts'
import { daysText, hostsText, kindCount, sitesText } from './audit-words.ts'
import { whyNotBegun } from './heading.ts'
import type { Voice } from './voice.ts'

type Say = (text: Text) => string

/** What was found, in one line of Markdown. */
export const auditHeading = (result: AuditResult, voice: Voice): string => {
  const { problem } = result
  if (hasCode(problem, 'Run.Cancelled')) return `## ⏹️ ${voice.said({ en: 'Audit cancelled', zh: '巡检已取消' })}`
  if (problem !== undefined) {
    const why = whyNotBegun(problem, voice)
    return `## ❌ ${voice.said({ en: `Audit failed: ${why}`, zh: `巡检失败：${why}` })}`
  }
  const icon = findingsOf(result).length === 0 ? '✅' : failingOf(result).length > 0 ? '❌' : '⚠️'
  return `## ${icon} ${auditTitle(result, voice.said)}`
}

const failingOf = (result: AuditResult): readonly Located[] =>
  findingsOf(result).filter(({ finding }) => result.criteria.failOn.includes(finding.kind))

/** What was found, as plain text: of findings that fail the step, if there are any. */
export const auditTitle = (result: AuditResult, say: Say): string => {
  const [found, failing] = [findingsOf(result), failingOf(result)]
  if (found.length === 0) return fine(result, say)
  return needs(result, failing.length > 0 ? failing : found, say)
}

/** How many hosts need attention; or sites, where no host does. */
const needs = (result: AuditResult, found: readonly Located[], say: Say): string => {
  const hosts = auditedHosts(result).length
  const affected = new Set(
    found.flatMap(({ site, finding }) => (finding.host ? `${site.zone.id} ${finding.host}` : [])),
  )
  const affectedSites = new Set(found.map(({ site }) => site)).size
  const [n, all] =
    affected.size > 0
      ? [
          affected.size,
          {
            en: `${affected.size} of ${say(hostsText(hosts))}`,
            zh: `${say(hostsText(hosts))}中有 ${affected.size} 个`,
          },
        ]
      : [
          affectedSites,
          {
            en: `${affectedSites} of ${say(sitesText(result.sites.length))}`,
            zh: `${say(sitesText(result.sites.length))}中有 ${affectedSites} 个`,
          },
        ]
  return say({ en: `${all.en} need${n === 1 ? 's' : ''} attention`, zh: `${all.zh}需要处理` })
}

const fine = (result: AuditResult, say: Say): string => {
  const hosts = auditedHosts(result).length
  if (hosts === 0) return say({ en: 'No host to look at', zh: '没有需要巡检的域名' })
  const end = earliestEnd(result)
  const all = say(hostsText(hosts))
  if (end === undefined) return say({ en: `${all}, nothing found`, zh: `${all}均正常` })
  const left = say(daysText(end, result.at))
  return say({ en: `${all}, first certificate expires ${left}`, zh: `${all}均正常，最早的证书 ${left}到期` })
}

/** Hosts, sites, findings by kind, and the first end. */
export const countsLine = (result: AuditResult, say: Say): string => {
  const found = findingsOf(result)
  const hosts = say(hostsText(auditedHosts(result).length))
  const sites = say(sitesText(result.sites.length))
  const skipped = result.sites.reduce((sum, site) => sum + site.skipped.length, 0)
  const end = earliestEnd(result)
  const kinds = findingKinds.flatMap((kind) => {
    const n = found.filter(({ finding }) => finding.kind === kind).length
    return n === 0 ? [] : [say(kindCount(n, kind))]
  })
  const parts = [
    say({ en: `${hosts} of ${sites}`, zh: `${sites}，${hosts}` }),
    ...kinds,
    ...(skipped === 0 ? [] : [say({ en: `${skipped} skipped`, zh: `跳过 ${skipped} 个` })]),
    ...(end === undefined ? [] : [say({ en: `first expiry ${day(end)}`, zh: `最早到期 ${day(end)}` })]),
  ]
  return parts.join(' · ')
}
