import type { Certificate } from '../model/certificate.ts'
import type { Bound, Host } from '../model/host.ts'
import type { ApiVersion, Setting } from '../model/setting.ts'
import type { Text } from '../util/language.ts'
import { isNonEmpty } from '../util/lists.ts'
import { lastHour } from './plan.ts'

/** The previous setting of a host, without certificates that have expired or expire within the hour; or why there is none. */
export type Restorable =
  | { readonly setting: Setting; readonly without: readonly Bound[] }
  | { readonly setting?: never; readonly why: Text }

interface Facts {
  readonly version: ApiVersion
  /** Certificates in SSL Certificate Service, by ID. */
  readonly known: ReadonlyMap<string, Certificate>
  /** Unix milliseconds. */
  readonly now: number
}

/** What a host is to get back. Pure. */
export const restorable = (before: Host | undefined, { version, known, now }: Facts): Restorable => {
  if (before === undefined) return unknown
  const { mode, certificates } = before
  if (mode === 'disable') return { setting: { mode }, without: [] }
  // EdgeOne's time has a time zone. SSL Certificate Service's is read as GMT+8, which is the earliest that it can mean.
  const isUsable = ({ id, notAfter = known.get(id)?.notAfter ?? Infinity }: Bound) => notAfter > now + lastHour
  const usable = certificates.filter(isUsable)
  const without = certificates.filter((one) => !usable.includes(one))
  if (certificates.length > 0 && usable.length === 0) {
    const ids = certificates.map(({ id }) => id)
    const have = without.length === 1 ? 'has' : 'have'
    return {
      why: {
        en: `${ids.join(' and ')}, which it had before, ${have} expired or will expire within the hour`,
        zh: `原有的 ${ids.join('、')} 已过期或将在一小时内过期`,
      },
    }
  }
  const ids = usable.map(({ id }) => id)
  switch (mode) {
    case undefined:
      // 2022-01-06 has no modes; under 2022-09-01, EdgeOne returned nothing about the host's certificate.
      if (version === '2022-09-01') return unknown
      return isNonEmpty(ids) && usable.some(({ type }) => type !== 'default')
        ? { setting: { mode: 'sslcert', ids }, without }
        : { setting: { mode: 'default' }, without }
    case 'sslcert':
      return isNonEmpty(ids) ? { setting: { mode, ids }, without } : unknown
    case 'eofreecert':
    case 'eofreecert_manual':
      return { setting: { mode }, without: [] }
    default:
      return unknown
  }
}

/** The end of a sentence that begins with the host. */
export const unknownSetting: Text = { en: 'its previous setting is unknown', zh: '其原配置未知' }

const unknown: Restorable = { why: unknownSetting }
