import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { claimsOf, issuer } from './oidc.ts'
import { type Action, type Answer, action, type Call, type Refusal } from './request.ts'
import { type Account, uin, userUin } from './state.ts'

/** STS: temporary keys for a role, and who a key belongs to (reference, 4). */

const version = '2018-08-13'
const maxSeconds = 43_200

/** An anonymous call has no signature and says so (reference, 4.1). */
export const anonymousRefusal = (headers: IncomingHttpHeaders): Refusal | undefined => {
  if (headers.authorization !== 'SKIP') {
    return ['AuthFailure.InvalidAuthorization', 'The authorization header is malformed.']
  }
  if (headers['x-tc-token'] !== undefined) return ['AuthFailure.TokenFailure', 'Token error.']
  if (!/^\d{10}$/.test(String(headers['x-tc-timestamp']))) {
    return ['MissingParameter', 'The request is missing the parameter `Timestamp`.']
  }
  return undefined
}

const badRegion = ({ region }: Call): Refusal | undefined => {
  if (region === '') return ['MissingParameter', 'The request is missing the parameter `Region`.']
  if (/^[a-z]{2}-[a-z]+(-[a-z0-9]+)*$/.test(region)) return undefined
  return ['UnsupportedRegion', 'The operation does not support this region.']
}

interface Assume {
  readonly RoleArn: string
  readonly RoleSessionName: string
  readonly DurationSeconds?: number
}
const assumeShape = { 'RoleArn!': 'string', 'RoleSessionName!': 'string', DurationSeconds: 'integer' } as const
const paramError = (what: string): Refusal => ['InvalidParameter.ParamError', `Invalid parameter: ${what}.`]

/** The rule of AssumeRole, applied to both actions: the reference gives none for the other. */
const badSession = ({ RoleSessionName, DurationSeconds = 1 }: Assume): Refusal | undefined => {
  if (!/^[\w+=,.@-]{2,128}$/.test(RoleSessionName)) return paramError('RoleSessionName')
  return DurationSeconds < 1 ? paramError('DurationSeconds') : undefined
}

/** A role's ID by either form of its ARN; undefined when the account has no such role, null when it is not an ARN. */
const roleId = ({ roles }: Account, arn: string): string | undefined | null => {
  const [, owner, form, role = ''] = /^qcs::cam::uin\/(\d+):(roleName|role)\/([^/]+)$/.exec(arn) ?? []
  if (owner === undefined) return null
  if (owner !== uin) return undefined
  return form === 'roleName' ? roles.get(role) : [...roles.values()].find((id) => id === role)
}

/** A new temporary key, which the signature check accepts until it expires. */
const temporary = (account: Account, { keys, now }: Call, role: string, body: Assume): Answer => {
  const { RoleSessionName: session, DurationSeconds = 7200 } = body
  const TmpSecretId = `AKID${randomBytes(48).toString('base64url')}`
  const TmpSecretKey = randomBytes(32).toString('base64')
  const Token = randomBytes(240).toString('base64url')
  const expires = now + (account.keyLifeMs ?? DurationSeconds * 1000)
  keys.set(TmpSecretId, { secretKey: TmpSecretKey, token: Token, expires, role: { id: role, session } })
  account.secretTexts.push(TmpSecretId, TmpSecretKey, Token)
  const ExpiredTime = Math.floor(expires / 1000)
  const Expiration = new Date(ExpiredTime * 1000).toISOString().replace('.000', '')
  return { ExpiredTime, Expiration, Credentials: { Token, TmpSecretId, TmpSecretKey } }
}

const denied = (operation: string, arn: string): Refusal => [
  'UnauthorizedOperation',
  `you are not authorized to perform operation (sts:${operation}), resource (${arn}) has no permission`,
]

interface WebIdentity extends Assume {
  readonly ProviderId: string
  readonly WebIdentityToken: string
}

export const assumeRoleWithWebIdentity = action<WebIdentity>(
  { [version]: { ...assumeShape, 'ProviderId!': 'string', 'WebIdentityToken!': 'string' } },
  (account, body, _, __, call) => {
    const bad = badRegion(call) ?? badSession(body)
    if (bad) return bad
    const { ProviderId, WebIdentityToken, RoleArn, DurationSeconds = 0 } = body
    if (DurationSeconds > maxSeconds) return paramError('DurationSeconds')
    if (!account.providers.has(ProviderId)) return paramError('ProviderId')
    const role = roleId(account, RoleArn)
    if (role === null) return paramError('RoleArn')
    const claims = claimsOf(WebIdentityToken)
    const seconds = call.now / 1000
    if (!claims || call.reused || !(Number(claims['nbf']) <= seconds && seconds < Number(claims['exp']))) {
      return ['InvalidParameter.WebIdentityTokenError', 'WebIdentityToken parameter error']
    }
    if (role === undefined) return ['InternalError.GetRoleError', 'Failed to get the role.']
    const { audience, subject } = account.trust
    const { iss, aud, sub } = claims as { readonly [name in 'iss' | 'aud' | 'sub']?: unknown }
    if (iss !== issuer || aud !== audience || !subject.test(String(sub))) {
      return denied('AssumeRoleWithWebIdentity', RoleArn)
    }
    return temporary(account, call, role, body)
  },
)

export const assumeRole = action<Assume>({ [version]: assumeShape }, (account, body, _, __, call) => {
  const bad = badRegion(call) ?? badSession(body)
  if (bad) return bad
  const { RoleArn, DurationSeconds = 0 } = body
  if (DurationSeconds > maxSeconds) {
    return ['InvalidParameter.OverTimeError', 'The expiration time exceeds the threshold.']
  }
  const role = roleId(account, RoleArn)
  if (role === null) return ['InvalidParameter.ResouceError', 'Six-segment resource description error.']
  if (role === undefined) {
    return ['ResourceNotFound.RoleNotFound', 'The role corresponding to the account does not exist.']
  }
  // The role trusts the account's user, not itself: a renewal needs the user's key.
  if (call.key?.role) return denied('AssumeRole', RoleArn)
  return temporary(account, call, role, body)
})

export const getCallerIdentity = action<object>({ [version]: {} }, (_, __, ___, ____, call) => {
  const bad = badRegion(call)
  if (bad) return bad
  const role = call.key?.role
  if (!role) {
    const Arn = `qcs::cam:${uin}:uin/${userUin}`
    return { Arn, AccountId: uin, UserId: userUin, PrincipalId: userUin, Type: 'CAMUser' }
  }
  const Arn = `qcs::sts:${uin}:assumed-role/${role.id}`
  return { Arn, AccountId: uin, UserId: `${role.id}:${role.session}`, PrincipalId: uin, Type: 'CAMRole' }
})

export const sts = {
  versions: [version],
  actions: new Map<string, Action>([
    ['AssumeRoleWithWebIdentity', assumeRoleWithWebIdentity],
    ['AssumeRole', assumeRole],
    ['GetCallerIdentity', getCallerIdentity],
  ]),
} as const
