import type { Obstacle } from '../model/github.ts'
import { hasCode, Problem, toProblem } from '../model/problem.ts'
import { fieldsOf, listOf, numberOf, textOf } from '../util/json.ts'
import { timeOfDay } from '../util/text.ts'

/** Why a call failed, and after how many milliseconds it may be made again; never, when absent. */
export interface Fault {
  readonly why: Obstacle
  readonly detail: string
  readonly pauseMs?: number
}

/** What GitHub asks for after its secondary rate limit, when it does not say how long. */
const secondaryMs = 60_000

/** The HTTP status of an error of Octokit; undefined when no answer came. */
export const statusOf = (thrown: unknown): number | undefined =>
  isObject(thrown) && isObject(thrown['response']) ? numberOf(thrown['status']) : undefined

/** What was thrown by Octokit. `backOff`: the pause after a fault of the service or of the network, milliseconds; `now`: Unix milliseconds. */
export const faultOf = (thrown: unknown, now: number, backOff: number): Fault => {
  const status = statusOf(thrown)
  if (status === undefined) return withoutAnswer(thrown, backOff)
  const { headers, data } = fieldsOf(fieldsOf(isObject(thrown) ? thrown['response'] : undefined))
  const said = textOf(fieldsOf(data)['message']) ?? ''
  const detail = [`HTTP ${status}`, said].filter((part) => part !== '').join(': ')
  // Behind a gateway that fails stands a page of HTML.
  if (status >= 500) return { why: 'fault', detail: `HTTP ${status}`, pauseMs: backOff }
  const limit = limitOf(status, fieldsOf(headers), said)
  if (limit === undefined) return { why: isAccess(status, said) ? 'refused' : 'fault', detail }
  const pauseMs = Math.max(backOff, limit.until === undefined ? limit.waitMs : limit.until - now)
  return { why: 'rate limit', detail: `${detail}; until ${timeOfDay(now + pauseMs)}`, pauseMs }
}

/** Whether the token lacks a permission; GitHub answers 404 for what it may not read. A locked pull request takes no comment of anybody. */
const isAccess = (status: number, said: string): boolean =>
  (status === 401 || status === 403 || status === 404) && !/\blocked\b/.test(said)

type Limit = { readonly until: number } | { readonly until?: never; readonly waitMs: number }

/** How long a rate limit lasts, if one is the reason: GitHub answers 403 or 429 to both of its limits. */
const limitOf = (status: number, headers: Readonly<Record<string, unknown>>, said: string): Limit | undefined => {
  if (status !== 403 && status !== 429) return undefined
  const number = (name: string) => numberOf(Number.parseInt(textOf(headers[name]) ?? '', 10))
  const [after, remaining, reset] = [
    number('retry-after'),
    number('x-ratelimit-remaining'),
    number('x-ratelimit-reset'),
  ]
  if (after !== undefined) return { waitMs: 1000 * after }
  if (remaining === 0 && reset !== undefined) return { until: 1000 * reset }
  return status === 429 || /rate limit/i.test(said) ? { waitMs: secondaryMs } : undefined
}

/** The network failed, GraphQL answered with errors, or the answer could not be used. */
const withoutAnswer = (thrown: unknown, backOff: number): Fault => {
  const errors = isObject(thrown) ? listOf(thrown['errors']) : []
  const [first] = errors
  if (first !== undefined) {
    const detail = textOf(first['message']) ?? 'GraphQL'
    return first['type'] === 'RATE_LIMITED'
      ? { why: 'rate limit', detail, pauseMs: secondaryMs }
      : { why: 'refused', detail }
  }
  const cause = thrown instanceof Error && thrown.cause instanceof Problem ? thrown.cause : thrown
  const problem = toProblem(cause)
  const end = endOf(problem)
  if (end !== undefined) return { why: end, detail: problem.message }
  return { why: 'fault', detail: problem.message, ...(problem.row?.retry === undefined ? {} : { pauseMs: backOff }) }
}

const endOf = (problem: Problem): Obstacle | undefined => {
  if (hasCode(problem, 'Run.Cancelled')) return 'cancelled'
  return hasCode(problem, 'Network.Deadline') ? 'deadline' : undefined
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
