import { describe, expect, test } from 'vitest'
import type { Change } from '../../src/model/change.ts'
import type { Host, MutualTls } from '../../src/model/host.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { dueBinding, type Event, type HostState, hostStates, type Progress } from '../../src/model/progress.ts'
import { begin, transition } from '../../src/model/transition.ts'
import { inBoth } from '../../src/util/language.ts'
import { problemOf } from '../support/problem.ts'

const hostOf = (status: string, ...certificates: readonly [id: string, status: string][]): Host => ({
  name: 'a.example.com',
  status,
  mode: 'sslcert',
  certificates: certificates.map(([id, state]) => ({ id, status: state })),
  mutualTls: {},
})
const before = hostOf('online', ['old', 'deployed'])
const bind: Change = {
  kind: 'bind',
  host: 'a.example.com',
  before,
  reason: inBoth('has another certificate'),
  target: { mode: 'sslcert', ids: ['new'] },
  keeps: [],
  replaces: [{ id: 'old' }],
  drops: [],
}
const wait: Change = { ...bind, kind: 'wait-then-bind', reason: inBoth('an earlier change is being deployed') }
const none: Change = { ...bind, kind: 'none', reason: inBoth('has it already') }
const inactiveProblem = ownProblem('Input.HostNotOnline', { message: inBoth('') })
const refusal: Change = {
  kind: 'refuse',
  host: 'a.example.com',
  before,
  reason: inBoth('is disabled (offline)'),
  because: 'inactive',
  problem: inactiveProblem,
}
const problem = ownProblem('Network.Reset', { message: inBoth('broken'), sent: 'unknown' })
const live = { dryRun: false, readAt: 0 }

/** The same value, in which nothing can be altered: an assignment to it throws. */
const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const part of Object.values(value)) frozen<unknown>(part)
  return value
}

/** A progress through events at times, in seconds; none of it can be altered. */
const afterAt = (change: Change, ...events: readonly (readonly [at: number, event: Event])[]): Progress =>
  events.reduce(
    (progress, [at, event]) => frozen(transition(progress, frozen(event), at * 1000)),
    frozen(begin(change, live)),
  )

/** A progress through these events, one each second. */
const after = (change: Change, ...events: readonly Event[]): Progress =>
  afterAt(change, ...events.map((event, i) => [i + 1, event] as const))

/** One more event, later. */
const step = (progress: Progress, event: Event): Progress => transition(progress, event, 60_000)

const accepted: Event = { kind: 'accepted', requestId: 'r-1' }
const observed = (seen: Host, change: Change = bind): Event => ({ kind: 'observed', seen, change })
const deployedHost = hostOf('online', ['new', 'deployed'])
const silentHost: Host = { ...before, certificates: [{ id: 'new' }] }

/** A progress in each state. */
const inState: Readonly<Record<HostState, Progress>> = {
  planned: frozen(begin(bind, { ...live, dryRun: true })),
  unchanged: after(none),
  untouched: after(bind),
  waiting: after(wait),
  refused: after(bind, { kind: 'refused', problem }),
  inactive: after(refusal),
  unknown: after(bind, { kind: 'lost', problem }),
  accepted: after(bind, accepted),
  deployed: after(bind, accepted, observed(deployedHost)),
  served: after(bind, accepted, observed(deployedHost), { kind: 'served' }),
  failed: after(bind, accepted, observed(hostOf('online', ['new', 'failed']))),
  'timed-out': after(bind, accepted, { kind: 'deadline' }),
  'not-served': after(bind, accepted, observed(deployedHost), { kind: 'not-served', problem }),
  'rolled-back': after(bind, accepted, { kind: 'deadline' }, { kind: 'rolled-back', seen: before, requestId: 'r-2' }),
  'rollback-failed': after(bind, accepted, { kind: 'deadline' }, { kind: 'rollback-failed', seen: before, problem }),
}

/** Each event, and readings by what they show. */
const events = {
  revised: { kind: 'revised', change: bind },
  accepted,
  refused: { kind: 'refused', problem },
  busy: { kind: 'busy', problem },
  denied: { kind: 'denied', problem },
  lost: { kind: 'lost', problem },
  'lost, read': { kind: 'lost', problem, seen: before },
  stopped: { kind: 'stopped' },
  unsent: { kind: 'unsent', problem },
  'read: target': observed(deployedHost, none),
  'read: old': observed(before, bind),
  'read: silent': observed(silentHost, none),
  'read: busy': observed(hostOf('process', ['old', 'deployed']), wait),
  'read: failed': observed(hostOf('online', ['new', 'failed']), bind),
  'read: offline': observed(hostOf('offline', ['old', 'deployed']), refusal),
  missing: { kind: 'missing' },
  unreadable: { kind: 'unreadable' },
  deadline: { kind: 'deadline' },
  interrupted: { kind: 'interrupted', cause: problem },
  served: { kind: 'served' },
  'not-served': { kind: 'not-served', problem },
  'seen-before': { kind: 'seen-before', leaves: ['f0'] },
  recovered: { kind: 'recovered', stage: 'served', seen: deployedHost },
  left: { kind: 'left', why: inBoth('nothing proves harm'), seen: deployedHost },
  'rollback-started': { kind: 'rollback-started', problem, seen: deployedHost },
  'rollback-accepted': { kind: 'rollback-accepted', problem, requestId: 'r-2' },
  'rolled-back': { kind: 'rolled-back', seen: before, requestId: 'r-2' },
  'rollback-failed': { kind: 'rollback-failed', seen: before, problem },
} as const satisfies Record<string, Event>

/** The state after each event, by the state before; `·` where the event cannot happen. */
const table = `
                 planned  unchanged    untouched   waiting    refused  inactive  unknown  accepted     deployed    served  failed           timed-out        not-served       rolled-back  rollback-failed
revised          ·        ·            untouched   waiting    ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
accepted         ·        ·            accepted    accepted   ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
refused          ·        ·            refused     refused    ·        ·         ·        failed       ·           ·       ·                ·                ·                ·            ·
busy             ·        ·            waiting     waiting    ·        ·         ·        waiting      ·           ·       ·                ·                ·                ·            ·
denied           ·        ·            waiting     waiting    ·        ·         ·        waiting      ·           ·       ·                ·                ·                ·            ·
lost             ·        ·            unknown     unknown    ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
lost,read        ·        ·            untouched   untouched  ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
stopped          ·        ·            untouched   untouched  ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
unsent           ·        ·            untouched   untouched  ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
read:target      ·        unchanged    unchanged   unchanged  ·        ·         ·        deployed     ·           ·       ·                ·                ·                ·            ·
read:old         ·        untouched    untouched   untouched  ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
read:silent      ·        unchanged    unchanged   unchanged  ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
read:busy        ·        unchanged    untouched   waiting    ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
read:failed      ·        untouched    untouched   untouched  ·        ·         ·        failed       ·           ·       ·                ·                ·                ·            ·
read:offline     ·        inactive     inactive    inactive   ·        ·         ·        failed       ·           ·       ·                ·                ·                ·            ·
missing          ·        unchanged    untouched   waiting    ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
unreadable       ·        unchanged    untouched   waiting    ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
deadline         ·        timed-out    untouched   waiting    ·        ·         ·        timed-out    ·           ·       ·                ·                ·                ·            ·
interrupted      ·        ·            ·           ·          ·        ·         ·        timed-out    not-served  ·       ·                ·                ·                ·            ·
served           ·        unchanged    ·           ·          ·        ·         ·        served       served      ·       ·                ·                served           ·            ·
not-served       ·        not-served   ·           ·          ·        ·         ·        not-served   not-served  ·       ·                ·                not-served       ·            ·
seen-before      ·        ·            untouched   waiting    ·        ·         ·        accepted     ·           ·       ·                ·                ·                ·            ·
recovered        ·        ·            ·           served     ·        ·         ·        served       ·           ·       served           served           served           ·            ·
left             ·        ·            ·           waiting    ·        ·         ·        accepted     ·           ·       failed           timed-out        not-served       ·            ·
rollback-started ·        ·            ·           rollback-failed ·        ·         ·        rollback-failed ·           ·       rollback-failed  rollback-failed  rollback-failed  ·            ·
rollback-accepted ·        ·            ·           ·          ·        ·         ·        ·            ·           ·       ·                ·                ·                ·            rollback-failed
rolled-back      ·        ·            ·           rolled-back ·        ·         ·        rolled-back  ·           ·       rolled-back      rolled-back      rolled-back      ·            rolled-back
rollback-failed  ·        ·            ·           rollback-failed ·        ·         ·        rollback-failed ·           ·       rollback-failed  rollback-failed  rollback-failed  ·            rollback-failed
`
const [head = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))

test('a host that is seen served after all was changed only if EdgeOne accepted a call for it', () => {
  const served: Event = { kind: 'served' }
  const wrong: Event = { kind: 'not-served', problem }
  const unchanged = after(none, wrong, served)
  expect([unchanged.state, unchanged.problem]).toEqual(['unchanged', undefined])
  expect(after(bind, accepted, observed(deployedHost), wrong, served).state).toBe('served')
})

test('the table has every state and every event', () => {
  expect(head.toSorted()).toEqual(hostStates.toSorted())
  expect(rows.map(([name]) => name)).toEqual(Object.keys(events).map((name) => name.replace(' ', '')))
  for (const [state, progress] of Object.entries(inState)) expect(progress.state).toBe(state)
})

describe.each(Object.values(events).map((event, i) => [rows[i]?.[0] ?? '', event, rows[i] ?? []] as const))(
  '%s',
  (_, event, [, ...cells]) => {
    test.each(head.map((state, i) => [state, cells[i]] as const))('%s -> %s', (state, cell) => {
      const progress = Object.entries(inState).find(([name]) => name === state)?.[1]
      if (progress === undefined) throw new Error(`no progress is ${state}`)
      // What is frozen cannot be altered: a transition that tries throws another error, in every cell.
      if (cell === '·') {
        expect(() => transition(progress, event, 9000)).toThrow(`is ${state}: “${event.kind}” cannot happen`)
        return
      }
      const next = transition(progress, frozen(event), 9000)
      expect(next.state).toBe(cell)
      expect(next.plan).toBe(progress.plan)
    })
  },
)

describe('a call', () => {
  test('is due only for a binding that can be sent now', () => {
    const due = [bind, wait, none, refusal].map((change) => begin(change, live).due)
    expect(due).toEqual([true, false, false, false])
    expect(begin(bind, { ...live, dryRun: true }).due).toBe(false)
    for (const event of [accepted, events.refused, events.busy, events.lost, events.unsent])
      expect(after(bind, event).due).toBe(false)
  })

  test('is counted when it is accepted, with its RequestId, and clears the problem of an earlier one', () => {
    const progress = after(bind, events.busy, { kind: 'unreadable' }, accepted)
    expect(progress).toMatchObject({ writes: 1, requestId: 'r-1', state: 'accepted' })
    expect(progress.problem).toBeUndefined()
  })

  test('that was answered with “busy” after an attempt without an answer leaves the host in doubt', () => {
    expect(after(bind, { kind: 'busy', problem }).inDoubt).toBe(true)
    const refused = ownProblem('Network.Connect', { message: inBoth(''), sent: 'refused' })
    expect(after(bind, { kind: 'busy', problem: refused }).inDoubt).toBe(false)
  })

  test('without an answer counts as accepted when the host is seen with its target', () => {
    const progress = after(bind, { kind: 'busy', problem }, observed(deployedHost, none))
    expect(progress).toMatchObject({ state: 'accepted', writes: 1 })
    expect(progress.change.before).toBe(before)
  })
})

describe('a change that does not show', () => {
  const stale = observed(before, bind)

  test('is sent again after three readings, and at most three times', () => {
    const twice = after(bind, accepted, stale, stale)
    expect(twice).toMatchObject({ due: false, unmoved: 2 })
    const due = transition(twice, stale, 9000)
    expect(due).toMatchObject({ due: true, state: 'accepted', writes: 1 })
    const thrice = [accepted, stale, stale, stale, accepted, stale, stale, stale, accepted, stale, stale, stale, stale]
    expect(after(bind, ...thrice)).toMatchObject({ due: false, writes: 3, unmoved: 4 })
    expect(after(bind, ...thrice, { kind: 'deadline' }).problem?.code).toBe('Verify.NotTaken')
  })

  test('is not counted while the host moves', () => {
    const moving = observed(hostOf('process', ['old', 'deployed']), wait)
    expect(after(bind, accepted, stale, stale, moving, moving)).toMatchObject({ due: false, unmoved: 2 })
    const deploying = observed(hostOf('online', ['new', 'processing']), none)
    expect(after(bind, accepted, stale, stale, deploying).unmoved).toBe(0)
  })
})

describe('a plan that is made again while waiting', () => {
  const other = hostOf('online', ['other', 'deployed'])
  const again: Change = {
    ...bind,
    before: other,
    replaces: [{ id: 'other' }],
    target: { mode: 'sslcert', ids: ['new', 'kept'] },
  }

  test('takes the place of the change, never of the plan', () => {
    const progress = after(wait, observed(other, again))
    expect(progress.plan).toBe(wait)
    expect(progress.change).toBe(again)
    expect(progress).toMatchObject({ state: 'untouched', due: true })
  })

  test('keeps what the host had before the first accepted call', () => {
    const stale = observed(other, again)
    const progress = after(bind, accepted, stale, stale, stale)
    expect(progress.change).toMatchObject({ before, replaces: [{ id: 'old' }], target: { ids: ['new', 'kept'] } })
    expect(progress.plan).toBe(bind)
  })

  test('that refuses the host after an accepted call is a failure', () => {
    const unclear: Change = { ...refusal, because: 'unclear' }
    const stale = observed(before, unclear)
    expect(after(bind, accepted, stale, stale, stale)).toMatchObject({ state: 'failed', problem: inactiveProblem })
    expect(after(wait, stale).state).toBe('refused')
  })
})

describe('the deadline', () => {
  const codeOf = (progress: Progress) => progress.problem?.code

  test('tells of a host that was busy all the time, and of one that may have been changed', () => {
    const busy = after(wait, { kind: 'deadline' })
    expect([busy.state, codeOf(busy)]).toEqual(['waiting', 'Verify.HostBusy'])
    const doubtful = after(bind, { kind: 'busy', problem }, { kind: 'deadline' })
    expect([doubtful.state, codeOf(doubtful)]).toEqual(['unknown', 'Network.Reset'])
  })

  test('leaves a host alone to which no call was sent', () => {
    const untouched = after(bind)
    expect(transition(untouched, { kind: 'deadline' }, 9000)).toEqual(untouched)
  })

  test('says what was seen last', () => {
    const moving = observed(hostOf('process', ['new', 'processing']), none)
    const progress = after(bind, accepted, moving, { kind: 'deadline' })
    expect(progress.problem?.message).toBe('At 00:00:02 UTC, a.example.com was process, with new processing')
    expect([codeOf(progress), progress.problem?.requestId]).toEqual(['Verify.NotDeployed', 'r-1'])
  })
})

test('a deployment that fails tells whether the binding or the application failed', () => {
  const codes = (['issued', 'failed'] as const).map((status) => {
    const progress = after(bind, accepted, observed(hostOf('online', ['new', status])))
    return progress.problem?.code
  })
  expect(codes).toEqual(['Verify.BindingFailed', 'Verify.ApplicationFailed'])
})

describe('a rollback', () => {
  const late = after(bind, accepted, { kind: 'deadline' })
  const doubt = ownProblem('Verify.RollbackFailed', { message: inBoth('not confirmed') })
  const started: Event = { kind: 'rollback-started', problem: doubt, seen: before }
  const asked: Event = { kind: 'rollback-accepted', problem, requestId: 'r-2' }

  test('is in the report from its start on, with its RequestId once that is known', () => {
    expect(step(late, started)).toMatchObject({ state: 'rollback-failed', problem: doubt, requestId: 'r-1' })
    const next = [started, asked].reduce(step, late)
    expect(next).toMatchObject({ state: 'rollback-failed', problem, requestId: 'r-2' })
  })

  test('that succeeds leaves the reason why it was needed', () => {
    const back = [started, asked, events['rolled-back']].reduce(step, late)
    expect([back.state, back.problem]).toEqual(['rolled-back', late.problem])
  })

  test('that is not needed leaves the host with its problem, and the reason', () => {
    const { state, problem: told, seen } = step(late, events.left)
    expect([state, told?.code, seen]).toEqual(['timed-out', 'Verify.NotDeployed', deployedHost])
    expect(told?.message).toBe(`${late.problem?.message}. Not rolled back: nothing proves harm`)
  })

  test('is spared a host that has reached its stage after all, which then has no problem', () => {
    const recovered = step(late, { kind: 'recovered', stage: 'deployed', seen: deployedHost })
    expect([recovered.state, recovered.problem, recovered.seen]).toEqual(['deployed', undefined, deployedHost])
  })
})

test('after a call without an answer, the state is unknown only if the host was not read since', () => {
  expect(after(bind, events['lost, read'])).toMatchObject({ state: 'untouched', inDoubt: true, problem, seen: before })
  expect(after(bind, events.lost)).toMatchObject({ state: 'unknown', inDoubt: true, problem })
})

describe('mutual TLS', () => {
  const had: MutualTls = { client: ['ca1', 'ca2'], upstream: 'off', originCa: ['ca3'] }
  const withTls = (seen: Host, mutualTls: MutualTls): Host => ({ ...seen, mutualTls })
  const start: Change = { ...bind, before: withTls(before, had) }
  const read = (mutualTls: MutualTls, status = 'deployed') =>
    observed(withTls(hostOf('online', ['new', status]), mutualTls), none)
  const lost = read({ ...had, client: 'off' })
  const driftOf = (...more: readonly Event[]) => after(start, accepted, ...more)

  test.each<[string, MutualTls]>([
    ['the same', had],
    ['the same in another order', { ...had, client: ['ca2', 'ca1'] }],
    ['on without IDs', { ...had, client: [] }],
    ['more than before', { ...had, upstream: ['new'] }],
  ])('that is %s is no change', (_, mutualTls) => {
    expect(driftOf(read(mutualTls))).toMatchObject({ state: 'deployed', due: false })
    expect(driftOf(read(mutualTls)).drift).toBeUndefined()
  })

  test.each<[string, MutualTls, MutualTls]>([
    ['off', { ...had, client: 'off' }, { client: ['ca1', 'ca2'] }],
    ['others', { ...had, originCa: ['ca4'] }, { originCa: ['ca3'] }],
    [
      'off altogether',
      { client: 'off', upstream: 'off', originCa: 'off' },
      { client: ['ca1', 'ca2'], originCa: ['ca3'] },
    ],
    ['no longer told', {}, { client: ['ca1', 'ca2'], originCa: ['ca3'] }],
  ])('that is %s after a call is put back, with the next call for the same target', (_, mutualTls, restores) => {
    const progress = driftOf(read(mutualTls))
    expect(progress).toMatchObject({ state: 'accepted', due: true, drift: { state: 'open' } })
    expect(dueBinding(progress)).toMatchObject({ target: bind.target, restores })
  })

  test('is compared only with what the host had before the first call, and only once the call is in effect', () => {
    const moving = observed(withTls(hostOf('process', ['new', 'processing']), { client: 'off' }), none)
    expect(driftOf(moving).drift).toBeUndefined()
    expect(driftOf(read({ client: 'off' }, 'processing')).drift).toBeUndefined()
    const still = observed(withTls(before, { client: 'off' }), bind)
    expect(driftOf(still).drift).toBeUndefined()
    // Changed by somebody else before anything was sent: that is what the host has.
    const waited: Change = { ...start, before: withTls(before, { client: 'off' }) }
    const progress = after({ ...start, kind: 'wait-then-bind' }, observed(withTls(before, { client: 'off' }), waited))
    expect(step(step(progress, accepted), read({ client: 'off' })).drift).toBeUndefined()
  })

  test('is not compared when HTTPS is switched off', () => {
    const off: Change = { ...start, target: { mode: 'disable' } }
    const seen: Host = { ...withTls(hostOf('online'), { client: 'off' }), mode: 'disable' }
    expect(after(off, accepted, observed(seen, none)).drift).toBeUndefined()
  })

  test('that is back keeps its problem, also when the host is served in the end', () => {
    const back = driftOf(lost, accepted, read(had))
    expect(back).toMatchObject({ state: 'deployed', writes: 2, drift: { state: 'back', tries: 1 } })
    expect(dueBinding(back)).toBeUndefined()
    const served = step(back, events.served)
    expect(served.problem).toBeUndefined()
    expect(served.drift?.problem.code).toBe('Verify.MutualTlsChanged')
    expect(served.drift?.problem.message).toBe(
      'a.example.com: mutual TLS changed since it was read. Client CA certificates: had ca1, ca2, then off. It was put back.',
    )
  })

  test('that is not told after it was put back is not taken for back', () => {
    expect(driftOf(lost, accepted, read({})).drift?.state).toBe('open')
  })

  test('that stays lost is put back after three readings, three times at most; then the host has failed', () => {
    const thrice = [lost, lost, lost]
    expect(driftOf(lost, accepted, lost, lost)).toMatchObject({ state: 'accepted', due: false })
    expect(driftOf(lost, accepted, ...thrice)).toMatchObject({ state: 'accepted', due: true })
    const end = driftOf(lost, accepted, ...thrice, accepted, ...thrice, accepted, ...thrice)
    expect(end).toMatchObject({ state: 'failed', due: false, problem: { code: 'Verify.MutualTlsChanged' } })
    expect(end.problem?.message).toContain('It was not put back: EdgeOne accepted 3 calls for that')
  })

  test.each<[string, Event, HostState, string]>([
    ['a refusal', { kind: 'refused', problem }, 'failed', 'Network.Reset broken'],
    ['the deadline', events.deadline, 'timed-out', 'Verify.NotDeployed'],
    ['the end of all calls', events.stopped, 'failed', 'the step sends no further calls'],
    ['a host that goes offline', events['read: offline'], 'failed', 'Verify.HostNotOnline'],
  ])('is what failed after %s, if it is not back', (_, event, state, why) => {
    const progress = driftOf(lost, event)
    expect(progress).toMatchObject({ state, drift: { state: 'open' }, problem: { code: 'Verify.MutualTlsChanged' } })
    expect(progress.problem?.message).toContain(`It was not put back: ${why}`)
  })

  test('is put back again after a wait for another deployment, and after a new plan', () => {
    const busyThen = driftOf(lost, events.busy, lost)
    expect(busyThen).toMatchObject({ due: true, drift: { state: 'open' } })
    const other = observed(withTls(before, { ...had, client: 'off' }), start)
    const replanned = driftOf(lost, accepted, other, other, other)
    expect(replanned).toMatchObject({ due: true, drift: { state: 'open' } })
    expect(dueBinding(replanned)?.restores).toEqual({ client: ['ca1', 'ca2'] })
  })
})

describe('a reading without a status', () => {
  const silent = observed(silentHost, none)
  const moving = observed(hostOf('process', ['new', 'processing']), none)

  test('counts as deployed only if another one at least five seconds later shows the same', () => {
    expect(afterAt(bind, [1, accepted], [2, silent]).state).toBe('accepted')
    expect(afterAt(bind, [1, accepted], [2, silent], [6.9, silent]).state).toBe('accepted')
    expect(afterAt(bind, [1, accepted], [2, silent], [7, silent]).state).toBe('deployed')
    // One reading in between shows something else.
    expect(afterAt(bind, [1, accepted], [2, silent], [4, moving], [7, silent]).state).toBe('accepted')
    expect(afterAt(bind, [1, accepted], [2, silent], [4, moving], [7, silent], [12, silent]).state).toBe('deployed')
  })

  test('before the call does not count', () => {
    const again = afterAt(bind, [1, events.busy], [2, observed({ ...silentHost, status: 'process' }, wait)])
    const progress = transition(transition(again, accepted, 3000), silent, 8000)
    expect(progress.state).toBe('accepted')
  })

  test('counts if it says when the certificate was deployed, which was after the call', () => {
    const at = (seconds: number, host = silentHost) =>
      observed({ ...host, certificates: [{ id: 'new', deployed: seconds * 1000 }] }, none)
    expect(afterAt(bind, [10, accepted], [12, at(11)]).state).toBe('deployed')
    expect(afterAt(bind, [10, accepted], [12, at(9)]).state).toBe('accepted')
    // With the clock of the service ahead, the host had a later time before.
    const had: Host = { ...before, certificates: [{ id: 'old', status: 'deployed', deployed: 20_000 }] }
    expect(afterAt({ ...bind, before: had }, [10, accepted], [12, at(19)]).state).toBe('accepted')
    expect(afterAt({ ...bind, before: had }, [10, accepted], [12, at(21)]).state).toBe('deployed')
  })

  test('counts for a certificate that the step brings, whatever one that it keeps says', () => {
    const change: Change = { ...bind, target: { mode: 'sslcert', ids: ['new', 'ecc'] }, keeps: [{ id: 'ecc' }] }
    const seen: Host = { ...before, certificates: [{ id: 'new', deployed: 11_000 }, { id: 'ecc' }] }
    expect(afterAt(change, [10, accepted], [12, observed(seen, none)]).state).toBe('deployed')
  })

  test('is said at the deadline', () => {
    const { problem: missed } = afterAt(bind, [1, accepted], [2, silent], [3, { kind: 'deadline' }])
    expect(missed?.code).toBe('Verify.NotDeployed')
    expect(missed?.message).toBe(
      'At 00:00:02 UTC, a.example.com was online, with new, and EdgeOne did not say whether it was in effect',
    )
  })

  test('is enough for a host that was not changed', () => {
    expect(after(none, silent).state).toBe('unchanged')
  })
})

describe('a failure that was there before the call', () => {
  const had = hostOf('online', ['new', 'issued'])
  const again: Change = { ...bind, before: had, reason: inBoth('has it, but its deployment failed') }
  const stale = observed(had, again)
  const codeOf = (progress: Progress) => progress.problem?.code

  test('is no failure of the call until several readings after several calls show it', () => {
    expect(after(again, accepted, stale, stale)).toMatchObject({ state: 'accepted', due: false, unmoved: 2 })
    expect(after(again, accepted, stale, stale, stale)).toMatchObject({ state: 'accepted', due: true })
    const twice = [accepted, stale, stale, stale, accepted, stale, stale, stale, accepted, stale, stale]
    expect(after(again, ...twice)).toMatchObject({ state: 'accepted', writes: 3 })
    const failed = after(again, ...twice, stale)
    expect([failed.state, codeOf(failed)]).toEqual(['failed', 'Verify.BindingFailed'])
  })

  test('is final once another reading came in between', () => {
    const moving = observed(hostOf('process', ['new', 'processing']), none)
    const failed = after(again, accepted, stale, moving, stale)
    expect([failed.state, codeOf(failed)]).toEqual(['failed', 'Verify.BindingFailed'])
    expect(after(again, accepted, stale, moving, observed(deployedHost, none)).state).toBe('deployed')
  })
})

describe('a free certificate that is being applied for', () => {
  const free: Change = { ...bind, target: { mode: 'eofreecert' } }
  const applying = observed({ ...before, mode: 'eofreecert', certificates: [] }, free)

  test('is waited for while the host shows the mode and no certificate', () => {
    expect(after(free, accepted, applying, applying, applying, applying)).toMatchObject({
      ...{ state: 'accepted', due: false, writes: 1, unmoved: 0 },
    })
  })

  test('is sent again while the host shows another mode', () => {
    const old = observed(before, free)
    expect(after(free, accepted, old, old, old).due).toBe(true)
  })
})

describe('a call that was denied', () => {
  const denial = problemOf('OperationDenied', { message: 'Not now.', sent: 'refused' })
  const denied: Event = { kind: 'denied', problem: denial }
  const idle = observed(before, bind)
  const busy = observed(hostOf('process', ['old', 'processing']), wait)

  test('is sent again after the deployment that the next reading shows', () => {
    expect(after(bind, denied, busy)).toMatchObject({ state: 'waiting', due: false })
    expect(after(bind, denied, busy, idle)).toMatchObject({ state: 'untouched', due: true })
  })

  test('stays refused when the next reading shows no deployment, or there is none', () => {
    expect(after(bind, denied, idle)).toMatchObject({ state: 'refused', due: false, problem: denial })
    expect(after(bind, denied, { kind: 'unreadable' })).toMatchObject({ state: 'refused', due: false, problem: denial })
    expect(after(bind, denied, { kind: 'deadline' })).toMatchObject({ state: 'refused', due: false, problem: denial })
    const stale = observed(before, bind)
    expect(after(bind, accepted, stale, stale, stale, denied, idle)).toMatchObject({ state: 'failed', problem: denial })
  })

  test('is not needed when the host has the certificate by then', () => {
    expect(after(bind, denied, observed(deployedHost, none))).toMatchObject({ state: 'unchanged' })
  })
})

describe('a host that is not listed any more', () => {
  const missing: Event = { kind: 'missing' }

  test('is gone after two readings in a row', () => {
    for (const [change, state] of [
      [bind, 'failed'],
      [wait, 'inactive'],
    ] as const) {
      const events: Event[] = change === bind ? [accepted] : []
      expect(after(change, ...events, missing).problem).toBeUndefined()
      const gone = after(change, ...events, missing, missing)
      expect([gone.state, gone.problem?.code]).toEqual([state, 'Verify.HostGone'])
    }
  })

  test('is still there when a reading in between lists it', () => {
    const stale = observed(before, bind)
    expect(after(bind, accepted, missing, stale, missing).state).toBe('accepted')
  })
})

describe('what is said of a host', () => {
  const messageOf = (progress: Progress) => progress.problem?.message

  test('has the time of its reading', () => {
    const failed = after(bind, accepted, observed(hostOf('online', ['new', 'issued'])))
    expect(messageOf(failed)).toBe('At 00:00:02 UTC, a.example.com was online, with new issued')
    const offline = after(bind, accepted, observed(hostOf('offline', ['new', 'deployed']), refusal))
    expect(messageOf(offline)).toBe('At 00:00:02 UTC, a.example.com is disabled (offline)')
    expect(messageOf(after(wait, { kind: 'deadline' }))).toBe(
      'At 00:00:00 UTC, a.example.com was online, with old deployed',
    )
  })

  test('is nothing if it was not read since the change was accepted', () => {
    const text = 'a.example.com was not read after EdgeOne accepted the change at 00:00:02 UTC'
    const busy = observed(hostOf('process', ['old', 'processing']), wait)
    expect(messageOf(after(wait, busy, accepted, { kind: 'deadline' }))).toBe(text)
    expect(messageOf(after(wait, busy, accepted, { kind: 'interrupted', cause: problem }))).toContain(text)
    expect(after(wait, busy, accepted).seen).toBeUndefined()
  })

  test('is that its earlier deployment ended too late, when the last reading shows that', () => {
    const progress = after(wait, observed(before, bind), { kind: 'deadline' })
    expect(progress).toMatchObject({ state: 'waiting', due: false, problem: { code: 'Verify.HostBusy' } })
    expect(messageOf(progress)).toContain('ended too late')
  })
})
