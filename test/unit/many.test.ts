import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { notStarted, siteRecord } from '../../src/deploy/record.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Binding } from '../../src/model/change.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { type HostState, isGood } from '../../src/model/progress.ts'
import { type Result, resultOf, type SiteResult } from '../../src/model/result.ts'
import { failuresOf } from '../../src/report/annotations.ts'
import { documentOf } from '../../src/report/document.ts'
import { outputsOf } from '../../src/report/outputs.ts'
import { summaryOf } from '../../src/report/summary.ts'
import { voiceOf } from '../../src/report/voice.ts'
import { inBoth } from '../../src/util/language.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { bringTo, live, planFor } from '../support/progress.ts'

const voice = await voiceOf('en-US')

const hostile = '</summary><script>alert(1)</script> @octocat https://evil.example `x` | *b*'
const specOf = (id: string, name: string) =>
  ({ ...options, zone: { id, name }, source: { kind: 'ids', ids: ['new'] } }) as const

interface Shape {
  readonly name?: string
  readonly hosts?: number
  /** The state of all hosts; `deployed` unless told. */
  readonly state?: HostState
  readonly notes?: number
  readonly account?: string
  readonly mode?: 'disable'
  readonly dryRun?: boolean
}

/** A site whose hosts are all in one state. */
const siteOf = (id: string, shape: Shape = {}): SiteResult => {
  const { name = `${id}.com`, hosts = 1, state = 'deployed', notes = 0, account, mode, dryRun = false } = shape
  const source = mode === undefined ? specOf(id, name).source : ({ kind: 'mode', mode } as const)
  const record = siteRecord(contextWith().context, { ...specOf(id, name), source, dryRun })
  record.brings([{ id: 'new', algorithm: 'RSA', notAfter: 1 }])
  const bindings = Array.from({ length: hosts }, (_, i): Binding => {
    const target = { target: { mode: 'sslcert', ids: ['new'] }, keeps: [], replaces: [], drops: [] } as const
    return { ...target, kind: 'bind', host: `h${i}.${name}`, before: undefined, reason: inBoth('lacks it') }
  })
  const tracker = track(
    bindings.map((one) => planFor(one, state)),
    { ...live, dryRun },
  )
  record.tracks(tracker)
  for (const one of bindings) bringTo(tracker, one, state)
  for (let i = 0; i < notes; i++) record.note(inBoth(`note ${i} ${hostile}`))
  const problem = ownProblem('Network.Reset', {
    message: inBoth(`${id} failed ${hostile}`),
    sent: 'refused',
    requestId: `r-${id}`,
  })
  return { ...record.result(isGood(state) ? undefined : problem), account }
}
const resultWith = (sites: readonly SiteResult[], more: Partial<Result> = {}): Result => ({
  ...resultOf({ sites, stopped: undefined, calls: [], warnings: [], language: 'en-US' }),
  ...more,
})

test('the result of several sites is the worst of theirs, and its problem names them', () => {
  const [good, bad] = [siteOf('zone-1'), siteOf('zone-2', { state: 'refused' })]
  expect(resultWith([good, good]).outcome).toBe('changed')
  const failed = resultWith([good, bad])
  expect([failed.outcome, failed.problem?.code, failed.requestId]).toEqual(['failed', 'Network.Reset', 'r-zone-2'])
  expect(failed.problem?.message).toContain('1 of 2 sites failed. zone-2.com (zone-2): Network.Reset')
  const other = notStarted(specOf('zone-3', 'c.com'), ownProblem('Input.ZoneName', { message: inBoth('no such site') }))
  expect(resultWith([bad, other]).problem?.code).toBe('Run.SitesFailed')
  expect(
    resultWith([good, notStarted(specOf('zone-4', 'd.com'), ownProblem('Run.Cancelled', { message: inBoth('stop') }))])
      .outcome,
  ).toBe('cancelled')
})

test('the outputs name the sites that failed, and count the hosts of all', () => {
  const { outcome, problem } = siteOf('', { state: 'refused' })
  const unknown: SiteResult = { ...siteOf('x'), outcome, problem, zone: { name: 'typo.com' } }
  const outputs = outputsOf(
    resultWith([siteOf('zone-1', { hosts: 3 }), siteOf('zone-2', { hosts: 2, state: 'refused' }), unknown]),
  )
  expect(outputs).toMatchObject({ 'failed-sites': '["zone-2","typo.com"]', 'failed-count': '2', 'changed-count': '4' })
})

test('the document has the calls of a site beside it, and all others at the top', () => {
  const calls = [
    { action: 'DescribeZones', outcome: 'ok' },
    { action: 'ModifyHostsCertificate', outcome: 'ok', requestId: 'r', site: 'zone-1' },
  ]
  const document = JSON.parse(
    documentOf(resultWith([siteOf('zone-1'), siteOf('zone-2')], { calls, warnings: [inBoth('one')] })),
  )
  expect([document.calls, document.warnings]).toEqual([[{ action: 'DescribeZones', outcome: 'ok' }], ['one']])
  expect(document.sites.map((site: { calls: unknown[] }) => site.calls.length)).toEqual([1, 0])
  const alone = JSON.parse(documentOf(resultWith([siteOf('zone-1')], { calls, warnings: [inBoth('one')] })))
  expect([alone.calls, alone.sites[0].calls.length, alone.sites[0].warnings]).toEqual([undefined, 2, ['one']])
})

test('one annotation for all, then one for each site that failed, ten at most', () => {
  const sites = Array.from({ length: 30 }, (_, i) =>
    siteOf(`zone-${i}`, { state: i % 2 === 0 ? 'refused' : 'deployed' }),
  )
  const titles = failuresOf(resultWith(sites), voice).map(({ title }) => title.en)
  expect(titles).toHaveLength(10)
  expect(titles.slice(0, 2)).toEqual(['EdgeOne certificate: Network.Reset', 'zone-0.com (zone-0): Network.Reset'])
})

test('the summary shows all sites in one table, failed ones first and in full, and folds the others', () => {
  const text = summaryOf(resultWith([siteOf('zone-1'), siteOf('zone-2', { state: 'refused', notes: 2 })]), 0, voice)
  expect(text).toMatch(
    /^## ❌ 1 of 2 sites failed: `zone-2.com \(zone-2\)` – the connection broke before the answer was complete\n\n2 sites: ❌ 1 failed · ✅ 1 changed\n\n2 hosts: ❌&nbsp;1&nbsp;refused · ✅&nbsp;1&nbsp;deployed\n\n\| Outcome and site \| Hosts \|/,
  )
  expect(text.indexOf('❌&nbsp;failed')).toBeLessThan(text.indexOf('✅&nbsp;changed'))
  expect(text).toContain('### ❌&nbsp;failed: `zone-2.com (zone-2)`')
  expect(text).toContain('<details><summary>✅&nbsp;changed: <code>zone-1&#46;com (zone-1)</code></summary>')
})

/** The heading, and the counts of sites. */
const headingOf = (...sites: readonly SiteResult[]) => summaryOf(resultWith(sites), 0, voice).split('\n\n').slice(0, 2)

test('the heading claims of several sites only what was seen of them', () => {
  const [changed, unchanged] = [siteOf('zone-1'), siteOf('zone-2', { state: 'unchanged' })]
  expect(headingOf(changed, unchanged)).toEqual(['## ✅ 2 sites done', '2 sites: ✅ 1 changed · ✅ 1 nothing to do'])
  expect(headingOf(siteOf('zone-3', { state: 'accepted' }), unchanged)).toEqual([
    '## ⏳ 2 sites done',
    '2 sites: ⏳ 1 accepted, deploying · ✅ 1 nothing to do',
  ])
  expect(headingOf(changed, siteOf('zone-4', { mode: 'disable' }))).toEqual([
    '## ✅ 2 sites done',
    '2 sites: ✅ 2 changed',
  ])
  expect(headingOf(siteOf('zone-5', { state: 'rollback-failed' }), changed)).toEqual([
    '## 🚨 1 host NOT rolled back: `h0.zone-5.com` – the connection broke before the answer was complete',
    '2 sites: ❌ 1 failed · ✅ 1 changed',
  ])
})

test('the summary of a dry run says that nothing was changed, and which sites have nothing to do', () => {
  const [planned, done] = [
    siteOf('zone-1', { state: 'planned', dryRun: true }),
    siteOf('zone-2', { state: 'unchanged', dryRun: true }),
  ]
  const text = summaryOf(resultWith([planned, done]), 0, voice)
  expect(text).toMatch(
    /^## 📝 Dry run of 2 sites\n\n2 sites: 📝 1 would be changed · ✅ 1 nothing to do\n\n2 hosts: .*\n\nNothing was changed\./,
  )
  expect(text).toContain(
    '| ✅&nbsp;nothing&nbsp;to&nbsp;do<br>`zone-2.com (zone-2)` | ✅&nbsp;1&nbsp;already&nbsp;in&nbsp;place |',
  )
})

test('sites at which nothing was done for the same reason are explained together, with their account', () => {
  const refused = ownProblem('Input.ForeignAccount', { message: inBoth('another account') })
  const sites = ['a', 'b'].flatMap((account) =>
    ['x.com', 'y.com'].map((name) => ({
      ...notStarted(
        {
          ...specOf('', name),
          zone: { name },
          ...(name === 'x.com' ? { selection: { match: 'certificate', patterns: [] } as const } : {}),
        },
        refused,
      ),
      account,
    })),
  )
  const text = summaryOf(resultWith(sites), 0, voice)
  expect(text).toContain(
    '### ❌&nbsp;failed: 2 sites of `a`\n\n`x.com, y.com`\n\n- **Code**: `Input.ForeignAccount`\n- **What happened**: `another account`',
  )
  expect(text.match(/^### .*/gm)).toEqual(['### ❌&nbsp;failed: 2 sites of `a`', '### ❌&nbsp;failed: 2 sites of `b`'])
  expect(text).toContain(
    '| ❌&nbsp;failed<br>`x.com`<br>Account: `a` | the key belongs to an account that is not listed in `allowed-account-ids` |',
  )
})

test('failures and outputs name the account of a site, and each site once', () => {
  const failed = (account: string) => siteOf('zone-1', { state: 'refused', account })
  const result = resultWith([failed('a'), failed('b')])
  expect(failuresOf(result, voice).map(({ title }) => title.en)).toContain('[b] zone-1.com (zone-1): Network.Reset')
  expect(result.problem?.message).toContain('[a] zone-1.com (zone-1): Network.Reset')
  expect(outputsOf(result)['failed-sites']).toBe('["zone-1"]')
})

test('of many sites, those that failed come first, and all others are in one folded part', () => {
  const sites = Array.from({ length: 21 }, (_, i) => siteOf(`zone-${i}`))
  const text = summaryOf(resultWith([...sites, siteOf('zone-bad', { state: 'refused' })]), 0, voice)
  const fold = text.indexOf('<details><summary>21 sites&#58; ✅ 21 changed</summary>')
  expect(text.indexOf('### ❌&nbsp;failed: `zone-bad.com (zone-bad)`')).toBeLessThan(fold)
  expect([
    text.slice(0, fold).includes('zone-7'),
    text.slice(fold).includes('| ✅&nbsp;changed<br>`zone-7.com'),
  ]).toEqual([false, true])
  expect(text.match(/<details>/g)).toHaveLength(22)
  expect(text.match(/<\/details>/g)).toHaveLength(22)
  expect(summaryOf(resultWith(sites.slice(1)), 0, voice)).not.toContain('20 sites&#58;')
})

test.each([5000, 300])('the summary of %i sites stays below one MiB, whatever they are called', (n) => {
  const sites = Array.from({ length: n }, (_, i) =>
    siteOf(`zone-${i}`, {
      name: `${hostile}${i}`,
      hosts: n === 300 ? 200 : 2,
      state: i % 3 === 0 ? 'refused' : 'deployed',
      notes: 3,
    }),
  )
  const calls = Array.from({ length: 20_000 }, (_, i) => ({
    action: 'ModifyHostsCertificate',
    outcome: hostile,
    requestId: `r-${i}`,
  }))
  const text = summaryOf(resultWith(sites, { calls, warnings: Array(5000).fill(inBoth(hostile)) }), 0, voice)
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
  expect(text).toContain('in the file of the output `result-path`')
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
  expect(text).not.toMatch(/<summary>[^\n]*<script/)
})
