import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { dnsNamesIn } from '../../src/util/san.ts'
import { dns, newKeys, newLeaf } from '../support/pem-material.ts'

test.each<[string | undefined, string[]]>([
  ['DNS:a.example', ['a.example']],
  ['DNS:A.Example, DNS:*.a.example', ['a.example', '*.a.example']],
  ['IP Address:192.0.2.1, DNS:a.example, email:a@a.example, URI:https://a.example/', ['a.example']],
  ['', []],
  [undefined, []],
  // As Node writes names that could be taken for several (CVE-2021-44532).
  ['DNS:"evil.example, DNS:a.example"', []],
  ['DNS:"a.example, DNS:evil.example", DNS:b.example', ['b.example']],
  ['URI:"https://x/, DNS:evil.example", DNS:b.example', ['b.example']],
  ['DNS:"a\\", DNS:evil.example, \\"", DNS:b.example', ['b.example']],
  ['othername:"UPN:a, DNS:evil.example"', []],
])('the names in %j are %j', (text, names) => expect(dnsNamesIn(text)).toEqual(names))

test('the names of a real certificate are read from what Node writes, none from inside a quoted entry', async () => {
  const names = ['a.example.com', 'x.example, DNS:evil.example', '*.b.example.com']
  const { subjectAltName } = new X509Certificate(
    await newLeaf(
      names.flatMap((name) => dns(name)),
      await newKeys(),
    ),
  )
  expect(subjectAltName).toContain('"')
  expect(dnsNamesIn(subjectAltName)).toEqual(['a.example.com', '*.b.example.com'])
})
