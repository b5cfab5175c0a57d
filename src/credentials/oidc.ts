import { Buffer } from 'node:buffer'
import { altered, type Finding, type Problem } from '../model/problem.ts'
import { fieldsOf, jsonOf, textOf } from '../util/json.ts'

/** Claims of GitHub's token that a trust policy may look at, and what has to allow each. */
const claims = {
  iss: 'the URL of the identity provider in CAM to be this (oidc:iss)',
  sub: 'the trust policy of the role to name this (oidc:sub)',
  aud: 'this among the client IDs of the provider, and in the trust policy (oidc:aud)',
  repository: 'nothing: for comparison',
  ref: 'nothing: for comparison',
  environment: 'nothing: for comparison',
  job_workflow_ref: 'nothing: for comparison',
} as const

/** The claims that a token makes, unverified; never the token. */
export const claimsIn = (token: string): Readonly<Partial<Record<keyof typeof claims, string>>> => {
  const fields = fieldsOf(jsonOf(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')))
  return Object.fromEntries(
    Object.keys(claims).flatMap((name) => {
      const value = textOf(fields[name])
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** The trust policy of a role that lets a job with these claims in (reference 4.4). */
export const trustPolicy = (
  provider: string,
  account: string,
  { iss, sub, aud }: ReturnType<typeof claimsIn>,
): string => {
  const federated = [`qcs::cam::uin/${account}:oidc-provider/${provider}`]
  // Only equality: as it was reported, string_like does not match values that hold `:`, `/` or `.`.
  const string_equal = { 'oidc:iss': [iss ?? ''], 'oidc:aud': [aud ?? ''], 'oidc:sub': [sub ?? ''] }
  const action = ['name/sts:AssumeRoleWithWebIdentity']
  const statement = [{ effect: 'allow', action, principal: { federated }, condition: { string_equal } }]
  return JSON.stringify({ version: '2.0', statement }, undefined, 2)
}

/** A refusal of STS with what the token said of the job, and the trust policy that would let it in, ready to paste. */
export const withClaims = (problem: Problem, token: string, provider: string, roleArn: string): Problem => {
  const found = claimsIn(token)
  const findings = Object.entries(claims).flatMap(([name, expected]): Finding[] => {
    const seen = found[name as keyof typeof claims]
    return seen === undefined ? [] : [{ input: `token: ${name}`, seen, expected }]
  })
  const account = /^qcs::cam::uin\/(\d+):/.exec(roleArn)?.[1] ?? '<UIN>'
  const newer = /^repo:[^/]*@\d+\//.test(found.sub ?? '')
    ? ' The subject has the form with numbers, which GitHub gives to repositories that were made, renamed or moved since July 2026.'
    : ''
  return altered(problem, {
    findings,
    paste: {
      title: `Trust policy of the role that would let this job in.${newer}`,
      text: trustPolicy(provider, account, found),
    },
  })
}
