import { expect, test } from 'vitest'
import { ownProblem } from '../../src/model/problem.ts'
import { readBindings } from '../../src/tencent/bindings.ts'
import { hostReader } from '../../src/tencent/hosts.ts'
import type { Answer } from '../../src/tencent/response.ts'
import { readAnswer } from '../../src/tencent/response.ts'
import { hasSameNames, readCertificates } from '../../src/tencent/ssl.ts'
import { deleteCertificate } from '../../src/tencent/ssl-delete.ts'
import { inBoth } from '../../src/util/language.ts'
import { answering } from '../support/answering.ts'
import { countedClock } from '../support/clock.ts'
import { inEnglish } from '../support/english.ts'

const { signal } = new AbortController()

/** A service with these answers to an action; the last one stays. */
const service = (answers: Readonly<Record<string, readonly object[]>>) => {
  const asked: string[] = []
  const call = answering(async ({ service: product, action, ...api }): Promise<Answer> => {
    const nth = asked.filter((one) => one === action).length
    asked.push(action)
    const some = answers[action] ?? [{ Error: { Code: 'InvalidAction', Message: '' } }]
    const response = some[Math.min(nth, some.length - 1)] ?? {}
    const body = JSON.stringify({ Response: response })
    return readAnswer({ ...api, service: product, action }, { status: 200, date: undefined, body })
  })
  return { asked, call }
}

const created = [{ CertTaskIds: [{ CertId: 'a', TaskId: '1' }] }]
const result = (...items: readonly object[]) => ({ SyncTaskBindResourceResult: items })
const running = result({ TaskId: '1', Status: 0 })
const bindingsOf = async (...results: readonly object[]) => {
  const clock = countedClock()
  const start = clock.now()
  const { call, asked } = service({
    CreateCertificateBindResourceSyncTask: created,
    DescribeCertificateBindResourceTaskResult: results,
  })
  const found = await readBindings({ call, clock, signal }, ['a'])
  return { found: found.get('a'), asked, ms: clock.now() - start }
}
const of = (ResourceType: string, ...regions: readonly object[]) => ({
  ResourceType,
  BindResourceRegionResult: regions,
})
const done = (...BindResourceResult: readonly object[]) => result({ TaskId: '1', Status: 1, BindResourceResult })

test('adds up the regions of a product, and leaves out what is zero', async () => {
  const answer = done(of('clb', { TotalCount: 1 }, { TotalCount: 2 }), of('teo', { TotalCount: 0 }), of('cdn'))
  expect((await bindingsOf(running, answer)).found).toEqual({ counts: new Map([['clb', 3]]) })
})

test.each([
  ['nothing', result({ TaskId: '1', Status: 1, BindResourceResult: null, Error: null })],
  ['an empty list', done()],
])('a task that ended well with %s found no bindings', async (_, answer) => {
  expect((await bindingsOf(answer)).found).toEqual({ counts: new Map() })
})

test('a region that was not read, or a task that failed, says nothing', async () => {
  const failed = result({ TaskId: '1', Status: 2, Error: { Code: 'FailedOperation', Message: 'x' } })
  expect(inEnglish((await bindingsOf(failed)).found)).toEqual({ unknown: 'FailedOperation x' })
  expect(inEnglish((await bindingsOf(result({ TaskId: '1', Status: 2 }))).found)).toEqual({
    unknown: 'its task failed',
  })
  const partly = done(of('clb', { TotalCount: 0, Error: 'timed out' }))
  expect(inEnglish((await bindingsOf(partly)).found)).toEqual({ unknown: 'clb: timed out' })
  for (const region of [{}, { TotalCount: null }, { TotalCount: 'many' }]) {
    expect(inEnglish((await bindingsOf(done(of('clb', region)))).found)).toEqual({ unknown: 'clb: no number' })
  }
})

test.each([
  ['runs on', running],
  ['is never listed', result()],
  ['has no status', result({ TaskId: '1' })],
])('a task that %s is given up after two minutes', async (_, answer) => {
  const { found, asked, ms } = await bindingsOf(answer)
  expect(inEnglish(found)).toMatchObject({ unknown: expect.any(String) })
  expect(ms).toBeGreaterThan(100_000)
  expect(ms).toBeLessThanOrEqual(120_000)
  expect(asked.length).toBeLessThan(20)
})

test('a certificate without a task is unknown, and a task of another is ignored', async () => {
  const { call } = service({
    CreateCertificateBindResourceSyncTask: [{ CertTaskIds: [{ CertId: 'b', TaskId: '9' }] }],
  })
  const found = await readBindings({ call, clock: countedClock(), signal }, ['a'])
  expect(inEnglish([...found])).toEqual([['a', { unknown: 'it returned no task' }]])
})

test.each([
  ['is not listed yet', { DeleteTaskResult: [] }, 'in progress'],
  ['is listed as another', { DeleteTaskResult: [{ TaskId: 'x', Status: 1 }] }, 'in progress'],
  ['has no status', { DeleteTaskResult: [{ TaskId: '7' }] }, 'in progress'],
  ['runs', { DeleteTaskResult: [{ TaskId: '7', Status: 0 }] }, 'in progress'],
  ['is done', { DeleteTaskResult: [{ TaskId: '7', Status: 1 }] }, 'gone'],
  [
    'found bindings',
    { DeleteTaskResult: [{ TaskId: '7', Status: 4 }] },
    { refused: 'it is still bound to a cloud resource' },
  ],
])('a deletion whose task %s', async (_, answer, expected) => {
  const china = service({
    DeleteCertificates: [{ CertTaskIds: [{ TaskId: '7' }] }],
    DescribeDeleteCertificatesTaskResult: [answer],
  })
  expect(inEnglish(await (await deleteCertificate(china.call, 'china', 'a'))())).toEqual(expected)
  const abroad = service({
    DeleteCertificate: [{ DeleteResult: false, TaskId: '7' }],
    DescribeDeleteCertificatesTaskResult: [answer],
  })
  expect(inEnglish(await (await deleteCertificate(abroad.call, 'international', 'a'))())).toEqual(expected)
})

test.each([
  ['says that it is done', { DeleteResult: true, TaskId: '' }, 'gone'],
  ['fails without a task', { DeleteResult: false, TaskId: null }, { refused: 'no reason was given' }],
])('a deletion on the international site that %s', async (_, answer, expected) => {
  const { call } = service({ DeleteCertificate: [answer] })
  expect(inEnglish(await (await deleteCertificate(call, 'international', 'a'))())).toEqual(expected)
})

test('a deletion on the international site without tasks is seen by the certificate, and the task is asked for once', async () => {
  const { call, asked } = service({
    DeleteCertificate: [{ DeleteResult: false, TaskId: '7' }],
    DescribeCertificates: [{ Certificates: [{ CertificateId: 'a' }] }, { Certificates: null }],
  })
  const ask = await deleteCertificate(call, 'international', 'a')
  expect([await ask(), await ask()]).toEqual(['in progress', 'gone'])
  expect(asked.filter((action) => action === 'DescribeDeleteCertificatesTaskResult')).toHaveLength(1)
})

test.each<[string, object, readonly string[] | undefined]>([
  ['both lists and the main name', { SubjectAltName: ['a'], CertSANs: ['a', 'b'], Domain: 'c' }, ['a', 'b', 'c']],
  ['one list, when the other is empty', { SubjectAltName: [], CertSANs: ['b'] }, ['b']],
  ['the main name alone', { SubjectAltName: null, Domain: 'c' }, ['c']],
  ['nothing', { SubjectAltName: [], CertSANs: [], Domain: '' }, undefined],
])('the names of a certificate are %s', async (_, fields, names) => {
  const { call } = service({ DescribeCertificates: [{ Certificates: [{ CertificateId: 'a', ...fields }] }] })
  expect((await readCertificates(call, ['a']))[0]?.names).toEqual(names)
})

test('two lists of names are of one certificate when they differ by a common name at most', () => {
  expect(hasSameNames(['A.example', 'b.example'], ['b.example', 'a.example'])).toBe(true)
  expect(hasSameNames(['a.example', 'EXAMPLE Inc.'], ['a.example'], 'Example Inc.')).toBe(true)
  expect(hasSameNames(['a.example', 'Example Inc.'], ['a.example'])).toBe(false)
  expect(hasSameNames(['a.example', 'Other Inc.'], ['a.example'], 'Example Inc.')).toBe(false)
  expect(hasSameNames(['a.example', 'b.example'], ['a.example'], 'b.example')).toBe(false)
  expect(hasSameNames(['a.example'], ['a.example'], 'Example Inc.')).toBe(true)
  expect(hasSameNames(['a.example', 'b.example', 'c.example'], ['a.example'])).toBe(false)
  expect(hasSameNames(['a.example'], ['a.example', 'b.example'])).toBe(false)
  expect(hasSameNames([], [])).toBe(false)
})

const forbidden = { Error: { Code: 'UnauthorizedOperation', Message: 'no' } }
test('hosts that may not be listed are read by their certificates, from then on', async () => {
  const item = { CertId: 'a', SignAlgo: 'ECC P-256', ExpireTime: '2027-01-31T00:00:00', Status: 'deployed' }
  const { call, asked } = service({
    DescribeAccelerationDomains: [forbidden],
    DescribeHostCertificates: [
      {
        HostCertificates: [
          { Host: 'WWW.example.com', Mode: 'sslcert', HostCertInfo: [item], ServerCertInfo: [{ CertId: 'a' }] },
          { Host: 'api.example.com', Mode: 'sslcert', HostCertInfo: [], ServerCertInfo: [{ CertId: 'b' }] },
          { Host: 'new.example.com', Mode: 'disable', HostCertInfo: null, ServerCertInfo: null },
        ],
      },
    ],
  })
  const reader = hostReader(call, '2022-09-01', 'zone-1')
  const hosts = await reader.these(['www.example.com'])
  expect(hosts.map(({ name, certificates }) => [name, certificates.map(({ id }) => id)])).toEqual([
    ['api.example.com', ['b']],
    ['new.example.com', []],
    ['www.example.com', ['a']],
  ])
  expect(hosts[2]?.certificates).toMatchObject([{ algorithm: 'ECC', notAfter: Date.UTC(2027, 0, 31) }])
  expect(hosts[2]).not.toMatchObject({ status: expect.anything() })
  expect(reader.listed()).toBe('certificates')
  await reader.all()
  expect(asked).toEqual(['DescribeAccelerationDomains', 'DescribeHostCertificates', 'DescribeHostCertificates'])
})

test.each([['UnauthorizedOperation'], ['InvalidAction'], ['UnknownParameter']])(
  'when the certificates are refused as well, with %s, the first refusal counts',
  async (Code) => {
    const { call } = service({
      DescribeAccelerationDomains: [forbidden],
      DescribeHostCertificates: [{ Error: { Code, Message: 'x' } }],
    })
    await expect(hostReader(call, '2022-09-01', 'zone-1').all()).rejects.toMatchObject({
      code: 'UnauthorizedOperation',
      message: 'no',
    })
  },
)

test('a network fault of the second reading is no refusal, and another refusal of the first is none either', async () => {
  const reset = ownProblem('Network.Reset', { message: inBoth('broken'), sent: 'unknown' })
  const broken = answering(async ({ action, ...api }) => {
    if (action === 'DescribeHostCertificates') throw reset
    return readAnswer(
      { ...api, action },
      { status: 200, date: undefined, body: JSON.stringify({ Response: forbidden }) },
    )
  })
  await expect(hostReader(broken, '2022-09-01', 'zone-1').all()).rejects.toBe(reset)
  const gone = { Error: { Code: 'ResourceUnavailable.ZoneNotFound', Message: '' } }
  const { call, asked } = service({ DescribeAccelerationDomains: [gone], DescribeHostsCertificate: [forbidden] })
  await expect(hostReader(call, '2022-09-01', 'zone-1').all()).rejects.toMatchObject({ code: gone.Error.Code })
  await expect(hostReader(call, '2022-01-06', 'zone-1').all()).rejects.toMatchObject({ code: 'UnauthorizedOperation' })
  expect(asked).toEqual(['DescribeAccelerationDomains', 'DescribeHostsCertificate'])
})
