import { explain } from '../codes/index.ts'
import type { HttpResponse } from '../ports.ts'
import { ownProblem, Problem } from '../problem.ts'
import { clip, oneLine } from '../text.ts'
import type { Api } from './api.ts'

export interface CallResult {
  readonly requestId: string | undefined
  /** `Response` of the answer; its fields are for the caller to parse. */
  readonly response: Readonly<Record<string, unknown>>
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The beginning of a body that nobody expected, for a reader. */
const glimpse = (body: string): string => {
  const line = clip(oneLine(body), 160)
  return line === '' ? 'an empty body' : `“${line}”`
}

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/**
 * The answer of an API 3.0 call. HTTP 200 carries success and refusal alike; any other status is not the API's own.
 * Throws the refusal with its code, or `Network.Redirect`, `Network.HttpStatus`, `Network.Response`.
 */
export const readAnswer = (api: Api, { status, body }: HttpResponse): CallResult => {
  if (status >= 300 && status < 400) {
    throw ownProblem('Network.Redirect', { message: `HTTP ${status}: a redirect`, sent: 'refused' })
  }
  if (status !== 200) {
    throw ownProblem('Network.HttpStatus', { message: `HTTP ${status} with ${glimpse(body)}`, sent: 'unknown' })
  }
  const answer = parse(body)
  const response = isRecord(answer) ? answer['Response'] : undefined
  if (!isRecord(response)) {
    const message = answer === undefined ? 'The answer is not JSON' : 'The answer has no “Response”'
    throw ownProblem('Network.Response', { message: `${message}: ${glimpse(body)}`, sent: 'unknown' })
  }
  const requestId = text(response['RequestId']) || undefined
  const error = response['Error']
  if (error === undefined || error === null) return { requestId, response }
  const code = (isRecord(error) && oneLine(text(error['Code']))) || 'FailedOperation'
  throw new Problem({
    code,
    message: isRecord(error) ? text(error['Message']) : '',
    explanation: explain(api.service, code),
    requestId,
    sent: 'refused',
  })
}
