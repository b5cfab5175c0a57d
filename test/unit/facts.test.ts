import { describe, expect, test } from 'vitest'
import { readAlgorithms, readBrought } from '../../src/discover/certificates.ts'
import { parseInputs } from '../../src/inputs/inputs.ts'
import { Problem } from '../../src/model/problem.ts'
import type { Bound, Domain } from '../../src/tencent/hosts.ts'
import { readCertificates } from '../../src/tencent/ssl.ts'
import { answering } from './answering.ts'

const now = Date.UTC(2027, 0, 1)
const refused = (code: string) => new Problem({ code, message: '', sent: 'refused' })

/** SSL Certificate Service and a site's default certificates, from memory. */
const service = (
  store: readonly Record<string, unknown>[],
  defaults: readonly Record<string, unknown>[] = [],
  failure?: Problem,
) => {
  const asked: string[][] = []
  const warnings: string[] = []
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
  const brought = (input: Record<string, string>) => {
    const keys = {
      'INPUT_ZONE-ID': 'zone-1',
      INPUT_HOSTS: 'a.b.com',
      'INPUT_SECRET-ID': 'id',
      'INPUT_SECRET-KEY': 'key',
    }
    const warn = (_: string, message: string) => void warnings.push(message)
    return readBrought(call, parseInputs({ ...keys, ...input }), 'zone-1', now, warn, [])
  }
  const algorithms = (domains: readonly Domain[], ids: readonly string[] = []) =>
    readAlgorithms(call, domains, ids, (_, message) => warnings.push(message))
  return { call, asked, warnings, brought, algorithms }
}
const c1 = {
  CertificateId: 'c1',
  Alias: 'x',
  Domain: 'b.com',
  SubjectAltName: ['b.com', '*.b.com'],
  CertBeginTime: '2026-12-01 08:00:00',
  CertEndTime: '2027-03-01 08:00:00',
  EncryptAlgorithm: 'RSA 2048',
}
const known = {
  id: 'c1',
  alias: 'x',
  algorithm: 'RSA',
  bits: 2048,
  names: ['b.com', '*.b.com'],
  notBefore: Date.UTC(2026, 11, 1),
  notAfter: Date.UTC(2027, 2, 1),
}

describe('certificates by ID', () => {
  test('come with all that is known, in the order of the input', async () => {
    const { brought, warnings } = service([{ CertificateId: 'c2', EncryptAlgorithm: 'ECC P-256' }, c1])
    expect(await brought({ 'INPUT_CERT-ID': 'c1,c2' })).toEqual({
      setting: { mode: 'sslcert', ids: ['c1', 'c2'] },
      certificates: [known, { id: 'c2', algorithm: 'ECC', bits: 256 }],
      sslReadable: true,
    })
    expect(warnings).toEqual([])
  })

  test('that are not listed are a warning, and brought all the same', async () => {
    const { brought, warnings } = service([c1])
    const { setting, certificates } = await brought({ 'INPUT_CERT-ID': 'c1,gone' })
    expect([setting.ids, certificates]).toEqual([
      ['c1', 'gone'],
      [known, { id: 'gone' }],
    ])
    expect(warnings).toEqual([expect.stringContaining('does not list gone for this key')])
  })

  test.each(['AuthFailure.UnauthorizedOperation', 'UnauthorizedOperation', 'FailedOperation.CAMAuthorizedFail'])(
    'that the key may not read (%s) are one warning, and brought all the same',
    async (code) => {
      const { brought, warnings } = service([], [], refused(code))
      expect(await brought({ 'INPUT_CERT-ID': 'c1,c2' })).toEqual({
        setting: { mode: 'sslcert', ids: ['c1', 'c2'] },
        certificates: [{ id: 'c1' }, { id: 'c2' }],
        sslReadable: false,
      })
      expect(warnings).toEqual([expect.stringContaining(`(${code}): allow ssl:DescribeCertificates.`)])
    },
  )

  test('that cannot be read for another reason are a failure', async () => {
    const { brought, warnings } = service([], [], refused('AuthFailure.SignatureFailure'))
    await expect(brought({ 'INPUT_CERT-ID': 'c1' })).rejects.toMatchObject({ code: 'AuthFailure.SignatureFailure' })
    expect(warnings).toEqual([])
  })

  test('are read in lots of 100, and only those that were asked for', async () => {
    const ids = Array.from({ length: 250 }, (_, i) => `c${i}`)
    const { call, asked } = service(ids.map((CertificateId) => ({ CertificateId })))
    expect((await readCertificates(call, ids)).map(({ id }) => id)).toEqual(ids)
    expect(asked.map(({ length }) => length)).toEqual([100, 100, 50])
    const other = answering(async () => ({
      requestId: 'r',
      response: { Certificates: [c1, { CertificateId: 'alien' }, {}] },
    }))
    expect((await readCertificates(other, ['c1'])).map(({ id }) => id)).toEqual(['c1'])
  })

  test('of SM2 are known by their flag, and names from whichever field has them', async () => {
    const sm2 = { CertificateId: 's', EncryptAlgorithm: 'x', IsSM: true, CertSANs: ['s.com'], Domain: 'd.com' }
    const bare = { CertificateId: 'b', SubjectAltName: null, Domain: 'd.com' }
    expect(await readCertificates(service([sm2, bare]).call, ['s', 'b'])).toMatchObject([
      { id: 's', algorithm: 'SM2', names: ['s.com'] },
      { id: 'b', algorithm: undefined, names: ['d.com'], notAfter: undefined },
    ])
  })
})

describe('the default certificate', () => {
  const usable = { CertId: 'd1', Status: 'deployed', ExpireTime: '2027-06-01T00:00:00Z' }
  const expired = { CertId: 'd2', Status: 'deployed', ExpireTime: '2026-06-01T00:00:00Z' }
  const failed = { CertId: 'd3', Status: 'failed' }

  test('is what is deployed and valid, or of which nothing else is told', async () => {
    const { brought } = service([], [usable, expired, failed, { CertId: 'd4' }])
    const { setting, certificates } = await brought({ 'INPUT_CERT-ID': 'default' })
    expect(setting).toEqual({ mode: 'sslcert', ids: ['d1', 'd4'] })
    expect(certificates.map(({ id }) => id)).toEqual(['d1', 'd4'])
  })

  test.each([
    [[], 'none at all'],
    [[expired, failed], 'd2 (deployed, until 2026-06-01), d3 (failed)'],
  ])('is missing from %j', async (defaults, seen) => {
    await expect(service([], defaults).brought({ 'INPUT_CERT-ID': 'default' })).rejects.toMatchObject({
      code: 'Certificate.NoDefault',
      message: `The site has no default certificate that is in effect: ${seen}`,
    })
  })

  test('needs no reading under 2022-01-06', async () => {
    const { brought } = service([], [], refused('InternalError'))
    const input = { 'INPUT_CERT-ID': 'default', 'INPUT_API-VERSION': '2022-01-06' }
    expect(await brought(input)).toEqual({ setting: { mode: 'default', ids: [] }, certificates: [], sslReadable: true })
  })
})

test('another mode brings no certificate, and reads none', async () => {
  const { brought } = service([], [], refused('InternalError'))
  expect(await brought({ INPUT_MODE: 'eofreecert' })).toEqual({
    setting: { mode: 'eofreecert', ids: [] },
    certificates: [],
    sslReadable: true,
  })
})

describe('algorithms of bound certificates', () => {
  const domain = (mode: string | undefined, ...certificates: Bound[]): Domain => ({
    host: 'a.b.com',
    mode,
    certificates,
    mutual: '',
  })

  test('are asked for once each, and only where they are not known and matter', async () => {
    const { algorithms, asked } = service([c1])
    const domains = [
      domain('sslcert', { id: 'c1' }, { id: 'ecc', algorithm: 'ECC' }, { id: 'd', type: 'default' }),
      domain(undefined, { id: 'c1' }, { id: 'new' }, { id: 'gone' }),
      domain('eofreecert', { id: 'free' }),
    ]
    expect(await algorithms(domains, ['new'])).toEqual([known])
    expect(asked).toEqual([['c1', 'gone']])
  })

  test('that are all known take no call', async () => {
    const { algorithms, asked } = service([c1])
    expect([await algorithms([domain('sslcert', { id: 'ecc', algorithm: 'ECC' })]), asked]).toEqual([[], []])
  })

  test('that the key may not read are a warning', async () => {
    const { algorithms, warnings } = service([], [], refused('UnauthorizedOperation'))
    expect(await algorithms([domain('sslcert', { id: 'c1' })])).toEqual([])
    expect(warnings.length).toBe(1)
  })
})
