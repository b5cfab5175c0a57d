import type { Annotation } from '../model/ports.ts'
import { findingText } from '../model/problem.ts'
import { type Result, siteName } from '../model/result.ts'
import { oneLine } from '../util/text.ts'
import { failedLine, stateLine } from './words.ts'

/** How many annotations of one kind GitHub shows. */
const maxAnnotations = 10

/** The failure as an annotation; then one for each place in a manifest, and with several sites one for each that failed, as many as are shown. */
export const failuresOf = (result: Result): readonly Annotation[] => {
  const main = failureOf(result)
  if (main === undefined) return []
  const failed = result.sites.length > 1 ? result.sites.filter(({ problem }) => problem !== undefined) : []
  const places = result.problem?.findings.filter(({ at }) => at !== undefined) ?? []
  const atPlaces = places.slice(0, maxAnnotations - 1).map((finding): Annotation => {
    const { at, ...text } = finding
    return { level: 'error', title: `${main.title}`, message: oneLine(findingText(text)), at }
  })
  const each = failed.slice(0, maxAnnotations - 1).flatMap((site) => {
    const { outcome, problem, requestId } = site
    const one = failureOf({ ...result, outcome, problem, requestId, sites: [site] })
    return one === undefined ? [] : { ...one, title: `${siteName(site)}: ${problem?.code}` }
  })
  return [main, ...atPlaces, ...each]
}

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
