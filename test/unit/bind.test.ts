import { expect, test } from 'vitest'
import { batchSize } from '../../src/deploy/batches.ts'
import { bindDue } from '../../src/deploy/bind.ts'
import { explained } from '../../src/deploy/default.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Work } from '../../src/deploy/work.ts'
import type { Binding } from '../../src/model/change.ts'
import type { Host } from '../../src/model/host.ts'
import type { Problem, Sent } from '../../src/model/problem.ts'
import { withDeadline } from '../../src/tencent/context.ts'
import { shared } from '../../src/tencent/shared.ts'
import { inBoth } from '../../src/util/language.ts'
import { answering } from '../support/answering.ts'
import { countedClock } from '../support/clock.ts'
import { silent } from '../support/log.ts'
import { options } from '../support/options.ts'
import { problemOf } from '../support/problem.ts'
import { live } from '../support/progress.ts'

const before: Host = {
  name: 'a',
  status: 'online',
  mode: 'sslcert',
  certificates: [{ id: 'old', status: 'deployed' }],
  mutualTls: {},
}
const change: Binding = {
  kind: 'bind',
  host: 'a',
  before,
  reason: inBoth(''),
  target: { mode: 'sslcert', ids: ['new'] },
  keeps: [],
  replaces: [],
  drops: [],
}
const failure = (sent: Sent) => problemOf('InvalidParameter.Domain', { message: 'no', sent, requestId: 'r-failed' })

test('a refusal of the default certificate by its ID says so; a refusal of another one, or for another reason, stays', () => {
  const target = { mode: 'sslcert', ids: ['dflt'] } as const
  const refused = problemOf('ResourceUnavailable.CertNotFound', {
    message: 'No such.',
    sent: 'refused',
    requestId: 'r',
  })
  const known = new Map([['dflt', { id: 'dflt', type: 'default' }]])
  const told = explained({ known }, [{ ...change, target }], refused)
  expect(told).toMatchObject({ code: 'Certificate.DefaultNotTaken', sent: 'refused', requestId: 'r', cause: refused })
  expect(told.message).toBe(
    'EdgeOne did not accept the default certificate dflt by its ID: ResourceUnavailable.CertNotFound No such.',
  )
  expect(explained({ known }, [change], refused)).toBe(refused)
  const expired = problemOf('FailedOperation.CertificateHasExpired', { sent: 'refused' })
  expect(explained({ known }, [{ ...change, target }], expired)).toBe(expired)
})

/** A host whose calls meet these, in order: a RequestId is that of an accepted call. */
const hostMeeting = (...answers: readonly (string | Problem)[]) => {
  const accepted: (string | undefined)[] = []
  const unexpected = () => Promise.reject(new Error('must not be called'))
  const calls = answers.values()
  const client = () =>
    answering(async () => {
      const answer = calls.next().value
      if (typeof answer === 'string') return { requestId: answer, response: {} }
      throw answer ?? new Error('no more calls')
    })
  const cancelled = new AbortController().signal
  const ports = { client, clock: countedClock(0), log: silent, warn: () => {}, cancelled, shared: shared(unexpected) }
  const tracker = track([change], live)
  const work: Work = {
    context: withDeadline({ ...ports, handshake: unexpected, resolve: unexpected }, 60_000, inBoth('The step')),
    spec: options,
    zoneId: 'zone-1',
    tracker,
    reader: undefined,
    planNow: () => change,
    known: new Map(),
    blocking: new Set(),
    batchSize: batchSize(),
    journal: { accepted: (requestId) => accepted.push(requestId), certificate: () => {}, note: () => {} },
  }
  const readUnmoved = () => tracker.emit('a', { kind: 'observed', seen: before, change })
  return { accepted, readUnmoved, bind: () => bindDue(work), progress: () => tracker.get('a') }
}

/** A refusal gets the name of its host; another failure is the same. */
const expectNamed = (seen: Problem | undefined, problem: Problem): void => {
  if (problem.sent !== 'refused') expect(seen).toBe(problem)
  else expect(seen).toMatchObject({ code: problem.code, message: 'a: no', requestId: 'r-failed' })
}

test.each([
  ['never', 'untouched', false],
  ['refused', 'refused', false],
  ['unknown', 'unknown', true],
] as const)('after a call that failed, sent: %s, a host is %s', async (sent, state, inDoubt) => {
  const problem = failure(sent)
  const { bind, progress, accepted } = hostMeeting(problem)
  await bind()
  expect(progress()).toMatchObject({ state, inDoubt, writes: 0, requestId: 'r-failed', due: false })
  expectNamed(progress()?.problem, problem)
  expect(accepted).toEqual([])
})

test.each([
  ['never', 'accepted', false],
  ['refused', 'failed', false],
  ['unknown', 'accepted', true],
] as const)('after an accepted call and one that failed, sent: %s, a host is %s', async (sent, state, inDoubt) => {
  const problem = failure(sent)
  const { bind, progress, readUnmoved, accepted } = hostMeeting('r-1', problem)
  await bind()
  for (let reading = 0; reading < 3; reading++) readUnmoved()
  await bind()
  expect(progress()).toMatchObject({ state, inDoubt, writes: 1, requestId: 'r-failed' })
  expectNamed(progress()?.problem, problem)
  expect(accepted).toEqual(['r-1'])
})

test('an accepted call counts, and clears the problem of an earlier one that met a busy host', async () => {
  const busy = problemOf('OperationDenied', {
    message: '当前域名状态为部署中，请稍后重试。',
    sent: 'refused',
    requestId: 'r-busy',
  })
  const { bind, progress, readUnmoved, accepted } = hostMeeting(busy, 'r-2')
  await bind()
  expect(progress()).toMatchObject({ state: 'waiting', requestId: 'r-busy', writes: 0 })
  expect(progress()?.problem).toBe(busy)
  readUnmoved()
  await bind()
  expect(progress()).toMatchObject({ state: 'accepted', requestId: 'r-2', writes: 1, unmoved: 0 })
  expect(progress()?.problem).toBeUndefined()
  expect(accepted).toEqual(['r-2'])
})

test('an accepted call starts the count of readings anew', () => {
  const tracker = track([change], live)
  const accepted = { kind: 'accepted', requestId: 'r' } as const
  const unmoved = { kind: 'observed', seen: before, change } as const
  for (const event of [accepted, unmoved, unmoved]) tracker.emit('a', event)
  expect(tracker.get('a')?.unmoved).toBe(2)
  expect(tracker.emit('a', accepted)?.unmoved).toBe(0)
})
