import type { Bound, Domain } from '../cloud/domains.ts'
import { certificateText, type HostResult, hostsIn, type Result, unreached } from '../result.ts'
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
  const { outcome, requestId, problem, hosts } = result
  const reached = hostsIn(result, 'deployed', 'accepted', 'unchanged').length > 0
  return {
    outcome,
    changed: String(hosts.some(({ writes }) => writes > 0)),
    'request-id': requestId ?? '',
    'error-code': problem?.code ?? '',
    'error-message': problem === undefined ? '' : oneLine(problem.message) || 'The service gave no message.',
    'cert-id': reached && result.inputs?.mode === 'sslcert' ? certificateText(result) : '',
    'not-after': reached ? (iso(earliestExpiry(result)) ?? '') : '',
    'changed-hosts': JSON.stringify(hostsIn(result, 'accepted', 'deployed')),
    'unchanged-hosts': JSON.stringify(hostsIn(result, 'unchanged')),
    'failed-hosts': JSON.stringify(hostsIn(result, ...unreached)),
    result: JSON.stringify(documentOf(result)),
  }
}

/** ISO 8601, UTC, from Unix milliseconds. */
const iso = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : new Date(ms).toISOString())

/** The earliest expiry of the certificates that the step brings, Unix milliseconds, as SSL Certificate Service or EdgeOne told it. */
const earliestExpiry = ({ certificates, hosts }: Result): number | undefined => {
  const ids = new Set(certificates.map(({ id }) => id))
  const bound = hosts.flatMap(({ after, step }) => (after ?? step?.before)?.certificates ?? [])
  const known = [...certificates, ...bound.filter(({ id }) => ids.has(id))].flatMap(({ notAfter }) => notAfter ?? [])
  return known.length === 0 ? undefined : known.reduce((a, b) => Math.min(a, b))
}

/** The `result` output (docs/result.schema.json): everything as one document. What is not known is left out. */
const documentOf = (result: Result) => {
  const { outcome, inputs, zoneId, certificates, hosts, requestId, problem, calls, warnings } = result
  return {
    outcome,
    requestId,
    site: inputs?.site,
    apiVersion: inputs?.apiVersion,
    zoneId: zoneId ?? inputs?.zoneId,
    mode: inputs?.mode,
    dryRun: inputs?.dryRun,
    waitFor: inputs?.waitFor,
    certificates: certificates.map(({ id, algorithm, names, notBefore, notAfter }) => ({
      id,
      algorithm,
      names,
      notBefore: iso(notBefore),
      notAfter: iso(notAfter),
    })),
    hosts: hosts.map(hostOf),
    error: problem && {
      code: problem.code,
      message: problem.message,
      meaning: problem.explanation?.meaning,
      fix: problem.explanation?.fix,
      requestId: problem.requestId,
      findings: problem.findings.length === 0 ? undefined : problem.findings,
    },
    calls,
    warnings,
  }
}

const hostOf = ({ host, state, step, after, requestId, problem }: HostResult) => ({
  host,
  state,
  ...(step && {
    action: step.kind,
    reason: step.reason,
    before: step.before && domainOf(step.before),
    target: { mode: step.setting.mode, certificates: step.setting.ids },
    keeps: step.keeps.length === 0 ? undefined : step.keeps.map(({ id }) => id),
    replaces: step.replaces.length === 0 ? undefined : step.replaces.map(({ id }) => id),
    drops:
      step.drops.length === 0 ? undefined : step.drops.map(({ certificate, why }) => ({ id: certificate.id, why })),
  }),
  after: after && domainOf(after),
  requestId,
  error: problem && { code: problem.code, message: problem.message, requestId: problem.requestId },
})

const domainOf = ({ status, mode, certificates }: Domain) => ({ status, mode, certificates: certificates.map(boundOf) })

const boundOf = ({ id, algorithm, type, notAfter, status }: Bound) => ({
  id,
  algorithm,
  type,
  notAfter: iso(notAfter),
  status,
})
