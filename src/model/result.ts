import { type Language, sentences, type Text } from '../util/language.ts'
import { count, listedTexts } from '../util/text.ts'
import type { Certificate } from './certificate.ts'
import type { CertificateEvent } from './certificate-event.ts'
import { altered, faultText, hasCode, ownProblem, type Problem } from './problem.ts'
import { type BadState, type GoodState, type HostState, hostStates, isGood, type Progress } from './progress.ts'
import type { Mode } from './setting.ts'
import type { SiteOptions } from './spec.ts'

/** How the step, or its work on one site, ended. */
export type Outcome = 'changed' | 'unchanged' | 'planned' | 'failed' | 'rolled-back' | 'cancelled'

/** One attempt of an API call, and its outcome. */
export interface CallRecord {
  readonly action: string
  /** `ok`, or the code of the failure. */
  readonly outcome: string
  readonly requestId?: string | undefined
  /** The ID of the site for which it was made, if there are several. */
  readonly site?: string | undefined
}

/** A host in the report; without a plan, only its name is known. */
export type HostResult = Progress | { readonly host: string; readonly state: 'untouched'; readonly writes: 0 }

export const wasPlanned = (host: HostResult): host is Progress => 'plan' in host

/** What the step did and found at one site. */
export interface SiteResult {
  readonly options: SiteOptions
  readonly mode: Mode
  readonly outcome: Outcome
  /** The account's name in the manifest. */
  readonly account?: string | undefined
  /** As far as it is known. */
  readonly zone: { readonly id?: string | undefined; readonly name?: string | undefined }
  /** The certificates to deploy, as far as they are known. */
  readonly certificates: readonly Certificate[]
  /** In order of name. */
  readonly hosts: readonly HostResult[]
  /** RequestId of the last ModifyHostsCertificate call that EdgeOne accepted. */
  readonly requestId: string | undefined
  readonly problem: Problem | undefined
  /** Uploads, and what happened to old certificates. */
  readonly events: readonly CertificateEvent[]
  readonly notes: readonly Text[]
}

/** A site in a sentence: its name and ID, as far as they are known. */
export const siteName = ({ zone: { id, name } }: Pick<SiteResult, 'zone'>): string =>
  name === undefined ? (id ?? 'unknown') : id === undefined ? name : `${name} (${id})`

/** The same with the account in the manifest, as the lines of the log have it: sites of several accounts may share a name. */
export const siteLabel = (site: Pick<SiteResult, 'zone' | 'account'>): string =>
  site.account === undefined ? siteName(site) : `[${site.account}] ${siteName(site)}`

/** Everything that the step did and found. Outputs, summary and annotations are made from it. */
export interface Result {
  readonly outcome: Outcome
  readonly problem: Problem | undefined
  /** RequestId of the last ModifyHostsCertificate call; on failure, of the call that failed. */
  readonly requestId: string | undefined
  /** Empty when the inputs are wrong. */
  readonly sites: readonly SiteResult[]
  readonly calls: readonly CallRecord[]
  readonly warnings: readonly Text[]
  /** The share of the accounts in the manifest, as given: `2/4`. */
  readonly shard?: string | undefined
  /** In which language it is reported. */
  readonly language: Language
  /** The deadline of the step, Unix milliseconds; unknown when its inputs are wrong. */
  readonly deadline?: number | undefined
}

export const hostsOf = ({ sites }: Pick<Result, 'sites'>): readonly HostResult[] => sites.flatMap(({ hosts }) => hosts)

/** Names of the hosts in one of these states. */
export const hostsIn = (hosts: readonly HostResult[], ...states: readonly HostState[]): string[] =>
  hosts.filter(({ state }) => states.includes(state)).map(({ host }) => host)

/** Names of the hosts that did not get what they should have. */
export const failedHosts = (hosts: readonly HostResult[]): string[] =>
  hosts.filter(({ state }) => !isGood(state)).map(({ host }) => host)

export type { BadState, GoodState, HostState }
export { hostStates, isGood }

/** How the run ended, from how its sites did. `stopped`: why nothing was done at any site. */
export const resultOf = (facts: {
  readonly sites: readonly SiteResult[]
  readonly stopped: Problem | undefined
  readonly calls: readonly CallRecord[]
  readonly warnings: readonly Text[]
  readonly shard?: string | undefined
  readonly language: Language
}): Result => {
  const { sites, stopped, calls, warnings, shard, language } = facts
  const problem = stopped ?? problemOf(sites)
  const outcome = stopped === undefined ? outcomeOf(sites) : hasCode(stopped, 'Run.Cancelled') ? 'cancelled' : 'failed'
  const isFailure = problem !== undefined && outcome !== 'cancelled'
  const last = sites.findLast((site) => site.requestId !== undefined)?.requestId
  const requestId = isFailure ? problem.requestId : last
  return { outcome, problem, requestId, sites, calls, warnings, shard, language }
}

/** From the most severe. */
const bySeverity: readonly Outcome[] = ['cancelled', 'failed', 'rolled-back', 'changed', 'planned', 'unchanged']

const outcomeOf = (sites: readonly SiteResult[]): Outcome =>
  bySeverity.find((one) => sites.some(({ outcome }) => outcome === one)) ?? 'unchanged'

/** The failures of the sites as one Problem: of the only site that failed, or with the code that they have in common. */
const problemOf = (sites: readonly SiteResult[]): Problem | undefined => {
  const failed = sites.flatMap((site) => (site.problem === undefined ? [] : { site, problem: site.problem }))
  const [first] = failed
  if (first === undefined || sites.length === 1) return first?.problem
  const loudest = failed.find(({ problem }) => hasCode(problem, 'Verify.RollbackFailed')) ?? first
  const shared = new Set(failed.map(({ problem }) => problem.code)).size === 1
  const each = failed.map(({ site, problem }): Text => {
    const { en, zh } = faultText(problem)
    return { en: `${siteLabel(site)}: ${en}`, zh: `${siteLabel(site)}：${zh}` }
  })
  const lead = {
    en: `${failed.length} of ${count(sites.length, 'site')} failed.`,
    zh: `${sites.length} 个站点中有 ${failed.length} 个失败。`,
  }
  const message = sentences([lead, listedTexts(each, 5)])
  const { requestId, row } = loudest.problem
  if (shared || loudest !== first) return altered(loudest.problem, { message, findings: [], row, requestId })
  return ownProblem('Run.SitesFailed', { message, requestId })
}
