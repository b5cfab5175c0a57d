import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimsIn, trustPolicy, withClaims } from '../../src/credentials/oidc.ts'
import { renewed } from '../../src/credentials/role.ts'
import { countedClock } from '../support/clock.ts'
import { problemOf } from '../support/problem.ts'

const signal = new AbortController().signal
const minute = 60_000

/** A service that gives keys of so many minutes, on a clock that the test moves. */
const keysFor = (minutes: number) => {
  const clock = countedClock()
  const state = { fetched: 0, fails: false }
  const fetch = async () => {
    state.fetched += 1
    const n = state.fetched
    await Promise.resolve()
    if (state.fails) throw problemOf('RequestLimitExceeded', { message: 'no' })
    const credential = { secretId: `id${n}`, secretKey: 'key', token: 't' }
    return { credential, expires: clock.now() + minutes * minute }
  }
  const later = (by: number) => clock.setTo(clock.now() + by * minute)
  return { state, later, key: renewed(fetch, clock.now) }
}

test('parallel calls share one fetch, and later calls reuse the key', async () => {
  const { state, later, key } = keysFor(60)
  const all = await Promise.all([key(signal), key(signal), key(signal)])
  expect(all.map(({ secretId }) => secretId)).toEqual(['id1', 'id1', 'id1'])
  later(54)
  expect((await key(signal)).secretId).toBe('id1')
  expect(state.fetched).toBe(1)
})

test('renews a key five minutes before it expires, a short-lived one when a tenth of its lifetime is left', async () => {
  const { later, key } = keysFor(60)
  await key(signal)
  later(55)
  expect((await key(signal)).secretId).toBe('id2')
  const short = keysFor(1)
  await short.key(signal)
  short.later(0.89)
  expect((await short.key(signal)).secretId).toBe('id1')
  short.later(0.02)
  expect((await short.key(signal)).secretId).toBe('id2')
})

test('fetches again after a failed fetch', async () => {
  const { state, key } = keysFor(60)
  state.fails = true
  await expect(key(signal)).rejects.toMatchObject({ code: 'RequestLimitExceeded' })
  state.fails = false
  expect((await key(signal)).secretId).toBe('id2')
})

const jwt = (claims: object) => `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`

test('shows only known claims of any token', () => {
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

test('suggests a trust policy that is JSON and admits exactly the claims of the token', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (iss, sub, aud) => {
      const [statement] = JSON.parse(trustPolicy('github', '100000000001', { iss, sub, aud })).statement
      expect(statement.condition).toEqual({ string_equal: { 'oidc:iss': [iss], 'oidc:aud': [aud], 'oidc:sub': [sub] } })
      expect(statement.principal.federated).toEqual(['qcs::cam::uin/100000000001:oidc-provider/github'])
    }),
  )
})

test('adds claims and policy to a refusal, and never the token', () => {
  const token = jwt({ iss: 'https://i', sub: 'repo:octo@7/site@42:ref:refs/heads/main', aud: 'a' })
  const refused = problemOf('UnauthorizedOperation', { message: 'no', requestId: 'r-1', sent: 'refused' })
  const problem = withClaims(refused, token, 'github', 'qcs::cam::uin/100000000001:roleName/x')
  expect(problem).toMatchObject({ code: 'UnauthorizedOperation', message: 'no', requestId: 'r-1', sent: 'refused' })
  expect(problem.findings.map(({ input }) => input)).toEqual(['token: iss', 'token: sub', 'token: aud'])
  expect(problem.paste?.title.en).toContain('format with numeric IDs')
  expect(JSON.stringify([problem.findings, problem.paste, problem.message])).not.toContain(token.split('.')[1])
})
