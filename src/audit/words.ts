import type { AuditedCertificate, Finding, FindingKind } from '../model/audit.ts'
import { earliest } from '../model/certificate.ts'
import { faultText, hasCode, type Problem } from '../model/problem.ts'
import { inBoth, mapped, type Text } from '../util/language.ts'
import { day, list, listed, listZh } from '../util/text.ts'

/** Maximum number of names in a sentence. */
const maxNames = 3
export const dayMs = 86_400_000

/** EdgeOne renews its free certificates so many days before their end (tencentcloud.com/document/product/1552/90437). */
export const freeRenewalDays = 15

/** Whole days from now to a later time. */
export const daysUntil = (time: number, now: number): number => Math.floor((time - now) / dayMs)

const days = (n: number): Text => ({ en: `${n} day${n === 1 ? '' : 's'}`, zh: `${n} 天` })
const idsText = (all: readonly AuditedCertificate[]): string => list(all, maxNames, ({ id }) => id)
const endOf = (all: readonly AuditedCertificate[]): number => earliest(all.flatMap(({ notAfter }) => notAfter ?? []))

type About = Pick<Finding, 'detail' | 'advice' | 'problem'>

/** A finding about certificates of a host. */
export const findingAbout = (
  kind: FindingKind,
  host: string | undefined,
  certificates: readonly AuditedCertificate[],
  about: About,
): Finding => {
  const end = endOf(certificates)
  const notAfter = end === Infinity ? {} : { notAfter: end }
  return { kind, host, certificates: certificates.map(({ id }) => id), ...notAfter, ...about }
}

const renew: Text = {
  en: 'Renew the certificate and deploy the new one to the host.',
  zh: '请续期证书，并将新证书部署到该域名。',
}
const renewFree: Text = {
  en: 'Check that the DNS of the host points to EdgeOne, then apply for the free certificate again, or deploy a certificate of your own.',
  zh: '请确认该域名的 DNS 解析已指向 EdgeOne，然后重新申请免费证书，或部署自有证书。',
}

const isFree = (all: readonly AuditedCertificate[]): boolean => all.every((one) => one.isFree)
const adviceFor = (all: readonly AuditedCertificate[]): Text => (isFree(all) ? renewFree : renew)

export const expired = (all: readonly AuditedCertificate[], now: number): About => {
  const end = endOf(all)
  const ago = days(daysUntil(now, end))
  const free = isFree(all)
    ? { en: ' EdgeOne did not renew this free certificate.', zh: ' EdgeOne 未能续期此免费证书。' }
    : nothing
  return {
    detail: {
      en: `Certificate ${idsText(all)} expired on ${day(end)}, ${ago.en} ago.${free.en}`,
      zh: `证书 ${idsText(all)} 已于 ${day(end)} 过期（${ago.zh}前）。${free.zh}`,
    },
    advice: adviceFor(all),
  }
}

export const expiring = (all: readonly AuditedCertificate[], now: number): About => {
  const end = endOf(all)
  const left = days(daysUntil(end, now))
  const free = isFree(all)
    ? {
        en: ` EdgeOne should have renewed this free certificate ${freeRenewalDays} days before its end.`,
        zh: ` EdgeOne 应在到期前 ${freeRenewalDays} 天自动续期此免费证书，但尚未续期。`,
      }
    : nothing
  return {
    detail: {
      en: `Certificate ${idsText(all)} expires on ${day(end)}, in ${left.en}.${free.en}`,
      zh: `证书 ${idsText(all)} 将于 ${day(end)} 到期，剩余 ${left.zh}。${free.zh}`,
    },
    advice: adviceFor(all),
  }
}

const nothing: Text = { en: '', zh: '' }

/** Why a host has no certificate. */
export const noCertificate = (why: 'off' | 'none' | 'applying'): About => ({
  detail: {
    off: { en: 'HTTPS is off: the mode is disable.', zh: 'HTTPS 未启用：证书配置为 disable（不配置）。' },
    none: { en: 'The host has no certificate.', zh: '该域名未配置证书。' },
    applying: {
      en: 'EdgeOne is still applying for a free certificate; the host has none yet.',
      zh: 'EdgeOne 正在申请免费证书，该域名目前没有证书。',
    },
  }[why],
  advice:
    why === 'applying'
      ? renewFree
      : {
          en: 'Deploy a certificate to the host, or leave the host out with a pattern in `hosts` if it is meant to have none.',
          zh: '请为该域名部署证书；如果确实不需要 HTTPS，请在 `hosts` 中用 `!` 排除该域名。',
        },
})

export const notCovered = (
  host: string,
  all: readonly AuditedCertificate[],
  names: readonly string[] = all.flatMap((one) => one.names ?? []),
): About => {
  const covered = listed([...new Set(names)], maxNames)
  return {
    detail: {
      en: `Certificate ${idsText(all)} is not valid for ${host}; it covers ${covered.en}.`,
      zh: `证书 ${idsText(all)} 不包含 ${host}，其绑定的域名为 ${covered.zh}。`,
    },
    advice: {
      en: 'Deploy a certificate that covers the host.',
      zh: '请部署包含该域名的证书。',
    },
  }
}

const failures: Readonly<Record<string, Text>> = {
  failed: { en: 'the application for it failed', zh: '证书申请失败' },
  issued: { en: 'it could not be bound to the host', zh: '证书绑定失败' },
}

export const deployFailed = (all: readonly AuditedCertificate[]): About => {
  const [status = ''] = all.map((one) => one.status ?? '')
  const why = failures[status] ?? nothing
  return {
    detail: {
      en: `EdgeOne did not deploy certificate ${idsText(all)}: ${why.en} (status ${status}).`,
      zh: `EdgeOne 未能部署证书 ${idsText(all)}：${why.zh}（状态 ${status}）。`,
    },
    advice: isFree(all)
      ? renewFree
      : { en: 'Deploy the certificate to the host again.', zh: '请重新将证书部署到该域名。' },
  }
}

export const notTrusted = (distrust: Text): About => ({
  detail: {
    en: `This runner does not trust the certificate that is served: ${distrust.en}.`,
    zh: `此 runner 不信任该域名实际返回的证书：${distrust.zh}。`,
  },
  advice: {
    en: 'Upload the certificate again with its complete chain, and deploy it. If its authority is internal, give its root to the step in NODE_EXTRA_CA_CERTS.',
    zh: '请重新上传带完整证书链的证书并部署。如果证书由内部 CA 签发，请通过 NODE_EXTRA_CA_CERTS 提供其根证书。',
  },
})

const elsewhere: About = {
  detail: {
    en: ' EdgeOne itself serves the right one, so the DNS of the host points elsewhere.',
    zh: ' EdgeOne 节点返回的证书正确，说明该域名的 DNS 未解析到 EdgeOne。',
  },
  advice: {
    en: 'Point the DNS of the host to EdgeOne. If it is to be switched later, set `connect-to: cname`.',
    zh: '请将该域名的 DNS 解析指向 EdgeOne；如果稍后才切换解析，请设置 `connect-to: cname`。',
  },
}
const stale: Text = {
  en: 'Run the audit again after some minutes. If nothing has changed, deploy the certificate again, or open a ticket with Tencent Cloud.',
  zh: '请几分钟后重新巡检；如果仍未恢复，请重新部署证书，或提交腾讯云工单。',
}

/** What a host serves in place of its certificate. `seen`: what there is instead, in a sentence. */
export const notServed = (seen: Text, { atEdge }: { readonly atEdge: boolean }): About => ({
  detail: atEdge ? { en: seen.en + elsewhere.detail.en, zh: seen.zh + elsewhere.detail.zh } : seen,
  advice: atEdge ? elsewhere.advice : stale,
})

/** Another leaf than EdgeOne says; `address` if it is not the host's own name. */
export const anotherLeaf = (
  address: string | undefined,
  leaf: { readonly names: readonly string[]; readonly algorithm?: string | undefined; readonly notAfter: number },
  now: number,
): Text => {
  const names = listed(leaf.names, maxNames)
  const kind = leaf.algorithm ?? ''
  const isOver = leaf.notAfter <= now
  return {
    en: `${address ?? 'It'} serves another certificate than EdgeOne says: ${names.en || 'no names'}, ${kind && `${kind}, `}${isOver ? 'expired on' : 'until'} ${day(leaf.notAfter)}.`,
    zh: `${address === undefined ? '' : `${address} `}返回的证书与 EdgeOne 配置的不同：${names.zh || '无域名'}，${kind && `${kind}，`}${isOver ? '已过期：' : '有效期至 '}${day(leaf.notAfter)}。`,
  }
}

/** A TLS handshake that the server ended. */
export const noHandshake = ({ text }: Problem): Text => ({
  en: `The TLS handshake failed: ${text.en}.`,
  zh: `TLS 握手失败：“${text.zh}”。`,
})

/** A host that could not be looked at. */
export const unreachable = (problem: Problem | undefined, { atEdge }: { readonly atEdge: boolean }): About => {
  const why = problem?.text ?? { en: 'EdgeOne returned no CNAME for it', zh: 'EdgeOne 未返回其 CNAME' }
  return {
    detail: {
      en: `What the host serves could not be seen: ${why.en}.${atEdge ? elsewhere.detail.en : ''}`,
      zh: `无法查看该域名实际返回的证书：“${why.zh}”。${atEdge ? elsewhere.detail.zh : ''}`,
    },
    advice: atEdge
      ? elsewhere.advice
      : {
          en: 'Check the DNS of the host and the network of the runner, leave the host out with a pattern in `hosts`, or set `connect-to`.',
          zh: '请检查该域名的 DNS 解析和 runner 的网络；也可以在 `hosts` 中用 `!` 排除该域名，或设置 `connect-to`。',
        },
  }
}

/** A site that could not be read. */
export const unreadable = (problem: Problem): About => {
  const { row } = problem
  const fault = faultText(problem)
  return {
    detail: {
      en: `The site could not be read: ${fault.en}`,
      zh: `无法读取该站点：${fault.zh}`,
    },
    advice: row === undefined ? again : inBoth(row.fix),
    problem,
  }
}

const again: Text = { en: 'Run the audit again.', zh: '请重新巡检。' }

/** Hosts that were not looked at, because the audit had to stop. */
export const notLookedAt = (hosts: readonly string[], all: number, problem: Problem): About => {
  const isLate = hasCode(problem, 'Network.Deadline')
  const why: Text = isLate ? { en: 'the deadline passed', zh: '已到截止时间' } : mapped(problem.text, (text) => text)
  return {
    detail: {
      en: `${hosts.length} of ${all} hosts were not looked at, because ${why.en}: ${list(hosts, 10)}.`,
      zh: `${all} 个域名中有 ${hosts.length} 个未查看实际返回的证书（${why.zh}）：${listZh(hosts, 10)}。`,
    },
    advice: isLate
      ? { en: 'Increase `wait-minutes`, or narrow `hosts`.', zh: '请增大 `wait-minutes`，或用 `hosts` 缩小范围。' }
      : again,
  }
}
