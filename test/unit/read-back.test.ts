import { describe, expect, test } from 'vitest'
import { batchSize } from '../../src/deploy/batches.ts'
import { bindDue } from '../../src/deploy/bind.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Work } from '../../src/deploy/work.ts'
import type { Binding } from '../../src/model/change.ts'
import type { Host } from '../../src/model/host.ts'
import { Problem } from '../../src/model/problem.ts'
import type { Setting } from '../../src/model/setting.ts'
import { inBoth } from '../../src/util/language.ts'
import { answering } from '../support/answering.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { problemOf } from '../support/problem.ts'
import { live } from '../support/progress.ts'

const reset = problemOf('Network.Reset', { message: 'broken.', sent: 'unknown' })
const denied = problemOf('UnauthorizedOperation', { message: 'no', sent: 'refused' })

/** `online new=deployed`: status, and certificates with theirs. */
const hostOf = (name: string, text: string): Host => {
  const [status, ...parts] = text.split(' ')
  const certificates = parts.map((part) => {
    const [id = '', state] = part.split('=')
    return { id, status: state }
  })
  return { name, status, mode: 'sslcert', certificates, mutualTls: {} }
}
const bindingOf = (host: string, before: string, target: Setting): Binding => ({
  ...{ kind: 'bind', reason: inBoth(''), keeps: [], replaces: [], drops: [], host, target },
  before: hostOf(host, before),
})

interface Scene {
  /** What the calls meet in turn; accepted from then on. */
  readonly calls: readonly (Problem | 'ok')[]
  /** What the readings show in turn, the last from then on: of each host, or that they fail. */
  readonly reads: readonly (Readonly<Record<string, string>> | Problem)[]
  readonly hosts?: readonly string[]
  readonly before?: string
  readonly target?: Setting
  readonly isReadable?: false
}

const scene = async ({ calls, reads, hosts = ['a'], before = 'online old=deployed', ...more }: Scene) => {
  const { target = { mode: 'sslcert', ids: ['new'] } } = more
  const steps: string[] = []
  const meets = calls.values()
  let reading = 0
  const call = answering(async (_, body) => {
    steps.push(`write ${(body['Hosts'] as string[]).join()}`)
    const met = meets.next().value
    if (met instanceof Problem) throw met
    return { requestId: 'r', response: {} }
  })
  const { context } = contextWith({ call })
  const tracker = track(
    hosts.map((host) => bindingOf(host, before, target)),
    live,
  )
  const reader: Work['reader'] = {
    all: () => Promise.reject(new Error('must not be called')),
    these: async (names) => {
      steps.push(`read ${names.join()}`)
      const shown = reads[Math.min(reading++, reads.length - 1)]
      if (shown === undefined || shown instanceof Problem) throw shown
      return names.flatMap((name) => (shown[name] === undefined ? [] : hostOf(name, shown[name])))
    },
    listed: () => 'hosts',
    unlisted: () => 0,
  }
  const work: Work = {
    ...{ context, spec: options, zoneId: 'zone-1', tracker, known: new Map(), blocking: new Set() },
    planNow: () => Promise.reject(new Error('must not be called')) as never,
    batchSize: batchSize(),
    reader: more.isReadable === false ? undefined : reader,
    journal: { accepted: () => {}, certificate: () => {}, note: () => {} },
  }
  const stopped = await bindDue(work)
  const states = tracker.all().map(({ host, state, writes, inDoubt }) => [host, state, writes, inDoubt])
  return { steps, states, stopped, tracker }
}
const old = 'online old=deployed'

describe('after a call without an answer', () => {
  test('a host that shows the change counts as accepted, and nothing is sent again', async () => {
    for (const shown of ['online new=deployed', 'process new=processing', 'online new=processing']) {
      const { steps, states, stopped } = await scene({ calls: [reset], reads: [{ a: shown }] })
      expect(steps).toEqual(['write a', 'read a'])
      expect([states, stopped]).toEqual([[['a', 'accepted', 1, false]], undefined])
    }
  })

  test('only the hosts that do not show it are sent it again', async () => {
    const reads = [{ a: 'online new=deployed', b: old, c: 'online new=processing' }]
    const { steps, states } = await scene({ calls: [reset], reads, hosts: ['a', 'b', 'c'] })
    expect(steps).toEqual(['write a,b,c', 'read a,b,c', 'write b'])
    expect(states.map(([, state, writes]) => [state, writes])).toEqual(Array(3).fill(['accepted', 1]))
  })

  test('a host that is being deployed is waited for, and not sent it again', async () => {
    const { steps, states } = await scene({ calls: [reset], reads: [{ a: 'process old=processing' }] })
    expect([steps, states]).toEqual([['write a', 'read a'], [['a', 'waiting', 0, true]]])
  })

  test('only what is left is halved when the next call is refused', async () => {
    const refused = problemOf('ResourceUnavailable.HostNotFound', { message: 'no', sent: 'refused' })
    const { steps, states } = await scene({
      calls: [reset, refused, 'ok', refused],
      reads: [{ a: 'online new=deployed', b: old, c: old }],
      hosts: ['a', 'b', 'c'],
    })
    expect(steps).toEqual(['write a,b,c', 'read a,b,c', 'write b,c', 'write b', 'write c'])
    expect(states.map(([, state]) => state)).toEqual(['accepted', 'accepted', 'refused'])
  })

  test('a host that had it before, with a failed deployment, must show something else', async () => {
    const failed = 'online new=failed'
    const same = await scene({ calls: [reset], reads: [{ a: failed }], before: failed })
    expect(same.steps).toEqual(['write a', 'read a', 'write a'])
    const moving = await scene({ calls: [reset], reads: [{ a: 'online new=processing' }], before: failed })
    expect(moving.steps).toEqual(['write a', 'read a'])
  })

  test('six times, the step stops, and a host that was read is not changed, with what it had', async () => {
    const { steps, states, stopped, tracker } = await scene({ calls: Array(9).fill(reset), reads: [{ a: old }] })
    expect(steps).toEqual(Array(6).fill(['write a', 'read a']).flat())
    expect(stopped?.code).toBe('Network.Reset')
    expect(states).toEqual([['a', 'untouched', 0, true]])
    expect(tracker.get('a')?.problem?.message).toMatch(
      /Read at \d\d:\d\d:\d\d UTC, a does not show the change: it is online, with old deployed\.$/,
    )
  })

  test('a host that cannot be read since is unknown', async () => {
    const { states, stopped } = await scene({ calls: [reset], reads: [denied] })
    expect([states, stopped?.code]).toEqual([[['a', 'unknown', 0, true]], 'Network.Reset'])
  })

  test('a host of a site that cannot be read is sent it again', async () => {
    const { steps, states } = await scene({ calls: [reset], reads: [], isReadable: false })
    expect([steps, states]).toEqual([['write a', 'write a'], [['a', 'accepted', 1, false]]])
  })
})
