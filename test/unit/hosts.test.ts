import { expect, test } from 'vitest'
import { entries, parseHost } from '../../src/model/hostname.ts'
import { inEnglish } from '../support/english.ts'

test.each([
  ['WWW.Example.COM', 'www.example.com'],
  ['www.example.com.', 'www.example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
  ['*.example.com', '*.example.com'],
  ['*.Bücher.example', '*.xn--bcher-kva.example'],
  [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
])('reads %s as the host %s', (entry, host) => {
  expect(parseHost(entry)).toEqual({ value: host })
})

test.each([
  ['https://www.example.com/x', 'a URL', 'www.example.com'],
  ['www.example.com:443', 'a host with a port', 'www.example.com'],
  ['www.example.com/path', 'a name with a path', 'www.example.com'],
  ['my_host.example.com', 'a name with an underscore', 'RFC 1123'],
  ['192.0.2.1', 'an IP address', 'host name'],
  ['2001:db8::1', 'an IP address', 'host name'],
  ['[2001:db8::1]', 'an IP address', 'host name'],
  ['0x7f.1', 'a spelling of the IP address 127.0.0.1', 'host name'],
  ['www.*.example.com', 'a pattern', 'match: pattern'],
  ['**.example.com', 'a pattern', 'match: pattern'],
  ['!www.example.com', 'a pattern', 'match: pattern'],
  ['localhost', 'a single label', 'www.example.com'],
  ['-a.example.com', 'not a host name', 'hyphens'],
  ['a..example.com', 'not a host name', 'hyphens'],
  ['ex%61mple.com', 'not a host name', 'hyphens'],
  ['a\ufffdb.example.com', 'not a host name', 'hyphens'],
  [`${'a'.repeat(64)}.example`, 'a name with a label that is too long', '63'],
  [`${'a.'.repeat(126)}example`, 'too long for a host name', '253'],
])('refuses %s: %s', (entry, what, expected) => {
  const parsed = inEnglish(parseHost(entry))
  expect(parsed).toMatchObject({ what })
  expect('expected' in parsed && parsed.expected).toContain(expected)
})

test('splits entries at commas and whitespace, and drops comments', () => {
  expect(entries('a.b, c.d\n# whole line\ne.f # rest, of line\r\n\tg.h,,i.j#k')).toEqual([
    'a.b',
    'c.d',
    'e.f',
    'g.h',
    'i.j',
  ])
  expect(entries(' \n#x')).toEqual([])
})
