import { spaced, type Text } from '../util/language.ts'
import type { Fault } from './not-pem.ts'

export const again: Text = {
  en: 'the whole text, as the issuer or the ACME client wrote it',
  zh: '完整的文本，与颁发者或 ACME 客户端生成的一致',
}

export const halfBoundary: Fault = [
  { en: 'an incomplete BEGIN or END line', zh: '不完整的 BEGIN 行或 END 行' },
  { en: 'the lines -----BEGIN …----- and -----END …-----', zh: '完整的 -----BEGIN …----- 行和 -----END …----- 行' },
]

export const unpaired = (open: string | undefined, side: string | undefined, label: string): Fault => {
  const { en, zh } = nounOf(open ?? label)
  if (open === undefined)
    return [{ en: `${en} with an END line but no BEGIN line`, zh: spaced('有 END 行而没有 BEGIN 行的', zh) }, again]
  return side === 'BEGIN'
    ? [{ en: `${en} with a BEGIN line but no END line`, zh: spaced('有 BEGIN 行而没有 END 行的', zh) }, again]
    : [{ en: `${en} whose BEGIN and END lines differ`, zh: spaced('BEGIN 行与 END 行不一致的', zh) }, again]
}

/** What a block is, by its label. */
export const nounOf = (label: string): Text => {
  if (label.endsWith('PRIVATE KEY')) return { en: 'a private key', zh: '私钥' }
  return isCertificate(label) ? { en: 'a certificate', zh: '证书' } : { en: 'a PEM block', zh: 'PEM 块' }
}

export const isCertificate = (label: string): boolean => /^(X509 )?CERTIFICATE$/.test(label)

export const encrypted: Fault = [
  { en: 'an encrypted private key', zh: '加密的私钥' },
  {
    en: 'a key without a passphrase (remove it with `openssl pkey -in … -out …`)',
    zh: '没有密码的私钥（用 `openssl pkey -in … -out …` 去除密码）',
  },
]
export const supportedKey: Text = {
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

/** What is wrong with a block that is neither a certificate nor a private key in a known form. */
export const otherFault = (label: string): Fault => others.find(([pattern]) => pattern.test(label))?.[1] ?? otherBlock
