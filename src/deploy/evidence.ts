import { edgeOf, lookAt, placeOf } from '../discover/look.ts'
import type { Sighting, Target } from '../discover/sighting.ts'
import type { Host } from '../model/host.ts'
import { maxHandshakes } from '../model/ports.ts'
import { hasCode, type Problem, toProblem } from '../model/problem.ts'
import type { Progress } from '../model/progress.ts'
import { type Judgement, judgeAtEdge, judgeByReading, type Reading, type SeenAtEdge } from '../plan/harm.ts'
import type { Context } from '../tencent/context.ts'
import { inParallel } from '../util/concurrency.ts'
import { inBoth, type Text } from '../util/language.ts'
import { eventFor } from './probe.ts'
import { targetOf, withoutBefore } from './sighting.ts'
import type { Work } from './work.ts'

/** A host that the change has harmed, and its last reading. */
export interface Harmed {
  readonly progress: Progress
  readonly seen: Host | undefined
}

/**
 * Reads the changed hosts that did not reach their target once more, and probes those of which EdgeOne says that they did. Returns those with
 * evidence of harm; the others are kept or left as they are, which the tracker records with the reason. Throws only when the run is cancelled.
 */
export const provenHarm = async (work: Work): Promise<readonly Harmed[]> => {
  const { tracker } = work
  const hosts = tracker.all().filter(({ writes, problem }) => writes > 0 && problem !== undefined)
  if (hosts.length === 0) return []
  const readingOf = await readAgain(work, hosts)
  const proven: Harmed[] = []
  await inParallel(hosts, maxHandshakes, async (progress) => {
    const { host } = progress
    const reading = readingOf(host)
    const seen = 'seen' in reading ? reading.seen : undefined
    const judged = judgeByReading(progress, reading, { isServed: work.spec.waitFor === 'served' })
    const final = judged.do === 'probe' ? await probedAgain(work, progress, seen) : judged
    if (final.do === 'restore') proven.push({ progress: tracker.get(host) ?? progress, seen })
    if (final.do === 'keep' && judged.do === 'keep') tracker.emit(host, { kind: 'recovered', stage: 'deployed', seen })
    if (final.do === 'leave') leave(work, host, final.why, seen)
  })
  return proven
}

const leave = ({ tracker, context }: Work, host: string, why: Text, seen: Host | undefined): void => {
  tracker.emit(host, { kind: 'left', why, seen })
  context.log.info(`${host} is not rolled back: ${why.en}`)
}

/** What stops the step, also during a rollback. */
export const isFinal = ({ cancelled }: Context, problem: Problem): boolean =>
  cancelled.aborted || hasCode(problem, 'Run.Unexpected')

const readAgain = async ({ context, reader }: Work, hosts: readonly Progress[]): Promise<(host: string) => Reading> => {
  if (reader === undefined)
    return () => ({ unread: { en: 'the hosts of the site cannot be listed', zh: '无法列出站点的域名' } })
  try {
    const listed = await reader.these(hosts.map(({ host }) => host))
    return (host) => ({ seen: listed.find(({ name }) => name === host) })
  } catch (thrown) {
    const problem = toProblem(thrown)
    if (isFinal(context, problem)) throw thrown
    return () => ({ unread: inBoth(problem.code) })
  }
}

/** A probe that does not end before the deadline of the rollback proves nothing. */
const probedAgain: typeof probeAgain = async (work, ...which) => {
  try {
    return await probeAgain(work, ...which)
  } catch (thrown) {
    if (isFinal(work.context, toProblem(thrown))) throw thrown
    return { do: 'leave', why: { en: 'it could not be probed again', zh: '无法再次探测' } }
  }
}

/** Probes a host that EdgeOne says is deployed, and records what it serves. */
const probeAgain = async (work: Work, progress: Progress, seen: Host | undefined): Promise<Judgement> => {
  const { tracker, spec, context } = work
  const { host, state, change, requestId } = progress
  const target = targetOf({ ...progress, seen: seen ?? progress.seen }, work)
  if (target === undefined)
    return { do: 'leave', why: { en: 'it is to have no certificate', zh: '其目标配置没有证书' } }
  const sighting = await lookAt(target, placeOf(target, spec), context)
  if (sighting.isRight) {
    tracker.emit(host, { kind: 'recovered', stage: 'served', seen })
    return { do: 'keep' }
  }
  const atEdge = await lookAtEdge(work, target, sighting)
  if (state !== 'not-served') tracker.emit(host, { kind: 'recovered', stage: 'deployed', seen })
  tracker.emit(host, eventFor(target, { ...sighting, atEdge: atEdge === 'expected' }, requestId))
  return judgeAtEdge(atEdge, change.before)
}

/** What EdgeOne itself serves: the host's own DNS name may lead elsewhere. */
const lookAtEdge = async (
  { spec, context }: Work,
  target: Target,
  sighting: Extract<Sighting, { readonly isRight: false }>,
): Promise<SeenAtEdge | undefined> => {
  if (spec.connectTo !== 'dns') return sighting.wrong
  const edge = edgeOf(target)
  if (edge === undefined) return undefined
  // What was served before was not seen at EdgeOne itself.
  const at = await lookAt(withoutBefore(target), edge, context)
  return at.isRight ? 'expected' : at.wrong
}
