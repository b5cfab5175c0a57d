import { algorithmOf, bitsOf, type Certificate } from '../model/certificate.ts'
import { inParallel, lotsOf } from '../util/concurrency.ts'
import { type Fields, listOf, numberOf, textOf, textsOf, timeOf } from '../util/json.ts'
import type { Api } from './api.ts'
import type { Call } from './client.ts'
import type { Site } from './endpoint.ts'
import type { Answer } from './response.ts'
import { namesOf } from './zones.ts'

/** An action of SSL Certificate Service (reference 3). */
const sslApi = (action: string, perSecond = 20): Api => ({ service: 'ssl', version: '2019-12-05', action, perSecond })

const describeCertificates = sslApi('DescribeCertificates')

/** IDs in one call; its page may have 1000 (reference 3.2). */
const perCall = 100

/**
 * What SSL Certificate Service tells of these certificates, by DescribeCertificates (reference 3.2), which holds no private key and
 * gives the algorithm, which DescribeCertificate does not. An ID that it does not list is absent. Throws the Problem of the call.
 */
export const readCertificates = async (call: Call, ids: readonly string[]): Promise<Certificate[]> => {
  const found: Certificate[] = []
  await inParallel(lotsOf(ids, perCall), 4, async (CertIds) => {
    for (const one of await call(describeCertificates, { CertIds, Limit: 1000 }, certificatesIn)) {
      if (CertIds.includes(one.id)) found.push(one)
    }
  })
  return found
}

/** The certificates whose ID, alias or names hold a text (reference 3.2, `SearchKey`). Throws the Problem of the call. */
export const searchCertificates = (call: Call, text: string): Promise<Certificate[]> =>
  call(describeCertificates, { SearchKey: text, Limit: 1000 }, certificatesIn)

const certificatesIn = ({ response }: Answer): Certificate[] => listOf(response['Certificates']).flatMap(certificateOf)

const certificateOf = (item: Fields): Certificate[] => {
  const id = textOf(item['CertificateId'])
  if (id === undefined) return []
  const algorithm = textOf(item['EncryptAlgorithm'])
  return [
    {
      id,
      alias: textOf(item['Alias']),
      algorithm: item['IsSM'] === true ? 'SM2' : algorithmOf(algorithm),
      bits: bitsOf(algorithm),
      names: namesOf(item['SubjectAltName'] ?? item['CertSANs'], item['Domain']),
      notBefore: timeOf(item['CertBeginTime']),
      notAfter: timeOf(item['CertEndTime']),
    },
  ]
}

export interface Upload {
  readonly chain: string
  readonly key: string
  readonly alias: string
}

/** An uploaded certificate's ID, and whether the service had it already. */
export interface Uploaded {
  readonly id: string
  readonly known: boolean
}

/**
 * UploadCertificate (reference 3.1), never a second copy: with `Repeatable: false` the service answers with the ID of the certificate
 * that it has. The body holds a private key: it is logged nowhere. Throws the Problem of the call; `undefined` when the service gave no ID.
 */
export const uploadCertificate = (call: Call, { chain, key, alias }: Upload): Promise<Uploaded | undefined> => {
  const body = {
    CertificatePublicKey: chain,
    CertificatePrivateKey: key,
    CertificateType: 'SVR',
    Alias: alias,
    Repeatable: false,
  }
  return call(sslApi('UploadCertificate', 10), body, ({ response }) => {
    const repeated = textOf(response['RepeatCertId'])
    const id = textOf(response['CertificateId']) ?? repeated
    return id === undefined ? undefined : { id, known: repeated !== undefined }
  })
}

/** Certificates that one call mutes at most (SDK, ModifyCertificatesExpiringNotificationSwitch). */
export const mostMuted = 50

/** No more expiry mails for these. Throws the Problem of the call. */
export const muteCertificates = (call: Call, ids: readonly string[]): Promise<void> =>
  call(sslApi('ModifyCertificatesExpiringNotificationSwitch'), { CertificateIds: ids, SwitchStatus: 1 }, done)

/** Of an answer that only says that it was done. */
const done = (): void => undefined

/** How the deletion of a certificate stands: gone, under way, or why not. */
export type Deletion = 'gone' | 'under way' | { readonly refused: string }

/**
 * Asks for a certificate's deletion with the service's own check for bindings: DeleteCertificates on the China site, DeleteCertificate
 * on the international one, where the other does not exist (reference 3.4, 3.5). Returns how to ask what became of it.
 * Without that check either deletes what is in use. Throws the Problem of a call.
 */
export const deleteCertificate = async (call: Call, site: Site, id: string): Promise<() => Promise<Deletion>> => {
  if (site === 'international') {
    await call(sslApi('DeleteCertificate'), { CertificateId: id, IsCheckResource: true }, done)
    return async () => ((await readCertificates(call, [id])).length === 0 ? 'gone' : 'under way')
  }
  const begin = ({ response }: Answer): Deletion | { readonly task: string } => {
    const [failed] = listOf(response['Fail'])
    const task = listOf(response['CertTaskIds']).map((item) => textOf(item['TaskId']))[0]
    if (failed !== undefined) return { refused: textOf(failed['Msg']) ?? 'no reason was given' }
    if (task !== undefined) return { task }
    return textsOf(response['Success']).includes(id) ? 'gone' : { refused: 'no task was given' }
  }
  const begun = await call(sslApi('DeleteCertificates'), { CertificateIds: [id], IsSync: true }, begin)
  return async () =>
    typeof begun === 'object' && 'task' in begun
      ? call(sslApi('DescribeDeleteCertificatesTaskResult'), { TaskIds: [begun.task] }, deletionIn)
      : begun
}

const deletionIn = ({ response }: Answer): Deletion => {
  const [item = {}] = listOf(response['DeleteTaskResult'])
  const status = numberOf(item['Status'])
  if (status === 0) return 'under way'
  return status === 1 ? 'gone' : { refused: textOf(item['Error']) ?? taskFailures[status ?? -1] ?? `status ${status}` }
}

/** `Status` of a deletion task (reference 3.5). */
const taskFailures: Readonly<Record<number, string>> = {
  2: 'the task failed',
  3: 'the service role SSL_QCSLinkedRoleInReplaceLoadCertificate was not authorised',
  4: 'it is still bound to a cloud resource',
  5: 'the query for its bindings timed out',
}
