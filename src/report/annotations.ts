import type { Annotation } from '../model/ports.ts'
import { findingText } from '../model/problem.ts'
import type { Result } from '../model/result.ts'
import { oneLine } from '../util/text.ts'
import { failedLine, stateLine } from './words.ts'

/** The failure as one annotation, with the code in its title; none on success. */
export const failureOf = (result: Result): Annotation | undefined => {
  const { problem } = result
  if (problem === undefined) return undefined
  const lines = [
    ...(problem.findings.length === 0
      ? [problem.message.trim() || 'The service gave no message.']
      : problem.findings.map(findingText)),
    failedLine(result),
    problem.row ? `Cause: ${problem.row.meaning}` : '',
    problem.row ? `What to do: ${problem.row.fix}` : '',
    stateLine(result),
    problem.requestId === undefined ? '' : `RequestId: ${problem.requestId}`,
  ]
  const message = lines
    .map(oneLine)
    .filter((line) => line !== '')
    .join('\n')
  return { level: 'error', title: `EdgeOne certificate: ${problem.code}`, message }
}
