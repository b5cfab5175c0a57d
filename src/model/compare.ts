import type { Text } from '../util/language.ts'
import { isOneOf, isSameSet } from '../util/lists.ts'
import type { Host } from './host.ts'
import { idsOf, type Setting } from './setting.ts'

/**
 * How a host compares to a setting: `deployed` – it has it, in effect; `silent` – it has it, and EdgeOne does not say whether it is in effect;
 * `deploying` – it has it, not yet in effect; `failed` – it has it, and the deployment failed; `different` – it has something else.
 */
export type Comparison = 'deployed' | 'silent' | 'deploying' | 'failed' | 'different'

/** Statuses of a certificate (reference 2.2). `issued` means that the binding failed, `failed` that the application failed. */
const byStatus = (status: string | undefined): Comparison => {
  switch (status) {
    case undefined:
      return 'silent'
    case 'deployed':
      return 'deployed'
    case 'issued':
    case 'failed':
      return 'failed'
    default:
      return 'deploying'
  }
}

/** Compares a host as it was read with a setting. While the host is being deployed, no failure is final. */
export const compare = (setting: Setting, host: Host): Comparison => {
  if (!hasSetting(setting, host)) return 'different'
  if (host.status === 'process') return 'deploying'
  const all = host.certificates.map(({ status }) => byStatus(status))
  const worst = (['failed', 'deploying', 'silent'] as const).find((one) => all.includes(one))
  // Without a certificate, there is no status.
  return worst ?? (all.length === 0 ? 'silent' : 'deployed')
}

/** Whether a reading shows the setting, and nothing against its being in effect: enough for a host that was not changed. */
export const isInPlace = (setting: Setting, host: Host): boolean =>
  isOneOf(compare(setting, host), 'deployed', 'silent')

/** Whether the host has the mode of a free certificate, and no certificate yet: EdgeOne is applying for it. */
export const isApplying = ({ mode }: Setting, host: Pick<Host, 'mode' | 'certificates'>): boolean =>
  mode.startsWith('eofreecert') && host.mode === mode && host.certificates.length === 0

/** Whether the host has this setting, deployed or not. */
export const hasSetting = (setting: Setting, host: Pick<Host, 'mode' | 'certificates'>): boolean => {
  const { mode } = setting
  const { certificates } = host
  switch (mode) {
    case 'sslcert': {
      const bound = certificates.map(({ id }) => id)
      return (host.mode ?? 'sslcert') === 'sslcert' && isSameSet(bound, idsOf(setting))
    }
    case 'default':
      return certificates.length > 0 && certificates.every(({ type }) => type === 'default')
    case 'disable':
      return host.mode === mode
    case 'eofreecert':
    case 'eofreecert_manual':
      return host.mode === mode && certificates.length > 0
    default:
      return mode satisfies never
  }
}

/** Domain states in which a host serves no traffic, so no certificate is bound to it (reference 2.2). */
const inactiveStates = new Map([
  ['offline', { en: 'is disabled (offline)', zh: '已停用（offline）' }],
  ['forbidden', { en: 'is banned (forbidden)', zh: '已被封禁（forbidden）' }],
  ['init', { en: 'is not in effect yet (init): its site is not activated', zh: '尚未生效（init）：其站点未激活' }],
])

/** Why a host is inactive: the end of a sentence that begins with the host; undefined when it is active. */
export const whyInactive = ({ status = '' }: Pick<Host, 'status'>): Text | undefined => inactiveStates.get(status)

/** A host as it was read: its state, and its certificates with their states. */
export const seenText = (host: Host | undefined): Text => {
  if (host === undefined) return { en: 'not in the service’s answer', zh: '未出现在服务的响应中' }
  const { status, mode, certificates } = host
  const { en, zh } = certificates.length === 0 ? noCertificate(mode) : certificatesText(certificates)
  return status === undefined ? { en, zh } : { en: `${status}, with ${en}`, zh: `状态为 ${status}，${zh}` }
}

const noCertificate = (mode: string | undefined): Text =>
  mode ? { en: `no certificate (${mode})`, zh: `无证书（${mode}）` } : { en: 'no certificate', zh: '无证书' }

const certificatesText = (certificates: Host['certificates']): Text => ({
  en: certificates.map(({ id, status }) => (status === undefined ? id : `${id} ${status}`)).join(', '),
  zh: `证书为 ${certificates.map(({ id, status }) => (status === undefined ? id : `${id}（${status}）`)).join('、')}`,
})
