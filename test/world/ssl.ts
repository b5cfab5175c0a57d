import { type Action, action, badPage, cut, type Page, pageShape } from './request.ts'

interface List extends Page {
  readonly CertIds?: readonly string[]
}

const hour = 3_600_000

/** The times of this service are those of China (reference, 3.2). */
const time = (at: Date): string => new Date(at.getTime() + 8 * hour).toISOString().slice(0, 19).replace('T', ' ')

export const describeCertificates = action<List>(
  { '2019-12-05': { ...pageShape, CertIds: ['string'] } },
  (account, body) => {
    if (!account.sslReadable) {
      return [
        'AuthFailure.UnauthorizedOperation',
        'You are not authorized to perform operation (ssl:DescribeCertificates), resource (qcs::ssl::uin/100000000001:*) has no permission.',
      ]
    }
    const bad = badPage(body, Infinity)
    if (bad) return bad
    const listed = [...account.certificates.values()]
      .filter(({ id, type }) => type === 'upload' && (body.CertIds?.includes(id) ?? true))
      .sort((a, b) => b.notBefore.getTime() - a.notBefore.getTime())
    const page = { ...body, Limit: Math.min(body.Limit ?? 10, 1000) }
    return {
      TotalCount: listed.length,
      Certificates: cut(listed, page, 10).map(({ id, alias, algorithm, names, notBefore, notAfter }) => ({
        CertificateId: id,
        Alias: alias,
        Domain: names[0],
        SubjectAltName: names,
        CertBeginTime: time(notBefore),
        CertEndTime: time(notAfter),
        EncryptAlgorithm: algorithm,
        Status: notAfter.getTime() <= Date.now() ? 3 : 1,
        From: 'upload',
        CertificateType: 'SVR',
      })),
    }
  },
)

export const ssl = {
  versions: ['2019-12-05'],
  actions: new Map<string, Action>([['DescribeCertificates', describeCertificates]]),
} as const
