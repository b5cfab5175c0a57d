import type { Annotation } from '../model/ports.ts'
import { type Finding, findingText, type Problem } from '../model/problem.ts'
import { type Result, siteLabel } from '../model/result.ts'
import { count, oneLine } from '../util/text.ts'
import { failedLine, stateLine } from './words.ts'

/** How many annotations of one kind GitHub shows. */
const maxAnnotations = 10

/** What is wrong in a manifest, by its places, as far as there is an annotation for each beside that of the whole. */
export const placesIn = (findings: readonly Finding[]) => {
  const all = findings.filter(({ at }) => at !== undefined)
  return { all, shown: all.slice(0, maxAnnotations - 1) }
}

/** The failure as an annotation; then one for each place in a manifest, and with several sites one for each that failed, as many as are shown. */
export const failuresOf = (result: Result): readonly Annotation[] => {
  const main = failureOf(result)
  if (main === undefined) return []
  const failed = result.sites.length > 1 ? result.sites.filter(({ problem }) => problem !== undefined) : []
  const atPlaces = placesIn(result.problem?.findings ?? []).shown.map((finding): Annotation => {
    const { at, ...text } = finding
    return { level: 'error', title: main.title, message: oneLine(findingText(text)), at }
  })
  const each = failed.slice(0, maxAnnotations - 1).flatMap((site) => {
    const { outcome, problem, requestId } = site
    const one = failureOf({ ...result, outcome, problem, requestId, sites: [site] })
    return one === undefined ? [] : { ...one, title: `${siteLabel(site)}: ${problem?.code}` }
  })
  return [main, ...atPlaces, ...each]
}

/** The failure as one annotation, with the code in its title; none on success. */
export const failureOf = (result: Result): Annotation | undefined => {
  const { problem } = result
  if (problem === undefined) return undefined
  const lines = [
    ...happened(problem),
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

export const happened = ({ findings, message }: Problem): readonly string[] => {
  if (findings.length === 0) return [message.trim() || 'The service gave no message.']
  const others = findings.filter(({ at }) => at === undefined).map(findingText)
  const { all, shown } = placesIn(findings)
  if (all.length === 0) return others
  const which = all.length === shown.length ? '' : `, the first ${shown.length} of which have an annotation`
  return [...others, `${count(all.length, 'problem')} in the manifest${which}; the job summary lists all.`]
}
