import type { Found } from '../discover/discover.ts'
import { type Certificate, type Pair, provisional } from '../model/certificate.ts'
import type { CertificateEvent, UploadEvent } from '../model/certificate-event.ts'
import { faultText, hasCode, isForbidden, ownProblem, toProblem } from '../model/problem.ts'
import type { Setting } from '../model/setting.ts'
import type { Source, Spec } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import { type Duplicate, findDuplicate, findLookalike, type Uploaded, uploadCertificate } from '../tencent/ssl.ts'
import { sendOnce } from '../tencent/write.ts'
import { day } from '../util/text.ts'

/** The setting to bind, whose certificates all have an ID. */
export interface Provided {
  readonly setting: Setting
  readonly certificates: readonly Certificate[]
}

/**
 * Uploads the certificates that were given as PEM to SSL Certificate Service; one that exists there is reused. In a dry run, nothing is
 * uploaded, and a new certificate keeps its provisional ID. Throws the Problem of a call.
 */
export const provide = async (
  context: Context,
  spec: Spec,
  found: Found,
  emit: (event: CertificateEvent) => void,
): Promise<Provided> => {
  const { setting } = found
  const { source, dryRun } = spec
  if (source.kind !== 'pem' || setting.mode !== 'sslcert') return { setting, certificates: found.certificates }
  const { pairs, alias, reuse } = source
  return context.log.group(dryRun ? 'Looking for the certificate' : 'Upload', async () => {
    const certificates: Certificate[] = []
    for (const [i, pair] of pairs.entries()) {
      const event = await provideOnce(context, pair, () =>
        provideOne(context, pair, found.duplicates[i], { ...spec, alias, reuse }),
      ).catch((thrown: unknown) => {
        const problem = toProblem(thrown)
        if (problem.sent === 'unknown') emit({ kind: 'upload-unknown', subject: pair.subject, why: faultText(problem) })
        throw thrown
      })
      emit(event)
      certificates.push('id' in event ? { ...provisional(pair), id: event.id } : provisional(pair))
    }
    const [first, ...more] = certificates.map(({ id }) => id)
    return { setting: first === undefined ? setting : { mode: 'sslcert', ids: [first, ...more] }, certificates }
  })
}

/** Several sites of an account may get the same certificate: it is uploaded for the first of them. */
const provideOnce = async (
  { shared }: Context,
  { sha256, subject }: Pair,
  make: () => Promise<UploadEvent>,
): Promise<UploadEvent> => {
  let isFirst = false
  const event = await shared.upload(sha256, () => {
    isFirst = true
    return make()
  })
  return event.kind === 'uploaded' && !isFirst ? { kind: 'reused', id: event.id, subject } : event
}

type PemSource = Extract<Source, { readonly kind: 'pem' }>

const provideOne = async (
  context: Context,
  pair: Pair,
  found: Duplicate | 'unknown' | undefined,
  { dryRun, alias, site, reuse }: Pick<Spec, 'dryRun' | 'site'> & Pick<PemSource, 'alias' | 'reuse'>,
): Promise<UploadEvent> => {
  const { subject, facts } = pair
  const duplicate = found === 'unknown' ? undefined : found
  if (reuse && duplicate !== undefined && (dryRun || duplicate.isCertain))
    return { kind: 'reused', id: duplicate.id, subject }
  if (dryRun) return { kind: 'would-upload', subject }
  // Read already, for the look above; the service may answer a second upload with the existing ID alone.
  const listed = site === 'international' && found !== 'unknown' ? await context.shared.search(subject) : []
  const name = alias ?? `${subject}${facts.notBefore === undefined ? '' : ` ${day(facts.notBefore)}`}`
  try {
    const { id, isReused } = await upload(context, pair, { site, name, duplicate, reuse })
    if (isReused || id === duplicate?.id || listed.some((one) => one.id === id)) return { kind: 'reused', id, subject }
    return { kind: 'uploaded', id, alias: name, ...(found === 'unknown' && reuse ? { isPerhapsReused: true } : {}) }
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (!hasCode(problem, 'FailedOperation.CertificateExists')) throw problem
    const id = await findLookalike(context.call, pair)
    if (id === undefined) throw problem
    return { kind: 'reused', id, subject }
  }
}

/** Uploads a certificate. If the answer is lost, looks for the certificate before its key is sent again. */
const upload = async (
  context: Context,
  pair: Pair,
  {
    site,
    name,
    duplicate,
    reuse,
  }: Pick<Spec, 'site'> & {
    readonly name: string
    readonly duplicate: Duplicate | undefined
    readonly reuse: boolean
  },
): Promise<Uploaded> => {
  const find = async (): Promise<Uploaded | undefined> => {
    try {
      const found = await findDuplicate(context.call, site, pair)
      // One that only looked the same was there before.
      return found === undefined || found.id === duplicate?.id ? undefined : { id: found.id, isReused: false }
    } catch (thrown) {
      // Without permission to look, it is sent again: the service does not keep a second copy.
      if (isForbidden(toProblem(thrown))) return undefined
      throw thrown
    }
  }
  const send = () => uploadCertificate(context.call, pair, { alias: name, reuse })
  const uploaded = (await sendOnce(context, { action: 'UploadCertificate', send, find })) ?? (await find())
  if (uploaded !== undefined) return uploaded
  const message = {
    en: 'The answer to UploadCertificate has no CertificateId',
    zh: 'UploadCertificate 的响应中没有 CertificateId',
  }
  throw ownProblem('Network.Response', { message, sent: 'unknown' })
}
