import { expect, test } from 'vitest'
import { act } from '../../src/deploy/act.ts'
import { openLedger } from '../../src/deploy/ledger.ts'
import { parseInputs } from '../../src/inputs/inputs.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import type { Clock, Served, World } from '../../src/model/ports.ts'
import { ownProblem, Problem } from '../../src/model/problem.ts'
import { planner } from '../../src/plan/plan.ts'
import type { Call } from '../../src/tencent/client.ts'
import { domainReader } from '../../src/tencent/hosts.ts'
import { answering } from './answering.ts'
import { silent } from './silent.ts'

const known = new Map<string, Certificate>([['new', { id: 'new', algorithm: 'RSA', sha256: 'new' }]])
const late = ownProblem('Network.Deadline', { message: 'late' })
const stop = ownProblem('Run.Cancelled', { message: 'stop' })
const refused = (code: string) => new Problem({ code, message: 'said no', sent: 'refused' })

/** Time that only sleeping moves; alarms go off in it. */
const countedClock = () => {
  const alarms: { at: number; ring: () => void }[] = []
  const time = { now: 0 }
  const clock: Clock = {
    now: () => time.now,
    random: () => 0,
    alarm: (at, reason) => {
      const controller = new AbortController()
      alarms.push({ at, ring: () => controller.abort(reason()) })
      return controller.signal
    },
    sleep: async (ms, signal) => {
      time.now += ms
      for (const { at, ring } of alarms) if (at <= time.now) ring()
      signal.throwIfAborted()
    },
  }
  return clock
}

interface Scene {
  readonly inputs?: Readonly<Record<string, string>>
  readonly hosts?: readonly string[]
  /** What a host serves, given the ID that it has. */
  readonly serves?: (host: string, id: string) => string
  readonly refuse?: (action: string, hosts: readonly string[], id: string) => Problem | undefined
  /** Whether a host is being deployed for ever. */
  readonly stays?: (host: string) => boolean
  readonly cancelWhen?: (event: string) => boolean
}

/** Acts on a site in memory whose hosts had `old`, and tells what happened, in order. */
const scene = async ({ inputs: more = {}, hosts = ['a'], serves = (_, id) => id, ...given }: Scene) => {
  const inputs = parseInputs({
    ...{ 'INPUT_ZONE-ID': 'zone-1', INPUT_HOSTS: 'x.com', 'INPUT_CERT-ID': 'new', 'INPUT_SECRET-ID': 'i' },
    ...{ 'INPUT_SECRET-KEY': 'k', 'INPUT_WAIT-FOR': 'served', ...more },
  })
  const bound = new Map(hosts.map((host) => [host, 'old']))
  const events: string[] = []
  const signals: { event: string; signal: AbortSignal; lateThen: boolean }[] = []
  const cancelled = new AbortController()
  const clock = countedClock()
  const deadline = 60_000
  const signal = AbortSignal.any([cancelled.signal, clock.alarm(deadline, () => late)])
  const happen = (event: string) => {
    if (events.at(-1) !== event) events.push(event)
    if (given.cancelWhen?.(event)) cancelled.abort(stop)
  }
  const callUntil = (ends: AbortSignal) =>
    answering(async ({ action }, body) => {
      ends.throwIfAborted()
      const names = (body['Hosts'] ?? []) as string[]
      const [info] = (body['ServerCertInfo'] ?? []) as { CertId: string }[]
      const id = info?.CertId ?? ''
      const failure = given.refuse?.(action, names, id)
      const event = [action.match(/^Describe|^Modify(Hosts)?/)?.[0], ...names, id].join(' ').trim()
      signals.push({ event, signal: ends, lateThen: signal.aborted })
      happen(failure === undefined ? event : `${event} refused`)
      ends.throwIfAborted()
      if (failure !== undefined) throw failure
      for (const name of names) bound.set(name, id)
      const AccelerationDomains = hosts.map((host) => ({
        DomainName: host,
        DomainStatus: bound.get(host) === 'new' && given.stays?.(host) ? 'process' : 'online',
        Certificate: {
          Mode: 'sslcert',
          List: [{ CertId: bound.get(host), Status: 'deployed', Type: 'upload', SignAlgo: 'RSA 2048' }],
          // Hosts that differ in this share no call.
          ClientCertInfo: { Switch: 'on', CertInfos: [{ CertId: `ca-${host}` }] },
        },
      }))
      return { requestId: 'r', response: { TotalCount: hosts.length, AccelerationDomains } }
    })
  const mustNot = () => Promise.reject(new Error('must not be called'))
  const world: World = {
    env: {},
    send: mustNot,
    readFile: mustNot,
    idToken: mustNot,
    resolve: async () => ['192.0.2.1'],
    handshake: async ({ host }, ends): Promise<Served> => {
      ends.throwIfAborted()
      happen(`look ${host}`)
      ends.throwIfAborted()
      const sha256 = serves(host, bound.get(host) ?? '')
      return { sha256, names: [host], notBefore: 0, notAfter: 1, algorithm: 'RSA' }
    },
    clock,
    log: {
      ...silent,
      info: (line) => {
        if (line.startsWith('Rolling back')) happen('rollback')
      },
    },
    cancelled: cancelled.signal,
  }
  const readerFor = (call: Call) => domainReader(call, '2022-09-01', 'zone-1', { cnames: true })
  const reader = readerFor(callUntil(signal))
  const setting = { mode: 'sslcert' as const, ids: ['new'] }
  const plan = planner({ setting, keepOther: true, known, now: 0 })
  const ledger = openLedger((await reader.all()).map((domain) => plan(domain.host, domain)))
  events.length = 0
  const thrown = await act(ledger, {
    world,
    inputs,
    zoneId: 'zone-1',
    warn: () => {},
    note: () => {},
    callUntil,
    signal,
    deadline,
    reader,
    readerFor,
    plan: (domain) => plan(domain.host, domain),
    known,
    onRequestId: () => {},
  }).catch((error: unknown) => error)
  const states = [...ledger.values()].map(({ state, problem }) => [state, problem?.code])
  return { events, states, thrown, signals, signal, ledger, end: clock.now() }
}

const everything = { INPUT_ROLLBACK: 'true', 'INPUT_OLD-CERTIFICATES': 'mute' }

test('hosts are bound, waited for, looked at, and only then are old certificates retired', async () => {
  const { events, states, thrown } = await scene({ inputs: everything })
  expect(events).toEqual(['ModifyHosts a new', 'Describe', 'look a', 'Describe', 'Modify'])
  expect([states, thrown]).toEqual([[['served', undefined]], undefined])
})

test('without being asked for, old certificates are kept', async () => {
  expect((await scene({})).events).toEqual(['ModifyHosts a new', 'Describe', 'look a'])
})

test('with `deployed` nothing is looked at', async () => {
  const { events, states } = await scene({ inputs: { ...everything, 'INPUT_WAIT-FOR': 'deployed' } })
  expect(events).toEqual(['ModifyHosts a new', 'Describe', 'Modify'])
  expect(states).toEqual([['deployed', undefined]])
})

test('a host that is not served at the deadline gets back what it had, in time of its own, and nothing is retired', async () => {
  const { events, states, thrown, signals, signal, end } = await scene({
    inputs: everything,
    hosts: ['a', 'b'],
    serves: (host, id) => (host === 'b' ? 'old' : id),
  })
  const back = events.indexOf('ModifyHosts b old')
  expect(events.slice(back)).toEqual(['ModifyHosts b old', 'Describe'])
  expect(events.slice(back - 2, back)).toEqual(['look b', 'rollback'])
  expect(events.join()).not.toMatch(/ModifyHosts a old|Modify(,|$)/)
  expect(states).toEqual([
    ['served', undefined],
    ['rolled-back', 'Verify.NotServed'],
  ])
  // The host's failure is in the ledger, and says more than that the deadline came.
  expect(thrown).toBeUndefined()
  expect([signal.aborted, end > 60_000]).toEqual([true, true])
  const own = signals.filter(({ lateThen }) => lateThen)
  expect(own.map(({ event }) => event)).toEqual(['ModifyHosts b old', 'Describe'])
  expect(own.every((one) => one.signal !== signal && !one.signal.aborted)).toBe(true)
})

test('a rollback ends after five minutes of its own', async () => {
  const { states, end, ledger } = await scene({
    inputs: everything,
    serves: () => 'old',
    refuse: (action, _, id) =>
      action === 'ModifyHostsCertificate' && id === 'old'
        ? new Problem({ code: 'OperationDenied', message: '当前域名状态为部署中，请稍后重试。', sent: 'refused' })
        : undefined,
  })
  expect(states).toEqual([['adrift', 'Verify.RollbackFailed']])
  expect(ledger.get('a')?.problem?.message).toContain(`--ServerCertInfo '[{"CertId":"old"}]'`)
  expect(end).toBeGreaterThanOrEqual(60_000 + 5 * 60_000)
  expect(end).toBeLessThan(60_000 + 5 * 60_000 + 20_000)
})

test('without being asked for, nothing is given back, and nothing is retired', async () => {
  const { events, states } = await scene({ inputs: { 'INPUT_OLD-CERTIFICATES': 'mute' }, serves: () => 'old' })
  expect([states, events.at(-1)]).toEqual([[['unserved', 'Verify.NotServed']], 'look a'])
  expect(events).not.toContain('rollback')
})

test('… nor when a refusal that concerns all stops the step', async () => {
  const { thrown, events } = await scene({
    hosts: ['a', 'b'],
    refuse: (_, names) => (names.includes('b') ? refused('InvalidParameter.ZoneIsGrayPublishing') : undefined),
  })
  expect(thrown).toMatchObject({ code: 'InvalidParameter.ZoneIsGrayPublishing' })
  expect(events).toEqual(['ModifyHosts a new', 'ModifyHosts b new refused'])
})

test('a cancellation gives nothing back, and throws its reason', async () => {
  const { events, thrown } = await scene({ inputs: everything, cancelWhen: (event) => event === 'look a' })
  expect([events, thrown]).toEqual([['ModifyHosts a new', 'Describe', 'look a'], stop])
})

test('a refused host goes back to nothing, and another one is not touched for it', async () => {
  const { events, states } = await scene({
    inputs: everything,
    hosts: ['a', 'b'],
    refuse: (_, names) => (names.includes('b') ? refused('InvalidParameter.Domain') : undefined),
  })
  expect(events).toEqual(['ModifyHosts a new', 'ModifyHosts b new refused', 'Describe', 'look a'])
  expect(states).toEqual([
    ['served', undefined],
    ['refused', 'InvalidParameter.Domain'],
  ])
})

test('with `accepted` nothing is read or looked at, and what was accepted does not go back', async () => {
  const { events, states, thrown } = await scene({
    inputs: { INPUT_ROLLBACK: 'true', 'INPUT_WAIT-FOR': 'accepted' },
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

test('when a refusal that concerns all stops the step, what was changed by then goes back', async () => {
  const denied = refused('InvalidParameter.ZoneIsGrayPublishing')
  const { states, thrown, events } = await scene({
    inputs: everything,
    hosts: ['a', 'b'],
    refuse: (_, names, id) => (names.includes('b') && id === 'new' ? denied : undefined),
  })
  expect(thrown).toBe(denied)
  expect(events.slice(0, 2)).toEqual(['ModifyHosts a new', 'ModifyHosts b new refused'])
  expect(states.map(([state]) => state)).toEqual(['rolled-back', 'refused'])
})

test('a host that the deadline keeps from being looked at is not served, and says that nobody looked', async () => {
  const { states, events, ledger } = await scene({ hosts: ['a', 'b'], stays: (host) => host === 'b' })
  expect(events.filter((event) => event.startsWith('look'))).toEqual([])
  expect(states).toEqual([
    ['unserved', 'Verify.NotServed'],
    ['late', 'Verify.NotDeployed'],
  ])
  expect(ledger.get('a')?.problem?.message).toBe('a: not looked at yet')
})
