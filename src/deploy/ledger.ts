import { Problem } from '../model/problem.ts'
import type { HostResult, HostState } from '../model/result.ts'
import type { Step } from '../plan/plan.ts'
import { isDeploying } from '../tencent/faults.ts'
import { list } from '../util/text.ts'
import type { Change } from './batches.ts'

/** A host on its way, as the step writes down what happens to it: whatever ends the run, this is what was done. */
export interface Entry extends HostResult {
  state: HostState
  step: Step
  after: HostResult['after']
  requestId: string | undefined
  problem: Problem | undefined
  writes: number
  /** A call for it was sent whose answer did not come. */
  inDoubt: boolean
  /** Readings since the last of them in which the host had not begun to move. */
  still: number
  /** Number of the reading in which it was last looked at. */
  lastReading: number
}

export type Ledger = ReadonlyMap<string, Entry>

/** A ledger of these steps, before anything is done. */
export const openLedger = (steps: readonly Step[]): Ledger => {
  const ledger = new Map<string, Entry>()
  for (const step of steps) ledger.set(step.host, entryOf(step))
  return ledger
}

/** All fields are there from the beginning, empty or not: one that comes later costs an object a second part. */
const entryOf = (step: Step): Entry => ({
  host: step.host,
  state: beginning[step.kind],
  step,
  after: undefined,
  requestId: undefined,
  problem: step.kind === 'refuse' ? step.problem : undefined,
  writes: 0,
  inDoubt: false,
  still: 0,
  lastReading: -1,
})

const beginning = { bind: 'untouched', wait: 'waiting', unchanged: 'unchanged', refuse: 'blocked' } as const

/** Writes down that EdgeOne took a change of these hosts. */
export const noteAccepted = (ledger: Ledger, changes: readonly Change[], requestId: string | undefined): void => {
  for (const { host } of changes) {
    const entry = ledger.get(host)
    if (entry === undefined) continue
    Object.assign(entry, { state: 'accepted', requestId, problem: undefined, writes: entry.writes + 1, still: 0 })
  }
}

/** Writes down that a change of these hosts failed. A host that is only being deployed is to be waited for. */
export const noteFailed = (ledger: Ledger, changes: readonly Change[], problem: Problem): void => {
  const first = { never: 'untouched', refused: 'refused', unknown: 'unknown' } as const
  const later = { never: 'accepted', refused: 'failed', unknown: 'accepted' } as const
  for (const { host } of changes) {
    const entry = ledger.get(host)
    if (entry === undefined) continue
    if (problem.sent === 'unknown') entry.inDoubt = true
    if (isDeploying(problem)) Object.assign(entry, { state: 'waiting', requestId: problem.requestId, problem })
    else
      Object.assign(entry, {
        state: (entry.writes > 0 ? later : first)[problem.sent],
        requestId: problem.requestId,
        problem,
      })
  }
}

/**
 * The failures of the hosts as one Problem: that of the code which most hosts have, with what is said of them; undefined when no host
 * failed.
 */
export const ledgerProblem = (ledger: Ledger): Problem | undefined => {
  const problems = [...ledger.values()].map(({ problem }) => problem).filter((problem) => problem !== undefined)
  const byCode = Map.groupBy(problems, ({ code }) => code)
  // What could not be given back is the loudest; otherwise what most hosts have.
  const [common = []] = [...byCode.values()].toSorted((a, b) => b.length - a.length)
  const most = byCode.get('Verify.RollbackFailed') ?? common
  const different = [...new Set(most)]
  const [first] = different
  if (first === undefined || different.length === 1) return first
  const { code, explanation, findings, sent } = first
  const message = list([...new Set(different.map((problem) => problem.message))], 5)
  const requestId = different.findLast((problem) => problem.requestId !== undefined)?.requestId
  return new Problem({ code, message, explanation, requestId, findings, sent })
}
