import { expect } from 'vitest'
import { roleArn } from '../world/state.ts'
import { key } from '../world/world.ts'
import { scenario } from './scenario.ts'

const noKey = { 'secret-id': '', 'secret-key': '' }
const oidc = { ...noKey, 'role-arn': roleArn, 'role-session-name': 'github-17-1', 'oidc-provider': 'github' }

scenario('signs in by OIDC beside a key of the organisation in the environment, and says so', {
  inputs: oidc,
  env: (world) => ({
    ...world.oidcEnv,
    TENCENTCLOUD_SECRET_ID: key.secretId,
    TENCENTCLOUD_SECRET_KEY: key.secretKey,
  }),
  check: ({ outputs, stdout }, { state }) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout).toContain('The key in TENCENTCLOUD_SECRET_ID is not used.')
    expect(state.counts.get('AssumeRoleWithWebIdentity')).toBe(1)
  },
})
scenario('does not combine a key of the inputs with a stale token of the environment', {
  env: { TENCENTCLOUD_TOKEN: 'a-token-of-another-key-0123456789' },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('leaves out a line break at the end of a key', {
  inputs: { 'secret-id': `${key.secretId}\n`, 'secret-key': `${key.secretKey}\r\n` },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
scenario('sends the OIDC token to no host but those of Tencent Cloud', {
  inputs: { ...oidc, endpoint: 'https://{service}.tencentcloudapi.com.evil.test' },
  env: (world) => world.oidcEnv,
  check: ({ outputs }, { state }) => {
    expect(outputs).toMatchObject({ 'error-code': 'Input.Invalid' })
    expect([state.tokens, state.tunnels]).toEqual([0, []])
  },
})
scenario('refuses an endpoint with a query without showing it', {
  inputs: { endpoint: 'https://{service}.internal.tencentcloudapi.com/?token=qUeRy-SeCrEt-0123456789' },
  prepare: ({ state }) => state.secretTexts.push('qUeRy-SeCrEt-0123456789', 'internal.tencentcloudapi.com'),
  check: ({ outputs }) => expect(outputs['error-message']).toContain('endpoint: got a value (not shown)'),
})
scenario('refuses allowed-account-ids without an ID', {
  inputs: { 'allowed-account-ids': ',' },
  check: ({ outputs }, { state }) => {
    expect(outputs['error-code']).toBe('Input.Invalid')
    expect(state.requests).toEqual([])
  },
})

for (const [name, hours] of [
  ['an hour slow', 1],
  ['an hour fast', -1],
] as const) {
  for (const [by, inputs] of [
    ['a key', { 'role-arn': roleArn }],
    ['the token of the job', oidc],
  ] as const) {
    scenario(`renews a role by ${by} while it waits, on a machine whose clock is ${name}`, {
      // How often the host is read depends on the speed of the machine.
      unrecorded: true,
      inputs: { ...inputs, 'wait-for': 'deployed' },
      env: (world) => (by === 'a key' ? {} : world.oidcEnv),
      prepare: ({ state }) => {
        // Read at 1, 3 and 7 seconds.
        Object.assign(state, { clockOffsetMs: hours * 3_600_000, keyLifeMs: 6500, deployMs: 5500 })
      },
      check: ({ outputs, stdout }, { state }) => {
        expect(outputs['outcome']).toBe('changed')
        const keys = state.requests.filter(
          ({ action, answer }) => action.startsWith('AssumeRole') && answer === '200 ok',
        )
        expect(keys.length).toBeGreaterThan(1)
        // On a slow machine, the third reading needs a third key.
        expect(keys.length).toBeLessThan(4)
        expect(stdout.match(/title=Wrong clock::/g)).toHaveLength(1)
        const expired = state.requests.filter(({ answer }) => answer.includes('SignatureExpire'))
        // Calls that were sent side by side before the correction.
        expect(expired.length).toBeLessThan(4)
      },
    })
  }
}

for (const [action, code, more] of [
  ['AssumeRole', 'AuthFailure.UnauthorizedOperation', { 'role-arn': roleArn }],
  ['GetCallerIdentity', 'UnauthorizedOperation', { 'allowed-account-ids': '100000000001' }],
  ['DescribeZones', 'AuthFailure.UnauthorizedOperation', { 'zone-id': '', 'zone-name': 'example.com' }],
] as const) {
  scenario(`names the permission for ${action} and no other when it is missing`, {
    inputs: more,
    prepare: ({ state }) => state.faults.push({ kind: 'refuse', on: action, code, message: 'no permission' }),
    check: ({ outputs, stdout }, { state }) => {
      expect(outputs['error-code']).toBe(code)
      expect(stdout).toContain(`:${action}\``)
      expect(stdout).not.toContain('teo:ModifyHostsCertificate')
      expect(state.counts.get('ModifyHostsCertificate')).toBeUndefined()
    },
  })
}
scenario('assumes a role whose name has every character that CAM allows', {
  inputs: { ...oidc, 'role-arn': 'qcs::cam::uin/100000000001:roleName/A_b+c=d,e.f@g-9', 'oidc-provider': '身份提供商' },
  env: (world) => world.oidcEnv,
  prepare: ({ state }) => {
    state.roles.set('A_b+c=d,e.f@g-9', '4611686018427397920')
    state.providers.add('身份提供商')
  },
  check: ({ outputs }) => expect(outputs['outcome']).toBe('changed'),
})
