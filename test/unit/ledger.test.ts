import { expect, test } from 'vitest'
import type { Change } from '../../src/deploy/batches.ts'
import { ledgerProblem, noteAccepted, noteFailed, openLedger } from '../../src/deploy/ledger.ts'
import { ownProblem, Problem, type Sent } from '../../src/model/problem.ts'

const change = (host: string, kind: Change['kind'] = 'bind'): Change => ({
  kind,
  reason: '',
  host,
  before: undefined,
  setting: { mode: 'sslcert', ids: ['new'] },
  keeps: [],
  replaces: [],
  drops: [],
})
const problem = (code: string, message: string, sent: Sent = 'refused', requestId?: string) =>
  new Problem({ code, message, sent, requestId })
const ledgerOf = (...hosts: string[]) => openLedger(hosts.map((host) => change(host)))

test('before anything is done every host is what its step makes it', () => {
  const blocked = ownProblem('Input.HostNotOnline', { message: '' })
  const ledger = openLedger([
    change('a'),
    change('b', 'wait'),
    change('c', 'unchanged'),
    { ...change('d'), kind: 'refuse', problem: blocked },
  ])
  expect([...ledger.values()].map(({ state, writes }) => [state, writes])).toEqual([
    ['untouched', 0],
    ['waiting', 0],
    ['unchanged', 0],
    ['blocked', 0],
  ])
  expect(ledgerProblem(ledger)).toBe(blocked)
})

test('a change that is taken counts, ends the count of readings, and takes away an earlier problem', () => {
  const ledger = ledgerOf('a', 'b')
  noteFailed(ledger, [change('a')], problem('OperationDenied', '部署中', 'refused', 'r1'))
  expect(ledger.get('a')).toMatchObject({ state: 'waiting', requestId: 'r1', writes: 0 })
  Object.assign(ledger.get('a') ?? {}, { still: 2 })
  noteAccepted(ledger, [change('a'), change('elsewhere')], 'r2')
  expect(ledger.get('a')).toMatchObject({ state: 'accepted', requestId: 'r2', problem: undefined, writes: 1, still: 0 })
  expect(ledger.get('b')).toMatchObject({ state: 'untouched', writes: 0 })
  expect(ledger.size).toBe(2)
})

test.each([
  ['never', 'untouched', false],
  ['refused', 'refused', false],
  ['unknown', 'unknown', true],
] as const)('a failure that was sent: %s leaves the host %s', (sent, state, inDoubt) => {
  const ledger = ledgerOf('a')
  const failure = problem('Network.Reset', '', sent, 'r')
  noteFailed(ledger, [change('a')], failure)
  expect(ledger.get('a')).toMatchObject({ state, problem: failure, requestId: 'r', writes: 0 })
  expect(ledger.get('a')?.inDoubt).toBe(inDoubt)
})

test.each([
  ['never', 'accepted'],
  ['refused', 'failed'],
  ['unknown', 'accepted'],
] as const)('after a call that was taken, a failure that was sent: %s leaves the host %s', (sent, state) => {
  const ledger = ledgerOf('a')
  noteAccepted(ledger, [change('a')], 'r1')
  noteFailed(ledger, [change('a')], problem('X.Y', '', sent))
  expect(ledger.get('a')).toMatchObject({ state, writes: 1, problem: { code: 'X.Y' } })
})

test('no failure is no problem, and one that all share is that one', () => {
  const ledger = ledgerOf('a', 'b')
  expect(ledgerProblem(ledger)).toBeUndefined()
  const shared = problem('X.Y', 'm')
  noteFailed(ledger, [change('a'), change('b')], shared)
  expect(ledgerProblem(ledger)).toBe(shared)
})

test('of different failures the commonest code is told, with what is said of its hosts, each once', () => {
  const ledger = ledgerOf('a', 'b', 'c', 'd')
  noteFailed(ledger, [change('a')], problem('First', 'x'))
  noteFailed(ledger, [change('b')], problem('Most', 'b is bad', 'refused', 'r1'))
  noteFailed(ledger, [change('c')], problem('Most', 'c is bad', 'refused', 'r2'))
  noteFailed(ledger, [change('d')], problem('Most', 'b is bad'))
  expect(ledgerProblem(ledger)).toMatchObject({
    code: 'Most',
    message: 'b is bad, c is bad',
    requestId: 'r2',
    sent: 'refused',
  })
})
