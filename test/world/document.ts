import type { StepRun } from './runner.ts'

interface Setting {
  readonly mode?: string
  readonly certificates?: readonly (string | { readonly id: string })[]
}

export interface HostResult {
  readonly host: string
  readonly state: string
  readonly before?: Setting
  readonly after?: Setting
  readonly target?: Setting
  readonly error?: { readonly code: string }
}

export interface SiteResult {
  readonly zoneId?: string
  readonly hosts: readonly HostResult[]
  readonly calls: readonly unknown[]
  readonly warnings?: readonly string[]
  readonly notes: readonly string[]
}

export interface ResultDocument {
  readonly outcome: string
  readonly error?: { readonly code: string }
  readonly sites: readonly SiteResult[]
}

/**
 * The document with the result of a run. The output `result` describes a single site at the top level; the file at
 * `result-path` has a list of sites.
 */
export const documentOf = ({ document }: Pick<StepRun, 'document'>): ResultDocument => {
  const parsed = JSON.parse(document)
  return 'sites' in parsed ? parsed : { ...parsed, sites: [parsed] }
}

const settingText = (setting: Setting | undefined): string => {
  if (setting === undefined) return '?'
  const { mode, certificates = [] } = setting
  const ids = certificates.map((one) => (typeof one === 'string' ? one : one.id)).join(' + ')
  return mode === 'sslcert' || mode === undefined ? ids || 'no certificate' : [mode, ids].filter(Boolean).join(' ')
}

/** `served, old → new`, with the target where the host has something else, or its later state is unknown. */
const hostText = ({ state, before, after, target, error }: HostResult): string => {
  const [from, to, wanted] = [before, after, target].map(settingText)
  const settings = [
    ...(before === undefined && after === undefined ? [] : [after === undefined ? from : `${from} → ${to}`]),
    ...(target === undefined || wanted === to ? [] : [`target ${wanted}`]),
  ]
  return [state, ...settings, ...(error === undefined ? [] : [error.code])].join(', ')
}

/** Names of hosts with the same result. */
const namesText = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(' ')} and ${names.length - 3} more` : names.join(' ')

const siteDigest = ({ zoneId, hosts, calls, warnings = [], notes }: SiteResult): string[] => {
  const alike = Map.groupBy(hosts, hostText)
  const counts = `${calls.length} calls, ${warnings.length} warnings, ${notes.length} notes`
  return [
    `${zoneId ?? '(no site)'}: ${counts}`,
    ...[...alike].map(([text, some]) => `  ${namesText(some.map(({ host }) => host))}: ${text}`),
  ]
}

/** What a reviewer needs to see of the document: the outcome, and for each host its state, its certificates before and after, and its error. */
export const documentDigest = (run: Pick<StepRun, 'document'>): string[] => {
  const { outcome, error, sites } = documentOf(run)
  return [`outcome ${outcome}${error === undefined ? '' : `, ${error.code}`}`, ...sites.flatMap(siteDigest)]
}
