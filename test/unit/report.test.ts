import { marked } from 'marked'
import { describe, expect, test } from 'vitest'
import { parseInputs } from '../../src/inputs/inputs.ts'
import { Problem } from '../../src/model/problem.ts'
import type { HostResult, HostState, Result } from '../../src/model/result.ts'
import { failureOf } from '../../src/report/annotations.ts'
import { outputNames, outputsOf } from '../../src/report/outputs.ts'
import { summaryOf as summaryPieces } from '../../src/report/summary.ts'
import { clip, oneLine } from '../../src/util/text.ts'

const inputs = parseInputs({
  'INPUT_ZONE-ID': 'zone-2fgd17m17xw',
  INPUT_HOSTS: 'a.example.com b.example.com',
  'INPUT_CERT-ID': 'J2JqATrt',
  'INPUT_SECRET-ID': 'AKIDexample',
  'INPUT_SECRET-KEY': 'keyexample',
})

const names = ['a.example.com', 'b.example.com']
const now = Date.parse('2026-11-24T00:00:00Z')
const summaryOf = (result: Result) => [...summaryPieces(result, now)].join('')

/** A host, and its plan, in which all that a service can say says `text`. */
const hostOf = (host: string, state: HostState, text: string): HostResult => {
  const bound = { id: text, alias: text, type: text, status: text, notAfter: now }
  const before = { host, status: text, mode: text, certificates: [bound], mutual: text }
  const setting = { mode: 'sslcert', ids: ['J2JqATrt', text] } as const
  const step = { kind: 'bind', host, reason: 'has another certificate', before, setting } as const
  const problem = new Problem({ code: `Other.${oneLine(text)}`, message: text, requestId: text, sent: 'refused' })
  const drops = [{ certificate: bound, why: 'expired' }] as const
  return {
    host,
    state,
    step: { ...step, keeps: [bound], replaces: [bound], drops },
    requestId: text,
    problem,
    writes: 0,
  }
}

/** A refusal in which the code, the message, the RequestId and whatever else comes from a service all say `text`. */
const refused = (text: string): Result => ({
  outcome: 'failed',
  inputs,
  zoneId: 'zone-2fgd17m17xw',
  certificates: [{ id: 'J2JqATrt', alias: text, names: [text] }],
  hosts: names.map((host) => hostOf(host, 'refused', text)),
  requestId: text,
  problem: new Problem({ code: oneLine(text) || 'FailedOperation', message: text, requestId: text, sent: 'refused' }),
  calls: [{ action: 'ModifyHostsCertificate', requestId: text, outcome: oneLine(text) }],
  warnings: [text],
  notes: [],
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

describe.each([...hostile, '', ' \n\t'])('a message %j', (text) => {
  const result = refused(text)

  test('outputs: all names, one line, and the whole document', () => {
    const outputs = outputsOf(result)
    expect(Object.keys(outputs)).toEqual([...outputNames])
    expect(outputs['error-message']).toMatch(/^[^\p{Cc}\p{Cf}\u2028\u2029]+$/u)
    expect(outputs.changed).toBe('false')
    expect(JSON.parse(outputs['failed-hosts'])).toEqual(names)
    expect(JSON.parse([...outputs.result].join(''))).toMatchObject({
      error: { message: text },
      requestId: text,
      warnings: [text],
    })
  })

  test('annotation: bounded, a known number of visible lines', () => {
    const annotation = failureOf(result)
    const { title = '', message = '' } = annotation ?? {}
    expect(annotation?.level).toBe('error')
    expect(title.length).toBeLessThanOrEqual(200)
    expect(title).toMatch(/^EdgeOne certificate: [^\p{Cc}]+$/u)
    expect(message.length).toBeLessThanOrEqual(4096)
    expect(message).toMatch(/^[^\p{Cc}]+(\n[^\p{Cc}]+){0,3}$/u)
  })

  test('summary: all of it shown, and nothing of it interpreted', () => {
    const html = marked.parse(summaryOf(result), { async: false })
    const quoted = /<blockquote>([\s\S]*?)<\/blockquote>/.exec(html)?.[1] ?? ''
    expect(quoted.replace(/<\/?(p|ul|li)>/g, '')).not.toContain('<')
    const around = html.replace(/<code>[^<]*<\/code>/g, '').replace(quoted, '')
    expect(around).not.toContain('HOSTILE')
    expect(html).not.toMatch(/<(script|img|strong>(?!(What|Cause|RequestId|State|Also))|em|pre|h1)/)
    expect([...around.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      'https://console.cloud.tencent.com/edgeone',
      'https://console.cloud.tencent.com/ssl',
    ])
    const spans = [...html.matchAll(/<code>([^<]*)<\/code>/g)].map(([, span]) => span ?? '')
    const escaped = oneLine(clip(text, 4000)).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    if (escaped === '') expect(html).toContain('The service gave no message.')
    else expect(spans.filter((span) => span === escaped).length).toBeGreaterThanOrEqual(3)
  })
})

test('a success has no annotation, and no error in its outputs', () => {
  const hosts = names.map((host) => ({ host, state: 'accepted' as const, writes: 1 }))
  const certificates = [{ id: 'J2JqATrt', notAfter: now }]
  const result: Result = {
    outcome: 'changed',
    inputs,
    certificates,
    hosts,
    requestId: 'r-1',
    calls: [],
    warnings: [],
    notes: [],
  }
  expect(failureOf(result)).toBeUndefined()
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
  })
  expect(summaryOf(result)).toContain('accepted the certificate for 2 hosts')
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
  const result: Result = { ...refused('no'), hosts, calls }
  const summary = summaryOf(result)
  expect(Buffer.byteLength(summary)).toBeLessThan(1 << 20)
  const rows = summary.split('\n').filter((line) => /^\| `h/.test(line))
  expect(rows[0]).toContain('.4999.example.com')
  expect(summary).toContain(`… and ${5000 - rows.length} more`)
  expect(rows.length).toBeGreaterThan(1000)
})

test('however much comes from outside, the summary stays under 1 MiB', () => {
  const huge = '&*_<證'.repeat(200_000)
  const finding = { input: 'hosts', seen: huge, expected: huge }
  const problem = new Problem({ code: huge, message: huge, requestId: huge, findings: Array(500).fill(finding) })
  const hosts = Array.from({ length: 50 }, (_, i) => hostOf(`h${i}.example.com`, 'refused', huge + String(i)))
  const calls = Array(500).fill({ action: huge, outcome: huge, requestId: huge })
  const result: Result = { ...refused(huge), hosts, calls, problem, warnings: Array(500).fill(huge) }
  expect(Buffer.byteLength(summaryOf(result))).toBeLessThan(1 << 20)
})
