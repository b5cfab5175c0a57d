import type { Probe, Served } from '../model/ports.ts'
import type { Problem } from '../model/problem.ts'
import type { Expectation, Verdict, Witness } from '../model/recognise.ts'
import type { Text } from '../util/language.ts'
import { isNonEmpty, type NonEmpty } from '../util/lists.ts'

/** A host to probe. */
export interface Target {
  readonly host: string
  /** The name that is sent as SNI. */
  readonly name: string
  readonly cname: string | undefined
  readonly expected: NonEmpty<Expected>
}

/** One certificate of a host, and the algorithm that is requested for it. */
export interface Expected extends Expectation {
  readonly algorithm: Probe['algorithm']
}

/** What is requested of a host that has these certificates: each of several by its algorithm, and one whatever it is. */
export const requestedOf = (all: readonly Expectation[], none: Expectation): NonEmpty<Expected> => {
  const byAlgorithm = all.flatMap((one): Expected[] => {
    const { algorithm } = one.certificate
    return algorithm === 'RSA' || algorithm === 'ECC' ? [{ ...one, algorithm }] : []
  })
  return all.length > 1 && isNonEmpty(byAlgorithm) ? byAlgorithm : [{ ...(all[0] ?? none), algorithm: undefined }]
}

/** The name to request of a host: for any name below a wildcard, EdgeOne serves the wildcard's certificate. */
export const probeName = (host: string): string => host.replace(/^\*(?=\.)/, 'edgeone-certificate-check')

/**
 * What is wrong with what a probe showed: the verdict on the leaf, or why there was none. `no-handshake`: the server ended the TLS handshake;
 * `unreachable`: nothing was seen.
 */
export type Wrong = Exclude<Verdict['is'], 'expected'> | 'no-handshake' | 'unreachable'

/** What a probe of a host showed. */
export type Sighting =
  | Right
  | (Fault & {
      /** EdgeOne itself serves the certificate. */
      readonly atEdge: boolean
      /** When it was seen, Unix milliseconds. */
      readonly at: number
    })

/** Every address serves every certificate. `distrust`: why this machine does not trust the chain or the name. */
export interface Right {
  readonly isRight: true
  readonly by: readonly Witness[]
  readonly distrust?: Text | undefined
}

/** What is wrong, and how a sentence about it ends that begins with the host. */
export interface Fault {
  readonly isRight: false
  readonly wrong: Wrong
  readonly text: Text
  /** The leaf that is wrong. */
  readonly served?: Served | undefined
  /** Why there was none. */
  readonly problem?: Problem | undefined
}
