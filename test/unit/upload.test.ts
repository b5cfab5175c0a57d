import { expect, test } from 'vitest'
import { findAll, upload } from '../../src/deploy/upload.ts'
import { Problem } from '../../src/model/problem.ts'
import type { Pair } from '../../src/pem/chain.ts'
import type { Body } from '../../src/tencent/api.ts'
import { answering } from './answering.ts'

const facts = {
  algorithm: 'RSA',
  bits: 2048,
  names: ['a.com', '*.a.com'],
  notBefore: Date.UTC(2026, 10, 23, 16),
  notAfter: Date.UTC(2027, 1, 21, 16),
} as const
const rsa: Pair = { facts, sha256: 'f0', subject: 'a.com', chain: 'CHAIN', key: 'KEY' }
const ecc: Pair = {
  ...rsa,
  facts: { ...facts, algorithm: 'ECC', bits: 256 },
  sha256: 'e0',
  chain: 'CHAIN E',
  key: 'KEY E',
}
/** The certificate as the service lists it: its times are GMT+8. */
const listed = {
  CertificateId: 'there',
  SubjectAltName: ['*.A.com', 'a.com'],
  CertBeginTime: '2026-11-24 00:00:00',
  CertEndTime: '2027-02-22 00:00:00',
  EncryptAlgorithm: 'RSA 2048',
}
const exists = new Problem({ code: 'FailedOperation.CertificateExists', message: '', sent: 'refused' })

/** SSL Certificate Service: what an upload is answered with, and what it lists. */
const service = (uploads: readonly (object | Problem)[], list: readonly object[] = []) => {
  const calls: [action: string, body: Body][] = []
  const lines: string[] = []
  const answers = uploads.values()
  const call = answering(async ({ action }, body) => {
    calls.push([action, body])
    if (action === 'DescribeCertificates') return { requestId: 'r', response: { Certificates: list } }
    const answer = answers.next().value ?? {}
    if (answer instanceof Problem) throw answer
    return { requestId: 'r', response: { ...answer } }
  })
  return {
    calls,
    lines,
    upload: (pairs: readonly Pair[], alias?: string) => upload(call, pairs, alias, (line) => lines.push(line)),
    findAll: (pairs: readonly Pair[]) => findAll(call, pairs, (line) => lines.push(line)),
  }
}

test('certificates are uploaded once each, never a second copy, and called after name and day', async () => {
  const { upload, calls, lines } = service([{ CertificateId: 'n1' }, { CertificateId: 'n2' }])
  expect(await upload([rsa, ecc])).toEqual([
    { ...facts, id: 'n1', sha256: 'f0' },
    { ...ecc.facts, id: 'n2', sha256: 'e0' },
  ])
  const body = { CertificateType: 'SVR', Alias: 'a.com 2026-11-23', Repeatable: false }
  expect(calls).toEqual([
    ['UploadCertificate', { ...body, CertificatePublicKey: 'CHAIN', CertificatePrivateKey: 'KEY' }],
    ['UploadCertificate', { ...body, CertificatePublicKey: 'CHAIN E', CertificatePrivateKey: 'KEY E' }],
  ])
  expect(lines).toEqual(['Uploaded as n1: a.com 2026-11-23', 'Uploaded as n2: a.com 2026-11-23'])
})

test('an alias that is given is used', async () => {
  const { upload, calls, lines } = service([{ CertificateId: 'n1' }])
  await upload([rsa], 'mine')
  expect([calls[0]?.[1]['Alias'], lines]).toEqual(['mine', ['Uploaded as n1: mine']])
})

test.each([{ CertificateId: 'there', RepeatCertId: 'there' }, { RepeatCertId: 'there' }])(
  'the answer %j means that it was there already',
  async (answer) => {
    const { upload, lines, calls } = service([answer])
    expect((await upload([rsa])).map(({ id }) => id)).toEqual(['there'])
    expect([lines, calls.length]).toEqual([['Already there as there: a.com'], 1])
  },
)

test('a refusal, for it exists, is answered by looking for the same names, dates and algorithm', async () => {
  const { upload, calls, lines } = service(
    [exists],
    [{ ...listed, CertificateId: 'x', EncryptAlgorithm: 'ECC 256' }, listed],
  )
  expect(await upload([rsa])).toEqual([{ ...facts, id: 'there', sha256: 'f0' }])
  expect(calls[1]).toEqual(['DescribeCertificates', { SearchKey: 'a.com', Limit: 1000 }])
  expect(lines).toEqual(['Already there as there: a.com'])
})

test.each([
  ['other names', { SubjectAltName: ['a.com', '*.b.com'] }],
  ['fewer names', { SubjectAltName: ['a.com'] }],
  ['more names', { SubjectAltName: ['a.com', '*.a.com', 'b.com'] }],
  ['no names', { SubjectAltName: null }],
  ['another begin', { CertBeginTime: '2026-11-24 00:00:01' }],
  ['another end', { CertEndTime: '2027-02-22 00:00:01' }],
  ['no end', { CertEndTime: null }],
  ['another algorithm', { EncryptAlgorithm: 'ECC 256' }],
])('one with %s is not the same', async (_, other) => {
  await expect(service([exists], [{ ...listed, ...other }]).upload([rsa])).rejects.toBe(exists)
  expect((await service([], [{ ...listed, ...other }]).findAll([rsa]))[0]?.id).toBe('new-RSA')
})

test('one of which no algorithm is told is the same', async () => {
  const { upload } = service([exists], [{ ...listed, EncryptAlgorithm: null }])
  expect((await upload([rsa]))[0]?.id).toBe('there')
})

test('another refusal is thrown, without a look', async () => {
  const denied = new Problem({ code: 'AuthFailure.UnauthorizedOperation', message: '', sent: 'refused' })
  const { upload, calls } = service([denied], [listed])
  await expect(upload([rsa])).rejects.toBe(denied)
  expect(calls.length).toBe(1)
})

test('an answer without an ID is a Problem: it may be there by now', async () => {
  await expect(service([{}]).upload([rsa])).rejects.toMatchObject({ code: 'Network.Response', sent: 'unknown' })
})

test('a dry run looks, and never uploads', async () => {
  const { findAll, calls, lines } = service([], [listed])
  expect(await findAll([rsa, ecc])).toEqual([
    { ...facts, id: 'there', sha256: 'f0' },
    { ...ecc.facts, id: 'new-ECC', sha256: 'e0' },
  ])
  expect(calls.map(([action]) => action)).toEqual(['DescribeCertificates', 'DescribeCertificates'])
  expect(lines).toEqual(['Already there as there: a.com', 'Would be uploaded: a.com'])
})
