import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ApiVersion } from '../../src/model/setting.ts'
import { hostReader } from '../../src/tencent/hosts.ts'
import { answering } from '../support/answering.ts'

interface Body {
  readonly ZoneId: string
  readonly Offset?: number
  readonly Limit: number
  readonly Filters?: readonly { readonly Name: string; readonly Values: readonly string[] }[]
}
const name = (i: number) => `h${i}.example.com`
const names = (n: number, from = 0) => Array.from({ length: n }, (_, i) => name(from + i))

/** A zone of `size` hosts, whose answers have at most `cap` of them; without a total, if so wanted. */
const zone = (size: number, { cap = Infinity, tells = true, version = '2022-09-01' as ApiVersion } = {}) => {
  const legacy = version === '2022-01-06'
  const calls: { readonly action: string; readonly names: number | undefined; readonly limit: number }[] = []
  const call = answering(async (api, body) => {
    const { Offset = 0, Limit, Filters } = body as unknown as Body
    const [filter] = Filters ?? []
    calls.push({ action: api.action, names: filter?.Values.length, limit: Limit })
    expect([api.service, api.version, body['ZoneId']]).toEqual(['teo', version, 'zone-1'])
    const all = names(size).filter((host) => filter?.Values.includes(host) ?? true)
    const shown = all.slice(Offset, Offset + Math.min(Limit, cap))
    const items = legacy
      ? { Hosts: shown.map((Host) => ({ Host, CertInfo: null })) }
      : { AccelerationDomains: shown.map((DomainName) => ({ DomainName })) }
    return { requestId: 'r', response: { ...items, ...(tells ? { TotalCount: all.length } : {}) } }
  })
  const reader = hostReader(call, version, 'zone-1')
  const all = async () => (await reader.all()).map((host) => host.name)
  /** Those of these names that came, once each. */
  const these = async (some: readonly string[]) => {
    const read = await reader.these(some)
    const wanted = read.map((host) => host.name).filter((one) => some.includes(one))
    expect(new Set(wanted).size).toBe(wanted.length)
    return wanted
  }
  return { calls, all, these }
}

describe('hosts that are asked for by name', () => {
  test('are read 20 in a call, up to 100 of them', async () => {
    const { calls, these } = zone(5000)
    expect((await these(names(100, 4000))).toSorted()).toEqual(names(100, 4000).toSorted())
    expect(calls).toEqual(Array(5).fill({ action: 'DescribeAccelerationDomains', names: 20, limit: 200 }))
  })

  test('are read by pages of 200 when there are more', async () => {
    const { calls, these } = zone(450)
    expect((await these([...names(100), 'unknown.example.com'])).toSorted()).toEqual(names(100).toSorted())
    expect(calls).toEqual(Array(3).fill({ action: 'DescribeAccelerationDomains', names: undefined, limit: 200 }))
  })

  test('are read by pages of 1000 under 2022-01-06', async () => {
    const { calls, these } = zone(1500, { version: '2022-01-06' })
    expect(await these([name(1499)])).toEqual([name(1499)])
    expect(calls).toEqual(Array(2).fill({ action: 'DescribeHostsCertificate', names: undefined, limit: 1000 }))
  })

  test('are read the way that takes fewer calls, once the zone’s size is known', async () => {
    const size = fc.integer({ min: 1, max: 1500 })
    await fc.assert(
      fc.asyncProperty(size, fc.nat(400), fc.constantFrom(200, 1000), async (n, wanted, perPage) => {
        const { calls, all, these } = zone(n, { version: perPage === 200 ? '2022-09-01' : '2022-01-06' })
        await all()
        const some = names(wanted)
        const before = calls.length
        expect((await these(some)).toSorted()).toEqual(some.slice(0, n).toSorted())
        expect(calls.length - before).toBe(Math.min(Math.floor(n / perPage) + 1, Math.ceil(wanted / 20)))
        expect(calls.every(({ names: asked = 1 }) => asked > 0 && asked <= 20)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('cost no call when there are none', async () => {
    const { calls, these } = zone(10)
    expect([await these([]), calls]).toEqual([[], []])
  })
})

test('shorter pages than were asked for and a missing total lose no host, and hosts come in order of name', async () => {
  const version = fc.constantFrom<ApiVersion>('2022-09-01', '2022-01-06')
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1000),
      fc.integer({ min: 7, max: 1200 }),
      fc.boolean(),
      version,
      async (n, cap, tells, v) => {
        const found = await zone(n, { cap, tells, version: v }).all()
        expect(found).toEqual(names(n).toSorted())
      },
    ),
    { numRuns: 60 },
  )
})

const parsed = async (version: ApiVersion, ...items: unknown[]) => {
  const list = version === '2022-09-01' ? 'AccelerationDomains' : 'Hosts'
  const response = { TotalCount: items.length, [list]: items }
  const call = answering(async () => ({ requestId: 'r', response }))
  return hostReader(call, version, 'zone-1').all()
}
const certificate = async (Certificate: unknown) => {
  const [host] = await parsed('2022-09-01', { DomainName: 'A.example.com', DomainStatus: 'online', Certificate })
  return host
}

describe('a host is read', () => {
  const ExpireTime = Date.UTC(2027, 1, 1)

  test.each(['2027-02-01T00:00:00Z', '2027-02-01T08:00:00+08:00'])('with all fields, and times as %s', async (time) => {
    const bound = { CertId: 'c1', Alias: 'x', Type: 'upload', SignAlgo: 'RSA 2048', Status: 'deployed' }
    const List = [{ ...bound, ExpireTime: time, DeployTime: time }]
    expect(await certificate({ Mode: 'sslcert', List })).toEqual({
      name: 'a.example.com',
      status: 'online',
      mode: 'sslcert',
      mutualTls: {},
      certificates: [
        {
          id: 'c1',
          alias: 'x',
          type: 'upload',
          algorithm: 'RSA',
          status: 'deployed',
          notAfter: ExpireTime,
          deployed: ExpireTime,
        },
      ],
    })
  })

  test('whose certificate is listed twice has it once', async () => {
    const host = await certificate({ Mode: 'sslcert', List: [{ CertId: 'a' }, { CertId: 'b' }, { CertId: 'a' }] })
    expect(host?.certificates.map(({ id }) => id)).toEqual(['a', 'b'])
    const [legacy] = await parsed('2022-01-06', { Host: 'a.b', CertInfo: [{ CertId: 'a' }, { CertId: 'a' }] })
    expect(legacy?.certificates.map(({ id }) => id)).toEqual(['a'])
  })

  test.each(['2022-09-01', '2022-01-06'] as const)('under its name in ASCII, however %s gives it', async (version) => {
    const field = version === '2022-09-01' ? 'DomainName' : 'Host'
    const given = ['Bücher.example', '*.BÜCHER.example', 'WWW.example.com.', 'xn--bcher-kva.example.org', 'ü ü']
    const hosts = await parsed(version, ...given.map((text) => ({ [field]: text })))
    expect(hosts.map((host) => host.name).toSorted()).toEqual(
      [
        'xn--bcher-kva.example',
        '*.xn--bcher-kva.example',
        'www.example.com',
        'xn--bcher-kva.example.org',
        'ü ü',
      ].toSorted(),
    )
  })

  test('with its CNAME', async () => {
    const [host] = await parsed('2022-09-01', { DomainName: 'a.example.com', Cname: 'a.example.com.eo.dnse1.com' })
    expect(host?.cname).toBe('a.example.com.eo.dnse1.com')
  })

  test.each([null, undefined, {}, { Mode: null, List: null }, 'x', []])(
    'is read without a certificate: %j',
    async (nothing) => {
      expect(await certificate(nothing)).toEqual({
        name: 'a.example.com',
        status: 'online',
        certificates: [],
        mutualTls: {},
      })
    },
  )

  test('with certificates that have only an ID, and with unknown states; certificates without an ID are left out', async () => {
    const List = [
      { CertId: 'c1' },
      { CertId: 'c2', Status: 'melting', DeployTime: '0001-01-01T00:00:00Z' },
      { Alias: 'x' },
    ]
    expect(await certificate({ Mode: 'odd', List })).toMatchObject({
      mode: 'odd',
      certificates: [{ id: 'c1' }, { id: 'c2', status: 'melting', deployed: undefined }],
    })
    expect((await certificate({ List }))?.certificates.length).toBe(2)
  })

  test('has no state and no mode with API version 2022-01-06', async () => {
    const CertInfo = [
      { CertId: 'c1', Alias: 'x', Type: 'default', ExpireTime: '2027-02-01T00:00:00Z', Status: 'deployed' },
    ]
    expect(
      await parsed('2022-01-06', { Host: 'B.example.com', CertInfo }, { Host: 'a.example.com', CertInfo: null }),
    ).toEqual([
      { name: 'a.example.com', certificates: [], mutualTls: {} },
      {
        name: 'b.example.com',
        certificates: [{ id: 'c1', alias: 'x', type: 'default', notAfter: ExpireTime, status: 'deployed' }],
        mutualTls: {},
      },
    ])
  })

  test('only if it has a name', async () => {
    const found = await parsed('2022-09-01', { DomainName: 'a.example.com' }, { DomainName: null }, {})
    expect(found.map((host) => host.name)).toEqual(['a.example.com'])
  })

  test('from an answer without a list: none', async () => {
    for (const response of [{}, { TotalCount: 0, AccelerationDomains: null }, { AccelerationDomains: 'x' }]) {
      const call = answering(async () => ({ requestId: undefined, response }))
      expect(await hostReader(call, '2022-09-01', 'zone-1').all()).toEqual([])
    }
  })
})

test('the mode ssl is read as sslcert, and any other as it is', async () => {
  const modes = await Promise.all(
    ['ssl', 'sslcert', 'eofreecert', 'disable', 'SSL'].map(
      async (Mode) => (await certificate({ Mode, List: null }))?.mode,
    ),
  )
  expect(modes).toEqual(['sslcert', 'sslcert', 'eofreecert', 'disable', 'SSL'])
})

describe('client and upstream certificates', () => {
  const on = (...ids: string[]) => ({ Switch: 'on', CertInfos: ids.map((CertId) => ({ CertId })) })
  const off = { Switch: 'off', CertInfos: [{ CertId: 'x' }] }
  const verify = (VerificationMode: string, ...ids: string[]) => ({
    UpstreamCertificateVerify: { VerificationMode, CustomCACerts: ids.map((CertId) => ({ CertId })) },
  })
  const read = async (more: object) => (await certificate({ Mode: 'sslcert', List: null, ...more }))?.mutualTls

  test.each([
    {},
    { ClientCertInfo: null, UpstreamCertInfo: null },
    { ClientCertInfo: {}, UpstreamCertInfo: { UpstreamMutualTLS: null } },
    { UpstreamCertInfo: verify('all', 'x') },
  ])('that are not told are absent: %j', async (more) => expect(await read(more)).toEqual({}))

  test.each([
    [
      { ClientCertInfo: off, UpstreamCertInfo: { UpstreamMutualTLS: off, ...verify('disable', 'x') } },
      { client: 'off', upstream: 'off', originCa: 'off' },
    ],
    [{ ClientCertInfo: on('a') }, { client: ['a'] }],
    [{ ClientCertInfo: on('a', 'b') }, { client: ['a', 'b'] }],
    [{ ClientCertInfo: on() }, { client: [] }],
    [{ UpstreamCertInfo: { UpstreamMutualTLS: on('a') } }, { upstream: ['a'], originCa: 'off' }],
    [{ UpstreamCertInfo: { UpstreamMutualTLS: on('a'), UpstreamCertificateVerify: null } }, { upstream: ['a'] }],
    [{ UpstreamCertInfo: verify('custom_ca', 'a') }, { upstream: 'off', originCa: ['a'] }],
    [
      { ClientCertInfo: on('a'), UpstreamCertInfo: verify('custom_ca', 'a') },
      { client: ['a'], upstream: 'off', originCa: ['a'] },
    ],
  ])('have a slot each: %j', async (more, slots) => expect(await read(more)).toEqual(slots))

  test('are the same in whatever order', async () => {
    expect(await read({ ClientCertInfo: on('b', 'a') })).toEqual(await read({ ClientCertInfo: on('a', 'b') }))
  })
})
