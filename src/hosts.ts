import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'

/** A host as EdgeOne names it; or what the entry is instead, and what was expected, each a phrase. */
export type ParsedHost = { readonly host: string } | { readonly what: string; readonly expected: string }

/** Entries of a list: separated by line breaks, commas or blanks; `#` starts a comment to the end of its line. */
export const entries = (text: string): string[] =>
  text
    .replace(/(^|[\s,])#.*$/gm, '$1')
    .split(/[\s,]+/u)
    .filter((entry) => entry !== '')

interface Mistake {
  readonly is: (entry: string) => boolean
  readonly what: string
  readonly expected: (entry: string) => string
}

const nameAlone = (host: string | undefined): string => (host ? `the host name alone: ${host}` : 'the host name alone')

/** What people write instead of a host name; the first that fits is said. */
const mistakes: readonly Mistake[] = [
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
  {
    is: (e) => e.startsWith('!') || e.replace(/^\*\./, '').includes('*'),
    what: 'a pattern',
    expected: () => 'exact names of acceleration domains; `*.example.com` only if a domain of that very name exists',
  },
]

/** Letters, digits and hyphens, none of these at its ends, at most 63 (RFC 1035 §2.3.1, RFC 1123 §2.1). */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * One entry of `hosts`: lower case, without the trailing dot, Unicode by IDNA (UTS 46 as the URL standard applies it, from
 * Node's own ICU). A literal `*.example.com` is a name too: EdgeOne can have an acceleration domain of that name.
 */
export const parseHost = (entry: string): ParsedHost => {
  const mistake = mistakes.find(({ is }) => is(entry))
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
  return { host: wildcard + ascii }
}
