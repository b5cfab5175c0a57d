import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endpointFault, endpointOf, isForeign } from '../../src/model/endpoint.ts'
import { Problem } from '../../src/model/problem.ts'
import { readAnswer } from '../../src/tencent/response.ts'

const api = { service: 'teo', version: '2022-09-01', action: 'ModifyHostsCertificate', perSecond: 20 } as const

describe('an answer', () => {
  const answer =
    (body: string, status = 200) =>
    () =>
      readAnswer(api, { status, body, date: undefined })
  test('of success gives its fields and its RequestId', () => {
    expect(answer('{"Response":{"RequestId":"r"}}')()).toEqual({ requestId: 'r', response: { RequestId: 'r' } })
  })
  test.each([
    ['{"Response":{"Error":{"Code":"X.Y","Message":"m"},"RequestId":"r"}}', 200, 'X.Y', 'refused'],
    ['{"Response":{"Error":{},"RequestId":"r"}}', 200, 'FailedOperation', 'refused'],
    ['{"Response":{"Error":{"Code":"Run.Cancelled"}}}', 200, 'FailedOperation', 'refused'],
    ['{"Response":', 200, 'Network.Response', 'unknown'],
    ['[]', 200, 'Network.Response', 'unknown'],
    ['{"Response":null}', 200, 'Network.Response', 'unknown'],
    ['{"Response":{"RequestId":"r"}}', 500, 'Network.HttpStatus', 'unknown'],
    ['', 302, 'Network.Redirect', 'refused'],
  ])('%s with HTTP %d is %s', (body, status, code, sent) => {
    expect(answer(body, status)).toThrow(expect.objectContaining({ code, sent }))
  })
  test.each([302, 403, 502])('HTTP %d is a field of the Problem', (status) => {
    expect(answer('', status)).toThrow(expect.objectContaining({ status }))
  })
  test('of any JSON is a result or a Problem, and never another error', () => {
    const response = fc.record({
      Response: fc.oneof(fc.jsonValue(), fc.record({ Error: fc.jsonValue(), RequestId: fc.jsonValue() })),
    })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          response.map((value) => JSON.stringify(value)),
          fc.string(),
        ),
        (body) => {
          try {
            expect(answer(body)()).toHaveProperty('response')
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(Problem)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

test('each service has an endpoint on each site, and `{service}` in a given one is replaced', () => {
  expect(endpointOf('china', undefined)('teo').href).toBe('https://teo.tencentcloudapi.com/')
  expect(endpointOf('international', undefined)('ssl').href).toBe('https://ssl.intl.tencentcloudapi.com/')
  expect(endpointOf('china', 'https://{service}.internal.tencentcloudapi.com')('teo').host).toBe(
    'teo.internal.tencentcloudapi.com',
  )
  for (const good of ['https://x.test', 'http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:2']) {
    expect(endpointFault(good)).toBeUndefined()
  }
  for (const bad of [
    'http://x.test',
    'http://127.0.0.1.evil.test',
    'ftp://x.test',
    'x',
    'https://u@x.test',
    'https://x.test/a',
    'https://x.test?a',
  ]) {
    expect(endpointFault(bad)).toBeDefined()
  }
  const foreign = ['https://eviltencentcloudapi.com', 'https://tencentcloudapi.com.evil.test', 'https://x.test']
  for (const url of foreign) expect(isForeign(new URL(url))).toBe(true)
  for (const url of ['https://teo.tencentcloudapi.com', 'http://127.0.0.1:1'])
    expect(isForeign(new URL(url))).toBe(false)
})
