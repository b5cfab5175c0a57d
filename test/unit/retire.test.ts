import { describe, expect, test } from 'vitest'
import { batchSize } from '../../src/deploy/batches.ts'
import { siteRecord } from '../../src/deploy/record.ts'
import { retire } from '../../src/deploy/retire.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Work } from '../../src/deploy/work.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import type { CertificateEvent } from '../../src/model/certificate-event.ts'
import type { Change, Dropped } from '../../src/model/change.ts'
import type { Bound, Host } from '../../src/model/host.ts'
import { ownProblem, type Problem } from '../../src/model/problem.ts'
import { certificateEventLine } from '../../src/plan/event-words.ts'
import type { Body } from '../../src/tencent/api.ts'
import type { HostReader } from '../../src/tencent/hosts.ts'
import { inBoth } from '../../src/util/language.ts'
import { answering } from '../support/answering.ts'
import { countedClock } from '../support/clock.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { problemOf } from '../support/problem.ts'
import { live } from '../support/progress.ts'

const uploaded = (...ids: string[]): Bound[] => ids.map((id) => ({ id, type: 'upload' }))
const ok = (response: Readonly<Record<string, unknown>> = {}) => ({ requestId: 'r', response })
const refused = (code: string) => problemOf(code, { message: 'said no', sent: 'refused' })

type Fields = Readonly<Record<string, unknown>>

interface Scene {
  readonly replaces?: readonly Bound[]
  readonly drops?: readonly Dropped[]
  /** Whether EdgeOne accepted the change of the host. */
  readonly isChanged?: boolean
  readonly mode?: 'sslcert' | 'disable'
  /** What some other host of the site has now. */
  readonly bound?: readonly string[]
  /** What SSL Certificate Service lists; of an ID that is not given, an RSA upload for the host. */
  readonly listed?: Readonly<Record<string, Fields>>
  /** Certificates that the run did not touch, but a search finds. */
  readonly others?: readonly Fields[]
  /** What the service's inventory says of an ID; of others, that they are bound to nothing. */
  readonly inventory?: Readonly<Record<string, Fields>>
  readonly how?: 'mute' | 'delete'
  readonly site?: 'china' | 'international'
  readonly dryRun?: boolean
  /** The answer to an action; `n` counts the calls of that action. */
  readonly answer?: (action: string, body: Body, n: number) => Fields | undefined
  readonly read?: () => Promise<Host[]>
  readonly signal?: AbortSignal
}

const brought: Certificate = {
  ...{ id: 'new', type: 'upload', algorithm: 'RSA', names: ['a.com', '*.a.com'] },
  ...{ notBefore: Date.UTC(2026, 10, 1), notAfter: Date.UTC(2027, 1, 1) },
}
const upload = { EncryptAlgorithm: 'RSA 2048', SubjectAltName: ['a.com'], From: 'upload', CertificateType: 'SVR' }
const writing = /^(Delete|Modify)/

/** SSL Certificate Service with its inventory, when all is well. */
const usual = ({ listed = {}, others = [], inventory = {} }: Scene, action: string, body: Body): Fields => {
  const ids = (name: string) => (Array.isArray(body[name]) ? body[name].map(String) : [])
  switch (action) {
    case 'DescribeCertificates':
      if (body['SearchKey'] !== undefined) return { Certificates: others }
      return {
        Certificates: ids('CertIds').map((CertificateId) => ({ CertificateId, ...upload, ...listed[CertificateId] })),
      }
    case 'CreateCertificateBindResourceSyncTask':
      return { CertTaskIds: ids('CertificateIds').map((CertId) => ({ CertId, TaskId: `task of ${CertId}` })) }
    case 'DescribeCertificateBindResourceTaskResult':
      return {
        SyncTaskBindResourceResult: ids('TaskIds').map((TaskId) => ({
          ...{ TaskId, Status: 1 },
          ...inventory[TaskId.replace('task of ', '')],
        })),
      }
    default:
      return {}
  }
}

const scene = async (given: Scene) => {
  const { replaces = [], drops = [], isChanged = true, mode = 'sslcert', bound = [], dryRun = false } = given
  const { how = 'delete', site = 'china', answer = () => undefined, signal = new AbortController().signal } = given
  const desired = mode === 'sslcert' ? ({ mode, ids: ['new'] } as const) : { mode }
  const before: Host = { name: 'a.com', mode: 'sslcert', certificates: replaces, mutualTls: {} }
  const target = { target: desired, keeps: [], replaces, drops } as const
  const change: Change = { kind: 'bind', host: 'a.com', before, reason: inBoth(''), ...target }
  const tracker = track([change], { ...live, dryRun })
  if (isChanged && !dryRun) tracker.emit('a.com', { kind: 'accepted', requestId: 'r' })
  const all: [action: string, body: Body][] = []
  const order: string[] = []
  const pauses: number[] = []
  const events: CertificateEvent[] = []
  const call = answering(async ({ action, service, version }, body) => {
    signal.throwIfAborted()
    expect([service, version]).toEqual(['ssl', '2019-12-05'])
    all.push([action, body])
    order.push(action)
    const n = all.filter(([other]) => other === action).length
    return ok(answer(action, body, n) ?? usual(given, action, body))
  })
  const hosts: Host[] = [
    { name: 'a.com', mode: 'sslcert', certificates: dryRun ? replaces : [{ id: 'new' }], mutualTls: {} },
    { name: 'z.com', mode: 'sslcert', certificates: bound.map((id) => ({ id })), mutualTls: {} },
  ]
  const clock = countedClock()
  const sleep: typeof clock.sleep = (ms, ends) => {
    pauses.push(ms / 1000)
    return clock.sleep(ms, ends)
  }
  const { context } = contextWith({ call, signal, clock: { ...clock, sleep } })
  const reader: HostReader = {
    all: async () => {
      order.push('read')
      return given.read?.() ?? hosts
    },
    these: () => Promise.reject(new Error('not all hosts')),
    listed: () => 'hosts',
    unlisted: () => 0,
  }
  const work: Work = {
    context,
    spec: { ...options, site, dryRun, oldCertificates: how },
    zoneId: 'zone-1',
    tracker,
    reader,
    planNow: () => change,
    known: new Map([['new', brought]]),
    blocking: new Set(),
    batchSize: batchSize(),
    journal: { accepted: () => {}, note: () => {}, certificate: (event) => void events.push(event) },
  }
  const thrown = await retire(work, reader, tracker.all()).catch((error: unknown) => error)
  const isWarning = ({ kind }: CertificateEvent) => /^not-|unknown$/.test(kind)
  const lines = events.filter((event) => !isWarning(event)).map((event) => certificateEventLine(event).en)
  const warnings = events.filter(isWarning).map((event) => certificateEventLine(event).en)
  const first = all.findIndex(([action]) => writing.test(action))
  // From the first change on.
  const calls = first < 0 ? [] : all.slice(first)
  return { calls, all, order, pauses, lines, warnings, thrown }
}

/** What is asked before anything is changed. */
const asked = [
  'DescribeCertificates',
  'DescribeCertificates',
  'read',
  'CreateCertificateBindResourceSyncTask',
  'DescribeCertificateBindResourceTaskResult',
]

describe('certificates', () => {
  test('that were uploaded and replaced are muted, unless a host of the site still has them', async () => {
    const { calls, order, lines } = await scene({
      how: 'mute',
      replaces: [...uploaded('old', 'held'), { id: 'managed', type: 'managed' }, { id: 'untold' }, { id: 'bought' }],
      drops: [
        { certificate: { id: 'ecc', type: 'upload' }, why: 'not-kept' },
        { certificate: { id: 'default', type: 'default' }, why: 'default' },
      ],
      listed: { untold: { From: undefined }, bought: { From: 'trustasia' } },
      bound: ['held', 'new'],
    })
    expect(order).toEqual([...asked, 'ModifyCertificatesExpiringNotificationSwitch'])
    expect(calls.map(([, body]) => body)).toEqual([{ CertificateIds: ['old'], SwitchStatus: 1 }])
    const kept = 'Old certificates kept, because'
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^${kept} .*uploaded.*: managed, untold, bought$`)),
      expect.stringMatching(new RegExp(`^${kept} no certificate of the same algorithm replaced them: ecc, default$`)),
      `${kept} hosts of the site still have them: held`,
      'Expiry notifications switched off for old',
    ])
  })

  test.each<[string, Scene, string[], RegExp]>([
    ['those of a host that was not changed', { replaces: uploaded('old'), isChanged: false }, asked.slice(1, 2), /^$/],
    [
      'those that were not uploaded',
      { replaces: [{ id: 'm', type: 'managed' }] },
      asked.slice(1, 2),
      /^Old certificates kept, because .*: m$/,
    ],
    [
      'those that another mode took the place of',
      { replaces: uploaded('old'), mode: 'disable' },
      [],
      /no certificate of the same algorithm replaced them: all$/,
    ],
    [
      'those of another algorithm',
      { replaces: uploaded('old'), listed: { old: { EncryptAlgorithm: 'ECC P-256' } } },
      asked.slice(0, 2),
      /no certificate of the same algorithm replaced them: old$/,
    ],
    [
      'those with a name that the new one lacks',
      { replaces: uploaded('old'), listed: { old: { SubjectAltName: ['a.com', 'b.com'] } } },
      asked.slice(0, 2),
      /^Old certificates kept, because .*names.*: old$/,
    ],
    [
      'those with names that are not known',
      { replaces: uploaded('old'), listed: { old: { SubjectAltName: null } } },
      asked.slice(0, 2),
      /^Old certificates kept, because .*names.*: old$/,
    ],
    [
      'those that a host still has',
      { replaces: uploaded('old'), bound: ['old'] },
      asked.slice(0, 3),
      /still have them: old$/,
    ],
    [
      'those that another product has',
      {
        replaces: uploaded('old'),
        inventory: {
          old: { BindResourceResult: [{ ResourceType: 'clb', BindResourceRegionResult: [{ TotalCount: 2 }] }] },
        },
      },
      asked,
      /still bound \(clb 2\): old$/,
    ],
    [
      'those that the inventory says nothing of',
      { replaces: uploaded('old'), inventory: { old: { Status: 2 } } },
      asked,
      /did not report what they are bound to \(its task failed\): old$/,
    ],
    [
      'those of a site that cannot be read',
      { replaces: uploaded('old'), read: () => Promise.reject(refused('X')) },
      asked.slice(0, 3),
      /^old not changed: X said no$/,
    ],
    [
      'those that may not be read',
      {
        replaces: uploaded('old'),
        answer: () => {
          throw refused('AuthFailure.UnauthorizedOperation')
        },
      },
      asked.slice(0, 1),
      /^Old certificates not changed: AuthFailure\.UnauthorizedOperation said no$/,
    ],
    [
      'those whose inventory may not be read',
      {
        replaces: uploaded('old'),
        answer: (action) => {
          if (action.startsWith('Create')) throw refused('AuthFailure.UnauthorizedOperation')
          return undefined
        },
      },
      asked.slice(0, 4),
      /did not report what they are bound to \(AuthFailure\.UnauthorizedOperation said no\): old$/,
    ],
  ])('are left alone: %s', async (_, given, order, told) => {
    for (const how of ['mute', 'delete'] as const) {
      const played = await scene({ ...given, how })
      expect(played).toMatchObject({ order, calls: [], thrown: undefined })
      expect([...played.lines, ...played.warnings].join('\n')).toMatch(told)
    }
  })
})

describe('earlier uploads', () => {
  const dates = { CertBeginTime: '2026-08-01 00:00:00', CertEndTime: '2026-11-01 00:00:00' }
  const earlier = { CertificateId: 'earlier', ...upload, SubjectAltName: ['*.A.com', 'a.com'], ...dates }

  test('with the names and the algorithm of the new certificate are retired, though an earlier run replaced them', async () => {
    const { all, lines } = await scene({ isChanged: false, others: [earlier] })
    expect(all[0]).toEqual(['DescribeCertificates', { SearchKey: 'a.com', Limit: 1000 }])
    expect(all.find(([action]) => action === 'DeleteCertificates')?.[1]).toMatchObject({ CertificateIds: ['earlier'] })
    expect(lines).toEqual([])
  })

  test.each<[string, Fields]>([
    ['with other names', { SubjectAltName: ['a.com'] }],
    ['with more names', { SubjectAltName: ['a.com', '*.a.com', 'b.com'] }],
    ['with another algorithm', { EncryptAlgorithm: 'ECC P-256' }],
    ['that was bought', { From: 'trustasia' }],
    ['of unknown origin', { From: undefined }],
    ['of a CA', { CertificateType: 'CA' }],
    ['that ends later', { CertEndTime: '2027-03-01 00:00:00' }],
    ['that began later', { CertBeginTime: '2026-11-20 00:00:00' }],
    ['without dates', { CertBeginTime: undefined, CertEndTime: undefined }],
    ['that is the new one', { CertificateId: 'new' }],
  ])('are left alone: one %s', async (_, fields) => {
    const { order } = await scene({ isChanged: false, others: [{ ...earlier, ...fields }] })
    expect(order).toEqual(['DescribeCertificates'])
  })

  test('are not muted twice, but can still be deleted', async () => {
    const muted = { isChanged: false, others: [{ ...earlier, IsIgnore: true }] }
    expect((await scene({ ...muted, how: 'mute' })).order).toEqual(['DescribeCertificates'])
    expect((await scene({ ...muted, how: 'delete' })).calls[0]?.[0]).toBe('DeleteCertificates')
  })
})

describe('a dry run', () => {
  const teo = (TotalCount: number) => ({
    old: { BindResourceResult: [{ ResourceType: 'teo', BindResourceRegionResult: [{ TotalCount }] }] },
  })
  test.each([
    ['mute', 'Expiry notifications would be switched off for old'],
    ['delete', 'Would be deleted: old'],
  ] as const)('tells what would be retired, and does nothing (%s)', async (how, line) => {
    const { calls, lines } = await scene({ dryRun: true, how, replaces: uploaded('old'), inventory: teo(1) })
    expect([calls, lines]).toEqual([[], [line]])
  })

  test('allows for the hosts that would lose it; after a change, a host that has it is another one', async () => {
    const after = await scene({ replaces: uploaded('old'), inventory: teo(1) })
    expect([after.calls, after.lines]).toEqual([[], [expect.stringMatching(/still bound \(teo 1\): old$/)]])
  })

  test('names nothing that more hosts have than would lose it', async () => {
    const { lines } = await scene({ dryRun: true, replaces: uploaded('old'), inventory: teo(2) })
    expect(lines).toEqual([expect.stringMatching(/still bound \(teo 2\): old$/)])
  })
})

test('muting whose answer was lost is told as unknown, and a cancellation ends the retiring', async () => {
  for (const [code, isEnd] of [
    ['Network.Reset', false],
    ['Run.Cancelled', true],
  ] as const) {
    const lost = problemOf(code, { message: 'lost', sent: 'unknown' })
    const answer = (action: string) => {
      if (action === 'ModifyCertificatesExpiringNotificationSwitch') throw lost
      return undefined
    }
    const { warnings, thrown } = await scene({ replaces: uploaded('old'), how: 'mute', answer })
    const text = 'Switching off the expiry notifications for old was requested, and its outcome is unknown'
    expect(warnings).toEqual([`${text}: ${code} lost`])
    expect(thrown).toBe(isEnd ? lost : undefined)
  }
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
    (action: string, _: Body, n: number) => {
      if (action === 'DeleteCertificates')
        return { CertTaskIds: [{ CertId: 'old', TaskId: 'task-1' }], Success: [], Fail: [] }
      if (action !== 'DescribeDeleteCertificatesTaskResult') return undefined
      return { DeleteTaskResult: [{ TaskId: 'task-1', ...(n < from ? { Status: 0 } : item) }] }
    }

  test('a certificate is deleted with the service’s check for bindings, and its task is read until it ends', async () => {
    const { calls, pauses, lines, warnings } = await scene({
      replaces: uploaded('old'),
      answer: task({ Status: 1 }, 3),
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
  ])('a task that ends as %j is a warning', async (item, why) => {
    const { warnings, lines, thrown } = await scene({ replaces: uploaded('old'), answer: task(item) })
    expect([warnings, lines, thrown]).toEqual([[`old was not deleted: ${why}`], [], undefined])
  })

  test('a task that does not end is followed for two minutes', async () => {
    const { warnings, lines, pauses } = await scene({ replaces: uploaded('old'), answer: task({ Status: 0 }) })
    const why = 'still in progress after two minutes'
    expect([warnings, lines]).toEqual([[`The deletion of old was requested, and its outcome is unknown: ${why}`], []])
    const seconds = pauses.reduce((sum, one) => sum + one, 0)
    expect(seconds).toBeGreaterThan(100)
    expect(seconds).toBeLessThanOrEqual(120)
  })

  test.each([
    [{ Success: [], Fail: [{ CertId: 'old', Msg: 'in use' }] }, 'in use'],
    [{ Success: [], Fail: [{ CertId: 'old' }] }, 'no reason was given'],
    [{ Success: [] }, 'no task was given'],
  ])('the answer %j is a warning', async (response, why) => {
    const answer = (action: string) => (action === 'DeleteCertificates' ? response : undefined)
    const { calls, warnings, thrown } = await scene({ replaces: uploaded('old'), answer })
    // An earlier attempt may have done it.
    expect(calls.slice(1)).toEqual([['DescribeCertificates', { CertIds: ['old'], Limit: 1000 }]])
    expect([warnings, thrown]).toEqual([[`old was not deleted: ${why}`], undefined])
  })

  test('an answer that says that the certificate is gone needs no task', async () => {
    const answer = (action: string) => (action === 'DeleteCertificates' ? { Success: ['old'] } : undefined)
    const { calls, lines } = await scene({ replaces: uploaded('old'), answer })
    expect([calls.length, lines]).toEqual([1, ['Deleted old']])
  })
})

describe('on the international site', () => {
  const taskless = (until: number) => (action: string, body: Body, n: number) => {
    if (action === 'DeleteCertificate') return { DeleteResult: false, TaskId: 't' }
    if (action === 'DescribeDeleteCertificatesTaskResult') throw refused('InvalidAction')
    // The first readings are of the plan.
    if (action === 'DescribeCertificates' && body['CertIds'] && n >= until) return { Certificates: [] }
    return undefined
  }
  const given = { site: 'international', replaces: uploaded('old') } as const

  test('a certificate is deleted by the action that exists there, and looked for until it is gone', async () => {
    const { calls, lines, pauses } = await scene({ ...given, answer: taskless(5) })
    const look = ['DescribeCertificates', { CertIds: ['old'], Limit: 1000 }]
    const deletion = ['DeleteCertificate', { CertificateId: 'old', IsCheckResource: true }]
    const task = ['DescribeDeleteCertificatesTaskResult', { TaskIds: ['t'] }]
    expect(calls).toEqual([deletion, task, look, look, look])
    expect([pauses, lines]).toEqual([[1, 2], ['Deleted old']])
  })

  test('a deletion that does not end is unknown', async () => {
    const never = await scene({ ...given, answer: taskless(Infinity) })
    const why = 'still in progress after two minutes'
    expect(never.warnings).toEqual([`The deletion of old was requested, and its outcome is unknown: ${why}`])
  })

  test('an answer that says that it is done needs no task', async () => {
    const answer = (action: string) => (action === 'DeleteCertificate' ? { DeleteResult: true } : undefined)
    const { calls, lines } = await scene({ ...given, answer })
    expect([calls.length, lines]).toEqual([1, ['Deleted old']])
  })

  test('an answer without a task is a refusal', async () => {
    const answer = (action: string) => (action === 'DeleteCertificate' ? { DeleteResult: false } : undefined)
    expect((await scene({ ...given, answer })).warnings).toEqual(['old was not deleted: no reason was given'])
  })
})

describe('after a deletion was requested', () => {
  const failing = (begun: Fields) => (action: string, _: Body, n: number) => {
    if (action === 'DeleteCertificates') return begun
    if (action === 'DescribeDeleteCertificatesTaskResult') return {}
    if (action === 'DescribeCertificates' && n > 2) throw refused('InternalError')
    return undefined
  }
  const unknown = 'The deletion of old was requested, and its outcome is unknown:'

  test.each([
    [{ Fail: [{ CertId: 'old', Msg: 'in use' }] }, 'in use; InternalError said no'],
    [{ CertTaskIds: [{ TaskId: 't' }] }, 'InternalError said no'],
  ])('a last reading that fails leaves it unknown: %j', async (begun, why) => {
    const { warnings, thrown } = await scene({ replaces: uploaded('old'), answer: failing(begun) })
    expect([warnings, thrown]).toEqual([[`${unknown} ${why}`], undefined])
  })

  test('a lost answer leaves it unknown, and a certificate that is no longer found was deleted', async () => {
    const answer = (problem: Problem) => (action: string, _: Body, n: number) => {
      if (action === 'DeleteCertificates') throw problem
      return action === 'DescribeCertificates' && n > 2 ? { Certificates: [] } : undefined
    }
    const lost = problemOf('Network.Reset', { message: 'broken', sent: 'unknown' })
    const replaces = uploaded('old')
    expect((await scene({ replaces, answer: answer(lost) })).warnings).toEqual([`${unknown} Network.Reset broken`])
    const gone = refused('FailedOperation.CertificateNotFound')
    expect((await scene({ replaces, answer: answer(gone) })).lines).toEqual(['Deleted old'])
  })
})

describe('a call that is refused', () => {
  const refuse = (id: string) => (action: string, body: Body) => {
    if (!writing.test(action)) return undefined
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
  const reason = ownProblem('Run.Cancelled', { message: inBoth('stop') })
  const stop = new AbortController()
  const answer = (action: string) => {
    if (action !== 'DeleteCertificates') return undefined
    stop.abort(reason)
    return { CertTaskIds: [{ TaskId: 't' }] }
  }
  const { thrown, warnings } = await scene({ replaces: uploaded('old'), answer, signal: stop.signal })
  const why = 'Run.Cancelled stop'
  expect(thrown).toBe(reason)
  expect(warnings).toEqual([`The deletion of old was requested, and its outcome is unknown: ${why}`])
})

test.each<[string, string, number, readonly string[]]>([
  ['while the inventory is asked', 'CreateCertificateBindResourceSyncTask', 1, []],
  [
    'in the last look at a certificate',
    'DescribeCertificates',
    3,
    ['The deletion of old was requested, and its outcome is unknown: no task was given; Run.Cancelled stop'],
  ],
])('a cancellation %s throws its reason', async (_, when, nth, told) => {
  const reason = ownProblem('Run.Cancelled', { message: inBoth('stop') })
  const answer = (action: string, __: Body, n: number) => {
    if (action === when && n === nth) throw reason
    return undefined
  }
  const { thrown, warnings, lines } = await scene({ replaces: uploaded('old'), answer })
  expect(thrown).toBe(reason)
  expect([...warnings, ...lines]).toEqual(told)
})

test('what was refused is a warning of the run; what was done is a note and a line of the log', () => {
  const { context, lines, warnings } = contextWith()
  const record = siteRecord(context, { ...options, zone: { id: 'zone-1' }, source: { kind: 'default' } })
  record.certificate({ kind: 'deleted', id: 'old' })
  record.certificate({ kind: 'not-deleted', id: 'one', why: inBoth('in use') })
  record.certificate({ kind: 'deletion-unknown', id: 'three', why: inBoth('lost') })
  record.certificate({ kind: 'not-retired', ids: ['two'], problem: refused('X') })
  expect(lines).toEqual(['Deleted old'])
  expect(record.result(undefined).notes).toEqual([{ en: 'Deleted old', zh: '已删除 old' }])
  expect(warnings).toEqual([
    'Old certificates: one was not deleted: in use',
    'Old certificates: The deletion of three was requested, and its outcome is unknown: lost',
    'Old certificates: two not changed: X said no',
  ])
})
