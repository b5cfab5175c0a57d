import { describe, expect, test } from 'vitest'
import { readAlgorithms, readSource } from '../../src/discover/certificates.ts'
import type { Bound, Host } from '../../src/model/host.ts'
import type { Problem } from '../../src/model/problem.ts'
import { type ApiVersion, idsOf } from '../../src/model/setting.ts'
import type { Source } from '../../src/model/spec.ts'
import { readCertificates } from '../../src/tencent/ssl.ts'
import { answering } from '../support/answering.ts'
import { countedClock } from '../support/clock.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { problemOf } from '../support/problem.ts'

const now = Date.UTC(2027, 0, 1)
const refused = (code: string) => problemOf(code, { sent: 'refused' }, 'ssl')

/** SSL Certificate Service and a site's default certificates, from memory. */
const service = (
  store: readonly Record<string, unknown>[],
  defaults: readonly Record<string, unknown>[] = [],
  failure?: Problem,
) => {
  const asked: string[][] = []
  const call = answering(async (api, body) => {
    if (failure !== undefined) throw failure
    if (api.service === 'teo') {
      expect([api.action, body['ZoneId']]).toEqual(['DescribeDefaultCertificates', 'zone-1'])
      return { requestId: 'r', response: { TotalCount: defaults.length, DefaultServerCertInfo: defaults } }
    }
    expect([api.version, api.action]).toEqual(['2019-12-05', 'DescribeCertificates'])
    const ids = body['CertIds'] as string[]
    asked.push(ids)
    const Certificates = store.filter(({ CertificateId }) => ids.includes(String(CertificateId)))
    return { requestId: 'r', response: { TotalCount: Certificates.length, Certificates } }
  })
  const { context, warnings } = contextWith({ call, clock: countedClock(now) })
  const brought = (source: Source, apiVersion: ApiVersion = '2022-09-01') =>
    readSource(context, { ...options, zone: { id: 'zone-1' }, apiVersion, source }, 'zone-1')
  const algorithms = (hosts: readonly Host[], ids: readonly string[] = []) => readAlgorithms(context, hosts, ids)
  return { call, asked, warnings, brought, algorithms }
}
const ids = (first: string, ...more: string[]): Source => ({ kind: 'ids', ids: [first, ...more] })
const isDefault: Source = { kind: 'default' }
const c1 = {
  CertificateId: 'c1',
  Alias: 'x',
  Domain: 'b.com',
  SubjectAltName: ['b.com', '*.b.com'],
  CertBeginTime: '2026-12-01 08:00:00',
  CertEndTime: '2027-03-01 08:00:00',
  EncryptAlgorithm: 'RSA 2048',
}
const noOrder = { status: undefined, deployable: undefined, type: undefined, source: undefined, isMuted: undefined }
const known = {
  id: 'c1',
  alias: 'x',
  algorithm: 'RSA',
  bits: 2048,
  names: ['b.com', '*.b.com'],
  notBefore: Date.UTC(2026, 11, 1),
  notAfter: Date.UTC(2027, 2, 1),
  order: noOrder,
}

describe('certificates by ID', () => {
  test('are returned with all that is known of them, in the order of the input', async () => {
    const { brought, warnings } = service([{ CertificateId: 'c2', EncryptAlgorithm: 'ECC P-256' }, c1])
    expect(await brought(ids('c1', 'c2'))).toEqual({
      setting: { mode: 'sslcert', ids: ['c1', 'c2'] },
      certificates: [known, { id: 'c2', algorithm: 'ECC', bits: 256, order: noOrder }],
      duplicates: [],
      sslReadable: true,
    })
    expect(warnings).toEqual([])
  })

  test('that SSL does not list are a warning, and are bound all the same', async () => {
    const { brought, warnings } = service([c1])
    const { setting, certificates } = await brought(ids('c1', 'gone'))
    expect([idsOf(setting), certificates]).toEqual([
      ['c1', 'gone'],
      [known, { id: 'gone' }],
    ])
    expect(warnings).toEqual([expect.stringContaining('does not list gone for this key')])
  })

  test.each(['AuthFailure.UnauthorizedOperation', 'UnauthorizedOperation', 'FailedOperation.CAMAuthorizedFail'])(
    'that the key may not read (%s) are one warning, and are bound all the same',
    async (code) => {
      const { brought, warnings } = service([], [], refused(code))
      expect(await brought(ids('c1', 'c2'))).toEqual({
        setting: { mode: 'sslcert', ids: ['c1', 'c2'] },
        certificates: [{ id: 'c1' }, { id: 'c2' }],
        duplicates: [],
        sslReadable: false,
      })
      expect(warnings).toEqual([expect.stringContaining(`(${code}); allow ssl:DescribeCertificates.`)])
    },
  )

  test('that cannot be read for another reason stop the run', async () => {
    const { brought, warnings } = service([], [], refused('AuthFailure.SignatureFailure'))
    await expect(brought(ids('c1'))).rejects.toMatchObject({ code: 'AuthFailure.SignatureFailure' })
    expect(warnings).toEqual([])
  })

  test('are read 100 in a call, and only those that were asked for are returned', async () => {
    const many = Array.from({ length: 250 }, (_, i) => `c${i}`)
    const { call, asked } = service(many.map((CertificateId) => ({ CertificateId })))
    expect((await readCertificates(call, many)).map(({ id }) => id)).toEqual(many)
    expect(asked.map(({ length }) => length)).toEqual([100, 100, 50])
    const other = answering(async () => ({
      requestId: 'r',
      response: { Certificates: [c1, { CertificateId: 'alien' }, {}] },
    }))
    expect((await readCertificates(other, ['c1'])).map(({ id }) => id)).toEqual(['c1'])
  })

  test('have the algorithm SM2 by their flag, and their names from all fields that hold them', async () => {
    const sm2 = { CertificateId: 's', EncryptAlgorithm: 'x', IsSM: true, CertSANs: ['s.com'], Domain: 'd.com' }
    const bare = { CertificateId: 'b', SubjectAltName: null, Domain: 'd.com' }
    expect(await readCertificates(service([sm2, bare]).call, ['s', 'b'])).toMatchObject([
      { id: 's', algorithm: 'SM2', names: ['s.com', 'd.com'] },
      { id: 'b', algorithm: undefined, names: ['d.com'], notAfter: undefined },
    ])
  })
})

describe('the default certificate', () => {
  const usable = { CertId: 'd1', Status: 'deployed', ExpireTime: '2027-06-01T00:00:00Z' }
  const expired = { CertId: 'd2', Status: 'deployed', ExpireTime: '2026-06-01T00:00:00Z' }
  const failed = { CertId: 'd3', Status: 'failed' }

  test('is every one that is deployed and valid, as far as EdgeOne tells', async () => {
    const { brought } = service([], [usable, expired, failed, { CertId: 'd4' }])
    const { setting, certificates } = await brought(isDefault)
    expect(setting).toEqual({ mode: 'sslcert', ids: ['d1', 'd4'] })
    expect(certificates.map(({ id }) => id)).toEqual(['d1', 'd4'])
  })

  test.each([
    [[], 'none at all'],
    [[expired, failed], 'd2 (deployed, until 2026-06-01), d3 (failed)'],
  ])('is not to be found in %j', async (defaults, seen) => {
    await expect(service([], defaults).brought(isDefault)).rejects.toMatchObject({
      code: 'Certificate.NoDefault',
      message: `The site has no default certificate that is in effect: ${seen}`,
    })
  })

  test('is not read under 2022-01-06', async () => {
    const { brought } = service([], [], refused('InternalError'))
    expect(await brought(isDefault, '2022-01-06')).toEqual({
      setting: { mode: 'default' },
      certificates: [],
      duplicates: [],
      sslReadable: true,
    })
  })
})

test('a mode without certificates reads none', async () => {
  const { brought } = service([], [], refused('InternalError'))
  expect(await brought({ kind: 'mode', mode: 'eofreecert' })).toEqual({
    setting: { mode: 'eofreecert' },
    certificates: [],
    duplicates: [],
    sslReadable: true,
  })
})

describe('the algorithms of bound certificates', () => {
  const hostOf = (mode: string | undefined, ...certificates: Bound[]): Host => ({
    name: 'a.b.com',
    mode,
    certificates,
    mutualTls: {},
  })

  test('are read once each, also where EdgeOne gave them, but only where they matter', async () => {
    const { algorithms, asked } = service([c1])
    const hosts = [
      hostOf('sslcert', { id: 'c1' }, { id: 'ecc', algorithm: 'ECC' }, { id: 'd', type: 'default' }),
      hostOf(undefined, { id: 'c1' }, { id: 'new' }, { id: 'gone' }),
      hostOf('eofreecert', { id: 'free' }),
    ]
    expect(await algorithms(hosts, ['new'])).toEqual([known])
    expect(asked).toEqual([['c1', 'ecc', 'gone']])
  })

  test('cost no call when a host has only the new certificates', async () => {
    const { algorithms, asked } = service([c1])
    expect([await algorithms([hostOf('sslcert', { id: 'c1' })], ['c1']), asked]).toEqual([[], []])
  })

  test('cause a warning when the key may not read them and EdgeOne did not give them', async () => {
    const { algorithms, warnings } = service([], [], refused('UnauthorizedOperation'))
    expect(await algorithms([hostOf('sslcert', { id: 'c1' }, { id: 'ecc', algorithm: 'ECC' })])).toEqual([])
    expect(warnings).toEqual([expect.stringMatching(/ of c1 are unknown/)])
  })

  test('are those of EdgeOne, without a warning, when the key may not read them', async () => {
    const { algorithms, warnings } = service([], [], refused('UnauthorizedOperation'))
    expect(await algorithms([hostOf('sslcert', { id: 'ecc', algorithm: 'ECC' })])).toEqual([])
    expect(warnings).toEqual([])
  })
})

test('a host of which only the name is known has no certificates to ask for', async () => {
  const { asked, call } = service([c1])
  expect([await readAlgorithms(contextWith({ call }).context, [{ name: 'a.b.com' }], []), asked]).toEqual([[], []])
})
