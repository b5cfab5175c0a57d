import { expect } from 'vitest'
import { roleArn } from '../world/state.ts'
import type { World } from '../world/world.ts'
import { scenario } from './scenario.ts'

const noKey = { 'secret-id': '', 'secret-key': '' }
const role = { 'role-arn': roleArn, 'role-session-name': 'github-17-1' }
const oidc = { ...noKey, ...role, 'oidc-provider': 'github' }
const env = (world: World) => world.oidcEnv

scenario('assumes a role by the token of the job, without any secret', {
  bodies: true,
  inputs: { ...oidc, 'allowed-account-ids': '100000000001', 'wait-for': 'deployed' },
  env,
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('changed')
    expect(world.state.tokens).toBe(1)
  },
})
scenario('takes a new token for each attempt when STS throttles', {
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
  },
})
scenario('retries the token service', {
  inputs: oidc,
  env,
  prepare: ({ state }) => state.oidcFaults.push({ kind: 'status', status: 503 }, { kind: 'reset' }),
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('explains a job that the trust policy does not let in', {
  whole: true,
  inputs: oidc,
  env,
  prepare: ({ state }) => {
    state.oidcClaims = { sub: 'repo:octo@7/site@42:ref:refs/heads/feature`x`' }
  },
  check: (run, world) => {
    expect(run.outputs['error-code']).toBe('UnauthorizedOperation')
    expect(run.summary).toContain('"oidc:sub": [')
    expect(run.summary).toContain('format with numeric IDs')
    expect(world.state.requests).toHaveLength(1)
  },
})
scenario('explains a job without the id-token permission', {
  inputs: oidc,
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Input.NoIdToken'),
})
scenario('explains that a pull request from a fork gets no token', {
  inputs: oidc,
  env: { GITHUB_EVENT_NAME: 'pull_request' },
  check: ({ outputs }) => expect(outputs['error-message']).toContain('fork'),
})
scenario('explains an identity provider that CAM does not have', {
  inputs: { ...oidc, 'oidc-provider': 'gitlab' },
  env,
  check: ({ outputs }) => expect(outputs['error-code']).toBe('InvalidParameter.ParamError'),
})
scenario('explains a token that STS refuses', {
  inputs: oidc,
  env,
  prepare: ({ state }) => {
    state.oidcClaims = { exp: 1_700_000_000 }
  },
  check: ({ outputs }) => expect(outputs['error-code']).toBe('InvalidParameter.WebIdentityTokenError'),
})
scenario('assumes a role by a key', {
  bodies: true,
  inputs: role,
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('changed')
    expect(world.state.counts.get('AssumeRole')).toBe(1)
  },
})
scenario('renews a temporary key that ends while the step waits', {
  inputs: { ...oidc, 'wait-for': 'deployed' },
  env,
  prepare: ({ state }) => {
    // Read at 1, 3 and 7 seconds with the key, and at 15 with another.
    Object.assign(state, { keyLifeMs: 13_500, deployMs: 10_000 })
  },
  check: (run, world) => {
    expect(run.outputs['outcome']).toBe('changed')
    expect(world.state.counts.get('AssumeRoleWithWebIdentity')).toBe(2)
  },
})
scenario('refuses a key of another account', {
  inputs: { 'allowed-account-ids': '100000000009, 100000000008' },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Input.ForeignAccount')
    expect(state.requests).toHaveLength(1)
  },
})
scenario('refuses a SecretId in place of the SecretKey', {
  inputs: { 'secret-key': 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE' },
  check: ({ outputs }) => expect(outputs['error-code']).toBe('Input.Invalid'),
})
