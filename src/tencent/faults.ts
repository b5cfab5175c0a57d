import { Problem } from '../model/problem.ts'

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

/**
 * Which refusals concern all hosts of a site alike, so that nothing is gained by asking for each: `Code*` as above. Our own codes
 * (the network, the deadline, a cancellation) are among them. What is not here may concern one host.
 */
export const everyHost: readonly string[] = [
  'Network*',
  'Run*',
  'AuthFailure*',
  'UnauthorizedOperation*',
  'RequestLimitExceeded*',
  'LimitExceeded*',
  'InternalError*',
  'ServiceUnavailable',
  'ActionOffline',
  'IpInBlacklist',
  'IpNotInWhitelist',
  'InvalidAction',
  'InvalidRequest',
  'MissingParameter',
  'NoSuchProduct',
  'NoSuchVersion',
  'UnknownParameter',
  'UnsupportedOperation',
  'UnsupportedProtocol',
  'UnsupportedRegion',
  'FailedOperation.InvalidZoneStatus',
  'InvalidParameter.ZoneIsGrayPublishing',
  'InvalidParameterValue.ZoneNotFound',
  'OperationDenied.ConfigLocked',
  'OperationDenied.DisableZoneNotCompleted',
  'OperationDenied.ErrZoneIsAlreadyPaused',
  'OperationDenied.VersionControlIsGraying',
  'ResourceUnavailable.ZoneNotFound',
]

/** Which refusals concern a certificate, and so all hosts that are to have it. */
export const everyBearer: readonly string[] = [
  'FailedOperation.CertificateHasExpired',
  'FailedOperation.CertificateNotFound',
  'InvalidParameter.CertToExpire',
  'InvalidParameter.CertTooShortKeySize',
  'InvalidParameter.InvalidCertInfo',
  'OperationDenied.CertificatePrivateKeyIsEmpty',
  'ResourceUnavailable.CertNotFound',
]

/** Whether a refusal concerns a certificate that was to be bound. */
export const concernsCertificate = ({ code }: Problem): boolean => everyBearer.includes(code)

/** Whether a failure concerns all hosts alike; also one that lasted until the deadline, after which no call is made. */
export const concernsAll = ({ code, cause }: Problem): boolean =>
  [code, ...families(code)].some((key) => everyHost.includes(key)) ||
  (cause instanceof Problem && cause.code === 'Network.Deadline')

/** Whether a read was refused for want of permission, so that the step can go on without what it would have told. */
export const isForbidden = ({ code }: Problem): boolean =>
  // `UnauthorizedOperation.Unknown` is a fault of the service, by its text.
  /^(AuthFailure\.)?UnauthorizedOperation(\.(?!Unknown$)|$)/.test(code) ||
  /^FailedOperation\.(AuthError|CAMAuthorizedFail|NoProjectPermission)$/.test(code)

/** Whether EdgeOne refused these hosts only together: what each of them keeps differs (reference, `OperationDenied.Hosts…Inconsistency`). */
export const concernsTogether = ({ code }: Problem): boolean =>
  /^OperationDenied\.(Hosts\w*Inconsistency|KeylessCertSwitchToFreeCertConflict)$/.test(code)

/** Whether a host refuses changes only as long as an earlier one is being deployed; no code says it, its message does. */
export const isDeploying = (problem: Problem): boolean =>
  /^OperationDenied(\.|$)/.test(problem.code) &&
  !concernsAll(problem) &&
  /部署中|deploy|当前域名状态|domain status/i.test(problem.message)

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
