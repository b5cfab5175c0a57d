import { expect, test } from 'vitest'
import type { HttpRequest } from '../../src/model/ports.ts'
import { Problem } from '../../src/model/problem.ts'
import { clock } from '../../src/runner/clock.ts'
import { client } from '../../src/tencent/client.ts'
import { silent } from '../support/log.ts'

const hour = 3_600_000
const api = (action: string) => ({ service: 'teo', version: '2022-09-01', action, perSecond: 20 }) as const

/** A service whose clock is ahead by `ahead`, and which refuses what was signed more than five minutes off. */
const wrongClock = (ahead: number, refusesAlways = false) => {
  const state = { signed: [] as number[], warnings: [] as string[] }
  const send = async ({ headers }: HttpRequest) => {
    const now = Date.now() + ahead
    const at = Number(headers['x-tc-timestamp']) * 1000
    state.signed.push(Math.round((at - Date.now()) / 60_000) + 0)
    const expired = refusesAlways || Math.abs(now - at) > 300_000
    const body = expired ? { Error: { Code: 'AuthFailure.SignatureExpire', Message: 'expired' } } : {}
    return { status: 200, date: new Date(now).toUTCString(), body: JSON.stringify({ Response: body }) }
  }
  const call = client({
    send,
    clock: { ...clock, sleep: async () => {} },
    log: silent,
    warn: (title) => state.warnings.push(title),
    credential: async () => ({ secretId: 'id', secretKey: 'key' }),
    endpoint: () => new URL('https://teo.tencentcloudapi.com/'),
    language: 'en-US',
    region: 'ap-guangzhou',
    onAttempt: () => () => {},
  })(new AbortController().signal)
  return { call, state }
}

test('parallel calls that meet a wrong clock are all signed again, with one warning', async () => {
  const { call, state } = wrongClock(hour)
  await Promise.all([
    call(api('A'), {}, () => undefined),
    call(api('B'), {}, () => undefined),
    call(api('C'), {}, () => undefined),
  ])
  await call(api('A'), {}, () => undefined)
  expect(state.signed).toEqual([0, 0, 0, 60, 60, 60, 60])
  expect(state.warnings).toEqual(['Wrong clock'])
})

test('corrects the clock only once', async () => {
  const { call, state } = wrongClock(hour, true)
  await expect(call(api('A'), {}, () => undefined)).rejects.toMatchObject({ code: 'AuthFailure.SignatureExpire' })
  await expect(call(api('A'), {}, () => undefined)).rejects.toBeInstanceOf(Problem)
  expect(state.signed).toEqual([0, 60, 60])
})

test('does not correct a clock that is right', async () => {
  const { call, state } = wrongClock(0, true)
  await expect(call(api('A'), {}, () => undefined)).rejects.toMatchObject({ code: 'AuthFailure.SignatureExpire' })
  expect([state.signed, state.warnings]).toEqual([[0], []])
})
