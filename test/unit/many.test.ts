import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { notStarted, siteRecord } from '../../src/deploy/record.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Binding } from '../../src/model/change.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { type Result, resultOf, type SiteResult } from '../../src/model/result.ts'
import { failuresOf } from '../../src/report/annotations.ts'
import { documentOf } from '../../src/report/document.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { summaryOf } from '../../src/report/summary.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { live } from '../support/progress.ts'

const hostile = '</summary><script>alert(1)</script> @octocat https://evil.example `x` | *b*'
const specOf = (id: string, name: string) =>
  ({ ...options, zone: { id, name }, source: { kind: 'ids', ids: ['new'] } }) as const

/** A site with so many hosts, which are all changed, or all refused. */
const siteOf = (id: string, { name = `${id}.com`, hosts = 1, fails = false, notes = 0 } = {}): SiteResult => {
  const record = siteRecord(contextWith().context, specOf(id, name))
  record.brings([{ id: 'new', algorithm: 'RSA', notAfter: 1 }])
  const changes = Array.from({ length: hosts }, (_, i): Binding => {
    const target = { target: { mode: 'sslcert', ids: ['new'] }, keeps: [], replaces: [], drops: [] } as const
    return { ...target, kind: 'bind', host: `h${i}.${name}`, before: undefined, reason: 'lacks it' }
  })
  const tracker = track(changes, live)
  record.tracks(tracker)
  const problem = ownProblem('Network.Reset', {
    message: `${id} failed ${hostile}`,
    sent: 'refused',
    requestId: `r-${id}`,
  })
  for (const { host } of changes)
    tracker.emit(host, fails ? { kind: 'refused', problem } : { kind: 'accepted', requestId: 'r' })
  for (let i = 0; i < notes; i++) record.note(`note ${i} ${hostile}`)
  return record.result(fails ? problem : undefined)
}
const resultWith = (sites: readonly SiteResult[], more: Partial<Result> = {}): Result => ({
  ...resultOf({ sites, stopped: undefined, calls: [], warnings: [] }),
  ...more,
})

test('the result of several sites is the worst of theirs, and its problem names them', () => {
  const [good, bad] = [siteOf('zone-1'), siteOf('zone-2', { fails: true })]
  expect(resultWith([good, good]).outcome).toBe('changed')
  const failed = resultWith([good, bad])
  expect([failed.outcome, failed.problem?.code, failed.requestId]).toEqual(['failed', 'Network.Reset', 'r-zone-2'])
  expect(failed.problem?.message).toContain('1 of 2 sites failed. zone-2.com (zone-2): Network.Reset')
  const other = notStarted(specOf('zone-3', 'c.com'), ownProblem('Input.ZoneName', { message: 'no such site' }))
  expect(resultWith([bad, other]).problem?.code).toBe('Run.SitesFailed')
  expect(
    resultWith([good, notStarted(specOf('zone-4', 'd.com'), ownProblem('Run.Cancelled', { message: 'stop' }))]).outcome,
  ).toBe('cancelled')
})

test('the outputs name the sites that failed, and count the hosts of all', () => {
  const { outcome, problem } = siteOf('', { fails: true })
  const unknown: SiteResult = { ...siteOf('x'), outcome, problem, zone: { name: 'typo.com' } }
  const outputs = outputsOf(
    resultWith([siteOf('zone-1', { hosts: 3 }), siteOf('zone-2', { hosts: 2, fails: true }), unknown]),
  )
  expect(outputs).toMatchObject({ 'failed-sites': '["zone-2","typo.com"]', 'failed-count': '2', 'changed-count': '4' })
})

test('the document has the calls of a site beside it, and all others at the top', () => {
  const calls = [
    { action: 'DescribeZones', outcome: 'ok' },
    { action: 'ModifyHostsCertificate', outcome: 'ok', requestId: 'r', site: 'zone-1' },
  ]
  const document = JSON.parse(
    documentOf(resultWith([siteOf('zone-1'), siteOf('zone-2')], { calls, warnings: ['one'] })),
  )
  expect([document.calls, document.warnings]).toEqual([[{ action: 'DescribeZones', outcome: 'ok' }], ['one']])
  expect(document.sites.map((site: { calls: unknown[] }) => site.calls.length)).toEqual([1, 0])
  const alone = JSON.parse(documentOf(resultWith([siteOf('zone-1')], { calls, warnings: ['one'] })))
  expect([alone.calls, alone.sites[0].calls.length, alone.sites[0].warnings]).toEqual([undefined, 2, ['one']])
})

test('one annotation for all, then one for each site that failed, ten at most', () => {
  const sites = Array.from({ length: 30 }, (_, i) => siteOf(`zone-${i}`, { fails: i % 2 === 0 }))
  const titles = failuresOf(resultWith(sites)).map(({ title }) => title)
  expect(titles).toHaveLength(10)
  expect(titles.slice(0, 2)).toEqual(['EdgeOne certificate: Network.Reset', 'zone-0.com (zone-0): Network.Reset'])
})

test('the summary shows all sites in one table, failed ones first and in full, and folds the others', () => {
  const text = summaryOf(resultWith([siteOf('zone-1'), siteOf('zone-2', { fails: true, notes: 2 })]), 0)
  expect(text).toMatch(/^## ❌ 1 of 2 sites failed, 1 changed\n\n\| Outcome \| Site \| Hosts \| Code \|/)
  expect(text.indexOf('❌ failed')).toBeLessThan(text.indexOf('✅ changed'))
  expect(text).toContain('### ❌ failed: `zone-2.com (zone-2)`')
  expect(text).toContain('<details><summary>✅ changed: <code>zone-1&#46;com (zone-1)</code></summary>')
})

test.each([5000, 300])('the summary of %i sites stays below one MiB, whatever they are called', (n) => {
  const sites = Array.from({ length: n }, (_, i) =>
    siteOf(`zone-${i}`, { name: `${hostile}${i}`, hosts: n === 300 ? 200 : 2, fails: i % 3 === 0, notes: 3 }),
  )
  const calls = Array.from({ length: 20_000 }, (_, i) => ({
    action: 'ModifyHostsCertificate',
    outcome: hostile,
    requestId: `r-${i}`,
  }))
  const text = summaryOf(resultWith(sites, { calls, warnings: Array(5000).fill(hostile) }), 0)
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
  expect(text).toContain('in the file of the output `result-path`')
  expect(text).not.toMatch(/<summary>[^\n]*<script/)
})
