import { faultText, hasCode, ownProblem, type Problem } from '../model/problem.ts'
import { idsOf } from '../model/setting.ts'
import type { Batch } from './batches.ts'
import type { Work } from './work.ts'

/** Codes that may mean that EdgeOne does not know the default certificate by its ID. */
const codes = [
  'ResourceUnavailable.CertNotFound',
  'FailedOperation.CertificateNotFound',
  'InvalidParameter.InvalidCertInfo',
] as const

/** The refusal of a change; if it may be because the site's default certificate was bound by its ID, a Problem that says so. */
export const explained = ({ known }: Pick<Work, 'known'>, [{ target }]: Batch, problem: Problem): Problem => {
  const byDefault = idsOf(target).filter((id) => known.get(id)?.type === 'default')
  if (byDefault.length === 0 || !codes.some((code) => hasCode(problem, code))) return problem
  const { requestId, sent } = problem
  const { en, zh } = faultText(problem)
  const message = {
    en: `EdgeOne did not accept the default certificate ${byDefault.join(', ')} by its ID: ${en}`,
    zh: `EdgeOne 不接受以 ID 绑定默认证书 ${byDefault.join('、')}：${zh}`,
  }
  return ownProblem('Certificate.DefaultNotTaken', { message, requestId, sent, cause: problem })
}
