import { isOwn, type Service } from '../../src/errors/index.ts'
import { altered, ownProblem, type Problem, type ProblemDetails, toProblem } from '../../src/model/problem.ts'
import { readAnswer } from '../../src/tencent/response.ts'
import { inBoth } from '../../src/util/language.ts'

/** A Problem with any code and its row: an own code, or a service's code read from an answer. */
export const problemOf = (
  code: string,
  {
    message = '',
    ...details
  }: Partial<Omit<ProblemDetails, 'code' | 'row' | 'message'>> & { readonly message?: string } = {},
  service: Service = 'teo',
): Problem => {
  if (isOwn(code)) return ownProblem(code, { message: inBoth(message), ...details })
  const body = JSON.stringify({ Response: { Error: { Code: code, Message: message }, RequestId: details.requestId } })
  const api = { service, version: '', action: details.call?.action ?? '', perSecond: 20 }
  try {
    readAnswer(api, { status: 200, body, date: undefined })
  } catch (thrown) {
    return altered(toProblem(thrown), { sent: 'never', ...details })
  }
  throw new Error(`${code} was read as a success`)
}
