import 'reflect-metadata'
import { createHash, KeyObject, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(crypto)

const day = 86_400_000

export interface Issued {
  /** The leaf alone. */
  readonly certificate: string
  /** PKCS #8. */
  readonly privateKey: string
}

/** An issued certificate with everything that a site's owner receives; texts are PEM. */
export interface Leaf extends Issued {
  /** The leaf and, if it has one, the intermediate. */
  readonly chain: string
  /** The same, as Certbot names it. */
  readonly fullchain: string
  readonly root: string
  /** SHA-256 of the leaf's DER form, lower-case hexadecimal. */
  readonly sha256: string
}

const kinds = {
  'RSA 2048': { rsa: 2048 },
  'RSA 1024': { rsa: 1024 },
  'ECC P-256': { curve: 'P-256' },
  'ECC P-384': { curve: 'P-384' },
} as const
export type Algorithm = keyof typeof kinds

export const isAlgorithm = (text: string): text is Algorithm => Object.hasOwn(kinds, text)

export interface IssueOptions {
  readonly algorithm?: Algorithm
  readonly notBefore?: Date
  readonly notAfter?: Date
  /** Defaults to the intermediate. */
  readonly via?: 'root' | 'intermediate'
}

const ecc = (namedCurve: 'P-256' | 'P-384') => ({ name: 'ECDSA', namedCurve, hash: 'SHA-256' }) as const
const signing = ecc('P-256')
const eccKeys = (namedCurve: 'P-256' | 'P-384' = 'P-256') =>
  webcrypto.subtle.generateKey(ecc(namedCurve), true, ['sign', 'verify'])

const rsaKeys = new Map<number, Promise<webcrypto.CryptoKeyPair>>()

/** Generating RSA keys is slow, so a process has one of each size. */
const keysFor = (algorithm: Algorithm): Promise<webcrypto.CryptoKeyPair> => {
  const kind = kinds[algorithm]
  if ('curve' in kind) return eccKeys(kind.curve)
  const known = rsaKeys.get(kind.rsa)
  if (known) return known
  const publicExponent = new Uint8Array([1, 0, 1])
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: kind.rsa, publicExponent }
  const keys = webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify'])
  rsaKeys.set(kind.rsa, keys)
  return keys
}

const pemKey = (key: webcrypto.CryptoKey): string =>
  KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString()

// Long enough for leaves of any dates.
const longValid = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2045-01-01T00:00:00Z') }
const { keyCertSign, cRLSign } = x509.KeyUsageFlags

/** A certification authority of the test world, and real certificates from it. */
export const authority = async () => {
  const [rootKeys, middleKeys] = await Promise.all([eccKeys(), eccKeys()])
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Test World Root',
    ...longValid,
    signingAlgorithm: signing,
    keys: rootKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      await x509.SubjectKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  })
  const middle = await x509.X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=Test World Intermediate',
    issuer: root.subject,
    ...longValid,
    signingAlgorithm: signing,
    publicKey: middleKeys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(middleKeys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  })
  const pem = (certificate: x509.X509Certificate) => `${certificate.toString('pem').trimEnd()}\n`

  const issue = async (names: readonly [string, ...string[]], options: IssueOptions = {}): Promise<Leaf> => {
    const { algorithm = 'ECC P-256', via = 'intermediate' } = options
    const { notBefore = new Date(Date.now() - day), notAfter = new Date(Date.now() + 90 * day) } = options
    const [issuer, keys] = via === 'root' ? [root, rootKeys] : [middle, middleKeys]
    const leaf = await keysFor(algorithm)
    const certificate = await x509.X509CertificateGenerator.create({
      subject: `CN=${names[0]}`,
      issuer: issuer.subject,
      notBefore,
      notAfter,
      signingAlgorithm: signing,
      publicKey: leaf.publicKey,
      signingKey: keys.privateKey,
      extensions: [
        new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value }))),
        await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
      ],
    })
    const chain = via === 'root' ? pem(certificate) : pem(certificate) + pem(middle)
    return {
      certificate: pem(certificate),
      privateKey: pemKey(leaf.privateKey),
      chain,
      fullchain: chain,
      root: pem(root),
      sha256: createHash('sha256').update(Buffer.from(certificate.rawData)).digest('hex'),
    }
  }
  return { root: pem(root), issue }
}

/** A self-signed certificate. */
export const selfSigned = async (name: string): Promise<Issued> => {
  const keys = await eccKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    ...longValid,
    signingAlgorithm: signing,
    keys,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
  })
  return { certificate: certificate.toString('pem'), privateKey: pemKey(keys.privateKey) }
}
