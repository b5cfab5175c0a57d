import type { Certificate } from '../model/certificate.ts'
import type { SiteResult } from '../model/result.ts'
import { sites } from '../model/site.ts'
import { clip, code, prose } from '../util/text.ts'
import { named } from './facts.ts'
import { expiry } from './hosts.ts'
import type { Limits } from './limits.ts'
import { within } from './table.ts'
import type { Voice } from './voice.ts'

/** Certificates that are linked. */
const maxCertificates = 3

/** Which site it is, and the certificates that it gets, with links to the console. Only what is plainly an ID becomes part of an address. */
export const place = ({ options, zone, certificates }: SiteResult, now: number, { words }: Voice): string => {
  const facts = sites[options.site]
  const { id, name } = zone
  const label = code(clip(name ?? id ?? '', 300))
  const isZone = id !== undefined && /^zone-[a-z\d]{1,64}$/.test(id)
  const site = isZone ? `[${label}](${facts.zonePage(id)})` : label
  const linked = (one: Certificate) => {
    const text = code(clip(one.id, 80))
    const shown = /^[A-Za-z\d]{8}$/.test(one.id) ? `[${text}](${facts.certificatePage(one.id)})` : text
    const known = [one.algorithm ?? '', one.notAfter === undefined ? '' : expiry(one.notAfter, now, words)]
    const about = known.filter((part) => part !== '')
    return about.length === 0 ? shown : `${shown}${words.about(about)}`
  }
  const all = named(certificates.map(linked), maxCertificates, words)
  const where = words.place(site, options.site, options.apiVersion)
  return certificates.length === 0 ? where : `${where} · ${words.certificates(all)}`
}

/** What is to be said about a site besides its hosts. */
export const notes = ({ notes: all }: SiteResult, { said }: Voice, { text }: Limits, bytes: number): string =>
  within(
    all.map((note) => `- ${prose(clip(said(note), text))}`),
    bytes,
  ).join('\n')
