import { type AuditResult, findingsOf, type Located, tracedDetail } from '../model/audit.ts'
import type { Annotation } from '../model/ports.ts'
import { findingText, type Problem } from '../model/problem.ts'
import { siteLabel } from '../model/result.ts'
import { inBoth, type Text } from '../util/language.ts'
import { clip, list, oneLine } from '../util/text.ts'
import { happened, placesIn } from './annotations.ts'
import { adviceOf } from './audit-problem.ts'
import { hostsText, kindWords } from './audit-words.ts'
import type { Voice } from './voice.ts'

/** Annotations of a step that GitHub shows of one level; of both levels together, more would not help a reader. */
const maxAnnotations = 10
/** Maximum length of a text from outside, characters. */
const maxText = 1000

/** What went wrong, then the findings, worst first: errors for those that fail the step, warnings for the others. */
export const auditAnnotations = (result: AuditResult, voice: Voice): readonly Annotation[] => {
  const stopped = result.problem === undefined ? [] : problemAnnotations(result.problem, voice)
  const groups = [...Map.groupBy(findingsOf(result), groupOf).values()]
  return [...stopped, ...groups.map((some) => findingAnnotation(result, some, voice))].slice(0, maxAnnotations)
}

/** Hosts with the same certificate share its annotation. */
const groupOf = (located: Located): unknown => {
  const { kind, host, certificates } = located.finding
  const isOfCertificate = kind === 'expired' || kind === 'expiring' || kind === 'deploy-failed'
  return isOfCertificate && host !== undefined ? JSON.stringify([kind, certificates]) : located
}

const findingAnnotation = ({ criteria }: AuditResult, some: readonly Located[], voice: Voice): Annotation => {
  const [first] = some
  if (first === undefined) throw new TypeError('a group without a finding')
  const { site, finding } = first
  const { kind } = finding
  const names = some.map((one) => clip(oneLine(one.finding.host ?? siteLabel(one.site)), 300))
  const which = (of: (text: Text) => string) => (names.length === 1 ? names[0] : of(hostsText(names.length)))
  const hosts = (of: (text: Text) => string): string =>
    names.length === 1 ? '' : `${of({ en: 'Hosts: ', zh: '域名：' })}${list(names, 10)}`
  const both = (make: (of: (text: Text) => string) => string): Text => ({
    en: make(({ en }) => en),
    zh: make(({ zh }) => zh),
  })
  const lines = (of: (text: Text) => string) =>
    [
      clip(oneLine(of(tracedDetail(finding))), maxText),
      hosts(of),
      adviceOf(finding, voice),
      `${of({ en: 'Site: ', zh: '站点：' })}${siteLabel(site)}`,
    ]
      .map(oneLine)
      .filter((line) => line !== '')
      .join('\n')
  return {
    level: criteria.failOn.includes(kind) ? 'error' : 'warning',
    title: {
      en: `${kind}: ${which(({ en }) => en)}`,
      zh: `${kind}（${kindWords[kind].zh}）：${which(({ zh }) => zh)}`,
    },
    message: both(lines),
  }
}

const problemAnnotations = (problem: Problem, voice: Voice): readonly Annotation[] => {
  const { code, requestId, findings } = problem
  const { words, texts, said } = voice
  const row = texts(problem)
  const title = inBoth(`EdgeOne certificate audit: ${code}`)
  const lines = [
    ...happened(problem, voice),
    ...(row === undefined ? [] : [words.labelled(words.cause, row.meaning), words.labelled(words.whatToDo, row.fix)]),
    ...(requestId === undefined ? [] : [words.labelled(words.requestId, requestId)]),
  ]
  const message = lines
    .map(oneLine)
    .filter((line) => line !== '')
    .join('\n')
  const atPlaces = placesIn(findings).shown.map((finding): Annotation => {
    const { at, ...found } = finding
    return { level: 'error', title, message: inBoth(oneLine(said(findingText(found)))), at }
  })
  return [{ level: 'error', title, message: inBoth(message) }, ...atPlaces]
}
