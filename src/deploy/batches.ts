import { type Problem, toProblem } from '../model/problem.ts'
import type { Step } from '../plan/plan.ts'
import { concernsAll, concernsCertificate, concernsTogether } from '../tencent/faults.ts'
import { inParallel, lotsOf } from '../util/concurrency.ts'
import { madeOnce } from '../util/memo.ts'

/** A step that changes its host. */
export type Change = Exclude<Step, { readonly kind: 'refuse' }>

/** Changes that share a call. */
export type Lot = readonly [Change, ...Change[]]

export interface ApplyOptions {
  /** One ModifyHostsCertificate call for these, which have one setting. Returns its RequestId; throws its Problem. */
  readonly bind: (changes: Lot) => Promise<string | undefined>
  readonly accepted: (changes: readonly Change[], requestId: string | undefined) => void
  /** These were in a call that failed, and no other call is made for them. */
  readonly failed: (changes: readonly Change[], problem: Problem) => void
}

/** No limit is documented for `Hosts`; this many were seen to work elsewhere, and a refused lot of them is searched in few calls. */
export const mostHosts = 100

/** Calls under way at once, when each has one host; how fast they leave is the pacer's. */
const width = 32

/**
 * Makes the changes. Hosts with the same setting, and the same client and upstream certificates, share a call. A refusal that may
 * concern one host is halved until that host is alone; one that concerns all is thrown, and what was not tried stays untouched.
 */
export const apply = async (changes: readonly Change[], options: ApplyOptions): Promise<void> => {
  const lots = groups(changes).flatMap((group) => inLots(group, mostHosts))
  // Calls for several hosts follow each other; one host a call is slow enough to go side by side.
  for (const lot of lots.filter(({ length }) => length > 1)) await applyLot(lot, options)
  const single = lots.filter(({ length }) => length === 1)
  await inParallel(single, width, (lot) => applyLot(lot, options))
}

/** Hosts that may share a call, in order of name. */
const groups = (changes: readonly Change[]): Change[][] => {
  const keyOf = madeOnce(({ mode, ids }: Change['setting']) => JSON.stringify([mode, ids.toSorted()]))
  const byMutual = Map.groupBy(changes, ({ before }) => before?.mutual ?? '')
  return [...byMutual.values()].flatMap((some) => [...Map.groupBy(some, ({ setting }) => keyOf(setting)).values()])
}

const inLots = (changes: readonly Change[], size: number): Lot[] =>
  lotsOf(changes, size).filter((lot): lot is [Change, ...Change[]] => lot.length > 0)

const applyLot = async (lot: Lot, options: ApplyOptions): Promise<void> => {
  try {
    options.accepted(lot, await options.bind(lot))
  } catch (thrown) {
    const problem = toProblem(thrown)
    const aboutCertificate = concernsCertificate(problem)
    // With certificates that are kept it may be one of those, which other hosts do not have; alone, it is what all are to get.
    if (concernsAll(problem) || (aboutCertificate && lot.every(({ keeps }) => keeps.length === 0))) {
      options.failed(lot, problem)
      throw problem
    }
    if (lot.length === 1 || aboutCertificate) return options.failed(lot, problem)
    const half = Math.ceil(lot.length / 2)
    if (concernsTogether(problem)) await inParallel(lot, width, (change) => applyLot([change], options))
    else for (const part of inLots(lot, half)) await applyLot(part, options)
  }
}
