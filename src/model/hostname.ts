import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import type { Text } from '../util/language.ts'

/** A name as the services give it, in lower case and without a trailing dot; a Unicode name by IDNA. One that IDNA does not allow stays as it is. */
export const asciiName = (name: string): string => {
  const plain = name.trim().replace(/[.。．｡]$/u, '')
  if (/^[\x21-\x7e]*$/.test(plain)) return plain.toLowerCase()
  const [wildcard, rest] = plain.startsWith('*.') ? ['*.', plain.slice(2)] : ['', plain]
  const ascii = domainToASCII(rest)
  return ascii === '' ? plain.toLowerCase() : wildcard + ascii
}

/** A pattern over the hosts of a site. */
export interface Pattern {
  /** The pattern as given, normalised, without the `!`. */
  readonly text: string
  readonly excludes: boolean
  readonly test: (host: string) => boolean
}

/** What an entry is instead of a host name or pattern, and what was expected, each as a phrase. */
export interface Mistake {
  readonly what: Text
  readonly expected: Text
}

/** A host as EdgeOne names it, or the mistake. */
export type ParsedHost = { readonly value: string } | Mistake

/** Entries of a list, separated by commas or whitespace; `#` starts a comment that ends with the line. */
export const entries = (text: string): string[] =>
  text
    .replace(/#.*$/gm, '')
    .split(/[\s,]+/u)
    .filter((entry) => entry !== '')

interface KnownMistake {
  readonly is: (entry: string) => boolean
  readonly what: Text
  readonly expected: (entry: string) => Text
}

const nameAlone = (host: string | undefined): Text =>
  host ? { en: `the host name alone: ${host}`, zh: `域名本身：${host}` } : { en: 'the host name alone', zh: '域名本身' }

/** What people write instead of a host name; the first match is reported. */
const mistakes: readonly KnownMistake[] = [
  {
    is: (e) => e.includes('://'),
    what: { en: 'a URL', zh: 'URL' },
    expected: (e) => nameAlone(URL.parse(e)?.hostname),
  },
  {
    is: (e) => isIP(e.replace(/^\[|\]$/g, '')) !== 0,
    what: { en: 'an IP address', zh: 'IP 地址' },
    expected: () => ({
      en: 'a host name: EdgeOne has no certificates for addresses',
      zh: '域名：EdgeOne 不支持为 IP 地址配置证书',
    }),
  },
  {
    is: (e) => e.includes('/'),
    what: { en: 'a name with a path', zh: '带路径的域名' },
    expected: (e) => nameAlone(e.split('/')[0]),
  },
  {
    is: (e) => /:\d*$/.test(e),
    what: { en: 'a host with a port', zh: '带端口的域名' },
    expected: (e) => nameAlone(e.split(':')[0]),
  },
  {
    is: (e) => e.includes('_'),
    what: { en: 'a name with an underscore', zh: '含下划线的域名' },
    expected: () => ({
      en: 'letters, digits and hyphens: a host name has no underscore (RFC 1123 §2.1)',
      zh: '字母、数字和连字符：域名中不能有下划线（RFC 1123 §2.1）',
    }),
  },
]

/** A mistake only with `match: exact`. */
const pattern: KnownMistake = {
  is: (e) => e.startsWith('!') || e.replace(/^\*\./, '').includes('*'),
  what: { en: 'a pattern', zh: '通配规则' },
  expected: () => ({
    en: 'exact names of acceleration domains; patterns need `match: pattern`',
    zh: '加速域名的完整名称；使用通配规则须设置 `match: pattern`',
  }),
}

/** Letters, digits and hyphens, at most 63, with no hyphen at either end (RFC 1035 §2.3.1, RFC 1123 §2.1). */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * One entry of `hosts`: lower case, without the trailing dot, Unicode converted by IDNA (UTS 46 as the URL standard applies it).
 * A literal `*.example.com` is a name too: EdgeOne accepts acceleration domains of that form.
 */
export const parseHost = (entry: string): ParsedHost => {
  const mistake = [...mistakes, pattern].find(({ is }) => is(entry))
  if (mistake) return { what: mistake.what, expected: mistake.expected(entry) }
  const wildcard = entry.startsWith('*.') ? '*.' : ''
  const name = entry.slice(wildcard.length).replace(/[.。．｡]$/u, '')
  const ascii = /[%?@\\[\]<>^|"#]/.test(name) ? '' : domainToASCII(name)
  if (isIP(ascii) !== 0) {
    const what = { en: `a spelling of the IP address ${ascii}`, zh: `IP 地址 ${ascii} 的另一种写法` }
    return { what, expected: { en: 'a host name', zh: '域名' } }
  }
  const labels = ascii.split('.')
  if (labels.some((part) => part.length > 63)) return notHosts.longLabel
  if (ascii.length + wildcard.length > 253) return notHosts.long
  if (!labels.every((part) => label.test(part))) return notHosts.characters
  return labels.length < 2 ? notHosts.single : { value: wildcard + ascii }
}

const notHosts = {
  longLabel: {
    what: { en: 'a name with a label that is too long', zh: '有一级过长的域名' },
    expected: { en: 'at most 63 characters between dots', zh: '两个点之间不超过 63 个字符的域名' },
  },
  long: {
    what: { en: 'too long for a host name', zh: '超出域名的最大长度' },
    expected: { en: 'at most 253 characters', zh: '不超过 253 个字符的域名' },
  },
  characters: {
    what: { en: 'not a host name', zh: '不是域名' },
    expected: {
      en: 'labels of letters, digits and hyphens, separated by dots',
      zh: '以点分隔、每一级由字母、数字和连字符组成的域名',
    },
  },
  single: {
    what: { en: 'a single label', zh: '只有一级的名称' },
    expected: { en: 'a full name such as www.example.com', zh: '完整的域名，例如 www.example.com' },
  },
} as const satisfies Record<string, Mistake>

/**
 * One entry of `hosts` as a pattern: `*` matches exactly one label, `**` one or more, a leading `!` excludes. Labels are
 * normalised like those of a host. In a domain named `*.example.com`, `*` counts as a label.
 */
export const parsePattern = (entry: string): { readonly value: Pattern } | Mistake => {
  const mistake = mistakes.find(({ is }) => is(entry.replace(/^!/, '')))
  if (mistake) return { what: mistake.what, expected: mistake.expected(entry.replace(/^!/, '')) }
  const excludes = entry.startsWith('!')
  const written = (excludes ? entry.slice(1) : entry).replace(/[.。．｡]$/u, '').split(/[.。．｡]/u)
  const stars = written.map((part) => (part === '*' || part === '**' ? part : ''))
  if (written[0]?.startsWith('!'))
    return {
      what: { en: 'a pattern with two `!`', zh: '带有两个 `!` 的通配规则' },
      expected: { en: 'one `!` before what is excluded', zh: '在要排除的内容前加一个 `!`' },
    }
  if (written.some((part, i) => stars[i] === '' && part.includes('*'))) {
    return {
      what: { en: 'a pattern with `*` inside a label', zh: '`*` 未占满一级的通配规则' },
      expected: {
        en: '`*` for one whole label, `**` for one or more',
        zh: '用 `*` 表示完整的一级，用 `**` 表示一级或多级',
      },
    }
  }
  if (written.length === 1 && stars[0] !== '') return { value: { excludes, ...matcherOf([stars[0] ?? '']) } }
  // `x` replaces each star, so that the other labels are validated like those of a host name.
  const parsed = parseHost(written.map((part, i) => (stars[i] === '' ? part : 'x')).join('.'))
  if (!('value' in parsed)) return parsed
  return { value: { excludes, ...matcherOf(parsed.value.split('.').map((part, i) => stars[i] || part)) } }
}

const matcherOf = (labels: readonly string[]): Pick<Pattern, 'text' | 'test'> => ({
  text: labels.join('.'),
  test: (host) => isMatch(labels, host.split('.')),
})

/**
 * Compares from left to right. On a mismatch, the last `**` takes one more part, and the comparison resumes after it. An earlier `**`
 * need not be tried again: taking fewer parts leaves more for the rest of the pattern. At most labels × parts steps.
 */
const isMatch = (labels: readonly string[], parts: readonly string[]): boolean => {
  let at = 0
  let last = -1
  let taken = 0
  for (let part = 0; part < parts.length; ) {
    const label = labels[at]
    if (label === '**') {
      last = at
      taken = part + 1
    } else if (label === undefined || (label !== '*' && label !== parts[part])) {
      if (last < 0) return false
      taken += 1
      at = last
      part = taken - 1
    }
    at += 1
    part += 1
  }
  return at === labels.length
}
