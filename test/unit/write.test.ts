import { expect, test } from 'vitest'
import { Problem, toProblem } from '../../src/model/problem.ts'
import { sendOnce } from '../../src/tencent/write.ts'
import { countedClock } from '../support/clock.ts'
import { contextWith } from '../support/context.ts'
import { problemOf } from '../support/problem.ts'

const reset = problemOf('Network.Reset', { message: 'broken', sent: 'unknown' })
const forbidden = problemOf('Network.HttpStatus', { message: 'HTTP 403', status: 403, sent: 'unknown' })
const refused = problemOf('InvalidParameter', { message: 'no', sent: 'refused' })
const busy = problemOf('OperationDenied', { message: '部署中', sent: 'refused' })
const inUse = problemOf('ResourceInUse', { message: 'occupied', sent: 'refused' })
const denied = problemOf('UnauthorizedOperation', { message: 'may not read', sent: 'refused' })

type Outcome = 'sent' | 'found' | Problem | undefined

/** What `send` and `find` meet in turn, the last from then on; and in which order they were called. */
const run = async (sends: readonly Outcome[], finds: readonly Outcome[] | undefined) => {
  const steps: string[] = []
  const clock = countedClock(0)
  const { context, lines } = contextWith({ clock })
  const meeting = (name: string, outcomes: readonly Outcome[]) => {
    let calls = 0
    return async () => {
      steps.push(name)
      const outcome = outcomes[Math.min(calls++, outcomes.length - 1)]
      if (outcome instanceof Problem) throw outcome
      return outcome
    }
  }
  const find = finds && meeting('find', finds)
  const write = { action: 'ModifyHostsCertificate', send: meeting('send', sends), find }
  const end = await sendOnce<Outcome>(context, write).catch(toProblem)
  return { end, steps: steps.join(' '), lines, now: clock.now() }
}

test.each<[name: string, sends: Outcome[], finds: Outcome[] | undefined, steps: string, end: object | string]>([
  ['applied at once', ['sent'], [undefined], 'send', 'sent'],
  ['refused', [refused], ['found'], 'send', refused],
  ['lost and found', [reset], ['found'], 'send find', 'found'],
  ['lost and not found', [reset, 'sent'], [undefined], 'send find send', 'sent'],
  ['lost twice', [reset, reset], [undefined, 'found'], 'send find send find', 'found'],
  [
    'lost, then refused',
    [reset, refused],
    [undefined],
    'send find send',
    { code: 'InvalidParameter', sent: 'refused' },
  ],
  ['lost, then busy', [reset, busy], [undefined], 'send find send', { code: 'OperationDenied', sent: 'unknown' }],
  ['lost for good by a gateway, found', [forbidden], ['found'], 'send find', 'found'],
  [
    'lost for good by a gateway',
    [forbidden],
    [undefined],
    'send find',
    { code: 'Network.HttpStatus', sent: 'unknown' },
  ],
  ['lost, unreadable', [reset], [denied], 'send find find', { code: 'Network.Reset', sent: 'unknown' }],
  ['lost without a way to read', [reset, 'sent'], undefined, 'send send', 'sent'],
  ['refused because something is busy', [inUse, inUse, 'sent'], [undefined], 'send find send find send', 'sent'],
  ['refused because all of it is busy', [inUse], ['found'], 'send find', 'found'],
  [
    'refused because something is busy, then because of a deployment',
    [inUse, busy],
    [undefined],
    'send find send',
    { code: 'OperationDenied', sent: 'refused' },
  ],
])('a write that is %s', async (_, sends, finds, steps, end) => {
  const met = await run(sends, finds)
  expect(met.steps).toBe(steps)
  if (typeof end === 'string') expect(met.end).toBe(end)
  else expect(met.end).toMatchObject(end)
})

test('six attempts are lost at most, each read before the next, and once more after the last', async () => {
  const { end, steps, lines } = await run([reset], [undefined])
  expect(steps).toBe(Array(6).fill('send find').join(' '))
  expect(end).toMatchObject({ code: 'Network.Reset', sent: 'unknown' })
  expect(toProblem(end).message).toBe('broken. Gave up after 6 attempts in 17 s.')
  expect(lines).toHaveLength(5)
  expect(lines[0]).toBe(
    'ModifyHostsCertificate, attempt 1: Network.Reset (no answer, so what came of it is read first). Next attempt in 0.5 s.',
  )
})

test('at the deadline it reads once more; after a cancellation it does not', async () => {
  const ended = async (code: 'Network.Deadline' | 'Run.Cancelled') => {
    const stop = new AbortController()
    const reason = problemOf(code, { sent: 'unknown' })
    const cancelled = code === 'Run.Cancelled' ? stop.signal : new AbortController().signal
    const { context } = contextWith({ signal: stop.signal, cancelled })
    let reads = 0
    const send = () => {
      stop.abort(reason)
      return Promise.reject(reason)
    }
    const find = async () => {
      reads += 1
      return undefined
    }
    const end = await sendOnce(context, { action: 'ModifyHostsCertificate', send, find }).catch(toProblem)
    expect(end).toMatchObject({ code, sent: 'unknown' })
    return reads
  }
  expect([await ended('Network.Deadline'), await ended('Run.Cancelled')]).toEqual([1, 0])
})
