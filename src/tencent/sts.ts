import type { Credential, Role } from '../model/credential.ts'
import { isKeyText } from '../model/credential.ts'
import { ownProblem } from '../model/problem.ts'
import { fieldsOf, numberOf, textOf } from '../util/json.ts'
import type { Text } from '../util/language.ts'
import type { Api, Body } from './api.ts'
import type { Call } from './client.ts'
import type { Answer } from './response.ts'

/** An action of STS (reference 4): the one service here that needs a region. */
const stsApi = (action: string, more: Partial<Api> = {}): Api => ({
  service: 'sts',
  version: '2018-08-13',
  action,
  perSecond: 20,
  hasRegion: true,
  ...more,
})

/** A key that expires. */
export interface TemporaryKey {
  readonly credential: Credential
  /** Unix milliseconds, by the service's clock. */
  readonly expires: number
}

const roleFields = ({ arn, session, seconds }: Role): Body => ({
  RoleArn: arn,
  RoleSessionName: session,
  DurationSeconds: seconds,
})

/**
 * AssumeRoleWithWebIdentity (reference 4.1), which is not signed: the token authenticates the call. Each attempt gets a new one from
 * `token`, because a token that the service may have received is not sent again. Throws the Problem of the call, or of `token`.
 */
export const assumeRoleWithWebIdentity = async (
  call: Call,
  provider: string,
  role: Role,
  token: () => Promise<string>,
): Promise<TemporaryKey> => {
  const api = stsApi('AssumeRoleWithWebIdentity', { anonymous: true })
  const fresh = async () => ({ WebIdentityToken: await token() })
  return call(api, { ProviderId: provider, ...roleFields(role) }, keyIn, fresh)
}

/** AssumeRole (reference 4.2), with the key of a user or another role. Throws the Problem of the call. */
export const assumeRole = (call: Call, role: Role): Promise<TemporaryKey> =>
  call(stsApi('AssumeRole'), roleFields(role), keyIn)

const keyIn = ({ response, requestId }: Answer): TemporaryKey => {
  const given = fieldsOf(response['Credentials'])
  const [secretId, secretKey, token] = [
    textOf(given['TmpSecretId']),
    textOf(given['TmpSecretKey']),
    textOf(given['Token']),
  ]
  const seconds = numberOf(response['ExpiredTime'])
  const incomplete = (message: Text) => ownProblem('Network.Response', { message, requestId, sent: 'refused' })
  if (secretId === undefined || secretKey === undefined || token === undefined || seconds === undefined) {
    throw incomplete({
      en: 'The answer of STS contains no complete temporary key',
      zh: 'STS 的响应中没有完整的临时密钥',
    })
  }
  // The ID and the token are sent as headers.
  if (![secretId, secretKey, token].every(isKeyText)) {
    throw incomplete({
      en: 'The answer of STS contains a temporary key with characters that keys do not contain',
      zh: 'STS 的响应中的临时密钥含有密钥中不会出现的字符',
    })
  }
  return { credential: { secretId, secretKey, token }, expires: seconds * 1000 }
}

/** Who calls: GetCallerIdentity (reference 4.3). Throws the Problem of the call. */
export const readCaller = (call: Call): Promise<{ readonly account: string; readonly arn: string }> =>
  call(stsApi('GetCallerIdentity'), {}, ({ response }) => ({
    account: textOf(response['AccountId']) ?? '',
    arn: textOf(response['Arn']) ?? '',
  }))
