import type { Certificate } from '../model/certificate.ts'
import { ownProblem, toProblem } from '../model/problem.ts'
import type { Pair } from '../pem/chain.ts'
import type { Call } from '../tencent/client.ts'
import { searchCertificates, uploadCertificate } from '../tencent/ssl.ts'
import { day } from '../util/text.ts'

/** A certificate that the step has the key of, and what it is called until it has an ID. */
export const unnamed = ({ facts, sha256 }: Pair): Certificate => ({
  ...facts,
  id: `new-${facts.algorithm ?? 'key'}`,
  sha256,
})

const aliasOf = ({ facts, subject }: Pair, alias: string | undefined): string =>
  alias ?? `${subject}${facts.notBefore === undefined ? '' : ` ${day(facts.notBefore)}`}`

/**
 * Brings certificates into SSL Certificate Service, each once: one that is there already is used. Returns them with their IDs, in the
 * order of the pairs. Throws the Problem of a call.
 */
export const upload = async (
  call: Call,
  pairs: readonly Pair[],
  alias: string | undefined,
  info: (line: string) => void,
): Promise<Certificate[]> => {
  const all: Certificate[] = []
  for (const pair of pairs) {
    const name = aliasOf(pair, alias)
    const { id, known } = await uploadOne(call, pair, name)
    info(known ? `Already there as ${id}: ${pair.subject}` : `Uploaded as ${id}: ${name}`)
    all.push({ ...unnamed(pair), id })
  }
  return all
}

const uploadOne = async (call: Call, pair: Pair, alias: string): Promise<{ id: string; known: boolean }> => {
  try {
    const uploaded = await uploadCertificate(call, { chain: pair.chain, key: pair.key, alias })
    if (uploaded !== undefined) return uploaded
    throw ownProblem('Network.Response', {
      message: 'The answer to UploadCertificate has no CertificateId',
      sent: 'unknown',
    })
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (problem.code !== 'FailedOperation.CertificateExists') throw problem
    const id = await findUploaded(call, pair)
    if (id === undefined) throw problem
    return { id, known: true }
  }
}

/** The ID of a certificate that was uploaded before: the same names, dates and algorithm. Throws the Problem of the call. */
export const findUploaded = async (call: Call, { facts, subject }: Pair): Promise<string | undefined> => {
  const names = new Set(facts.names)
  const found = await searchCertificates(call, subject)
  return found.find(
    (one) =>
      one.notAfter === facts.notAfter &&
      one.notBefore === facts.notBefore &&
      (one.algorithm ?? facts.algorithm) === facts.algorithm &&
      one.names !== undefined &&
      one.names.length === names.size &&
      one.names.every((name) => names.has(name.toLowerCase())),
  )?.id
}

/** As `upload`, for a dry run: only looks for what is there already; what is not keeps its name for the plan. */
export const findAll = async (
  call: Call,
  pairs: readonly Pair[],
  info: (line: string) => void,
): Promise<Certificate[]> => {
  const all: Certificate[] = []
  for (const pair of pairs) {
    const id = await findUploaded(call, pair)
    info(id === undefined ? `Would be uploaded: ${pair.subject}` : `Already there as ${id}: ${pair.subject}`)
    all.push(id === undefined ? unnamed(pair) : { ...unnamed(pair), id })
  }
  return all
}
