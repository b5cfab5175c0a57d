import type { Problem } from '../model/problem.ts'
import { stages } from '../model/stage.ts'
import { readableStage } from './wait.ts'
import type { Work } from './work.ts'

/**
 * Records that the step stopped at a stage that is not the one to wait for: the changed hosts at this stage have not reached it, whatever
 * becomes of them.
 */
export const tellStopped = (work: Work, at: 'accepted' | 'deployed', cause: Problem): void => {
  const { tracker, spec } = work
  const until = spec.waitFor === 'served' ? 'served' : readableStage(work, spec.waitFor)
  if (stages.indexOf(at) >= stages.indexOf(until)) return
  for (const { host, state, writes } of tracker.all()) {
    if (state === at && writes > 0) tracker.emit(host, { kind: 'interrupted', cause })
  }
}
