import { type Action, action, badPage, cut, type Page, pageShape } from './request.ts'
import { deleteCertificate, deleteCertificates, describeDeleteCertificatesTaskResult, endUntold } from './ssl-delete.ts'
import { createCertificateBindResourceSyncTask, describeCertificateBindResourceTaskResult } from './ssl-inventory.ts'
import { checkCertificateExist, uploadCertificate } from './ssl-upload.ts'
import type { Account, Certificate } from './state.ts'

interface List extends Page {
  readonly CertIds?: readonly string[]
  readonly SearchKey?: string
  readonly CertificateType?: string
  readonly CertificateStatus?: readonly number[]
  readonly Deployable?: number
  readonly ExpirationSort?: string
}

const hour = 3_600_000

/** The times of this service are in GMT+8 (reference, 3.2), according to the definition of one site; they show no zone. */
const time = ({ sslZone, sslSeconds }: Account, at: Date): string =>
  new Date(at.getTime() + sslZone * hour)
    .toISOString()
    .slice(0, sslSeconds ? 19 : 16)
    .replace('T', ' ')

/** 1: issued; 3: expired. */
const statusOf = ({ status, notAfter }: Certificate): number => status ?? (notAfter.getTime() <= Date.now() ? 3 : 1)

const itemOf = (account: Account, certificate: Certificate) => {
  const { muted, withoutFields } = account
  const { id, alias, algorithm, names, notBefore, notAfter, source = 'upload', kind = 'SVR' } = certificate
  const { deployable = true } = certificate
  const { listedNames = { Domain: names[0] ?? '', SubjectAltName: names } } = certificate
  const item = {
    CertificateId: id,
    Alias: alias,
    ...listedNames,
    CertBeginTime: time(account, notBefore),
    CertEndTime: time(account, notAfter),
    EncryptAlgorithm: algorithm,
    Status: statusOf(certificate),
    From: source,
    CertificateType: kind,
    Deployable: deployable,
    IsIgnore: muted.has(id),
  }
  return Object.fromEntries(Object.entries(item).filter(([field]) => !withoutFields.includes(field)))
}

export const describeCertificates = action<List>(
  {
    '2019-12-05': {
      ...pageShape,
      CertIds: ['string'],
      SearchKey: 'string',
      CertificateType: 'string',
      CertificateStatus: ['integer'],
      Deployable: 'integer',
      ExpirationSort: 'string',
    },
  },
  (account, body) => {
    if (!account.sslReadable) {
      return [
        'AuthFailure.UnauthorizedOperation',
        'You are not authorized to perform operation (ssl:DescribeCertificates), resource (qcs::ssl::uin/100000000001:*) has no permission.',
      ]
    }
    const bad = badPage(body, Infinity)
    if (bad) return bad
    const { CertIds, SearchKey = '', CertificateType, CertificateStatus, Deployable, ExpirationSort } = body
    const listed = [...account.certificates.values()]
      .filter(({ id, type }) => type === 'upload' && (CertIds?.includes(id) ?? true))
      .filter(({ id, alias, names }) => [id, alias, ...names].some((text) => text.includes(SearchKey)))
      .filter(
        (one) =>
          (CertificateType ?? one.kind ?? 'SVR') === (one.kind ?? 'SVR') &&
          (CertificateStatus?.includes(statusOf(one)) ?? true) &&
          (Deployable === undefined || (Deployable === 1) === (one.deployable ?? true)),
      )
      .sort((a, b) => b.notBefore.getTime() - a.notBefore.getTime())
    if (ExpirationSort === 'DESC') listed.sort((a, b) => b.notAfter.getTime() - a.notAfter.getTime())
    const page = { ...body, Limit: Math.min(body.Limit ?? 10, 1000) }
    const shown = cut(listed, page, 10)
    endUntold(
      account,
      shown.map(({ id }) => id),
    )
    return {
      TotalCount: listed.length,
      Certificates: shown.map((certificate) => itemOf(account, certificate)),
    }
  },
)

interface Mute {
  readonly CertificateIds: readonly string[]
  readonly SwitchStatus: number
}

/** Expiry notifications: 1 switches them off, 0 on. */
export const modifyCertificatesExpiringNotificationSwitch = action<Mute>(
  { '2019-12-05': { 'CertificateIds!': ['string'], 'SwitchStatus!': 'integer' } },
  (account, { CertificateIds, SwitchStatus }) => {
    if (CertificateIds.length === 0 || CertificateIds.length > 50 || ![0, 1].includes(SwitchStatus)) {
      return ['InvalidParameter', 'The parameter is incorrect.']
    }
    if (!CertificateIds.every((id) => account.certificates.has(id))) {
      return ['FailedOperation.CertificateNotFound', 'The certificate does not exist.']
    }
    for (const id of CertificateIds) {
      if (SwitchStatus === 1) account.muted.add(id)
      else account.muted.delete(id)
    }
    return { CertificateIds }
  },
)

export const ssl = {
  versions: ['2019-12-05'],
  actions: new Map<string, Action>([
    ['DescribeCertificates', describeCertificates],
    ['UploadCertificate', uploadCertificate],
    ['DeleteCertificates', deleteCertificates],
    ['DescribeDeleteCertificatesTaskResult', describeDeleteCertificatesTaskResult],
    ['DeleteCertificate', deleteCertificate],
    ['ModifyCertificatesExpiringNotificationSwitch', modifyCertificatesExpiringNotificationSwitch],
    ['CheckCertificateExist', checkCertificateExist],
    ['CreateCertificateBindResourceSyncTask', createCertificateBindResourceSyncTask],
    ['DescribeCertificateBindResourceTaskResult', describeCertificateBindResourceTaskResult],
  ]),
} as const
