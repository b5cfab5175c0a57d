import { describe, expect, test } from 'vitest'
import { siteRecord } from '../../src/deploy/record.ts'
import { retire } from '../../src/deploy/retire.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Work } from '../../src/deploy/work.ts'
import type { CertificateEvent } from '../../src/model/certificate-event.ts'
import type { Change, Dropped } from '../../src/model/change.ts'
import type { Bound, Host } from '../../src/model/host.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { certificateEventLine } from '../../src/plan/words.ts'
import type { Body } from '../../src/tencent/api.ts'
import { answering } from '../support/answering.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { problemOf } from '../support/problem.ts'

const uploaded = (...ids: string[]): Bound[] => ids.map((id) => ({ id, type: 'upload' }))
const ok = (response: Readonly<Record<string, unknown>> = {}) => ({ requestId: 'r', response })
const refused = (code: string) => problemOf(code, { message: 'said no', sent: 'refused' })

interface Scene {
  readonly replaces?: readonly Bound[]
  readonly drops?: readonly Dropped[]
  /** Whether EdgeOne accepted the change of the host. */
  readonly isChanged?: boolean
  /** What some host of the site has now. */
  readonly bound?: readonly string[]
  readonly how?: 'mute' | 'delete'
  readonly site?: 'china' | 'international'
  readonly answer?: (action: string, body: Body, n: number) => Readonly<Record<string, unknown>>
  readonly read?: () => Promise<Host[]>
  readonly signal?: AbortSignal
}

const scene = async ({ replaces = [], drops = [], isChanged = true, bound = [], ...more }: Scene) => {
  const { how = 'delete', site = 'china', answer = () => ({}), signal = new AbortController().signal } = more
  const target = { target: { mode: 'sslcert', ids: ['new'] }, keeps: [], replaces, drops } as const
  const change: Change = { kind: 'bind', host: 'a.com', before: undefined, reason: '', ...target }
  const tracker = track([change], { dryRun: false })
  if (isChanged) tracker.emit('a.com', { kind: 'accepted', requestId: 'r' })
  const calls: [action: string, body: Body][] = []
  const order: string[] = []
  const pauses: number[] = []
  const events: CertificateEvent[] = []
  const call = answering(async ({ action, service, version }, body) => {
    signal.throwIfAborted()
    expect([service, version]).toEqual(['ssl', '2019-12-05'])
    calls.push([action, body])
    order.push(action)
    return ok(answer(action, body, calls.length))
  })
  const hosts: Host[] = [{ name: 'z.com', mode: 'sslcert', certificates: bound.map((id) => ({ id })), mutualTls: {} }]
  const all = async () => {
    order.push('read')
    return more.read?.() ?? hosts
  }
  const { context } = contextWith({
    call,
    signal,
    clock: {
      now: () => 0,
      random: () => 0,
      alarm: () => signal,
      sleep: async (ms) => {
        pauses.push(ms / 1000)
        signal.throwIfAborted()
      },
    },
  })
  const reader = { all, these: () => Promise.reject(new Error('not all hosts')) }
  const work: Work = {
    context,
    spec: { ...options, site, oldCertificates: how },
    zoneId: 'zone-1',
    tracker,
    reader,
    planNow: () => change,
    known: new Map(),
    journal: { accepted: () => {}, note: () => {}, certificate: (event) => events.push(event) },
  }
  const thrown = await retire(work, reader).catch((error: unknown) => error)
  const isRefusal = ({ kind }: CertificateEvent) => kind === 'not-retired' || kind === 'not-deleted'
  const lines = events.filter((event) => !isRefusal(event)).map(certificateEventLine)
  const warnings = events.filter(isRefusal).map(certificateEventLine)
  return { calls, order, pauses, lines, warnings, thrown }
}

describe('certificates', () => {
  test('that were uploaded and left a host are muted, unless a host of the site still has them', async () => {
    const { calls, order, lines } = await scene({
      how: 'mute',
      replaces: [...uploaded('old', 'held'), { id: 'managed', type: 'managed' }, { id: 'untold' }],
      drops: [
        { certificate: { id: 'ecc', type: 'upload' }, why: 'not-kept' },
        { certificate: { id: 'default', type: 'default' }, why: 'default' },
      ],
      bound: ['held', 'new'],
    })
    expect(order).toEqual(['read', 'ModifyCertificatesExpiringNotificationSwitch'])
    expect(calls.map(([, body]) => body)).toEqual([{ CertificateIds: ['old', 'ecc'], SwitchStatus: 1 }])
    expect(lines).toEqual([
      'Kept, because they were not uploaded: managed, untold, default',
      'Kept, because hosts of the site still have them: held',
      'Expiry notifications switched off for old, ecc',
    ])
  })

  test.each<[string, Scene, string[]]>([
    ['those of a host that was not changed', { replaces: uploaded('old'), isChanged: false }, []],
    ['those that were not uploaded', { replaces: [{ id: 'm', type: 'managed' }] }, []],
    ['those that a host still has', { replaces: uploaded('old'), bound: ['old'] }, ['read']],
    [
      'those of a site that cannot be read',
      { replaces: uploaded('old'), read: () => Promise.reject(refused('X')) },
      ['read'],
    ],
  ])('are left alone: %s', async (_, given, order) => {
    expect(await scene(given)).toMatchObject({ order, calls: [], thrown: undefined })
  })
})

test('101 certificates are muted 50 in a call', async () => {
  const ids = Array.from({ length: 101 }, (_, i) => `c${i}`)
  const { calls, warnings } = await scene({ how: 'mute', replaces: uploaded(...ids) })
  expect(calls.map(([, body]) => body)).toEqual([
    { CertificateIds: ids.slice(0, 50), SwitchStatus: 1 },
    { CertificateIds: ids.slice(50, 100), SwitchStatus: 1 },
    { CertificateIds: ids.slice(100), SwitchStatus: 1 },
  ])
  expect(warnings).toEqual([])
})

describe('on the China site', () => {
  const task =
    (item: object, from = 0) =>
    (action: string, _: Body, n: number) =>
      action === 'DeleteCertificates'
        ? { CertTaskIds: [{ CertId: 'old', TaskId: 'task-1' }], Success: [], Fail: [] }
        : { DeleteTaskResult: [n < from ? { Status: 0 } : item] }

  test('a certificate is deleted with the service’s check for bindings, and its task is read until it ends', async () => {
    const { calls, pauses, lines, warnings } = await scene({
      replaces: uploaded('old'),
      answer: task({ Status: 1 }, 4),
    })
    const poll = ['DescribeDeleteCertificatesTaskResult', { TaskIds: ['task-1'] }]
    expect(calls).toEqual([['DeleteCertificates', { CertificateIds: ['old'], IsSync: true }], poll, poll, poll])
    expect([pauses, lines, warnings]).toEqual([[1, 2], ['Deleted old'], []])
  })

  test.each([
    [{ Status: 2 }, 'the task failed'],
    [{ Status: 3 }, 'the service role SSL_QCSLinkedRoleInReplaceLoadCertificate was not authorised'],
    [{ Status: 4 }, 'it is still bound to a cloud resource'],
    [{ Status: 5 }, 'the query for its bindings timed out'],
    [{ Status: 4, Error: 'bound to a CLB' }, 'bound to a CLB'],
    [{ Status: 9 }, 'status 9'],
    [{ Status: 0 }, 'its deletion is in progress'],
  ])('a task that ends as %j is a warning', async (item, why) => {
    const { warnings, lines, thrown } = await scene({ replaces: uploaded('old'), answer: task(item) })
    expect([warnings, lines, thrown]).toEqual([[`old was not deleted: ${why}`], [], undefined])
  })

  test.each([
    [{ Success: [], Fail: [{ CertId: 'old', Msg: 'in use' }] }, 'in use'],
    [{ Success: [], Fail: [{ CertId: 'old' }] }, 'the service gave no reason'],
    [{ Success: [] }, 'the service returned no task'],
  ])('the answer %j is a warning', async (response, why) => {
    const { calls, warnings, thrown } = await scene({ replaces: uploaded('old'), answer: () => response })
    expect([calls.length, warnings, thrown]).toEqual([1, [`old was not deleted: ${why}`], undefined])
  })

  test('an answer that says that the certificate is gone needs no task', async () => {
    const { calls, lines } = await scene({ replaces: uploaded('old'), answer: () => ({ Success: ['old'] }) })
    expect([calls.length, lines]).toEqual([1, ['Deleted old']])
  })
})

describe('on the international site', () => {
  const listed = (until: number) => (action: string, _: Body, n: number) =>
    action === 'DescribeCertificates' && n < until ? { Certificates: [{ CertificateId: 'old' }] } : { Certificates: [] }

  test('a certificate is deleted by the action that exists there, and looked for until it is gone', async () => {
    const given = { site: 'international', replaces: uploaded('old') } as const
    const { calls, lines, pauses } = await scene({ ...given, answer: listed(4) })
    const look = ['DescribeCertificates', { CertIds: ['old'], Limit: 1000 }]
    expect(calls).toEqual([['DeleteCertificate', { CertificateId: 'old', IsCheckResource: true }], look, look, look])
    expect([pauses, lines]).toEqual([[1, 2], ['Deleted old']])
    const never = await scene({ ...given, answer: listed(Infinity) })
    expect(never.warnings).toEqual(['old was not deleted: its deletion is in progress'])
  })
})

describe('a call that is refused', () => {
  const refuse = (id: string) => (_: string, body: Body) => {
    if (JSON.stringify(body).includes(id)) throw refused('FailedOperation.DeleteResourceFailed')
    return { Success: body['CertificateIds'] }
  }

  test.each(['mute', 'delete'] as const)('is a warning with its code (%s)', async (how) => {
    const { warnings, thrown } = await scene({ how, replaces: uploaded('old'), answer: refuse('old') })
    expect([warnings.length, thrown]).toEqual([1, undefined])
    expect(warnings[0]).toMatch(/^old not changed: FailedOperation\.DeleteResourceFailed said no$/)
  })

  test('for one certificate does not keep the others from being deleted', async () => {
    const { warnings, lines } = await scene({ replaces: uploaded('one', 'two', 'three'), answer: refuse('two') })
    expect(lines).toEqual(['Deleted one', 'Deleted three'])
    expect(warnings).toEqual([expect.stringMatching(/^two not changed: /)])
  })
})

test('a cancellation throws its reason', async () => {
  const reason = ownProblem('Run.Cancelled', { message: 'stop' })
  const stop = new AbortController()
  const answer = () => {
    stop.abort(reason)
    return { CertTaskIds: [{ TaskId: 't' }], DeleteTaskResult: [{ Status: 0 }] }
  }
  const { thrown, warnings } = await scene({ replaces: uploaded('old'), answer, signal: stop.signal })
  expect([thrown, warnings]).toEqual([reason, []])
})

test('what was refused is a warning of the run; what was done is a note and a line of the log', () => {
  const { context, lines, warnings } = contextWith()
  const record = siteRecord(context, { ...options, source: { kind: 'default' } })
  record.certificate({ kind: 'deleted', id: 'old' })
  record.certificate({ kind: 'not-deleted', id: 'one', why: 'in use' })
  record.certificate({ kind: 'not-retired', ids: ['two'], problem: refused('X') })
  expect(lines).toEqual(['Deleted old'])
  expect(record.result(undefined).notes).toEqual(['Deleted old'])
  expect(warnings).toEqual([
    'Old certificates: one was not deleted: in use',
    'Old certificates: two not changed: X said no',
  ])
})
