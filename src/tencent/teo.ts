import type { MutualTls } from '../model/host.ts'
import { type ApiVersion, idsOf, type Setting } from '../model/setting.ts'
import type { NonEmpty } from '../util/lists.ts'
import type { Api, Body } from './api.ts'

/** An action of TEO; 20 requests a second are allowed for each (reference 2). */
export const teoApi = (version: ApiVersion, action: string): Api => ({ service: 'teo', version, action, perSecond: 20 })

/**
 * ModifyHostsCertificate in either version of its contract (reference 1.1 and 2.1). For 2022-09-01, `Mode` is always sent: sources
 * disagree on what its absence means, up to "no HTTPS". 2022-01-06 has no `Mode`, and reads an absent `CertInfo` as the default
 * certificate, which 2022-09-01 cannot express. `restores`: client and upstream certificates to turn on as well; all others stay as they
 * are. Throws a TypeError for a setting that the version cannot express.
 */
export const modifyHostsCertificate = (
  version: ApiVersion,
  zoneId: string,
  hosts: NonEmpty<string>,
  setting: Setting,
  restores: MutualTls = {},
): { readonly api: Api; readonly body: Body } => {
  const api = { ...teoApi(version, 'ModifyHostsCertificate'), readBack: true }
  const zone = { ZoneId: zoneId, Hosts: hosts }
  const info = idsOf(setting).map((CertId) => ({ CertId }))
  const { mode } = setting
  switch (version) {
    case '2022-09-01':
      if (mode === 'default') throw new TypeError('2022-09-01 binds certificates by ID only')
      return {
        api,
        body: {
          ...{ ...zone, Mode: mode, ...(mode === 'sslcert' ? { ServerCertInfo: info } : {}) },
          ...mutualTlsFields(restores),
        },
      }
    case '2022-01-06':
      if (mode === 'default') return { api, body: zone }
      if (mode !== 'sslcert') throw new TypeError('2022-01-06 has no modes')
      return { api, body: { ...zone, CertInfo: info } }
    default:
      return version satisfies never
  }
}

/** The fields that turn client and upstream certificates on (reference 2.1). What is left out stays as it is. */
const mutualTlsFields = ({ client, upstream, originCa }: MutualTls): Body => {
  const on = (slot: MutualTls['client']) => ({ Switch: 'on', CertInfos: infosOf(slot) })
  const upstreamInfo = {
    ...(upstream === undefined ? {} : { UpstreamMutualTLS: on(upstream) }),
    ...(originCa === undefined
      ? {}
      : { UpstreamCertificateVerify: { VerificationMode: 'custom_ca', CustomCACerts: infosOf(originCa) } }),
  }
  return {
    ...(client === undefined ? {} : { ClientCertInfo: on(client) }),
    ...(Object.keys(upstreamInfo).length === 0 ? {} : { UpstreamCertInfo: upstreamInfo }),
  }
}

const infosOf = (slot: MutualTls['client']) => (slot === 'off' ? [] : (slot ?? [])).map((CertId) => ({ CertId }))
