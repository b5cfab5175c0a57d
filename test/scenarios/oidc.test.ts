import { expect } from 'vitest'
import { roleArn } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { type Scenario, scenario } from './scenario.ts'

const noKey = { 'secret-id': '', 'secret-key': '' }
const role = { 'role-arn': roleArn, 'role-session-name': 'github-17-1' }
const oidc = { ...noKey, ...role, 'oidc-provider': 'github' }
const env = (world: World) => world.oidcEnv

/** No secret of the world shows anywhere: no token of the job, no temporary key. */
const noSecret = (run: Parameters<NonNullable<Scenario['check']>>[0], { state }: World) => {
  const shown = run.stdout.replace(/^::add-mask::.*$/gm, '')
  for (const secret of state.secretTexts) {
    for (const text of [shown, run.stderr, run.summary, JSON.stringify(run.outputs)]) expect(text).not.toContain(secret)
  }
}

scenario('a role by the token of the job, and no secret at all', {
  inputs: { ...oidc, 'allowed-account-ids': '100000000001', 'wait-for': 'deployed' },
  env,
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('changed')
    expect(world.state.tokens).toBe(1)
    noSecret(run, world)
  },
})
scenario('STS throttles: a new token for every attempt', {
  inputs: oidc,
  env,
  prepare: ({ state }) => {
    const fault = {
      kind: 'refuse',
      code: 'RequestLimitExceeded',
      message: 'Too many.',
      on: 'AssumeRoleWithWebIdentity',
    } as const
    state.faults.push(fault, fault)
  },
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('changed')
    // A read side by side shares the fetch, and a token is taken only once by the world.
    expect(world.state.tokens).toBe(3)
    noSecret(run, world)
  },
})
scenario('a token service that fails once', {
  inputs: oidc,
  env,
  prepare: ({ state }) => state.oidcFaults.push({ kind: 'status', status: 503 }, { kind: 'reset' }),
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('a job that the trust policy does not let in', {
  inputs: oidc,
  env,
  prepare: ({ state }) => {
    state.oidcClaims = { sub: 'repo:octo@7/site@42:ref:refs/heads/feature`x`' }
  },
  check: (run, world) => {
    expect(run.outputs['error-code']).toBe('UnauthorizedOperation')
    expect(run.summary).toContain('"oidc:sub": [')
    expect(run.summary).toContain('form with numbers')
    expect(world.state.requests).toHaveLength(1)
    noSecret(run, world)
  },
})
scenario('a job without the permission for a token', {
  inputs: oidc,
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Input.NoIdToken'),
})
scenario('a pull request from a fork', {
  inputs: oidc,
  env: { GITHUB_EVENT_NAME: 'pull_request' },
  check: ({ outputs }) => expect(outputs['error-message']).toContain('fork'),
})
scenario('an identity provider that CAM does not have', {
  inputs: { ...oidc, 'oidc-provider': 'gitlab' },
  env,
  check: ({ outputs }) => expect(outputs['error-code']).toBe('InvalidParameter.ParamError'),
})
scenario('a token that STS refuses', {
  inputs: oidc,
  env,
  prepare: ({ state }) => {
    state.oidcClaims = { exp: 1_700_000_000 }
  },
  check: (run, world) => {
    expect(run.outputs['error-code']).toBe('InvalidParameter.WebIdentityTokenError')
    noSecret(run, world)
  },
})
scenario('a role by a key', {
  inputs: role,
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('changed')
    expect(world.state.counts.get('AssumeRole')).toBe(1)
    noSecret(run, world)
  },
})
scenario('a temporary key that ends while the step waits', {
  inputs: { ...oidc, 'wait-for': 'deployed' },
  env,
  prepare: ({ state }) => {
    // Read at 1, 3 and 7 seconds: with the key, and with two others.
    Object.assign(state, { keyLifeMs: 2900, deployMs: 5000 })
  },
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('changed')
    expect(world.state.counts.get('AssumeRoleWithWebIdentity')).toBeGreaterThan(1)
    noSecret(run, world)
  },
})
scenario('a key of another account', {
  inputs: { 'allowed-account-ids': '100000000009, 100000000008' },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Input.ForeignAccount')
    expect(state.requests).toHaveLength(1)
  },
})
scenario('a SecretId where the SecretKey belongs', {
  inputs: { 'secret-key': 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE' },
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Input.Invalid'),
})
