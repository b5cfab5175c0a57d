import { expect, test } from 'vitest'
import { batchSize } from '../../src/deploy/batches.ts'
import { bindAndWait } from '../../src/deploy/reach.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Work } from '../../src/deploy/work.ts'
import { ownProblem, type Problem } from '../../src/model/problem.ts'
import { type Desired, plan } from '../../src/plan/plan.ts'
import { withDeadline } from '../../src/tencent/context.ts'
import { hostReader } from '../../src/tencent/hosts.ts'
import { inBoth } from '../../src/util/language.ts'
import { answering } from '../support/answering.ts'
import { countedClock } from '../support/clock.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { problemOf } from '../support/problem.ts'

const desired: Desired = { setting: { mode: 'sslcert', ids: ['new'] }, keepOther: false, known: new Map(), now: 0 }
const stop = ownProblem('Run.Cancelled', { message: inBoth('stop') })

interface Scene {
  /** What the host shows after so many seconds: its status, and its certificate with its status. */
  readonly shows: (at: number) => readonly [status: string, id: string, state: string] | Problem
  readonly cancelAt?: number
}

/** A deadline after 6 seconds: the readings come after 1 and 3 seconds. */
const scene = async ({ shows, cancelAt = Infinity }: Scene) => {
  const clock = countedClock(0)
  const cancelled = new AbortController()
  const readings: number[] = []
  const writes: number[] = []
  const client = (signal: AbortSignal) =>
    answering(async ({ action }) => {
      const at = clock.now() / 1000
      if (at >= cancelAt) cancelled.abort(stop)
      signal.throwIfAborted()
      if (action === 'ModifyHostsCertificate') {
        writes.push(at)
        return { requestId: 'r1', response: {} }
      }
      readings.push(at)
      const shown = shows(at)
      if (shown instanceof Error) throw shown
      const [DomainStatus, CertId, Status] = shown
      const Certificate = { Mode: 'sslcert', List: [{ CertId, Status }] }
      return {
        requestId: 'r',
        response: { TotalCount: 1, AccelerationDomains: [{ DomainName: 'a', DomainStatus, Certificate }] },
      }
    })
  const { context: base, lines } = contextWith({ client, clock, cancelled: cancelled.signal })
  const context = withDeadline(base, 6000, inBoth('The step'))
  const reader = hostReader(context.call, '2022-09-01', 'zone-1')
  const planNow: Work['planNow'] = (host) => plan(desired, host)
  const tracker = track((await reader.all()).map(planNow), { dryRun: false, readAt: 0, now: clock.now })
  const work: Work = {
    ...{ context, spec: options, zoneId: 'zone-1', tracker, reader, planNow, known: new Map(), blocking: new Set() },
    batchSize: batchSize(),
    journal: { accepted: () => {}, certificate: () => {}, note: () => {} },
  }
  const thrown: unknown = await bindAndWait(work, 'deployed').catch((error: unknown) => error)
  return { readings, writes, lines, thrown, end: tracker.get('a') }
}

test('a host that the reading after the deadline shows deployed is deployed', async () => {
  const { readings, thrown, end } = await scene({
    shows: (at) => (at < 5 ? ['process', 'new', 'processing'] : ['online', 'new', 'deployed']),
  })
  expect([readings.length, thrown, end?.state, end?.problem]).toEqual([4, undefined, 'unchanged', undefined])
})

test('a change that it shows in effect counts, and what it shows else is said with its time', async () => {
  const done = await scene({
    shows: (at) =>
      at < 1
        ? ['online', 'old', 'deployed']
        : at < 5
          ? ['process', 'new', 'processing']
          : ['online', 'new', 'deployed'],
  })
  expect([done.thrown, done.end?.state, done.writes]).toEqual([undefined, 'deployed', [0]])
  const missed = await scene({
    shows: (at) => (at < 1 ? ['online', 'old', 'deployed'] : ['process', 'new', 'processing']),
  })
  expect(missed.end?.problem?.message).toBe('At 00:00:07 UTC, a was process, with new processing')
})

test('no call is sent after the deadline, even if it shows that the host is not busy any more', async () => {
  const { writes, end } = await scene({
    shows: (at) => (at < 5 ? ['process', 'old', 'processing'] : ['online', 'old', 'deployed']),
  })
  expect([writes, end?.state, end?.problem?.code]).toEqual([[], 'waiting', 'Verify.HostBusy'])
  expect(end?.problem?.message).toContain('ended too late')
})

test('if it fails, the reading before it is what is said', async () => {
  const broken = problemOf('InternalError', { message: 'broken' })
  const { lines, end } = await scene({
    shows: (at) => (at < 1 ? ['online', 'old', 'deployed'] : at < 5 ? ['process', 'new', 'processing'] : broken),
  })
  expect(end?.problem?.message).toBe('At 00:00:03 UTC, a was process, with new processing')
  expect(lines).toContain('The last reading failed: InternalError broken')
})

test('a cancellation ends it', async () => {
  const { thrown, end } = await scene({
    shows: (at) => (at < 1 ? ['online', 'old', 'deployed'] : ['process', 'new', 'processing']),
    cancelAt: 5,
  })
  expect([thrown, end?.state]).toEqual([stop, 'accepted'])
})
