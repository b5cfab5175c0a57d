import type { Annotation } from '../ports.ts'
import type { Result } from '../result.ts'
import { clip, oneLine } from '../text.ts'
import { hostLine, stateLine } from './words.ts'

/** GitHub shows this much of an annotation, characters. */
const longest = 4096

/** The failure as one annotation, with the code in its title; none on success. */
export const failureOf = (result: Result): Annotation | undefined => {
  const { problem } = result
  if (problem === undefined) return undefined
  const lines = [
    ...(problem.findings.length === 0
      ? [oneLine(problem.message) || 'The service gave no message.']
      : problem.findings.map(({ input, seen, expected }) => `${input}: saw ${seen}; expected ${expected}.`)),
    hostLine(result),
    problem.explanation ? `Cause: ${problem.explanation.meaning}` : '',
    problem.explanation ? `What to do: ${problem.explanation.fix}` : '',
    stateLine(result),
    problem.requestId === undefined ? '' : `RequestId: ${oneLine(problem.requestId)}`,
  ]
  const message = clip(lines.filter((line) => line !== '').join('\n'), longest)
  return { level: 'error', title: clip(`EdgeOne certificate: ${problem.code}`, 200), message }
}
