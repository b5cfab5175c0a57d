import type { HostResult, Result, SiteResult } from '../model/result.ts'
import { hostsOf, wasPlanned } from '../model/result.ts'
import { clip, code, prose } from '../util/text.ts'
import { countLine, named } from './facts.ts'
import { failures } from './failures.ts'
import { headingOf, lead } from './heading.ts'
import { hostTables } from './hosts.ts'
import { type Limits, ofComment, ofSummary } from './limits.ts'
import { manySites } from './many.ts'
import { callTable, warningBox } from './parts.ts'
import { notes, place } from './place.ts'
import { folded, joined, nowrap, table } from './table.ts'
import { timeline } from './timeline.ts'
import type { Voice } from './voice.ts'

/**
 * The job summary, in Markdown. Text from outside is in code spans, where nothing is interpreted, or is escaped. `now`: Unix
 * milliseconds.
 */
export const summaryOf = (result: Result, now: number, voice: Voice): string =>
  `${joined([...partsOf(result, now, voice, ofSummary), requests(result, voice, ofSummary)])}\n`

/** The summary for a comment: without RequestIds and calls, and with less of what may be long. */
export const commentOf = (result: Result, now: number, voice: Voice): string =>
  `${joined(partsOf(result, now, voice, ofComment))}\n`

const partsOf = (result: Result, now: number, voice: Voice, limits: Limits): readonly string[] => {
  const [only] = result.sites
  const isMany = result.sites.length > 1
  const main = isMany ? manySites(result, now, voice, limits) : oneSite(result, only, now, voice, limits)
  return [
    ...main,
    warningBox(result.warnings, voice, { max: limits.text, bytes: limits.warnings }),
    share(result, voice),
    only !== undefined && !isMany ? timeline(only, now, voice.words) : '',
    only !== undefined && !isMany ? place(only, now, voice) : '',
  ]
}

const oneSite = (
  result: Result,
  site: SiteResult | undefined,
  now: number,
  voice: Voice,
  limits: Limits,
): readonly string[] => [
  `## ${headingOf(result, voice)}`,
  countLine(hostsOf(result), voice.words, nowrap),
  lead(result, voice.words),
  failures(result, voice, limits),
  site === undefined ? '' : hostTables(site, { words: voice.words, now, bytes: limits.hosts }),
  site === undefined ? '' : notes(site, voice, limits, limits.notes),
]

/** Which accounts of the manifest this share had. */
const share = ({ shard, sites }: Result, { words }: Voice): string => {
  if (shard === undefined) return ''
  const names = [...new Set(sites.map(({ account }) => account ?? words.ownInputs))]
  return words.share(code(shard), names.length === 0 ? words.noAccount : named(names, 50, words, prose))
}

/** RequestIds, and all calls, folded. */
const requests = (result: Result, { words }: Voice, limits: Limits): string => {
  const { calls } = result
  if (calls.length === 0) return ''
  const byId = Map.groupBy(hostsOf(result).filter(wasSent), ({ requestId }) => requestId)
  const idRow = ([id, hosts]: readonly [string, readonly HostResult[]]) => [
    code(clip(id, 80)),
    named(
      hosts.map(({ host }) => host),
      10,
      words,
      (name) => code(clip(name, 100)),
    ),
  ]
  const ids = [...byId]
  const hosts = ids.length === 0 ? '' : table([words.requestId, words.hostsHead], ids, idRow, limits.calls, words.more)
  return folded(words.calls(calls.length), joined([hosts, callTable(calls, words, limits.calls)]))
}

/** Whether a call of ModifyHostsCertificate was answered for the host. */
const wasSent = (host: HostResult): host is Extract<HostResult, { plan: unknown }> & { readonly requestId: string } =>
  wasPlanned(host) && host.requestId !== undefined
