import { algorithmOf, bitsOf, type Certificate } from '../certificate.ts'
import { inParallel, lotsOf } from '../parallel.ts'
import type { Api } from './api.ts'
import type { Call } from './call.ts'
import { listOf, textOf, timeOf } from './fields.ts'
import { namesOf } from './zones.ts'

const describeCertificates: Api = {
  service: 'ssl',
  version: '2019-12-05',
  action: 'DescribeCertificates',
  perSecond: 20,
}

/** IDs in one call; its page may have 1000 (reference 3.2). */
const perCall = 100

/**
 * What SSL Certificate Service tells of these certificates, by DescribeCertificates (reference 3.2), which holds no private key and
 * gives the algorithm, which DescribeCertificate does not. An ID that it does not list is absent. Throws the Problem of the call.
 */
export const readCertificates = async (call: Call, ids: readonly string[]): Promise<Certificate[]> => {
  const found: Certificate[] = []
  await inParallel(lotsOf(ids, perCall), 4, async (CertIds) => {
    const { response } = await call(describeCertificates, { CertIds, Limit: 1000 })
    for (const item of listOf(response['Certificates'])) {
      const id = textOf(item['CertificateId'])
      if (id === undefined || !CertIds.includes(id)) continue
      const algorithm = textOf(item['EncryptAlgorithm'])
      found.push({
        id,
        alias: textOf(item['Alias']),
        algorithm: item['IsSM'] === true ? 'SM2' : algorithmOf(algorithm),
        bits: bitsOf(algorithm),
        names: namesOf(item['SubjectAltName'] ?? item['CertSANs'], item['Domain']),
        notBefore: timeOf(item['CertBeginTime']),
        notAfter: timeOf(item['CertEndTime']),
      })
    }
  })
  return found
}
