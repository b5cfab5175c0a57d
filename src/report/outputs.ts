import { distinct, earliest } from '../model/certificate.ts'
import { certificateText, type HostResult, hostsIn, type Result, unreached } from '../model/result.ts'
import type { Step } from '../plan/plan.ts'
import type { Bound, DomainState } from '../tencent/hosts.ts'
import { lotsOf } from '../util/concurrency.ts'
import { madeOnce } from '../util/memo.ts'
import { oneLine } from '../util/text.ts'

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
type OutputName = (typeof outputNames)[number]
/** `result` comes in pieces, made as they are asked for, once: as one text, that of ten thousand hosts would outweigh all else. */
export type Outputs = Readonly<Record<Exclude<OutputName, 'result'>, string>> & { readonly result: Iterable<string> }

/** Every output, on success and on failure alike; what does not apply is empty. */
export const outputsOf = (result: Result): Outputs => {
  const { outcome, requestId, problem, hosts } = result
  const reached = hostsIn(result, 'served', 'deployed', 'accepted', 'unchanged').length > 0
  return {
    outcome,
    changed: String(hosts.some(({ writes }) => writes > 0)),
    'request-id': oneLine(requestId ?? ''),
    'error-code': oneLine(problem?.code ?? ''),
    'error-message': problem === undefined ? '' : oneLine(problem.message) || 'The service gave no message.',
    'cert-id': reached && result.inputs?.mode === 'sslcert' ? oneLine(certificateText(result)) : '',
    'not-after': reached ? (iso(earliestExpiry(result)) ?? '') : '',
    'changed-hosts': JSON.stringify(hostsIn(result, 'accepted', 'deployed', 'served')),
    'unchanged-hosts': JSON.stringify(hostsIn(result, 'unchanged')),
    'failed-hosts': JSON.stringify(hostsIn(result, ...unreached)),
    result: documentOf(result),
  }
}

/** ISO 8601, UTC, from Unix milliseconds. */
const iso = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : new Date(ms).toISOString())

/** The earliest expiry of the certificates that the step brings, Unix milliseconds, as SSL Certificate Service or EdgeOne told it. */
const earliestExpiry = ({ certificates, hosts }: Result): number | undefined => {
  const ids = new Set(certificates.map(({ id }) => id))
  const bound = [...new Set(hosts.map(({ after, step }) => (after ?? step?.before)?.certificates ?? []))].flat()
  const known = [...certificates, ...bound.filter(({ id }) => ids.has(id))].flatMap(({ notAfter }) => notAfter ?? [])
  return known.length === 0 ? undefined : earliest(known)
}

/** Hosts in one piece. */
const hostsAtOnce = 100

/** The `result` output (docs/result.schema.json): everything as one document. What is not known is left out. */
function* documentOf(result: Result): Generator<string> {
  yield `${JSON.stringify(headOf(result)).slice(0, -1)},"hosts":[`
  for (const [i, some] of lotsOf(result.hosts, hostsAtOnce).entries()) {
    yield (i === 0 ? '' : ',') + JSON.stringify(some.map(hostOf)).slice(1, -1)
  }
  yield ']}'
}

const headOf = (result: Result) => {
  const { outcome, inputs, zoneId, certificates, requestId, problem, calls, warnings, notes } = result
  return {
    outcome,
    requestId,
    site: inputs?.site,
    apiVersion: inputs?.apiVersion,
    zoneId: zoneId ?? inputs?.zoneId,
    mode: inputs?.mode,
    dryRun: inputs?.dryRun,
    waitFor: inputs?.waitFor,
    certificates: certificates.map(({ id, algorithm, sha256, names, notBefore, notAfter }) => ({
      id,
      algorithm,
      sha256,
      names,
      notBefore: iso(notBefore),
      notAfter: iso(notAfter),
    })),
    bound: otherCertificates(result).map(({ id, algorithm, type, notAfter }) => ({
      id,
      algorithm,
      type,
      notAfter: iso(notAfter),
    })),
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
    notes,
  }
}

const hostOf = ({ host, state, step, after, requestId, problem }: HostResult) => {
  const change = state === 'unchanged' ? undefined : step
  return {
    host,
    state,
    before: step?.before && domainOf(step.before),
    action: change?.kind,
    reason: change?.reason,
    target: change && targetOf(change.setting),
    keeps: change && idsOf(change.keeps),
    replaces: change && idsOf(change.replaces),
    drops: change && dropsOf(change.drops),
    after: after && domainOf(after),
    requestId,
    error: problem && { code: problem.code, message: problem.message, requestId: problem.requestId },
  }
}

const domainOf = ({ status, mode, certificates }: DomainState) => ({
  status,
  mode,
  certificates: certificatesOf(certificates),
})
const certificatesOf = madeOnce((list: readonly Bound[]) => list.map(({ id, status }) => ({ id, status })))
const targetOf = madeOnce(({ mode, ids }: Step['setting']) => ({ mode, certificates: ids }))
const idsOf = madeOnce((list: readonly Bound[]) => (list.length === 0 ? undefined : list.map(({ id }) => id)))
const dropsOf = madeOnce((list: Step['drops']) =>
  list.length === 0 ? undefined : list.map(({ certificate, why }) => ({ id: certificate.id, why })),
)

/** What is known of the certificates that hosts had or have, beside those that the step brings: each once, however many have it. */
const otherCertificates = ({ certificates, hosts }: Result): readonly Bound[] => {
  const brought = new Set(certificates.map(({ id }) => id))
  const had = hosts.map(({ step }) => step?.before?.certificates ?? [])
  const have = hosts.map(({ after }) => after?.certificates ?? [])
  return distinct([...had, ...have]).filter(({ id }) => !brought.has(id))
}
