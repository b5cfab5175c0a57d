import { algorithms } from '../model/certificate.ts'
import { entries } from '../model/hostname.ts'
import type { GivenSource } from '../model/spec.ts'
import { isNonEmpty } from '../util/lists.ts'
import { quote, type Reader } from './reader.ts'

/** A host has at most one certificate of each algorithm (EdgeOne documentation, 74135). */
const maxCertificates = algorithms.length

/** `mode`, `cert-id`, `certificate`, `private-key`, `cert-alias` and `reuse-uploaded`. */
export const parseSource = (reader: Reader): GivenSource => {
  const { get, wrong, choice, flag } = reader
  const mode = choice('mode')
  const [certificate, privateKey, alias] = [get('certificate'), get('private-key'), get('cert-alias')]
  const hasPem = certificate !== ''
  const ids = [...new Set(entries(get('cert-id')))]
  if (!hasPem && privateKey !== '') wrong('private-key', 'a key (not shown)', 'nothing without certificate')
  if (alias !== '' && (!hasPem || alias.length > 200)) {
    wrong('cert-alias', quote(alias), 'an alias of at most 200 characters, only together with certificate')
  }
  const reuse = flag('reuse-uploaded')
  if (!reuse && !hasPem) wrong('reuse-uploaded', 'false', 'true: only a certificate that is given as PEM is uploaded')
  if (mode !== 'sslcert') {
    if (ids.length > 0) wrong('cert-id', quote(get('cert-id')), `nothing: mode ${mode} accepts no certificate`)
    if (hasPem) wrong('certificate', 'a certificate', `nothing: mode ${mode} accepts no certificate`)
    return { kind: 'mode', mode }
  }
  if (!hasPem) return parseIds(reader, ids)
  if (ids.length > 0) {
    wrong('cert-id', quote(get('cert-id')), 'nothing: cert-id and certificate exclude each other')
  }
  return { kind: 'pem-text', certificate, privateKey, alias: alias || undefined, reuse }
}

const parseIds = ({ get, wrong }: Reader, ids: readonly string[]): GivenSource => {
  const given = quote(get('cert-id'))
  if (!isNonEmpty(ids)) {
    wrong(
      'cert-id',
      'nothing (perhaps an empty expression)',
      'a certificate ID, or PEM in certificate; the word newest, or for the site’s default certificate the word default',
    )
    return { kind: 'default' }
  }
  const word = (['default', 'newest'] as const).find((one) => ids.includes(one))
  if (word !== undefined) {
    if (ids.length > 1) wrong('cert-id', given, `either certificate IDs or the word ${word}`)
    return { kind: word }
  }
  if (ids.length > maxCertificates) {
    wrong('cert-id', `${ids.length} IDs`, 'at most one per algorithm: RSA, ECC, SM2')
  }
  for (const id of ids) {
    if (!/^[0-9A-Za-z_-]{1,64}$/.test(id)) wrong('cert-id', quote(id), 'letters, digits and hyphens, such as J2JqATrt')
  }
  return { kind: 'ids', ids }
}
