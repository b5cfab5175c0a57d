import type { NonEmpty } from '../util/lists.ts'

/** Versions of the TEO API that have ModifyHostsCertificate. */
export const apiVersions = ['2022-09-01', '2022-01-06'] as const
export type ApiVersion = (typeof apiVersions)[number]

/** `Mode` of ModifyHostsCertificate (reference 2.1). */
export const modes = ['sslcert', 'eofreecert', 'eofreecert_manual', 'disable'] as const
export type Mode = (typeof modes)[number]
/** Modes without certificate IDs: EdgeOne's free certificate, or no HTTPS. */
export type ModeWithoutIds = Exclude<Mode, 'sslcert'>

/**
 * The certificate setting of a host. `default` is the site's default certificate, which API version 2022-01-06 binds when no
 * certificate is given.
 */
export type Setting =
  | { readonly mode: 'sslcert'; readonly ids: NonEmpty<string> }
  | { readonly mode: ModeWithoutIds | 'default' }

/** IDs of the certificates that a setting binds. */
export const idsOf = (setting: Setting): readonly string[] => (setting.mode === 'sslcert' ? setting.ids : [])
