import { describe, expect, test } from 'vitest'
import { batchSize } from '../../src/deploy/batches.ts'
import { bindDue } from '../../src/deploy/bind.ts'
import { track } from '../../src/deploy/tracker.ts'
import { isWaiting, tellDeadline, waitUntil } from '../../src/deploy/wait.ts'
import type { Work } from '../../src/deploy/work.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import type { Host } from '../../src/model/host.ts'
import { ownProblem, type Problem, underWay } from '../../src/model/problem.ts'
import type { Stage } from '../../src/model/stage.ts'
import { type Desired, plan } from '../../src/plan/plan.ts'
import type { HostReader } from '../../src/tencent/hosts.ts'
import { pauseBefore } from '../../src/tencent/poll.ts'
import { inBoth } from '../../src/util/language.ts'
import { answering } from '../support/answering.ts'
import { contextWith } from '../support/context.ts'
import { silent } from '../support/log.ts'
import { options } from '../support/options.ts'
import { problemOf } from '../support/problem.ts'
import { live } from '../support/progress.ts'

const known = new Map<string, Certificate>([
  ['new', { id: 'new', algorithm: 'RSA' }],
  ['old', { id: 'old', algorithm: 'RSA' }],
  ['ecc', { id: 'ecc', algorithm: 'ECC' }],
])
const desired: Desired = { setting: { mode: 'sslcert', ids: ['new'] }, keepOther: true, known, now: 1 }
const signal = new AbortController().signal
/** Lines about the calls themselves. */
const isBinding = /^(ModifyHostsCertificate|Accepted|Not accepted)/
const busy = problemOf('OperationDenied', { message: '当前域名状态为部署中，请稍后重试。', sent: 'refused' })
const late = ownProblem('Network.Deadline', { message: inBoth('') })

/** `online old=deployed`: the status of a host, and its certificates with theirs. */
const hostOf = (name: string, text: string): Host => {
  const [status, ...parts] = text.split(' ')
  const certificates = parts.map((part) => {
    const [id = '', state] = part.split('=')
    return { id, status: state }
  })
  return { name, status, mode: 'sslcert', certificates, mutualTls: {} }
}

interface Scene {
  /** What a reading shows of a host at so many seconds, after so many calls for it were taken; undefined: it is missing. */
  readonly see: (host: string, at: number, writes: number) => string | undefined
  /** What a call for these meets. */
  readonly refuse?: (at: number, hosts: readonly string[]) => Problem | undefined
  readonly hosts?: readonly string[]
  readonly until?: Exclude<Stage, 'served'>
  readonly seconds?: number
  /** Whether the site can be read; true when absent. */
  readonly isReadable?: boolean
  /** Hosts that every reading shows first, asked for or not. */
  readonly others?: readonly string[]
  readonly listed?: ReturnType<HostReader['listed']>
}

/** Plans, binds and waits as the step does, on a clock that only sleeping moves. */
const scene = async ({
  see,
  refuse = () => undefined,
  hosts = ['a'],
  until = 'deployed',
  seconds = 120,
  others = [],
  isReadable = true,
  listed = 'hosts',
}: Scene) => {
  const state = { now: 0 }
  const taken = new Map<string, number>()
  const readings: [at: number, hosts: string][] = []
  const calls: [at: number, hosts: string][] = []
  const lines: [at: number, line: string][] = []
  const at = () => state.now / 1000
  const read = (host: string) => {
    const text = see(host, at(), taken.get(host) ?? 0)
    return text === undefined ? [] : [hostOf(host, text)]
  }
  const call = answering(async (_, body) => {
    const names = (body['Hosts'] ?? []) as string[]
    calls.push([at(), names.join()])
    const problem = refuse(at(), names)
    if (problem !== undefined) throw problem
    for (const name of names) taken.set(name, (taken.get(name) ?? 0) + 1)
    return { requestId: `r${calls.length}`, response: {} }
  })
  const clock = {
    now: () => state.now,
    random: () => 0,
    alarm: () => signal,
    sleep: async (ms: number) => {
      state.now = Math.min(seconds * 1000, state.now + ms)
      if (state.now === seconds * 1000) throw late
    },
  }
  const log = { ...silent, info: (line: string) => void (isBinding.test(line) || lines.push([at(), line])) }
  const planNow = (host: Host) => plan(desired, host)
  const tracker = track(
    hosts.map((name) => plan(desired, read(name)[0] ?? { name })),
    { ...live, now: () => state.now },
  )
  const reader: Work['reader'] = {
    all: () => Promise.reject(new Error('must not be called')),
    these: async (names) => {
      readings.push([at(), names.join()])
      return [...others, ...names].flatMap(read)
    },
    listed: () => listed,
    unlisted: () => 0,
  }
  const work: Work = {
    blocking: new Set(),
    batchSize: batchSize(),
    ...{ context: contextWith({ call, clock, log, signal, deadline: seconds * 1000 }).context, spec: options },
    ...{ zoneId: 'zone-1', tracker, planNow, known },
    reader: isReadable ? reader : undefined,
    journal: { accepted: () => {}, certificate: () => {}, note: () => {} },
  }
  const stopped = await bindDue(work)
  const thrown = await waitUntil(work, until, stopped).catch((error: unknown) => error)
  const settled = !isWaiting(work, until)
  tellDeadline(work, until)
  const entry = (host = 'a') => {
    const { state: how, writes, problem, requestId } = tracker.get(host) ?? {}
    return { state: how, writes, code: problem?.code, message: problem?.message, requestId }
  }
  return { tracker, entry, readings, calls, lines, thrown, settled, end: at() }
}

test('readings come after 1, 2, 4 and 8 seconds, then every 10', () => {
  expect([0, 1, 2, 3, 4, 5, 99].map(pauseBefore)).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000, 10_000])
})

test('reads only hosts that are open, until the last is deployed', async () => {
  const ready: Record<string, number> = { a: 1, b: 6, c: 20 }
  const see = (host: string, at: number, writes: number) =>
    writes === 0 ? 'online old=deployed' : at < (ready[host] ?? 0) ? 'process new=processing' : 'online new=deployed'
  const { readings, calls, lines, tracker, thrown, settled } = await scene({ hosts: ['a', 'b', 'c', 'd'], see })
  expect(readings).toEqual([
    [1, 'a,b,c,d'],
    [3, 'b,c'],
    [7, 'b,c'],
    [15, 'c'],
    [25, 'c'],
  ])
  expect(calls).toEqual([[0, 'a,b,c,d']])
  expect(lines).toEqual([
    [0, '0/4 hosts deployed, 0.0 s elapsed, 2 min 00 s left'],
    [1, '2/4 hosts deployed, 1.0 s elapsed, 1 min 59 s left'],
    [7, '3/4 hosts deployed, 7.0 s elapsed, 1 min 53 s left'],
    [15, '3/4 hosts deployed, 15 s elapsed, 1 min 45 s left'],
    [25, '4/4 hosts deployed, 25 s elapsed, 1 min 35 s left'],
  ])
  expect(tracker.all().map(({ state, requestId }) => [state, requestId])).toEqual(
    Array<unknown>(4).fill(['deployed', 'r1']),
  )
  expect([thrown, settled]).toEqual([undefined, true])
})

test('looks only at open hosts, each once, when a page shows other hosts, and one of them twice', async () => {
  // Deployed in the first reading, and something else from then on: nobody looks any more.
  const see = (host: string, at: number, writes: number) => {
    if (host === 'elsewhere') return 'online old=deployed'
    if (host === 'a') return writes > 0 && at === 1 ? 'online new=deployed' : 'online old=deployed'
    if (at < 1) return 'process old=deployed'
    return writes === 0 || at < 10 ? 'online old=deployed' : 'online new=deployed'
  }
  const { tracker, calls, entry } = await scene({ hosts: ['a', 'b'], see, others: ['a', 'b', 'elsewhere', 'b'] })
  expect(tracker.all().map(({ host }) => host)).toEqual(['a', 'b'])
  expect(calls).toEqual([
    [0, 'a'],
    [1, 'b'],
  ])
  expect([entry('a').state, entry('b').state]).toEqual(['deployed', 'deployed'])
  expect(tracker.get('a')?.seen?.certificates.map(({ id }) => id)).toEqual(['new'])
})

test('does not read hosts that have the certificate already', async () => {
  const { readings, lines, entry } = await scene({ see: () => 'online new=deployed' })
  expect([readings, lines, entry().state]).toEqual([[], [], 'unchanged'])
})

test('waits for a host that has the certificate, not yet in effect, which stays unchanged', async () => {
  const { readings, calls, entry } = await scene({ see: (_, at) => `online new=${at < 3 ? 'processing' : 'deployed'}` })
  expect(readings.map(([at]) => at)).toEqual([1, 3])
  expect([calls, entry()]).toMatchObject([[], { state: 'unchanged', writes: 0, code: undefined }])
})

test('writes a line from time to time while nothing changes, until the deadline', async () => {
  const see = (_: string, __: number, writes: number) =>
    writes === 0 ? 'online old=deployed' : 'process new=processing'
  const { lines, entry, thrown, settled, end } = await scene({ see, seconds: 60 })
  const times = lines.map(([at]) => at)
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(6)
  expect(Math.max(...gaps, end - (times.at(-1) ?? 0))).toBeLessThanOrEqual(10)
  expect(lines.at(-1)?.[1]).toBe('0/1 host deployed, 55 s elapsed, 5.0 s left')
  expect([thrown, settled]).toEqual([late, false])
  expect(entry()).toEqual({
    state: 'timed-out',
    writes: 1,
    code: 'Verify.NotDeployed',
    message: 'At 00:00:55 UTC, a was process, with new processing',
    requestId: 'r1',
  })
})

describe('a change that does not show', () => {
  test('is sent again after three readings, three times in all, and ends as not taken', async () => {
    const { calls, entry, lines, thrown } = await scene({ see: () => 'online old=deployed' })
    expect(calls).toEqual([
      [0, 'a'],
      [7, 'a'],
      [35, 'a'],
    ])
    expect(lines.filter(([, line]) => line.includes('Sending it again'))).toEqual([
      [7, 'a does not show the change (online, with old deployed). Sending it again.'],
      [35, 'a does not show the change (online, with old deployed). Sending it again.'],
    ])
    expect(thrown).toBe(late)
    expect(entry()).toEqual({
      state: 'timed-out',
      writes: 3,
      code: 'Verify.NotTaken',
      message: 'At 00:01:55 UTC, a was online, with old deployed, after EdgeOne accepted 3 calls for it',
      requestId: 'r3',
    })
  })

  test('is deployed when a later call shows, and its change keeps what the host had at first', async () => {
    const see = (_: string, __: number, writes: number) =>
      ['online old=deployed ecc=deployed', 'online ecc=deployed'][writes] ?? 'online new=deployed ecc=deployed'
    const { entry, tracker, end } = await scene({ see })
    expect([entry(), end]).toMatchObject([{ state: 'deployed', writes: 2, code: undefined, requestId: 'r2' }, 15])
    expect(tracker.get('a')?.change).toMatchObject({
      before: { certificates: [{ id: 'old' }, { id: 'ecc' }] },
      replaces: [{ id: 'old' }],
      keeps: [{ id: 'ecc' }],
    })
  })

  test('is not sent again while the host is being deployed, or after it moved', async () => {
    const see = (_: string, at: number, writes: number) => {
      if (writes === 0) return 'online old=deployed'
      if (at < 10) return at < 5 ? 'process old=processing' : 'online old=deployed'
      return at < 50 ? 'online new=processing' : 'online new=deployed'
    }
    const { calls, entry } = await scene({ see })
    expect([calls, entry()]).toMatchObject([[[0, 'a']], { state: 'deployed', writes: 1 }])
  })

  test('is sent again only after three readings in a row without a move', async () => {
    const see = (_: string, at: number, writes: number) =>
      writes > 0 && at === 7 ? 'process new=processing' : 'online old=deployed'
    expect((await scene({ see, seconds: 50 })).calls).toEqual([
      [0, 'a'],
      [35, 'a'],
    ])
  })
})

test('a changed host is not reported as untouched when a later call for it cannot be sent', async () => {
  const unsent = problemOf('Run.Cancelled', { message: '', sent: 'never' })
  const { entry, thrown } = await scene({
    see: () => 'online old=deployed',
    refuse: (at) => (at > 0 ? unsent : undefined),
  })
  expect(thrown).toBe(unsent)
  expect(entry()).toMatchObject({ writes: 1, state: expect.not.stringMatching('untouched') })
})

test('a host that is deployed in the end keeps no problem of a call in between', async () => {
  const { entry } = await scene({
    see: (_, at) => (at < 10 ? 'online old=deployed' : 'online new=deployed'),
    refuse: (at) => (at > 0 ? underWay(problemOf('InvalidParameter', { message: '' })) : undefined),
  })
  expect(entry()).toMatchObject({ state: 'deployed', writes: 1, code: undefined })
})

describe('a deployment that fails', () => {
  test.each([
    ['issued', 'Verify.BindingFailed'],
    ['failed', 'Verify.ApplicationFailed'],
  ])('with status %s is %s, and ends the waiting', async (status, code) => {
    const { entry, end } = await scene({
      see: (_, __, n) => (n === 0 ? 'online old=deployed' : `online new=${status}`),
    })
    expect(end).toBe(1)
    expect(entry()).toMatchObject({
      state: 'failed',
      code,
      message: `At 00:00:01 UTC, a was online, with new ${status}`,
      requestId: 'r1',
    })
  })

  test('is not final while the host is being deployed', async () => {
    const see = (_: string, at: number, writes: number) =>
      writes === 0 ? 'online old=deployed' : at < 5 ? 'process new=failed' : 'online new=deployed'
    expect((await scene({ see })).entry()).toMatchObject({ state: 'deployed', code: undefined })
  })

  test.each(['offline', 'forbidden'])('a host that becomes %s fails', async (status) => {
    const { entry, end } = await scene({
      see: (_, __, n) => (n === 0 ? 'online old=deployed' : `${status} new=deployed`),
    })
    expect([entry(), end]).toMatchObject([{ state: 'failed', code: 'Verify.HostNotOnline', requestId: 'r1' }, 1])
    expect(entry().message).toContain(`(${status})`)
  })
})

describe('a host in the middle of an earlier deployment', () => {
  const after = (moment: number) => (_: string, at: number, writes: number) => {
    if (at < moment) return 'process old=processing'
    return writes === 0 ? 'online old=deployed' : 'online new=deployed'
  }

  test('is bound when that is over, and keeps what it has by then', async () => {
    const see = (_: string, at: number, writes: number) =>
      at < 6
        ? 'process old=processing'
        : writes === 0
          ? 'online old=deployed ecc=deployed'
          : 'online new=deployed ecc=deployed'
    const { calls, entry, tracker } = await scene({ see })
    expect(calls).toEqual([[7, 'a']])
    expect(entry()).toMatchObject({ state: 'deployed', writes: 1, code: undefined })
    expect(tracker.get('a')?.change).toMatchObject({ target: { ids: ['new', 'ecc'] }, keeps: [{ id: 'ecc' }] })
  })

  test('needs no call when it has the certificate then', async () => {
    const { calls, entry, end } = await scene({
      see: (_, at) => (at < 6 ? 'process old=processing' : 'online new=deployed'),
    })
    expect([calls, end, entry()]).toMatchObject([[], 7, { state: 'unchanged', writes: 0, code: undefined }])
  })

  test('needs no call when it has the certificate then, even if what it was to keep is gone', async () => {
    const { calls, entry, end } = await scene({
      see: (_, at) => (at < 6 ? 'process old=processing ecc=deployed' : 'online new=deployed'),
    })
    expect([calls, end, entry()]).toMatchObject([[], 7, { state: 'unchanged', writes: 0, code: undefined }])
  })

  test('is inactive when it goes offline', async () => {
    const { entry, calls } = await scene({
      see: (_, at) => (at < 6 ? 'process old=processing' : 'offline old=deployed'),
    })
    expect([calls, entry()]).toMatchObject([[], { state: 'inactive', writes: 0, code: 'Verify.HostNotOnline' }])
  })

  test('is reported as busy at the deadline', async () => {
    const { entry, calls, thrown } = await scene({ see: after(Infinity), until: 'accepted' })
    expect([calls, thrown]).toEqual([[], late])
    expect(entry()).toMatchObject({
      state: 'waiting',
      writes: 0,
      code: 'Verify.HostBusy',
      message: 'At 00:01:55 UTC, a was process, with old processing',
    })
  })

  test('is waited for until its change is accepted, when nothing more is asked for', async () => {
    const { readings, lines, entry, settled } = await scene({ see: after(2), until: 'accepted' })
    expect(readings).toEqual([
      [1, 'a'],
      [3, 'a'],
    ])
    expect(lines.at(-1)).toEqual([3, '1/1 host accepted, 3.0 s elapsed, 1 min 57 s left'])
    expect([entry(), settled]).toMatchObject([{ state: 'accepted', writes: 1, code: undefined }, true])
  })

  test('is sent the call again after EdgeOne refused it as too early', async () => {
    const { calls, entry } = await scene({
      see: (_, __, writes) => (writes === 0 ? 'online old=deployed' : 'online new=deployed'),
      refuse: (at) => (at < 3 ? busy : undefined),
    })
    expect(calls.map(([at]) => at)).toEqual([0, 1, 3])
    expect(entry()).toMatchObject({ state: 'deployed', writes: 1, code: undefined, requestId: 'r3' })
  })

  test('because of a call whose answer was lost ends as unknown at the deadline', async () => {
    const { entry } = await scene({
      see: (_, at) => (at === 0 ? 'online old=deployed' : 'process old=processing'),
      refuse: () => underWay(busy),
    })
    expect(entry()).toMatchObject({ state: 'unknown', writes: 0, code: 'OperationDenied' })
  })

  test('because of a call whose answer was lost counts as changed by this step', async () => {
    const { calls, entry } = await scene({
      see: (_, at) => (at === 0 ? 'online old=deployed' : at < 5 ? 'process new=processing' : 'online new=deployed'),
      refuse: () => underWay(busy),
    })
    expect(calls).toEqual([[0, 'a']])
    expect(entry()).toMatchObject({ state: 'deployed', writes: 1, code: undefined })
  })
})

describe('a host that is missing from an answer', () => {
  const see = (missing: readonly number[]) => (_: string, at: number, writes: number) =>
    writes === 0
      ? 'online old=deployed'
      : missing.includes(at)
        ? undefined
        : at < 20
          ? 'process new'
          : 'online new=deployed'

  test('stays open', async () => {
    const { readings, calls, entry } = await scene({ see: see([1, 7]) })
    expect(readings.map(([at]) => at)).toEqual([1, 3, 7, 15, 25])
    expect([calls.length, entry().state]).toEqual([1, 'deployed'])
  })

  test('and from the next one is gone, which ends the waiting', async () => {
    const { entry, end, thrown } = await scene({ see: see([3, 7]) })
    expect([end, thrown]).toEqual([7, undefined])
    expect(entry()).toMatchObject({ state: 'failed', code: 'Verify.HostGone', requestId: 'r1' })
    expect(entry().message).toBe('At 00:00:07 UTC, the site no longer had the host a')
  })

  test('may still be there, where only hosts with certificates are listed', async () => {
    const { entry } = await scene({ see: see([1, 3, 7, 15]), listed: 'certificates' })
    expect(entry().state).toBe('deployed')
  })
})

test('without a status, a change is deployed after two readings; with one, after the first', async () => {
  const see = (text: string) => (_: string, __: number, writes: number) => (writes === 0 ? 'online old' : text)
  const silent = await scene({ see: see('online new') })
  expect([silent.readings.map(([at]) => at), silent.entry().state]).toEqual([[1, 3, 7], 'deployed'])
  const told = await scene({ see: see('online new=deployed') })
  expect([told.readings.map(([at]) => at), told.entry().state]).toEqual([[1], 'deployed'])
})

describe('a call that EdgeOne denies without saying that the host is busy', () => {
  const denied = problemOf('OperationDenied.Unheard', { message: 'Not now.', sent: 'refused' })
  const refuse = (at: number) => (at < 2 ? denied : undefined)

  test('is sent again once the deployment that a reading shows is over', async () => {
    const see = (_: string, at: number, writes: number) =>
      writes > 0 ? 'online new=deployed' : at > 0 && at < 3 ? 'process old=processing' : 'online old=deployed'
    const { calls, entry } = await scene({ see, refuse })
    expect(calls.map(([at]) => at)).toEqual([0, 3])
    expect(entry()).toMatchObject({ state: 'deployed', writes: 1, code: undefined })
  })

  test('is refused when a reading shows that the host is not busy', async () => {
    const { calls, entry, end } = await scene({ see: () => 'online old=deployed', refuse })
    expect([calls.length, end]).toEqual([1, 1])
    expect(entry()).toMatchObject({ state: 'refused', writes: 0, code: 'OperationDenied.Unheard' })
  })

  test('is refused without a reading if it concerns all hosts', async () => {
    const graying = problemOf('OperationDenied.VersionControlIsGraying', { message: 'Graying.', sent: 'refused' })
    const { thrown, calls } = await scene({ see: () => 'online old=deployed', refuse: () => graying })
    expect([thrown, calls.length]).toEqual([graying, 1])
  })
})

test('reads nothing for `accepted` when no host waits', async () => {
  const { readings, lines, entry } = await scene({ see: () => 'online old=deployed', until: 'accepted' })
  expect([readings, lines, entry().state]).toEqual([[], [], 'accepted'])
})

test('after a refusal that concerns all hosts no further call is sent, and hosts that were accepted before are waited for', async () => {
  const denied = problemOf('AuthFailure.TokenFailure', { message: '', sent: 'refused' })
  const { entry, thrown } = await scene({
    hosts: ['a', 'b'],
    see: (host, at, writes) => {
      if (host === 'a') return writes === 0 ? 'online old=deployed' : 'process new=processing'
      return at < 2 ? 'process old=processing' : 'online old=deployed'
    },
    refuse: (at) => (at > 0 ? denied : undefined),
  })
  expect(thrown).toBe(denied)
  expect(entry('a')).toMatchObject({
    state: 'timed-out',
    message: 'At 00:01:55 UTC, a was process, with new processing',
  })
  expect(entry('b')).toMatchObject({ state: 'refused', writes: 0, code: 'AuthFailure.TokenFailure' })
})

test('sends the call again for a busy host, without a reading, where the site cannot be read', async () => {
  const { calls, readings, entry } = await scene({
    see: () => undefined,
    refuse: (at) => (at < 3 ? busy : undefined),
    until: 'accepted',
    isReadable: false,
  })
  expect([calls.map(([at]) => at), readings]).toEqual([[0, 1, 3], []])
  expect(entry()).toMatchObject({ state: 'accepted', writes: 1, code: undefined })
})

test('counts failed hosts apart from those that have reached the stage', async () => {
  const see = (host: string, at: number, writes: number) =>
    writes === 0
      ? 'online old=deployed'
      : host === 'a'
        ? 'online new=failed'
        : at < 3
          ? 'process new=processing'
          : 'online new=deployed'
  const { lines } = await scene({ hosts: ['a', 'b', 'c'], see })
  expect(lines.map(([, line]) => line.split(',').slice(0, 2).join())).toEqual([
    '0/3 hosts deployed, 0.0 s elapsed',
    '0/3 hosts deployed, 1 failed',
    '2/3 hosts deployed, 1 failed',
  ])
})
