import { expect, test } from 'vitest'
import { track } from '../../src/deploy/tracker.ts'
import type { CertificateEvent } from '../../src/model/certificate-event.ts'
import type { Binding } from '../../src/model/change.ts'
import { ownProblem } from '../../src/model/problem.ts'
import type { HostResult, HostState, Result, SiteResult } from '../../src/model/result.ts'
import { stateLine } from '../../src/report/facts.ts'
import { en } from '../../src/report/words-en.ts'
import { inBoth } from '../../src/util/language.ts'
import { options } from '../support/options.ts'
import { bringTo, live, planFor } from '../support/progress.ts'

const problem = ownProblem('Run.Cancelled', { message: inBoth('stop') })

const host = 'www.example.com'
const before = { name: host, certificates: [], mutualTls: {} }
const target = { mode: 'sslcert', ids: ['new'] } as const
const binding: Binding = { kind: 'bind', host, reason: inBoth(''), before, target, keeps: [], replaces: [], drops: [] }

const siteWith = (hosts: readonly HostResult[], events: readonly CertificateEvent[] = []): SiteResult => ({
  ...{ options, mode: 'sslcert', outcome: 'failed', zone: { id: 'zone-1' }, certificates: [], notes: [] },
  ...{ hosts, requestId: undefined, problem, events },
})
const resultOf = (...sites: readonly SiteResult[]): Result => ({
  ...{ outcome: 'failed', problem, requestId: undefined, sites, calls: [], warnings: [], language: 'en-US' },
})

/** Whether the report of a failure says that nothing was changed. */
const saysUnchanged = (hosts: readonly HostResult[], ...events: readonly CertificateEvent[]): boolean =>
  stateLine(resultOf(siteWith(hosts, events)), en).includes('This step changed nothing.')

const inState = (state: HostState): readonly HostResult[] => {
  const tracker = track([planFor(binding, state)], live)
  bringTo(tracker, binding, state)
  return tracker.all()
}

test.each<[HostState, boolean]>([
  ['untouched', true],
  ['unchanged', true],
  ['refused', true],
  ['inactive', true],
  ['waiting', true],
  // The call was sent and not answered.
  ['unknown', false],
  ['accepted', false],
  ['timed-out', false],
  ['not-served', false],
  ['rolled-back', false],
  ['rollback-failed', false],
])('with a host that is %s, the report says that nothing was changed: %s', (state, says) => {
  expect(saysUnchanged(inState(state))).toBe(says)
})

const why = inBoth('lost')
test.each<[CertificateEvent, boolean]>([
  [{ kind: 'uploaded', id: 'new', alias: 'a' }, false],
  [{ kind: 'upload-unknown', subject: 'a.com', why }, false],
  [{ kind: 'muted', ids: ['old'] }, false],
  [{ kind: 'mute-unknown', ids: ['old'], why }, false],
  [{ kind: 'deleted', id: 'old' }, false],
  [{ kind: 'deletion-unknown', id: 'old', why }, false],
  [{ kind: 'reused', id: 'new', subject: 'a.com' }, true],
  [{ kind: 'would-upload', subject: 'a.com' }, true],
  [{ kind: 'would-retire', ids: ['old'], how: 'delete' }, true],
  [{ kind: 'kept', ids: ['old'], why: 'still-bound' }, true],
  [{ kind: 'not-retired', ids: ['old'], problem }, true],
  [{ kind: 'not-deleted', id: 'old', why }, true],
])('after %j, the report says that nothing was changed: %s', (event, says) => {
  expect(saysUnchanged(inState('untouched'), event)).toBe(says)
})

test('a call that was sent and not answered counts, even if the host does not show the change', () => {
  const tracker = track([binding], live)
  expect(tracker.emit(host, { kind: 'lost', problem, seen: before })?.state).toBe('untouched')
  expect(saysUnchanged(tracker.all())).toBe(false)
})

test('of some of the sites of a run, the report says only what is certain of them, unless nothing was changed at all', () => {
  const [untouched, changed] = [siteWith(inState('untouched')), siteWith(inState('timed-out'))]
  const repeat = 'It is safe to run this step again.'
  const run = resultOf(untouched, changed)
  expect(stateLine(resultOf(untouched), en, run)).toBe(`Nothing was changed at this site. ${repeat}`)
  expect(stateLine(resultOf(untouched, untouched), en, run)).toBe(`Nothing was changed at these sites. ${repeat}`)
  expect(stateLine(resultOf(changed), en, run)).toBe(repeat)
  const unchanged = resultOf(untouched, untouched)
  expect(stateLine(resultOf(untouched), en, unchanged)).toBe(`This step changed nothing. ${repeat}`)
})
