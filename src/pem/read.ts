import { Buffer } from 'node:buffer'
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto'
import { type Finding, findingText, ownProblem } from '../model/problem.ts'
import { inBoth, mapped, sentences, spaced, type Text } from '../util/language.ts'
import { clip } from '../util/text.ts'
import { type Key, orUndefined, type Pairs, pairUp } from './chain.ts'
import { type Fault, insteadOf } from './not-pem.ts'

/** A text with certificates or keys. */
export interface Source {
  readonly input: 'certificate' | 'private-key'
  /** Its name in a sentence: `the text`, `“fullchain.pem”`. Never a part of a key. */
  readonly place: Text
  readonly text: string
}

/**
 * The certificates that the sources make together, each with its key and its chain. Throws `Certificate.Unreadable`, or
 * `Certificate.KeyMismatch` when certificates and keys can be read but do not match, with a finding for everything that is wrong.
 * No part of a key gets into the Problem or its cause, because findings never quote the text.
 */
export const readPairs = (sources: readonly Source[]): Pairs => {
  const read = sources.map(readSource)
  const faults = read.flatMap(({ findings }) => findings)
  if (faults.length > 0) throw problemOf('Certificate.Unreadable', faults)
  const certificates = read.flatMap((one) => one.certificates)
  const keys = read.flatMap((one) => one.keys)
  const made = pairUp(certificates, keys)
  if (!('pairs' in made)) throw problemOf('Certificate.KeyMismatch', made)
  return made
}

const problemOf = (code: 'Certificate.Unreadable' | 'Certificate.KeyMismatch', all: readonly Finding[]) => {
  const findings = [...new Map(all.map((one) => [`${one.input}: ${one.seen.en}`, one])).values()]
  return ownProblem(code, {
    message: mapped(sentences(findings.map(findingText)), (text) => clip(text, 4000)),
    findings,
  })
}

interface Read {
  readonly certificates: X509Certificate[]
  readonly keys: Key[]
  readonly findings: Finding[]
}

/** Five hyphens on both sides (RFC 7468 §2), anywhere in a line. Secrets often contain `\n` in place of line breaks. */
const boundary = /-{5}(BEGIN|END) ([A-Z0-9 ]{1,40})-{5}/g
const escapedBreak = /\\+[nr]/g
const brokenBoundary = /-{2,} ?(?:BEGIN|END)\b/i

const readSource = ({ input, place, text }: Source): Read => {
  const read: Read = { certificates: [], keys: [], findings: [] }
  const plain = text.replace(escapedBreak, '\n')
  const wrong = ([seen, expected]: Fault) =>
    read.findings.push({
      input,
      seen: { en: `${seen.en} in ${place.en}`, zh: `${seen.zh}（来自${place.zh}）` },
      expected,
    })
  let open: string | undefined
  let at = 0
  for (const match of plain.matchAll(boundary)) {
    const [whole, side, label = ''] = match
    const before = plain.slice(at, match.index)
    at = match.index + whole.length
    if (open === undefined ? side === 'END' : side === 'BEGIN' || label !== open) wrong(unpaired(open, side, label))
    else if (open === undefined && brokenBoundary.test(before)) wrong(halfBoundary)
    else if (open !== undefined && !ignored.has(open)) {
      const block = readBlock(open, before)
      if (block instanceof X509Certificate) read.certificates.push(block)
      else if ('object' in block) read.keys.push({ ...block, at: { input, place } })
      else wrong(block)
    }
    open = side === 'BEGIN' ? label : undefined
  }
  if (open !== undefined) wrong(unpaired(open, 'BEGIN', open))
  else if (brokenBoundary.test(plain.slice(at))) wrong(halfBoundary)
  else if (read.certificates.length + read.keys.length + read.findings.length === 0) wrong(insteadOf(plain))
  return read
}

const again: Text = {
  en: 'the whole text, as the issuer or the ACME client wrote it',
  zh: '完整的文本，与颁发者或 ACME 客户端生成的一致',
}
const halfBoundary: Fault = [
  { en: 'an incomplete BEGIN or END line', zh: '不完整的 BEGIN 行或 END 行' },
  { en: 'the lines -----BEGIN …----- and -----END …-----', zh: '完整的 -----BEGIN …----- 行和 -----END …----- 行' },
]
const unpaired = (open: string | undefined, side: string | undefined, label: string): Fault => {
  const { en, zh } = nounOf(open ?? label)
  if (open === undefined)
    return [{ en: `${en} with an END line but no BEGIN line`, zh: spaced('有 END 行而没有 BEGIN 行的', zh) }, again]
  return side === 'BEGIN'
    ? [{ en: `${en} with a BEGIN line but no END line`, zh: spaced('有 BEGIN 行而没有 END 行的', zh) }, again]
    : [{ en: `${en} whose BEGIN and END lines differ`, zh: spaced('BEGIN 行与 END 行不一致的', zh) }, again]
}
const nounOf = (label: string): Text => {
  if (label.endsWith('PRIVATE KEY')) return { en: 'a private key', zh: '私钥' }
  return isCertificate(label) ? { en: 'a certificate', zh: '证书' } : { en: 'a PEM block', zh: 'PEM 块' }
}
const isCertificate = (label: string): boolean => /^(X509 )?CERTIFICATE$/.test(label)

/** Parameters that OpenSSL writes before a key; the key itself contains what is needed. */
const ignored = new Set(['EC PARAMETERS', 'DH PARAMETERS'])
const forms = new Map<string, Key['form']>([
  ['PRIVATE KEY', 'pkcs8'],
  ['RSA PRIVATE KEY', 'pkcs1'],
  ['EC PRIVATE KEY', 'sec1'],
])
const encrypted: Fault = [
  { en: 'an encrypted private key', zh: '加密的私钥' },
  {
    en: 'a key without a passphrase (remove it with `openssl pkey -in … -out …`)',
    zh: '没有密码的私钥（用 `openssl pkey -in … -out …` 去除密码）',
  },
]
const supportedKey: Text = {
  en: 'an RSA or EC key: EdgeOne accepts no others',
  zh: 'RSA 或 EC 私钥：EdgeOne 不支持其他类型',
}
/** Other PEM blocks, by their label; the first match is reported. */
const others: readonly (readonly [label: RegExp, fault: Fault])[] = [
  [/^ENCRYPTED PRIVATE KEY$/, encrypted],
  [
    /CERTIFICATE REQUEST$/,
    [
      { en: 'a certificate request (CSR)', zh: 'CSR 证书请求' },
      { en: 'the certificate that was issued for it', zh: '据此签发的证书' },
    ],
  ],
  [
    /PUBLIC KEY$/,
    [
      { en: 'a public key', zh: '公钥' },
      { en: 'the private key', zh: '私钥' },
    ],
  ],
  [
    /^TRUSTED CERTIFICATE$/,
    [
      { en: 'an OpenSSL trusted certificate', zh: 'OpenSSL 的 TRUSTED CERTIFICATE' },
      {
        en: 'a certificate (convert it with `openssl x509 -in … -out …`)',
        zh: '证书（用 `openssl x509 -in … -out …` 转换）',
      },
    ],
  ],
  [
    /^(PKCS7|CMS)$/,
    [
      { en: 'a PKCS#7 bundle', zh: 'PKCS#7 证书包' },
      {
        en: 'certificates (extract them with `openssl pkcs7 -print_certs -in … -out …`)',
        zh: '证书（用 `openssl pkcs7 -print_certs -in … -out …` 提取）',
      },
    ],
  ],
  [
    /^OPENSSH PRIVATE KEY$/,
    [
      { en: 'an SSH key', zh: 'SSH 密钥' },
      { en: 'the private key of the certificate', zh: '证书的私钥' },
    ],
  ],
  [/PRIVATE KEY$/, [{ en: 'a private key of another type', zh: '其他类型的私钥' }, supportedKey]],
]
const otherBlock: Fault = [
  { en: 'a PEM block that is neither a certificate nor a private key', zh: '既不是证书也不是私钥的 PEM 块' },
  { en: 'certificates and a private key', zh: '证书和私钥' },
]

const readBlock = (label: string, body: string): X509Certificate | Omit<Key, 'at'> | Fault => {
  if (/Proc-Type:[^\n]*ENCRYPTED|DEK-Info:/i.test(body)) return encrypted
  const form = forms.get(label)
  if (form === undefined && !isCertificate(label)) {
    return others.find(([pattern]) => pattern.test(label))?.[1] ?? otherBlock
  }
  const base64 = body.replace(/^\s*(?:[A-Z][\w-]*: [^\n]*\n)+/i, '').replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) {
    const { en, zh } = nounOf(label)
    return [
      { en: `${en} that is damaged (it is not valid base64)`, zh: spaced('已损坏（不是有效的 base64）的', zh) },
      again,
    ]
  }
  const der = Buffer.from(base64, 'base64')
  return form === undefined ? certificateOf(der) : keyOf(der, form)
}

const certificateOf = (der: Buffer): X509Certificate | Fault => {
  const certificate = orUndefined(() => new X509Certificate(der))
  if (
    certificate?.raw.equals(der) &&
    !Number.isNaN(Date.parse(certificate.validFrom) + Date.parse(certificate.validTo))
  ) {
    return certificate
  }
  return [{ en: 'a certificate that cannot be read', zh: '无法解析的证书' }, again]
}

const keyOf = (der: Buffer, type: Key['form']): Omit<Key, 'at'> | Fault => {
  const object = orUndefined(() => createPrivateKey({ key: der, format: 'der', type }))
  if (object === undefined) return [{ en: 'a private key that cannot be read', zh: '无法解析的私钥' }, again]
  const kind = object.asymmetricKeyType
  if ((kind !== 'rsa' && kind !== 'ec') || object.asymmetricKeyDetails?.namedCurve === 'SM2') {
    const name = kind === undefined || kind === 'ec' ? inBoth('') : { en: ` (${kind})`, zh: `（${kind}）` }
    return [{ en: `a private key of another type${name.en}`, zh: `其他类型${name.zh}的私钥` }, supportedKey]
  }
  if (!isWhole(object)) {
    const seen = {
      en: 'a private key that is damaged (its signatures do not verify)',
      zh: '已损坏（签名无法通过验证）的私钥',
    }
    return [seen, again]
  }
  return {
    object,
    form: kind === 'rsa' && type === 'sec1' ? 'pkcs1' : kind === 'ec' && type === 'pkcs1' ? 'sec1' : type,
  }
}

/** Whether a signature by the key verifies with its public half, the only part that a certificate matches. */
const isWhole = (key: KeyObject): boolean => {
  const data = Buffer.from('edgeone-certificate')
  return orUndefined(() => verify('sha256', data, createPublicKey(key), sign('sha256', data, key))) ?? false
}
