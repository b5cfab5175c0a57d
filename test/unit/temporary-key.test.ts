import { expect, test } from 'vitest'
import { idTokens } from '../../src/runner/id-token.ts'
import { assumeRole } from '../../src/tencent/sts.ts'
import { answering } from '../support/answering.ts'
import { failed, never } from './servers.ts'

const role = { arn: 'qcs::cam::uin/1:roleName/x', session: 'session', seconds: 3600 }
const key = { TmpSecretId: 'AKIDtemporary', TmpSecretKey: 'keytemporary', Token: 'token' }

/** Assumes a role, and gets this key. */
const assume = (Credentials: unknown, ExpiredTime: unknown = 1_800_000_000) =>
  assumeRole(
    answering(async () => ({ requestId: 'r-1', response: { Credentials, ExpiredTime } })),
    role,
  )

test('takes a temporary key with the end of its validity', async () => {
  expect(await assume(key)).toEqual({
    credential: { secretId: 'AKIDtemporary', secretKey: 'keytemporary', token: 'token' },
    expires: 1_800_000_000_000,
  })
})

const bytes = ['\n', '\r\nx-evil: 1', '\0', ' ', '\u007f', 'ü', '密', '\ud800']
test.each(['TmpSecretId', 'TmpSecretKey', 'Token'].flatMap((field) => bytes.map((byte) => [field, byte] as const)))(
  'a temporary key that cannot be sent in a header is a garbled answer, and not shown: %s with %j',
  async (field, byte) => {
    const problem = await failed(assume({ ...key, [field]: `SeCrEt${byte}SeCrEt` }))
    expect(problem).toMatchObject({ code: 'Network.Response', requestId: 'r-1' })
    expect(problem.message).not.toContain('SeCrEt')
  },
)

test.each([[undefined], [{}], [{ ...key, Token: 7 }], ['x']])(
  'an incomplete temporary key is a garbled answer: %j',
  async (given) => {
    expect(await failed(assume(given))).toMatchObject({ code: 'Network.Response' })
  },
)

test.each(bytes)('a request token that cannot be sent in a header is none: %j', async (byte) => {
  const env = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://t.test/', ACTIONS_ID_TOKEN_REQUEST_TOKEN: `a${byte}b` }
  const unsent = () => Promise.reject(new Error('must not be called'))
  expect(await failed(idTokens(env, unsent)('sts', never))).toMatchObject({ code: 'Input.NoIdToken' })
})
