import { describe, expect, test } from 'vitest'
import { openLedger } from '../../src/deploy/ledger.ts'
import { retire } from '../../src/deploy/retire.ts'
import { parseInputs } from '../../src/inputs/inputs.ts'
import { ownProblem, Problem } from '../../src/model/problem.ts'
import type { Dropped } from '../../src/plan/plan.ts'
import type { Body } from '../../src/tencent/api.ts'
import type { Bound, Domain } from '../../src/tencent/hosts.ts'
import { answering } from './answering.ts'

const uploaded = (...ids: string[]): Bound[] => ids.map((id) => ({ id, type: 'upload' }))
const ok = (response: Readonly<Record<string, unknown>> = {}) => ({ requestId: 'r', response })
const refused = (code: string) => new Problem({ code, message: 'said no', sent: 'refused' })

interface Scene {
  readonly replaces?: readonly Bound[]
  readonly drops?: readonly Dropped[]
  readonly writes?: number
  /** What some host of the site has now. */
  readonly bound?: readonly string[]
  readonly how?: 'mute' | 'delete'
  readonly site?: 'china' | 'international'
  readonly answer?: (action: string, body: Body, n: number) => Readonly<Record<string, unknown>>
  readonly read?: () => Promise<Domain[]>
  readonly signal?: AbortSignal
}

const scene = async ({ replaces = [], drops = [], writes = 1, bound = [], ...more }: Scene) => {
  const { how = 'delete', site = 'china', answer = () => ({}), signal = new AbortController().signal } = more
  const setting = { mode: 'sslcert' as const, ids: ['new'] }
  const step = {
    kind: 'bind' as const,
    reason: '',
    host: 'a.com',
    before: undefined,
    setting,
    keeps: [],
    replaces,
    drops,
  }
  const ledger = openLedger([step])
  Object.assign(ledger.get('a.com') ?? {}, { state: 'deployed', writes })
  const calls: [action: string, body: Body][] = []
  const order: string[] = []
  const pauses: number[] = []
  const lines: string[] = []
  const warnings: string[] = []
  const call = answering(async ({ action, service, version }, body) => {
    signal.throwIfAborted()
    expect([service, version]).toEqual(['ssl', '2019-12-05'])
    calls.push([action, body])
    order.push(action)
    return ok(answer(action, body, calls.length))
  })
  const hosts: Domain[] = [{ host: 'z.com', mode: 'sslcert', certificates: bound.map((id) => ({ id })), mutual: '' }]
  const all = async () => {
    order.push('read')
    return more.read?.() ?? hosts
  }
  const inputs = parseInputs({
    ...{ 'INPUT_ZONE-ID': 'zone-1', INPUT_HOSTS: 'a.com', 'INPUT_CERT-ID': 'new', 'INPUT_SECRET-ID': 'i' },
    ...{ 'INPUT_SECRET-KEY': 'k', INPUT_SITE: site, 'INPUT_OLD-CERTIFICATES': how },
  })
  const thrown = await retire(ledger, inputs, {
    call,
    reader: { all, these: () => Promise.reject(new Error('not all hosts')) },
    clock: {
      now: () => 0,
      random: () => 0,
      alarm: () => signal,
      sleep: async (ms) => {
        pauses.push(ms / 1000)
        signal.throwIfAborted()
      },
    },
    signal,
    info: (line) => lines.push(line),
    warn: (title, message) => warnings.push(`${title}: ${message}`),
  }).catch((error: unknown) => error)
  return { calls, order, pauses, lines, warnings, thrown }
}

describe('which certificates', () => {
  test('are retired: uploaded ones that were replaced or dropped, and that no host of the site has now', async () => {
    const { calls, order, lines } = await scene({
      how: 'mute',
      replaces: [...uploaded('old', 'held'), { id: 'managed', type: 'managed' }, { id: 'untold' }],
      drops: [
        { certificate: { id: 'ecc', type: 'upload' }, why: 'not kept' },
        { certificate: { id: 'default', type: 'default' }, why: 'default' },
      ],
      bound: ['held', 'new'],
    })
    expect(order).toEqual(['read', 'ModifyCertificatesExpiringNotificationSwitch'])
    expect(calls.map(([, body]) => body)).toEqual([{ CertificateIds: ['old', 'ecc'], SwitchStatus: 1 }])
    expect(lines).toEqual([
      'Kept, for they were not uploaded: managed, untold, default',
      'Kept, for hosts of the site still have them: held',
      'No more expiry mails for old, ecc',
    ])
  })

  test.each<[string, Scene, string[]]>([
    ['of a host that was not changed', { replaces: uploaded('old'), writes: 0 }, []],
    ['that nobody uploaded', { replaces: [{ id: 'm', type: 'managed' }] }, []],
    ['that hosts still have', { replaces: uploaded('old'), bound: ['old'] }, ['read']],
    [
      'of a site that cannot be read',
      { replaces: uploaded('old'), read: () => Promise.reject(refused('X')) },
      ['read'],
    ],
  ])('are left alone: those %s', async (_, given, order) => {
    expect(await scene(given)).toMatchObject({ order, calls: [], thrown: undefined })
  })
})

test('100 and one are muted in calls of 50', async () => {
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

  test('a certificate is deleted with the service’s check for bindings, and its task is read until it is over', async () => {
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
    [{ Status: 0 }, 'the service is still at it'],
  ])('a task that ends as %j is a warning', async (item, why) => {
    const { warnings, lines, thrown } = await scene({ replaces: uploaded('old'), answer: task(item) })
    expect([warnings, lines, thrown]).toEqual([[`Old certificates: old was not deleted: ${why}`], [], undefined])
  })

  test.each([
    [{ Success: [], Fail: [{ CertId: 'old', Msg: 'in use' }] }, 'in use'],
    [{ Success: [], Fail: [{ CertId: 'old' }] }, 'no reason was given'],
    [{ Success: [] }, 'no task was given'],
  ])('the answer %j is a warning', async (response, why) => {
    const { calls, warnings, thrown } = await scene({ replaces: uploaded('old'), answer: () => response })
    expect([calls.length, warnings, thrown]).toEqual([1, [`Old certificates: old was not deleted: ${why}`], undefined])
  })

  test('an answer that it is gone needs no task', async () => {
    const { calls, lines } = await scene({ replaces: uploaded('old'), answer: () => ({ Success: ['old'] }) })
    expect([calls.length, lines]).toEqual([1, ['Deleted old']])
  })
})

describe('on the international site', () => {
  const listed = (until: number) => (action: string, _: Body, n: number) =>
    action === 'DescribeCertificates' && n < until ? { Certificates: [{ CertificateId: 'old' }] } : { Certificates: [] }

  test('a certificate is deleted by the call that exists there, and looked for until it is gone', async () => {
    const given = { site: 'international', replaces: uploaded('old') } as const
    const { calls, lines, pauses } = await scene({ ...given, answer: listed(4) })
    const look = ['DescribeCertificates', { CertIds: ['old'], Limit: 1000 }]
    expect(calls).toEqual([['DeleteCertificate', { CertificateId: 'old', IsCheckResource: true }], look, look, look])
    expect([pauses, lines]).toEqual([[1, 2], ['Deleted old']])
    const never = await scene({ ...given, answer: listed(Infinity) })
    expect(never.warnings).toEqual(['Old certificates: old was not deleted: the service is still at it'])
  })
})

describe('a call that is refused', () => {
  const refuse = (id: string) => (_: string, body: Body) => {
    if (JSON.stringify(body).includes(id)) throw refused('FailedOperation.DeleteResourceFailed')
    return { Success: body['CertificateIds'] }
  }

  test.each(['mute', 'delete'] as const)('(%s) is a warning with its code', async (how) => {
    const { warnings, thrown } = await scene({ how, replaces: uploaded('old'), answer: refuse('old') })
    expect([warnings.length, thrown]).toEqual([1, undefined])
    expect(warnings[0]).toMatch(/^Old certificates: old .*FailedOperation\.DeleteResourceFailed said no$/)
  })

  test('for one certificate says nothing of another, which is deleted', async () => {
    const { warnings, lines } = await scene({ replaces: uploaded('one', 'two', 'three'), answer: refuse('two') })
    expect(lines).toEqual(['Deleted one', 'Deleted three'])
    expect(warnings).toEqual([expect.stringMatching(/^Old certificates: two /)])
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
