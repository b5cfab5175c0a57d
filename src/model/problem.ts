import {
  type Call,
  type Code,
  type Concerns,
  type KnownServiceCode,
  type OwnCode,
  ownRow,
  type Row,
} from '../errors/index.ts'
import { inBoth, mapped, spaced, type Text } from '../util/language.ts'
import { isOneOf, uniqueBy } from '../util/lists.ts'
import { listedTexts } from '../util/text.ts'

/** What is known about a failure. `message` says what happened; the catalogue row of its code says why, and what to do. */
export interface ProblemDetails {
  readonly code: Code
  /** What happened, in one sentence. If the service reported it: the service's own text, which may be empty. */
  readonly message: Text
  /** From the catalogue; absent for a code that it does not list. */
  readonly row?: Row | undefined
  /** The call that the service refused. */
  readonly call?: Call | undefined
  /** RequestId of the call that failed. */
  readonly requestId?: string | undefined
  /** HTTP status of an answer that did not come from the API itself. */
  readonly status?: number | undefined
  /** The error name of a failed connection, from the system or OpenSSL: `ECONNRESET`. */
  readonly errno?: string | undefined
  /** The peer of the connection, as `host:port`. */
  readonly address?: string | undefined
  /** Everything that is wrong with the inputs. */
  readonly findings?: readonly Finding[] | undefined
  /** A text that fixes it, ready to paste. */
  readonly paste?: Paste | undefined
  /** Whether the request had left this machine, so that the service may have applied it. */
  readonly sent?: Sent | undefined
  readonly cause?: unknown
}

/** One thing that is wrong with an input: what it holds, and what was expected. */
export interface Finding {
  readonly input: string
  readonly seen: Text
  readonly expected: Text
  /** The parts are phrases when absent; with `sentences`, they say what is wrong, and a hint. */
  readonly form?: 'sentences'
  /** Where it stands in a file of the workspace. */
  readonly at?: Place | undefined
}

/** A position in a file of the workspace, from 1. */
export interface Place {
  /** Relative to the workspace. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A finding in running text. */
export const findingText = (finding: Finding): Text => {
  const { input, at } = finding
  const where = at === undefined ? input : `${at.file}:${at.line}:${at.column} ${input}`
  const { en, zh } = findingBody(finding)
  return { en: `${where}: ${en}`, zh: `${where}：${zh}` }
}

/** The same without the input and its place. */
export const findingBody = ({ seen, expected, form }: Pick<Finding, 'seen' | 'expected' | 'form'>): Text => {
  if (form === 'sentences') return { en: `${seen.en}. ${expected.en}`, zh: `${seen.zh}。${expected.zh}` }
  return {
    en: `got ${seen.en}; expected ${expected.en}.`,
    zh: `${spaced('实际为', seen.zh)}，${spaced('应为', expected.zh)}。`,
  }
}

export interface Paste {
  /** A sentence written by this action. */
  readonly title: Text
  readonly text: string
}

/** `never`: nothing was sent; `refused`: the service refused it; `unknown`: it was sent, but no answer came. */
export type Sent = 'never' | 'refused' | 'unknown'

/** The one error of this action: a code, a sentence, a cause, a fix. Anything else that is thrown is a defect. */
export class Problem extends Error {
  override readonly name = 'Problem'
  /** The message in every language; `message` is the English one. */
  readonly text: Text
  readonly code: Code
  readonly row: Row | undefined
  readonly call: Call | undefined
  readonly requestId: string | undefined
  readonly status: number | undefined
  readonly errno: string | undefined
  readonly address: string | undefined
  readonly findings: readonly Finding[]
  readonly paste: Paste | undefined
  readonly sent: Sent

  constructor(details: ProblemDetails) {
    const text = details.message
    super(text.en, { cause: details.cause })
    this.text = text
    this.code = details.code
    this.row = details.row
    this.call = details.call
    this.requestId = details.requestId
    this.status = details.status
    this.errno = details.errno
    this.address = details.address
    this.findings = details.findings ?? []
    this.paste = details.paste
    this.sent = details.sent ?? 'never'
  }
}

/** Whether a Problem has this code. Codes are compared only here, because `===` would accept a misspelt one. */
export const hasCode = (problem: Problem | undefined, code: OwnCode | KnownServiceCode): boolean =>
  problem?.code === code

/** Whom a Problem concerns. One that lasted until the deadline concerns all: no further call is made. */
export const concernsOf = ({ row, cause }: Problem): Concerns =>
  cause instanceof Problem && hasCode(cause, 'Network.Deadline') ? 'all' : (row?.concerns ?? 'host')

/** Whether the call was refused because the key has no permission for it. */
export const isForbidden = ({ row }: Problem): boolean => row?.forbidden ?? false

/** Whether the change was refused only because an earlier one is being deployed. */
export const isDeploying = ({ row, message }: Problem): boolean => row?.deployingIf?.test(message) ?? false

/** Whether the call was refused because something is busy: one of its hosts, or the whole site. */
const isBusy = (problem: Problem): boolean => {
  const { budget, only } = problem.row?.retry ?? {}
  return problem.sent === 'refused' && budget === 'deadline' && only === undefined && concernsOf(problem) === 'host'
}

/** Whether the hosts of the call should be read before it is sent again: no answer came, or something was busy. */
export const needsReading = (problem: Problem): boolean => problem.sent === 'unknown' || isBusy(problem)

/**
 * Whether the change was denied because of a state of the host, without saying for certain which: the host may be busy. A code that
 * concerns all hosts, or the certificate, says what it is.
 */
export const isDenied = (problem: Problem): boolean =>
  /^OperationDenied(\.|$)/.test(problem.code) && isOneOf(concernsOf(problem), 'host', 'together')

/** Whether an earlier change that is being deployed may be the reason of a refusal. */
export const mayBeDeploying = (problem: Problem): boolean => isDeploying(problem) || isDenied(problem)

/** The same Problem with some of its details changed. */
export const altered = (problem: Problem, changes: Partial<ProblemDetails>): Problem => {
  const { text, cause, ...details } = problem
  return new Problem({ ...details, message: text, cause, ...changes })
}

/** The same Problem, for a request that had been sent and not answered. */
export const underWay = (problem: Problem): Problem => altered(problem, { sent: 'unknown' })

/** A Problem with a code of this action. */
export const ownProblem = (code: OwnCode, details: Omit<ProblemDetails, 'code' | 'row'>): Problem =>
  new Problem({ ...details, code, row: ownRow(code) })

/**
 * Whatever was thrown, as a Problem. Anything that is not one becomes `Run.Unexpected`, with the thrown value as its cause; whether
 * a request had been sent is unknown.
 */
export const toProblem = (thrown: unknown): Problem => {
  if (thrown instanceof Problem) return thrown
  const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return ownProblem('Run.Unexpected', { message: inBoth(what), cause: thrown, sent: 'unknown' })
}

/** Code and message in one text. */
export const faultText = ({ code, text }: Problem): Text => mapped(text, (one) => `${code} ${one}`.trim())

/** Several Problems of one code as one that lists their messages; undefined when there are none. */
export const summarised = (problems: readonly Problem[] = []): Problem | undefined => {
  const different = [...new Set(problems)]
  const [first] = different
  if (first === undefined || different.length === 1) return first
  const texts = different.map(({ text }) => text)
  const message = listedTexts(
    uniqueBy(texts, ({ en }) => en),
    5,
  )
  const requestId = different.findLast((problem) => problem.requestId !== undefined)?.requestId
  return altered(first, { message, requestId, cause: undefined })
}

/** Whether the findings are all there is to tell. Beside the refusal of a call, they are what to compare. */
export const tellsInputs = ({ findings, call }: Problem): boolean => findings.length > 0 && call === undefined
