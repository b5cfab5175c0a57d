import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { batchSize, maxHosts, sendInBatches } from '../../src/deploy/batches.ts'
import type { Binding } from '../../src/model/change.ts'
import { ownProblem, type Problem } from '../../src/model/problem.ts'
import { idsOf } from '../../src/model/setting.ts'
import { inBoth } from '../../src/util/language.ts'
import { problemOf } from '../support/problem.ts'

const refusal = (code: string, message = '') => problemOf(code, { message, sent: 'refused' })
const notFound = 'ResourceUnavailable.HostNotFound'
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

type Ids = [string, ...string[]]
const change = (host: string, more: { ids?: Ids; client?: string[]; keeps?: string[] } = {}): Binding => ({
  kind: 'bind',
  reason: inBoth(''),
  host,
  before: { name: host, certificates: [], mutualTls: more.client === undefined ? {} : { client: more.client } },
  target: { mode: 'sslcert', ids: more.ids ?? ['new', ...(more.keeps ?? [])] },
  keeps: (more.keeps ?? []).map((id) => ({ id })),
  replaces: [],
  drops: [],
})
const some = (n: number, more?: Parameters<typeof change>[1], lead = 'h') =>
  Array.from({ length: n }, (_, i) => change(`${lead}${i}`, more))

/** Sends to a service that answers with what `refuse` gives for the hosts of a call; each call takes a turn. */
const sent = async (
  changes: readonly Binding[],
  refuse: (hosts: string[], call: number) => Problem | undefined,
  size = batchSize(),
) => {
  const seen = {
    calls: [] as (readonly Binding[])[],
    accepted: [] as string[],
    failed: [] as [hosts: string[], code: string][],
    /** Calls under way at once, and whether one for several hosts was among them. */
    most: 0,
    mixed: false,
    thrown: undefined as unknown,
  }
  const now = new Set<readonly Binding[]>()
  const hostsOf = (some: readonly Binding[]) => some.map(({ host }) => host)
  await sendInBatches(changes, {
    send: async (batch) => {
      const number = seen.calls.push(batch)
      now.add(batch)
      seen.most = Math.max(seen.most, now.size)
      seen.mixed ||= now.size > 1 && [...now].some(({ length }) => length > 1)
      await turn()
      now.delete(batch)
      const problem = refuse(hostsOf(batch), number)
      if (problem !== undefined) return { problem, left: batch, seen: new Map() }
      seen.accepted.push(...hostsOf(batch))
      return undefined
    },
    failed: ({ left, problem: { code } }) => {
      seen.failed.push([hostsOf(left), code])
    },
    size,
  }).catch((thrown: unknown) => {
    seen.thrown = thrown
  })
  return seen
}
const bad =
  (...names: string[]) =>
  (hosts: string[]) =>
    hosts.some((host) => names.includes(host)) ? refusal(notFound) : undefined

test('a host whose mutual TLS is off shares a call with one of which EdgeOne does not tell it', async () => {
  const told = change('a')
  const off: Binding = { ...told, host: 'b', before: { name: 'b', certificates: [], mutualTls: { client: 'off' } } }
  const { calls } = await sent([told, off], () => undefined)
  expect(calls).toHaveLength(1)
})

test('finds one bad host among 450 in few calls, and the others are accepted', async () => {
  const { calls, accepted, failed, thrown } = await sent(some(450), bad('h333'))
  expect(accepted.toSorted()).toEqual(
    some(450)
      .map(({ host }) => host)
      .filter((host) => host !== 'h333')
      .toSorted(),
  )
  expect(failed).toEqual([[['h333'], notFound]])
  expect(thrown).toBeUndefined()
  // Five batches, and two calls for each of the seven halvings from 100 to 1.
  expect(calls.length).toBeLessThanOrEqual(5 + 2 * 7)
})

test('finds any bad hosts exactly, in at most `batches + 2·k·⌈log2 100⌉` calls, and only hosts with one target and one mutual TLS share a call', async () => {
  const host = fc.record({
    ids: fc.constantFrom<Ids[]>(['new'], ['new', 'ecc'], ['ecc', 'new']),
    client: fc.constantFrom<string[][]>([], ['ca1']),
    isBad: fc.oneof({ weight: 20, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(host, { maxLength: 450, size: 'max' }), async (hosts) => {
      const changes = hosts.map((more, i) => change(`h${i}`, more))
      const names = hosts.flatMap(({ isBad }, i) => (isBad ? [`h${i}`] : []))
      const { calls, accepted, failed, most } = await sent(changes, bad(...names))
      expect(new Map(failed.map(([hosts, code]) => [hosts.join(), code]))).toEqual(
        new Map(names.map((name) => [name, notFound])),
      )
      expect(failed).toHaveLength(names.length)
      expect(accepted.length).toBe(hosts.length - names.length)
      expect(new Set(accepted).size).toBe(accepted.length)
      const key = ({ target, before }: Binding) =>
        `${idsOf(target).toSorted().join()} ${String(before?.mutualTls.client)}`
      for (const batch of calls) {
        expect(batch.length).toBeGreaterThan(0)
        expect(batch.length).toBeLessThanOrEqual(maxHosts)
        expect(new Set(batch.map(key)).size).toBe(1)
      }
      const batches = [...Map.groupBy(changes, key).values()].reduce((sum, all) => sum + Math.ceil(all.length / 100), 0)
      expect(calls.length).toBeLessThanOrEqual(batches + 2 * names.length * 7)
      expect(most).toBeLessThanOrEqual(32)
    }),
    { numRuns: 40 },
  )
})

describe('a refusal that concerns all hosts', () => {
  test.each([
    'AuthFailure.SignatureFailure',
    'ResourceUnavailable.ZoneNotFound',
    'RequestLimitExceeded',
    'Network.Tls',
    'Run.Cancelled',
    'Run.Unexpected',
  ])('%s is thrown after one call', async (code) => {
    const { calls, accepted, failed, thrown } = await sent(some(250), () => refusal(code))
    expect(calls.length).toBe(1)
    expect(thrown).toMatchObject({ code })
    expect(accepted).toEqual([])
    expect(failed.map(([hosts]) => hosts.length)).toEqual([100])
  })

  test('that lasted until the deadline is thrown, because no further call can be made', async () => {
    const cause = problemOf('Network.Deadline', { message: 'late' })
    const lasted = problemOf('ResourceInUse', { message: 'busy', sent: 'refused', cause })
    const { calls, failed, thrown } = await sent(some(250), () => lasted)
    expect(calls.length).toBe(1)
    expect([failed.map(([hosts]) => hosts.length), thrown]).toEqual([[100], lasted])
  })

  test('in the middle of a search ends it, and what was accepted before stays accepted', async () => {
    const { calls, accepted, failed, thrown } = await sent(some(100), (hosts, call) =>
      call === 1 ? refusal(notFound) : call === 3 ? refusal('InternalError') : bad()(hosts),
    )
    expect(calls.map(({ length }) => length)).toEqual([100, 50, 50])
    expect([accepted.length, failed.length]).toEqual([50, 1])
    expect(thrown).toMatchObject({ code: 'InternalError' })
  })

  test('about a certificate that all hosts are to get is thrown', async () => {
    const { calls, failed, thrown } = await sent(some(250), () => refusal('ResourceUnavailable.CertNotFound'))
    expect([calls.length, failed.length]).toEqual([1, 1])
    expect(thrown).toMatchObject({ code: 'ResourceUnavailable.CertNotFound' })
  })

  test('about a certificate that only some hosts keep fails only these', async () => {
    const code = 'OperationDenied.CertificatePrivateKeyIsEmpty'
    const keepers = some(30, { keeps: ['ecc'] }, 'k')
    const { calls, accepted, failed, thrown } = await sent([...keepers, ...some(30)], (hosts) =>
      hosts.includes('k0') ? refusal(code) : undefined,
    )
    expect(calls.length).toBe(2)
    expect(failed).toEqual([[keepers.map(({ host }) => host), code]])
    expect(accepted.length).toBe(30)
    expect(thrown).toBeUndefined()
  })
})

describe('a limit on the hosts of a call', () => {
  const cap =
    (max: number, ...names: string[]) =>
    (hosts: string[]) =>
      hosts.length > max ? refusal('LimitExceeded') : bad(...names)(hosts)

  test('is found by halving, and no further call has more than was accepted', async () => {
    const { calls, accepted, failed } = await sent(some(450), cap(60))
    expect(calls.map(({ length }) => length)).toEqual([100, ...Array<number>(9).fill(50)])
    expect([accepted.length, failed]).toEqual([450, []])
  })

  test('is found in the middle of a batch', async () => {
    const { calls, accepted } = await sent(some(200), cap(30))
    expect(calls.map(({ length }) => length)).toEqual([100, 50, ...Array<number>(8).fill(25)])
    expect(accepted).toHaveLength(200)
  })

  test('is remembered when more is sent later, and for hosts with another target', async () => {
    const size = batchSize()
    await sent(some(80), cap(60), size)
    expect(size.max()).toBe(40)
    const { calls } = await sent([...some(100), ...some(50, { ids: ['other'] }, 'o')], cap(60), size)
    expect(calls.map(({ length }) => length)).toEqual([40, 40, 20, 40, 10])
  })

  test('is not taken from a batch with a culprit, who is found all the same', async () => {
    const size = batchSize()
    const { calls, failed } = await sent(some(300), cap(60, 'h3'), size)
    expect(failed).toEqual([[['h3'], notFound]])
    expect(size.max()).toBe(50)
    expect(calls.filter(({ length }) => length > 60)).toHaveLength(2)
  })

  test('is not learned from one bad host', async () => {
    const size = batchSize()
    await sent(some(300), bad('h42'), size)
    expect(size.max()).toBe(maxHosts)
  })

  test.each(['LimitExceeded.X', 'UnsupportedOperation', 'OperationDenied.ConfigLocked', 'RequestSizeLimitExceeded'])(
    'is sought when %s refuses them',
    async (code) => {
      const { accepted, thrown } = await sent(some(150), (hosts) => (hosts.length > 20 ? refusal(code) : undefined))
      expect([accepted.length, thrown]).toEqual([150, undefined])
    },
  )
})

describe('order', () => {
  test('hosts that are refused only together are sent one per call, without halving, at most 32 at once', async () => {
    const { calls, accepted, most } = await sent(some(100), (hosts) =>
      hosts.length > 1 ? refusal('OperationDenied.HostsClientCertificateInconsistency') : undefined,
    )
    expect(calls.map(({ length }) => length)).toEqual([100, ...Array<number>(100).fill(1)])
    expect([accepted.length, most]).toEqual([100, 32])
  })

  test('calls for several hosts follow each other; calls for one host run in parallel', async () => {
    const lone = Array.from({ length: 50 }, (_, i) => change(`l${i}`, { ids: [`c${i}`] }))
    const { calls, accepted, most, mixed } = await sent([...lone, ...some(300)], () => undefined)
    expect([calls.length, accepted.length, most, mixed]).toEqual([53, 350, 32, false])
  })

  test('after a cancellation the calls in progress are reported, and no other is sent', async () => {
    const lone = Array.from({ length: 50 }, (_, i) => change(`l${i}`, { ids: [`c${i}`] }))
    const cancelled = ownProblem('Run.Cancelled', { message: inBoth(''), sent: 'unknown' })
    const { calls, accepted, failed, thrown } = await sent(lone, (hosts) =>
      hosts.includes('l0') ? undefined : cancelled,
    )
    // The worker of l0 has taken its next host before the others end.
    expect(calls.length).toBe(33)
    expect(accepted).toEqual(['l0'])
    expect(failed.length).toBe(32)
    expect(thrown).toBe(cancelled)
  })

  test('without bindings, no call is sent', async () => {
    expect((await sent([], () => undefined)).calls).toEqual([])
  })
})
