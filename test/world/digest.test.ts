import { expect, test } from 'vitest'
import { requestsDigest, summaryDigest } from './digest.ts'
import { documentDigest } from './document.ts'

const summary = [
  '## EdgeOne certificate bound to 1 of 2 hosts',
  '',
  `- **Cause:** ${'a cause that takes many words '.repeat(4)}`,
  '- **RequestId:** `r-1`',
  '',
  '| Host | State |',
  '| --- | --- |',
  '| `a.com` | deployed |',
  '| `b\\|.com` | refused |',
  '',
  '```mermaid',
  'gantt',
  '  section New',
  '  section Replaced',
  '```',
  '',
  '<details><summary>API calls (1)</summary>',
  '',
  '| # | Action | Answer |',
  '| --- | --- | --- |',
  '| 1 | `ModifyHostsCertificate` | `ok` |',
  '',
  '</details>',
].join('\n')

test('the digest of a summary is its outline', () => {
  expect(summaryDigest(summary)).toEqual([
    '## EdgeOne certificate bound to 1 of 2 hosts',
    '- **Cause:** a cause that takes many words a cause that takes many words a cause…',
    '- **RequestId:** `r-1`',
    '| Host | State | 2 rows: deployed, refused',
    '```mermaid 3 lines: New, Replaced',
    '<details><summary>API calls (1)</summary>',
    '| # | Action | Answer | 1 row: `ok`',
  ])
})

test.each([
  ['the heading', 'bound to 1', 'bound to 2'],
  ['the name of a line', '**Cause:**', '**Reason:**'],
  ['the beginning of a sentence', 'a cause that', 'the cause that'],
  ['a short line', '`r-1`', '`r-2`'],
  ['a column', '| Host | State |', '| Name | State |'],
  ['the state of a host', '| refused |', '| failed |'],
  ['the number of rows', '| `a.com` | deployed |\n', ''],
  ['a section of a chart', 'section New', 'section Kept'],
  ['the length of a chart', 'gantt\n', ''],
  ['an answer', '`ok`', '`AuthFailure`'],
])('the digest of a summary shows a change of %s', (_, from, to) => {
  expect(summaryDigest(summary.replace(from, to))).not.toEqual(summaryDigest(summary))
})

test('requests of one action next to each other share a line', () => {
  const request = (action: string, answer: string) => ({
    ...{
      at: 0,
      host: 'teo.test',
      action,
      version: '2022-09-01',
      region: '',
      language: 'en-US',
      client: 'c',
      body: '{}',
    },
    answer,
  })
  expect(
    requestsDigest([
      request('A', '200 ok'),
      request('A', 'hang'),
      request('A', '200 ok'),
      request('B', '200 ok'),
      request('B', '200 ok'),
    ]),
  ).toEqual(['teo.test A 2022-09-01 ×3 -> 200 ok, hang, 200 ok', 'teo.test B 2022-09-01 ×2 -> 200 ok ×2'])
})

const before = { mode: 'sslcert', certificates: [{ id: 'old' }] }
const target = { mode: 'sslcert', certificates: ['new', 'kept'] }
const site = {
  zoneId: 'zone-1',
  hosts: [
    { host: 'a', state: 'deployed', before, target, after: { ...target } },
    { host: 'b', state: 'rolled-back', before, target, after: before, error: { code: 'Verify.NotServed' } },
    { host: 'c', state: 'planned', before, target: { mode: 'disable' } },
    ...['d', 'e', 'f', 'g'].map((host) => ({ host, state: 'untouched' })),
  ],
  calls: [{}, {}],
  warnings: [],
  notes: ['Uploaded'],
}
const lines = [
  'zone-1: 2 calls, 0 warnings, 1 notes',
  '  a: deployed, old → new + kept',
  '  b: rolled-back, old → old, target new + kept, Verify.NotServed',
  '  c: planned, old, target disable',
  '  d e f and 1 more: untouched',
]

test.each([
  ['of one site', { outcome: 'failed', error: { code: 'X' }, ...site }, lines],
  ['of a list of sites', { outcome: 'failed', error: { code: 'X' }, sites: [site, site] }, [...lines, ...lines]],
])('the digest of a document %s shows the state of each host', (_, document, expected) => {
  expect(documentDigest({ document: JSON.stringify(document) })).toEqual(['outcome failed, X', ...expected])
})
