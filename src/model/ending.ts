import { inBoth, sentences } from '../util/language.ts'
import { timeOfDay } from '../util/text.ts'
import { ownProblem, type Problem } from './problem.ts'
import type { Progress } from './progress.ts'
import { readingText } from './reading.ts'

/** After this many readings that do not show an accepted change, the call is sent again. */
export const maxUnmoved = 3
/** How many calls EdgeOne accepts for a host before the step gives up on it. */
export const maxWrites = 3
/** After this many readings in a row without a host, it counts as deleted: a host may move between pages while they are read. */
const maxMissing = 2

/** At the deadline: the last reading, and why it is not enough. */
export const miss = (progress: Progress): Progress => {
  const { state, writes, unmoved, requestId, seen } = progress
  if (writes === 0 && (state === 'waiting' || (state === 'untouched' && seen !== undefined))) return missBusy(progress)
  if (state === 'untouched') return progress
  const { problem: _, ...rest } = { ...progress, due: false }
  const repeated = writes >= maxWrites && unmoved > 0
  const silence =
    progress.quietSince === undefined
      ? inBoth('')
      : { en: ', and EdgeOne did not say whether it was in effect', zh: '，且 EdgeOne 未说明是否已生效' }
  const calls = repeated
    ? { en: `, after EdgeOne accepted ${maxWrites} calls for it`, zh: `，此前 EdgeOne 已接受 ${maxWrites} 次请求` }
    : inBoth('')
  const { en, zh } = readingText(progress)
  const message = { en: en + calls.en + silence.en, zh: zh + calls.zh + silence.zh }
  const code = repeated ? 'Verify.NotTaken' : 'Verify.NotDeployed'
  return { ...rest, state: 'timed-out', problem: ownProblem(code, { message, requestId }) }
}

/** For a host to which no call was sent, because it was busy or seemed to be. */
const missBusy = (progress: Progress): Progress => {
  const { state, inDoubt, denied, requestId } = progress
  const { problem, ...rest } = { ...progress, due: false, denied: false }
  // No reading has shown that the host was busy.
  if (denied && problem !== undefined) return { ...rest, state: inDoubt ? 'unknown' : 'refused', problem }
  const { en, zh } = readingText(progress)
  const late = {
    en: `${en}: its earlier deployment ended too late for another change`,
    zh: `${zh}：之前的部署结束过晚，来不及再次修改`,
  }
  const message = state === 'untouched' ? late : { en, zh }
  const busy = problem ?? ownProblem('Verify.HostBusy', { message, requestId })
  return { ...rest, state: inDoubt ? 'unknown' : 'waiting', problem: busy }
}

/** After a reading of the site without the host. */
export const lose = (progress: Progress, at: number): Progress => {
  const { host, writes, requestId } = progress
  const missing = progress.missing + 1
  if (missing < maxMissing) return { ...progress, missing }
  const message = {
    en: `At ${timeOfDay(at)}, the site no longer had the host ${host}`,
    zh: `${timeOfDay(at)} 时，站点中已没有域名 ${host}`,
  }
  const problem = ownProblem('Verify.HostGone', { message, requestId })
  return { ...progress, missing, due: false, denied: false, state: writes > 0 ? 'failed' : 'inactive', problem }
}

/** When the step stops before the host has reached the stage that it waits for. */
export const interrupt = (progress: Progress, cause: Problem): Progress => {
  const { host, requestId, readAt } = progress
  if (progress.state === 'deployed') {
    const message = {
      en: `At ${timeOfDay(readAt)}, ${host} was deployed, but the step stopped before a TLS handshake showed what it serves`,
      zh: `${timeOfDay(readAt)} 时，${host} 已部署，但步骤在通过 TLS 握手确认其返回的证书之前已停止`,
    }
    const problem = ownProblem('Verify.NotProbed', { message, requestId, cause })
    return { ...progress, state: 'not-served', problem }
  }
  const lead = {
    en: `${host} was changed, but the step stopped before it saw the change in effect.`,
    zh: `${host} 已修改，但步骤在确认修改生效之前已停止。`,
  }
  const message = sentences([lead, readingText(progress)])
  const problem = ownProblem('Verify.NotDeployed', { message, requestId, cause })
  return { ...progress, due: false, denied: false, state: 'timed-out', problem }
}
