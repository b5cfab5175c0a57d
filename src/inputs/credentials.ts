import { type Credential, isKeyText, keyVariables, type Role, type SignIn } from '../model/credential.ts'
import { quote, type Reader } from './reader.ts'
import { ranges, variable } from './table.ts'

type KeyName = keyof typeof keyVariables

/** A key comes from one of the two as a whole. */
type KeySource = 'inputs' | 'environment'

/** How the step signs in, from the inputs and the environment: a key, a role and a key, or a role and the job's OIDC token. */
export const parseSignIn = (given: Reader): SignIn => {
  const { get, wrong } = given
  const provider = get('oidc-provider')
  const from = keySource(given)
  if (get('role-arn') === '') {
    if (provider !== '') wrong('oidc-provider', quote(provider), 'nothing without role-arn')
    return { kind: 'key', key: parseKey(given, from ?? 'inputs') }
  }
  const role = parseRole(given)
  // A key in the environment may be meant for other steps: the inputs of this step take precedence.
  if (from === 'inputs' || (from === 'environment' && provider === '')) {
    if (provider !== '')
      wrong('oidc-provider', quote(provider), 'nothing together with a key, which assumes the role by AssumeRole')
    return { kind: 'role', key: parseKey(given, from), role }
  }
  if (!isProviderName(provider)) wrong('oidc-provider', quote(provider), expectedProvider(provider))
  const unused = from === undefined ? {} : { unused: keyVariables['secret-id'][0] }
  return { kind: 'oidc', provider, audience: get('oidc-audience'), role, ...unused }
}

/** CAM states no rule for the names of providers. In ARNs, they are the last part of the sixth segment. */
const isProviderName = (text: string): boolean => /^[^\s/:\p{C}]{1,128}$/u.test(text)

const expectedProvider = (provider: string): string => {
  if (provider.includes('/')) return 'the name of the identity provider in CAM, not its URL or ARN'
  return 'the name of the identity provider in CAM, at most 128 characters without spaces (or a key that may assume the role)'
}

/** Where there is any part of a key; the inputs come first. A token alone, in the environment, is no key. */
const keySource = ({ env }: Reader): KeySource | undefined => {
  const has = (names: readonly string[]) => names.some((name) => (env[name] ?? '').trim() !== '')
  if (has(keyNames.map(variable))) return 'inputs'
  return has([...keyVariables['secret-id'], ...keyVariables['secret-key']]) ? 'environment' : undefined
}

const keyNames = ['secret-id', 'secret-key', 'session-token'] as const

const parseKey = (given: Reader, from: KeySource): Credential => {
  const [secretId, secretKey, token] = [
    keyPart(given, 'secret-id', from),
    keyPart(given, 'secret-key', from),
    keyPart(given, 'session-token', from),
  ]
  const parts = { 'secret-id': secretId, 'secret-key': secretKey }
  const isPartial = secretId !== undefined || secretKey !== undefined || token !== undefined
  for (const name of ['secret-id', 'secret-key'] as const) {
    const variables = keyVariables[name].join(', ')
    const whole =
      from === 'inputs' ? `a key, all of it in inputs (then ${variables} is not read)` : `a key in ${variables}`
    const expected = isPartial ? whole : `a key, here or in ${variables}`
    if (parts[name] === undefined) given.wrong(name, 'nothing', expected)
  }
  return { secretId: secretId ?? '', secretKey: secretKey ?? '', ...(token === undefined ? {} : { token }) }
}

/** One part of a key: from its input, or from the first of its variables that is not blank. No message shows its value. */
const keyPart = ({ env, wrong }: Reader, name: KeyName, from: KeySource): string | undefined => {
  const raw = (from === 'inputs' ? [variable(name)] : keyVariables[name])
    .map((one) => env[one] ?? '')
    .find((value) => value.trim() !== '')
    // `echo key | gh secret set` saves the line break.
    ?.replace(/[\r\n]+$/, '')
  if (raw === undefined) return undefined
  const value = raw.trim()
  if (value !== raw)
    wrong(name, 'a value (not shown) that begins or ends with whitespace', 'only the key, as CAM shows it')
  else if (!isKeyText(value)) {
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

/** A role by its name (CreateRole: 1 to 128 characters) or ID, also a service role (reference 4.2). */
const roleArn =
  /^qcs::cam::uin\/\d+:(?:roleName\/[\w+=,.@-]{1,128}|role\/(?:tencentcloudServiceRole\/)?\d+|role\/tencentcloudServiceRoleName\/[\w+=,.@-]{1,128})$/

const parseRole = ({ env, get, wrong }: Reader): Role => {
  const arn = get('role-arn')
  if (!roleArn.test(arn)) {
    const expected =
      'qcs::cam::uin/<UIN>:roleName/<name>, as the CAM console shows it for the role; a name has 1 to 128 letters, digits and any of + = , . @ _ -'
    wrong('role-arn', quote(arn), expected)
  }
  const run = `github-${env['GITHUB_RUN_ID'] ?? 'run'}-${env['GITHUB_RUN_ATTEMPT'] ?? '1'}`
  const session = get('role-session-name') || run
  if (!/^[\w+=,.@-]{2,128}$/.test(session)) {
    wrong('role-session-name', quote(session), '2 to 128 letters, digits and any of + = , . @ _ -')
  }
  const seconds = Number(get('role-duration-seconds'))
  const { minimum, maximum } = ranges['role-duration-seconds']
  if (!Number.isSafeInteger(seconds) || seconds < minimum || seconds > maximum) {
    wrong('role-duration-seconds', quote(get('role-duration-seconds')), `a whole number of seconds, at most ${maximum}`)
  }
  return { arn, session, seconds }
}
