import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { action, type Refusal } from './request.ts'
import { type Account, newCertificate } from './state.ts'

/** UploadCertificate and CheckCertificateExist (reference, 3.1 and 3.6). */

interface Upload {
  readonly CertificatePublicKey: string
  readonly CertificatePrivateKey?: string
  readonly CertificateType?: string
  readonly Alias?: string
  readonly Repeatable?: boolean
}

const tried = <T>(make: () => T): T | undefined => {
  try {
    return make()
  } catch {
    return undefined
  }
}

const unparsable: Refusal = [
  'FailedOperation.CertificateParseError',
  'Parsing failed. check if the certificate meets the standard and pay attention to whether there are extra spaces.',
]

const readChain = (text: string): readonly [X509Certificate, ...X509Certificate[]] | Refusal => {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []
  const [leaf, ...others] = blocks.map((block) => tried(() => new X509Certificate(block)))
  if (leaf === undefined) return unparsable
  const above = others.flatMap((one) => one ?? [])
  return above.length === others.length
    ? [leaf, ...above]
    : ['FailedOperation.CertificateChainError', '温馨提示：证书链检测异常，请核对每段证书是否存在异常']
}

const curves: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }

const algorithmOf = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | undefined => {
  if (asymmetricKeyType === 'rsa') return `RSA ${asymmetricKeyDetails?.modulusLength}`
  return asymmetricKeyType === 'ec' ? `ECC ${curves[asymmetricKeyDetails?.namedCurve ?? '']}` : undefined
}

const namesOf = ({ subjectAltName = '', subject }: X509Certificate): string[] => {
  const names = [...subjectAltName.matchAll(/(?:^|, )DNS:([^,]+)/g)].flatMap(([, name]) => name ?? [])
  return names.length > 0 ? names : [/^CN=(.*)$/m.exec(subject)?.[1] ?? '']
}

const sha256Of = (leaf: X509Certificate): string => createHash('sha256').update(leaf.raw).digest('hex')

const findSame = ({ certificates, sameUpload }: Account, sha256: string, chain: string) =>
  [...certificates.values()].find(
    ({ pem }) => pem?.sha256 === sha256 && (sameUpload === 'leaf' || pem.chain.trim() === chain.trim()),
  )

export const uploadCertificate = action<Upload>(
  {
    '2019-12-05': {
      'CertificatePublicKey!': 'string',
      CertificatePrivateKey: 'string',
      CertificateType: 'string',
      Alias: 'string',
      ProjectId: 'integer',
      CertificateUse: 'string',
      Tags: [{ 'TagKey!': 'string', 'TagValue!': 'string' }],
      Repeatable: 'boolean',
    },
  },
  (
    account,
    { CertificatePublicKey, CertificatePrivateKey, CertificateType = 'SVR', Alias = '', Repeatable = true },
  ) => {
    if (account.uploadRefused) return account.uploadRefused
    if (CertificateType !== 'SVR') {
      return [
        'FailedOperation.CertificateCaError',
        '温馨提示：上传的证书内容不符合CA证书的标准格式，请您核对证书类型是否有误',
      ]
    }
    if (CertificatePrivateKey === undefined) return ['InvalidParameter.WithDetailReason', 'The parameter is incorrect.']
    const chain = readChain(CertificatePublicKey)
    const key = tried(() => createPrivateKey(CertificatePrivateKey))
    if (typeof chain[0] === 'string') return [chain[0], String(chain[1])]
    if (key === undefined) return unparsable
    const [leaf] = chain
    if (!leaf.checkPrivateKey(key)) {
      return [
        'FailedOperation.CertificateMatchError',
        'Note: the certificate content and private key do not match. please check (pay attention to whether there are extra spaces).',
      ]
    }
    const algorithm = algorithmOf(leaf.publicKey)
    if (algorithm === undefined) return ['FailedOperation.CertificateInvalid', 'The certificate is invalid.']
    const sha256 = sha256Of(leaf)
    const known = findSame(account, sha256, CertificatePublicKey)
    if (known && !Repeatable) {
      return account.existsError
        ? ['FailedOperation.CertificateExists', 'The certificate already exists.']
        : { CertificateId: known.id, RepeatCertId: account.repeatUntold ? '' : known.id }
    }
    account.uploads += 1
    const id = `up${String(account.uploads).padStart(6, '0')}`
    account.certificates.set(id, {
      ...newCertificate({
        id,
        alias: Alias,
        algorithm,
        names: namesOf(leaf),
        notBefore: leaf.validFromDate,
        notAfter: leaf.validToDate,
      }),
      pem: { chain: CertificatePublicKey, privateKey: CertificatePrivateKey, sha256 },
      slow: account.slowUploads,
    })
    return { CertificateId: id, RepeatCertId: '' }
  },
)

/** Whether a certificate was uploaded before; only on the China site. */
export const checkCertificateExist = action<Pick<Upload, 'CertificatePublicKey'>>(
  { '2019-12-05': { 'CertificatePublicKey!': 'string' } },
  (account, { CertificatePublicKey }, _, site) => {
    if (site !== 'china') return ['InvalidAction', 'The action CheckCertificateExist does not exist.']
    if (!account.sslReadable) {
      return [
        'AuthFailure.UnauthorizedOperation',
        'You are not authorized to perform operation (ssl:CheckCertificateExist).',
      ]
    }
    const [leaf, reason] = readChain(CertificatePublicKey)
    if (typeof leaf === 'string') return [leaf, String(reason)]
    return { RepeatCertId: findSame(account, sha256Of(leaf), CertificatePublicKey)?.id ?? '' }
  },
)
