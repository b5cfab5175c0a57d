import type { Inputs } from '../inputs/inputs.ts'
import { type Certificate, covers } from '../model/certificate.ts'
import type { Clock, Handshake, Probe, Resolve, Served } from '../model/ports.ts'
import { ownProblem, toProblem } from '../model/problem.ts'
import { inParallel } from '../util/concurrency.ts'
import { count, day, duration, list } from '../util/text.ts'
import type { Entry, Ledger } from './ledger.ts'
import { pauseBefore } from './wait.ts'

export interface ServedOptions {
  readonly handshake: Handshake
  readonly resolve: Resolve
  readonly clock: Clock
  /** The deadline of the step, and its cancellation. */
  readonly signal: AbortSignal
  readonly deadline: number
  readonly info: (line: string) => void
  readonly warn: (title: string, message: string) => void
  readonly note: (line: string) => void
  readonly connectTo: Inputs['connectTo']
  /** What is known of certificates, by ID. */
  readonly known: ReadonlyMap<string, Certificate>
}

/** Handshakes at the same time. */
const width = 16

/** From this round on it is asked whether EdgeOne itself serves what the host's name does not. */
const askCname = 2

/** A host that is looked at: what is asked for, what was last seen instead, and why chain or name do not verify. */
interface Target {
  readonly entry: Entry
  readonly name: string
  readonly asks: readonly Ask[]
  seen: string
  elsewhere: boolean
  distrust: string | undefined
}

/** One certificate of a host, and how it is asked for. */
interface Ask {
  readonly algorithm: Probe['algorithm']
  readonly certificate: Certificate | undefined
}

/**
 * Stays until a TLS handshake with every host of the ledger, at each of its addresses, is answered with its certificate (RFC 8446 §4.4.2).
 * Throws the reason of the signal; the ledger then says what each host that is left serves.
 */
export const lookAtServed = async (ledger: Ledger, options: ServedOptions): Promise<void> => {
  const { clock, signal, info } = options
  const targets = [...ledger.values()].flatMap((entry) => targetOf(entry, options.known) ?? [])
  const start = clock.now()
  let open = targets
  const tell = () => {
    const left = duration(options.deadline - clock.now())
    info(
      `${targets.length - open.length}/${count(targets.length, 'host')} served, ${duration(clock.now() - start)} elapsed, ${left} left`,
    )
  }
  try {
    for (let round = 0; open.length > 0; round++) {
      if (round > 0) await clock.sleep(pauseBefore(round - 1), signal)
      const before = open.length
      await inParallel(open, width, (target) => look(target, round, options))
      open = open.filter(({ seen }) => seen !== '')
      if (open.length !== before || round > 3) tell()
    }
  } finally {
    for (const target of open) if (target.seen !== '') noteUnserved(target)
    warnOfDistrust(targets, options)
    noteOfRecognition(targets, options)
  }
}

const targetOf = (entry: Entry, known: ReadonlyMap<string, Certificate>): Target | undefined => {
  const { host, step, state } = entry
  if (!['deployed', 'unchanged', 'accepted'].includes(state) || step.setting.mode === 'disable') return undefined
  const certificates = step.setting.ids.map((id) => known.get(id) ?? step.keeps.find((one) => one.id === id) ?? { id })
  const askable = certificates.filter(({ algorithm }) => algorithm === 'RSA' || algorithm === 'ECC')
  const asks: readonly Ask[] =
    certificates.length > 1 && askable.length > 0
      ? askable.map((certificate) => ({ certificate, algorithm: certificate.algorithm === 'RSA' ? 'RSA' : 'ECC' }))
      : [{ certificate: certificates[0], algorithm: undefined }]
  // A name below the wildcard that nobody has: EdgeOne answers for it with the wildcard's certificate.
  const name = host.replace(/^\*(?=\.)/, 'edgeone-certificate-check')
  return { entry, name, asks, seen: 'not looked at yet', elsewhere: false, distrust: undefined }
}

/** One look at a host, at each of its addresses; what was seen is empty when all is right. */
const look = async (target: Target, round: number, options: ServedOptions): Promise<void> => {
  const { connectTo, signal } = options
  const cname = (target.entry.after ?? target.entry.step.before)?.cname
  const at = connectTo === 'cname' ? { host: cname, port: 443 } : (connectTo ?? { host: target.name, port: 443 })
  if (at.host === undefined) {
    target.seen = 'EdgeOne gave no CNAME for it'
    return
  }
  const place = { host: at.host, port: at.port }
  target.distrust = undefined
  target.seen = await lookThere(target, place, options)
  if (target.seen === '' || connectTo !== undefined || round < askCname || cname === undefined) return
  signal.throwIfAborted()
  target.elsewhere = (await lookThere({ ...target }, { host: cname, port: 443 }, options)) === ''
}

/** What is wrong with what is served at a place; empty when nothing is. */
const lookThere = async (target: Target, { host, port }: Probe['at'], options: ServedOptions): Promise<string> => {
  const { resolve, signal } = options
  try {
    const addresses = await resolve(host, signal)
    let unreachable = ''
    let looked = 0
    for (const address of addresses) {
      const seen = await lookAtAddress(target, { host: address, port }, options)
      if (seen === noRoute) unreachable = address
      else if (seen !== '') return seen
      else looked += 1
    }
    return looked > 0 ? '' : `this machine has no way to ${unreachable || host}`
  } catch (thrown) {
    signal.throwIfAborted()
    return toProblem(thrown).message
  }
}

/** Said of an IPv6 address on a machine without IPv6: that the host is served cannot be seen there, and nothing speaks against it. */
const noRoute = 'no route'

const lookAtAddress = async (
  target: Target,
  at: Probe['at'],
  { handshake, signal }: ServedOptions,
): Promise<string> => {
  for (const { algorithm, certificate } of target.asks) {
    try {
      const served = await handshake({ host: target.name, at, algorithm }, signal)
      if (!isRight(target.name, certificate, served))
        return `${at.host === target.name ? 'it' : at.host} serves ${describe(served)}`
      target.distrust ??= served.distrust
    } catch (thrown) {
      signal.throwIfAborted()
      const { message } = toProblem(thrown)
      return at.host.includes(':') && /ENETUNREACH|EADDRNOTAVAIL|EHOSTUNREACH/.test(message) ? noRoute : message
    }
  }
  return ''
}

/**
 * Whether it is the certificate: by its SHA-256 where the step has it, otherwise by its last second and by the host's name. Of a certificate of
 * which nothing is known, the name alone.
 */
const isRight = (host: string, certificate: Certificate | undefined, served: Served): boolean => {
  if (certificate?.sha256 !== undefined) return served.sha256 === certificate.sha256
  if (certificate?.notAfter !== undefined && Math.abs(served.notAfter - certificate.notAfter) >= 1000) return false
  return covers(served.names, host)
}

const describe = ({ names, notAfter, algorithm }: Served): string =>
  `another certificate: ${list(names, 3) || 'no names'}, ${algorithm === undefined ? '' : `${algorithm}, `}until ${day(notAfter)}`

const noteUnserved = ({ entry, seen, elsewhere }: Target): void => {
  const where = elsewhere
    ? '. EdgeOne itself serves the right one: the DNS of the name leads elsewhere; `connect-to: cname` verifies before it is switched'
    : ''
  const problem = ownProblem('Verify.NotServed', {
    message: `${entry.host}: ${seen}${where}`,
    requestId: entry.requestId,
  })
  Object.assign(entry, { state: 'unserved', problem })
}

const warnOfDistrust = (targets: readonly Target[], { warn }: ServedOptions): void => {
  const doubtful = targets.filter(({ seen, distrust }) => seen === '' && distrust !== undefined)
  for (const [why, some] of Map.groupBy(doubtful, ({ distrust }) => distrust ?? '')) {
    const hosts = list(some, 10, ({ entry }) => entry.host)
    warn(
      'Not trusted',
      `${count(some.length, 'host')} served the certificate, but this machine does not trust it (${why}): ${hosts}.`,
    )
  }
}

/** Says by what the certificates were recognised, where it was not by their fingerprints. */
const noteOfRecognition = (targets: readonly Target[], { note }: ServedOptions): void => {
  const seen = targets.filter((target) => target.seen === '').flatMap(({ asks }) => asks)
  const byDate = seen.flatMap(({ certificate }) =>
    certificate !== undefined && certificate.sha256 === undefined && certificate.notAfter !== undefined
      ? [certificate.id]
      : [],
  )
  const byName = seen.flatMap(({ certificate }) =>
    certificate?.sha256 === undefined && certificate?.notAfter === undefined
      ? [certificate?.id ?? 'the free certificate']
      : [],
  )
  if (byDate.length > 0) {
    note(
      `Recognised in the handshakes by the host's name and the last second of validity, for the step has no file of it: ${list([...new Set(byDate)], 5)}`,
    )
  }
  if (byName.length > 0)
    note(
      `Recognised in the handshakes by the host's name alone, for nothing else is known of it: ${list([...new Set(byName)], 5)}`,
    )
}

/** Writes down that what was looked at is served. */
export const noteServed = (ledger: Ledger): void => {
  for (const entry of ledger.values()) {
    const looked = entry.step.setting.mode !== 'disable'
    if (looked && (entry.state === 'deployed' || entry.state === 'accepted')) entry.state = 'served'
  }
}
