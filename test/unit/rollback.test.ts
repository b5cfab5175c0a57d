import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { rollBack, settingBefore } from '../../src/deploy/rollback.ts'
import { commandFor } from '../../src/deploy/tccli.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Binding } from '../../src/model/change.ts'
import type { Bound, Host, MutualTls } from '../../src/model/host.ts'
import { ownProblem, type Problem } from '../../src/model/problem.ts'
import type { HostState } from '../../src/model/progress.ts'
import type { ApiVersion, Setting } from '../../src/model/setting.ts'
import type { Body } from '../../src/tencent/api.ts'
import { answering } from '../support/answering.ts'
import { countedClock } from '../support/clock.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { problemOf } from '../support/problem.ts'
import { bringTo, live, planFor } from '../support/progress.ts'

const mutualTls: MutualTls = { client: ['c1'] }
const hostWith = (mode: string | undefined, ...certificates: Bound[]): Host => ({
  name: 'a.com',
  status: 'online',
  mode,
  certificates,
  mutualTls,
})
const notServed = ownProblem('Verify.NotServed', { message: 'another one' })
const refusal = problemOf('OperationDenied.Other', { message: 'no', requestId: 'r9', sent: 'refused' })

interface Modification {
  readonly Hosts?: readonly string[]
  readonly Mode: string
  readonly ServerCertInfo?: readonly { readonly CertId: string }[]
}

interface Scene {
  /** What the hosts had, by name. */
  readonly befores: Readonly<Record<string, Host | undefined>>
  readonly states?: Readonly<Record<string, HostState>>
  /** Hosts as they were read last. */
  readonly seen?: Readonly<Record<string, Host>>
  readonly version?: ApiVersion
  /** What ModifyHostsCertificate is answered with; accepted when absent. */
  readonly modify?: (body: Body) => Problem | undefined
  /** Whether an accepted call has an effect. */
  readonly isObeyed?: boolean
  readonly cancelled?: AbortSignal
  /** What the hosts have before the rollback; the new certificate when absent. */
  readonly has?: Host
}

/** Hosts that got `new`, which was not served, and a service that takes the rollback as the scene says. */
const scene = async (given: Scene) => {
  const { befores, states = {}, version = '2022-09-01', modify = () => undefined, isObeyed = true } = given
  const bindings = Object.entries(befores).map(([host, before]): Binding => {
    const target = { target: { mode: 'sslcert', ids: ['new'] }, keeps: [], replaces: [], drops: [] } as const
    return { kind: 'bind', host, reason: '', before: before && { ...before, name: host }, ...target }
  })
  const stateOf = ({ host }: Binding) => states[host] ?? 'not-served'
  const tracker = track(
    bindings.map((binding) => planFor(binding, stateOf(binding))),
    live,
  )
  for (const binding of bindings) {
    const state = stateOf(binding)
    if (state !== 'not-served') bringTo(tracker, binding, state)
    else {
      bringTo(tracker, binding, 'accepted')
      const seen = given.seen?.[binding.host]
      if (seen !== undefined)
        tracker.emit(binding.host, { kind: 'observed', seen, change: { ...binding, kind: 'none' } })
      tracker.emit(binding.host, { kind: 'not-served', problem: notServed })
    }
  }
  const has = given.has ?? hostWith('sslcert', { id: 'new', status: 'deployed' })
  const now = new Map(bindings.map(({ host }) => [host, { mode: has.mode, ids: has.certificates.map(({ id }) => id) }]))
  const bodies: Body[] = []
  const call = answering(async ({ action }, body) => {
    if (action === 'ModifyHostsCertificate') {
      bodies.push(body)
      const problem = modify(body)
      if (problem !== undefined) throw problem
      const { Hosts = [], Mode, ServerCertInfo = [] } = body as unknown as Modification
      for (const host of isObeyed ? Hosts : [])
        now.set(host, { mode: Mode, ids: ServerCertInfo.map(({ CertId }) => CertId) })
      return { requestId: `back${bodies.length}`, response: {} }
    }
    const AccelerationDomains = [...now].map(([DomainName, { mode: Mode, ids }]) => {
      const List = ids.map((CertId) => ({ CertId, Status: 'deployed' }))
      return { DomainName, DomainStatus: 'online', Certificate: { Mode, List } }
    })
    return { requestId: 'r', response: { TotalCount: now.size, AccelerationDomains } }
  })
  const clock = countedClock()
  const cancelled = given.cancelled ?? new AbortController().signal
  const { context, lines } = contextWith({ call, clock, cancelled })
  const reader = {
    all: () => Promise.reject(new Error('too late')),
    these: () => Promise.reject(new Error('too late')),
    listed: () => 'hosts' as const,
  }
  const start = clock.now()
  const thrown = await rollBack({
    context,
    spec: { ...options, apiVersion: version, rollback: true },
    zoneId: 'zone-1',
    tracker,
    reader,
    planNow: () => {
      throw new Error('the plan is no longer wanted')
    },
    known: new Map(),
    blocking: new Set(),
    journal: { accepted: () => {}, certificate: () => {}, note: () => {} },
  }).catch((error: unknown) => error)
  const hosts = bodies.map((body) => body['Hosts'])
  return { tracker, bodies, hosts, lines, thrown, waited: clock.now() - start }
}
const one = (before: Host | undefined, more: Partial<Scene> = {}) => scene({ befores: { 'a.com': before }, ...more })
const old = hostWith('sslcert', { id: 'old', status: 'deployed' })

test('only hosts that were changed and have a problem are rolled back', async () => {
  const { tracker, hosts, bodies, lines } = await scene({
    befores: { 'a.com': old, 'b.com': old, 'c.com': old, 'd.com': old, 'e.com': old },
    states: { 'b.com': 'inactive', 'c.com': 'served', 'd.com': 'refused', 'e.com': 'failed' },
  })
  expect(hosts).toEqual([['a.com', 'e.com']])
  expect(bodies[0]).toEqual({
    ZoneId: 'zone-1',
    Hosts: ['a.com', 'e.com'],
    Mode: 'sslcert',
    ServerCertInfo: [{ CertId: 'old' }],
  })
  expect(tracker.all().map(({ state }) => state)).toEqual([
    'rolled-back',
    'inactive',
    'served',
    'refused',
    'rolled-back',
  ])
  expect(lines[0]).toBe('Rolling back 2 hosts')
})

test('without such a host nothing is called', async () => {
  const { bodies, lines } = await one(old, { states: { 'a.com': 'served' } })
  expect([bodies, lines]).toEqual([[], []])
})

test.each<[string, Host | undefined, Setting | undefined]>([
  [
    'its certificates, all of them',
    hostWith('sslcert', { id: 'r' }, { id: 'e' }),
    { mode: 'sslcert', ids: ['r', 'e'] },
  ],
  [
    'its default certificate, by ID',
    hostWith('sslcert', { id: 'd', type: 'default' }),
    { mode: 'sslcert', ids: ['d'] },
  ],
  ['the free certificate', hostWith('eofreecert', { id: 'f', type: 'managed' }), { mode: 'eofreecert' }],
  ['the manual free certificate', hostWith('eofreecert_manual', { id: 'f' }), { mode: 'eofreecert_manual' }],
  ['no HTTPS', hostWith('disable'), { mode: 'disable' }],
  ['under 2022-01-06 its own certificates', hostWith(undefined, { id: 'o' }), { mode: 'sslcert', ids: ['o'] }],
  [
    '… even if one of them is the default',
    hostWith(undefined, { id: 'o' }, { id: 'd', type: 'default' }),
    { mode: 'sslcert', ids: ['o', 'd'] },
  ],
  ['… the default certificate', hostWith(undefined, { id: 'd', type: 'default' }), { mode: 'default' }],
  ['… the default certificate, if it had none', hostWith(undefined), { mode: 'default' }],
  ['nothing, if it had no certificate under sslcert', hostWith('sslcert'), undefined],
  ['nothing, if its mode is unknown', hostWith('another', { id: 'x' }), undefined],
  ['nothing, if it could not be read', undefined, undefined],
])('a host is to get back %s', (_, before, setting) => {
  const target = { target: { mode: 'sslcert', ids: ['new'] }, keeps: [], replaces: [], drops: [] } as const
  const tracker = track([{ kind: 'bind', host: 'a.com', reason: '', before, ...target }], live)
  // Only 2022-01-06 tells no mode.
  const version = before !== undefined && before.mode === undefined ? '2022-01-06' : '2022-09-01'
  expect(tracker.all().map((progress) => settingBefore(progress, version))).toEqual([setting])
})

test('a host of 2022-09-01 that was read without a mode gets nothing back', async () => {
  const { tracker, bodies } = await one(hostWith(undefined))
  expect([tracker.get('a.com')?.state, bodies]).toEqual(['rollback-failed', []])
})

test('a host gets back what it had before the step, in a call for the host as it was read last', async () => {
  const has = { ...old, certificates: [{ id: 'new', status: 'deployed' }] }
  const { bodies } = await scene({
    befores: { 'a.com': old, 'b.com': old, 'c.com': old },
    seen: { 'a.com': has, 'b.com': { ...has, name: 'b.com', mutualTls: { client: ['c2'] } } },
  })
  // Client certificates that differ take a call of their own.
  expect(bodies.map(({ Hosts, ServerCertInfo }) => [Hosts, ServerCertInfo])).toEqual([
    [['a.com', 'c.com'], [{ CertId: 'old' }]],
    [['b.com'], [{ CertId: 'old' }]],
  ])
})

test('a rolled-back host keeps its problem, and shows what it has now', async () => {
  const { tracker } = await one(old)
  expect(tracker.get('a.com')).toMatchObject({
    state: 'rolled-back',
    seen: { certificates: [{ id: 'old', status: 'deployed' }] },
    requestId: 'back1',
    problem: notServed,
  })
})

test('a host that is found with what it had is rolled back', async () => {
  const busy = ownProblem('Verify.HostBusy', { message: 'busy' })
  const denied = problemOf('OperationDenied', { message: '部署中', sent: 'refused', cause: busy })
  const { tracker } = await one(old, { has: old, modify: () => denied })
  expect(tracker.get('a.com')).toMatchObject({ state: 'rolled-back', problem: notServed })
})

/** The words that a shell passes on, with another program in the place of the real one. */
const wordsOf = (command: string) =>
  execFileSync('sh', ['-c', `tccli() { printf '%s\n' "$@"; }; ${command}`], { encoding: 'utf8' })
    .trim()
    .split('\n')

test('a failed rollback is told with its reason and a command that a shell can run', async () => {
  const { tracker } = await one(hostWith('sslcert', { id: 'old-r' }, { id: 'old-e' }), { modify: () => refusal })
  const { state, problem } = tracker.get('a.com') ?? {}
  expect([state, problem?.code, problem?.requestId, problem?.cause]).toEqual([
    'rollback-failed',
    'Verify.RollbackFailed',
    'r9',
    notServed,
  ])
  const [said, command = ''] = problem?.message.split('. By hand: ') ?? []
  expect(said).toBe('a.com was not rolled back: no')
  if (process.platform === 'win32') return
  expect(wordsOf(command)).toEqual([
    ...['teo', 'ModifyHostsCertificate', '--ZoneId', 'zone-1', '--Hosts', '["a.com"]', '--Mode', 'sslcert'],
    ...['--ServerCertInfo', '[{"CertId":"old-r"},{"CertId":"old-e"}]'],
  ])
})

test('a rollback that EdgeOne accepted and that was not seen in effect failed, after its own five minutes', async () => {
  const { tracker, waited } = await one(old, { isObeyed: false })
  const { state, problem, seen } = tracker.get('a.com') ?? {}
  expect(state).toBe('rollback-failed')
  expect(problem?.message).toMatch(/^a\.com was not rolled back: At 00:05:05 UTC, a\.com was online, with new dep/)
  expect(seen?.certificates.map(({ id }) => id)).toEqual(['new'])
  expect(problem?.requestId).toMatch(/^back/)
  // The last sleep goes beyond it, on a clock that only sleeping moves.
  expect(Math.floor(waited / 10_000)).toBe(30)
})

test('a refusal that concerns all hosts fails every rollback, also those that were not sent', async () => {
  const befores = { 'a.com': old, 'b.com': hostWith('disable') }
  const all = problemOf('AuthFailure.SignatureFailure', { message: 'who?', sent: 'refused' })
  const { tracker, bodies, thrown } = await scene({ befores, modify: () => all })
  const said = tracker.all().map(({ state, problem }) => [state, problem?.message.split('. By hand')[0]])
  expect([bodies.length > 0, thrown]).toEqual([true, undefined])
  expect(said[0]).toEqual(['rollback-failed', 'a.com was not rolled back: who?'])
  expect(said[1]).toEqual([
    'rollback-failed',
    expect.stringMatching(/^b\.com was not rolled back: (who\?|no call was sent for it)$/),
  ])
})

test.each<[ApiVersion, Setting, string]>([
  ['2022-09-01', { mode: 'eofreecert' }, '--Mode eofreecert'],
  ['2022-09-01', { mode: 'disable' }, '--Mode disable'],
  ['2022-09-01', { mode: 'sslcert', ids: ['o'] }, `--Mode sslcert --ServerCertInfo '[{"CertId":"o"}]'`],
  ['2022-01-06', { mode: 'default' }, '--version 2022-01-06'],
  ['2022-01-06', { mode: 'sslcert', ids: ['o'] }, `--version 2022-01-06 --CertInfo '[{"CertId":"o"}]'`],
])('the command under %s for %j is one of that version', (version, setting, end) => {
  expect(commandFor('zone-1', 'a.com', setting, version)).toBe(
    `tccli teo ModifyHostsCertificate --ZoneId zone-1 --Hosts '["a.com"]' ${end}`,
  )
})

test.each([
  ['eofreecert', '--Mode eofreecert'],
  ['disable', '--Mode disable'],
])('the command of a failed rollback to mode %s names no certificates', async (mode, end) => {
  const { tracker } = await one(hostWith(mode, { id: 'f' }), { modify: () => refusal })
  expect(tracker.get('a.com')?.problem?.message).toBe(
    `a.com was not rolled back: no. By hand: tccli teo ModifyHostsCertificate --ZoneId zone-1 --Hosts '["a.com"]' ${end}`,
  )
})

test('a host of which nothing was known is told as not rolled back, without a call and without a command', async () => {
  const { tracker, bodies } = await one(undefined)
  expect(bodies).toEqual([])
  expect(tracker.get('a.com')).toMatchObject({
    state: 'rollback-failed',
    problem: {
      code: 'Verify.RollbackFailed',
      message: 'a.com was not rolled back: its previous setting is unknown',
      cause: notServed,
    },
  })
})

test('a cancellation is thrown, and no host is claimed to be rolled back', async () => {
  const stop = ownProblem('Run.Cancelled', { message: '' })
  const cancel = new AbortController()
  const modify = () => {
    cancel.abort(stop)
    return stop
  }
  const { tracker, thrown } = await one(old, { cancelled: cancel.signal, modify })
  expect(thrown).toBe(stop)
  expect(tracker.get('a.com')?.state).toBe('not-served')
})
