import { describe, expect, test } from 'vitest'
import { provide } from '../../src/deploy/provide.ts'
import { readSource } from '../../src/discover/certificates.ts'
import { ownRow } from '../../src/errors/index.ts'
import type { Pair } from '../../src/model/certificate.ts'
import type { CertificateEvent } from '../../src/model/certificate-event.ts'
import { Problem } from '../../src/model/problem.ts'
import type { Site } from '../../src/model/site.ts'
import type { Spec } from '../../src/model/spec.ts'
import { certificateEventLine } from '../../src/plan/event-words.ts'
import type { Body } from '../../src/tencent/api.ts'
import { inBoth } from '../../src/util/language.ts'
import { answering } from '../support/answering.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { problemOf } from '../support/problem.ts'

const facts = {
  algorithm: 'RSA',
  bits: 2048,
  names: ['a.com', '*.a.com'],
  notBefore: Date.UTC(2026, 10, 23, 16),
  notAfter: Date.UTC(2027, 1, 21, 16),
} as const
const rsa: Pair = { facts, sha256: 'f0', subject: 'a.com', commonName: 'A Company', chain: 'CHAIN', key: 'KEY' }
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
const exists = problemOf('FailedOperation.CertificateExists', { sent: 'refused' }, 'ssl')
const denied = problemOf('AuthFailure.UnauthorizedOperation', { sent: 'refused' }, 'ssl')

interface Service {
  readonly site?: Site
  /** What CheckCertificateExist is answered with, by chain; nothing is there when absent. */
  readonly there?: (chain: unknown) => object | Problem
  /** What uploads are answered with in turn. */
  readonly uploads?: readonly (object | Problem)[]
  /** What DescribeCertificates lists. */
  readonly list?: readonly object[] | Problem
  readonly alias?: string
  readonly dryRun?: boolean
  readonly keepOther?: boolean
}

const answered = (answer: object | Problem) => {
  if (answer instanceof Problem) throw answer
  return { requestId: 'r', response: { ...answer } }
}

/** SSL Certificate Service, asked first for what is there, then with the uploads. */
const service = ({ there = () => ({ RepeatCertId: '' }), uploads = [], list = [], ...more }: Service) => {
  const { site = 'china', dryRun = false, keepOther = false, alias } = more
  const calls: [action: string, body: Body][] = []
  const events: CertificateEvent[] = []
  const answers = uploads.values()
  const call = answering(async ({ service: name, version, action }, body) => {
    expect([name, version]).toEqual(['ssl', '2019-12-05'])
    calls.push([action, body])
    if (action === 'CheckCertificateExist') return answered(there(body['CertificatePublicKey']))
    if (action === 'DescribeCertificates') return answered(list instanceof Problem ? list : { Certificates: list })
    return answered(answers.next().value ?? {})
  })
  const { context } = contextWith({ call })
  const specOf = (first: Pair, others: readonly Pair[]): Spec => ({
    ...{ ...options, zone: { id: 'zone-1' }, site, dryRun, keepOther },
    source: { kind: 'pem', pairs: [first, ...others], alias, reuse: true },
  })
  return {
    calls,
    actions: () => calls.map(([action]) => action),
    lines: () => events.map((event) => certificateEventLine(event).en),
    read: (first: Pair, ...others: Pair[]) => readSource(context, specOf(first, others), 'zone-1'),
    /** Both steps, as a run makes them. */
    bring: async (first: Pair, ...others: Pair[]) => {
      const spec = specOf(first, others)
      const brought = await readSource(context, spec, 'zone-1')
      return provide(context, spec, { ...brought, hosts: [], notes: [], reader: undefined }, (event) =>
        events.push(event),
      )
    },
  }
}
const intl = { site: 'international' } as const
const check = (chain: string) => ['CheckCertificateExist', { CertificatePublicKey: chain }]
const search = ['DescribeCertificates', { SearchKey: 'a.com', Limit: 1000 }]

describe('whether a certificate is there already', () => {
  test('is asked on the China site with the public part, all pairs side by side, before anything is uploaded', async () => {
    const { read, calls } = service({ there: (chain) => ({ RepeatCertId: chain === 'CHAIN E' ? 'there' : '' }) })
    expect(await read(rsa, ecc)).toEqual({
      certificates: [
        { ...facts, id: 'new-RSA', sha256: 'f0' },
        { ...ecc.facts, id: 'new-ECC', sha256: 'e0' },
      ],
      setting: { mode: 'sslcert', ids: ['new-RSA', 'new-ECC'] },
      duplicates: [undefined, { id: 'there', isCertain: true }],
      sslReadable: true,
    })
    expect(calls).toEqual([check('CHAIN'), check('CHAIN E')])
    expect(JSON.stringify(calls)).not.toContain('KEY')
  })

  test('is asked while the others of its name, which the hosts may have, are read once for all pairs', async () => {
    const { read, calls } = service({ keepOther: true })
    await read(rsa, ecc)
    expect(calls).toEqual([search, check('CHAIN'), check('CHAIN E')])
  })

  test('is found on the international site by names, dates and algorithm', async () => {
    const { read, calls } = service({
      ...intl,
      list: [{ ...listed, CertificateId: 'x', EncryptAlgorithm: 'ECC 256' }, listed],
    })
    expect((await read(rsa)).duplicates).toEqual([{ id: 'there', isCertain: false }])
    expect(calls).toEqual([search])
  })

  test.each([
    ['other names', { SubjectAltName: ['a.com', '*.b.com'] }],
    ['fewer names', { SubjectAltName: ['a.com'] }],
    ['two more names', { SubjectAltName: ['a.com', '*.a.com', 'b.com', 'c.com'] }],
    ['no names', { SubjectAltName: null }],
    ['a begin one minute later', { CertBeginTime: '2026-11-24 00:01:00' }],
    ['an end one minute later', { CertEndTime: '2027-02-22 00:01:00' }],
    ['an end 15 hours later', { CertEndTime: '2027-02-22 15:00:00' }],
    ['an end 15 hours earlier', { CertEndTime: '2027-02-21 09:00:00' }],
    ['no end', { CertEndTime: null }],
    ['another algorithm', { EncryptAlgorithm: 'ECC 256' }],
    ['an unknown algorithm', { EncryptAlgorithm: null }],
    ['a further name that is not its common name', { Domain: 'Another Company' }],
    ['a further DNS name', { Domain: 'b.com' }],
  ])('is not claimed of one with %s', async (_, other) => {
    const list = [{ ...listed, ...other }]
    expect((await service({ ...intl, list }).read(rsa)).duplicates).toEqual([undefined])
    await expect(service({ uploads: [exists], list }).bring(rsa)).rejects.toBe(exists)
  })

  test.each([
    ['times in UTC', { CertBeginTime: '2026-11-23 16:00:00', CertEndTime: '2027-02-21 16:00:00' }],
    ['times 14 hours later', { CertBeginTime: '2026-11-24 14:00:00', CertEndTime: '2027-02-22 14:00:00' }],
    ['times without seconds', { CertBeginTime: '2026-11-24 00:00', CertEndTime: '2027-02-22 00:00' }],
    ['other seconds', { CertBeginTime: '2026-11-24 00:00:59', CertEndTime: '2027-02-22 00:00:59' }],
    ['a common name that is no DNS name', { Domain: 'A Company' }],
  ])('is assumed of one with %s', async (_, other) => {
    const list = [{ ...listed, ...other }]
    expect((await service({ ...intl, list }).read(rsa)).duplicates).toEqual([{ id: 'there', isCertain: false }])
    expect((await service({ uploads: [exists], list }).bring(rsa)).certificates[0]?.id).toBe('there')
  })

  test('is assumed of the one with exactly its names, if another one has its common name as well', async () => {
    const list = [{ ...listed, CertificateId: 'other', Domain: 'A Company' }, listed]
    expect((await service({ ...intl, list }).read(rsa)).duplicates).toEqual([{ id: 'there', isCertain: false }])
  })

  test('is not claimed if several may be it', async () => {
    const list = [listed, { ...listed, CertificateId: 'too', CertEndTime: '2027-02-22 01:00:00' }]
    expect((await service({ ...intl, list }).read(rsa)).duplicates).toEqual([undefined])
    await expect(service({ uploads: [exists], list }).bring(rsa)).rejects.toBe(exists)
  })

  test.each<[string, Service]>([
    ['the China site', { there: () => denied }],
    ['the international site', { ...intl, list: denied }],
  ])('is left to the upload when %s refuses the question', async (_, refusing) => {
    const { bring } = service({ ...refusing, uploads: [{ CertificateId: 'n1' }] })
    expect((await bring(rsa)).setting).toEqual({ mode: 'sslcert', ids: ['n1'] })
  })

  test('stops the run when the question is not answered', async () => {
    const lost = new Problem({ code: 'Network.Reset', message: inBoth(''), sent: 'unknown' })
    const { read } = service({ there: () => lost })
    await expect(read(rsa)).rejects.toBe(lost)
  })
})

test('certificates are uploaded once each, never a second copy, and named after name and day', async () => {
  const { bring, calls, lines } = service({ uploads: [{ CertificateId: 'n1' }, { CertificateId: 'n2' }] })
  expect(await bring(rsa, ecc)).toEqual({
    setting: { mode: 'sslcert', ids: ['n1', 'n2'] },
    certificates: [
      { ...facts, id: 'n1', sha256: 'f0' },
      { ...ecc.facts, id: 'n2', sha256: 'e0' },
    ],
  })
  const body = { CertificateType: 'SVR', Alias: 'a.com 2026-11-23', Repeatable: false }
  expect(calls.slice(2)).toEqual([
    ['UploadCertificate', { ...body, CertificatePublicKey: 'CHAIN', CertificatePrivateKey: 'KEY' }],
    ['UploadCertificate', { ...body, CertificatePublicKey: 'CHAIN E', CertificatePrivateKey: 'KEY E' }],
  ])
  expect(lines()).toEqual(['Uploaded as n1: a.com 2026-11-23', 'Uploaded as n2: a.com 2026-11-23'])
})

test('an alias that is given is used', async () => {
  const { bring, calls, lines } = service({ uploads: [{ CertificateId: 'n1' }], alias: 'mine' })
  await bring(rsa)
  expect([calls[1]?.[1]['Alias'], lines()]).toEqual(['mine', ['Uploaded as n1: mine']])
})

test('the key of a certificate that is certainly there is not sent', async () => {
  const there = (chain: unknown) => ({ RepeatCertId: chain === 'CHAIN' ? 'there' : '' })
  const { bring, calls, actions, lines } = service({ there, uploads: [{ CertificateId: 'n2' }] })
  expect((await bring(rsa, ecc)).setting).toEqual({ mode: 'sslcert', ids: ['there', 'n2'] })
  expect(actions()).toEqual(['CheckCertificateExist', 'CheckCertificateExist', 'UploadCertificate'])
  expect(calls[2]?.[1]['CertificatePrivateKey']).toBe('KEY E')
  expect(lines()).toEqual([
    'Already uploaded as there: a.com. It is used with the chain of that upload.',
    'Uploaded as n2: a.com 2026-11-23',
  ])
})

test('one that only seems to be there is uploaded, and the service says whether it had it', async () => {
  const same = service({ ...intl, list: [listed], uploads: [{ CertificateId: 'there' }] })
  expect((await same.bring(rsa)).setting).toEqual({ mode: 'sslcert', ids: ['there'] })
  expect(same.lines()).toEqual(['Already uploaded as there: a.com. It is used with the chain of that upload.'])
  const other = service({ ...intl, list: [listed], uploads: [{ CertificateId: 'n1' }] })
  expect((await other.bring(rsa)).setting).toEqual({ mode: 'sslcert', ids: ['n1'] })
  expect(other.lines()).toEqual(['Uploaded as n1: a.com 2026-11-23'])
})

test.each([{ CertificateId: 'there', RepeatCertId: 'there' }, { RepeatCertId: 'there' }])(
  'the answer %j to an upload means that it was there already',
  async (answer) => {
    const { bring, lines, actions } = service({ uploads: [answer] })
    expect((await bring(rsa)).certificates.map(({ id }) => id)).toEqual(['there'])
    expect([lines(), actions()]).toEqual([
      ['Already uploaded as there: a.com. It is used with the chain of that upload.'],
      ['CheckCertificateExist', 'UploadCertificate'],
    ])
  },
)

test('an upload does not count as new when it is unknown whether the certificate was there', async () => {
  const { bring, lines } = service({ there: () => denied, uploads: [{ CertificateId: 'n1' }, { CertificateId: 'n2' }] })
  await bring(rsa)
  expect(lines()).toEqual(['Uploaded as n1, unless it was there already: a.com 2026-11-23'])
})

test('an upload that is refused as a duplicate is answered by a search for the same names, dates and algorithm', async () => {
  const list = [{ ...listed, CertificateId: 'x', EncryptAlgorithm: 'ECC 256' }, listed]
  const { bring, calls, lines } = service({ uploads: [exists], list })
  expect((await bring(rsa)).certificates).toEqual([{ ...facts, id: 'there', sha256: 'f0' }])
  expect(calls[2]).toEqual(search)
  expect(lines()).toEqual(['Already uploaded as there: a.com. It is used with the chain of that upload.'])
})

test('another refusal of an upload is thrown, without a search', async () => {
  const { bring, actions } = service({ uploads: [denied], list: [listed] })
  await expect(bring(rsa)).rejects.toBe(denied)
  expect(actions()).toEqual(['CheckCertificateExist', 'UploadCertificate'])
})

test('an answer without an ID is a Problem, because the certificate may have been uploaded', async () => {
  const { bring, lines } = service({ uploads: [{}] })
  await expect(bring(rsa)).rejects.toMatchObject({ code: 'Network.Response', sent: 'unknown' })
  expect(lines()).toEqual([
    'The upload of the certificate for a.com was sent, and its outcome is unknown: Network.Response The answer to UploadCertificate has no CertificateId',
  ])
})

test('an upload whose answer was lost is told, and one that was refused is not', async () => {
  const lost = problemOf('Run.Cancelled', { message: 'stop', sent: 'unknown' })
  const { bring, lines } = service({ uploads: [{ CertificateId: 'n1' }, lost] })
  await expect(bring(rsa, ecc)).rejects.toBe(lost)
  expect(lines()).toEqual([
    'Uploaded as n1: a.com 2026-11-23',
    'The upload of the certificate for a.com was sent, and its outcome is unknown: Run.Cancelled stop',
  ])
  const refused = service({ uploads: [denied] })
  await expect(refused.bring(rsa)).rejects.toBe(denied)
  expect(refused.lines()).toEqual([])
})

describe('an upload without an answer', () => {
  const lost = new Problem({
    code: 'Network.Reset',
    message: inBoth('broken'),
    sent: 'unknown',
    row: ownRow('Network.Reset'),
  })
  const absent = { RepeatCertId: '' }
  /** What is there: nothing at first, and this after an upload. */
  const thereAfter = (answer: object | Problem) => {
    let asked = 0
    return () => (asked++ === 0 ? absent : answer)
  }

  test('that was done is found, and the key is not sent again', async () => {
    const { bring, actions, lines } = service({ there: thereAfter({ RepeatCertId: 'n1' }), uploads: [lost] })
    expect((await bring(rsa)).setting).toEqual({ mode: 'sslcert', ids: ['n1'] })
    expect(actions()).toEqual(['CheckCertificateExist', 'UploadCertificate', 'CheckCertificateExist'])
    expect(lines()).toEqual(['Uploaded as n1: a.com 2026-11-23'])
  })

  test('that was not done is sent again', async () => {
    const { bring, actions } = service({ uploads: [lost, { CertificateId: 'n1' }] })
    expect((await bring(rsa)).setting).toEqual({ mode: 'sslcert', ids: ['n1'] })
    expect(actions().slice(1)).toEqual(['UploadCertificate', 'CheckCertificateExist', 'UploadCertificate'])
  })

  test('is sent again when the key may not look for it', async () => {
    const { bring, actions } = service({ there: () => denied, uploads: [lost, { CertificateId: 'n1' }] })
    expect((await bring(rsa)).setting).toEqual({ mode: 'sslcert', ids: ['n1'] })
    expect(actions().filter((action) => action === 'UploadCertificate')).toHaveLength(2)
  })

  test('is not taken for done because of one that only looked the same before', async () => {
    const { bring, lines } = service({ ...intl, list: [listed], uploads: [lost, { CertificateId: 'n1' }] })
    expect((await bring(rsa)).setting).toEqual({ mode: 'sslcert', ids: ['n1'] })
    expect(lines()).toEqual(['Uploaded as n1: a.com 2026-11-23'])
  })

  test('ends after six attempts', async () => {
    const { bring, actions } = service({ uploads: Array(9).fill(lost) })
    await expect(bring(rsa)).rejects.toMatchObject({ code: 'Network.Reset', sent: 'unknown' })
    expect(actions().filter((action) => action === 'UploadCertificate')).toHaveLength(6)
  })
})

describe('a dry run', () => {
  test.each<[string, Service]>([
    ['China', { there: (chain) => ({ RepeatCertId: chain === 'CHAIN' ? 'there' : '' }) }],
    ['international', { ...intl, list: [listed] }],
  ])('looks for the certificates on the %s site, and uploads nothing', async (_, given) => {
    const { bring, actions, lines } = service({ ...given, dryRun: true })
    expect(await bring(rsa, ecc)).toEqual({
      setting: { mode: 'sslcert', ids: ['there', 'new-ECC'] },
      certificates: [
        { ...facts, id: 'there', sha256: 'f0' },
        { ...ecc.facts, id: 'new-ECC', sha256: 'e0' },
      ],
    })
    expect(actions()).not.toContain('UploadCertificate')
    expect(new Set(actions()).size).toBe(1)
    expect(lines()).toEqual([
      'Already uploaded as there: a.com. It is used with the chain of that upload.',
      'Would be uploaded: a.com',
    ])
  })

  test('goes on when the question is refused, as if nothing was there', async () => {
    const { bring, lines } = service({ there: () => denied, dryRun: true })
    expect((await bring(rsa)).setting).toEqual({ mode: 'sslcert', ids: ['new-RSA'] })
    expect(lines()).toEqual(['Would be uploaded: a.com'])
  })
})
