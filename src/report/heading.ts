import { hasCode, type Problem, tellsInputs } from '../model/problem.ts'
import { failedHosts, type HostResult, hostsIn, hostsOf, type Result, wasPlanned } from '../model/result.ts'
import type { Mode } from '../model/setting.ts'
import { clip, code } from '../util/text.ts'
import { countIn, named, wasLeftAlone } from './facts.ts'
import { type Voice, whyOf } from './voice.ts'
import type { Words } from './words.ts'

/** Hosts and sites that a heading names. */
const maxNamed = 2

/** What happened, without Markdown of a heading: an icon, what happened to how many hosts and, on failure, which and why. */
export const headingOf = (result: Result, voice: Voice): string => {
  const { headline } = voice.words
  const hosts = hostsOf(result)
  const { problem } = result
  const lost = hostsIn(hosts, 'rollback-failed')
  const astray = astrayIn(hosts)
  // Whatever else happened, these matter most.
  if (lost.length > 0) return `🚨 ${whole(headline.notRolledBack(lost.length), lost, problem, voice)}`
  if (astray.length > 0) return `🚨 ${whole(headline.mutualTlsLost(astray.length), astray, undefined, voice)}`
  return problem === undefined ? success(result, voice.words) : failure(result, problem, voice)
}

/** Hosts whose client or upstream certificates are no longer what they were. */
export const astrayIn = (hosts: readonly HostResult[]): readonly string[] =>
  hosts.flatMap((host) => (wasPlanned(host) && host.drift?.state === 'open' ? [host.host] : []))

/** What happened, at which hosts, and why. */
export const whole = (what: string, names: readonly string[], problem: Problem | undefined, voice: Voice): string => {
  const { words } = voice
  const which = names.length === 0 ? '' : named(names, maxNamed, words, (name) => code(clip(name, 100)))
  return words.headline.whole(what, which, problem === undefined ? '' : reason(problem, names.length, voice))
}

/** Why, in words of Markdown; the code where the catalogue does not know it. */
export const reason = (problem: Problem, n: number, voice: Voice): string =>
  whyOf(problem, n, voice) || code(clip(problem.code, 200))

/** Why nothing was begun: how many problems the inputs have, or else the reason. */
export const whyNotBegun = (problem: Problem, voice: Voice): string => {
  const { headline } = voice.words
  const n = problem.findings.length
  if (!tellsInputs(problem)) return reason(problem, 0, voice)
  return hasCode(problem, 'Input.Manifest') ? headline.manifestProblems(n) : headline.inputProblems(n)
}

const success = ({ outcome, sites }: Result, { headline }: Words): string => {
  const hosts = hostsOf({ sites })
  const mode: Mode = sites[0]?.mode ?? 'sslcert'
  const all = hosts.length
  if (outcome === 'planned') return `📝 ${headline.wouldChange({ n: countIn(hosts, 'planned'), all })}`
  if (all === 0) return `✅ ${headline.noHosts}`
  const [served, deployed, accepted] = [
    countIn(hosts, 'served'),
    countIn(hosts, 'deployed'),
    countIn(hosts, 'accepted'),
  ]
  if (accepted > 0) return `⏳ ${headline.reached('accepted', mode, accepted + deployed)}`
  if (served > 0) return `✅ ${headline.reached('served', mode, served)}`
  return `✅ ${deployed > 0 ? headline.reached('deployed', mode, deployed) : headline.inPlace(mode, all)}`
}

const failure = (result: Result, problem: Problem, voice: Voice): string => {
  const { headline } = voice.words
  const hosts = hostsOf(result)
  const failed = failedHosts(hosts)
  const part = { n: failed.length, all: hosts.length }
  if (result.outcome === 'cancelled') return `⏹️ ${headline.cancelled(part)}`
  const rolledBack = hostsIn(hosts, 'rolled-back')
  if (result.outcome === 'rolled-back')
    return `↩️ ${whole(headline.rolledBack({ ...part, n: rolledBack.length }), rolledBack, problem, voice)}`
  if (tellsInputs(problem)) return `❌ ${headline.whole(headline.noHostChanged, '', whyNotBegun(problem, voice))}`
  // Nothing was tried at any host: the reason is not one of theirs.
  const isStopped = hosts.every((host) => host.state === 'untouched' && wasLeftAlone(host))
  if (isStopped) return `❌ ${whole(headline.noHostChanged, [], problem, voice)}`
  const isDry = hosts.every(wasLeftAlone) && result.sites.some(({ options }) => options.dryRun)
  if (failed.length === 0) return `❌ ${whole(headline.failedAfterwards(part.all), [], problem, voice)}`
  return `❌ ${whole((isDry ? headline.notPossible : headline.failed)(part), failed, problem, voice)}`
}

/** What a reader should know about a success; empty when there is nothing. */
export const lead = ({ outcome, sites }: Result, words: Words): string => {
  if (outcome === 'planned') return words.dryRun
  if (outcome !== 'changed' || countIn(hostsOf({ sites }), 'accepted') === 0) return ''
  const isAsked = sites.some(({ options }) => options.waitFor === 'accepted')
  return words.sentences([words.inProgress, ...(isAsked ? [words.notWaitedFor] : [])])
}
