import { expect, test } from 'vitest'
import { ownProblem } from '../../src/model/problem.ts'
import { gitHub } from '../../src/runner/github.ts'
import { inBoth } from '../../src/util/language.ts'
import { countedClock } from '../support/clock.ts'
import { silent } from '../support/log.ts'

const wanted = { marker: '<!-- m -->', label: 'l', state: 'closed', body: '<!-- m -->' } as const
const found = [{ number: 1, id: 1, body: '<!-- m -->', user: { id: 5 }, state: 'closed' }]
const answer = (status: number, data: unknown) => ({
  ...{ status, date: undefined, headers: { 'content-type': 'application/json' }, body: JSON.stringify(data) },
})

/** GitHub whose calls are answered one after another, on a clock that only moves by pauses. */
const withAnswers = (answers: readonly (() => ReturnType<typeof answer>)[], leftMs: number) => {
  const clock = countedClock()
  const [start, sent]: [number, number[]] = [clock.now(), []]
  const aborted = new AbortController()
  const send = (_: unknown, signal: AbortSignal) =>
    new Promise<ReturnType<typeof answer>>((resolve, reject) => {
      // As the network does.
      if (signal.aborted) return reject(signal.reason)
      sent.push(clock.now() - start)
      const given = answers[sent.length - 1]
      if (given !== undefined) return resolve(given())
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      // Time passes until something ends the call.
      queueMicrotask(() => clock.setTo(clock.now() + 600_000))
    })
  const env = { GITHUB_REPOSITORY: 'o/r' }
  const options = { env, send, clock, log: silent, token: 't', cancelled: aborted.signal, deadline: start + leftMs }
  return { sent, aborted, clock, keep: () => gitHub(options).keepIssue(wanted) }
}
const failing = () => answer(502, {})

test('tries three times, with longer pauses', async () => {
  const { sent, keep } = withAnswers([failing, failing, failing, failing], 60_000)
  expect(await keep()).toEqual({ done: 'left', why: 'fault', detail: 'HTTP 502' })
  // One second and two, and half of it more.
  expect(sent).toEqual([0, 1500, 4500])
})

test('does not try again when the deadline would be over', async () => {
  const { sent, keep } = withAnswers([failing, failing, failing], 4000)
  expect(await keep()).toMatchObject({ done: 'left', why: 'fault' })
  expect(sent).toEqual([0, 1500])
})

test.each([-60_000, 0])('tries once when the deadline passed %i ms ago', async (leftMs) => {
  const { sent, keep } = withAnswers([failing, failing], leftMs)
  expect(await keep()).toMatchObject({ done: 'left', why: 'fault' })
  expect(sent).toEqual([0])
  expect(await withAnswers([() => answer(200, [])], leftMs).keep()).toEqual({ done: 'absent' })
})

test('has fifteen seconds after the deadline for what it does once, and two minutes long before it', async () => {
  const within = (ms: number, leftMs: number) => {
    const one = withAnswers(
      [
        () => {
          one.clock.setTo(one.clock.now() + ms)
          return answer(200, found)
        },
        () => answer(200, { data: { viewer: { databaseId: 5 } } }),
      ],
      leftMs,
    )
    return one.keep()
  }
  const late = { done: 'left', why: 'deadline', detail: 'GitHub did not answer in time' }
  expect(await within(14_000, -60_000)).toEqual({ done: 'absent' })
  expect(await within(16_000, -60_000)).toEqual(late)
  expect(await within(119_000, 3_600_000)).toEqual({ done: 'absent' })
  expect(await within(121_000, 3_600_000)).toEqual(late)
})

test.each([-60_000, 60_000])(
  'ends a call that is not answered by the deadline, or soon after it (%i ms)',
  async (leftMs) => {
    const { sent, keep } = withAnswers([], leftMs)
    expect(await keep()).toEqual({ done: 'left', why: 'deadline', detail: 'GitHub did not answer in time' })
    expect(sent).toEqual([0])
  },
)

test('waits no longer than a minute for a rate limit', async () => {
  const limited = (seconds: number) => () => ({
    ...answer(403, { message: 'Slow down' }),
    headers: { 'content-type': 'application/json', 'retry-after': String(seconds) },
  })
  const short = withAnswers([limited(60), () => answer(200, [])], 3_600_000)
  expect(await short.keep()).toEqual({ done: 'absent' })
  expect(short.sent).toEqual([0, 60_000])
  const long = withAnswers([limited(61), () => answer(200, [])], 3_600_000)
  expect(await long.keep()).toMatchObject({ done: 'left', why: 'rate limit' })
  expect(long.sent).toEqual([0])
})

test('stops when the run is cancelled, before and in a call, and in a pause', async () => {
  const reason = ownProblem('Run.Cancelled', { message: inBoth('The run was cancelled') })
  const left = { done: 'left', why: 'cancelled', detail: 'The run was cancelled' }
  const before = withAnswers([() => answer(200, [])], 60_000)
  before.aborted.abort(reason)
  expect(await before.keep()).toEqual(left)
  expect(before.sent).toEqual([])
  const within = withAnswers([], 60_000)
  const kept = within.keep()
  within.aborted.abort(reason)
  expect(await kept).toEqual(left)
  const after = withAnswers(
    [
      () => {
        after.aborted.abort(reason)
        return failing()
      },
    ],
    60_000,
  )
  expect(await after.keep()).toEqual(left)
  expect(after.sent).toEqual([0])
})

test('takes an answer of another form for a failure, and never for an empty list', async () => {
  const other = () => answer(200, { message: 'Moved' })
  const { keep } = withAnswers([other, other, other], 60_000)
  expect(await keep()).toEqual({ done: 'left', why: 'fault', detail: 'The answer of GitHub is not a list' })
})
