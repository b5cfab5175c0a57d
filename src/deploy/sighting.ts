import { type Change, isBinding } from '../model/change.ts'
import { hasSetting } from '../model/compare.ts'
import type { Host } from '../model/host.ts'
import type { Probe } from '../model/ports.ts'
import type { Progress } from '../model/progress.ts'
import type { Expectation, Facts, Verdict, Witness } from '../model/recognise.ts'
import { idsOf } from '../model/setting.ts'
import type { Text } from '../util/language.ts'
import { isNonEmpty, type NonEmpty } from '../util/lists.ts'
import type { Work } from './work.ts'

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

/**
 * What is wrong with what a probe showed: the verdict on the leaf, or why there was none. `no-handshake`: the server ended the TLS handshake;
 * `unreachable`: nothing was seen.
 */
export type Wrong = Exclude<Verdict['is'], 'expected'> | 'no-handshake' | 'unreachable'

/** What a probe of a host showed. */
export type Sighting =
  /** Every address serves every certificate. `distrust`: why this machine does not trust the chain or the name. */
  | { readonly isRight: true; readonly by: readonly Witness[]; readonly distrust?: Text | undefined }
  | (Fault & {
      /** EdgeOne itself serves the certificate. */
      readonly atEdge: boolean
      /** When it was seen, Unix milliseconds. */
      readonly at: number
    })

/** What is wrong, and how a sentence about it ends that begins with the host. */
export interface Fault {
  readonly isRight: false
  readonly wrong: Wrong
  readonly text: Text
}

/** What is to be seen of a host, according to its change and its last reading; undefined without HTTPS. */
export const targetOf = ({ host, change, seen, leavesBefore }: Progress, work: Work): Target | undefined => {
  if (change.kind === 'refuse' || change.target.mode === 'disable') return undefined
  const certificates = expectedIn(change, seen, work)
  const judged = { rivals: rivalsIn(change, certificates, work), leavesBefore }
  const all = certificates.map((certificate): Expected => {
    const isKept = change.keeps.some(({ id }) => id === certificate.id)
    return { algorithm: undefined, certificate, isKept, ...judged }
  })
  const byAlgorithm = all.flatMap((one): Expected[] => {
    const { algorithm } = one.certificate
    return algorithm === 'RSA' || algorithm === 'ECC' ? [{ ...one, algorithm }] : []
  })
  const [first] = all
  const single: Expected = first ?? { algorithm: undefined, certificate: {}, isKept: false, ...judged }
  const expected: NonEmpty<Expected> = all.length > 1 && isNonEmpty(byAlgorithm) ? byAlgorithm : [single]
  // For any name below a wildcard, EdgeOne serves the wildcard's certificate.
  const name = host.replace(/^\*(?=\.)/, 'edgeone-certificate-check')
  return { host, name, cname: (seen ?? change.before)?.cname, expected }
}

/** The target as it is to be seen at a place where it was not seen before the change. */
export const withoutBefore = (target: Target): Target => {
  const [first, ...more] = target.expected
  const unseen = (one: Expected): Expected => ({ ...one, leavesBefore: undefined })
  return { ...target, expected: [unseen(first), ...more.map(unseen)] }
}

type Planned = Exclude<Change, { readonly kind: 'refuse' }>

/** The certificates of a target. A setting without IDs has those that EdgeOne lists once the host has it. */
const expectedIn = ({ target, before }: Planned, seen: Host | undefined, work: Work): readonly Facts[] => {
  const read = seen ?? before
  const listed = read !== undefined && hasSetting(target, read) ? read.certificates.map(({ id }) => id) : []
  const ids = target.mode === 'sslcert' ? idsOf(target) : listed
  return ids.map((id) => factsOf(id, [seen, before], work))
}

/** What the host had, and is to lose. */
const rivalsIn = (change: Planned, expected: readonly Facts[], work: Work): readonly Facts[] =>
  (isBinding(change) ? (change.before?.certificates ?? []) : [])
    .filter(({ id }) => !expected.some((one) => one.id === id))
    .map(({ id }) => factsOf(id, [change.before], work))

const factsOf = (id: string, readings: readonly (Host | undefined)[], { known }: Pick<Work, 'known'>): Facts => {
  const bound = readings.flatMap((host) => host?.certificates.find((one) => one.id === id) ?? [])
  const { algorithm, sha256, notAfter } = known.get(id) ?? {}
  return {
    id,
    algorithm: algorithm ?? bound.find((one) => one.algorithm !== undefined)?.algorithm,
    sha256,
    sslEnd: notAfter,
    edgeEnd: bound.find((one) => one.notAfter !== undefined)?.notAfter,
  }
}
