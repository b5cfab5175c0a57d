import { isIPv6 } from 'node:net'
import { algorithms } from '../model/certificate.ts'
import { entries, type Mistaken, type Pattern, parseHost, parsePattern } from '../model/hostname.ts'
import type { Mode } from '../tencent/teo.ts'
import { brief } from '../util/text.ts'

/** Takes down what is wrong with an input: what was seen there, and what was expected, each a phrase. */
type Wrong = (
  input: 'zone-id' | 'zone-name' | 'hosts' | 'cert-id' | 'connect-to',
  seen: string,
  expected: string,
) => void

/** A value as a reader sees it in a finding. */
export const quote = (text: string): string => (text === '' ? 'nothing' : `“${brief(text, 80)}”`)

/** How hosts are chosen: by exact name, by patterns, or by what the certificate covers, narrowed by patterns. */
export type Target =
  | { readonly match: 'exact'; readonly hosts: readonly string[] }
  | { readonly match: 'pattern' | 'certificate'; readonly patterns: readonly Pattern[] }

export const matches = ['exact', 'pattern', 'certificate'] as const

/** `zone-id` and `zone-name`: one of the two. */
export const parseZone = (id: string | undefined, name: string | undefined, wrong: Wrong) => {
  if (id !== undefined && !/^zone-[0-9A-Za-z-]{1,64}$/.test(id)) {
    wrong('zone-id', quote(id), 'a site ID from the EdgeOne console, such as zone-2fgd17m17xw')
  }
  if (id !== undefined && name !== undefined) wrong('zone-name', quote(name), 'nothing beside zone-id: one of the two')
  if (id === undefined && name === undefined) {
    wrong('zone-id', 'nothing', 'a site ID such as zone-2fgd17m17xw, or its name in zone-name')
  }
  if (name === undefined) return { zoneId: id, zoneName: undefined }
  const parsed = parseHost(name)
  if ('value' in parsed) return { zoneId: id, zoneName: parsed.value }
  wrong('zone-name', `${quote(name)}, ${parsed.what}`, 'the name of a site, such as example.com')
  return { zoneId: id, zoneName: name }
}

/** `match` and `hosts`. `needed`: an empty list is wrong, unless the certificate chooses. */
export const parseTarget = (match: (typeof matches)[number], text: string, needed: boolean, wrong: Wrong): Target => {
  const names = [...new Set(entries(text))]
  if (names.length === 0 && needed && match !== 'certificate') {
    wrong('hosts', quote(text), match === 'exact' ? 'at least one host name' : 'at least one pattern')
  }
  const read = <T>(parsed: { readonly value: T } | Mistaken, entry: string): T[] => {
    if ('value' in parsed) return [parsed.value]
    wrong('hosts', `${quote(entry)}, ${parsed.what}`, parsed.expected)
    return []
  }
  if (match === 'exact') {
    const hosts = names.flatMap((entry) => read(parseHost(entry), entry))
    return { match, hosts: [...new Set(hosts)] }
  }
  const patterns = names.flatMap((entry) => read(parsePattern(entry), entry))
  if (match === 'pattern' && patterns.length > 0 && patterns.every(({ excludes }) => excludes)) {
    wrong('hosts', quote(text), 'at least one pattern without !')
  }
  return { match, patterns }
}

/** RSA, ECC and SM2: a host has at most one certificate of each (documentation of EdgeOne, 74135). */
const mostCertificates = algorithms.length

/** `cert-id`: IDs, or `default`; nothing where PEM is given, or where the mode brings no certificate. */
export const parseCertificates = (
  text: string,
  mode: Mode,
  hasPem: boolean,
  wrong: Wrong,
): 'default' | readonly string[] => {
  const ids = [...new Set(entries(text))]
  const given = quote(text)
  if (mode !== 'sslcert') {
    if (ids.length > 0) wrong('cert-id', given, `nothing: mode ${mode} takes no certificate`)
    return []
  }
  if (hasPem) {
    if (ids.length > 0) wrong('cert-id', given, 'nothing beside certificate: one of the two')
    return []
  }
  if (ids.length === 0) {
    wrong(
      'cert-id',
      'nothing (an expression that gave nothing?)',
      'a certificate ID, or PEM in certificate; the default certificate takes the word default',
    )
  } else if (ids.includes('default')) {
    if (ids.length > 1) wrong('cert-id', given, 'either certificate IDs or the word default')
    return 'default'
  } else if (ids.length > mostCertificates) {
    wrong('cert-id', `${ids.length} IDs`, 'at most one per algorithm: RSA, ECC, SM2')
  }
  for (const id of ids) {
    if (!/^[0-9A-Za-z_-]{1,64}$/.test(id)) wrong('cert-id', quote(id), 'letters, digits and hyphens, such as J2JqATrt')
  }
  return ids
}

/** `connect-to`: `cname`, or a host or an address, with or without a port. */
export const parseConnectTo = (text: string, wrong: Wrong): 'cname' | { host: string; port: number } | undefined => {
  if (text === '') return undefined
  if (text === 'cname') return 'cname'
  const url = URL.parse(`https://${isIPv6(text) ? `[${text}]` : text}`)
  const isBare = url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  if (!isBare || !/^[\w.:[\]-]+$/.test(text)) {
    wrong(
      'connect-to',
      quote(text),
      'cname, or a host or address, with a port if it is not 443, such as 203.0.113.7:8443',
    )
    return undefined
  }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || 443 }
}
