import { unnamed } from '../deploy/upload.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Certificate } from '../model/certificate.ts'
import { ownProblem, toProblem } from '../model/problem.ts'
import type { Pair } from '../pem/chain.ts'
import type { Call } from '../tencent/client.ts'
import { isForbidden } from '../tencent/faults.ts'
import type { Domain } from '../tencent/hosts.ts'
import { readCertificates } from '../tencent/ssl.ts'
import type { Setting } from '../tencent/teo.ts'
import { readDefaultCertificates } from '../tencent/zones.ts'
import { day, list } from '../util/text.ts'

export type Warn = (title: string, message: string) => void

/** What the step brings to every host, and what is known of its certificates. */
export interface Brought {
  readonly setting: Setting
  readonly certificates: readonly Certificate[]
  /** Whether the key may read certificates in SSL Certificate Service, as far as it was tried. */
  readonly sslReadable: boolean
}

/**
 * The setting that the inputs ask for, with what SSL Certificate Service, or EdgeOne for the site's default certificate, tells of it. A
 * read that the key may not do is a warning. Throws `Certificate.NoDefault`, or the Problem of a call.
 */
export const readBrought = async (
  call: Call,
  inputs: Inputs,
  zoneId: string,
  now: number,
  warn: Warn,
  pairs: readonly Pair[],
): Promise<Brought> => {
  const { mode, certificates, apiVersion } = inputs
  if (pairs.length > 0) {
    const unknown = pairs.map(unnamed)
    return { setting: { mode, ids: unknown.map(({ id }) => id) }, certificates: unknown, sslReadable: true }
  }
  if (mode !== 'sslcert') return { setting: { mode, ids: [] }, certificates: [], sslReadable: true }
  if (certificates !== 'default') {
    const found = await readPermitted(call, certificates, warn)
    const missing = certificates.filter((id) => found !== undefined && !found.some((one) => one.id === id))
    if (missing.length > 0) {
      warn(
        'Certificate not checked',
        `SSL Certificate Service does not list ${list(missing, 3)} for this key: it does not exist there, or the key may not see it. What it covers, and until when, is not checked before the call.`,
      )
    }
    const all = certificates.map((id) => found?.find((one) => one.id === id) ?? { id })
    return { setting: { mode, ids: certificates }, certificates: all, sslReadable: found !== undefined }
  }
  if (apiVersion === '2022-01-06') return { setting: { mode: 'default', ids: [] }, certificates: [], sslReadable: true }
  const defaults = await readDefaultCertificates(call, zoneId)
  const usable = defaults.filter(
    ({ status, notAfter }) => (status === undefined || status === 'deployed') && (notAfter ?? Infinity) > now,
  )
  if (usable.length === 0) {
    const seen = defaults.map(
      ({ id, status, notAfter }) => `${id} (${status ?? 'unknown'}${notAfter ? `, until ${day(notAfter)}` : ''})`,
    )
    const having = seen.length === 0 ? 'none at all' : list(seen, 5)
    throw ownProblem('Certificate.NoDefault', {
      message: `The site has no default certificate that is in effect: ${having}`,
    })
  }
  return { setting: { mode, ids: usable.map(({ id }) => id) }, certificates: usable, sslReadable: true }
}

/** What is known of the bound certificates whose algorithm EdgeOne did not tell, so that those of other algorithms can be kept. */
export const readAlgorithms = async (
  call: Call,
  domains: readonly Domain[],
  brought: readonly string[],
  warn: Warn,
): Promise<readonly Certificate[]> => {
  const bearing = domains.filter(({ mode }) => mode === undefined || mode === 'sslcert')
  const unknown = [...new Set(bearing.map(({ certificates }) => certificates))]
    .flat()
    .filter(({ id, algorithm, type }) => algorithm === undefined && type !== 'default' && !brought.includes(id))
  if (unknown.length === 0) return []
  return (await readPermitted(call, [...new Set(unknown.map(({ id }) => id))], warn)) ?? []
}

const readPermitted = async (
  call: Call,
  ids: readonly string[],
  warn: Warn,
): Promise<readonly Certificate[] | undefined> => {
  try {
    return await readCertificates(call, ids)
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (!isForbidden(problem)) throw problem
    warn(
      'Certificate not checked',
      `This key may not read certificates in SSL Certificate Service (${problem.code}): allow ssl:DescribeCertificates. What ${list(ids, 3)} covers, its algorithm, and until when it is valid, is not known to this run.`,
    )
    return undefined
  }
}
