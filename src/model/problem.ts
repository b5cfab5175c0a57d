import type { Explanation } from '../errors/index.ts'
import { own } from '../errors/own.ts'

/** What is known of a failure. `message` says what happened; the explanation says why, and what to do. */
export interface ProblemDetails {
  /** Tencent Cloud's code, or one of ours (`codes/own.ts`). */
  readonly code: string
  /** What happened, in one sentence. From the service, it is the service's own words and may be empty. */
  readonly message: string
  readonly explanation?: Explanation | undefined
  /** RequestId of the call that failed. */
  readonly requestId?: string | undefined
  /** HTTP status of the answer, where it was not the API's own. */
  readonly status?: number | undefined
  /** The system's or OpenSSL's name of a failed connection: `ECONNRESET`. */
  readonly errno?: string | undefined
  /** The peer of the connection, as `host:port`. */
  readonly address?: string | undefined
  /** Everything that is wrong with the inputs. */
  readonly findings?: readonly Finding[] | undefined
  /** What is to be pasted somewhere to mend it. */
  readonly paste?: Paste | undefined
  /** Whether the request had left this machine, so that the service may have applied it. */
  readonly sent?: Sent | undefined
  readonly cause?: unknown
}

/** One thing that is wrong with an input, each part a phrase: what was seen there, and what was expected. */
export interface Finding {
  readonly input: string
  readonly seen: string
  readonly expected: string
}

/** A finding as a part of a sentence. */
export const findingText = ({ input, seen, expected }: Finding): string => `${input}: saw ${seen}; expected ${expected}`

export interface Paste {
  /** A sentence, of ours. */
  readonly title: string
  readonly text: string
}

/** `never`: nothing was sent; `refused`: the service said no; `unknown`: it was sent, and no answer came. */
export type Sent = 'never' | 'refused' | 'unknown'

/** The one error of this action: a code, a sentence, a cause, a way out. Anything else that is thrown is a defect. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly explanation: Explanation | undefined
  readonly requestId: string | undefined
  readonly status: number | undefined
  readonly errno: string | undefined
  readonly address: string | undefined
  readonly findings: readonly Finding[]
  readonly paste: Paste | undefined
  readonly sent: Sent

  constructor(details: ProblemDetails) {
    super(details.message, { cause: details.cause })
    this.code = details.code
    this.explanation = details.explanation
    this.requestId = details.requestId
    this.status = details.status
    this.errno = details.errno
    this.address = details.address
    this.findings = details.findings ?? []
    this.paste = details.paste
    this.sent = details.sent ?? 'never'
  }
}

/** The same Problem with some of its details changed. */
export const altered = (problem: Problem, changes: Partial<ProblemDetails>): Problem => {
  const { message, cause } = problem
  return new Problem({ ...problem, message, cause, ...changes })
}

/** The same Problem, of a request that was under way when it happened. */
export const underWay = (problem: Problem): Problem => altered(problem, { sent: 'unknown' })

/** A Problem with one of our own codes, explained by `codes/own.ts`. */
export const ownProblem = (code: keyof typeof own, details: Omit<ProblemDetails, 'code' | 'explanation'>): Problem =>
  new Problem({ ...details, code, explanation: own[code] })

/**
 * Whatever was thrown, as a Problem: what is not one already is `Run.Unexpected`, with the thrown value as its cause. Where it
 * came from is unknown, and so is what had been sent.
 */
export const toProblem = (thrown: unknown): Problem => {
  if (thrown instanceof Problem) return thrown
  const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return ownProblem('Run.Unexpected', { message: what, cause: thrown, sent: 'unknown' })
}
