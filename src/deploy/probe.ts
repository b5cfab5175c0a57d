import { type Certificate, covers } from '../model/certificate.ts'
import type { Probe, Served } from '../model/ports.ts'
import { ownProblem, toProblem } from '../model/problem.ts'
import type { Progress } from '../model/progress.ts'
import { idsOf } from '../model/setting.ts'
import type { SiteOptions } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import { pauseBefore } from '../tencent/poll.ts'
import { inParallel } from '../util/concurrency.ts'
import { isNonEmpty, type NonEmpty } from '../util/lists.ts'
import { count, day, list } from '../util/text.ts'
import { recognitionNotes, warnOfDistrust } from './probe-words.ts'
import type { Expected, Sighting, Target } from './sighting.ts'
import { progressLines } from './wait.ts'
import type { Work } from './work.ts'

/** Parallel handshakes. */
const width = 16

/** From this round on, EdgeOne itself is also probed when the host's DNS name does not serve the certificate. */
const cnameFrom = 2

/**
 * Probes until a TLS handshake with every host, at each of its addresses, returns its certificate (RFC 8446 §4.4.2). Throws the
 * reason of the signal; what the hosts serve is then in the tracker.
 */
export const probeServed = async (work: Work): Promise<void> => {
  const { context, tracker, spec } = work
  const targets = tracker.all().flatMap((progress) => targetOf(progress, work) ?? [])
  const sightings = new Map<Target, Sighting>()
  const isLeft = (target: Target) => sightings.get(target)?.isRight !== true
  const report = progressLines(context)
  try {
    for (let round = 0; targets.some(isLeft); round++) {
      if (round > 0) await context.clock.sleep(pauseBefore(round - 1), context.signal)
      await inParallel(targets.filter(isLeft), width, async (target) => {
        sightings.set(target, await look(target, { ...context, ...spec }, round))
      })
      report(`${targets.length - targets.filter(isLeft).length}/${count(targets.length, 'host')} served`)
    }
  } finally {
    for (const target of targets)
      tracker.emit(target.host, eventFor(target, sightings.get(target), tracker.get(target.host)))
    warnOfDistrust(sightings, context.warn)
    for (const note of recognitionNotes(targets.filter((target) => !isLeft(target)))) work.journal.note(note)
  }
}

const eventFor = ({ host }: Target, sighting: Sighting | undefined, progress: Progress | undefined) => {
  if (sighting?.isRight) return { kind: 'served' } as const
  const where = sighting?.atEdge
    ? '. EdgeOne itself serves the right one, so the DNS of the host points elsewhere. With `connect-to: cname` the step can verify before DNS is switched'
    : ''
  const message = `${host}: ${sighting?.text ?? 'not probed yet'}${where}`
  const problem = ownProblem('Verify.NotServed', { message, requestId: progress?.requestId })
  return { kind: 'not-served', problem } as const
}

const targetOf = ({ host, state, change, seen }: Progress, { known }: Work): Target | undefined => {
  if (!['deployed', 'unchanged', 'accepted'].includes(state) || change.kind === 'refuse') return undefined
  if (change.target.mode === 'disable') return undefined
  const certificates = idsOf(change.target).map(
    (id) => known.get(id) ?? change.keeps.find((one) => one.id === id) ?? { id },
  )
  const byAlgorithm = certificates.flatMap((certificate): Expected[] => {
    const { algorithm } = certificate
    return algorithm === 'RSA' || algorithm === 'ECC' ? [{ algorithm, certificate }] : []
  })
  const expected: NonEmpty<Expected> =
    certificates.length > 1 && isNonEmpty(byAlgorithm)
      ? byAlgorithm
      : [{ algorithm: undefined, certificate: certificates[0] }]
  // For any name below a wildcard, EdgeOne serves the wildcard's certificate.
  const name = host.replace(/^\*(?=\.)/, 'edgeone-certificate-check')
  return { host, name, cname: (seen ?? change.before)?.cname, expected }
}

type Looking = Pick<Context, 'resolve' | 'handshake' | 'signal'> & Pick<SiteOptions, 'connectTo'>

const look = async (target: Target, looking: Looking, round: number): Promise<Sighting> => {
  const { connectTo, signal } = looking
  const { cname, name } = target
  if (connectTo === 'cname') {
    if (cname === undefined) return { isRight: false, text: 'EdgeOne returned no CNAME for it', atEdge: false }
    return lookAt(target, { host: cname, port: 443 }, looking)
  }
  if (connectTo !== 'dns') return lookAt(target, connectTo, looking)
  const sighting = await lookAt(target, { host: name, port: 443 }, looking)
  if (sighting.isRight || round < cnameFrom || cname === undefined) return sighting
  signal.throwIfAborted()
  const atEdge = (await lookAt(target, { host: cname, port: 443 }, looking)).isRight
  return { ...sighting, atEdge }
}

const wrong = (text: string): Sighting => ({ isRight: false, text, atEdge: false })

/** Probes a host and port at each of its addresses. */
const lookAt = async (target: Target, { host, port }: Probe['at'], looking: Looking): Promise<Sighting> => {
  const { resolve, signal } = looking
  try {
    const addresses = await resolve(host, signal)
    const seen: Sighting[] = []
    for (const address of addresses) {
      const sighting = await lookAtAddress(target, { host: address, port }, looking)
      if (sighting === 'no route') continue
      if (!sighting.isRight) return sighting
      seen.push(sighting)
    }
    const doubtful = seen.find((sighting) => sighting.isRight && sighting.distrust !== undefined)
    return doubtful ?? seen[0] ?? wrong(`no route to ${addresses.at(-1) ?? host}`)
  } catch (thrown) {
    signal.throwIfAborted()
    return wrong(toProblem(thrown).message)
  }
}

/** `no route`: an IPv6 address, on a machine without IPv6. What it serves cannot be seen from here, so it is not counted. */
const lookAtAddress = async (
  { name, expected }: Target,
  at: Probe['at'],
  { handshake, signal }: Looking,
): Promise<Sighting | 'no route'> => {
  let distrust: string | undefined
  for (const { algorithm, certificate } of expected) {
    try {
      const served = await handshake({ host: name, at, algorithm }, signal)
      if (!isExpected(name, certificate, served)) {
        return wrong(`${at.host === name ? 'it' : at.host} serves ${describe(served)}`)
      }
      distrust ??= served.distrust
    } catch (thrown) {
      signal.throwIfAborted()
      const { message, errno = '' } = toProblem(thrown)
      const noRoute = ['ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTUNREACH'].includes(errno)
      return at.host.includes(':') && noRoute ? 'no route' : wrong(message)
    }
  }
  return { isRight: true, distrust }
}

/**
 * Whether the expected certificate is served: by its SHA-256 if the step has it, otherwise by notAfter and the host's name; if nothing
 * is known about it, by the name alone.
 */
const isExpected = (host: string, certificate: Certificate | undefined, served: Served): boolean => {
  if (certificate?.sha256 !== undefined) return served.sha256 === certificate.sha256
  if (certificate?.notAfter !== undefined && Math.abs(served.notAfter - certificate.notAfter) >= 1000) return false
  return covers(served.names, host)
}

const describe = ({ names, notAfter, algorithm }: Served): string =>
  `another certificate: ${list(names, 3) || 'no names'}, ${algorithm === undefined ? '' : `${algorithm}, `}until ${day(notAfter)}`
