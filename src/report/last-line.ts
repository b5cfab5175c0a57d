import { hostsOf, type Result } from '../model/result.ts'
import { duration } from '../util/text.ts'
import { countsIn } from './hosts.ts'
import { en } from './words-en.ts'

const ends: Readonly<Record<Result['outcome'], string>> = {
  changed: 'Done in',
  unchanged: 'Done in',
  planned: 'Dry run done in',
  failed: 'Failed after',
  'rolled-back': 'Failed and rolled back after',
  cancelled: 'Cancelled after',
}

/** The last line of the log: how the step ended, what happened to how many hosts, and the RequestId. `ms`: how long it took. */
export const lastLine = (result: Result, ms: number): string => {
  const { outcome, problem, requestId, sites } = result
  const hosts = hostsOf(result)
  const failed = sites.filter((site) => site.problem !== undefined).length
  const parts = [
    ...(sites.length > 1 && failed > 0 ? [en.headline.sitesFailed({ n: failed, all: sites.length })] : []),
    ...(sites.length > 1 && failed === 0 ? [en.sites(sites.length)] : []),
    hosts.length === 0 ? 'no hosts' : `${en.hosts(hosts.length)}: ${countsIn(hosts, en).join(', ')}`,
    ...(problem === undefined ? [] : [problem.code]),
  ]
  const end = requestId === undefined || requestId === '' ? '' : ` RequestId: ${requestId}`
  return `${ends[outcome]} ${duration(ms)} – ${parts.join('; ')}.${end}`
}
