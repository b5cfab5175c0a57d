import { Buffer } from 'node:buffer'
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto'
import { type Finding, findingText, ownProblem } from '../model/problem.ts'
import { brief, clip } from '../util/text.ts'
import { attempt, type Key, type Pairs, pairUp } from './chain.ts'

export type { Pair, Pairs } from './chain.ts'

/** A text that holds certificates or keys. */
export interface Source {
  readonly input: 'certificate' | 'private-key'
  /** The path, or `the text` for the value of the input itself. */
  readonly name: string
  readonly text: string
}

/**
 * Whether the value of an input is text rather than paths. Anything that may be a key in another form counts as text, so that it is
 * never taken for a path, and shown: base64 or hexadecimal digits alone, JSON, binary content.
 */
export const isPem = (value: string): boolean =>
  /-{3}|BEGIN |^\s*\{|PuTTY|^\s*(?:MI|LS0t)[A-Za-z0-9+/]{20}/.test(value) ||
  control.test(value) ||
  value.split(/\s+/).some((word) => /^[0-9a-f]{32,}$|^(?=.*[A-Z])[A-Za-z0-9+/]{40,}={0,2}$/.test(word))

/** What is in no text. */
const control = /[[\p{Cc}\ufffd]--\s]/v

/** The paths in a value, one a line. */
export const pathsOf = (value: string): string[] =>
  value
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/**
 * The certificates that the sources make together, each with its key and its chain. Throws `Certificate.Unreadable`, or
 * `Certificate.KeyMismatch` when all can be read and does not fit together, with a finding for everything that is wrong. Neither it
 * nor its cause holds anything of a key: what is said of a text is never a part of it.
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
  const each = findings.map(findingText)
  return ownProblem(code, { message: clip(`${each.join('. ')}.`, 4000), findings })
}

interface Read {
  readonly certificates: X509Certificate[]
  readonly keys: Key[]
  readonly findings: Finding[]
}

/** Five hyphens on both sides (RFC 7468 §2), wherever in a line. Secrets often hold `\n` in place of line breaks. */
const boundary = /-{5}(BEGIN|END) ([A-Z0-9 ]{1,40})-{5}/g
const written = /\\+[nr]/g
const brokenBoundary = /-{2,} ?(?:BEGIN|END)\b/i

const readSource = ({ input, name, text }: Source): Read => {
  const read: Read = { certificates: [], keys: [], findings: [] }
  const place = name === 'the text' ? name : `“${brief(name, 200)}”`
  const plain = text.replace(written, '\n')
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

/** What was seen, as a noun to which its place is added; and what was expected. */
type Fault = readonly [seen: string, expected: string]

const again = 'the whole text, as the issuer or the ACME client wrote it'
const halfBoundary: Fault = ['a line BEGIN or END that is not whole', 'lines -----BEGIN …----- and -----END …-----']
const unpaired = (open: string | undefined, side: string | undefined, label: string): Fault => {
  if (open === undefined) return [`${nounOf(label)} that ends and does not begin`, again]
  return [
    `${nounOf(open)} ${side === 'BEGIN' ? 'that begins and does not end' : 'whose beginning and end differ'}`,
    again,
  ]
}
const nounOf = (label: string): string => {
  if (label.endsWith('PRIVATE KEY')) return 'a private key'
  return isCertificate(label) ? 'a certificate' : 'a PEM block'
}
const isCertificate = (label: string): boolean => /^(X509 )?CERTIFICATE$/.test(label)

/** OpenSSL writes the parameters before a key; the key holds all that is needed of them. */
const ignored = new Set(['EC PARAMETERS', 'DH PARAMETERS'])
const forms = new Map<string, Key['form']>([
  ['PRIVATE KEY', 'pkcs8'],
  ['RSA PRIVATE KEY', 'pkcs1'],
  ['EC PRIVATE KEY', 'sec1'],
])
const encrypted: Fault = [
  'an encrypted private key',
  'a key without a passphrase: `openssl pkey -in … -out …` removes it',
]
const taken = 'an RSA or EC key: EdgeOne takes no others'
/** What other tools write in PEM, by what the label ends in; the first that fits is said. */
const others: readonly (readonly [ending: RegExp, fault: Fault])[] = [
  [/^ENCRYPTED PRIVATE KEY$/, encrypted],
  [/CERTIFICATE REQUEST$/, ['a certificate request (CSR)', 'the certificate that was issued for it']],
  [/PUBLIC KEY$/, ['a public key', 'the private key']],
  [
    /^TRUSTED CERTIFICATE$/,
    ['a trusted certificate of OpenSSL', 'a certificate: `openssl x509 -in … -out …` makes one'],
  ],
  [/^(PKCS7|CMS)$/, ['a PKCS#7 bundle', 'certificates: `openssl pkcs7 -print_certs -in … -out …` takes them out']],
  [/^OPENSSH PRIVATE KEY$/, ['a key for SSH', 'the private key of the certificate']],
  [/PRIVATE KEY$/, ['a private key of another kind', taken]],
]

const readBlock = (label: string, body: string): X509Certificate | Omit<Key, 'at'> | Fault => {
  if (/Proc-Type:[^\n]*ENCRYPTED|DEK-Info:/i.test(body)) return encrypted
  const form = forms.get(label)
  if (form === undefined && !isCertificate(label)) {
    const other = others.find(([ending]) => ending.test(label))
    return other?.[1] ?? ['a PEM block that is no certificate and no private key', 'certificates and a private key']
  }
  const base64 = body.replace(/^\s*(?:[A-Z][\w-]*: [^\n]*\n)+/i, '').replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) {
    return [`${nounOf(label)} that is damaged (its text is no base64)`, again]
  }
  const der = Buffer.from(base64, 'base64')
  return form === undefined ? certificateOf(der) : keyOf(der, form)
}

const certificateOf = (der: Buffer): X509Certificate | Fault => {
  const certificate = attempt(() => new X509Certificate(der))
  if (
    certificate?.raw.equals(der) &&
    !Number.isNaN(Date.parse(certificate.validFrom) + Date.parse(certificate.validTo))
  ) {
    return certificate
  }
  return ['a certificate that cannot be read', again]
}

const keyOf = (der: Buffer, type: Key['form']): Omit<Key, 'at'> | Fault => {
  const object = attempt(() => createPrivateKey({ key: der, format: 'der', type }))
  if (object === undefined) return ['a private key that cannot be read', again]
  const kind = object.asymmetricKeyType
  if ((kind !== 'rsa' && kind !== 'ec') || object.asymmetricKeyDetails?.namedCurve === 'SM2') {
    return [`a private key of another kind${kind === undefined || kind === 'ec' ? '' : ` (${kind})`}`, taken]
  }
  if (!isWhole(object)) return ['a private key that is damaged (it does not work)', again]
  return {
    object,
    form: kind === 'rsa' && type === 'sec1' ? 'pkcs1' : kind === 'ec' && type === 'pkcs1' ? 'sec1' : type,
  }
}

/** Whether a signature of the key is one of its public half, which is all that a certificate tells of it. */
const isWhole = (key: KeyObject): boolean => {
  const data = Buffer.from('edgeone-certificate')
  return attempt(() => verify('sha256', data, createPublicKey(key), sign('sha256', data, key))) ?? false
}

/** What a text without any PEM is. A file that is no UTF-8 comes with its bytes as characters, or with U+FFFD for some of them. */
const insteadOf = (text: string): Fault => {
  if (text.trim() === '') return ['nothing', 'PEM; a secret that is not set, or not given to this job, is empty']
  if (/^(?:\xfe\xed\xfe\xed|\xce\xce\xce\xce|\ufffd{4})/.test(text)) {
    return ['a Java keystore', 'PEM: `keytool -importkeystore` to PKCS#12, then `openssl pkcs12 -nodes` make it']
  }
  // PKCS#12 begins with its version, 3 (RFC 7292 §4); a key in PKCS#8 with 0 or 1.
  const head = text.slice(0, 8)
  if (head.startsWith('0') && head.includes('\x02\x01\x03'))
    return ['a PKCS#12 file', 'PEM: `openssl pkcs12 -nodes -in … -out …` makes it']
  if (/^0[\x80-\x84\ufffd]/.test(text) || (head.startsWith('0') && head.includes('\x02\x01'))) {
    return ['a DER file', 'PEM: `openssl x509 -inform der` or `openssl pkey -inform der` makes it']
  }
  if (control.test(text)) return ['binary content', 'PEM, which is text']
  const start = text.trim()
  if (/^LS0tL/.test(start)) return ['PEM that is encoded in base64 once more', 'PEM: decode it before this step']
  if (/^MI[\w+/]/.test(start)) {
    return [
      'base64 without lines BEGIN and END',
      'PEM, with its first and last line -----BEGIN …----- and -----END …-----',
    ]
  }
  return ['no certificate and no private key', 'PEM, with lines -----BEGIN …----- and -----END …-----']
}
