import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimsIn, trustPolicy, withClaims } from '../../src/credentials/oidc.ts'
import { renewed } from '../../src/credentials/role.ts'
import { Problem } from '../../src/model/problem.ts'

const signal = new AbortController().signal
const minute = 60_000

/** A service that gives keys of so many minutes, on a clock that the test moves. */
const keysFor = (minutes: number) => {
  const state = { now: 1_000_000, fetched: 0, fails: false }
  const clock = { now: () => state.now, random: () => 0, alarm: () => signal, sleep: async () => {} }
  const fetch = async () => {
    state.fetched += 1
    const n = state.fetched
    await Promise.resolve()
    if (state.fails) throw new Problem({ code: 'RequestLimitExceeded', message: 'no' })
    const credential = { secretId: `id${n}`, secretKey: 'key', token: 't' }
    return { credential, expires: state.now + minutes * minute }
  }
  return { state, key: renewed(fetch, clock) }
}

test('calls side by side share one fetch, and the key is kept', async () => {
  const { state, key } = keysFor(60)
  const all = await Promise.all([key(signal), key(signal), key(signal)])
  expect(all.map(({ secretId }) => secretId)).toEqual(['id1', 'id1', 'id1'])
  state.now += 54 * minute
  expect((await key(signal)).secretId).toBe('id1')
  expect(state.fetched).toBe(1)
})

test('a key is renewed five minutes before it ends, a short one when a tenth is left', async () => {
  const { state, key } = keysFor(60)
  await key(signal)
  state.now += 55 * minute
  expect((await key(signal)).secretId).toBe('id2')
  const short = keysFor(1)
  await short.key(signal)
  short.state.now += 0.89 * minute
  expect((await short.key(signal)).secretId).toBe('id1')
  short.state.now += 0.02 * minute
  expect((await short.key(signal)).secretId).toBe('id2')
})

test('a fetch that fails is tried anew by the next call', async () => {
  const { state, key } = keysFor(60)
  state.fails = true
  await expect(key(signal)).rejects.toMatchObject({ code: 'RequestLimitExceeded' })
  state.fails = false
  expect((await key(signal)).secretId).toBe('id2')
})

const jwt = (claims: object) => `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`

test('of a token only the known claims are told, whatever it is', () => {
  expect(claimsIn(jwt({ iss: 'https://i', sub: 'repo:o/r', aud: 'a', secret: 'x', ref: 7 }))).toEqual({
    iss: 'https://i',
    sub: 'repo:o/r',
    aud: 'a',
  })
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(claimsIn(text)).toEqual({})
    }),
  )
})

test('the trust policy that is shown is JSON and lets in just what the token says', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (iss, sub, aud) => {
      const [statement] = JSON.parse(trustPolicy('github', '100000000001', { iss, sub, aud })).statement
      expect(statement.condition).toEqual({ string_equal: { 'oidc:iss': [iss], 'oidc:aud': [aud], 'oidc:sub': [sub] } })
      expect(statement.principal.federated).toEqual(['qcs::cam::uin/100000000001:oidc-provider/github'])
    }),
  )
})

test('a refusal gets the claims and the policy, and never the token', () => {
  const token = jwt({ iss: 'https://i', sub: 'repo:octo@7/site@42:ref:refs/heads/main', aud: 'a' })
  const refused = new Problem({ code: 'UnauthorizedOperation', message: 'no', requestId: 'r-1', sent: 'refused' })
  const problem = withClaims(refused, token, 'github', 'qcs::cam::uin/100000000001:roleName/x')
  expect(problem).toMatchObject({ code: 'UnauthorizedOperation', message: 'no', requestId: 'r-1', sent: 'refused' })
  expect(problem.findings.map(({ input }) => input)).toEqual(['token: iss', 'token: sub', 'token: aud'])
  expect(problem.paste?.title).toContain('form with numbers')
  expect(JSON.stringify([problem.findings, problem.paste, problem.message])).not.toContain(token.split('.')[1])
})
