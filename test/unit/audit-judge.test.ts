import { describe, expect, test } from 'vitest'
import { findingsOfHost } from '../../src/audit/judge.ts'
import type { Looked } from '../../src/audit/served.ts'
import type { AuditedCertificate, Criteria } from '../../src/model/audit.ts'
import type { Host } from '../../src/model/host.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { inBoth } from '../../src/util/language.ts'

const day = 86_400_000
const now = Date.parse('2026-11-28T00:00:00Z')
const criteria: Criteria = { expiresWithinDays: 30, looksAtServed: true, failOn: [] }

const certificate = (changes: Partial<AuditedCertificate> = {}): AuditedCertificate => ({
  id: 'a',
  status: 'deployed',
  names: ['*.example.com'],
  notAfter: now + 60 * day,
  isFree: false,
  ...changes,
})
const host = (changes: Partial<Host> = {}): Host => ({
  name: 'www.example.com',
  status: 'online',
  mode: 'sslcert',
  certificates: [],
  mutualTls: {},
  ...changes,
})
const leaf = { address: 'www.example.com', sha256: 'f', names: ['*.example.com'], notAfter: now + 60 * day }
const right = (distrust?: string): Looked => ({
  leaves: [{ ...leaf, ...(distrust === undefined ? {} : { distrust: { en: distrust, zh: distrust } }) }],
  ...(distrust === undefined ? {} : { distrust: { en: distrust, zh: distrust } }),
  atEdge: false,
})
const wrong = (fault: Partial<NonNullable<Looked['fault']>>): Looked => ({
  leaves: [],
  fault: { isRight: false, wrong: 'another', text: inBoth(''), address: 'www.example.com', ...fault },
  atEdge: false,
})
const served = { ...leaf, notBefore: 0, algorithm: undefined }

const kindsOf = (
  certificates: readonly AuditedCertificate[],
  { looked, host: changes }: { readonly looked?: Looked; readonly host?: Partial<Host> } = {},
): readonly string[] =>
  findingsOfHost({ host: host(changes), certificates, looked }, criteria, now).map(({ kind }) => kind)

describe('by the end of a certificate', () => {
  test.each([
    [60, false, []],
    [30, false, []],
    [29.9, false, ['expiring']],
    [0.1, false, ['expiring']],
    [0, false, ['expired']],
    [-3, false, ['expired']],
    [15, true, []],
    [14, true, []],
    [13.9, true, ['expiring']],
    [-1, true, ['expired']],
  ] as const)('%d days before it, free: %s', (days, isFree, kinds) => {
    expect(kindsOf([certificate({ notAfter: now + days * day, isFree })])).toEqual(kinds)
  })

  test('a free certificate is not due before any other one would be', () => {
    const due = certificate({ notAfter: now + 10 * day, isFree: true })
    expect(findingsOfHost({ host: host(), certificates: [due] }, { ...criteria, expiresWithinDays: 7 }, now)).toEqual(
      [],
    )
  })

  test('two certificates with the same cause are one finding, with the first end', () => {
    const all = [certificate({ notAfter: now + 20 * day }), certificate({ id: 'b', notAfter: now + 10 * day })]
    expect(findingsOfHost({ host: host(), certificates: all }, criteria, now)).toMatchObject([
      { kind: 'expiring', certificates: ['a', 'b'], notAfter: now + 10 * day },
    ])
  })

  test('one that has expired beside one that is due are two', () => {
    const all = [certificate({ notAfter: now - day }), certificate({ id: 'b', notAfter: now + 10 * day })]
    expect(kindsOf(all)).toEqual(['expired', 'expiring'])
  })

  test('an end that nobody knows is no finding', () => {
    expect(kindsOf([certificate({ notAfter: undefined })])).toEqual([])
  })
})

describe('one finding for one cause', () => {
  const expired = certificate({ notAfter: now - day })

  test('a certificate that has expired is not also distrusted for that', () => {
    const looked = right('it or its issuer has expired (CERT_HAS_EXPIRED)')
    const over = { ...looked, leaves: looked.leaves.map((one) => ({ ...one, notAfter: now - day })) }
    expect(kindsOf([expired], { looked: over })).toEqual(['expired'])
  })

  test('but it is for another reason', () => {
    expect(kindsOf([expired], { looked: right('self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)') })).toEqual([
      'expired',
      'not-trusted',
    ])
  })

  test('an issuer that has expired is distrusted, while the leaf is valid', () => {
    const looked = right('it or its issuer has expired (CERT_HAS_EXPIRED)')
    expect(kindsOf([certificate()], { looked })).toEqual(['not-trusted'])
  })

  test('a host whose deployment failed is not also not served', () => {
    const looked = wrong({ served })
    expect(kindsOf([certificate({ status: 'failed' })], { looked })).toEqual(['deploy-failed'])
    expect(kindsOf([certificate()], { looked })).toEqual(['not-served'])
  })

  test('a host that is being deployed may serve the previous certificate', () => {
    const looked = wrong({ served })
    expect(kindsOf([certificate()], { looked, host: { status: 'process' } })).toEqual([])
    expect(kindsOf([certificate({ status: 'processing' })], { looked })).toEqual([])
  })

  test('a certificate of another name is not also served under a wrong name', () => {
    const strange = certificate({ names: ['shop.example.org'] })
    const looked = wrong({ wrong: 'wrong-name', served: { ...served, names: ['shop.example.org'] } })
    expect(kindsOf([strange], { looked })).toEqual(['not-covered'])
    expect(kindsOf([certificate({ names: undefined })], { looked })).toEqual(['not-covered'])
  })

  test('a leaf of another name and another end is another certificate', () => {
    const other = { ...served, names: ['elsewhere.example'], notAfter: now + 3 * day + 90_000 }
    expect(kindsOf([certificate()], { looked: wrong({ wrong: 'wrong-name', served: other }) })).toEqual(['not-served'])
  })

  test('a host without HTTPS has no other finding', () => {
    expect(kindsOf([expired], { host: { mode: 'disable' } })).toEqual(['no-certificate'])
    expect(kindsOf([])).toEqual(['no-certificate'])
    expect(kindsOf([certificate({ status: 'applying', notAfter: undefined, isFree: true })])).toEqual([
      'no-certificate',
    ])
  })

  test('a handshake that the server refuses is not served, and one that nobody answers is unreadable', () => {
    const problem = ownProblem('Network.Tls', { message: inBoth('it has no ECC certificate') })
    expect(kindsOf([certificate()], { looked: wrong({ wrong: 'no-handshake', problem }) })).toEqual(['not-served'])
    expect(kindsOf([certificate()], { looked: wrong({ wrong: 'unreachable', problem }) })).toEqual(['unreadable'])
  })
})
