import { expect, test } from 'vitest'
import { modifyHostsCertificate } from '../../src/tencent/teo.ts'

const example = {
  zoneId: 'zone-xxxx',
  hosts: ['xxx.test.com'],
  setting: { mode: 'sslcert', ids: ['EO-xxxxxx'] },
} as const
const bytes = (...args: Parameters<typeof modifyHostsCertificate>) =>
  JSON.stringify(modifyHostsCertificate(...args).body)

test('the example of the reference, version 2022-01-06', () => {
  expect(bytes('2022-01-06', example)).toBe(
    '{"ZoneId":"zone-xxxx","Hosts":["xxx.test.com"],"CertInfo":[{"CertId":"EO-xxxxxx"}]}',
  )
})

test('the default certificate, version 2022-01-06, leaves CertInfo out', () => {
  expect(bytes('2022-01-06', { ...example, setting: { mode: 'default', ids: [] } })).toBe(
    '{"ZoneId":"zone-xxxx","Hosts":["xxx.test.com"]}',
  )
})

test('the example, version 2022-09-01, always names the mode', () => {
  expect(bytes('2022-09-01', example)).toBe(
    '{"ZoneId":"zone-xxxx","Hosts":["xxx.test.com"],"Mode":"sslcert","ServerCertInfo":[{"CertId":"EO-xxxxxx"}]}',
  )
})

test('the modes without a certificate, version 2022-09-01', () => {
  for (const mode of ['eofreecert', 'eofreecert_manual', 'disable'] as const) {
    expect(bytes('2022-09-01', { ...example, setting: { mode, ids: [] } })).toBe(
      `{"ZoneId":"zone-xxxx","Hosts":["xxx.test.com"],"Mode":"${mode}"}`,
    )
  }
})

test('what a version cannot say, or what would take HTTPS away by accident, cannot be built', () => {
  for (const [version, change] of [
    ['2022-09-01', { setting: { mode: 'default', ids: [] } }],
    ['2022-09-01', { setting: { mode: 'sslcert', ids: [] } }],
    ['2022-01-06', { setting: { mode: 'sslcert', ids: [] } }],
    ['2022-01-06', { setting: { mode: 'disable', ids: [] } }],
    ['2022-09-01', { setting: { mode: 'disable', ids: ['J2JqATrt'] } }],
    ['2022-09-01', { hosts: [] }],
  ] as const) {
    expect(() => modifyHostsCertificate(version, { ...example, ...change })).toThrow(TypeError)
  }
})
