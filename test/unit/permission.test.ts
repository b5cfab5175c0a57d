import { describe, expect, test } from 'vitest'
import type { Service } from '../../src/errors/index.ts'
import { toProblem } from '../../src/model/problem.ts'
import { readAnswer } from '../../src/tencent/response.ts'

/** The Problem of an action that is refused with a code. */
const refused = (service: Service, action: string, Code = 'AuthFailure.UnauthorizedOperation') => {
  const body = JSON.stringify({ Response: { Error: { Code, Message: 'no' }, RequestId: 'r' } })
  try {
    readAnswer({ service, version: '', action, perSecond: 20 }, { status: 200, body, date: undefined })
  } catch (thrown) {
    return toProblem(thrown)
  }
  throw new Error('not refused')
}

const actions = [
  ['teo', 'ModifyHostsCertificate'],
  ['teo', 'DescribeAccelerationDomains'],
  ['teo', 'DescribeZones'],
  ['ssl', 'UploadCertificate'],
  ['ssl', 'DescribeCertificates'],
  ['ssl', 'CheckCertificateExist'],
  ['sts', 'AssumeRole'],
  ['sts', 'GetCallerIdentity'],
] as const

describe.each(actions)('when %s refuses %s because a permission is missing', (service, action) => {
  test.each(['AuthFailure.UnauthorizedOperation', 'UnauthorizedOperation'])(
    '%s: the fix names this action, and no other',
    (code) => {
      const { row } = refused(service, action, code)
      const named = [...(row?.fix ?? '').matchAll(/`(teo|ssl|sts):(\w+)`/g)].map(([, ...parts]) => parts)
      expect(named).toEqual([[service, action]])
      expect(row?.meaning).toContain(`\`${service}:${action}\``)
      expect(row).toMatchObject({ forbidden: true, concerns: 'all' })
    },
  )
})

test('what can be done instead is said', () => {
  expect(refused('teo', 'DescribeZones').row?.fix).toContain('pass `zone-id` instead of `zone-name`')
  expect(refused('sts', 'GetCallerIdentity').row?.fix).toContain('remove `allowed-account-ids`')
  expect(refused('sts', 'AssumeRole').row?.fix).toContain('name the user of the key in the trust policy')
  expect(refused('ssl', 'UploadCertificate').row?.fix).toContain('pass its ID as `cert-id`')
})

test('a refused login by OIDC is about the trust policy of the role', () => {
  const { row } = refused('sts', 'AssumeRoleWithWebIdentity', 'UnauthorizedOperation')
  expect(row?.fix).toContain('compare `iss`, `sub` and `aud`')
})

test('other refusals keep their fix', () => {
  expect(refused('teo', 'ModifyHostsCertificate', 'UnauthorizedOperation.Unknown').row?.fix).toMatch(
    /^The step retries/,
  )
})
