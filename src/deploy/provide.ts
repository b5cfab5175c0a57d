import type { Found } from '../discover/discover.ts'
import { type Certificate, type Pair, provisional } from '../model/certificate.ts'
import type { CertificateEvent } from '../model/certificate-event.ts'
import { faultText, hasCode, ownProblem, toProblem } from '../model/problem.ts'
import type { Setting } from '../model/setting.ts'
import type { Spec } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import { type Duplicate, findLookalike, uploadCertificate } from '../tencent/ssl.ts'
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
  { call, log }: Context,
  { source, dryRun }: Spec,
  found: Found,
  emit: (event: CertificateEvent) => void,
): Promise<Provided> => {
  const { setting } = found
  if (source.kind !== 'pem' || setting.mode !== 'sslcert') return { setting, certificates: found.certificates }
  const { pairs, alias } = source
  return log.group(dryRun ? 'Looking for the certificate' : 'Upload', async () => {
    const certificates: Certificate[] = []
    for (const [i, pair] of pairs.entries()) {
      const event = await provideOne(pair, found.duplicates[i], { call, dryRun, alias }).catch((thrown: unknown) => {
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

type UploadEvent = Extract<CertificateEvent, { readonly kind: 'uploaded' | 'reused' | 'would-upload' }>

const provideOne = async (
  pair: Pair,
  duplicate: Duplicate | undefined,
  { call, dryRun, alias }: Pick<Context, 'call'> & Pick<Spec, 'dryRun'> & { readonly alias: string | undefined },
): Promise<UploadEvent> => {
  const { subject, facts } = pair
  if (duplicate !== undefined && (dryRun || duplicate.isCertain)) return { kind: 'reused', id: duplicate.id, subject }
  if (dryRun) return { kind: 'would-upload', subject }
  const name = alias ?? `${subject}${facts.notBefore === undefined ? '' : ` ${day(facts.notBefore)}`}`
  try {
    const uploaded = await uploadCertificate(call, pair, name)
    if (uploaded === undefined) {
      const message = 'The answer to UploadCertificate has no CertificateId'
      throw ownProblem('Network.Response', { message, sent: 'unknown' })
    }
    const { id } = uploaded
    if (uploaded.isReused || id === duplicate?.id) return { kind: 'reused', id, subject }
    return { kind: 'uploaded', id, alias: name }
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (!hasCode(problem, 'FailedOperation.CertificateExists')) throw problem
    const id = await findLookalike(call, pair)
    if (id === undefined) throw problem
    return { kind: 'reused', id, subject }
  }
}
