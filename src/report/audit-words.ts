import type { FindingKind } from '../model/audit.ts'
import type { Text } from '../util/language.ts'
import { numberIn } from '../util/number.ts'

/** Each kind of finding, in a few words. */
export const kindWords: Readonly<Record<FindingKind, Text>> = {
  expired: { en: 'expired', zh: '已过期' },
  'not-served': { en: 'not served', zh: '返回的证书不符' },
  'no-certificate': { en: 'no certificate', zh: '无证书' },
  'not-trusted': { en: 'not trusted', zh: '不受信任' },
  'not-covered': { en: 'not covered', zh: '证书不含域名' },
  expiring: { en: 'expiring', zh: '即将到期' },
  'deploy-failed': { en: 'deployment failed', zh: '部署失败' },
  unreadable: { en: 'unreadable', zh: '无法检查' },
}

const n = (count: number, noun: string): string => `${numberIn('en-US', count)} ${noun}${count === 1 ? '' : 's'}`

export const hostsText = (count: number): Text => ({
  en: n(count, 'host'),
  zh: `${numberIn('zh-CN', count)} 个域名`,
})
export const sitesText = (count: number): Text => ({
  en: n(count, 'site'),
  zh: `${numberIn('zh-CN', count)} 个站点`,
})

/** `2 expired`: how many findings are of a kind. */
export const kindCount = (count: number, kind: FindingKind): Text => ({
  en: `${numberIn('en-US', count)} ${kindWords[kind].en}`,
  zh: `${kindWords[kind].zh} ${numberIn('zh-CN', count)} 个`,
})

const dayMs = 86_400_000

/** `in 12 days`, `in less than a day`, `3 days ago`. */
export const daysText = (end: number, now: number): Text => {
  const days = Math.floor(Math.abs(end - now) / dayMs)
  const isOver = end <= now
  if (days === 0) {
    const en = isOver ? 'less than a day ago' : 'in less than a day'
    return { en, zh: isOver ? '不足 1 天前' : '不足 1 天后' }
  }
  return isOver
    ? { en: `${n(days, 'day')} ago`, zh: `${days} 天前` }
    : { en: `in ${n(days, 'day')}`, zh: `${days} 天后` }
}

export const words = {
  findingAndHost: { en: 'Finding and host', zh: '问题与域名' },
  endAndCertificate: { en: 'Expiry and certificate', zh: '到期日与证书' },
  host: { en: 'Host', zh: '域名' },
  ends: { en: 'Certificate expires', zh: '证书到期' },
  certificate: { en: 'Certificate', zh: '证书' },
  toDo: { en: 'What to do', zh: '处理建议' },
  site: { en: 'Site', zh: '站点' },
  hosts: { en: 'Hosts', zh: '域名数' },
  findings: { en: 'Findings', zh: '问题数' },
  status: { en: 'Status', zh: '状态' },
  edgeone: { en: 'EdgeOne console', zh: 'EdgeOne 控制台' },
  ssl: { en: 'SSL certificates', zh: 'SSL 证书控制台' },
} as const satisfies Readonly<Record<string, Text>>
