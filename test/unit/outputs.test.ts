import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { siteRecord } from '../../src/deploy/record.ts'
import { failureOf, track } from '../../src/deploy/tracker.ts'
import type { Binding } from '../../src/model/change.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { type HostState, hostStates } from '../../src/model/progress.ts'
import type { Spec } from '../../src/model/spec.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { inBoth } from '../../src/util/language.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { bringTo, live, planFor } from '../support/progress.ts'

const source = { kind: 'ids', ids: ['new'] } as const
const bindingOf = (host: string): Binding => {
  const before = { name: host, status: 'online', mode: 'sslcert', certificates: [{ id: 'old' }], mutualTls: {} }
  const target = { target: { mode: 'sslcert', ids: ['new'] }, keeps: [], replaces: [], drops: [] } as const
  return { kind: 'bind', host, before, reason: inBoth(''), ...target }
}

const failure = ownProblem('Verify.NotServed', { message: inBoth('for the test') })

/** Brings a host to a state in which a run can end: if it was not changed, there is a reason. */
const endIn: typeof bringTo = (tracker, binding, state) => {
  bringTo(tracker, binding, state)
  if (state === 'waiting') tracker.emit(binding.host, { kind: 'deadline' })
  if (state === 'untouched') tracker.emit(binding.host, { kind: 'unsent', problem: failure })
}

/** The outputs of a run whose hosts, named after them, are in these states. */
const outputsIn = (states: readonly HostState[], prepare = endIn) => {
  const dryRun = states.includes('planned')
  const spec: Spec = { ...options, zone: { id: 'zone-1' }, dryRun, source }
  const record = siteRecord(contextWith().context, spec)
  record.brings([{ id: 'new' }])
  const tracker = track(
    states.map((state) => planFor(bindingOf(state), state)),
    { ...live, dryRun },
  )
  for (const state of states) prepare(tracker, bindingOf(state), state)
  record.tracks(tracker)
  const problem = failureOf(tracker)
  const site = record.result(problem)
  return outputsOf({
    outcome: site.outcome,
    problem,
    requestId: undefined,
    sites: [site],
    calls: [],
    warnings: [],
    language: 'en-US',
  })
}

/** The rows of the table in the README: the state, and its other cells. */
const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
const [, table = ''] = /<!-- states -->\n([\s\S]*?)<!-- \/states -->/.exec(readme) ?? []
const rows = table
  .trim()
  .split('\n')
  .slice(2)
  .map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')))

test('the table in the README has every state', () => {
  expect(rows.map(([, state]) => state)).toEqual([...hostStates])
})

test.each(hostStates)('the outputs of a host that is %s', (state) => {
  const [, , changed, unchanged, failed, outcome] = rows.find((row) => row[1] === state) ?? []
  const outputs = outputsIn([state])
  // The states in which that matters are reached through an accepted call here, except for one.
  const isChanged = changed === 'yes' || (changed !== '–' && state !== 'waiting')
  expect(outputs).toMatchObject({
    outcome,
    changed: String(isChanged),
    'changed-hosts': JSON.stringify(isChanged ? [state] : []),
    'unchanged-hosts': JSON.stringify(unchanged === 'yes' ? [state] : []),
    'failed-hosts': JSON.stringify(failed === 'yes' ? [state] : []),
    'cert-id': isChanged || unchanged === 'yes' ? 'new' : '',
  })
})

test('a host that was not changed in this run is not in `changed-hosts`, even if it failed', () => {
  const outputs = outputsIn(['unchanged'], (tracker, { host }) => {
    tracker.emit(host, { kind: 'not-served', problem: failure })
  })
  expect(outputs).toMatchObject({ changed: 'false', 'changed-hosts': '[]', 'failed-hosts': '["unchanged"]' })
})

test('a host that is busy after an accepted call is in `changed-hosts`', () => {
  const outputs = outputsIn(['waiting'], (tracker, { host }) => {
    tracker.emit(host, { kind: 'accepted', requestId: 'r1' })
    tracker.emit(host, { kind: 'busy', problem: failure })
  })
  expect(outputs).toMatchObject({ changed: 'true', 'changed-hosts': '["waiting"]', 'failed-hosts': '["waiting"]' })
})

test('a host is in a list, and counted there, whatever becomes of others', () => {
  const outputs = outputsIn(['deployed', 'unchanged', 'refused', 'timed-out'])
  expect(outputs).toMatchObject({
    ...{ outcome: 'failed', changed: 'true', 'cert-id': 'new' },
    ...{ 'changed-hosts': '["deployed","timed-out"]', 'changed-count': '2' },
    ...{ 'unchanged-hosts': '["unchanged"]', 'unchanged-count': '1' },
    ...{ 'failed-hosts': '["refused","timed-out"]', 'failed-count': '2' },
  })
})
