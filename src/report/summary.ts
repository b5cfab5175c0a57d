import type { Finding, Problem } from '../model/problem.ts'
import { type HostState, hostsIn, type Result } from '../model/result.ts'
import type { CallRecord } from '../tencent/client.ts'
import { sites } from '../tencent/endpoint.ts'
import { clip, code, count, fenced, list, oneLine, prose } from '../util/text.ts'
import { hostTable } from './hosts.ts'
import { table, within } from './rows.ts'
import { timeline } from './timeline.ts'
import { stateLine } from './words.ts'

/** Bytes for parts that have no natural end; GitHub drops a summary of more than 1 MiB as a whole. */
const callBytes = 160 * 1024
const findingBytes = 96 * 1024
const warningBytes = 64 * 1024
/** Further failures that are explained; the table of hosts names the codes of all. */
const mostFailures = 10
/** Characters of a message, or of anything else from outside, that are shown. */
const longest = 4000

/**
 * The job summary, in Markdown, in pieces: that of ten thousand hosts has half a megabyte. What comes from outside stands in code spans,
 * where nothing is interpreted. `now`: Unix milliseconds.
 */
export function* summaryOf(result: Result, now: number): Generator<string> {
  const parts = [
    heading(result),
    lead(result),
    failures(result),
    hostTable(result),
    noteList(result),
    timeline(result, now),
    warnings(result),
    callTable(result),
    links(result),
  ]
  let before = ''
  for (const part of parts) {
    for (const piece of typeof part === 'string' ? [part] : part) {
      if (piece === '') continue
      yield before + piece
      before = ''
    }
    before = '\n\n'
  }
  yield '\n'
}

const heading = (result: Result): string => {
  const { outcome, hosts, problem, inputs } = result
  const n = (...states: readonly HostState[]) => hostsIn(result, ...states).length
  const already = n('unchanged') === 0 ? '' : `, ${n('unchanged')} had it already`
  const what = inputs?.mode === 'sslcert' ? 'certificate' : code(inputs?.mode ?? '')
  switch (outcome) {
    case 'changed':
      if (n('served') > 0)
        return `## ✅ EdgeOne ${what} deployed to ${count(n('served'), 'host')}, and served${already}`
      return n('accepted') > 0
        ? `## ✅ EdgeOne accepted the ${what} for ${count(n('accepted', 'deployed'), 'host')}${already}`
        : `## ✅ EdgeOne ${what} deployed to ${count(n('deployed'), 'host')}${already}`
    case 'unchanged':
      return hosts.length === 0
        ? '## ✅ EdgeOne certificate: no hosts, nothing to do'
        : `## ✅ EdgeOne ${what} in place on ${count(hosts.length, 'host')}, nothing to do`
    case 'planned':
      return `## 📝 EdgeOne certificate, dry run: ${count(n('planned'), 'host')} would be changed${already.replace('had', n('unchanged') === 1 ? 'has' : 'have')}`
    case 'failed':
      if (n('adrift') > 0)
        return `## 🚨 ${count(n('adrift'), 'host')} NOT rolled back: ${code(clip(problem?.code ?? '', 200))}`
      return `## ❌ EdgeOne certificate: ${code(clip(problem?.code ?? '', 200))}`
    case 'rolled-back':
      return `## ↩️ EdgeOne certificate rolled back on ${count(n('rolled-back'), 'host')}: ${code(clip(problem?.code ?? '', 200))}`
    case 'cancelled':
      return '## ⏹️ EdgeOne certificate: cancelled'
    default:
      return outcome satisfies never
  }
}

const lead = (result: Result): string => {
  if (result.outcome === 'planned') return 'Nothing was changed. A run without `dry-run` would do what the table says.'
  if (result.outcome !== 'changed' || hostsIn(result, 'accepted').length === 0) return ''
  const asked = result.inputs?.waitFor === 'accepted' ? ' This step did not wait for it (`wait-for: accepted`).' : ''
  return `It is being deployed now: until that ends, visitors may still see the previous certificate.${asked}`
}

const failures = (result: Result): string => {
  const { problem, hosts } = result
  if (problem === undefined) return ''
  const row = ({ input, seen, expected }: Finding) => [
    `**${prose(input)}**`,
    prose(clip(seen, longest)),
    prose(clip(expected, longest)),
  ]
  const found = [...table(['Input', 'Seen', 'Expected'], problem.findings, row, findingBytes)].join('')
  const inputs = problem.findings.length === 0 ? '' : `${found}\n\n`
  const others = [...Map.groupBy(hosts, (host) => host.problem?.code)].flatMap(([other, some]) => {
    const first = some[0]?.problem
    if (other === undefined || other === problem.code || first === undefined) return []
    const names = list(some, 10, ({ host }) => host)
    return [
      `**Also ${code(clip(other, 200))}**, ${count(some.length, 'host')}: ${code(names)}\n\n${problemLines(first).join('\n')}`,
    ]
  })
  const main = [...problemLines(problem, problem.findings.length > 0), `- **State:** ${stateLine(result)}`].join('\n')
  const { paste } = problem
  const text = paste === undefined ? [] : [`${paste.title}\n\n${fenced(clip(paste.text, longest), 'json')}`]
  return [inputs + main, ...text, ...others.slice(0, mostFailures)].join('\n\n')
}

const problemLines = ({ message, explanation, requestId }: Problem, told = false): string[] => {
  const happened = message.trim() === '' ? 'The service gave no message.' : code(message)
  return [
    told ? '' : `- **What happened:** ${happened}`,
    explanation ? `- **Cause:** ${explanation.meaning}` : '',
    explanation ? `- **What to do:** ${explanation.fix}` : '',
    requestId === undefined ? '' : `- **RequestId:** ${code(requestId)}`,
  ].filter((line) => line !== '')
}

const noteList = ({ notes }: Result): string =>
  within(
    notes.map((note) => `- ${prose(clip(note, longest))}`),
    warningBytes,
  ).join('\n')

const warnings = (result: Result): string => {
  const all = result.warnings.filter((warning) => oneLine(warning) !== '')
  if (all.length === 0) return ''
  const lines = within(
    all.map((warning) => `> - ${prose(clip(warning, longest))}`),
    warningBytes,
  )
  const more = all.length > lines.length ? [`> - … and ${all.length - lines.length} more`] : []
  return ['> [!WARNING]', ...lines, ...more].join('\n')
}

const callTable = ({ calls }: Result): string => {
  if (calls.length === 0) return ''
  const row = ({ action, outcome, requestId }: CallRecord, i: number) => [
    String(i + 1),
    code(action),
    code(outcome),
    code(requestId ?? ''),
  ]
  const body = [...table(['#', 'Action', 'Answer', 'RequestId'], calls, row, callBytes)].join('')
  return `<details><summary>API calls (${calls.length})</summary>\n\n${body}\n\n</details>`
}

const links = ({ inputs, zoneId }: Result): string => {
  if (inputs === undefined) return ''
  const { console: base, name } = sites[inputs.site]
  const site = zoneId ?? inputs.zoneId ?? inputs.zoneName ?? ''
  return `Site ${code(site)} (${name}), API ${inputs.apiVersion} · [EdgeOne console](${base}/edgeone) · [SSL certificates](${base}/ssl)`
}
