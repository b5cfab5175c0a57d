import { Buffer } from 'node:buffer'
import { altered, type Finding, type Problem } from '../model/problem.ts'
import { fieldsOf, jsonOf, textOf } from '../util/json.ts'
import { inBoth } from '../util/language.ts'

type Expectation = Pick<Finding, 'expected' | 'form'>
const compared: Expectation = { expected: { en: 'Shown for comparison.', zh: '仅供对照。' }, form: 'sentences' }

/** Claims of GitHub's token that a trust policy may test, and what is expected for each. */
const claims = {
  iss: {
    expected: {
      en: 'the same URL in the identity provider in CAM (oidc:iss)',
      zh: '与访问管理（CAM）中身份提供商的 URL 一致的值（oidc:iss）',
    },
  },
  sub: {
    expected: {
      en: 'the same subject in the trust policy of the role (oidc:sub)',
      zh: '与角色信任策略中的主体一致的值（oidc:sub）',
    },
  },
  aud: {
    expected: {
      en: 'the same value among the client IDs of the provider and in the trust policy (oidc:aud)',
      zh: '与身份提供商的客户端 ID 及信任策略一致的值（oidc:aud）',
    },
  },
  repository: compared,
  ref: compared,
  environment: compared,
  job_workflow_ref: compared,
} as const satisfies Readonly<Record<string, Expectation>>

/** The claims in a token, unverified; never the token itself. */
export const claimsIn = (token: string): Readonly<Partial<Record<keyof typeof claims, string>>> => {
  const fields = fieldsOf(jsonOf(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')))
  return Object.fromEntries(
    Object.keys(claims).flatMap((name) => {
      const value = textOf(fields[name])
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** A trust policy that allows a job with these claims to assume the role (reference 4.4). */
export const trustPolicy = (
  provider: string,
  account: string,
  { iss, sub, aud }: ReturnType<typeof claimsIn>,
): string => {
  const federated = [`qcs::cam::uin/${account}:oidc-provider/${provider}`]
  // Reportedly, string_like does not match values that contain `:`, `/` or `.`.
  const string_equal = { 'oidc:iss': [iss ?? ''], 'oidc:aud': [aud ?? ''], 'oidc:sub': [sub ?? ''] }
  const action = ['name/sts:AssumeRoleWithWebIdentity']
  const statement = [{ effect: 'allow', action, principal: { federated }, condition: { string_equal } }]
  return JSON.stringify({ version: '2.0', statement }, undefined, 2)
}

/** A refusal by STS with the claims of the token added, and a trust policy that would allow the job, ready to paste. */
export const withClaims = (problem: Problem, token: string, provider: string, roleArn: string): Problem => {
  const found = claimsIn(token)
  const findings = Object.entries(claims).flatMap(([name, expectation]): Finding[] => {
    const seen = found[name as keyof typeof claims]
    return seen === undefined ? [] : [{ input: `token: ${name}`, seen: inBoth(seen), ...expectation }]
  })
  const account = /^qcs::cam::uin\/(\d+):/.exec(roleArn)?.[1] ?? '<UIN>'
  const newer = /^repo:[^/]*@\d+\//.test(found.sub ?? '')
    ? {
        en: ' The subject has the format with numeric IDs, which GitHub uses for repositories created, renamed or transferred since July 2026.',
        zh: '该主体采用带数字 ID 的格式，GitHub 对 2026 年 7 月起新建、重命名或转移的仓库使用此格式。',
      }
    : inBoth('')
  return altered(problem, {
    findings,
    paste: {
      title: {
        en: `Trust policy that allows this job to assume the role.${newer.en}`,
        zh: `允许此作业扮演该角色的信任策略。${newer.zh}`,
      },
      text: trustPolicy(provider, account, found),
    },
  })
}
