import { marked } from 'marked'
import { describe, expect, test, vi } from 'vitest'
import type { Binding } from '../../src/model/change.ts'
import type { Host } from '../../src/model/host.ts'
import type { Progress } from '../../src/model/progress.ts'
import type { CallRecord, Result, SiteResult } from '../../src/model/result.ts'
import { failureOf } from '../../src/report/annotations.ts'
import { documentOf } from '../../src/report/document.ts'
import { outputNames, outputsOf } from '../../src/report/outputs.ts'
import { commentOf, summaryOf as summaryAt } from '../../src/report/summary.ts'
import { voiceOf } from '../../src/report/voice.ts'
import { runnerLog } from '../../src/runner/actions.ts'
import { inBoth } from '../../src/util/language.ts'
import { clip, oneLine } from '../../src/util/text.ts'
import { annotationsIn } from '../support/annotations.ts'
import { options } from '../support/options.ts'
import { problemOf } from '../support/problem.ts'

const voice = await voiceOf('en-US')

const names = ['a.example.com', 'b.example.com']
const now = Date.parse('2026-11-24T00:00:00Z')
const summaryOf = (result: Result) => summaryAt(result, now, voice)

/** A host, and its plan, in which all that a service can say says `text`. */
const hostOf = (host: string, state: 'refused' | 'deployed', text: string): Progress => {
  const bound = { id: text, alias: text, type: text, status: text, notAfter: now }
  const before: Host = { name: host, status: text, mode: text, certificates: [bound], mutualTls: {} }
  const change: Binding = {
    ...{ kind: 'bind', host, reason: inBoth('has another certificate'), before, keeps: [bound], replaces: [bound] },
    target: { mode: 'sslcert', ids: ['J2JqATrt', text] },
    drops: [{ certificate: bound, why: 'expired' }],
  }
  const problem = problemOf(`Other.${oneLine(text)}`, { message: text, requestId: text, sent: 'refused' })
  const facts = {
    host,
    plan: change,
    change,
    due: false,
    writes: 0,
    inDoubt: false,
    unmoved: 0,
    readAt: now,
    missing: 0,
    denied: false,
    requestId: text,
  }
  return { ...facts, state, problem }
}

const siteOf = (hosts: SiteResult['hosts'], text: string): SiteResult => ({
  options,
  mode: 'sslcert',
  outcome: 'failed',
  zone: { id: 'zone-2fgd17m17xw' },
  certificates: [{ id: 'J2JqATrt', alias: text, names: [text] }],
  hosts,
  requestId: text,
  problem: undefined,
  events: [],
  notes: [],
})

/** A refusal in which the code, the message, the RequestId and whatever else comes from a service all say `text`. */
const refused = (
  text: string,
  hosts: SiteResult['hosts'] = names.map((host) => hostOf(host, 'refused', text)),
  calls: readonly CallRecord[] = [{ action: 'ModifyHostsCertificate', requestId: text, outcome: oneLine(text) }],
): Result => ({
  outcome: 'failed',
  sites: [siteOf(hosts, text)],
  requestId: text,
  problem: problemOf(oneLine(text) || 'Other', { message: text, requestId: text, sent: 'refused' }),
  calls,
  warnings: [inBoth(text)],
  language: 'en-US',
})

const hostile = [
  'HOSTILE\n::error::HOSTILE\r\n##[error]HOSTILE\u2028::x',
  '# HOSTILE\n\n- [HOSTILE](https://evil.test) ![HOSTILE](https://evil.test/x.png) **HOSTILE** @HOSTILE https://HOSTILE.test',
  '</code></details><script>HOSTILE</script><img src=HOSTILE onerror=x>&lt;HOSTILE&amp;',
  '`HOSTILE` ``HOSTILE`` ```\nHOSTILE\n``` `',
  '\u001b[31mHOSTILE\u0000\u202e\ud800',
  '证书不存在 HOSTILE。',
  'HOSTILE'.repeat(2000),
]

describe.each([...hostile, '', ' \n\t'].map((text) => [clip(text, 80), text] as const))(
  'the text %j from a service',
  (_, text) => {
    const result = refused(text)

    test('fits into outputs of one line each, and is whole in the document', () => {
      const outputs = outputsOf(result)
      expect([...Object.keys(outputs), 'result-path']).toEqual([...outputNames])
      expect(outputs['error-message']).toMatch(/^[^\p{Cc}\p{Cf}\u2028\u2029]+$/u)
      expect(outputs.changed).toBe('false')
      expect(JSON.parse(outputs['failed-hosts'])).toEqual(names)
      expect(outputs['failed-count']).toBe('2')
      expect(JSON.parse(documentOf(result))).toMatchObject({
        error: { message: text },
        requestId: text,
        sites: [{ warnings: [text], hosts: names.map((host) => ({ host, error: { message: text } })) }],
      })
    })

    test('makes no more lines of the annotation, which is bounded', () => {
      const printed: string[] = []
      const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0)
      const failure = failureOf(result, voice)
      if (failure) runnerLog('en-US').annotate(failure)
      write.mockRestore()
      const [annotation, ...others] = annotationsIn(printed.join(''))
      const { title = '', message = '' } = annotation ?? {}
      expect([annotation?.level, others]).toEqual(['error', []])
      expect(title.length).toBeLessThanOrEqual(200)
      expect(title).toMatch(/^EdgeOne certificate: [^\p{Cc}]+$/u)
      expect(message.length).toBeLessThanOrEqual(4096)
      expect(message).toMatch(/^[^\p{Cc}]+(\n[^\p{Cc}]+){0,3}$/u)
    })

    test('is shown in the summary as a whole, and nothing of it is interpreted', () => {
      const html = marked.parse(summaryOf(result), { async: false })
      const quoted = /<blockquote>([\s\S]*?)<\/blockquote>/.exec(html)?.[1] ?? ''
      expect(quoted.replace(/<\/?(p|ul|li|code)>/g, '')).not.toContain('<')
      const around = html.replace(quoted, '').replace(/<code>[^<]*<\/code>/g, '')
      expect(around).not.toContain('HOSTILE')
      expect(html).not.toMatch(/<(script|img|strong>(?!(Code|What|Cause|RequestId|State|Also))|em|pre|h1)/)
      expect([...around.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
        'https://console.cloud.tencent.com/edgeone/zones',
        'https://console.cloud.tencent.com/ssl/detail/J2JqATrt',
      ])
      const spans = [...html.matchAll(/<code>([^<]*)<\/code>/g)].map(([, span]) => span ?? '')
      const escaped = oneLine(clip(text, 4000)).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      if (escaped === '') expect(html).toContain('The service gave no message.')
      else expect(spans.filter((span) => span === escaped).length).toBeGreaterThanOrEqual(3)
    })
  },
)

test('a success has no annotation, and no error in its outputs', () => {
  const hosts = names.map((host): Progress => {
    const { problem: _, ...rest } = hostOf(host, 'deployed', 'x')
    return { ...rest, state: 'accepted', writes: 1 }
  })
  const certificates = [{ id: 'J2JqATrt', notAfter: now }]
  const result: Result = {
    outcome: 'changed',
    sites: [{ ...siteOf(hosts, 'x'), outcome: 'changed', certificates, requestId: 'r-1' }],
    requestId: 'r-1',
    problem: undefined,
    calls: [],
    warnings: [],
    language: 'en-US',
  }
  expect(failureOf(result, voice)).toBeUndefined()
  expect(outputsOf(result)).toMatchObject({
    outcome: 'changed',
    changed: 'true',
    'request-id': 'r-1',
    'error-code': '',
    'error-message': '',
    'cert-id': 'J2JqATrt',
    'not-after': '2026-11-24T00:00:00.000Z',
    'changed-hosts': '["a.example.com","b.example.com"]',
    'failed-hosts': '[]',
    'changed-count': '2',
    'unchanged-count': '0',
    'failed-count': '0',
  })
  expect(summaryOf(result)).toContain('## ⏳ Certificate accepted for 2 hosts, deployment in progress')
})

test('the summary of 5,000 hosts stays under 1 MiB and says how many are left out', () => {
  const host = (i: number) =>
    hostOf(`${'h'.repeat(60)}.${i}.example.com`, i === 4999 ? 'refused' : 'deployed', 'x'.repeat(36))
  const hosts = Array.from({ length: 5000 }, (_, i) => host(i))
  const calls = Array.from({ length: 5000 }, () => ({
    action: 'ModifyHostsCertificate',
    outcome: 'ok',
    requestId: 'r'.repeat(36),
  }))
  const result = refused('no', hosts, calls)
  const summary = summaryOf(result)
  expect(Buffer.byteLength(summary)).toBeLessThan(1 << 20)
  const rows = summary.split('\n').filter((line) => /^\| (❌|✅)[^|]*<br>`h/.test(line))
  expect(rows[0]).toContain('.4999.example.com')
  expect(summary).toContain(`… and ${(5000 - rows.length).toLocaleString('en')} more`)
  expect(rows.length).toBeGreaterThan(1000)
})

test('the summary stays under 1 MiB, however much comes from outside', () => {
  const huge = '&*_<證'.repeat(3000)
  const finding = { input: 'hosts', seen: inBoth(huge), expected: inBoth(huge) }
  const problem = problemOf(huge, { message: huge, requestId: huge, findings: Array(500).fill(finding) })
  const hosts = Array.from({ length: 50 }, (_, i) => hostOf(`h${i}.example.com`, 'refused', huge + String(i)))
  const calls = Array(500).fill({ action: huge, outcome: huge, requestId: huge })
  const result: Result = { ...refused(huge, hosts, calls), problem, warnings: Array(500).fill(inBoth(huge)) }
  expect(Buffer.byteLength(summaryOf(result))).toBeLessThan(1 << 20)
})

test('more than twenty hosts that are fine are folded, those that failed are not, and few are all in one table', () => {
  const of = (n: number, state: 'refused' | 'deployed') =>
    Array.from({ length: n }, (_, i) => hostOf(`${state}${i}.example.com`, state, 'x'))
  const summary = summaryOf(refused('no', [...of(21, 'deployed'), ...of(2, 'refused')]))
  const fold = summary.indexOf('<details><summary>21 hosts: ✅ 21 deployed</summary>')
  expect(fold).toBeGreaterThan(summary.indexOf('`refused1.example.com` |'))
  expect(summary.indexOf('`deployed0.example.com` |')).toBeGreaterThan(fold)
  expect(summaryOf(refused('no', of(20, 'deployed')))).not.toContain('<details><summary>20 hosts')
})

test('a comment is the summary without RequestIds and calls', () => {
  const result = refused('no')
  expect(summaryOf(result)).toContain('RequestIds and API calls')
  expect(commentOf(result, now, voice)).not.toContain('RequestIds and API calls')
  expect(summaryOf(result).startsWith(commentOf(result, now, voice).trimEnd())).toBe(true)
})
