import { ownProblem, type Problem, toProblem } from '../model/problem.ts'
import type { ApiVersion, Setting } from '../tencent/teo.ts'
import type { Change } from './batches.ts'
import type { Entry, Ledger } from './ledger.ts'

/** Time that a rollback has of its own, milliseconds: what calls for it is mostly that the deadline of the step came. */
export const rollbackTime = 5 * 60_000

/** What a host had, as a setting; undefined when it cannot be given back, for nothing is known of it. */
const settingBefore = ({ step: { before } }: Entry, version: ApiVersion): Setting | undefined => {
  if (before === undefined) return undefined
  const ids = before.certificates.map(({ id }) => id)
  switch (before.mode) {
    case undefined:
      // 2022-01-06 knows no modes; under 2022-09-01 the host came without a word about its certificate.
      if (version === '2022-09-01') return undefined
      return ids.length === 0 || before.certificates.every(({ type }) => type === 'default')
        ? { mode: 'default', ids: [] }
        : { mode: 'sslcert', ids }
    case 'sslcert':
      return ids.length === 0 ? undefined : { mode: 'sslcert', ids }
    case 'eofreecert':
    case 'eofreecert_manual':
    case 'disable':
      return { mode: before.mode, ids: [] }
    default:
      return undefined
  }
}

/** A host that was changed and has not got what it should have, and the change that gives it back what it had; none when that is not known. */
export interface WayBack {
  readonly entry: Entry
  readonly change: Change | undefined
}

/** The ways back of all hosts that need one. */
export const waysBack = (ledger: Ledger, version: ApiVersion): WayBack[] =>
  [...ledger.values()]
    .filter(({ writes, problem }) => writes > 0 && problem !== undefined)
    .map((entry) => {
      const setting = settingBefore(entry, version)
      if (setting === undefined) return { entry, change: undefined }
      const { step, after } = entry
      const { host } = entry
      const before = after === undefined ? step.before : { host, ...after }
      const change = { host, before, setting, keeps: [], replaces: [], drops: [] }
      return { entry, change: { ...change, kind: 'bind', reason: 'did not get there: gets back what it had' } }
    })

/** One word of a POSIX shell, whatever it holds (POSIX.1-2024, Shell Command Language §2.2.2): a reader pastes it. */
const word = (text: string): string => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

/** The call that gives hosts back by hand what they had, for a shell with Tencent Cloud's command line. */
const byHand = (zoneId: string, host: string, setting: Setting | undefined, version: ApiVersion): string => {
  if (setting === undefined) return ''
  const info = JSON.stringify(setting.ids.map((CertId) => ({ CertId })))
  const call = `tccli teo ModifyHostsCertificate --ZoneId ${word(zoneId)} --Hosts ${word(JSON.stringify([host]))}`
  if (version === '2022-01-06') {
    return `${call} --version 2022-01-06${setting.mode === 'default' ? '' : ` --CertInfo ${word(info)}`}`
  }
  return `${call} --Mode ${word(setting.mode)}${setting.mode === 'sslcert' ? ` --ServerCertInfo ${word(info)}` : ''}`
}

/** Marks what EdgeOne took and nobody saw in effect, because the step stopped for another reason: it is to go back, too. */
export const noteUnfinished = (ledger: Ledger, cause: Problem): void => {
  for (const entry of ledger.values()) {
    if (entry.state !== 'accepted' || entry.writes === 0) continue
    const message = `${entry.host} was changed, and the step stopped before it was seen in effect`
    const problem = ownProblem('Verify.NotDeployed', { message, requestId: entry.requestId, cause })
    Object.assign(entry, { state: 'late', problem })
  }
}

const untold = (reached: Entry | undefined, change: Change | undefined): string => {
  if (change === undefined) return 'what it had is not known'
  return (reached?.writes ?? 0) > 0 ? 'EdgeOne took the call for it, and it was not seen in effect' : 'it was not tried'
}

/**
 * Gives hosts back what they had, by `restore`, which makes the changes, stays until they are in effect, and returns a ledger of how
 * they stand. Writes into the entries what came of it; a host that did not get it back has the command for it in its problem.
 */
export const rollBack = async (
  ways: readonly WayBack[],
  { zoneId, apiVersion }: { readonly zoneId: string; readonly apiVersion: ApiVersion },
  restore: (changes: readonly Change[]) => Promise<Ledger>,
): Promise<void> => {
  const changes = ways.flatMap(({ change }) => change ?? [])
  const back = await restore(changes)
  for (const { entry, change } of ways) {
    const reached = back.get(entry.host)
    const cause = entry.problem
    if (reached?.state === 'deployed' || reached?.state === 'unchanged') {
      Object.assign(entry, { state: 'rolled-back', after: reached.after, requestId: reached.requestId })
      continue
    }
    const why = reached?.problem?.message ?? untold(reached, change)
    const command = byHand(zoneId, entry.host, change?.setting, apiVersion)
    const message = `${entry.host} did not get back what it had: ${why.replace(/\.$/, '')}${command === '' ? '' : `. By hand: ${command}`}`
    const problem = ownProblem('Verify.RollbackFailed', {
      message,
      requestId: reached?.requestId,
      cause: toProblem(cause),
    })
    Object.assign(entry, { state: 'adrift', problem, after: reached?.after ?? entry.after })
  }
}
