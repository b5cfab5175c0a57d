import { describe, expect, test } from 'vitest'
import { findZone } from '../../src/discover/zone.ts'
import { parseInputs } from '../../src/inputs/inputs.ts'
import { readDefaultCertificates } from '../../src/tencent/zones.ts'
import { answering } from './answering.ts'

interface Site {
  readonly id: string
  readonly name: string
  readonly Status?: string
  readonly AliasZoneName?: string
  readonly LockStatus?: string
}

/** DescribeZones of either version, whose filter may be wider than was asked for. */
const account = (sites: readonly Site[], version = '2022-09-01', wide = false) => {
  const bodies: unknown[] = []
  const call = answering(async (api, body) => {
    bodies.push(body)
    expect([api.version, api.action]).toEqual([version, 'DescribeZones'])
    const legacy = version === '2022-01-06'
    const [filter] = (body['Filters'] ?? []) as unknown as { Name: string; Values: string[] }[]
    if (filter) expect(filter.Name).toBe(legacy ? 'name' : 'zone-name')
    const found = sites.filter(({ name }) => wide || (filter?.Values.includes(name) ?? true))
    const Zones = found.map(({ id, name, ...more }) =>
      legacy ? { Id: id, Name: name, ...more } : { ZoneId: id, ZoneName: name, Type: 'partial', ...more },
    )
    const Offset = Number(body['Offset'])
    return { requestId: 'r', response: { TotalCount: Zones.length, Zones: Zones.slice(Offset, Offset + 2) } }
  })
  const find = (input: Record<string, string>) =>
    findZone(
      call,
      parseInputs({
        INPUT_HOSTS: 'a.example.com',
        'INPUT_CERT-ID': 'c1',
        'INPUT_SECRET-ID': 'id',
        'INPUT_SECRET-KEY': 'key',
        'INPUT_API-VERSION': version,
        ...input,
      }),
    )
  return { bodies, find, named: (name: string) => find({ 'INPUT_ZONE-NAME': name }) }
}
const active = (id: string, name: string): Site => ({ id, name, Status: 'active' })

test('an ID is taken as it is, without a call', async () => {
  const { find, bodies } = account([])
  expect(await find({ 'INPUT_ZONE-ID': 'zone-abc123' })).toBe('zone-abc123')
  expect(bodies).toEqual([])
})

test.each(['2022-09-01', '2022-01-06'])('under %s the site of this very name is found', async (version) => {
  const sites = ['a.com', 'b.com', 'xb.com', 'b.com.cn'].map((name) => active(`zone-${name}`, name))
  expect(await account(sites, version, true).named('B.com')).toBe('zone-b.com')
})

test('a site that is bound to no plan yet does not count', async () => {
  const waiting = { id: 'zone-1', name: 'b.com', Status: 'initializing' }
  expect(await account([waiting, active('zone-2', 'b.com')]).named('b.com')).toBe('zone-2')
  await expect(account([waiting]).named('b.com')).rejects.toMatchObject({ code: 'Input.ZoneName' })
})

describe('a name', () => {
  test('of several sites lists them with what tells them apart', async () => {
    const sites = [
      { ...active('zone-1', 'b.com'), AliasZoneName: 'eu' },
      active('zone-2', 'b.com'),
      active('zone-3', 'c.com'),
    ]
    const expected = 'one of these as zone-id: zone-1 (b.com, eu, partial, active), zone-2 (b.com, partial, active)'
    await expect(account(sites).named('b.com')).rejects.toMatchObject({
      code: 'Input.ZoneName',
      findings: [{ input: 'zone-name', expected }],
    })
  })

  test('of none lists those that resemble it', async () => {
    const sites = ['example.com', 'exanple.com', 'other-site.org'].map((name, i) => active(`zone-${i}`, name))
    await expect(account(sites).named('exmple.com')).rejects.toMatchObject({
      code: 'Input.ZoneName',
      message:
        'Saw “exmple.com”, which is the name of no site in use; expected perhaps zone-0 (example.com, partial, active), zone-1 (exanple.com, partial, active)',
    })
  })

  test('that resembles none lists all, up to ten', async () => {
    const sites = Array.from({ length: 13 }, (_, i) => active(`zone-${i}`, `s${i}.org`))
    await expect(account(sites).named('wholly-different.example')).rejects.toThrow(
      /perhaps zone-0 \(s0\.org, partial, active\), .*zone-9 .* and 3 more$/,
    )
  })

  test('in an account without sites says so', async () => {
    await expect(account([]).named('b.com')).rejects.toThrow(/the key sees none$/)
  })
})

test.each([
  ['disable', 'it is locked'],
  ['plan_migrate', 'its plan is being changed'],
])('a site whose lock is %s takes no changes', async (LockStatus, why) => {
  const sites = [{ ...active('zone-1', 'b.com'), LockStatus }]
  await expect(account(sites).named('b.com')).rejects.toMatchObject({
    code: 'Input.ZoneLocked',
    message: expect.stringContaining(`(zone-1) takes no changes: ${why}`),
  })
})

test('a lock that lets changes through is none', async () => {
  expect(await account([{ ...active('zone-1', 'b.com'), LockStatus: 'enable' }]).named('b.com')).toBe('zone-1')
})

test('default certificates come with all that is told of them, and without an ID not at all', async () => {
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
    return { requestId: 'r', response: { TotalCount: 2, DefaultServerCertInfo: [full, { CertId: 'd2' }] } }
  })
  const [first, second] = await readDefaultCertificates(call, 'z')
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
  expect(second).toEqual({ id: 'd2' })
})
