import { expect, test } from 'vitest'
import type { HttpRequest } from '../../src/model/ports.ts'
import { Problem } from '../../src/model/problem.ts'
import { clock } from '../../src/runner/clock.ts'
import { client } from '../../src/tencent/client.ts'
import { serviceClock } from '../../src/tencent/service-clock.ts'
import { countedClock } from '../support/clock.ts'
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
  const options = {
    send,
    clock: { ...clock, sleep: async () => {} },
    log: silent,
    time: serviceClock(clock, (title) => state.warnings.push(title.en)),
    credential: async () => ({ secretId: 'id', secretKey: 'key' }),
    endpoint: () => new URL('https://teo.tencentcloudapi.com/'),
    language: 'en-US',
    region: 'ap-guangzhou',
    onAttempt: () => () => {},
  } as const
  const clientOf = () => client(options)(new AbortController().signal)
  return { call: clientOf(), another: clientOf(), state }
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

test('the clients of a run correct the clock together, once', async () => {
  const { call, another, state } = wrongClock(hour)
  await call(api('A'), {}, () => undefined)
  await another(api('B'), {}, () => undefined)
  expect(state.signed).toEqual([0, 60, 60])
  expect(state.warnings).toEqual(['Wrong clock'])
})

test.each([-hour, -1500, 0, 1500, hour])(
  'takes the time of a service that is %d ms ahead, at most two seconds too late and never too early',
  (ahead) => {
    const counted = countedClock()
    const time = serviceClock(counted, () => {})
    for (const fraction of [0, 1, 500, 999]) {
      counted.setTo(Date.parse('2026-11-24T00:00:00Z') + fraction)
      const now = counted.now() + ahead
      time.see(new Date(now).toUTCString())
      expect(time.now() - now).toBeGreaterThanOrEqual(0)
      expect(time.now() - now).toBeLessThanOrEqual(2000)
    }
  },
)

test('takes the time of this machine while no answer has a date', () => {
  const counted = countedClock()
  const time = serviceClock(counted, () => {})
  for (const date of [undefined, '', 'soon']) time.see(date)
  expect(time.now()).toBe(counted.now())
})
