import { hasCode, ownProblem, type Problem } from '../model/problem.ts'
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
  const { code, message, requestId, sent } = problem
  return ownProblem('Certificate.DefaultNotTaken', {
    message:
      `EdgeOne did not accept the default certificate ${byDefault.join(', ')} by its ID: ${code} ${message}`.trim(),
    ...{ requestId, sent, cause: problem },
  })
}
