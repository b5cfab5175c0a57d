import { expect, test } from 'vitest'
import type { Send } from '../../src/model/ports.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { failureOf } from '../../src/report/annotations.ts'
import { outputNames, outputsOf } from '../../src/report/outputs.ts'
import { summaryOf } from '../../src/report/summary.ts'
import { run } from '../../src/run.ts'
import { clock } from '../../src/runner/clock.ts'
import { silent } from './silent.ts'

const env = {
  'INPUT_ZONE-ID': 'zone-2fgd17m17xw',
  INPUT_HOSTS: 'www.example.com',
  'INPUT_CERT-ID': 'J2JqATrt',
  'INPUT_SECRET-ID': 'AKIDexample',
  'INPUT_SECRET-KEY': 'keyexample',
}
/** A world in which nothing but the API is there. */
const nothing = () => Promise.reject(new Error('must not be called'))
const world = { env, clock, log: silent, handshake: nothing, resolve: nothing, readFile: nothing, idToken: nothing }

/** A service that answers reads, and does `modify` for a change. */
const sendWith =
  (modify: () => Promise<never>): Send =>
  async ({ headers }) => {
    const domain = { DomainName: 'www.example.com', DomainStatus: 'online', Certificate: null }
    const answers: Readonly<Record<string, object>> = {
      DescribeAccelerationDomains: { TotalCount: 1, AccelerationDomains: [domain] },
      DescribeCertificates: { TotalCount: 0, Certificates: null },
    }
    const found = answers[headers['x-tc-action'] ?? '']
    if (found === undefined) return modify()
    return { status: 200, date: undefined, body: JSON.stringify({ Response: { ...found, RequestId: 'r-1' } }) }
  }

test('a defect in the middle of a change claims nothing about the hosts', async () => {
  const send = sendWith(() => Promise.reject(new TypeError('boom')))
  const result = await run({ ...world, send, cancelled: new AbortController().signal })
  expect(result).toMatchObject({ outcome: 'failed', hosts: [{ host: 'www.example.com', state: 'unknown' }] })
  expect(Object.keys(outputsOf(result))).toEqual([...outputNames])
  expect([...summaryOf(result, 0)].join('')).toContain('Run.Unexpected')
  expect(failureOf(result)?.message).toContain('TypeError: boom')
})

test('a defect before any change leaves the hosts untouched', async () => {
  const send = () => Promise.reject(new TypeError('boom'))
  const result = await run({ ...world, send, cancelled: new AbortController().signal })
  expect(result).toMatchObject({ outcome: 'failed', hosts: [{ host: 'www.example.com', state: 'untouched' }] })
})

test('a cancellation before the call leaves the hosts untouched', async () => {
  const send = () => Promise.reject(new Error('must not be called'))
  const cancelled = AbortSignal.abort(ownProblem('Run.Cancelled', { message: 'stop' }))
  const result = await run({ ...world, send, cancelled })
  expect(result).toMatchObject({ outcome: 'cancelled', hosts: [{ state: 'untouched' }], calls: [] })
})
