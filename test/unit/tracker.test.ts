import { expect, test } from 'vitest'
import { failureOf, track } from '../../src/deploy/tracker.ts'
import type { Binding, Change } from '../../src/model/change.ts'
import { ownProblem, type Problem } from '../../src/model/problem.ts'
import { inBoth } from '../../src/util/language.ts'
import { problemOf } from '../support/problem.ts'
import { live } from '../support/progress.ts'

const change = (host: string): Binding => ({
  kind: 'bind',
  reason: inBoth(''),
  host,
  before: undefined,
  target: { mode: 'sslcert', ids: ['new'] },
  keeps: [],
  replaces: [],
  drops: [],
})
const trackerOf = (...hosts: string[]) => track(hosts.map(change), live)
const refused = (problem: Problem) => ({ kind: 'refused', problem }) as const

test('before anything is done, every host is what its change makes it', () => {
  const problem = ownProblem('Input.HostNotOnline', { message: inBoth('') })
  const about = { before: undefined, reason: inBoth('') }
  const refusal: Change = { ...about, host: 'd', kind: 'refuse', because: 'inactive', problem }
  const unclear: Change = { ...refusal, host: 'e', because: 'unclear' }
  const changes: Change[] = [
    change('a'),
    { ...change('b'), kind: 'wait-then-bind' },
    { ...change('c'), kind: 'none' },
    refusal,
    unclear,
  ]
  const states = (dryRun: boolean) =>
    track(changes, { ...live, dryRun })
      .all()
      .map(({ host, state, writes }) => [host, state, writes])
  expect(states(false)).toEqual([
    ['a', 'untouched', 0],
    ['b', 'waiting', 0],
    ['c', 'unchanged', 0],
    ['d', 'inactive', 0],
    ['e', 'refused', 0],
  ])
  expect(states(true).map(([, state]) => state)).toEqual(['planned', 'planned', 'unchanged', 'inactive', 'refused'])
  expect(failureOf(track(changes, live))).toBe(problem)
})

test('an event changes the host that it happened to, and no other', () => {
  const tracker = trackerOf('a', 'b')
  const before = tracker.get('a')
  expect(tracker.emit('a', { kind: 'accepted', requestId: 'r' })).toMatchObject({ host: 'a', state: 'accepted' })
  expect(before?.state).toBe('untouched')
  expect(tracker.all().map(({ host, state }) => [host, state])).toEqual([
    ['a', 'accepted'],
    ['b', 'untouched'],
  ])
  expect(tracker.emit('elsewhere', { kind: 'accepted', requestId: 'r' })).toBeUndefined()
  expect(tracker.all()).toHaveLength(2)
})

test('hosts without a failure make no Problem, and a failure that all share is that Problem', () => {
  const tracker = trackerOf('a', 'b')
  expect(failureOf(tracker)).toBeUndefined()
  const shared = problemOf('OperationDenied', { message: 'm', sent: 'refused' })
  for (const host of ['a', 'b']) tracker.emit(host, refused(shared))
  expect(failureOf(tracker)).toBe(shared)
})

test('of different failures the code that most hosts have is reported, with each message once', () => {
  const tracker = trackerOf('a', 'b', 'c', 'd')
  const most = (message: string, requestId?: string) =>
    refused(problemOf('FailedOperation', { message, sent: 'refused', requestId }))
  tracker.emit('a', refused(problemOf('OperationDenied', { message: 'x', sent: 'refused' })))
  tracker.emit('b', most('b is bad', 'r1'))
  tracker.emit('c', most('c is bad', 'r2'))
  tracker.emit('d', most('b is bad'))
  expect(failureOf(tracker)).toMatchObject({
    code: 'FailedOperation',
    message: 'b is bad, c is bad',
    requestId: 'r2',
    sent: 'refused',
  })
})

test('a rollback that failed is reported before a code that more hosts have', () => {
  const tracker = trackerOf('a', 'b', 'c')
  const denied = problemOf('OperationDenied', { message: '', sent: 'refused' })
  for (const host of ['b', 'c']) tracker.emit(host, refused(denied))
  tracker.emit('a', { kind: 'accepted', requestId: 'r' })
  tracker.emit('a', { kind: 'deadline' })
  const problem = ownProblem('Verify.RollbackFailed', { message: inBoth('not restored') })
  tracker.emit('a', { kind: 'rollback-failed', seen: undefined, problem })
  expect(failureOf(tracker)).toBe(problem)
})
