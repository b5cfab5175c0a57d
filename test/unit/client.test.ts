import { expect, test } from 'vitest'
import type { HttpResponse, Log } from '../../src/model/ports.ts'
import { ownProblem, toProblem } from '../../src/model/problem.ts'
import type { CallRecord } from '../../src/model/result.ts'
import { client } from '../../src/tencent/client.ts'
import { serviceClock } from '../../src/tencent/service-clock.ts'
import { sslApi } from '../../src/tencent/ssl.ts'
import { teoApi } from '../../src/tencent/teo.ts'
import { inBoth } from '../../src/util/language.ts'
import { countedClock } from '../support/clock.ts'
import { silent } from '../support/log.ts'
import { problemOf } from '../support/problem.ts'

const api = { service: 'teo', version: '2022-09-01', action: 'DescribeZones', perSecond: 20 } as const
const uploadApi = { service: 'ssl', version: '2019-12-05', action: 'UploadCertificate', perSecond: 20 } as const
const key = { secretId: 'AKIDexample', secretKey: 'keyexample' }
const refusal = (Code: string) => ({
  status: 200,
  date: undefined,
  body: JSON.stringify({ Response: { Error: { Code, Message: 'no' }, RequestId: 'r-1' } }),
})
const success = { status: 200, date: undefined, body: '{"Response":{"RequestId":"r-2"}}' }

/** A client whose attempts end with each of these in turn, and with the last from then on. */
const clientOf = (outcomes: readonly (HttpResponse | Error)[], credential = async () => key) => {
  const lines: string[] = []
  const calls: CallRecord[] = []
  const log: Log = { ...silent, info: (line) => lines.push(line) }
  const clock = countedClock()
  let sent = 0
  const callUntil = client({
    clock,
    log,
    credential,
    time: serviceClock(clock, () => {}),
    endpoint: (service) => new URL(`https://${service}.tencentcloudapi.com`),
    language: 'en-US',
    region: 'ap-guangzhou',
    onAttempt: (action) => (outcome, requestId) => calls.push({ action, outcome, requestId }),
    send: async () => {
      const outcome = outcomes[Math.min(sent, outcomes.length - 1)]
      sent += 1
      if (outcome === undefined || outcome instanceof Error) throw outcome
      return outcome
    },
  })
  const deadline = clock.alarm(clock.now() + 20 * 60_000, () =>
    ownProblem('Network.Deadline', { message: inBoth('late') }),
  )
  return { call: callUntil(deadline), clock, lines, calls }
}

test('a retry line names the code, errno, address and status, why it is retried, and the pause', async () => {
  const reset = ownProblem('Network.Reset', {
    message: inBoth(''),
    errno: 'ECONNRESET',
    address: 'teo.tencentcloudapi.com:443',
    sent: 'unknown',
  })
  const { call, lines } = clientOf([reset, { ...success, status: 502 }, refusal('RequestLimitExceeded'), success])
  await call(api, {}, () => undefined)
  expect(lines).toEqual([
    'DescribeZones, attempt 1: Network.Reset (ECONNRESET, teo.tencentcloudapi.com:443; the connection broke, and the call is safe to repeat). Next attempt in 0.5 s.',
    'DescribeZones, attempt 2: Network.HttpStatus (HTTP 502; a gateway or proxy failed). Next attempt in 1.0 s.',
    'DescribeZones, attempt 3: RequestLimitExceeded (too many requests in one second). Next attempt in 0.6 s.',
  ])
})

test('an error says after how many attempts its budget was spent', async () => {
  const { call, calls } = clientOf([refusal('InternalError.SystemError')])
  await expect(call(api, {}, () => undefined)).rejects.toMatchObject({
    code: 'InternalError.SystemError',
    message: expect.stringMatching(/^no\. Gave up after 6 attempts in \d+ s\.$/),
  })
  expect(calls).toHaveLength(6)
})

test('throttling lasts until the deadline, and says so', async () => {
  const { call } = clientOf([refusal('RequestLimitExceeded')])
  await expect(call(api, {}, () => undefined)).rejects.toMatchObject({
    code: 'RequestLimitExceeded',
    message: expect.stringMatching(/^no\. Still failing at the deadline of the step, after \d{3} attempts in 20 min/),
    cause: { code: 'Network.Deadline' },
  })
})

test('an exception that is no Problem becomes Run.Unexpected at once, with the exception as its cause', async () => {
  const defect = new TypeError('x is not a function')
  const { call, lines, calls } = clientOf([success])
  const broken = () => {
    throw defect
  }
  await expect(call(api, {}, broken)).rejects.toMatchObject({ code: 'Run.Unexpected', cause: defect })
  expect(calls).toEqual([{ action: 'DescribeZones', outcome: 'Run.Unexpected', requestId: undefined }])
  expect(lines).toEqual([])
})

test('an internal error of SSL Certificate Service ends an upload at once', async () => {
  const { call, calls } = clientOf([refusal('InternalError')])
  await expect(call(uploadApi, {}, () => undefined)).rejects.toMatchObject({ code: 'InternalError' })
  expect(calls).toHaveLength(1)
})

test('a certificate that EdgeOne does not know is retried for two minutes after its upload, and no other one is', async () => {
  const uploaded = { ...success, body: '{"Response":{"RequestId":"r-2","CertificateId":"up1"}}' }
  const unknown = refusal('ResourceUnavailable.CertNotFound')
  const binding = (id: string) => ({ ServerCertInfo: [{ CertId: id }] })
  const other = clientOf([uploaded, unknown])
  await other.call(uploadApi, {}, () => undefined)
  await expect(other.call(api, binding('up'), () => undefined)).rejects.toThrow('no')
  expect(other.calls).toHaveLength(2)
  await expect(other.call(api, binding('up1'), () => undefined)).rejects.toThrow('no')
  expect(other.lines[0]).toContain('EdgeOne may not know the uploaded certificate yet')
  // With pauses of up to eight seconds, a few dozen attempts fill two minutes.
  expect(other.calls.length).toBeGreaterThan(20)
  expect(other.calls.length).toBeLessThan(50)
  const soon = clientOf([uploaded, unknown, success])
  await soon.call(uploadApi, {}, () => undefined)
  await soon.call(api, binding('up1'), () => undefined)
  expect(soon.calls.map(({ outcome }) => outcome)).toEqual(['ok', 'ResourceUnavailable.CertNotFound', 'ok'])
})

test('when fetching the key has spent its budget, the call that needs it does not fetch it again', async () => {
  const sts = clientOf([refusal('InternalError.DbError')])
  const assumeRole = { service: 'sts', version: '2018-08-13', action: 'AssumeRole', perSecond: 20 } as const
  const { call, lines } = clientOf([success], () => sts.call(assumeRole, {}, () => key))
  const thrown = await call(api, {}, () => undefined).catch(toProblem)
  expect(thrown).toMatchObject({ code: 'InternalError.DbError' })
  expect([sts.calls.length, lines]).toEqual([6, []])
})

test.each(['<html>It works!</html>', '', '{"Response":', '[]', '{"Response":7}'])(
  'a page in place of an answer, with HTTP 200, is retried a few times only: %j',
  async (body) => {
    const { call, calls } = clientOf([{ ...success, body }])
    await expect(call(api, {}, () => undefined)).rejects.toMatchObject({ code: 'Network.Response' })
    expect(calls).toHaveLength(6)
  },
)

test.each([
  ['ssl', () => sslApi('DescribeCertificates'), 10],
  ['teo', () => teoApi('2022-09-01', 'DescribeZones'), 20],
] as const)('at most as many calls of %s arrive in a second as are documented', async (_, apiOf, perSecond) => {
  const { call, clock } = clientOf([success])
  const arrivals: number[] = []
  for (let i = 0; i < 100; i++) await call(apiOf(), {}, () => arrivals.push(clock.now()))
  const most = Math.max(...arrivals.map((at) => arrivals.filter((one) => one >= at && one < at + 1000).length))
  expect(most).toBeLessThanOrEqual(perSecond)
  expect(most).toBeGreaterThan(0.8 * perSecond)
})

test('leaves an attempt without an answer to the caller, if that reads what came of it', async () => {
  const lost = problemOf('Network.Reset', { message: '', sent: 'unknown' })
  const again = clientOf([lost, success])
  expect(await again.call(api, {}, () => 'done')).toBe('done')
  const { call, calls } = clientOf([lost, success])
  await expect(call({ ...api, readBack: true }, {}, () => 'done')).rejects.toMatchObject({ sent: 'unknown' })
  expect(calls).toHaveLength(1)
})
