import { type Action, unknownInputs } from './inputs/table.ts'
import type { Warn, World } from './model/ports.ts'
import { hasCode, Problem } from './model/problem.ts'
import type { CallRecord } from './model/result.ts'
import type { Task } from './model/task.ts'
import { mapped, type Text } from './util/language.ts'
import { oneLine } from './util/text.ts'

/** Collects the warnings and API calls of a run. */
export const runRecord = ({ env, log, clock }: World) => {
  const start = clock.now()
  const calls: CallRecord[] = []
  const warnings: Text[] = []
  const warn: Warn = (title, message) => {
    warnings.push(message)
    log.annotate({ level: 'warning', title, message: mapped(message, oneLine) })
  }
  const tellShare = ({ accounts, shard }: Pick<Task<unknown>, 'accounts' | 'shard'>): void => {
    if (accounts.length > 0) return
    const message = {
      en: `No account of the manifest falls to share ${shard ?? ''}, so there was nothing to do.`,
      zh: `清单文件中没有账号属于分片 ${shard ?? ''}，因此没有需要处理的内容。`,
    }
    log.annotate({ level: 'notice', title: { en: 'Share', zh: '分片' }, message })
  }
  const warnUnknown = (action: Action): void => {
    for (const message of unknownInputs(env, action)) warn({ en: 'Unknown input', zh: '未知输入' }, message)
  }
  /** Tells a maintainer of defects; `problems` are what the run failed with. */
  const end = (problems: readonly (Problem | undefined)[]): void => {
    for (const problem of new Set(problems)) {
      if (problem !== undefined && hasCode(problem, 'Run.Unexpected')) log.debug(originOf(problem))
    }
  }
  return { start, calls, warnings, warn, tellShare, warnUnknown, end }
}

/** Where a defect came from: the stack of what was thrown, which may be the cause of a cause. */
const originOf = (problem: Problem): string => {
  let { cause } = problem
  while (cause instanceof Problem) cause = cause.cause
  return cause instanceof Error ? String(cause.stack) : problem.message
}
