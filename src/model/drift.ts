import { sentences, spaced, type Text } from '../util/language.ts'
import { isOneOf, isSameSet } from '../util/lists.ts'
import { isBinding } from './change.ts'
import { compare, whyInactive } from './compare.ts'
import { maxUnmoved, maxWrites } from './ending.ts'
import type { Host, MutualTls } from './host.ts'
import { altered, faultText, hasCode, ownProblem, type Problem } from './problem.ts'
import type { BadState, Drift, Event, Progress } from './progress.ts'

type Slot = MutualTls['client']

/**
 * Client and upstream certificates that a host had, and that are off or others now. What is no longer told counts as off: both fields are
 * optional (reference 2.2). What was off and is on now is not among them: a call that names no such certificates cannot turn them on.
 */
export const lostOf = (before: MutualTls, now: MutualTls): MutualTls | undefined =>
  slotsOf(before, (name, had) => {
    const has = now[name]
    return has === undefined || has === 'off' || (has.length > 0 && !isSameSet(had, has))
  })

/** Of these, the ones that a reading does not show. */
const missingOf = (had: MutualTls, now: MutualTls): MutualTls | undefined =>
  slotsOf(had, (name, ids) => {
    const has = now[name]
    return has === undefined || has === 'off' || !isSameSet(ids, has)
  })

const names = ['client', 'upstream', 'originCa'] as const satisfies readonly (keyof MutualTls)[]

/** The slots that are on and pass the test; undefined when none does. */
const slotsOf = (
  slots: MutualTls,
  test: (name: keyof MutualTls, ids: readonly string[]) => boolean,
): MutualTls | undefined => {
  const kept = names.flatMap((name) => {
    const slot = slots[name]
    return slot !== undefined && slot !== 'off' && slot.length > 0 && test(name, slot) ? [[name, slot] as const] : []
  })
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

/**
 * A reading of a host that was changed. If the change is in effect, and client or upstream certificates are not what they were before,
 * they are put back first; otherwise, goes on with `observe`.
 */
export const guarded = (progress: Progress, seen: Host, observe: (progress: Progress) => Progress): Progress => {
  const { change, drift } = progress
  if (!isComparable(progress, seen) || !isBinding(change)) return observe(progress)
  const open = drift?.state === 'open' ? drift : undefined
  const before = change.had ?? change.before?.mutualTls ?? {}
  const had = open === undefined ? lostOf(before, seen.mutualTls) : missingOf(open.had, seen.mutualTls)
  if (had !== undefined) return putBack(progress, { ...open?.had, ...had }, seen)
  if (open === undefined) return observe(progress)
  const problem = altered(open.problem, {
    message: sentences([open.problem.text, { en: 'It was put back.', zh: '已恢复。' }]),
  })
  return observe({ ...progress, drift: { ...open, state: 'back', problem } })
}

/** Whether a reading shows the effect of a call. Without HTTPS (`disable`), EdgeOne keeps no such certificates. */
const isComparable = ({ writes, change }: Progress, seen: Host): boolean =>
  writes > 0 &&
  isBinding(change) &&
  change.target.mode !== 'disable' &&
  seen.status !== 'process' &&
  whyInactive(seen) === undefined &&
  isOneOf(compare(change.target, seen), 'deployed', 'silent', 'failed')

const putBack = (progress: Progress, had: MutualTls, seen: Host): Progress => {
  const { problem, ...rest } = progress
  const { drift, unmoved, state, denied } = progress
  const isNew = drift?.state !== 'open'
  const open: Drift = isNew
    ? { had, tries: drift?.tries ?? 0, state: 'open', problem: changed(progress, had, seen) }
    : { ...drift, had }
  const next = { ...rest, state: 'accepted', denied: false, drift: open } as const
  // EdgeOne denied the call that was to put them back, and the host is not busy.
  if (denied && problem !== undefined) return lostFor({ ...next, problem }, faultText(problem))
  if (isNew || state === 'waiting') return { ...next, due: true, unmoved: 0 }
  if (unmoved + 1 < maxUnmoved) return { ...next, unmoved: unmoved + 1 }
  if (open.tries < maxWrites) return { ...next, due: true, unmoved: 0 }
  const why = { en: `EdgeOne accepted ${maxWrites} calls for that`, zh: `EdgeOne 已为此接受 ${maxWrites} 次请求` }
  return lostFor(next, why)
}

const changed = ({ host, requestId }: Progress, had: MutualTls, { mutualTls }: Host): Problem => {
  const parts = names.flatMap((name) => {
    const ids = had[name]
    if (ids === undefined) return []
    const [what, then, now] = [words[name], textOf(ids), textOf(mutualTls[name])]
    return {
      en: `${what.en}: had ${then.en}, then ${now.en}.`,
      zh: `${what.zh}：原为 ${then.zh}，${spaced('现为', now.zh)}。`,
    }
  })
  const lead = {
    en: `${host}: mutual TLS changed since it was read.`,
    zh: `${host}：读取之后，双向认证配置发生了变化。`,
  }
  return ownProblem('Verify.MutualTlsChanged', { message: sentences([lead, ...parts]), requestId })
}

const words: Readonly<Record<keyof MutualTls, Text>> = {
  client: { en: 'Client CA certificates', zh: '客户端 CA 证书' },
  upstream: { en: 'Client certificate for the origin', zh: '回源客户端证书' },
  originCa: { en: 'Origin CA certificates', zh: '源站 CA 证书' },
}

const textOf = (slot: Slot): Text => {
  if (slot === undefined) return { en: 'not listed', zh: '未列出' }
  return slot === 'off' ? { en: 'off', zh: '关闭' } : { en: slot.join(', '), zh: slot.join('、') }
}

/** States in which a host ends without what it should have. */
const ends: readonly BadState[] = ['failed', 'timed-out', 'refused', 'inactive', 'unknown', 'not-served']

/** The progress after an event of a host whose mutual TLS changed: no other failure takes the place of that. */
export const withDrift = (progress: Progress, event: Event): Progress => {
  const { drift, state } = progress
  if (drift === undefined) return progress
  if (event.kind === 'rolled-back') return { ...progress, drift: { ...drift, state: 'back' } }
  if (drift.state === 'back') return progress
  if (event.kind === 'accepted') return { ...progress, drift: { ...drift, tries: drift.tries + 1 } }
  const isOver = event.kind === 'stopped' || ends.some((end) => end === state)
  if (!isOver || hasCode(progress.problem, 'Verify.MutualTlsChanged')) return progress
  return lostFor(progress, progress.problem ? faultText(progress.problem) : noCalls)
}

const noCalls = { en: 'the step sends no further calls', zh: '步骤不再发送请求' }

/** What changed is not put back. */
const lostFor = (progress: Progress, why: Text): Progress => {
  const { drift, requestId, state } = progress
  if (drift === undefined) return progress
  const message = sentences([drift.problem.text, { en: `It was not put back: ${why.en}`, zh: `未能恢复：${why.zh}` }])
  const problem = altered(drift.problem, { message, requestId, cause: progress.problem })
  return { ...progress, state: state === 'timed-out' ? state : 'failed', problem, drift: { ...drift, problem } }
}

/** Why a call is sent again: the end of a sentence that begins with the host. */
export const driftText = ({ had }: Drift): string =>
  `lost ${names.flatMap((name) => (had[name] === undefined ? [] : `${words[name].en.toLowerCase()} ${textOf(had[name]).en}`)).join('; ')}`
