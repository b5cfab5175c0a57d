import { certificateText, hostsIn, type Result } from '../result.ts'
import { oneLine } from '../text.ts'

/** Names of all outputs. action.yml says the same; a test compares them. */
export const outputNames = [
  'outcome',
  'changed',
  'request-id',
  'error-code',
  'error-message',
  'cert-id',
  'not-after',
  'changed-hosts',
  'unchanged-hosts',
  'failed-hosts',
  'result',
] as const
export type Outputs = Readonly<Record<(typeof outputNames)[number], string>>

/** Every output, on success and on failure alike; what does not apply is empty. */
export const outputsOf = (result: Result): Outputs => {
  const { outcome, inputs, requestId, problem } = result
  const changed = hostsIn(result, 'accepted')
  return {
    outcome,
    changed: String(changed.length > 0),
    'request-id': requestId ?? '',
    'error-code': problem?.code ?? '',
    'error-message': problem === undefined ? '' : oneLine(problem.message) || 'The service gave no message.',
    'cert-id': inputs !== undefined && changed.length > 0 ? certificateText(inputs) : '',
    'not-after': '',
    'changed-hosts': JSON.stringify(changed),
    'unchanged-hosts': '[]',
    'failed-hosts': JSON.stringify(hostsIn(result, 'refused', 'unknown', 'untouched')),
    result: JSON.stringify(document(result)),
  }
}

/** The `result` output: everything as one document. What is not known is left out. */
const document = ({ outcome, inputs, hosts, requestId, problem, calls, warnings }: Result) => ({
  outcome,
  requestId,
  ...(inputs === undefined
    ? {}
    : {
        site: inputs.site,
        apiVersion: inputs.apiVersion,
        zoneId: inputs.zoneId,
        waitFor: inputs.waitFor,
        certificates: inputs.certificates === 'default' ? 'default' : inputs.certificates.map((id) => ({ id })),
      }),
  hosts: hosts.map(({ host, state }) => ({
    host,
    state,
    requestId: state === 'untouched' ? undefined : requestId,
    errorCode: state === 'accepted' ? undefined : problem?.code,
  })),
  error:
    problem === undefined
      ? undefined
      : {
          code: problem.code,
          message: problem.message,
          meaning: problem.explanation?.meaning,
          fix: problem.explanation?.fix,
          requestId: problem.requestId,
          findings: problem.findings.length === 0 ? undefined : problem.findings,
        },
  calls,
  warnings,
})
