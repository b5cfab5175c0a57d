import { type Expected, probeName, requestedOf, type Target } from '../discover/sighting.ts'
import { type Change, isBinding } from '../model/change.ts'
import { hasSetting } from '../model/compare.ts'
import type { Host } from '../model/host.ts'
import type { Progress } from '../model/progress.ts'
import type { Expectation, Facts } from '../model/recognise.ts'
import { idsOf } from '../model/setting.ts'
import type { Work } from './work.ts'

/** What is to be seen of a host, according to its change and its last reading; undefined without HTTPS. */
export const targetOf = ({ host, change, seen, leavesBefore }: Progress, work: Work): Target | undefined => {
  if (change.kind === 'refuse' || change.target.mode === 'disable') return undefined
  const certificates = expectedIn(change, seen, work)
  const judged = { rivals: rivalsIn(change, certificates, work), leavesBefore }
  const all = certificates.map((certificate): Expectation => {
    const isKept = change.keeps.some(({ id }) => id === certificate.id)
    return { certificate, isKept, ...judged }
  })
  const expected = requestedOf(all, { certificate: {}, isKept: false, ...judged })
  return { host, name: probeName(host), cname: (seen ?? change.before)?.cname, expected }
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
