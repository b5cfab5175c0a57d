import { expect, test } from 'vitest'
import type { Setting } from '../../src/model/setting.ts'
import { modifyHostsCertificate } from '../../src/tencent/teo.ts'

const hosts = ['xxx.test.com'] as const
const example: Setting = { mode: 'sslcert', ids: ['EO-xxxxxx'] }
const bytes = (version: Parameters<typeof modifyHostsCertificate>[0], setting: Setting) =>
  JSON.stringify(modifyHostsCertificate(version, 'zone-xxxx', hosts, setting).body)

test('builds the example of the reference with API version 2022-01-06', () => {
  expect(bytes('2022-01-06', example)).toBe(
    '{"ZoneId":"zone-xxxx","Hosts":["xxx.test.com"],"CertInfo":[{"CertId":"EO-xxxxxx"}]}',
  )
})

test('the default certificate, version 2022-01-06, leaves CertInfo out', () => {
  expect(bytes('2022-01-06', { mode: 'default' })).toBe('{"ZoneId":"zone-xxxx","Hosts":["xxx.test.com"]}')
})

test('always sends the mode with API version 2022-09-01', () => {
  expect(bytes('2022-09-01', example)).toBe(
    '{"ZoneId":"zone-xxxx","Hosts":["xxx.test.com"],"Mode":"sslcert","ServerCertInfo":[{"CertId":"EO-xxxxxx"}]}',
  )
})

test('sends no certificate in the other modes with API version 2022-09-01', () => {
  for (const mode of ['eofreecert', 'eofreecert_manual', 'disable'] as const) {
    expect(bytes('2022-09-01', { mode })).toBe(`{"ZoneId":"zone-xxxx","Hosts":["xxx.test.com"],"Mode":"${mode}"}`)
  }
})

test('a setting that a version cannot express is refused', () => {
  for (const [version, mode] of [
    ['2022-09-01', 'default'],
    ['2022-01-06', 'disable'],
    ['2022-01-06', 'eofreecert'],
    ['2022-01-06', 'eofreecert_manual'],
  ] as const) {
    expect(() => bytes(version, { mode })).toThrow(TypeError)
  }
})

// Checked by the compiler alone: an empty list would turn HTTPS off, or bind the default certificate.
export const notASetting = {
  // @ts-expect-error `sslcert` needs a certificate
  none: { mode: 'sslcert', ids: [] } satisfies Setting,
  // @ts-expect-error the other modes take none
  needless: { mode: 'disable', ids: ['J2JqATrt'] } satisfies Setting,
  // @ts-expect-error a call needs a host
  hostless: () => modifyHostsCertificate('2022-09-01', 'zone-xxxx', [], example),
}
