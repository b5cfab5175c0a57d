import { describe, expect, test } from 'vitest'
import { catalogue, type Service, type Texts } from '../../src/errors/index.ts'
import { zhTables } from '../../src/errors/zh/index.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { scrubbed } from '../../src/model/scrubbed.ts'
import { inBoth } from '../../src/util/language.ts'
import { problemOf } from '../support/problem.ts'

describe('in English, the texts of a failure', () => {
  test('are those of its row', async () => {
    const texts = await catalogue('en-US')
    const problem = problemOf('OperationDenied')
    expect(texts(problem)).toBe(problem.row)
    expect(texts(problemOf('Surprise.OfTheDay'))).toBeUndefined()
  })
})

describe('in Chinese, the texts of a failure', async () => {
  const texts = await catalogue('zh-CN')

  test.each([
    ['teo', 'InternalError.DBError', zhTables.teo['InternalError.DBError']],
    ['teo', 'InternalError.Brandnew', zhTables.common['InternalError']],
    ['ssl', 'InternalError.Brandnew', zhTables.ssl['InternalError']],
    ['teo', 'OperationDenied.Brandnew', zhTables.teo['OperationDenied']],
    ['sts', 'OperationDenied.Brandnew', undefined],
    ['teo', 'AuthFailure.Brandnew', zhTables.common['AuthFailure']],
    ['teo', 'Surprise.OfTheDay', undefined],
    ['teo', 'toString', undefined],
  ] satisfies [Service, string, Texts | undefined][])(
    'are, for %s %s, those of the code or of its family',
    (service, code, expected) => {
      expect(texts(problemOf(code, {}, service))).toBe(expected)
    },
  )

  test('are those of a code of this action', () => {
    expect(texts(ownProblem('Network.Reset', { message: inBoth('') }))).toBe(zhTables.own['Network.Reset'])
  })

  test('are found after a secret was removed from it', () => {
    const clean = scrubbed(problemOf('OperationDenied', { message: 'secret' }), (text) => text.replace('secret', '***'))
    expect(clean.message).toBe('***')
    expect(texts(clean)).toBe(zhTables.teo['OperationDenied'])
  })

  test.each([
    ['teo', 'ModifyHostsCertificate', '资源为 `qcs::teo::uin/<主账号 UIN>:zone/<站点 ID>`。`QcloudSSLFullAccess` 等'],
    ['teo', 'DescribeZones', '资源为 `*`。也可以改用 `zone-id`'],
    ['ssl', 'UploadCertificate', '资源为 `*`。也可以用其他方式上传证书'],
    ['ssl', 'DescribeCertificates', '资源为 `*`。如已授权，请检查 `site`'],
    ['sts', 'AssumeRole', '资源为 `role-arn` 中的角色，并在该角色的信任策略中加入'],
  ] as const)('name the permission that %s:%s needs', (service, action, more) => {
    const { meaning, fix } = texts(problemOf('UnauthorizedOperation', { call: { service, action } }, service)) ?? {}
    expect(meaning).toContain(`\`${service}:${action}\``)
    expect(fix).toContain(`授予 \`${service}:${action}\` 权限，${more}`)
  })

  test('are about the trust policy of the role when a login by OIDC is refused', () => {
    const call = { service: 'sts', action: 'AssumeRoleWithWebIdentity' } as const
    expect(texts(problemOf('UnauthorizedOperation', { call }, 'sts'))).toBe(zhTables.sts['UnauthorizedOperation'])
  })
})
