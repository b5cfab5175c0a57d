import { algorithmOf, bitsOf, type Certificate, type Pair } from '../model/certificate.ts'
import type { Site } from '../model/site.ts'
import { inParallel } from '../util/concurrency.ts'
import { type Fields, listOf, numberOf, textOf, textsOf, timeOf } from '../util/json.ts'
import { chunksOf } from '../util/lists.ts'
import type { Api } from './api.ts'
import type { Call } from './client.ts'
import type { Answer } from './response.ts'

/** An action of SSL Certificate Service (reference 3), with its documented limit of 10 calls per second. */
export const sslApi = (action: string): Api => ({ service: 'ssl', version: '2019-12-05', action, perSecond: 10 })

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

/** Certificates whose ID, alias or names contain a text (reference 3.2, `SearchKey`). Throws the Problem of the call. */
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
      names: allNamesOf(item),
      notBefore: timeOf(item['CertBeginTime']),
      notAfter: timeOf(item['CertEndTime']),
      order: {
        status: numberOf(item['Status']),
        deployable: flagOf(item['Deployable']),
        type: textOf(item['CertificateType']),
        source: textOf(item['From']),
        isMuted: flagOf(item['IsIgnore']),
      },
    },
  ]
}

/** The union of all name fields: either list may be empty, and the main name may be in neither. */
const allNamesOf = (item: Fields): readonly string[] | undefined => {
  const lists = [...textsOf(item['SubjectAltName']), ...textsOf(item['CertSANs'])]
  const names = [...lists, textOf(item['Domain']) ?? ''].filter((name) => name !== '')
  return names.length === 0 ? undefined : [...new Set(names)]
}

const flagOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)

/** The ID under which a certificate seems to be uploaded already. */
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
  const found = await searchCertificates(call, subject)
  return found.find(
    (one) =>
      isSameTime(one.notAfter, facts.notAfter) &&
      isSameTime(one.notBefore, facts.notBefore) &&
      (one.algorithm ?? facts.algorithm) === facts.algorithm &&
      hasSameNames(one.names, facts.names),
  )?.id
}

/** The largest difference between a time zone and UTC, milliseconds. */
export const maxOffsetMs = 14 * 3_600_000

/** Whether two times can be the same, although the time zone and precision of SSL Certificate Service are uncertain. */
const isSameTime = (a: number | undefined, b: number | undefined): boolean => {
  if (a === undefined || b === undefined) return a === b
  const minutes = Math.floor(a / 60_000) - Math.floor(b / 60_000)
  return minutes % 60 === 0 && Math.abs(minutes) * 60_000 <= maxOffsetMs
}

/** Whether listed names fit a certificate's DNS names. SSL Certificate Service may add a common name that is not a DNS name. */
export const hasSameNames = (listed: readonly string[] = [], names: readonly string[] = []): boolean => {
  const [theirs, ours] = [listed, names].map((some) => new Set(some.map((name) => name.toLowerCase())))
  if (theirs === undefined || ours === undefined || ours.size === 0) return false
  return ours.isSubsetOf(theirs) && theirs.size - ours.size <= 1
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
  return call({ ...sslApi('UploadCertificate'), readBack: true }, body, ({ response }) => {
    const repeated = textOf(response['RepeatCertId'])
    const id = textOf(response['CertificateId']) ?? repeated
    return id === undefined ? undefined : { id, isReused: repeated !== undefined }
  })
}
