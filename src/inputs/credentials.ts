import type { Access } from '../credentials/index.ts'
import { keyVariables } from '../credentials/keys.ts'
import type { Credential } from '../tencent/sign.ts'
import type { Role } from '../tencent/sts.ts'
import { type Environment, variable } from './secrets.ts'
import { quote } from './values.ts'

type KeyName = keyof typeof keyVariables
type Name = KeyName | 'role-arn' | 'oidc-provider' | 'oidc-audience' | 'role-session-name' | 'role-duration-seconds'

export interface AccessInputs {
  readonly env: Environment
  /** The value of an input, trimmed, or its default. */
  readonly get: (name: Name) => string
  /** Takes down what is wrong with an input. */
  readonly wrong: (input: Name, seen: string, expected: string) => void
}

/** How the inputs, and the environment, say that the step comes to a key: a key, a role by a key, or a role by the job's OIDC token. */
export const parseAccess = (given: AccessInputs): Access => {
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
      wrong('oidc-provider', quote(provider), 'nothing beside a key: with one, the role is taken by it')
    needKey(given, key)
    return { kind: 'role', key, role }
  }
  if (!/^[\w.@-]{1,128}$/.test(provider)) {
    wrong(
      'oidc-provider',
      quote(provider),
      'the name of the identity provider in CAM (or a key, to take the role by it)',
    )
  }
  return { kind: 'oidc', provider, audience: get('oidc-audience'), role }
}

/** One part of a key: from its input, otherwise from the first variable that is not blank. Its faults are said without it. */
const keyPart = ({ env, wrong }: AccessInputs, name: KeyName): string | undefined => {
  const raw = [variable(name), ...keyVariables[name]]
    .map((from) => env[from] ?? '')
    .find((value) => value.trim() !== '')
  if (raw === undefined) return undefined
  const value = raw.trim()
  if (value !== raw)
    wrong(name, 'a value (not shown) with blanks or line breaks around it', 'the key alone, as CAM shows it')
  else if (/[^\x21-\x7e]/.test(value)) {
    wrong(name, 'a value (not shown) with blanks or other characters that no key has', 'the key as CAM shows it')
  } else if (name === 'secret-key' && /^(AKID|IKID)/.test(value)) {
    wrong(name, 'a SecretId (not shown): it begins with AKID or IKID', 'the SecretKey that belongs to it')
  }
  return value
}

const needKey = ({ wrong }: AccessInputs, key: Credential): void => {
  for (const [name, value] of [
    ['secret-id', key.secretId],
    ['secret-key', key.secretKey],
  ] as const) {
    if (value === '') wrong(name, 'nothing', `a key, here or in ${keyVariables[name].join(', ')}`)
  }
}

/** The longest life of a temporary key, seconds (reference 4.1). */
const longestLife = 43_200

const parseRole = ({ env, get, wrong }: AccessInputs): Role => {
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
  if (!Number.isSafeInteger(seconds) || seconds < 1 || seconds > longestLife) {
    wrong(
      'role-duration-seconds',
      quote(get('role-duration-seconds')),
      `a whole number of seconds, at most ${longestLife}`,
    )
  }
  return { arn, session, seconds }
}
