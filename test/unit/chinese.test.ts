import { describe, expect, test } from 'vitest'
import { type Row, type Texts, tables, withPermission } from '../../src/errors/index.ts'
import { zhTables } from '../../src/errors/zh/index.ts'
import { permissionTexts } from '../../src/errors/zh/permission.ts'

interface Pair {
  readonly name: string
  readonly english: Texts
  readonly chinese: Texts
}

const calls = [
  { service: 'teo', action: 'ModifyHostsCertificate' },
  { service: 'teo', action: 'DescribeZones' },
  { service: 'ssl', action: 'UploadCertificate' },
  { service: 'ssl', action: 'DescribeCertificates' },
  { service: 'sts', action: 'AssumeRole' },
  { service: 'sts', action: 'GetCallerIdentity' },
] as const

const none: Texts = { meaning: '', fix: '' }

/** The texts of every code, and of every kind of missing permission, in both languages. */
const pairs: readonly Pair[] = [
  ...(['teo', 'ssl', 'sts', 'common', 'own'] as const).flatMap((table) =>
    Object.entries(tables[table]).map(([code, english]: [string, Row]) => ({
      name: `${table} ${code}`,
      english,
      chinese: zhTables[table][code] ?? none,
    })),
  ),
  ...calls.map((call) => ({
    name: `${call.service}:${call.action}`,
    english: withPermission(none, call),
    chinese: permissionTexts(call) ?? none,
  })),
]

/** The texts about which something is to be said, each after the name of its pair. */
const complaints = (complain: (pair: Pair) => readonly string[]): string[] =>
  pairs.flatMap((pair) => complain(pair).map((what) => `${pair.name}: ${what}`))

const all = ({ meaning, fix }: Texts): string => `${meaning} ${fix}`
const spansIn = (texts: Texts): string[] => all(texts).match(/`[^`]*`/g) ?? []
/** A text without its code spans. */
const prose = (texts: Texts): string => all(texts).replaceAll(/`[^`]*`/g, '`')

test('every code has a meaning and a fix of whole sentences in Chinese', () => {
  expect(pairs.length).toBeGreaterThan(240)
  const isSentence = (text: string) =>
    /^[\p{Script=Han}\w][^`]*。$/u.test(text.replaceAll(/`[^`]+`/g, 'x')) && !/。。|undefined|\$\{/.test(text)
  expect(complaints(({ chinese: { meaning, fix } }) => [meaning, fix].filter((text) => !isSentence(text)))).toEqual([])
})

test('no code has Chinese texts without having English ones', () => {
  const codes = (all: Readonly<Record<string, object>>) =>
    Object.values(all).map((rows) => Object.keys(rows).toSorted())
  const { teo, ssl, sts, common, own } = zhTables
  expect(codes({ teo, ssl, sts, common, own })).toEqual(codes({ ...tables }))
})

/** Placeholders in code spans. */
const placeholders: readonly (readonly [chinese: string, english: string])[] = [
  ['<主账号 UIN>', '<account UIN>'],
  ['<站点 ID>', '<zone ID>'],
  ['<角色名>', '<role name>'],
]

test('the Chinese texts of a code name the same inputs, actions and values as the English ones', () => {
  const translated = (span: string) =>
    placeholders.reduce((text, [chinese, english]) => text.replaceAll(chinese, english), span)
  const differing = complaints(({ english, chinese }) => {
    const named = new Set(spansIn(english))
    const namedInChinese = new Set(spansIn(chinese).map(translated))
    return [...named.symmetricDifference(namedInChinese)]
  })
  expect(differing).toEqual([])
})

test('no English placeholder is left in a Chinese text', () => {
  expect(complaints(({ chinese }) => spansIn(chinese).filter((span) => /<[a-z]/.test(span)))).toEqual([])
})

/** Names and terms that are not translated. */
const terms: readonly string[] = [
  ...['EdgeOne', 'SSL', 'STS', 'CAM', 'GitHub', 'Pages', 'Makers', 'cloud.tencent.com', 'tencentcloud.com'],
  ...[
    'API',
    'APPID',
    'ARN',
    'CA',
    'CNAME',
    'CONNECT',
    'DNS',
    'HTTP',
    'HTTPS',
    'ID',
    'IP',
    'JSON',
    'MFA',
    'NTP',
    'OIDC',
  ],
  ...['PEM', 'TLS', 'UIN', 'URL', 'RSA', 'ECC', 'EC', 'P-256', 'SM2', 'DSA', 'DH', 'SVR', 'ACME', 'OC'],
  ...['Action', 'Issue', 'Secrets', 'Schema', 'fork', 'keyless', 'code', '5xx'],
]

test('no English prose is left in a Chinese text', () => {
  const words = (texts: Texts) => prose(texts).match(/[\w.-]*[A-Za-z][\w.-]*/g) ?? []
  expect(complaints(({ chinese }) => words(chinese).filter((word) => !terms.includes(word)))).toEqual([])
  const used = new Set(pairs.flatMap(({ chinese }) => words(chinese)))
  expect(terms.filter((term) => !used.has(term))).toEqual([])
})

describe('Chinese typography', () => {
  test('punctuation is full-width', () => {
    expect(complaints(({ chinese }) => prose(chinese).match(/.?["'!?;:,()]|\.(?!\w)/gu) ?? [])).toEqual([])
  })

  test('a space stands between Chinese and Latin characters or code, and none beside punctuation', () => {
    const text = ({ meaning, fix }: Texts) => [meaning, fix].map((one) => one.replaceAll(/`[^`]*`/g, 'x'))
    const wrong =
      /\p{Script=Han}\w|\w\p{Script=Han}| (?=[，。；：、（）“”])|(?<=[，。；：、（）“”]) | {2}|\p{Script=Han} \p{Script=Han}/u
    expect(complaints(({ chinese }) => text(chinese).flatMap((one) => (wrong.test(one) ? [one] : [])))).toEqual([])
  })
})

test('the same term is used for the same thing', () => {
  const others = /帐号|您|登陆|回退|任务|Request ID|权限不足|私匙|SSL 证书管理/
  expect(complaints(({ chinese }) => all(chinese).match(others) ?? [])).toEqual([])
})
