import type { Change } from '../model/change.ts'
import { compare, hasSetting, whyInactive } from '../model/compare.ts'
import type { Host } from '../model/host.ts'
import { hasCode } from '../model/problem.ts'
import type { Progress } from '../model/progress.ts'
import { idsOf } from '../model/setting.ts'
import type { Text } from '../util/language.ts'

/** The last reading before a rollback: the host, nothing if EdgeOne does not list it, or why it could not be read. */
export type Reading = { readonly seen: Host | undefined } | { readonly unread: Text }

/**
 * What to do with a changed host that did not reach its target. `restore`: there is evidence of harm. `keep`: it has reached its target.
 * `probe`: only a handshake can tell. `leave`: nothing proves harm, and `why` says so.
 */
export type Judgement = { readonly do: 'restore' | 'keep' | 'probe' } | { readonly do: 'leave'; readonly why: Text }

/** Judges by what EdgeOne says: its word that the deployment failed, or that it still is not done, is evidence. Pure. */
export const judgeByReading = (
  progress: Progress,
  reading: Reading,
  { isServed }: { readonly isServed: boolean },
): Judgement => {
  const { state, problem, change } = progress
  if (change.kind === 'refuse') return changedMeanwhile
  if (change.before !== undefined && hasSetting(change.target, change.before)) {
    return { do: 'leave', why: { en: 'it had the same certificate before', zh: '修改前已是同一证书' } }
  }
  if ('unread' in reading) {
    if (hasCode(problem, 'Verify.BindingFailed') || hasCode(problem, 'Verify.ApplicationFailed'))
      return { do: 'restore' }
    if (state === 'not-served') return { do: 'probe' }
    const { en, zh } = reading.unread
    return {
      do: 'leave',
      why: { en: `its state could not be read again (${en})`, zh: `无法再次读取其状态（${zh}）` },
    }
  }
  const { seen } = reading
  if (seen === undefined)
    return { do: 'leave', why: { en: 'EdgeOne no longer lists it', zh: 'EdgeOne 已不再列出该域名' } }
  const inactive = whyInactive(seen)
  if (inactive !== undefined) return { do: 'leave', why: { en: `it ${inactive.en}`, zh: `该域名${inactive.zh}` } }
  const comparison = compare(change.target, seen)
  if (comparison === 'failed') return { do: 'restore' }
  if (state === 'not-served') return { do: 'probe' }
  if (comparison === 'different' && wasChangedByOthers(change, seen)) return changedMeanwhile
  if (comparison !== 'deployed' && comparison !== 'silent') return { do: 'restore' }
  if (isServed) return { do: 'probe' }
  return comparison === 'deployed' ? { do: 'keep' } : { do: 'leave', why: nothingWrong }
}

const nothingWrong: Text = {
  en: 'EdgeOne lists its new certificate and does not say that anything is wrong',
  zh: 'EdgeOne 已列出其新证书，且未报告异常',
}

const changedMeanwhile: Judgement = {
  do: 'leave',
  why: { en: 'its certificates were changed meanwhile', zh: '其证书在此期间被修改' },
}

/** Whether the host has a certificate that it neither had before nor gets from this step. */
const wasChangedByOthers = ({ target, before }: Exclude<Change, { readonly kind: 'refuse' }>, seen: Host): boolean => {
  if (target.mode !== 'sslcert' || seen.mode !== 'sslcert') return false
  const known = new Set([...idsOf(target), ...(before?.certificates ?? []).map(({ id }) => id)])
  return seen.certificates.some(({ id }) => !known.has(id))
}

/** What a handshake with EdgeOne itself showed: a verdict on the leaf, or why there was none. */
export type SeenAtEdge =
  | 'expected'
  | 'previous'
  | 'another'
  | 'wrong-name'
  | 'no-witness'
  | 'no-handshake'
  | 'unreachable'

/** What proves harm, and what proves it only if the host had a certificate before; otherwise, why it proves none. */
const evidence: Readonly<Record<SeenAtEdge, 'always' | 'if it had one' | { readonly none: Text }>> = {
  previous: 'always',
  'wrong-name': 'if it had one',
  'no-handshake': 'if it had one',
  expected: { none: { en: 'EdgeOne itself serves the new certificate', zh: 'EdgeOne 节点返回的已是新证书' } },
  another: {
    none: {
      en: 'EdgeOne no longer serves the previous certificate, so the change may have taken effect',
      zh: 'EdgeOne 已不再返回原证书，修改可能已生效',
    },
  },
  'no-witness': { none: { en: 'nothing proves that the change did harm', zh: '没有证据表明修改造成了影响' } },
  unreachable: {
    none: {
      en: 'EdgeOne could not be probed from here, which proves nothing',
      zh: '无法从此处探测 EdgeOne，因此无从判断',
    },
  },
}

/** Judges by a handshake with EdgeOne itself; `undefined`: it is unknown where EdgeOne can be reached. Pure. */
export const judgeAtEdge = (seen: SeenAtEdge | undefined, before: Host | undefined): Judgement => {
  if (seen === undefined) {
    const why = {
      en: 'EdgeOne returned no CNAME, so what EdgeOne itself serves is unknown',
      zh: 'EdgeOne 未返回 CNAME，因此无法得知 EdgeOne 节点返回的证书',
    }
    return { do: 'leave', why }
  }
  const proof = evidence[seen]
  if (typeof proof === 'object') return { do: 'leave', why: proof.none }
  const hadCertificate = (before?.certificates.length ?? 0) > 0 && before?.mode !== 'disable'
  if (proof === 'always' || hadCertificate) return { do: 'restore' }
  return { do: 'leave', why: { en: 'it had no certificate before', zh: '修改前没有证书' } }
}
