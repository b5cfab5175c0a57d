import { algorithmOf, bitsOf, type Certificate, type Pair } from '../model/certificate.ts'
import type { Site } from '../model/site.ts'
import { inParallel } from '../util/concurrency.ts'
import { type Fields, listOf, numberOf, textOf, textsOf, timeOf } from '../util/json.ts'
import { chunksOf } from '../util/lists.ts'
import type { Api } from './api.ts'
import type { Call } from './client.ts'
import type { Answer } from './response.ts'
import { namesOf } from './zones.ts'

/** An action of SSL Certificate Service (reference 3). */
const sslApi = (action: string, perSecond = 20): Api => ({ service: 'ssl', version: '2019-12-05', action, perSecond })

const describeCertificates = sslApi('DescribeCertificates')

/** Maximum number of IDs in one call; a page may have 1000 items (reference 3.2). */
const perCall = 100

/**
 * These certificates as DescribeCertificates returns them (reference 3.2): without private keys and, unlike DescribeCertificate, with the
 * algorithm. An ID that it does not list is absent. Throws the Problem of the call.
 */
export const readCertificates = async (call: Call, ids: readonly string[]): Promise<Certificate[]> => {
  const found: Certificate[] = []
  await inParallel(chunksOf(ids, perCall), 4, async (CertIds) => {
    for (const one of await call(describeCertificates, { CertIds, Limit: 1000 }, certificatesIn)) {
      if (CertIds.includes(one.id)) found.push(one)
    }
  })
  return found
}

/** The certificates whose ID, alias or names contain a text (reference 3.2, `SearchKey`). Throws the Problem of the call. */
const searchCertificates = (call: Call, text: string): Promise<Certificate[]> =>
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

/** An earlier upload of a certificate, as far as it can be recognised. */
export interface Duplicate {
  readonly id: string
  /** Whether it is known to be the same certificate, rather than one with the same names, dates and algorithm. */
  readonly isCertain: boolean
}

/**
 * Looks for an earlier upload of a certificate, without sending its key: by CheckCertificateExist (reference 3.6), or on the international
 * site, which does not have that action, by its names, dates and algorithm. Throws the Problem of the call.
 */
export const findDuplicate = async (call: Call, site: Site, pair: Pair): Promise<Duplicate | undefined> => {
  if (site === 'international') {
    const id = await findLookalike(call, pair)
    return id === undefined ? undefined : { id, isCertain: false }
  }
  return call(sslApi('CheckCertificateExist'), { CertificatePublicKey: pair.chain }, ({ response }) => {
    const id = textOf(response['RepeatCertId'])
    return id === undefined ? undefined : { id, isCertain: true }
  })
}

/** The ID of a certificate with the same names, dates and algorithm. Throws the Problem of the call. */
export const findLookalike = async (call: Call, { facts, subject }: Pair): Promise<string | undefined> => {
  const names = new Set(facts.names)
  const found = await searchCertificates(call, subject)
  return found.find(
    (one) =>
      one.notAfter === facts.notAfter &&
      one.notBefore === facts.notBefore &&
      (one.algorithm ?? facts.algorithm) === facts.algorithm &&
      one.names?.length === names.size &&
      one.names.every((name) => names.has(name.toLowerCase())),
  )?.id
}

/** An uploaded certificate's ID, and whether the service had it already. */
export interface Uploaded {
  readonly id: string
  readonly isReused: boolean
}

/**
 * UploadCertificate (reference 3.1), never a second copy: with `Repeatable: false` the service returns the ID of the existing
 * certificate. The body contains a private key and is never logged. Throws the Problem of the call; `undefined` when the service gave no ID.
 */
export const uploadCertificate = (call: Call, { chain, key }: Pair, alias: string): Promise<Uploaded | undefined> => {
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
    return id === undefined ? undefined : { id, isReused: repeated !== undefined }
  })
}

/** Maximum number of certificates that one call mutes (SDK, ModifyCertificatesExpiringNotificationSwitch). */
export const maxMuted = 50

/** Switches off the expiry notifications of these certificates. Throws the Problem of the call. */
export const muteCertificates = (call: Call, ids: readonly string[]): Promise<void> =>
  call(sslApi('ModifyCertificatesExpiringNotificationSwitch'), { CertificateIds: ids, SwitchStatus: 1 }, done)

/** The reader of an answer that only confirms. */
const done = (): void => undefined

/** The state of a deletion: done, in progress, or refused with a reason. */
export type Deletion = 'gone' | 'in progress' | { readonly refused: string }

/**
 * Asks for a certificate's deletion with the service's own check for bindings: DeleteCertificates on the China site, DeleteCertificate
 * on the international one, where the other does not exist (reference 3.4, 3.5). Returns a function that reads its state.
 * Without that check, both delete certificates that are in use. Throws the Problem of a call.
 */
export const deleteCertificate = async (call: Call, site: Site, id: string): Promise<() => Promise<Deletion>> => {
  if (site === 'international') {
    await call(sslApi('DeleteCertificate'), { CertificateId: id, IsCheckResource: true }, done)
    return async () => ((await readCertificates(call, [id])).length === 0 ? 'gone' : 'in progress')
  }
  const begin = ({ response }: Answer): Deletion | { readonly task: string } => {
    const [failed] = listOf(response['Fail'])
    const task = listOf(response['CertTaskIds']).map((item) => textOf(item['TaskId']))[0]
    if (failed !== undefined) return { refused: textOf(failed['Msg']) ?? 'the service gave no reason' }
    if (task !== undefined) return { task }
    return textsOf(response['Success']).includes(id) ? 'gone' : { refused: 'the service returned no task' }
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
  if (status === 0) return 'in progress'
  return status === 1 ? 'gone' : { refused: textOf(item['Error']) ?? taskFailures[status ?? -1] ?? `status ${status}` }
}

/** `Status` of a deletion task (reference 3.5). */
const taskFailures: Readonly<Record<number, string>> = {
  2: 'the task failed',
  3: 'the service role SSL_QCSLinkedRoleInReplaceLoadCertificate was not authorised',
  4: 'it is still bound to a cloud resource',
  5: 'the query for its bindings timed out',
}
