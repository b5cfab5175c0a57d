import type { Finding, Problem } from '../model/problem.ts'
import { hostsOf, type Result, wasPlanned } from '../model/result.ts'
import { clip, code, count, fenced, list, prose } from '../util/text.ts'
import { table } from './table.ts'
import { stateLine } from './words.ts'

/** Maximum size of the table of findings, bytes. */
const findingBytes = 96 * 1024
/** How many further failures are explained; the table of hosts shows the state of all. */
const maxFailures = 10
/** Maximum length of a text from outside, characters. */
const maxText = 4000

/** What failed, why, and what to do; then the failures of other hosts. Empty on success. */
export const failures = (result: Result): string => {
  const { problem } = result
  if (problem === undefined) return ''
  const { findings, paste } = problem
  const main = [...problemLines(problem), `- **State:** ${stateLine(result)}`].join('\n')
  const parts = [
    findings.length === 0 ? '' : findingTable(findings),
    main,
    paste === undefined ? '' : `${paste.title.en}\n\n${fenced(clip(paste.text, maxText), 'json')}`,
    ...otherFailures(result, problem),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

const findingTable = (findings: readonly Finding[]): string => {
  const row = ({ input, seen, expected, at }: Finding) => [
    `**${prose(input)}**${at === undefined ? '' : ` ${code(`${at.file}:${at.line}:${at.column}`)}`}`,
    prose(clip(seen.en, maxText)),
    prose(clip(expected.en, maxText)),
  ]
  return table(['Input', 'Seen', 'Expected'], findings, row, findingBytes)
}

const problemLines = ({ message, row, requestId, findings }: Problem): string[] => {
  const happened = message.trim() === '' ? 'The service gave no message.' : code(message)
  return [
    // The table of findings shows it.
    findings.length > 0 ? '' : `- **What happened:** ${happened}`,
    row ? `- **Cause:** ${row.meaning}` : '',
    row ? `- **What to do:** ${row.fix}` : '',
    requestId === undefined ? '' : `- **RequestId:** ${code(requestId)}`,
  ].filter((line) => line !== '')
}

const otherFailures = (result: Result, main: Problem): string[] => {
  const failed = hostsOf(result).flatMap((host) => {
    const problems = wasPlanned(host) ? [host.problem, host.drift?.problem] : []
    return [...new Set(problems)].flatMap((problem) =>
      problem !== undefined && problem.code !== main.code ? [{ host: host.host, problem }] : [],
    )
  })
  const byCode = [...Map.groupBy(failed, ({ problem }) => problem.code)]
  return byCode.slice(0, maxFailures).flatMap(([other, some]) => {
    const names = list(some, 10, ({ host }) => host)
    const lead = `**Also ${code(clip(other, 200))}**, ${count(some.length, 'host')}: ${code(names)}`
    return some.slice(0, 1).map(({ problem }) => `${lead}\n\n${problemLines(problem).join('\n')}`)
  })
}
