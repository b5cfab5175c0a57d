import { type Finding, findingBody, type Problem, tellsInputs } from '../model/problem.ts'
import { hostsOf, type Result, wasPlanned } from '../model/result.ts'
import { mapped, type Text } from '../util/language.ts'
import { clip, code, fenced, list, prose } from '../util/text.ts'
import { stateLine } from './facts.ts'
import type { Limits } from './limits.ts'
import { joined, within } from './table.ts'
import type { Voice } from './voice.ts'

/**
 * What failed, why, and what to do; then the failures of other hosts. Empty on success. `whole`: the result of the step, of which `result`
 * may have only some sites.
 */
export const failures = (result: Result, voice: Voice, limits: Limits, whole: Result = result): string => {
  const { problem } = result
  if (problem === undefined) return ''
  const { paste } = problem
  return joined([
    problemText(problem, voice, limits),
    stateLine(result, voice.words, whole),
    paste === undefined ? '' : `${voice.said(paste.title)}\n\n${fenced(clip(paste.text, limits.text), 'json')}`,
    ...otherFailures(result, problem, voice, limits),
  ])
}

type ProblemLimits = Pick<Limits, 'text' | 'findings'>

/** What is known of a failure, as a list. */
export const problemText = (problem: Problem, voice: Voice, limits: ProblemLimits): string =>
  problemLines(problem, voice, limits).join('\n')

const problemLines = (problem: Problem, voice: Voice, limits: ProblemLimits): string[] => {
  const { words, texts, said } = voice
  const { requestId, findings } = problem
  const message = said(problem.text)
  const happened = message.trim() === '' ? words.noMessage : code(clip(message, limits.text))
  const explained = texts(problem)
  const items = [
    [words.code, code(clip(problem.code, 200))],
    // With wrong inputs, the message would only repeat them.
    [words.whatHappened, tellsInputs(problem) ? '' : happened, findingList(findings, voice, limits)],
    [words.cause, explained?.meaning ?? ''],
    [words.whatToDo, explained?.fix ?? ''],
    [words.requestId, requestId === undefined ? '' : code(clip(requestId, limits.text))],
  ] as const
  return items.flatMap(([label, value, below = '']) => {
    const line = `- ${words.labelled(`**${label}**`, value)}`.trimEnd()
    return value + below === '' ? [] : [below === '' ? line : `${line}\n${below}`]
  })
}

/** Below its item: a table of three columns with sentences is hard to read on a phone. */
const findingList = (all: readonly Finding[], { words, said }: Voice, { findings, text }: ProblemLimits): string => {
  const short = (one: Text) => mapped(one, (whole) => clip(whole, text))
  const item = (finding: Finding) => {
    const { input, seen, expected, at } = finding
    const where = at === undefined ? '' : ` ${code(`${at.file}:${at.line}:${at.column}`)}`
    const body = findingBody({ ...finding, seen: short(seen), expected: short(expected) })
    return `  - ${words.labelled(`**${prose(input)}**${where}`, prose(said(body)))}`
  }
  const shown = within(all.map(item), findings)
  const rest = shown.length < all.length ? [`  - ${words.more(all.length - shown.length)}`] : []
  return [...shown, ...rest].join('\n')
}

const otherFailures = (result: Result, main: Problem, voice: Voice, limits: Limits): string[] => {
  const failed = hostsOf(result).flatMap((host) => {
    const problems = wasPlanned(host) ? [host.problem, host.drift?.problem] : []
    return [...new Set(problems)].flatMap((problem) =>
      problem !== undefined && problem.code !== main.code ? [{ host: host.host, problem }] : [],
    )
  })
  const byCode = [...Map.groupBy(failed, ({ problem }) => problem.code)]
  return byCode.slice(0, limits.failures).flatMap(([other, some]) => {
    const names = list(some, 10, ({ host }) => host)
    const title = voice.words.also(code(clip(other, 200)), some.length, code(names))
    return some
      .slice(0, 1)
      .map(({ problem }) => `${title}\n\n${problemLines(problem, voice, limits).slice(1).join('\n')}`)
  })
}
