import { type Credential, isKeyText, keyVariables, type Role, type SignIn } from '../model/credential.ts'
import type { Text } from '../util/language.ts'
import { nothing, quote, type Reader } from './reader.ts'
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
    if (provider !== '') {
      wrong('oidc-provider', quote(provider), { en: 'nothing without role-arn', zh: '空：未设置 role-arn 时不能使用' })
    }
    return { kind: 'key', key: parseKey(given, from ?? 'inputs') }
  }
  const role = parseRole(given)
  // A key in the environment may be meant for other steps: the inputs of this step take precedence.
  if (from === 'inputs' || (from === 'environment' && provider === '')) {
    if (provider !== '') {
      wrong('oidc-provider', quote(provider), {
        en: 'nothing together with a key, which assumes the role by AssumeRole',
        zh: '空：已提供密钥，将由该密钥通过 AssumeRole 扮演角色',
      })
    }
    return { kind: 'role', key: parseKey(given, from), role }
  }
  if (!isProviderName(provider)) wrong('oidc-provider', quote(provider), expectedProvider(provider))
  const unused = from === undefined ? {} : { unused: keyVariables['secret-id'][0] }
  return { kind: 'oidc', provider, audience: get('oidc-audience'), role, ...unused }
}

/** CAM states no rule for the names of providers. In ARNs, they are the last part of the sixth segment. */
const isProviderName = (text: string): boolean => /^[^\s/:\p{C}]{1,128}$/u.test(text)

const expectedProvider = (provider: string): Text =>
  provider.includes('/')
    ? {
        en: 'the name of the identity provider in CAM, not its URL or ARN',
        zh: '访问管理（CAM）中身份提供商的名称，而不是其 URL 或 ARN',
      }
    : {
        en: 'the name of the identity provider in CAM, at most 128 characters without spaces (or a key that may assume the role)',
        zh: '访问管理（CAM）中身份提供商的名称，不超过 128 个字符且不含空格（或提供可扮演该角色的密钥）',
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
    if (parts[name] === undefined)
      given.wrong(name, nothing, expectedKey(keyVariables[name][0], isPartial ? from : undefined))
  }
  return { secretId: secretId ?? '', secretKey: secretKey ?? '', ...(token === undefined ? {} : { token }) }
}

/** `from`: where the other part of the key is. */
const expectedKey = (name: string, from: KeySource | undefined): Text => {
  switch (from) {
    case 'inputs':
      return {
        en: `a key, all of it in inputs (then ${name} is not read)`,
        zh: `密钥，且各部分都由输入提供（此时不读取 ${name}）`,
      }
    case 'environment':
      return { en: `a key in ${name}`, zh: `${name} 中的密钥` }
    case undefined:
      return { en: `a key, here or in ${name}`, zh: `密钥，由该输入或 ${name} 提供` }
    default:
      return from satisfies never
  }
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
  const fault = value === raw ? faultOf(name, value) : outerSpace
  if (fault !== undefined) wrong(name, ...fault)
  return value
}

type Fault = readonly [seen: Text, expected: Text]

const outerSpace: Fault = [
  {
    en: 'a value (not shown) that begins or ends with whitespace',
    zh: '首尾有空白字符的值（未显示）',
  },
  { en: 'only the key, as CAM shows it', zh: '密钥本身，与访问管理（CAM）中显示的一致' },
]

const faultOf = (name: KeyName, value: string): Fault | undefined => {
  if (!isKeyText(value)) {
    const seen = {
      en: 'a value (not shown) with whitespace or other characters that keys do not contain',
      zh: '含有空白字符或密钥中不会出现的字符的值（未显示）',
    }
    return [seen, { en: 'the key as CAM shows it', zh: '访问管理（CAM）中显示的密钥' }]
  }
  if (name !== 'secret-key' || !/^(AKID|IKID)/.test(value)) return undefined
  return [
    { en: 'a SecretId (not shown): it begins with AKID or IKID', zh: 'SecretId（未显示）：以 AKID 或 IKID 开头' },
    { en: 'the SecretKey that belongs to the SecretId', zh: '与该 SecretId 对应的 SecretKey' },
  ]
}

/** A role by its name (CreateRole: 1 to 128 characters) or ID, also a service role (reference 4.2). */
const roleArn =
  /^qcs::cam::uin\/\d+:(?:roleName\/[\w+=,.@-]{1,128}|role\/(?:tencentcloudServiceRole\/)?\d+|role\/tencentcloudServiceRoleName\/[\w+=,.@-]{1,128})$/

const parseRole = ({ env, get, wrong }: Reader): Role => {
  const arn = get('role-arn')
  if (!roleArn.test(arn)) {
    wrong('role-arn', quote(arn), {
      en: 'qcs::cam::uin/<UIN>:roleName/<name>, as the CAM console shows it for the role; a name has 1 to 128 letters, digits and any of + = , . @ _ -',
      zh: 'qcs::cam::uin/<UIN>:roleName/<角色名>，与访问管理（CAM）控制台中角色的 RoleArn 一致；角色名为 1 至 128 个字符，可含字母、数字和 + = , . @ _ -',
    })
  }
  const run = `github-${env['GITHUB_RUN_ID'] ?? 'run'}-${env['GITHUB_RUN_ATTEMPT'] ?? '1'}`
  const session = get('role-session-name') || run
  if (!/^[\w+=,.@-]{2,128}$/.test(session)) {
    wrong('role-session-name', quote(session), {
      en: '2 to 128 letters, digits and any of + = , . @ _ -',
      zh: '2 至 128 个字符，可含字母、数字和 + = , . @ _ -',
    })
  }
  const seconds = Number(get('role-duration-seconds'))
  const { minimum, maximum } = ranges['role-duration-seconds']
  if (!Number.isSafeInteger(seconds) || seconds < minimum || seconds > maximum) {
    wrong('role-duration-seconds', quote(get('role-duration-seconds')), {
      en: `a whole number of seconds, at most ${maximum}`,
      zh: `不超过 ${maximum} 的整数（秒）`,
    })
  }
  return { arn, session, seconds }
}
