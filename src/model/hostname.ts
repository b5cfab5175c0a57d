import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'

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
  readonly what: string
  readonly expected: string
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
  readonly what: string
  readonly expected: (entry: string) => string
}

const nameAlone = (host: string | undefined): string => (host ? `the host name alone: ${host}` : 'the host name alone')

/** What people write instead of a host name; the first match is reported. */
const mistakes: readonly KnownMistake[] = [
  { is: (e) => e.includes('://'), what: 'a URL', expected: (e) => nameAlone(URL.parse(e)?.hostname) },
  {
    is: (e) => isIP(e.replace(/^\[|\]$/g, '')) !== 0,
    what: 'an IP address',
    expected: () => 'a host name: EdgeOne has no certificates for addresses',
  },
  { is: (e) => e.includes('/'), what: 'a name with a path', expected: (e) => nameAlone(e.split('/')[0]) },
  { is: (e) => /:\d*$/.test(e), what: 'a host with a port', expected: (e) => nameAlone(e.split(':')[0]) },
  {
    is: (e) => e.includes('_'),
    what: 'a name with an underscore',
    expected: () => 'letters, digits and hyphens: a host name has no underscore (RFC 1123 §2.1)',
  },
]

/** A mistake only with `match: exact`. */
const pattern: KnownMistake = {
  is: (e) => e.startsWith('!') || e.replace(/^\*\./, '').includes('*'),
  what: 'a pattern',
  expected: () => 'exact names of acceleration domains; patterns need `match: pattern`',
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
  if (isIP(ascii) !== 0) return { what: `a spelling of the IP address ${ascii}`, expected: 'a host name' }
  const labels = ascii.split('.')
  if (labels.some((part) => part.length > 63))
    return { what: 'a name with a label that is too long', expected: 'at most 63 characters between dots' }
  if (ascii.length + wildcard.length > 253)
    return { what: 'too long for a host name', expected: 'at most 253 characters' }
  if (!labels.every((part) => label.test(part))) {
    return { what: 'not a host name', expected: 'labels of letters, digits and hyphens, separated by dots' }
  }
  if (labels.length < 2) return { what: 'a single label', expected: 'a full name such as www.example.com' }
  return { value: wildcard + ascii }
}

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
    return { what: 'a pattern with two `!`', expected: 'one `!` before what is excluded' }
  if (written.some((part, i) => stars[i] === '' && part.includes('*'))) {
    return { what: 'a pattern with `*` inside a label', expected: '`*` for one whole label, `**` for one or more' }
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
