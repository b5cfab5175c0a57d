import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apply, type Change } from '../../src/deploy/batches.ts'
import { ownProblem, Problem } from '../../src/model/problem.ts'
import {
  concernsAll,
  concernsCertificate,
  concernsTogether,
  isDeploying,
  isForbidden,
} from '../../src/tencent/faults.ts'
import { inParallel, lotsOf } from '../../src/util/concurrency.ts'

const refusal = (code: string, message = '') => new Problem({ code, message, sent: 'refused' })
const notFound = 'ResourceUnavailable.HostNotFound'
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

const change = (host: string, more: { ids?: string[]; mutual?: string; keeps?: string[] } = {}): Change => ({
  kind: 'bind',
  reason: '',
  host,
  before: { host, certificates: [], mutual: more.mutual ?? '' },
  setting: { mode: 'sslcert', ids: more.ids ?? ['new', ...(more.keeps ?? [])] },
  keeps: (more.keeps ?? []).map((id) => ({ id })),
  replaces: [],
  drops: [],
})
const some = (n: number, more?: Parameters<typeof change>[1], lead = 'h') =>
  Array.from({ length: n }, (_, i) => change(`${lead}${i}`, more))

/** Applies to a service that answers with what `refuse` gives for the hosts of a call; each call takes a turn. */
const applied = async (changes: readonly Change[], refuse: (hosts: string[], call: number) => Problem | undefined) => {
  const seen = {
    calls: [] as (readonly Change[])[],
    accepted: [] as string[],
    failed: [] as [hosts: string[], code: string][],
    /** Calls under way at once, and whether one for several hosts was among them. */
    most: 0,
    mixed: false,
    thrown: undefined as unknown,
  }
  const now = new Set<readonly Change[]>()
  const hostsOf = (some: readonly Change[]) => some.map(({ host }) => host)
  await apply(changes, {
    bind: async (lot) => {
      const number = seen.calls.push(lot)
      now.add(lot)
      seen.most = Math.max(seen.most, now.size)
      seen.mixed ||= now.size > 1 && [...now].some(({ length }) => length > 1)
      await turn()
      now.delete(lot)
      const problem = refuse(hostsOf(lot), number)
      if (problem !== undefined) throw problem
      return `r${number}`
    },
    accepted: (lot) => seen.accepted.push(...hostsOf(lot)),
    failed: (lot, { code }) => seen.failed.push([hostsOf(lot), code]),
  }).catch((thrown: unknown) => {
    seen.thrown = thrown
  })
  return seen
}
const bad =
  (...names: string[]) =>
  (hosts: string[]) =>
    hosts.some((host) => names.includes(host)) ? refusal(notFound) : undefined

test('one bad host among 450 fails alone, all others are accepted, and few calls are made', async () => {
  const { calls, accepted, failed, thrown } = await applied(some(450), bad('h333'))
  expect(accepted.toSorted()).toEqual(
    some(450)
      .map(({ host }) => host)
      .filter((host) => host !== 'h333')
      .toSorted(),
  )
  expect(failed).toEqual([[['h333'], notFound]])
  expect(thrown).toBeUndefined()
  // Five lots, and two calls for each of the seven halvings from 100 to 1.
  expect(calls.length).toBeLessThanOrEqual(5 + 2 * 7)
})

test('any bad hosts are found exactly, in at most `lots + 2·k·⌈log2 100⌉` calls, and only like hosts share one', async () => {
  const host = fc.record({
    ids: fc.constantFrom<string[][]>(['new'], ['new', 'ecc'], ['ecc', 'new']),
    mutual: fc.constantFrom<string[]>('', 'on ca1'),
    isBad: fc.oneof({ weight: 20, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(host, { maxLength: 450, size: 'max' }), async (hosts) => {
      const changes = hosts.map((more, i) => change(`h${i}`, more))
      const names = hosts.flatMap(({ isBad }, i) => (isBad ? [`h${i}`] : []))
      const { calls, accepted, failed, most } = await applied(changes, bad(...names))
      expect(new Map(failed.map(([hosts, code]) => [hosts.join(), code]))).toEqual(
        new Map(names.map((name) => [name, notFound])),
      )
      expect(failed).toHaveLength(names.length)
      expect(accepted.length).toBe(hosts.length - names.length)
      expect(new Set(accepted).size).toBe(accepted.length)
      const key = ({ setting, before }: Change) => `${setting.ids.toSorted().join()} ${before?.mutual}`
      for (const lot of calls) {
        expect(lot.length).toBeGreaterThan(0)
        expect(lot.length).toBeLessThanOrEqual(100)
        expect(new Set(lot.map(key)).size).toBe(1)
      }
      const lots = [...Map.groupBy(changes, key).values()].reduce((sum, all) => sum + Math.ceil(all.length / 100), 0)
      expect(calls.length).toBeLessThanOrEqual(lots + 2 * names.length * 7)
      expect(most).toBeLessThanOrEqual(32)
    }),
    { numRuns: 40 },
  )
})

describe('what concerns all', () => {
  test.each([
    'AuthFailure.SignatureFailure',
    'ResourceUnavailable.ZoneNotFound',
    'RequestLimitExceeded',
    'Network.Tls',
    'Run.Cancelled',
    'Run.Unexpected',
  ])('%s is asked for once, and thrown', async (code) => {
    const { calls, accepted, failed, thrown } = await applied(some(250), () => refusal(code))
    expect(calls.length).toBe(1)
    expect(thrown).toMatchObject({ code })
    expect(accepted).toEqual([])
    expect(failed.map(([hosts]) => hosts.length)).toEqual([100])
  })

  test('what lasted until the deadline is not searched for: no call would be made any more', async () => {
    const cause = new Problem({ code: 'Network.Deadline', message: 'late' })
    const lasted = new Problem({ code: 'ResourceInUse', message: 'busy', sent: 'refused', cause })
    const { calls, failed, thrown } = await applied(some(250), () => lasted)
    expect(calls.length).toBe(1)
    expect([failed.map(([hosts]) => hosts.length), thrown]).toEqual([[100], lasted])
  })

  test('in the middle of a search it stops, and what was taken before stays taken', async () => {
    const { calls, accepted, failed, thrown } = await applied(some(100), (hosts, call) =>
      call === 1 ? refusal(notFound) : call === 3 ? refusal('InternalError') : bad()(hosts),
    )
    expect(calls.map(({ length }) => length)).toEqual([100, 50, 50])
    expect([accepted.length, failed.length]).toEqual([50, 1])
    expect(thrown).toMatchObject({ code: 'InternalError' })
  })

  test('a certificate that is not found stops everything when it is what all are to get', async () => {
    const { calls, failed, thrown } = await applied(some(250), () => refusal('ResourceUnavailable.CertNotFound'))
    expect([calls.length, failed.length]).toEqual([1, 1])
    expect(thrown).toMatchObject({ code: 'ResourceUnavailable.CertNotFound' })
  })

  test('… and fails only those that keep another certificate when it may be that one', async () => {
    const code = 'OperationDenied.CertificatePrivateKeyIsEmpty'
    const keepers = some(30, { keeps: ['ecc'] }, 'k')
    const { calls, accepted, failed, thrown } = await applied([...keepers, ...some(30)], (hosts) =>
      hosts.includes('k0') ? refusal(code) : undefined,
    )
    expect(calls.length).toBe(2)
    expect(failed).toEqual([[keepers.map(({ host }) => host), code]])
    expect(accepted.length).toBe(30)
    expect(thrown).toBeUndefined()
  })
})

describe('order', () => {
  test('hosts that are refused only together go one a call, without halving, at most 32 at once', async () => {
    const { calls, accepted, most } = await applied(some(100), (hosts) =>
      hosts.length > 1 ? refusal('OperationDenied.HostsClientCertificateInconsistency') : undefined,
    )
    expect(calls.map(({ length }) => length)).toEqual([100, ...Array<number>(100).fill(1)])
    expect([accepted.length, most]).toEqual([100, 32])
  })

  test('calls for several hosts follow each other; those for one go side by side', async () => {
    const lone = Array.from({ length: 50 }, (_, i) => change(`l${i}`, { ids: [`c${i}`] }))
    const { calls, accepted, most, mixed } = await applied([...lone, ...some(300)], () => undefined)
    expect([calls.length, accepted.length, most, mixed]).toEqual([53, 350, 32, false])
  })

  test('after a cancellation the calls under way are written down, and no other is made', async () => {
    const lone = Array.from({ length: 50 }, (_, i) => change(`l${i}`, { ids: [`c${i}`] }))
    const cancelled = ownProblem('Run.Cancelled', { message: '', sent: 'unknown' })
    const { calls, accepted, failed, thrown } = await applied(lone, (hosts) =>
      hosts.includes('l0') ? undefined : cancelled,
    )
    // The worker of l0 has taken its next host before the others end.
    expect(calls.length).toBe(33)
    expect(accepted).toEqual(['l0'])
    expect(failed.length).toBe(32)
    expect(thrown).toBe(cancelled)
  })

  test('nothing to do is no call', async () => {
    expect((await applied([], () => undefined)).calls).toEqual([])
  })
})

describe('side by side', () => {
  test('items start in order, as many at once as allowed, and each once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 10 }), async (n, width) => {
        const items = Array.from({ length: n }, (_, i) => i)
        const started: number[] = []
        const state = { now: 0, most: 0 }
        await inParallel(items, width, async (item) => {
          started.push(item)
          state.now += 1
          state.most = Math.max(state.most, state.now)
          await Promise.resolve()
          state.now -= 1
        })
        expect(started).toEqual(items)
        expect(state.most).toBe(Math.min(n, width))
      }),
    )
  })

  test('after an error nothing new starts, what is under way ends, and the error of the first item is thrown', async () => {
    const ended: number[] = []
    const started: number[] = []
    const all = inParallel([0, 1, 2, 3, 4, 5], 3, async (item) => {
      started.push(item)
      if (item === 2) throw new Error('first in time')
      await turn()
      ended.push(item)
      if (item === 1) throw new Error('first of the items')
    })
    await expect(all).rejects.toThrow('first of the items')
    expect([started, ended]).toEqual([
      [0, 1, 2],
      [0, 1],
    ])
  })

  test('lots hold everything in order, none empty or too long', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (items, size) => {
        const lots = lotsOf(items, size)
        expect(lots.flat()).toEqual(items)
        expect(lots.every(({ length }) => length > 0 && length <= size)).toBe(true)
        expect(lots.length).toBe(Math.ceil(items.length / size))
      }),
    )
  })
})

test.each([
  ['ResourceUnavailable.HostNotFound', '', []],
  ['InternalErrorX', '', []],
  ['LimitExceeded.RateLimitExceeded', '', ['all']],
  ['AuthFailure.UnauthorizedOperation', '', ['all', 'forbidden']],
  ['UnauthorizedOperation.NoPermission', '', ['all', 'forbidden']],
  ['AuthFailure.SecretIdNotFound', '', ['all']],
  ['FailedOperation.CAMAuthorizedFail', '', ['forbidden']],
  ['UnauthorizedOperationX', '', []],
  ['FailedOperation.CertificateNotFound', '', ['certificate']],
  ['OperationDenied.HostsKeylessServerInconsistency', '', ['together']],
  ['OperationDenied.Inconsistency', '', []],
  ['OperationDenied', '当前域名状态为部署中，请稍后重试。', ['deploying']],
  ['OperationDenied', 'The domain is being deployed.', ['deploying']],
  ['OperationDenied', '', []],
  ['OperationDeniedX', '部署中', []],
  ['FailedOperation', '部署中', []],
])('%s “%s” concerns %j', (code, message, expected) => {
  const problem = refusal(code, message)
  const found = {
    all: concernsAll(problem),
    certificate: concernsCertificate(problem),
    together: concernsTogether(problem),
    deploying: isDeploying(problem),
    forbidden: isForbidden(problem),
  }
  expect(Object.entries(found).flatMap(([name, is]) => (is ? [name] : []))).toEqual(expected)
})
