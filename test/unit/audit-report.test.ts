import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import type { AuditedHost, AuditResult, Finding } from '../../src/model/audit.ts'
import { findingKinds } from '../../src/model/audit.ts'
import { auditAnnotations } from '../../src/report/audit-annotations.ts'
import { auditOutputsOf } from '../../src/report/audit-outputs.ts'
import { auditSummaryOf } from '../../src/report/audit-summary.ts'
import { auditTimeline } from '../../src/report/audit-timeline.ts'
import { voiceOf } from '../../src/report/voice.ts'

const voices = { 'en-US': await voiceOf('en-US'), 'zh-CN': await voiceOf('zh-CN') }

const day = 86_400_000
const at = Date.parse('2026-11-28T00:00:00Z')

const finding = (host: string, changes: Partial<Finding> = {}): Finding => ({
  ...{ kind: 'expiring', host, certificates: [`c-${host}`], notAfter: at + 12 * day },
  ...{ detail: { en: 'It ends.', zh: '到期。' }, advice: { en: 'Renew it.', zh: '请续期。' } },
  ...changes,
})
const hostOf = (host: string, notAfter: number, findings: readonly Finding[] = [], id = `c-${host}`): AuditedHost => ({
  host,
  certificates: [{ id, algorithm: 'RSA', notAfter, isFree: false }],
  served: [],
  findings,
})
const resultOf = (hosts: readonly AuditedHost[], changes: Partial<AuditResult> = {}): AuditResult => ({
  problem: undefined,
  sites: [{ zone: { id: 'zone-1' }, site: 'china', hosts, skipped: [], findings: [] }],
  criteria: { expiresWithinDays: 30, looksAtServed: true, failOn: ['expiring', 'expired'] },
  calls: [],
  warnings: [],
  language: 'en-US',
  at,
  ...changes,
})

/** 10,000 hosts with the longest names, half of which need attention, each with an advice of its own. */
const many = Array.from({ length: 10_000 }, (_, i) => {
  const name = `${'h'.repeat(60)}.${'a'.repeat(60)}.${'b'.repeat(60)}.${String(i).padStart(50, '0')}.example.com`
  const advice = { en: `Advice ${i}`.repeat(40), zh: `建议 ${i}`.repeat(40) }
  return hostOf(name, at + (i % 90) * day, i % 2 === 0 ? [finding(name, { advice })] : [], `c${i}`)
})

describe.each(['en-US', 'zh-CN'] as const)('of 10,000 hosts, in %s', (language) => {
  const result = resultOf(many, {
    language,
    calls: Array.from({ length: 20_000 }, () => ({
      action: 'DescribeZones',
      outcome: 'ok',
      requestId: 'r'.repeat(36),
    })),
    warnings: Array.from({ length: 5000 }, () => ({ en: 'w'.repeat(500), zh: '警'.repeat(500) })),
    sites: [
      { zone: { id: 'zone-1' }, site: 'china', hosts: many, skipped: [], findings: [] },
      ...Array.from({ length: 3000 }, (_, i) => ({
        ...{ zone: { id: `zone-${i}`, name: 'n'.repeat(200) }, site: 'china' as const, hosts: [], findings: [] },
        skipped: [{ host: 's'.repeat(200), status: 'offline' }],
      })),
    ],
  })

  test('the summary has at most 1 MiB, and says how much it leaves out', () => {
    const summary = auditSummaryOf(result, voices[result.language])
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1024 * 1024)
    expect(summary).toMatch(language === 'en-US' ? /… and [\d,]+ more/ : /还有 [\d,]+ 个/)
  })

  test('the output has the worst 200 findings, and the number of all', () => {
    const outputs = auditOutputsOf(result)
    expect(JSON.parse(outputs.findings)).toHaveLength(200)
    expect(outputs['finding-count']).toBe('5000')
  })

  test('at most ten are annotated', () => expect(auditAnnotations(result, voices[result.language])).toHaveLength(10))

  test('the chart has at most eight certificates in a section', () => {
    const bars = auditTimeline(result)
      .split('\n')
      .filter((line) => / : /.test(line))
    expect(bars.length).toBe(24)
  })
})

test('those that fail the step come first, then the worst kinds, then the first end', () => {
  const findings = findingKinds.map((kind, i) => finding(`h${i}.example.com`, { kind, notAfter: at + i * day }))
  const later = finding('late.example.com', { notAfter: at + 29 * day })
  const hosts = [later, ...findings].map((one) => hostOf(one.host ?? '', at, [one]))
  const found: readonly { readonly finding: string; readonly host: string }[] = JSON.parse(
    auditOutputsOf(resultOf(hosts)).findings,
  )
  expect(found.map((one) => one.finding)).toEqual([
    ...['expired', 'expiring', 'expiring'],
    ...['not-served', 'no-certificate', 'not-trusted', 'not-covered', 'deploy-failed', 'unreadable'],
  ])
  expect(found[2]?.host).toBe('late.example.com')
})

describe('the heading', () => {
  const first = (result: AuditResult) => auditSummaryOf(result, voices[result.language]).split('\n')[0]
  const fine = hostOf('a.example.com', at + 43.5 * day)
  const due = hostOf('b.example.com', at + 12 * day, [finding('b.example.com')])
  const lesser = hostOf('c.example.com', at + 99 * day, [finding('c.example.com', { kind: 'not-covered' })])
  test.each([
    [
      [fine, fine],
      '## ✅ 2 hosts, first certificate expires in 43 days',
      '## ✅ 2 个域名均正常，最早的证书 43 天后到期',
    ],
    [[due, fine], '## ❌ 1 of 2 hosts needs attention', '## ❌ 2 个域名中有 1 个需要处理'],
    [[due, lesser], '## ❌ 1 of 2 hosts needs attention', '## ❌ 2 个域名中有 1 个需要处理'],
    [[lesser, fine], '## ⚠️ 1 of 2 hosts needs attention', '## ⚠️ 2 个域名中有 1 个需要处理'],
    [[], '## ✅ No host to look at', '## ✅ 没有需要巡检的域名'],
  ])('%#', (hosts, en, zh) => {
    expect(first(resultOf(hosts))).toBe(en)
    expect(first(resultOf(hosts, { language: 'zh-CN' }))).toBe(zh)
  })
})

test('a certificate that lasts for years does not squeeze the chart, and one that ended years ago neither', () => {
  const chart = auditTimeline(
    resultOf([hostOf('a', at + 3650 * day), hostOf('b', at + 20 * day), hostOf('c', at - 2000 * day)]),
  )
  expect(chart).not.toContain('c-a')
  expect(chart).toContain('RSA c-c, 1 host : crit, 2026-09-29, 2026-11-28')
})
