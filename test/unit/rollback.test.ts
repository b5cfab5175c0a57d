import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { batchSize } from '../../src/deploy/batches.ts'
import { rollBack } from '../../src/deploy/rollback.ts'
import { commandFor } from '../../src/deploy/tccli.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Binding } from '../../src/model/change.ts'
import type { Bound, Host, MutualTls } from '../../src/model/host.ts'
import { ownProblem, type Problem } from '../../src/model/problem.ts'
import type { HostState } from '../../src/model/progress.ts'
import type { ApiVersion, Setting } from '../../src/model/setting.ts'
import type { Body } from '../../src/tencent/api.ts'
import { inBoth } from '../../src/util/language.ts'
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
const stop = ownProblem('Run.Cancelled', { message: inBoth('') })
const start = Date.parse('2026-11-24T00:00:00Z')
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
  /** Client certificates, where they differ by now. */
  readonly clients?: Readonly<Record<string, string>>
  readonly version?: ApiVersion
  /** What ModifyHostsCertificate is answered with; accepted when absent. */
  readonly modify?: (body: Body) => Problem | undefined
  /** Whether an accepted call has an effect. */
  readonly isObeyed?: boolean
  readonly cancelled?: AbortController
  /** The number of a reading at which the run is cancelled. */
  readonly cancelAt?: number
  /** When certificates end, in SSL Certificate Service. */
  readonly ends?: Readonly<Record<string, string>>
  /** What the hosts have before the rollback; the new certificate when absent. */
  readonly has?: Host
}

/** Hosts that got `new`, whose deployment failed, and a service that takes the rollback as the scene says. */
const scene = async (given: Scene) => {
  const { befores, states = {}, version = '2022-09-01', modify = () => undefined, isObeyed = true } = given
  const bindings = Object.entries(befores).map(([host, before]): Binding => {
    const target = { target: { mode: 'sslcert', ids: ['new'] }, keeps: [], replaces: [], drops: [] } as const
    return { kind: 'bind', host, reason: inBoth(''), before: before && { ...before, name: host }, ...target }
  })
  const stateOf = ({ host }: Binding) => states[host] ?? 'failed'
  const tracker = track(
    bindings.map((binding) => planFor(binding, stateOf(binding))),
    live,
  )
  for (const binding of bindings) bringTo(tracker, binding, stateOf(binding))
  const problems = tracker.all().map(({ problem }) => problem)
  const has = given.has ?? hostWith('sslcert', { id: 'new' })
  const now = new Map(bindings.map(({ host }) => [host, { mode: has.mode, ids: has.certificates.map(({ id }) => id) }]))
  const bodies: Body[] = []
  const cancelled = given.cancelled ?? new AbortController()
  let readings = 0
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
    if (action === 'DescribeCertificates') {
      const Certificates = Object.entries(given.ends ?? {}).map(([CertificateId, CertEndTime]) => ({
        CertificateId,
        CertEndTime,
      }))
      return { requestId: 'r', response: { Certificates } }
    }
    readings += 1
    if (readings === given.cancelAt) cancelled.abort(stop)
    cancelled.signal.throwIfAborted()
    const AccelerationDomains = [...now].map(([DomainName, { mode: Mode, ids }]) => {
      const List = ids.map((CertId) => ({ CertId, Status: CertId === 'new' ? 'failed' : 'deployed' }))
      const client = given.clients?.[DomainName] ?? 'c1'
      const ClientCertInfo = { Switch: 'on', CertInfos: [{ CertId: client }] }
      return { DomainName, DomainStatus: 'online', Certificate: { Mode, List, ClientCertInfo } }
    })
    return { requestId: 'r', response: { TotalCount: now.size, AccelerationDomains } }
  })
  const clock = countedClock(start)
  const { context, lines, warnings } = contextWith({ call, clock, cancelled: cancelled.signal })
  const reader = {
    all: () => Promise.reject(new Error('too late')),
    these: () => Promise.reject(new Error('too late')),
    listed: () => 'hosts' as const,
    unlisted: () => 0,
  }
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
    batchSize: batchSize(),
    journal: { accepted: () => {}, certificate: () => {}, note: () => {} },
  }).catch((error: unknown) => error)
  const hosts = bodies.map((body) => body['Hosts'])
  return { tracker, bodies, hosts, lines, warnings, thrown, problems, waited: clock.now() - start }
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

test('a host of 2022-09-01 that was read without a mode gets nothing back', async () => {
  const { tracker, bodies } = await one(hostWith(undefined))
  expect([tracker.get('a.com')?.state, bodies]).toEqual(['rollback-failed', []])
})

test('a host gets back what it had before the step, in a call for the host as it was read last', async () => {
  const { bodies } = await scene({
    befores: { 'a.com': old, 'b.com': { ...old, mutualTls: { client: ['c2'] } }, 'c.com': old },
    clients: { 'b.com': 'c2' },
  })
  // Client certificates that differ take a call of their own.
  expect(bodies.map(({ Hosts, ServerCertInfo }) => [Hosts, ServerCertInfo])).toEqual([
    [['a.com', 'c.com'], [{ CertId: 'old' }]],
    [['b.com'], [{ CertId: 'old' }]],
  ])
})

test('a rolled-back host keeps its problem, and shows what it has now', async () => {
  const { tracker, problems } = await one(old)
  expect(tracker.get('a.com')).toMatchObject({
    state: 'rolled-back',
    seen: { certificates: [{ id: 'old', status: 'deployed' }] },
    requestId: 'back1',
  })
  expect(tracker.get('a.com')?.problem).toBe(problems[0])
})

test('a host that is found with what it had is rolled back', async () => {
  const busy = ownProblem('Verify.HostBusy', { message: inBoth('busy') })
  const denied = problemOf('OperationDenied', { message: '部署中', sent: 'refused', cause: busy })
  const { tracker, problems } = await one(old, { states: { 'a.com': 'timed-out' }, has: old, modify: () => denied })
  expect(tracker.get('a.com')?.state).toBe('rolled-back')
  expect(tracker.get('a.com')?.problem).toBe(problems[0])
})

/** The words that a shell passes on, with another program in the place of the real one. */
const wordsOf = (command: string) =>
  execFileSync('sh', ['-c', `tccli() { printf '%s\n' "$@"; }; ${command}`], { encoding: 'utf8' })
    .trim()
    .split('\n')

test('a failed rollback is told with its reason and a command that a shell can run', async () => {
  const { tracker, problems } = await one(hostWith('sslcert', { id: 'old-r' }, { id: 'old-e' }), {
    modify: () => refusal,
  })
  const { state, problem } = tracker.get('a.com') ?? {}
  expect([state, problem?.code, problem?.requestId, problem?.cause]).toEqual([
    'rollback-failed',
    'Verify.RollbackFailed',
    'r9',
    problems[0],
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
  expect(problem?.message).toMatch(/^a\.com was not rolled back: At 00:05:05 UTC, a\.com was online, with new failed/)
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
  const { tracker, bodies, problems } = await one(undefined)
  expect(bodies).toEqual([])
  const { state, problem } = tracker.get('a.com') ?? {}
  expect([state, problem?.code, problem?.message, problem?.cause]).toEqual([
    'rollback-failed',
    'Verify.RollbackFailed',
    'a.com was not rolled back: its previous setting is unknown',
    problems[0],
  ])
})

const soon = hostWith(
  'sslcert',
  { id: 'old-r', notAfter: start + 3_600_000 },
  { id: 'old-e', notAfter: start + 3_660_000 },
)

test('a certificate that expires within the hour is not restored, and a warning names it', async () => {
  const { tracker, bodies, warnings } = await one(soon)
  expect(bodies.map(({ ServerCertInfo }) => ServerCertInfo)).toEqual([[{ CertId: 'old-e' }]])
  expect(tracker.get('a.com')?.state).toBe('rolled-back')
  expect(warnings).toEqual(['Rollback: old-r has expired or expires within the hour, so it was not restored on a.com.'])
})

test('a host whose only certificate has expired keeps what it has, without a call and without a command', async () => {
  const expired = hostWith('sslcert', { id: 'old', notAfter: start - 1 })
  const { tracker, bodies } = await one(expired)
  const { state, problem } = tracker.get('a.com') ?? {}
  expect([state, bodies]).toEqual(['rollback-failed', []])
  expect(problem?.message).toBe(
    'a.com was not rolled back: old, which it had before, has expired or will expire within the hour',
  )
})

test('whether a certificate has expired is read in SSL Certificate Service, if EdgeOne does not say', async () => {
  const { tracker, bodies } = await one(old, { ends: { old: '2026-11-24 08:59:00' } })
  expect([tracker.get('a.com')?.state, bodies]).toEqual(['rollback-failed', []])
  expect((await one(old, { ends: { old: '2026-11-24 09:01:00' } })).tracker.get('a.com')?.state).toBe('rolled-back')
})

test('a cancellation after EdgeOne accepted the rollback leaves it in the report, with its RequestId', async () => {
  const { tracker, thrown } = await one(old, { cancelAt: 2 })
  const { state, problem, requestId } = tracker.get('a.com') ?? {}
  expect([thrown, state, problem?.code, requestId]).toEqual([stop, 'rollback-failed', 'Verify.RollbackFailed', 'back1'])
  expect(problem?.message).toMatch(
    /^a\.com was not rolled back: EdgeOne accepted the call \(RequestId back1\), and the step ended before it saw it in effect\. By hand: tccli/,
  )
})

test('a cancellation while the call is under way is thrown, and the report says that a rollback was started', async () => {
  const cancel = new AbortController()
  const modify = () => {
    cancel.abort(stop)
    return stop
  }
  const { tracker, thrown } = await one(old, { cancelled: cancel, modify })
  expect(thrown).toBe(stop)
  expect(tracker.get('a.com')).toMatchObject({ state: 'rollback-failed', problem: { code: 'Verify.RollbackFailed' } })
  expect(tracker.get('a.com')?.problem?.message).toContain('its rollback was started, and EdgeOne did not confirm it')
})
