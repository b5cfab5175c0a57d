import { sites } from '../cloud/endpoint.ts'
import { certificateText, type HostState, type Result } from '../result.ts'
import { code, count, prose, table } from '../text.ts'
import { stateLine } from './words.ts'

/** Rows of a table in the summary; GitHub drops a summary of more than 1 MiB as a whole. */
const mostRows = 1000

/** The job summary, in Markdown. What comes from outside stands in code spans, where nothing is interpreted. */
export const summaryOf = (result: Result): string =>
  [heading(result), lead(result), failure(result), hostTable(result), callTable(result), links(result)]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')

const heading = ({ outcome, hosts, problem }: Result): string => {
  switch (outcome) {
    case 'changed':
      return `## ✅ EdgeOne accepted the certificate for ${count(hosts.length, 'host')}`
    case 'failed':
      return `## ❌ EdgeOne certificate not bound: ${code(problem?.code ?? '')}`
    case 'cancelled':
      return '## ⏹️ EdgeOne certificate: cancelled'
    default:
      return outcome satisfies never
  }
}

const lead = ({ outcome }: Result): string =>
  outcome === 'changed'
    ? 'It is being deployed now: until that ends, visitors may still see the previous certificate. This step did not wait for it (`wait-for: accepted`).'
    : ''

const failure = (result: Result): string => {
  const { problem } = result
  if (problem === undefined) return ''
  const { message, explanation, requestId, findings } = problem
  const found = findings.map(({ input, seen, expected }) => [`**${prose(input)}**`, prose(seen), prose(expected)])
  const happened = message.trim() === '' ? 'The service gave no message.' : code(message)
  const lines = [
    found.length === 0 ? `- **What happened:** ${happened}` : '',
    explanation ? `- **Cause:** ${explanation.meaning}` : '',
    explanation ? `- **What to do:** ${explanation.fix}` : '',
    requestId === undefined ? '' : `- **RequestId:** ${code(requestId)}`,
    `- **State:** ${stateLine(result)}`,
  ]
  const inputs = found.length === 0 ? '' : `${table(['Input', 'Seen', 'Expected'], found)}\n\n`
  return inputs + lines.filter((line) => line !== '').join('\n')
}

const states: Readonly<Record<HostState, string>> = {
  accepted: 'accepted, deploying',
  refused: 'refused',
  unknown: 'unknown: sent, no answer',
  untouched: 'untouched',
}

const hostTable = (result: Result): string => {
  const { inputs, hosts, requestId } = result
  if (inputs === undefined || hosts.length === 0) return ''
  const rows = hosts
    .slice(0, mostRows)
    .map(({ host, state }) => [
      code(host),
      code(certificateText(inputs).replaceAll(',', ', ')),
      states[state],
      state === 'untouched' || requestId === undefined ? '–' : code(requestId),
    ])
  const more = hosts.length > mostRows ? `\n\n… and ${hosts.length - mostRows} more` : ''
  return table(['Host', 'Certificate', 'State', 'RequestId'], rows) + more
}

const callTable = ({ calls }: Result): string => {
  if (calls.length === 0) return ''
  const rows = calls
    .slice(0, mostRows)
    .map(({ action, outcome, requestId }, i) => [String(i + 1), code(action), code(outcome), code(requestId ?? '')])
  const body = table(['#', 'Action', 'Answer', 'RequestId'], rows)
  return `<details><summary>API calls (${calls.length})</summary>\n\n${body}\n\n</details>`
}

const links = ({ inputs }: Result): string => {
  if (inputs === undefined) return ''
  const { console: base, name } = sites[inputs.site]
  return `Site ${code(inputs.zoneId)} (${name}), API ${inputs.apiVersion} · [EdgeOne console](${base}/edgeone) · [SSL certificates](${base}/ssl)`
}
