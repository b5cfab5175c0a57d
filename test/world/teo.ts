/** The part of EdgeOne that the step meets: zones, their hosts, and what ModifyHostsCertificate does to them. */

export interface Host {
  mode: 'disable' | 'sslcert' | 'default'
  /** The whole list; a change replaces it. */
  certificates: string[]
}

export type Refusal = readonly [code: string, message: string]

export const newZones = (): Map<string, Map<string, Host>> =>
  new Map([
    [
      'zone-2fgd17m17xw',
      new Map(
        ['www.example.com', 'api.example.com', 'xn--bcher-kva.example.com'].map((name) => [
          name,
          { mode: 'sslcert', certificates: ['oldRsa01'] },
        ]),
      ),
    ],
  ])

const known = new Set(['J2JqATrt', 'EccAbc12', 'oldRsa01'])

const fields: Readonly<Record<string, readonly string[]>> = {
  '2022-09-01': ['ZoneId', 'Hosts', 'Mode', 'ServerCertInfo'],
  '2022-01-06': ['ZoneId', 'Hosts', 'CertInfo'],
}

/** Applies a call, all or nothing; returns its refusal. */
export const modifyHostsCertificate = (
  zones: ReturnType<typeof newZones>,
  version: string,
  body: Record<string, unknown>,
): Refusal | undefined => {
  const allowed = fields[version]
  if (allowed === undefined) return ['NoSuchVersion', `The version ${version} does not exist.`]
  for (const [name, value] of Object.entries(body)) {
    if (!allowed.includes(name)) return ['UnknownParameter', `The parameter \`${name}\` is not recognized.`]
    if (value === null) return ['InvalidParameter', `The parameter \`${name}\` is null.`]
  }
  const zone = zones.get(String(body['ZoneId']))
  if (!zone) return ['ResourceUnavailable.ZoneNotFound', 'The site does not exist or is not belong to this account.']
  const hosts = Array.isArray(body['Hosts']) ? body['Hosts'].map(String) : []
  if (hosts.length === 0) return ['InvalidParameterValue', '参数取值错误。']
  const info = body['ServerCertInfo'] ?? body['CertInfo'] ?? []
  const ids = Array.isArray(info) ? info.map((item: unknown) => String(Object(item).CertId)) : []
  for (const id of ids) {
    if (!known.has(id))
      return ['ResourceUnavailable.CertNotFound', 'The certificate does not exist or is not authorized.']
  }
  for (const host of hosts) {
    if (!zone.has(host))
      return ['ResourceUnavailable.HostNotFound', 'The domain name does not exist or not use a proxy.']
  }
  for (const host of hosts) {
    if (version === '2022-01-06') zone.set(host, { mode: ids.length === 0 ? 'default' : 'sslcert', certificates: ids })
    // The most dangerous reading of an absent Mode: no HTTPS any more.
    else zone.set(host, { mode: body['Mode'] === 'sslcert' ? 'sslcert' : 'disable', certificates: ids })
  }
  return undefined
}
