import { isOwn } from '../errors/index.ts'
import type { Finding, Problem } from '../model/problem.ts'
import { hostsOf, type Result, wasPlanned } from '../model/result.ts'
import { clip, code, fenced, list, prose } from '../util/text.ts'
import { stateLine } from './facts.ts'
import type { Limits } from './limits.ts'
import { joined, table } from './table.ts'
import type { Voice } from './voice.ts'

/** What failed, why, and what to do; then the failures of other hosts. Empty on success. */
export const failures = (result: Result, voice: Voice, limits: Limits): string => {
  const { problem } = result
  if (problem === undefined) return ''
  const { findings, paste } = problem
  return joined([
    findings.length === 0 ? '' : findingTable(findings, voice, limits),
    problemLines(problem, voice, limits).join('\n'),
    stateLine(result, voice.words),
    paste === undefined ? '' : `${voice.said(paste.title)}\n\n${fenced(clip(paste.text, limits.text), 'json')}`,
    ...otherFailures(result, problem, voice, limits),
  ])
}

/** What is wrong with the inputs. */
export const findingTable = (all: readonly Finding[], { words, said }: Voice, { findings, text }: Limits): string => {
  const row = ({ input, seen, expected, at }: Finding) => [
    `**${prose(input)}**${at === undefined ? '' : ` ${code(`${at.file}:${at.line}:${at.column}`)}`}`,
    prose(clip(said(seen), text)),
    prose(clip(said(expected), text)),
  ]
  return table([words.input, words.seen, words.expected], all, row, findings, words.more)
}

/** What is known of a failure, as items of a list. */
export const problemLines = (problem: Problem, { words, texts, said }: Voice, { text }: Limits): string[] => {
  const { requestId, findings } = problem
  const message = said(problem.text)
  const happened = message.trim() === '' ? words.noMessage : code(clip(message, text))
  const explained = texts(problem)
  const items = [
    [words.code, code(clip(problem.code, 200))],
    // The table of findings shows it, unless a service said something of its own.
    [words.whatHappened, findings.length > 0 && isOwn(problem.code) ? '' : happened],
    [words.cause, explained?.meaning ?? ''],
    [words.whatToDo, explained?.fix ?? ''],
    [words.requestId, requestId === undefined ? '' : code(clip(requestId, text))],
  ] as const
  return items.flatMap(([label, value]) => (value === '' ? [] : [`- ${words.labelled(`**${label}**`, value)}`]))
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
