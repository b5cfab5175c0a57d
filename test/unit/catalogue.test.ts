import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/errors/index.ts'
import { zhTables } from '../../src/errors/zh/index.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { scrubbed } from '../../src/model/scrubbed.ts'
import { problemOf } from '../support/problem.ts'

describe('the texts of a failure', () => {
  test('in English are those of its row', async () => {
    const texts = await catalogue('en-US')
    const problem = ownProblem('Network.Reset', { message: '' })
    expect(texts(problem)).toBe(problem.row)
    expect(texts(problemOf('Surprise.OfTheDay'))).toBeUndefined()
  })

  test('in Chinese are those of its code', async () => {
    const texts = await catalogue('zh-CN')
    expect(texts(ownProblem('Network.Reset', { message: '' }))).toBe(zhTables.own['Network.Reset'])
    expect(texts(problemOf('Surprise.OfTheDay'))).toBeUndefined()
  })

  test('in Chinese are found for a Problem from which a secret was removed', async () => {
    const texts = await catalogue('zh-CN')
    const clean = scrubbed(ownProblem('Network.Reset', { message: 'secret' }), (text) => text.replace('secret', '***'))
    expect(clean.message).toBe('***')
    expect(texts(clean)).toBe(zhTables.own['Network.Reset'])
  })

  test('in Chinese name the action for which a permission is missing', async () => {
    const texts = await catalogue('zh-CN')
    const call = { service: 'ssl', action: 'UploadCertificate' } as const
    const problem = problemOf('AuthFailure.UnauthorizedOperation', { call }, 'ssl')
    expect(texts(problem)?.fix).toContain('授予 `ssl:UploadCertificate` 权限，资源为 `*`。')
    expect(texts(problem)?.fix).toContain('填入 `cert-id`')
  })
})
