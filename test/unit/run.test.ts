import { expect, test } from 'vitest'
import type { Send } from '../../src/model/ports.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { failureOf } from '../../src/report/annotations.ts'
import { outputNames, outputsOf } from '../../src/report/outputs.ts'
import { summaryOf } from '../../src/report/summary.ts'
import { run } from '../../src/run.ts'
import { clock } from '../../src/runner/clock.ts'
import { inBoth } from '../../src/util/language.ts'
import { envWith } from '../support/inputs.ts'
import { silent } from '../support/log.ts'

const env = envWith()
/** A world in which nothing but the API is there. */
const nothing = () => Promise.reject(new Error('must not be called'))
const language = 'en-US' as const
const world = {
  env,
  language,
  clock,
  log: silent,
  handshake: nothing,
  resolve: nothing,
  readFile: nothing,
  idToken: nothing,
}

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

test('a defect during a change is told, and the hosts are read once more', async () => {
  const send = sendWith(() => Promise.reject(new TypeError('boom')))
  const result = await run({ ...world, send, cancelled: new AbortController().signal })
  expect(result).toMatchObject({
    outcome: 'failed',
    sites: [{ outcome: 'failed', hosts: [{ host: 'www.example.com', state: 'untouched', inDoubt: true }] }],
  })
  expect([...Object.keys(outputsOf(result)), 'result-path']).toEqual([...outputNames])
  expect(summaryOf(result, 0)).toContain('Run.Unexpected')
  expect(failureOf(result)?.message.en).toContain('TypeError: boom')
})

test('a defect before any change leaves the hosts untouched', async () => {
  const send = () => Promise.reject(new TypeError('boom'))
  const result = await run({ ...world, send, cancelled: new AbortController().signal })
  expect(result).toMatchObject({
    outcome: 'failed',
    problem: { code: 'Run.Unexpected' },
    sites: [{ outcome: 'failed', hosts: [{ host: 'www.example.com', state: 'untouched' }] }],
  })
})

test('a cancellation before the call leaves the hosts untouched', async () => {
  const send = () => Promise.reject(new Error('must not be called'))
  const cancelled = AbortSignal.abort(ownProblem('Run.Cancelled', { message: inBoth('stop') }))
  const result = await run({ ...world, send, cancelled })
  expect(result).toMatchObject({ outcome: 'cancelled', sites: [{ hosts: [{ state: 'untouched' }] }], calls: [] })
})

test('invalid inputs end the run before any call, with no site in the result', async () => {
  const send = () => Promise.reject(new Error('must not be called'))
  const result = await run({ ...world, env: envWith({ hosts: '' }), send, cancelled: new AbortController().signal })
  expect(result).toMatchObject({ outcome: 'failed', problem: { code: 'Input.Invalid' }, sites: [], calls: [] })
})

test('a defect is told with its stack, at debug level only', async () => {
  const debug: string[] = []
  const lines: string[] = []
  const log = { ...silent, debug: (line: string) => debug.push(line), info: (line: string) => lines.push(line) }
  const send = () => Promise.reject(new TypeError('boom'))
  await run({ ...world, log, send, cancelled: new AbortController().signal })
  expect(debug.join('\n')).toMatch(/^TypeError: boom\n +at /)
  expect(lines.join('\n')).not.toMatch(/^ +at /m)
})

test('each file of PEM is read once: it could change in between', async () => {
  const read: string[] = []
  const readFile = async (path: string) => {
    read.push(path)
    return 'no PEM'
  }
  const send = () => Promise.reject(new Error('must not be called'))
  const files = envWith({ 'cert-id': '', certificate: 'full.pem', 'private-key': 'tls.key' })
  const result = await run({ ...world, env: files, readFile, send, cancelled: new AbortController().signal })
  expect(result).toMatchObject({ problem: { code: 'Certificate.Unreadable' } })
  expect(read).toEqual(['full.pem', 'tls.key'])
})
