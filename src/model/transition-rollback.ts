import { type Text, unfinished } from '../util/language.ts'
import { altered, ownProblem, type Problem } from './problem.ts'
import type { Progress, RollbackEvent } from './progress.ts'

/** The progress of a host that did not reach its target, after an event of its rollback. Pure. */
export const rollBackTransition = (progress: Progress, event: RollbackEvent): Progress => {
  const { problem = ownProblem('Run.Unexpected', { message: unexplained }), ...rest } = progress
  const seen = ('seen' in event ? event.seen : undefined) ?? progress.seen
  switch (event.kind) {
    case 'recovered':
      return { ...rest, state: event.stage, seen }
    case 'left':
      return { ...progress, seen, problem: left(problem, event.why) }
    // Whatever ends the step from here on, the report must not forget the rollback.
    case 'rollback-started':
      return { ...rest, state: 'rollback-failed', problem: event.problem, harm: problem, seen }
    case 'rollback-accepted':
      return { ...rest, state: 'rollback-failed', problem: event.problem, requestId: event.requestId }
    case 'rolled-back':
      return {
        ...rest,
        state: 'rolled-back',
        problem: progress.harm ?? problem,
        seen: event.seen,
        requestId: event.requestId,
        drift: event.drift ?? progress.drift,
      }
    case 'rollback-failed':
      return { ...rest, state: 'rollback-failed', problem: event.problem, seen }
    default:
      return event satisfies never
  }
}

const unexplained = { en: 'Rolled back without a reason', zh: '没有原因的回滚' }

const left = (problem: Problem, why: Text): Problem => {
  const { en, zh } = unfinished(problem.text)
  return altered(problem, {
    message: { en: `${en}. Not rolled back: ${why.en}`, zh: `${zh}。未回滚：${why.zh}` },
  })
}
