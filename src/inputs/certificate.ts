import { algorithms } from '../model/certificate.ts'
import { entries } from '../model/hostname.ts'
import type { GivenSource } from '../model/spec.ts'
import { inBoth } from '../util/language.ts'
import { isNonEmpty } from '../util/lists.ts'
import { countOfIds, nothingGiven, quote, type Reader } from './reader.ts'

/** A host has at most one certificate of each algorithm (EdgeOne documentation, 74135). */
const maxCertificates = algorithms.length

/** `mode`, `cert-id`, `certificate`, `private-key`, `cert-alias` and `reuse-uploaded`. */
export const parseSource = (reader: Reader): GivenSource => {
  const { get, wrong, choice, flag } = reader
  const mode = choice('mode')
  const [certificate, privateKey, alias] = [get('certificate'), get('private-key'), get('cert-alias')]
  const hasPem = certificate !== ''
  const ids = [...new Set(entries(get('cert-id')))]
  if (!hasPem && privateKey !== '') {
    const expected = { en: 'nothing without certificate', zh: '空：未设置 certificate 时不能使用' }
    wrong('private-key', { en: 'a key (not shown)', zh: '私钥（未显示）' }, expected)
  }
  if (alias !== '' && (!hasPem || alias.length > 200)) {
    wrong('cert-alias', quote(alias), {
      en: 'an alias of at most 200 characters, only together with certificate',
      zh: '不超过 200 个字符的别名，且只能与 certificate 一起使用',
    })
  }
  const reuse = flag('reuse-uploaded')
  if (!reuse && !hasPem) {
    wrong('reuse-uploaded', inBoth('false'), {
      en: 'true: only a certificate that is given as PEM is uploaded',
      zh: 'true：只有以 PEM 提供的证书才会上传',
    })
  }
  if (mode !== 'sslcert') {
    const none = { en: `nothing: mode ${mode} accepts no certificate`, zh: `空：mode ${mode} 不接受证书` }
    if (ids.length > 0) wrong('cert-id', quote(get('cert-id')), none)
    if (hasPem) wrong('certificate', { en: 'a certificate', zh: '证书' }, none)
    return { kind: 'mode', mode }
  }
  if (!hasPem) return parseIds(reader, ids)
  if (ids.length > 0) {
    wrong('cert-id', quote(get('cert-id')), {
      en: 'nothing: cert-id and certificate exclude each other',
      zh: '空：cert-id 与 certificate 不能同时使用',
    })
  }
  return { kind: 'pem-text', certificate, privateKey, alias: alias || undefined, reuse }
}

const idForm = {
  en: 'letters, digits and hyphens, such as J2JqATrt',
  zh: '由字母、数字和连字符组成的 ID，例如 J2JqATrt',
}

const parseIds = ({ get, wrong }: Reader, ids: readonly string[]): GivenSource => {
  const given = quote(get('cert-id'))
  if (!isNonEmpty(ids)) {
    wrong('cert-id', nothingGiven, {
      en: 'a certificate ID, or PEM in certificate; the word newest, or for the site’s default certificate the word default',
      zh: '证书 ID，或在 certificate 中提供 PEM；也可填写 newest，或用 default 表示站点的默认证书',
    })
    return { kind: 'default' }
  }
  const word = (['default', 'newest'] as const).find((one) => ids.includes(one))
  if (word !== undefined) {
    if (ids.length > 1)
      wrong('cert-id', given, { en: `either certificate IDs or the word ${word}`, zh: `证书 ID 或 ${word}，二者之一` })
    return { kind: word }
  }
  if (ids.length > maxCertificates) {
    wrong('cert-id', countOfIds(ids), {
      en: 'at most one per algorithm: RSA, ECC, SM2',
      zh: '每种算法（RSA、ECC、SM2）最多一个',
    })
  }
  for (const id of ids) {
    if (!/^[0-9A-Za-z_-]{1,64}$/.test(id)) wrong('cert-id', quote(id), idForm)
  }
  return { kind: 'ids', ids }
}
