import { expect, test } from 'vitest'
import { problemWith } from '../../src/inputs/inputs.ts'
import { seenText } from '../../src/model/compare.ts'
import { findingText, ownProblem, summarised } from '../../src/model/problem.ts'
import { certificateEventLine } from '../../src/plan/event-words.ts'
import { planWarnings } from '../../src/plan/words.ts'
import { inBoth, joined, mapped, sentences, spaced, textIn, unfinished } from '../../src/util/language.ts'
import { durationZh, listed, listedTexts, listZh } from '../../src/util/text.ts'

test('a text is said in the language that is asked for', () => {
  const text = { en: 'Hosts', zh: '域名' }
  expect([textIn('en-US', text), textIn('zh-CN', text)]).toEqual(['Hosts', '域名'])
  expect(inBoth('cname')).toEqual({ en: 'cname', zh: 'cname' })
  expect(mapped(text, (one) => one.slice(0, 1))).toEqual({ en: 'H', zh: '域' })
})

test('sentences follow each other with a space in English and without one in Chinese', () => {
  const two = [
    { en: 'One.', zh: '一。' },
    { en: 'Two.', zh: '二。' },
  ]
  expect(sentences(two)).toEqual({ en: 'One. Two.', zh: '一。二。' })
  expect(joined(two.map(unfinished))).toEqual({ en: 'One; Two', zh: '一；二' })
  expect(unfinished(inBoth('no'))).toEqual(inBoth('no'))
})

test.each([
  ['cert-id', '应为 cert-id'],
  ['2 个域名', '应为 2 个域名'],
  ['`*`', '应为 `*`'],
  ['证书', '应为证书'],
  ['“x”', '应为“x”'],
])('Chinese has a space before Latin letters, digits and code, and before nothing else: %s', (after, whole) => {
  expect(spaced('应为', after)).toBe(whole)
})

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a、b'],
  [['a', 'b', 'c', 'd'], 'a、b 等 4 个'],
])('a list of at most two: %j', (items, text) => {
  expect(listZh(items, 2)).toBe(text)
  expect(listed(items, 2).zh).toBe(text)
})

test('a list of longer texts is separated by semicolons in Chinese', () => {
  const texts = ['一', '二', '三'].map((zh, i) => ({ en: `${i}`, zh }))
  expect(listedTexts(texts, 2)).toEqual({ en: '0, 1 and 1 more', zh: '一；二；另有 1 个' })
  expect(listedTexts(texts, 3).zh).toBe('一；二；三')
})

test.each([
  [400, '0.4 秒'],
  [12_000, '12 秒'],
  [185_000, '3 分 05 秒'],
  [3_600_000, '1 小时 00 分'],
])('%d ms in Chinese', (ms, text) => expect(durationZh(ms)).toBe(text))

test('findings are phrases, or sentences, in Chinese as well', () => {
  const finding = { input: 'match', seen: inBoth('“x”'), expected: { en: 'exact or pattern', zh: 'exact 或 pattern' } }
  const at = { file: 'sites.yml', line: 2, column: 5 }
  expect(findingText(finding).zh).toBe('match：实际为“x”，应为 exact 或 pattern。')
  expect(findingText({ ...finding, at, form: 'sentences', expected: { en: 'Add it.', zh: '请补上。' } }).zh).toBe(
    'sites.yml:2:5 match：“x”。请补上。',
  )
  const many = problemWith(
    'Input.Invalid',
    Array.from({ length: 22 }, () => finding),
  )
  expect(many.text.zh).toMatch(/^22 个无效的输入。match：.*。…… 另有 2 个。$/)
  expect(many.message).toBe(many.text.en)
})

test('problems of one code are listed in both languages, each text once', () => {
  const problem = (en: string, zh: string) => ownProblem('Verify.NotServed', { message: { en, zh } })
  const all = summarised([
    problem('a.com: no', 'a.com：否'),
    problem('b.com: no', 'b.com：否'),
    problem('b.com: no', 'b.com：否'),
  ])
  expect(all?.text).toEqual({ en: 'a.com: no, b.com: no', zh: 'a.com：否；b.com：否' })
})

test('what was read of a host, what it loses, and what becomes of old certificates is said in Chinese', () => {
  const old = { id: 'old', algorithm: 'ECC', status: 'deployed', notAfter: Date.UTC(2036, 1, 1) } as const
  const host = { name: 'a.com', status: 'online', mutualTls: {}, certificates: [old] }
  expect(seenText(host).zh).toBe('状态为 online，证书为 old（deployed）')
  expect(seenText({ ...host, certificates: [], mode: 'disable' }).zh).toBe('状态为 online，无证书（disable）')
  const [lost] = planWarnings(
    [
      {
        ...{ kind: 'bind', host: 'a.com', before: host, reason: inBoth(''), keeps: [], replaces: [] },
        ...{ target: { mode: 'sslcert', ids: ['new'] }, drops: [{ certificate: old, why: 'not-kept' }] },
      },
    ],
    new Map(),
  )
  expect(lost?.zh).toBe(
    '将从以下 1 个域名移除 old（ECC，有效期至 2036-02-01），因为 keep-other-algorithms 为 false：a.com。',
  )
  const kept = { kind: 'kept', ids: ['old'], why: 'inventory-unknown', detail: inBoth('x') } as const
  expect(certificateEventLine(kept).zh).toBe('保留旧证书，因为 SSL 证书服务未返回其绑定的资源（x）：old')
})
