import type { Api, Body, JsonValue } from './api.ts'

/** Versions of the TEO API that know ModifyHostsCertificate. */
export const apiVersions = ['2022-09-01', '2022-01-06'] as const
export type ApiVersion = (typeof apiVersions)[number]

/** `default`: the site's default certificate; otherwise IDs of certificates in SSL Certificate Service. */
export type Certificates = 'default' | readonly string[]

/** The wish to have `hosts` of a zone serve these certificates and no others. */
export interface Binding {
  readonly zoneId: string
  /** Never empty: the API answers an empty list with a bare `InvalidParameterValue`. */
  readonly hosts: readonly string[]
  readonly certificates: Certificates
}

/**
 * ModifyHostsCertificate in either version of its contract (reference 1.1 and 2.1). 2022-09-01 always names `Mode`: what an
 * absent one means is disputed, up to "no HTTPS". 2022-01-06 knows no `Mode`, and takes an absent `CertInfo` as the
 * default certificate, which 2022-09-01 cannot express (its binding must come with IDs).
 */
export const modifyHostsCertificate = (
  version: ApiVersion,
  { zoneId, hosts, certificates }: Binding,
): { readonly api: Api; readonly body: Body } => {
  const api: Api = { service: 'teo', version, action: 'ModifyHostsCertificate', perSecond: 20 }
  const target = { ZoneId: zoneId, Hosts: hosts }
  const ids: readonly JsonValue[] = certificates === 'default' ? [] : certificates.map((CertId) => ({ CertId }))
  switch (version) {
    case '2022-09-01':
      if (ids.length === 0) throw new TypeError('2022-09-01 binds certificates by ID only')
      return { api, body: { ...target, Mode: 'sslcert', ServerCertInfo: ids } }
    case '2022-01-06':
      return { api, body: certificates === 'default' ? target : { ...target, CertInfo: ids } }
    default:
      return version satisfies never
  }
}
