import type { Api, Body } from './api.ts'

/** Versions of the TEO API that know ModifyHostsCertificate. */
export const apiVersions = ['2022-09-01', '2022-01-06'] as const
export type ApiVersion = (typeof apiVersions)[number]

/** `Mode` of ModifyHostsCertificate (reference 2.1). */
export const modes = ['sslcert', 'eofreecert', 'eofreecert_manual', 'disable'] as const
export type Mode = (typeof modes)[number]

/**
 * The certificate setting of a host: its mode, and with `sslcert` the IDs of all its certificates. `default`, with no IDs, is the
 * site's default certificate as 2022-01-06 knows it.
 */
export interface Setting {
  readonly mode: Mode | 'default'
  readonly ids: readonly string[]
}

/** An action of TEO; 20 requests a second are allowed for each (reference 2). */
export const teoApi = (version: ApiVersion, action: string): Api => ({ service: 'teo', version, action, perSecond: 20 })

/** The wish to have `hosts` of a zone in one setting. */
export interface Binding {
  readonly zoneId: string
  /** Never empty: the API answers an empty list with a bare `InvalidParameterValue`. */
  readonly hosts: readonly string[]
  readonly setting: Setting
}

/**
 * ModifyHostsCertificate in either version of its contract (reference 1.1 and 2.1). 2022-09-01 always names `Mode`: what an
 * absent one means is disputed, up to "no HTTPS". 2022-01-06 knows no `Mode`, and takes an absent `CertInfo` as the
 * default certificate, which 2022-09-01 cannot express (its binding must come with IDs).
 */
export const modifyHostsCertificate = (
  version: ApiVersion,
  { zoneId, hosts, setting: { mode, ids } }: Binding,
): { readonly api: Api; readonly body: Body } => {
  const api = teoApi(version, 'ModifyHostsCertificate')
  const target = { ZoneId: zoneId, Hosts: hosts }
  const info = ids.map((CertId) => ({ CertId }))
  if (hosts.length === 0) throw new TypeError('a binding needs hosts')
  if ((mode === 'sslcert') !== ids.length > 0) throw new TypeError(`mode ${mode} with ${ids.length} certificates`)
  switch (version) {
    case '2022-09-01':
      if (mode === 'default') throw new TypeError('2022-09-01 binds certificates by ID only')
      return { api, body: { ...target, Mode: mode, ...(mode === 'sslcert' ? { ServerCertInfo: info } : {}) } }
    case '2022-01-06':
      if (mode === 'default') return { api, body: target }
      if (mode !== 'sslcert') throw new TypeError('2022-01-06 knows no modes')
      return { api, body: { ...target, CertInfo: info } }
    default:
      return version satisfies never
  }
}
