import { explain } from '../errors/index.ts'
import type { HttpResponse } from '../model/ports.ts'
import { ownProblem, Problem } from '../model/problem.ts'
import { type Fields, fieldsOf, isFields, jsonOf, textOf } from '../util/json.ts'
import { brief, oneLine } from '../util/text.ts'
import type { Api } from './api.ts'

/** The answer of a call that succeeded. */
export interface Answer {
  readonly requestId: string | undefined
  /** `Response` of the answer; its fields are for the caller to parse. */
  readonly response: Fields
}

/** The beginning of a body that nobody expected, for a reader. */
const glimpse = (body: string): string => {
  const line = brief(body, 160)
  return line === '' ? 'an empty body' : `“${line}”`
}

/**
 * The answer of an API 3.0 call. HTTP 200 carries success and refusal alike; any other status is not the API's own.
 * Throws the refusal with its code, or `Network.Redirect`, `Network.HttpStatus`, `Network.Response`.
 */
export const readAnswer = (api: Api, { status, body }: HttpResponse): Answer => {
  if (status >= 300 && status < 400) {
    throw ownProblem('Network.Redirect', { message: `HTTP ${status}: a redirect`, sent: 'refused' })
  }
  if (status !== 200) {
    throw ownProblem('Network.HttpStatus', { message: `HTTP ${status} with ${glimpse(body)}`, sent: 'unknown' })
  }
  const answer = jsonOf(body)
  const response = fieldsOf(answer)['Response']
  if (!isFields(response)) {
    const message = answer === undefined ? 'The answer is not JSON' : 'The answer has no “Response”'
    throw ownProblem('Network.Response', { message: `${message}: ${glimpse(body)}`, sent: 'unknown' })
  }
  const requestId = textOf(response['RequestId'])
  const error = response['Error']
  if (error === undefined || error === null) return { requestId, response }
  const { Code, Message } = fieldsOf(error)
  const code = oneLine(textOf(Code) ?? '') || 'FailedOperation'
  throw new Problem({
    code,
    message: textOf(Message) ?? '',
    explanation: explain(api.service, code),
    requestId,
    sent: 'refused',
  })
}
