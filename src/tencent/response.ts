import { isOwn, rowOf, type ServiceCode, withPermission } from '../errors/index.ts'
import type { HttpResponse } from '../model/ports.ts'
import { ownProblem, Problem } from '../model/problem.ts'
import { type Fields, fieldsOf, isFields, jsonOf, textOf } from '../util/json.ts'
import { inBoth, type Text } from '../util/language.ts'
import { brief, clip } from '../util/text.ts'
import type { Api } from './api.ts'

/** The answer of a call that succeeded. */
export interface Answer {
  readonly requestId: string | undefined
  /** `Response` of the answer; its fields are for the caller to parse. */
  readonly response: Fields
}

/** Maximum length of a message, and of a code or RequestId, characters: outputs of megabytes could not be passed on in a variable. */
const maxMessage = 16_384
const maxName = 256

/** The beginning of an unexpected body, for a message. It is scrubbed before it is cut. */
const glimpse = (body: string, scrub: (text: string) => string): Text => {
  const line = brief(scrub(body.slice(0, 65_536)), 160)
  return line === '' ? { en: 'an empty body', zh: '响应体为空' } : { en: `“${line}”`, zh: `响应体为“${line}”` }
}

/**
 * The answer of an API 3.0 call. The API answers successes and refusals with HTTP 200; any other status is not from the API itself.
 * Failures are scrubbed, because gateways quote requests. Throws the refusal with its code, or `Network.Redirect`,
 * `Network.HttpStatus`, `Network.Response`.
 */
export const readAnswer = (
  api: Api,
  { status, body }: HttpResponse,
  scrub: (text: string) => string = (text) => text,
): Answer => {
  if (status >= 300 && status < 400) {
    const message = { en: `HTTP ${status}: a redirect`, zh: `HTTP ${status}：重定向` }
    throw ownProblem('Network.Redirect', { message, status, sent: 'refused' })
  }
  if (status !== 200) {
    const { en, zh } = glimpse(body, scrub)
    const message = { en: `HTTP ${status} with ${en}`, zh: `HTTP ${status}，${zh}` }
    throw ownProblem('Network.HttpStatus', { message, status, sent: 'unknown' })
  }
  const answer = jsonOf(body)
  const response = fieldsOf(answer)['Response']
  if (!isFields(response)) {
    const what =
      answer === undefined
        ? { en: 'The answer is not JSON', zh: '响应不是 JSON' }
        : { en: 'The answer has no “Response”', zh: '响应中没有“Response”' }
    const { en, zh } = glimpse(body, scrub)
    const message = { en: `${what.en}: ${en}`, zh: `${what.zh}，${zh}` }
    throw ownProblem('Network.Response', { message, sent: 'unknown' })
  }
  const id = textOf(response['RequestId'])
  const requestId = id === undefined ? undefined : clip(scrub(id), maxName)
  const error = response['Error']
  if (error === undefined || error === null) return { requestId, response }
  throw refusal(api, fieldsOf(error), requestId, scrub)
}

const refusal = (
  { service, action }: Api,
  { Code, Message }: ReturnType<typeof fieldsOf>,
  requestId: string | undefined,
  scrub: (text: string) => string,
): Problem => {
  const code = serviceCode(scrub(textOf(Code) ?? ''))
  const row = rowOf(service, code)
  return new Problem({
    code,
    message: inBoth(clip(scrub(textOf(Message) ?? ''), maxMessage)),
    row: row?.forbidden ? withPermission(row, { service, action }) : row,
    call: { service, action },
    requestId,
    sent: 'refused',
  })
}

/** The code of a refusal. One that looks like a code of this action is replaced, so that they are not confused. */
const serviceCode = (value: string): ServiceCode => {
  const code = brief(value, maxName)
  return (code === '' || isOwn(code) ? 'FailedOperation' : code) as ServiceCode
}
