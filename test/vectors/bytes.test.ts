import { expect, test } from 'vitest'
import { modifyHostsCertificate } from '../../src/cloud/teo.ts'

const example = { zoneId: 'zone-xxxx', hosts: ['xxx.test.com'], certificates: ['EO-xxxxxx'] }
const bytes = (...args: Parameters<typeof modifyHostsCertificate>) =>
  JSON.stringify(modifyHostsCertificate(...args).body)

test('the example of the reference, version 2022-01-06', () => {
  expect(bytes('2022-01-06', example)).toBe(
    '{"ZoneId":"zone-xxxx","Hosts":["xxx.test.com"],"CertInfo":[{"CertId":"EO-xxxxxx"}]}',
  )
})

test('the default certificate, version 2022-01-06, leaves CertInfo out', () => {
  expect(bytes('2022-01-06', { ...example, certificates: 'default' })).toBe(
    '{"ZoneId":"zone-xxxx","Hosts":["xxx.test.com"]}',
  )
})

test('the example, version 2022-09-01, always names the mode', () => {
  expect(bytes('2022-09-01', example)).toBe(
    '{"ZoneId":"zone-xxxx","Hosts":["xxx.test.com"],"Mode":"sslcert","ServerCertInfo":[{"CertId":"EO-xxxxxx"}]}',
  )
})

test('2022-09-01 never binds an empty list', () => {
  expect(() => modifyHostsCertificate('2022-09-01', { ...example, certificates: 'default' })).toThrow(TypeError)
  expect(() => modifyHostsCertificate('2022-09-01', { ...example, certificates: [] })).toThrow(TypeError)
})
