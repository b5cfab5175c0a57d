import type { Annotation } from '../model/ports.ts'
import { type Finding, findingText, type Problem, tellsInputs } from '../model/problem.ts'
import { hostsOf, type Result, siteLabel } from '../model/result.ts'
import { inBoth } from '../util/language.ts'
import { oneLine } from '../util/text.ts'
import { countLine, failedLine, stateLine } from './facts.ts'
import type { Voice } from './voice.ts'

/** How many annotations of one kind GitHub shows. */
const maxAnnotations = 10

/** What is wrong in a manifest, by its places, as far as there is an annotation for each beside that of the whole. */
export const placesIn = (findings: readonly Finding[]) => {
  const all = findings.filter(({ at }) => at !== undefined)
  return { all, shown: all.slice(0, maxAnnotations - 1) }
}

/** The failure as an annotation; then one for each place in a manifest, and with several sites one for each that failed, as many as are shown. */
export const failuresOf = (result: Result, voice: Voice): readonly Annotation[] => {
  const main = failureOf(result, voice)
  if (main === undefined) return []
  const failed = result.sites.length > 1 ? result.sites.filter(({ problem }) => problem !== undefined) : []
  const atPlaces = placesIn(result.problem?.findings ?? []).shown.map((finding): Annotation => {
    const { at, ...text } = finding
    return { level: 'error', title: main.title, message: inBoth(oneLine(voice.said(findingText(text)))), at }
  })
  const each = failed.slice(0, maxAnnotations - 1).flatMap((site) => {
    const { outcome, problem, requestId } = site
    const one = failureOf({ ...result, outcome, problem, requestId, sites: [site] }, voice, result)
    return one === undefined ? [] : { ...one, title: inBoth(`${siteLabel(site)}: ${problem?.code}`) }
  })
  return [main, ...atPlaces, ...each]
}

/** The failure as one annotation, with the code in its title; none on success. `whole`: as for `stateLine`. */
export const failureOf = (result: Result, voice: Voice, whole: Result = result): Annotation | undefined => {
  const { problem } = result
  if (problem === undefined) return undefined
  const { words, texts } = voice
  const explained = texts(problem)
  const labelled = (label: string, value: string | undefined) =>
    value === undefined ? '' : words.labelled(label, value)
  const lines = [
    ...happened(problem, voice),
    failedLine(result, words),
    labelled(words.cause, explained?.meaning),
    labelled(words.whatToDo, explained?.fix),
    certain(result, voice, whole),
    labelled(words.requestId, problem.requestId),
  ]
  const message = lines
    .map(oneLine)
    .filter((line) => line !== '')
    .join('\n')
  return { level: 'error', title: inBoth(`EdgeOne certificate: ${problem.code}`), message: inBoth(message) }
}

/** What is certain about the hosts. */
const certain = (result: Result, { words }: Voice, whole: Result): string => {
  const counts = countLine(hostsOf(result), words)
  return words.sentences([...(counts === '' ? [] : [counts + words.fullStop]), stateLine(result, words, whole)])
}

export const happened = (problem: Problem, voice: Voice): readonly string[] => {
  const { words, said } = voice
  const { findings, text } = problem
  const message = said(text).trim() || words.noMessage
  if (findings.length === 0) return [message]
  const others = findings.filter(({ at }) => at === undefined).map((finding) => said(findingText(finding)))
  const { all, shown } = placesIn(findings)
  const refused = tellsInputs(problem) ? [] : [message]
  const inManifest = all.length === 0 ? [] : [words.inManifest(all.length, shown.length)]
  return [...refused, ...others, ...inManifest]
}
