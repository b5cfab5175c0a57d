import type { Annotation } from '../model/ports.ts'
import { findingText } from '../model/problem.ts'
import type { Result } from '../model/result.ts'
import { longestMessage, longestTitle } from '../runner/sanitize.ts'
import { brief, clip, oneLine } from '../util/text.ts'
import { hostLine, stateLine } from './words.ts'

/** The failure as one annotation, with the code in its title; none on success. */
export const failureOf = (result: Result): Annotation | undefined => {
  const { problem } = result
  if (problem === undefined) return undefined
  const lines = [
    ...(problem.findings.length === 0
      ? [problem.message.trim() || 'The service gave no message.']
      : problem.findings.map((finding) => `${findingText(finding)}.`)),
    hostLine(result),
    problem.explanation ? `Cause: ${problem.explanation.meaning}` : '',
    problem.explanation ? `What to do: ${problem.explanation.fix}` : '',
    stateLine(result),
    problem.requestId === undefined ? '' : `RequestId: ${problem.requestId}`,
  ]
  const message = clip(
    lines
      .map(oneLine)
      .filter((line) => line !== '')
      .join('\n'),
    longestMessage,
  )
  return { level: 'error', title: brief(`EdgeOne certificate: ${problem.code}`, longestTitle), message }
}
