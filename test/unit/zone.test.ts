import { describe, expect, test } from 'vitest'
import { zoneReader } from '../../src/discover/zone.ts'
import type { ApiVersion } from '../../src/model/setting.ts'
import { readDefaultCertificates } from '../../src/tencent/zones.ts'
import { answering } from '../support/answering.ts'
import { contextWith } from '../support/context.ts'

interface Site {
  readonly id: string
  readonly name: string
  readonly Status?: string
  readonly AliasZoneName?: string
  readonly LockStatus?: string
}

/** DescribeZones of either version, whose filter may be wider than was asked for. */
const account = (sites: readonly Site[], apiVersion: ApiVersion = '2022-09-01', wide = false) => {
  const bodies: unknown[] = []
  const call = answering(async (api, body) => {
    bodies.push(body)
    expect([api.version, api.action]).toEqual([apiVersion, 'DescribeZones'])
    const legacy = apiVersion === '2022-01-06'
    const [filter] = (body['Filters'] ?? []) as unknown as { Name: string; Values: string[] }[]
    if (filter) expect(filter.Name).toBe(legacy ? 'name' : 'zone-name')
    const found = sites.filter(({ name }) => wide || (filter?.Values.includes(name) ?? true))
    const Zones = found.map(({ id, name, ...more }) =>
      legacy ? { Id: id, Name: name, ...more } : { ZoneId: id, ZoneName: name, Type: 'partial', ...more },
    )
    const Offset = Number(body['Offset'])
    return { requestId: 'r', response: { TotalCount: Zones.length, Zones: Zones.slice(Offset, Offset + 2) } }
  })
  const named = async (name: string) => {
    const found = await zoneReader(contextWith({ call }).context, apiVersion, { names: [name], ids: [] }).named(name)
    if ('problem' in found) throw found.problem
    return found.zone.id
  }
  return { bodies, named }
}
const active = (id: string, name: string): Site => ({ id, name, Status: 'active' })

test.each(['2022-09-01', '2022-01-06'] as const)(
  'under %s the site with exactly this name is found',
  async (version) => {
    const sites = ['a.com', 'b.com', 'xb.com', 'b.com.cn'].map((name) => active(`zone-${name}`, name))
    expect(await account(sites, version, true).named('b.com')).toBe('zone-b.com')
  },
)

test('a site that is bound to no plan yet is left out', async () => {
  const waiting = { id: 'zone-1', name: 'b.com', Status: 'initializing' }
  expect(await account([waiting, active('zone-2', 'b.com')]).named('b.com')).toBe('zone-2')
  await expect(account([waiting]).named('b.com')).rejects.toMatchObject({ code: 'Input.ZoneName' })
})

describe('a site’s name', () => {
  test('that several sites have is refused, with what tells them apart', async () => {
    const sites = [
      { ...active('zone-1', 'b.com'), AliasZoneName: 'eu' },
      active('zone-2', 'b.com'),
      active('zone-3', 'c.com'),
    ]
    const expected =
      'Pass one of these as zone-id: zone-1 (b.com, eu, partial, active), zone-2 (b.com, partial, active)'
    await expect(account(sites).named('b.com')).rejects.toMatchObject({
      code: 'Input.ZoneName',
      findings: [
        {
          input: 'zone-name',
          seen: { en: '2 sites have the name “b.com”' },
          expected: { en: expected },
          form: 'sentences',
        },
      ],
    })
  })

  test('that no site has is refused, with the nearest ones', async () => {
    const sites = ['example.com', 'exanple.com', 'other-site.org'].map((name, i) => active(`zone-${i}`, name))
    await expect(account(sites).named('exmple.com')).rejects.toMatchObject({
      code: 'Input.ZoneName',
      message:
        'No site in use has the name “exmple.com”. Did you mean: zone-0 (example.com, partial, active), zone-1 (exanple.com, partial, active)',
    })
  })

  test('that is near to none is refused with all sites, up to ten', async () => {
    const sites = Array.from({ length: 13 }, (_, i) => active(`zone-${i}`, `s${i}.org`))
    await expect(account(sites).named('wholly-different.example')).rejects.toThrow(
      /Sites of the account: zone-0 \(s0\.org, partial, active\), .*zone-9 .* and 3 more$/,
    )
  })

  test('in an account without sites is refused with that hint', async () => {
    await expect(account([]).named('b.com')).rejects.toThrow(/The key has access to no site\.?$/)
  })
})

test.each([
  ['disable', 'it is locked'],
  ['plan_migrate', 'its plan is being changed'],
])('refuses a site whose lock is %s', async (LockStatus, why) => {
  const sites = [{ ...active('zone-1', 'b.com'), LockStatus }]
  await expect(account(sites).named('b.com')).rejects.toMatchObject({
    code: 'Input.ZoneLocked',
    message: expect.stringContaining(`(zone-1) accepts no changes: ${why}`),
  })
})

test('a site whose lock is `enable` takes changes', async () => {
  expect(await account([{ ...active('zone-1', 'b.com'), LockStatus: 'enable' }]).named('b.com')).toBe('zone-1')
})

describe('many sites by name', () => {
  /** An account with so many sites; the offset, or the number of names, of each call. */
  const many = (size: number) => {
    const asked: unknown[] = []
    const call = answering(async (_, body) => {
      const [filter] = (body['Filters'] ?? []) as unknown as { Values: string[] }[]
      const offset = Number(body['Offset'])
      asked.push(filter === undefined ? offset : `${filter.Values.length} names`)
      const sites = Array.from({ length: size }, (_, i) => ({ ZoneId: `zone-${i}`, ZoneName: `s${i}.com` }))
      const found = sites.filter(({ ZoneName }) => filter?.Values.includes(ZoneName) ?? true)
      const Zones = found.slice(offset, offset + 100)
      return { requestId: 'r', response: { TotalCount: found.length, Zones } }
    })
    const look = async (names: readonly string[]) => {
      const { named } = zoneReader(contextWith({ call }).context, '2022-09-01', { names, ids: [] })
      return Promise.all(names.map(named))
    }
    return { asked, look }
  }
  const names = (count: number) => Array.from({ length: count }, (_, i) => `s${i}.com`)

  test.each([
    [100, 100, [0]],
    [1000, 1000, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900]],
    [1000, 101, [0, ...Array.from({ length: 5 }, () => '20 names'), '1 names']],
    [1000, 20, ['20 names']],
  ])('in an account with %d sites, %d are found in as few calls as there are pages', async (size, wanted, calls) => {
    const { asked, look } = many(size)
    const found = await look(names(wanted))
    expect(found.map(({ zone }) => 'id' in zone && zone.id)).toEqual(names(wanted).map((_, i) => `zone-${i}`))
    expect(asked).toEqual(calls)
  })

  test('where a name is missing and the last page is full, another page is read before it is said to be unknown', async () => {
    const { asked, look } = many(200)
    const found = await look([...names(199), 'unknown.com'])
    expect(found.filter((one) => 'problem' in one)).toHaveLength(1)
    // Then all sites are read once more, to suggest a name.
    expect(asked).toEqual([0, 100, 200, 0, 100, 200])
  })
})

test('default certificates are read with all their fields, and those without an ID are left out', async () => {
  const full = {
    CertId: 'd1',
    Alias: 'EdgeOne default',
    Type: 'default',
    SignAlgo: 'ECC P-256',
    CommonName: 'b.com',
    EffectiveTime: '2026-01-01T00:00:00Z',
    ExpireTime: '2027-01-01T08:00:00+08:00',
    Status: 'deployed',
  }
  const call = answering(async (api, body) => {
    expect([api.action, body]).toEqual(['DescribeDefaultCertificates', { ZoneId: 'z', Offset: 0, Limit: 100 }])
    return { requestId: 'r', response: { TotalCount: 3, DefaultServerCertInfo: [full, { CertId: 'd2' }, {}] } }
  })
  const [first, ...others] = await readDefaultCertificates(call, 'z')
  expect(first).toEqual({
    id: 'd1',
    alias: 'EdgeOne default',
    type: 'default',
    algorithm: 'ECC',
    bits: 256,
    names: ['b.com'],
    notBefore: Date.UTC(2026, 0, 1),
    notAfter: Date.UTC(2027, 0, 1),
    status: 'deployed',
  })
  expect(others).toEqual([{ id: 'd2' }])
})
