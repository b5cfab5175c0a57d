import { isOwn, rowOf, type ServiceCode } from '../errors/index.ts'
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

/** The beginning of an unexpected body, for a message. */
const glimpse = (body: string): string => {
  const line = brief(body, 160)
  return line === '' ? 'an empty body' : `“${line}”`
}

/**
 * The answer of an API 3.0 call. The API answers successes and refusals with HTTP 200; any other status is not from the API itself.
 * Throws the refusal with its code, or `Network.Redirect`, `Network.HttpStatus`, `Network.Response`.
 */
export const readAnswer = (api: Api, { status, body }: HttpResponse): Answer => {
  if (status >= 300 && status < 400) {
    throw ownProblem('Network.Redirect', { message: `HTTP ${status}: a redirect`, status, sent: 'refused' })
  }
  if (status !== 200) {
    throw ownProblem('Network.HttpStatus', { message: `HTTP ${status} with ${glimpse(body)}`, status, sent: 'unknown' })
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
  const code = serviceCode(Code)
  throw new Problem({
    code,
    message: textOf(Message) ?? '',
    row: rowOf(api.service, code),
    requestId,
    sent: 'refused',
  })
}

/** The code of a refusal. One that looks like a code of this action is replaced, so that they are not confused. */
const serviceCode = (value: unknown): ServiceCode => {
  const code = oneLine(textOf(value) ?? '')
  return (code === '' || isOwn(code) ? 'FailedOperation' : code) as ServiceCode
}
