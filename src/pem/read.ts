import { Buffer } from 'node:buffer'
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto'
import { type Finding, findingText, ownProblem } from '../model/problem.ts'
import { clip } from '../util/text.ts'
import { type Key, orUndefined, type Pairs, pairUp } from './chain.ts'
import { type Fault, insteadOf } from './not-pem.ts'

/** A text with certificates or keys. */
export interface Source {
  readonly input: 'certificate' | 'private-key'
  /** Its name in a sentence: `the text`, `“fullchain.pem”`. Never a part of a key. */
  readonly place: string
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
  const findings = [...new Map(all.map((one) => [`${one.input}: ${one.seen}`, one])).values()]
  return ownProblem(code, { message: clip(findings.map(findingText).join(' '), 4000), findings })
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
  const wrong = ([seen, expected]: Fault) => read.findings.push({ input, seen: `${seen} in ${place}`, expected })
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

const again = 'the whole text, as the issuer or the ACME client wrote it'
const halfBoundary: Fault = ['an incomplete BEGIN or END line', 'the lines -----BEGIN …----- and -----END …-----']
const unpaired = (open: string | undefined, side: string | undefined, label: string): Fault => {
  if (open === undefined) return [`${nounOf(label)} with an END line but no BEGIN line`, again]
  return [
    `${nounOf(open)} ${side === 'BEGIN' ? 'with a BEGIN line but no END line' : 'whose BEGIN and END lines differ'}`,
    again,
  ]
}
const nounOf = (label: string): string => {
  if (label.endsWith('PRIVATE KEY')) return 'a private key'
  return isCertificate(label) ? 'a certificate' : 'a PEM block'
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
  'an encrypted private key',
  'a key without a passphrase (remove it with `openssl pkey -in … -out …`)',
]
const supportedKey = 'an RSA or EC key: EdgeOne accepts no others'
/** Other PEM blocks, by their label; the first match is reported. */
const others: readonly (readonly [label: RegExp, fault: Fault])[] = [
  [/^ENCRYPTED PRIVATE KEY$/, encrypted],
  [/CERTIFICATE REQUEST$/, ['a certificate request (CSR)', 'the certificate that was issued for it']],
  [/PUBLIC KEY$/, ['a public key', 'the private key']],
  [
    /^TRUSTED CERTIFICATE$/,
    ['an OpenSSL trusted certificate', 'a certificate (convert it with `openssl x509 -in … -out …`)'],
  ],
  [/^(PKCS7|CMS)$/, ['a PKCS#7 bundle', 'certificates (extract them with `openssl pkcs7 -print_certs -in … -out …`)']],
  [/^OPENSSH PRIVATE KEY$/, ['an SSH key', 'the private key of the certificate']],
  [/PRIVATE KEY$/, ['a private key of another type', supportedKey]],
]

const readBlock = (label: string, body: string): X509Certificate | Omit<Key, 'at'> | Fault => {
  if (/Proc-Type:[^\n]*ENCRYPTED|DEK-Info:/i.test(body)) return encrypted
  const form = forms.get(label)
  if (form === undefined && !isCertificate(label)) {
    const other = others.find(([pattern]) => pattern.test(label))
    return (
      other?.[1] ?? ['a PEM block that is neither a certificate nor a private key', 'certificates and a private key']
    )
  }
  const base64 = body.replace(/^\s*(?:[A-Z][\w-]*: [^\n]*\n)+/i, '').replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) {
    return [`${nounOf(label)} that is damaged (it is not valid base64)`, again]
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
  return ['a certificate that cannot be read', again]
}

const keyOf = (der: Buffer, type: Key['form']): Omit<Key, 'at'> | Fault => {
  const object = orUndefined(() => createPrivateKey({ key: der, format: 'der', type }))
  if (object === undefined) return ['a private key that cannot be read', again]
  const kind = object.asymmetricKeyType
  if ((kind !== 'rsa' && kind !== 'ec') || object.asymmetricKeyDetails?.namedCurve === 'SM2') {
    return [`a private key of another type${kind === undefined || kind === 'ec' ? '' : ` (${kind})`}`, supportedKey]
  }
  if (!isWhole(object)) return ['a private key that is damaged (its signatures do not verify)', again]
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
