import 'reflect-metadata'
import { createPrivateKey, type KeyObject, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(crypto)

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000
/** Fixed: tests with a clock of their own read these certificates, too. */
const start = Date.UTC(2026, 10, 1)

/** An issuer: its name, its keys, and its certificate. */
export interface Issuer {
  readonly name: string
  readonly keys: webcrypto.CryptoKeyPair
  readonly pem: string
}

export const newKeys = (curve: 'P-256' | 'P-384' | 'P-521' = 'P-256') =>
  webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: curve }, true, ['sign', 'verify'])

export const newRsaKeys = () =>
  webcrypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  )

const pem = (certificate: x509.X509Certificate): string => `${certificate.toString('pem')}\n`

/** A CA: a root without an issuer, otherwise an intermediate. */
export const newIssuer = async (
  name: string,
  by?: Issuer,
  given?: webcrypto.CryptoKeyPair,
  days = 90,
): Promise<Issuer> => {
  const keys = given ?? (await newKeys())
  const certificate = await x509.X509CertificateGenerator.create({
    subject: name,
    issuer: by?.name ?? name,
    notBefore: new Date(start),
    notAfter: new Date(start + days * day),
    signingAlgorithm: ecdsa,
    publicKey: keys.publicKey,
    signingKey: (by ?? { keys }).keys.privateKey,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  })
  return { name, keys, pem: pem(certificate) }
}

export const validity = { notBefore: start, notAfter: Date.UTC(2036, 10, 1) }

/** A leaf for these names; without an issuer it is self-signed. */
export const newLeaf = async (
  names: x509.JsonGeneralNames,
  keys: webcrypto.CryptoKeyPair,
  by?: Issuer,
  subject = 'CN=common.example',
): Promise<string> => {
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: by?.name ?? subject,
    notBefore: new Date(validity.notBefore),
    notAfter: new Date(validity.notAfter),
    signingAlgorithm: by === undefined ? { ...keys.privateKey.algorithm, hash: 'SHA-256' } : ecdsa,
    publicKey: keys.publicKey,
    signingKey: (by?.keys ?? keys).privateKey,
    extensions: names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)],
  })
  return pem(certificate)
}

export const dns = (...names: string[]): x509.JsonGeneralNames => names.map((value) => ({ type: 'dns', value }))

export const keyOf = async ({ privateKey }: webcrypto.CryptoKeyPair): Promise<KeyObject> =>
  createPrivateKey({
    key: Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey)),
    format: 'der',
    type: 'pkcs8',
  })

export const pemOf = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'sec1' = 'pkcs8'): string =>
  String(type === 'pkcs1' ? key.export({ type, format: 'pem' }) : key.export({ type, format: 'pem' }))

export const requestOf = async (keys: webcrypto.CryptoKeyPair): Promise<string> => {
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: 'CN=a.example',
    keys,
    signingAlgorithm: ecdsa,
  })
  return request.toString('pem')
}

/** The material of most tests: RSA and ECC leaves from two intermediates of one root. */
export const newMaterial = async () => {
  const root = await newIssuer('CN=Root, O=Test World')
  const other = await newIssuer('CN=Other Root')
  const [one, two] = [await newIssuer('CN=E1, O=Test World, C=XX', root), await newIssuer('CN=R1, O=Test World', root)]
  const [ecKeys, rsaKeys] = [await newKeys(), await newRsaKeys()]
  const ec = { leaf: await newLeaf(dns('WWW.a.example', '*.a.example'), ecKeys, one), key: await keyOf(ecKeys) }
  const rsa = { leaf: await newLeaf(dns('r.example'), rsaKeys, two), key: await keyOf(rsaKeys) }
  return { root, other, one, two, ec, rsa, ecKeys }
}
