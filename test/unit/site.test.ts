import { expect, test } from 'vitest'
import { batchSize } from '../../src/deploy/batches.ts'
import { carryOut, retireOld } from '../../src/deploy/site.ts'
import { failureOf, track } from '../../src/deploy/tracker.ts'
import type { Work } from '../../src/deploy/work.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import type { Probe, Served } from '../../src/model/ports.ts'
import { ownProblem, type Problem } from '../../src/model/problem.ts'
import type { SiteOptions } from '../../src/model/spec.ts'
import { type Desired, plan } from '../../src/plan/plan.ts'
import { withDeadline } from '../../src/tencent/context.ts'
import { hostReader } from '../../src/tencent/hosts.ts'
import { inBoth } from '../../src/util/language.ts'
import { answering } from '../support/answering.ts'
import { countedClock } from '../support/clock.ts'
import { contextWith } from '../support/context.ts'
import { silent } from '../support/log.ts'
import { options } from '../support/options.ts'
import { problemOf } from '../support/problem.ts'
import { live } from '../support/progress.ts'

const known = new Map<string, Certificate>([
  ['new', { id: 'new', algorithm: 'RSA', sha256: 'new', names: ['a'] }],
  ['old', { id: 'old', algorithm: 'RSA', names: ['a'], order: { source: 'upload' } }],
])
const desired: Desired = { setting: { mode: 'sslcert', ids: ['new'] }, keepOther: true, known, now: 0 }
const stop = ownProblem('Run.Cancelled', { message: inBoth('stop') })
const refused = (code: string) => problemOf(code, { message: 'said no', sent: 'refused' })

const inventoryTask = { CertTaskIds: [{ CertId: 'old', TaskId: 't' }] }
const emptyInventory = { SyncTaskBindResourceResult: [{ TaskId: 't', Status: 1 }] }

/** When the certificates end: what is served is told by its SHA-256. */
const ends = '2027-02-21T12:00:00Z'

interface Scene {
  readonly with?: Partial<SiteOptions>
  readonly hosts?: readonly string[]
  /** What a host serves, given the ID that it has. */
  readonly serves?: (host: string, id: string, now: number) => string
  /** What its own DNS name leads to, if that is not EdgeOne. */
  readonly dns?: () => string
  readonly refuse?: (action: string, hosts: readonly string[], id: string) => Problem | undefined
  /** Whether a host is being deployed for ever. */
  readonly stays?: (host: string) => boolean
  readonly cancelWhen?: (event: string) => boolean
}

/** Works on a site in memory whose hosts had `old`, and tells what happened, in order. */
const scene = async ({ with: more = {}, hosts = ['a'], serves = (_, id) => id, ...given }: Scene) => {
  const spec: SiteOptions = { ...options, waitFor: 'served', ...more }
  const bound = new Map(hosts.map((host) => [host, 'old']))
  const events: string[] = []
  const signals: { event: string; signal: AbortSignal; lateThen: boolean }[] = []
  const cancelled = new AbortController()
  const clock = countedClock(0)
  const happen = (event: string) => {
    if (events.at(-1) !== event) events.push(event)
    if (given.cancelWhen?.(event)) cancelled.abort(stop)
  }
  const listed = () => ({
    TotalCount: hosts.length,
    AccelerationDomains: hosts.map((host) => ({
      DomainName: host,
      Cname: `${host}.eo.test`,
      DomainStatus: bound.get(host) === 'new' && given.stays?.(host) ? 'process' : 'online',
      Certificate: {
        Mode: 'sslcert',
        List: [{ CertId: bound.get(host), Status: 'deployed', Type: 'upload', SignAlgo: 'RSA 2048', ExpireTime: ends }],
        // Hosts that differ in this share no call.
        ClientCertInfo: { Switch: 'on', CertInfos: [{ CertId: `ca-${host}` }] },
      },
    })),
  })
  const client = (ends: AbortSignal) =>
    answering(async ({ action }, body) => {
      ends.throwIfAborted()
      const names = (body['Hosts'] ?? []) as string[]
      const [info] = (body['ServerCertInfo'] ?? []) as { CertId: string }[]
      const id = info?.CertId ?? ''
      const failure = given.refuse?.(action, names, id)
      // Whether old certificates are due is asked for in several readings.
      if (action === 'DescribeCertificates') return { requestId: 'r', response: {} }
      if (action === 'CreateCertificateBindResourceSyncTask') return { requestId: 'r', response: inventoryTask }
      if (action === 'DescribeCertificateBindResourceTaskResult') {
        happen('inventory')
        return { requestId: 'r', response: emptyInventory }
      }
      const event = [action.match(/^Describe|^Modify(Hosts)?/)?.[0], ...names, id].join(' ').trim()
      signals.push({ event, signal: ends, lateThen: context.signal.aborted })
      happen(failure === undefined ? event : `${event} refused`)
      ends.throwIfAborted()
      if (failure !== undefined) throw failure
      for (const name of names) bound.set(name, id)
      return { requestId: 'r', response: listed() }
    })
  const handshake = async ({ host, at }: Probe, until: AbortSignal): Promise<Served> => {
    until.throwIfAborted()
    happen(`probe ${host}`)
    until.throwIfAborted()
    const away = at.host === '192.0.2.1' ? given.dns?.() : undefined
    const sha256 = away ?? serves(host, bound.get(host) ?? '', clock.now())
    return { sha256, names: [host], notBefore: 0, notAfter: Date.parse(ends), algorithm: 'RSA' }
  }
  const log = { ...silent, info: (line: string) => void (line.startsWith('Rolling back') && happen('rollback')) }
  const ports = {
    client,
    clock,
    log,
    handshake,
    resolve: async (name: string) => [name.endsWith('.eo.test') ? '203.0.113.9' : '192.0.2.1'],
    cancelled: cancelled.signal,
  }
  const context = withDeadline(contextWith(ports).context, 60_000, inBoth('The step'))
  const reader = hostReader(context.call, '2022-09-01', 'zone-1')
  const all = await reader.all()
  const tracker = track(
    all.map((host) => plan(desired, host)),
    live,
  )
  const work: Work = {
    ...{ context, spec, zoneId: 'zone-1', tracker, reader, known, planNow: (host) => plan(desired, host) },
    blocking: new Set(),
    batchSize: batchSize(),
    journal: { accepted: () => {}, certificate: () => {}, note: () => {} },
  }
  events.length = 0
  const thrown = await carryOut(work)
    .then(() => (failureOf(tracker) === undefined ? retireOld(work, tracker.all()) : undefined))
    .catch((error: unknown) => error)
  const states = tracker.all().map(({ state, problem }) => [state, problem?.code])
  return { events, states, thrown, signals, signal: context.signal, tracker, end: clock.now() }
}

const everything: Partial<SiteOptions> = { rollback: true, oldCertificates: 'mute' }

test('binds, waits, probes, and only then retires old certificates', async () => {
  const { events, states, thrown } = await scene({ with: everything })
  expect(events).toEqual(['ModifyHosts a new', 'Describe', 'probe a', 'Describe', 'inventory', 'Modify'])
  expect([states, thrown]).toEqual([[['served', undefined]], undefined])
})

test('keeps old certificates unless asked to retire them', async () => {
  expect((await scene({})).events).toEqual(['ModifyHosts a new', 'Describe', 'probe a'])
})

test('probes nothing with `deployed`', async () => {
  const { events, states } = await scene({ with: { ...everything, waitFor: 'deployed' } })
  expect(events).toEqual(['ModifyHosts a new', 'Describe', 'inventory', 'Modify'])
  expect(states).toEqual([['deployed', undefined]])
})

test('rolls back a host that is not served at the deadline, with a deadline of its own, and retires nothing', async () => {
  const { events, states, thrown, signals, signal, end } = await scene({
    with: everything,
    hosts: ['a', 'b'],
    serves: (host, id) => (host === 'b' ? 'old' : id),
  })
  const back = events.indexOf('ModifyHosts b old')
  expect(events.slice(back)).toEqual(['ModifyHosts b old', 'Describe'])
  // One more reading and one more handshake before it.
  expect(events.slice(back - 4, back)).toEqual(['probe b', 'Describe', 'probe b', 'rollback'])
  expect(events.join()).not.toMatch(/ModifyHosts a old|inventory|Modify(,|$)/)
  expect(states).toEqual([
    ['served', undefined],
    ['rolled-back', 'Verify.NotServed'],
  ])
  // The host's failure is in the tracker, and says more than that the deadline came.
  expect(thrown).toBeUndefined()
  expect([signal.aborted, end > 60_000]).toEqual([true, true])
  const own = signals.filter(({ lateThen }) => lateThen)
  expect(own.map(({ event }) => event)).toEqual(['Describe', 'ModifyHosts b old', 'Describe'])
  expect(own.every((one) => one.signal !== signal && !one.signal.aborted)).toBe(true)
})

test('ends a rollback after five minutes', async () => {
  const { states, end, tracker } = await scene({
    with: everything,
    serves: () => 'old',
    refuse: (action, _, id) =>
      action === 'ModifyHostsCertificate' && id === 'old'
        ? problemOf('OperationDenied', { message: '当前域名状态为部署中，请稍后重试。', sent: 'refused' })
        : undefined,
  })
  expect(states).toEqual([['rollback-failed', 'Verify.RollbackFailed']])
  expect(tracker.get('a')?.problem?.message).toContain(`--ServerCertInfo '[{"CertId":"old"}]'`)
  expect(end).toBeGreaterThanOrEqual(60_000 + 5 * 60_000)
  expect(end).toBeLessThan(60_000 + 5 * 60_000 + 20_000)
})

test('does not roll back unless asked to, and retires nothing after a failure', async () => {
  const { events, states } = await scene({ with: { oldCertificates: 'mute' }, serves: () => 'old' })
  expect([states, events.at(-1)]).toEqual([[['not-served', 'Verify.NotServed']], 'probe a'])
  expect(events).not.toContain('rollback')
})

test('does not roll back unless asked to when a refusal that concerns all hosts stops the step', async () => {
  const { thrown, events } = await scene({
    hosts: ['a', 'b'],
    refuse: (_, names) => (names.includes('b') ? refused('InvalidParameter.ZoneIsGrayPublishing') : undefined),
  })
  expect(thrown).toMatchObject({ code: 'InvalidParameter.ZoneIsGrayPublishing' })
  expect(events).toEqual(['ModifyHosts a new', 'ModifyHosts b new refused', 'Describe', 'probe a'])
})

test('rolls nothing back after a cancellation, and throws its reason', async () => {
  const { events, thrown } = await scene({ with: everything, cancelWhen: (event) => event === 'probe a' })
  expect([events, thrown]).toEqual([['ModifyHosts a new', 'Describe', 'probe a'], stop])
})

test('rolls back neither a refused host, which was not changed, nor the others', async () => {
  const { events, states } = await scene({
    with: everything,
    hosts: ['a', 'b'],
    refuse: (_, names) => (names.includes('b') ? refused('InvalidParameter.Domain') : undefined),
  })
  expect(events).toEqual(['ModifyHosts a new', 'ModifyHosts b new refused', 'Describe', 'probe a'])
  expect(states).toEqual([
    ['served', undefined],
    ['refused', 'InvalidParameter.Domain'],
  ])
})

test('reads and probes nothing with `accepted`, and does not roll back what was accepted', async () => {
  const { events, states, thrown } = await scene({
    with: { rollback: true, waitFor: 'accepted' },
    hosts: ['a', 'b'],
    refuse: (_, names) => (names.includes('b') ? refused('InvalidParameter.Domain') : undefined),
  })
  expect(events).toEqual(['ModifyHosts a new', 'ModifyHosts b new refused'])
  expect([states, thrown]).toEqual([
    [
      ['accepted', undefined],
      ['refused', 'InvalidParameter.Domain'],
    ],
    undefined,
  ])
})

test('sees the changed hosts through when a refusal that concerns all hosts stops the step, and rolls back only those that do not serve it', async () => {
  const denied = refused('InvalidParameter.ZoneIsGrayPublishing')
  const stoppedAt = (serves: string) =>
    scene({
      ...{ with: everything, hosts: ['a', 'b'], serves: () => serves },
      refuse: (_, names, id) => (names.includes('b') && id === 'new' ? denied : undefined),
    })
  const good = await stoppedAt('new')
  expect(good.thrown).toBe(denied)
  expect(good.events).toEqual(['ModifyHosts a new', 'ModifyHosts b new refused', 'Describe', 'probe a'])
  expect(good.states.map(([state]) => state)).toEqual(['served', 'refused'])
  const bad = await stoppedAt('old')
  expect(bad.thrown).toBe(denied)
  expect(bad.states.map(([state]) => state)).toEqual(['rolled-back', 'refused'])
})

test('probes once after the deadline a host that was not probed before', async () => {
  const { states, events } = await scene({ hosts: ['a', 'b'], stays: (host) => host === 'b' })
  expect(events.filter((event) => event.startsWith('probe'))).toEqual(['probe a'])
  expect(states).toEqual([
    ['served', undefined],
    ['timed-out', 'Verify.NotDeployed'],
  ])
})

test('is green when the probe after the deadline shows the certificate, and otherwise has the time of that probe', async () => {
  const servedFrom = (from: number) => scene({ serves: (_, id, now) => (now < from ? 'old' : id) })
  const late = await servedFrom(60_000)
  expect([late.states, late.thrown]).toEqual([[['served', undefined]], undefined])
  const never = await servedFrom(Infinity)
  expect(never.states).toEqual([['not-served', 'Verify.NotServed']])
  expect(never.tracker.get('a')?.problem?.message).toMatch(/^a, probed at 00:01:\d\d UTC: /)
})

test('a cancellation ends the probe after the deadline, and its reason is thrown', async () => {
  let late = false
  const { thrown, states } = await scene({
    serves: (_, __, now) => {
      late = now >= 60_000
      return 'old'
    },
    cancelWhen: (event) => late && event === 'probe a',
  })
  expect(states).toEqual([['not-served', 'Verify.NotServed']])
  expect(thrown).toBe(stop)
})

test.each([
  ['served', ['not-served', 'Verify.NotProbed']],
  ['deployed', ['deployed', undefined]],
] as const)('a cancellation while it waits fails the hosts that are not %s yet', async (waitFor, ofDeployed) => {
  let isChanged = false
  let readings = 0
  const { states, thrown } = await scene({
    with: { waitFor, rollback: true },
    hosts: ['a', 'b'],
    stays: (host) => host === 'b',
    cancelWhen: (event) => {
      isChanged ||= event.startsWith('ModifyHosts b')
      return isChanged && event === 'Describe' && ++readings === 2
    },
  })
  expect(states).toEqual([ofDeployed, ['timed-out', 'Verify.NotDeployed']])
  expect(thrown).toBe(stop)
})

test('keeps a host that is deployed and served at the last reading, and is green', async () => {
  const { states, thrown, events, end } = await scene({
    with: everything,
    // The step ends after a minute.
    serves: (_, id, now) => (now < 60_000 ? 'old' : id),
  })
  expect([states, thrown]).toEqual([[['served', undefined]], undefined])
  expect(events).not.toContain('ModifyHosts a old')
  expect(end).toBeGreaterThanOrEqual(60_000)
})

test('does not roll back a host of which EdgeOne itself serves the new certificate, whatever its DNS name leads to', async () => {
  const { states, events, tracker } = await scene({ with: everything, serves: (_, id) => id, dns: () => 'old' })
  expect(states).toEqual([['not-served', 'Verify.NotServed']])
  expect(events).not.toContain('rollback')
  expect(tracker.get('a')?.problem?.message).toMatch(
    /connect-to: cname.*Not rolled back: EdgeOne itself serves the new certificate$/,
  )
})
