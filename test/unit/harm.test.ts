import { describe, expect, test } from 'vitest'
import type { Binding } from '../../src/model/change.ts'
import type { Host } from '../../src/model/host.ts'
import { ownProblem } from '../../src/model/problem.ts'
import type { Event, Progress } from '../../src/model/progress.ts'
import { begin, transition } from '../../src/model/transition.ts'
import { judgeAtEdge, judgeByReading, type Reading, type SeenAtEdge } from '../../src/plan/harm.ts'
import { inBoth } from '../../src/util/language.ts'
import { inEnglish } from '../support/english.ts'
import { live } from '../support/progress.ts'

const hostOf = (status: string, id: string, state: string): Host => ({
  ...{ name: 'a.com', status, mode: 'sslcert', certificates: [{ id, status: state }], mutualTls: {} },
})
const before = hostOf('online', 'old', 'deployed')
const bind: Binding = {
  ...{ kind: 'bind', host: 'a.com', before, reason: inBoth(''), target: { mode: 'sslcert', ids: ['new'] } },
  ...{ keeps: [], replaces: [{ id: 'old' }], drops: [] },
}
const step = (progress: Progress, event: Event): Progress => transition(progress, event, 1000)
const accepted = step(begin(bind, live), { kind: 'accepted', requestId: 'r' })
const observed = (seen: Host) => step(accepted, { kind: 'observed', seen, change: bind })
const notServed = ownProblem('Verify.NotServed', { message: inBoth('a.com: another one') })
const states: Readonly<Record<string, Progress>> = {
  'timed-out': step(accepted, { kind: 'deadline' }),
  failed: observed(hostOf('online', 'new', 'failed')),
  offline: observed(hostOf('offline', 'new', 'deployed')),
  'not-served': step(accepted, { kind: 'not-served', problem: notServed }),
}
const readings: Readonly<Record<string, Reading>> = {
  deployed: { seen: hostOf('online', 'new', 'deployed') },
  deploying: { seen: hostOf('process', 'new', 'processing') },
  issued: { seen: hostOf('online', 'new', 'issued') },
  old: { seen: before },
  silent: { seen: { ...before, certificates: [{ id: 'new' }] } },
  foreign: { seen: hostOf('online', 'another', 'deployed') },
  off: { seen: { ...before, mode: 'disable', certificates: [] } },
  offline: { seen: hostOf('offline', 'new', 'deployed') },
  gone: { seen: undefined },
  unread: { unread: inBoth('Network.Timeout') },
}

/** What is done, by the last reading (rows) and by what was seen until then (columns). */
const table = `
           timed-out  failed     offline    not-served
deployed   probe      probe      probe      probe
deploying  restore    restore    restore    probe
issued     restore    restore    restore    restore
old        restore    restore    restore    probe
silent     probe      probe      probe      probe
foreign    leave      leave      leave      probe
off        restore    restore    restore    probe
offline    leave      leave      leave      leave
gone       leave      leave      leave      leave
unread     leave      restore    leave      probe
`
const [head = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))

describe.each(rows)('a host that is %s at the last reading', (reading = '', ...cells) => {
  test.each(head.map((state, i) => [state, cells[i]] as const))('and was %s: %s', (state, cell) => {
    const [progress, read] = [states[state], readings[reading]]
    if (progress === undefined || read === undefined) throw new Error('not in the table')
    expect(judgeByReading(progress, read, { isServed: true }).do).toBe(cell)
    const judged = judgeByReading(progress, read, { isServed: false }).do
    // Without a handshake, a reading that says nothing proves neither harm nor success.
    const unprobed = reading === 'silent' ? 'leave' : 'keep'
    expect(judged).toBe(cell === 'probe' && state !== 'not-served' ? unprobed : cell)
  })
})

test('a host that had the same certificate before has nothing to get back', () => {
  const again = { ...bind, before: hostOf('online', 'new', 'issued') }
  const progress = [
    { kind: 'accepted', requestId: 'r' } as const,
    // A reading that shows the same as before the call may be out of date.
    { kind: 'observed', seen: hostOf('process', 'new', 'processing'), change: again } as const,
    { kind: 'observed', seen: hostOf('online', 'new', 'issued'), change: again } as const,
  ].reduce(step, begin(again, live))
  const { issued = { seen: undefined } } = readings
  expect(inEnglish(judgeByReading(progress, issued, { isServed: false }))).toEqual({
    do: 'leave',
    why: 'it had the same certificate before',
  })
})

test.each<[SeenAtEdge | undefined, string, string]>([
  ['previous', 'restore', 'restore'],
  ['wrong-name', 'restore', 'leave'],
  ['no-handshake', 'restore', 'leave'],
  ['expected', 'leave', 'leave'],
  ['another', 'leave', 'leave'],
  ['no-witness', 'leave', 'leave'],
  ['unreachable', 'leave', 'leave'],
  [undefined, 'leave', 'leave'],
])('%s at EdgeOne: %s, and if the host had no certificate: %s', (seen, withCertificate, without) => {
  expect(judgeAtEdge(seen, before).do).toBe(withCertificate)
  expect(judgeAtEdge(seen, { ...before, certificates: [] }).do).toBe(without)
  expect(judgeAtEdge(seen, { ...before, mode: 'disable' }).do).toBe(without)
})
