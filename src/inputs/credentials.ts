import { type Credential, keyVariables, type Role, type SignIn } from '../model/credential.ts'
import { quote, type Reader } from './reader.ts'
import { variable } from './table.ts'

type KeyName = keyof typeof keyVariables

/** How the step signs in, from the inputs and the environment: a key, a role and a key, or a role and the job's OIDC token. */
export const parseSignIn = (given: Reader): SignIn => {
  const { get, wrong } = given
  const [secretId, secretKey, token] = [
    keyPart(given, 'secret-id'),
    keyPart(given, 'secret-key'),
    keyPart(given, 'session-token'),
  ]
  const key: Credential = {
    secretId: secretId ?? '',
    secretKey: secretKey ?? '',
    ...(token === undefined ? {} : { token }),
  }
  const hasKey = secretId !== undefined || secretKey !== undefined
  if (get('role-arn') === '') {
    if (get('oidc-provider') !== '') wrong('oidc-provider', quote(get('oidc-provider')), 'nothing without role-arn')
    needKey(given, key)
    return { kind: 'key', key }
  }
  const role = parseRole(given)
  const provider = get('oidc-provider')
  if (hasKey) {
    if (provider !== '')
      wrong('oidc-provider', quote(provider), 'nothing together with a key, which assumes the role by AssumeRole')
    needKey(given, key)
    return { kind: 'role', key, role }
  }
  if (!/^[\w.@-]{1,128}$/.test(provider)) {
    wrong(
      'oidc-provider',
      quote(provider),
      'the name of the identity provider in CAM (or a key that may assume the role)',
    )
  }
  return { kind: 'oidc', provider, audience: get('oidc-audience'), role }
}

/** One part of a key: from its input, otherwise from the first variable that is not blank. No message shows its value. */
const keyPart = ({ env, wrong }: Reader, name: KeyName): string | undefined => {
  const raw = [variable(name), ...keyVariables[name]]
    .map((from) => env[from] ?? '')
    .find((value) => value.trim() !== '')
  if (raw === undefined) return undefined
  const value = raw.trim()
  if (value !== raw)
    wrong(name, 'a value (not shown) that begins or ends with whitespace', 'only the key, as CAM shows it')
  else if (/[^\x21-\x7e]/.test(value)) {
    wrong(
      name,
      'a value (not shown) with whitespace or other characters that keys do not contain',
      'the key as CAM shows it',
    )
  } else if (name === 'secret-key' && /^(AKID|IKID)/.test(value)) {
    wrong(name, 'a SecretId (not shown): it begins with AKID or IKID', 'the SecretKey that belongs to the SecretId')
  }
  return value
}

const needKey = ({ wrong }: Reader, key: Credential): void => {
  for (const [name, value] of [
    ['secret-id', key.secretId],
    ['secret-key', key.secretKey],
  ] as const) {
    if (value === '') wrong(name, 'nothing', `a key, here or in ${keyVariables[name].join(', ')}`)
  }
}

/** Maximum lifetime of a temporary key, seconds (reference 4.1). */
const maxLifetime = 43_200

const parseRole = ({ env, get, wrong }: Reader): Role => {
  const arn = get('role-arn')
  if (!/^qcs::cam::uin\/\d+:(roleName\/[\w+=,.@-]+|role\/\d+)$/.test(arn)) {
    wrong('role-arn', quote(arn), 'qcs::cam::uin/<UIN>:roleName/<name>, as the CAM console shows it for the role')
  }
  const run = `github-${env['GITHUB_RUN_ID'] ?? 'run'}-${env['GITHUB_RUN_ATTEMPT'] ?? '1'}`
  const session = get('role-session-name') || run
  if (!/^[\w+=,.@-]{2,128}$/.test(session)) {
    wrong('role-session-name', quote(session), '2 to 128 letters, digits and any of + = , . @ _ -')
  }
  const seconds = Number(get('role-duration-seconds'))
  if (!Number.isSafeInteger(seconds) || seconds < 1 || seconds > maxLifetime) {
    wrong(
      'role-duration-seconds',
      quote(get('role-duration-seconds')),
      `a whole number of seconds, at most ${maxLifetime}`,
    )
  }
  return { arn, session, seconds }
}
