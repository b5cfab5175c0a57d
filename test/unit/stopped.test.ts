import { expect, test } from 'vitest'
import { batchSize } from '../../src/deploy/batches.ts'
import { tellStopped } from '../../src/deploy/stopped.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Binding } from '../../src/model/change.ts'
import { ownProblem } from '../../src/model/problem.ts'
import type { Stage } from '../../src/model/stage.ts'
import { inBoth } from '../../src/util/language.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { bringTo, live } from '../support/progress.ts'

const cause = ownProblem('Run.Cancelled', { message: inBoth('stop') })
const hosts = ['accepted', 'deployed', 'untouched', 'served'] as const
const unread = () => Promise.reject(new Error('nothing is read'))

/** The states of the hosts, which are named after their states before, once the step has stopped. */
const afterStop = (waitFor: Stage, at: 'accepted' | 'deployed', { isReadable = true } = {}) => {
  const bindings = hosts.map((host): Binding => {
    const before = { name: host, status: 'online', certificates: [{ id: 'old' }], mutualTls: {} }
    const target = { mode: 'sslcert', ids: ['new'] } as const
    return { kind: 'bind', host, reason: inBoth(''), before, target, keeps: [], replaces: [], drops: [] }
  })
  const tracker = track(bindings, live)
  for (const [i, host] of hosts.entries()) for (const one of bindings.slice(i, i + 1)) bringTo(tracker, one, host)
  const work = {
    ...{ context: contextWith().context, spec: { ...options, waitFor }, zoneId: 'zone-1', tracker, known: new Map() },
    reader: isReadable ? { all: unread, these: unread, listed: () => 'hosts' as const, unlisted: () => 0 } : undefined,
    planNow: () => {
      throw new Error('nothing is read')
    },
    batchSize: batchSize(),
    ...{ blocking: new Set<string>(), journal: { accepted: () => {}, certificate: () => {}, note: () => {} } },
  }
  tellStopped(work, at, cause)
  return tracker
    .all()
    .flatMap(({ host, state, problem }) => (host === state ? [] : [[host, state, problem?.code, problem?.cause]]))
}

test('a host that has not reached the stage to wait for when the step stops has failed', () => {
  expect(afterStop('deployed', 'accepted')).toEqual([['accepted', 'timed-out', 'Verify.NotDeployed', cause]])
  expect(afterStop('served', 'accepted')).toEqual([['accepted', 'timed-out', 'Verify.NotDeployed', cause]])
  expect(afterStop('served', 'deployed')).toEqual([['deployed', 'not-served', 'Verify.NotProbed', cause]])
})

test('a host that has reached it is as it is', () => {
  expect(afterStop('accepted', 'accepted')).toEqual([])
  expect(afterStop('deployed', 'deployed')).toEqual([])
  // Where nothing can be read, the step ends when EdgeOne has accepted the change.
  expect(afterStop('deployed', 'accepted', { isReadable: false })).toEqual([])
})
