import { algorithmOf, bitsOf, type Certificate, type Pair } from '../model/certificate.ts'
import { parseHost } from '../model/hostname.ts'
import { canBeSameTime } from '../model/same-time.ts'
import type { Site } from '../model/site.ts'
import { inParallel } from '../util/concurrency.ts'
import { type Fields, listOf, numberOf, textOf, textsOf, timeOf } from '../util/json.ts'
import { chunksOf, isSameSet } from '../util/lists.ts'
import type { Api } from './api.ts'
import type { Call } from './client.ts'
import { pageOf, readPages } from './pages.ts'
import type { Answer } from './response.ts'

/** An action of SSL Certificate Service (reference 3), with its documented limit of 10 calls per second. */
export const sslApi = (action: string): Api => ({ service: 'ssl', version: '2019-12-05', action, perSecond: 10 })

const describeCertificates = sslApi('DescribeCertificates')

/** Maximum number of IDs in one call; a page may have 1000 items (reference 3.2). */
const perCall = 100
const maxPage = 1000

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

/** `Status` of certificates that are issued (reference 3.2): also while they are reissued (11) or migrated (15). */
const issued: readonly number[] = [1, 11, 15]

/** All server certificates of the account that are issued and deployable (reference 3.2). Throws the Problem of a call. */
export const readUsableCertificates = (call: Call): Promise<Certificate[]> =>
  readPages(maxPage, (Offset) => {
    const filters = { CertificateType: 'SVR', CertificateStatus: issued, Deployable: 1, ExpirationSort: 'DESC' }
    return call(describeCertificates, { ...filters, Offset, Limit: maxPage }, ({ response }) =>
      pageOf(response['Certificates'], response, certificateOf),
    )
  }).then((all) =>
    // The service may not know a filter.
    all.filter(({ order = {} }) => {
      const { status = 1, deployable = true, type = 'SVR' } = order
      return issued.includes(status) && deployable && type.toUpperCase() === 'SVR'
    }),
  )

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

/**
 * The ID of a certificate with the same names, dates and algorithm, if there is exactly one. Of several, one with exactly the same names is
 * preferred. A wrong one would be worse than none: without one, the certificate is uploaded again. Throws the Problem of the call.
 */
export const findLookalike = async (call: Call, pair: Pair): Promise<string | undefined> =>
  lookalikeIn(await searchCertificates(call, pair.subject), pair)

/** As `findLookalike`, among certificates that were read already. */
export const lookalikeIn = (listed: readonly Certificate[], pair: Pair): string | undefined => {
  const { facts, commonName } = pair
  const { algorithm, bits, names, notBefore, notAfter } = facts
  const found = listed.filter(
    (one) =>
      one.algorithm === algorithm &&
      (one.bits ?? bits) === bits &&
      mayBe(one.notBefore, notBefore) &&
      mayBe(one.notAfter, notAfter),
  )
  const exact = found.filter((one) => hasSameNames(one.names, names))
  const fitting = exact.length > 0 ? exact : found.filter((one) => hasSameNames(one.names, names, commonName))
  return fitting.length === 1 ? fitting[0]?.id : undefined
}

const mayBe = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && canBeSameTime(a, b)

/**
 * Whether listed names are a certificate's DNS names. SSL Certificate Service may add the common name (`Domain`): it is ignored if it is not
 * a DNS name.
 */
export const hasSameNames = (
  listed: readonly string[] = [],
  names: readonly string[] = [],
  commonName?: string,
): boolean => {
  const extra = commonName === undefined || 'value' in parseHost(commonName) ? undefined : commonName.toLowerCase()
  const [theirs, ours] = [listed, names].map((some) => some.map((name) => name.toLowerCase()))
  if (theirs === undefined || ours === undefined || ours.length === 0) return false
  return isSameSet(
    theirs.filter((name) => name !== extra),
    ours,
  )
}

/** An uploaded certificate's ID, and whether the service had it already. */
export interface Uploaded {
  readonly id: string
  readonly isReused: boolean
}

/**
 * UploadCertificate (reference 3.1). With `reuse`, never a second copy: the service returns the ID of the existing certificate
 * (`Repeatable: false`). The body contains a private key and is never logged. Throws the Problem of the call; `undefined` when the service gave no ID.
 */
export const uploadCertificate = (
  call: Call,
  { chain, key }: Pair,
  { alias, reuse }: { readonly alias: string; readonly reuse: boolean },
): Promise<Uploaded | undefined> => {
  const body = {
    CertificatePublicKey: chain,
    CertificatePrivateKey: key,
    CertificateType: 'SVR',
    Alias: alias,
    Repeatable: !reuse,
  }
  return call({ ...sslApi('UploadCertificate'), readBack: true }, body, ({ response }) => {
    const repeated = textOf(response['RepeatCertId'])
    const id = textOf(response['CertificateId']) ?? repeated
    return id === undefined ? undefined : { id, isReused: repeated !== undefined }
  })
}
