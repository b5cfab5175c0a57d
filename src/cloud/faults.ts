import type { Problem } from '../problem.ts'

/**
 * Which failures heal by themselves, as data: code -> why. Only these are tried again. A family is written `Code*` and
 * stands for the code and all codes below it. Source: the codes' own texts, the retry lists of the official SDKs and
 * of Tencent's Terraform provider, and reports from the field.
 */
export const healing: Readonly<Record<string, string>> = {
  'RequestLimitExceeded*': 'the account, or its address, sent too many requests this second',
  'LimitExceeded.RateLimitExceeded': 'EdgeOne got too many requests this second',
  'InvalidParameter.ActionInProgress': 'an earlier change of the site is still being carried out',
  ResourceInUse: 'the resource is busy with an earlier change',
  'InternalError*': 'the service had a fault of its own',
  ServiceUnavailable: 'the service is down for the moment',
  'Network.Connect': 'the network, or the service behind it, was away for a moment',
  'Network.Reset': 'the connection broke; the call sets a whole state, so sending it again is safe',
  'Network.Timeout': 'no answer came; the call sets a whole state, so sending it again is safe',
  'Network.Response': 'the answer was cut off or garbled on its way',
}

/** Below a healing family, and yet only a person can help: code -> why. */
export const lasting: Readonly<Record<string, string>> = {
  'InternalError.ConfigLocked': 'somebody locked the configuration, and somebody must unlock it',
  'InternalError.GetRoleError': 'the role that EdgeOne needs was not granted, which no waiting grants',
}

/** Why this failure is worth another attempt, or undefined: it is not. */
export const whyRetry = (problem: Problem): string | undefined => {
  const { code, message } = problem
  if (Object.hasOwn(lasting, code)) return undefined
  // A refusal without a word passes within minutes; one that states a reason does not.
  if (code === 'FailedOperation.ModifyFailed' && message.trim() === '')
    return 'EdgeOne refused without a reason, which passes (seen right after an upload)'
  if (code === 'Network.HttpStatus' && /^HTTP (5\d\d|429)\b/.test(message)) return 'a gateway in between had a fault'
  for (const key of [code, ...families(code)]) if (Object.hasOwn(healing, key)) return healing[key]
  return undefined
}

const families = (code: string): string[] => {
  const parts = code.split('.')
  return parts.map((_, i) => `${parts.slice(0, parts.length - i).join('.')}*`)
}
