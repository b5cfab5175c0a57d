import { edgeOf, lookAt, placeOf } from '../discover/look.ts'
import type { Sighting, Target } from '../discover/sighting.ts'
import { maxHandshakes } from '../model/ports.ts'
import { hasCode, ownProblem, type Problem } from '../model/problem.ts'
import type { Event, Progress } from '../model/progress.ts'
import { withDeadline } from '../tencent/context.ts'
import { pauseBefore } from '../tencent/poll.ts'
import { inParallel } from '../util/concurrency.ts'
import { inBoth, type Text } from '../util/language.ts'
import { isOneOf } from '../util/lists.ts'
import { count, timeOfDay } from '../util/text.ts'
import { recognitionNotes, warnOfDistrust } from './probe-words.ts'
import { targetOf, withoutBefore } from './sighting.ts'
import { progressLines } from './wait.ts'
import type { Work } from './work.ts'

/** From this round on, EdgeOne itself is also probed when the host's DNS name does not serve the certificate. */
const cnameFrom = 2

/**
 * Probes until a TLS handshake with every host, at each of its addresses, returns its certificate (RFC 8446 §4.4.2). Throws the
 * reason of the signal; what the hosts serve is then in the tracker.
 */
export const probeServed = async (work: Work): Promise<void> => {
  const { context, tracker } = work
  const targets = tracker.all().flatMap((progress) => (isProbed(progress) ? (targetOf(progress, work) ?? []) : []))
  const sightings = new Map<Target, Sighting>()
  const isRight = (target: Target) => sightings.get(target)?.isRight === true
  const isLeft = (target: Target) => !isRight(target) && !isHopeless(sightings.get(target))
  const report = progressLines(context)
  try {
    for (let round = 0; targets.some(isLeft); round++) {
      if (round > 0) await context.clock.sleep(pauseBefore(round - 1), context.signal)
      await inParallel(targets.filter(isLeft), maxHandshakes, async (target) => {
        sightings.set(target, await look(target, work, round))
      })
      report(`${targets.filter(isRight).length}/${count(targets.length, 'host')} served`)
    }
  } finally {
    record(work, targets, sightings)
  }
}

const record = (
  { tracker, context, journal }: Work,
  targets: readonly Target[],
  sightings: ReadonlyMap<Target, Sighting>,
): void => {
  for (const target of targets)
    tracker.emit(target.host, eventFor(target, sightings.get(target), tracker.get(target.host)?.requestId))
  warnOfDistrust(sightings, context.warn)
  for (const note of recognitionNotes(sightings)) journal.note(note)
}

export const eventFor = ({ host }: Target, sighting: Sighting | undefined, requestId: string | undefined): Event => {
  if (sighting?.isRight) return { kind: 'served' }
  if (sighting === undefined) return { kind: 'not-served', problem: notProbed(host, requestId) }
  const code = sighting.wrong === 'no-witness' ? 'Verify.NoWitness' : 'Verify.NotServed'
  const { en, zh } = sighting.atEdge ? elsewhere : inBoth('')
  const seen = sightingText(sighting)
  const message = { en: `${host}${seen.en}${en}`, zh: `${host}${seen.zh}${zh}` }
  return { kind: 'not-served', problem: ownProblem(code, { message, requestId }) }
}

const elsewhere = {
  en: '. EdgeOne itself serves the right one, so the DNS of the host points elsewhere. With `connect-to: cname` the step can verify before DNS is switched',
  zh: '。EdgeOne 节点返回的是正确的证书，说明该域名的 DNS 指向了别处。设置 `connect-to: cname` 可以在切换 DNS 之前完成验证',
}

const notProbed = (host: string, requestId: string | undefined): Problem => {
  const en = `${host} is deployed, but was not probed before the step stopped`
  return ownProblem('Verify.NotProbed', { message: { en, zh: `${host} 已部署，但步骤停止前尚未探测` }, requestId })
}

const sightingText = ({ at, text }: Extract<Sighting, { readonly isRight: false }>): Text => {
  return { en: `, probed at ${timeOfDay(at)}: ${text.en}`, zh: `：${timeOfDay(at)} 探测的结果：${text.zh}` }
}

/** Time for a last probe of each host after the deadline, milliseconds. */
const lastProbeTime = 10_000

/** Probes once more after the deadline, so that nothing is concluded from an older probe. Throws only when the run is cancelled. */
export const probeLast = async (work: Work): Promise<void> => {
  const { tracker } = work
  const context = withDeadline(work.context, work.context.clock.now() + lastProbeTime, {
    en: 'The last probe',
    zh: '最后一次探测',
  })
  const isLeft = ({ state, problem }: Progress) =>
    state === 'not-served' && (hasCode(problem, 'Verify.NotServed') || hasCode(problem, 'Verify.NotProbed'))
  const targets = tracker.all().flatMap((progress) => (isLeft(progress) ? (targetOf(progress, work) ?? []) : []))
  const sightings = new Map<Target, Sighting>()
  try {
    await inParallel(targets, maxHandshakes, async (target) => {
      sightings.set(target, await look(target, { ...work, context }, cnameFrom))
    })
  } catch (thrown) {
    // Of the others, the probe before it stands.
    if (context.cancelled.aborted || !context.signal.aborted) throw thrown
  } finally {
    record(work, [...sightings.keys()], sightings)
  }
  const right = [...sightings.values()].filter(({ isRight }) => isRight).length
  context.log.info(`Last probe: ${right}/${count(targets.length, 'host')} served`)
}

/** Whether no further probe can help. */
const isHopeless = (sighting: Sighting | undefined): boolean =>
  sighting?.isRight === false && sighting.wrong === 'no-witness'

const isProbed = ({ state }: Progress): boolean => isOneOf(state, 'deployed', 'unchanged', 'accepted')

const look = async (target: Target, { context, spec }: Work, round: number): Promise<Sighting> => {
  const sighting = await lookAt(target, placeOf(target, spec), context)
  const edge = edgeOf(target)
  if (sighting.isRight || spec.connectTo !== 'dns' || round < cnameFrom || edge === undefined) return sighting
  context.signal.throwIfAborted()
  // What was served before was not seen at EdgeOne itself, so it proves nothing there.
  return { ...sighting, atEdge: (await lookAt(withoutBefore(target), edge, context)).isRight }
}
