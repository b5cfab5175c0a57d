import type { HostState } from '../model/progress.ts'
import { hostsIn, hostsOf, type Result, wasPlanned } from '../model/result.ts'
import { clip, code, count } from '../util/text.ts'

/** What happened, to how many hosts. */
export const heading = (result: Result): string => {
  const { outcome, problem, sites } = result
  const hosts = hostsOf(result)
  const n = (...states: readonly HostState[]) => hostsIn(hosts, ...states).length
  const astray = hosts.filter((host) => wasPlanned(host) && host.drift?.state === 'open').length
  const mode = sites[0]?.mode ?? 'sslcert'
  const what = mode === 'sslcert' ? 'certificate' : code(mode)
  const already = n('unchanged') === 0 ? '' : `, ${n('unchanged')} already had it`
  const failure = code(clip(problem?.code ?? '', 200))
  // Whatever else happened, these matter most.
  if (n('rollback-failed') > 0) return `## 🚨 ${count(n('rollback-failed'), 'host')} NOT rolled back: ${failure}`
  if (astray > 0) return `## 🚨 ${count(astray, 'host')} WITHOUT the previous mutual TLS: ${failure}`
  switch (outcome) {
    case 'changed':
      if (n('served') > 0) return `## ✅ EdgeOne ${what} deployed to ${count(n('served'), 'host')} and served${already}`
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
      return `## ❌ EdgeOne certificate: ${failure}`
    case 'rolled-back':
      return `## ↩️ EdgeOne certificate rolled back on ${count(n('rolled-back'), 'host')}: ${failure}`
    case 'cancelled':
      return '## ⏹️ EdgeOne certificate: cancelled'
    default:
      return outcome satisfies never
  }
}

/** What a reader should know about a success; empty when there is nothing. */
export const lead = (result: Result): string => {
  const { outcome, sites } = result
  if (outcome === 'planned') return 'Nothing was changed. Without `dry-run`, the step would do what the table shows.'
  if (outcome !== 'changed' || hostsIn(hostsOf(result), 'accepted').length === 0) return ''
  const isAsked = sites.some(({ options }) => options.waitFor === 'accepted')
  const asked = isAsked ? ' This step did not wait for the deployment (`wait-for: accepted`).' : ''
  return `The deployment is in progress. Until it ends, visitors may still see the previous certificate.${asked}`
}
