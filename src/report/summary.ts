import type { CallRecord, Result, SiteResult } from '../model/result.ts'
import { sites as siteFacts } from '../model/site.ts'
import { clip, code, list, oneLine, prose } from '../util/text.ts'
import { failures } from './failures.ts'
import { heading, lead } from './heading.ts'
import { hostTable } from './hosts.ts'
import { manySites } from './many.ts'
import { table, within } from './table.ts'
import { timeline } from './timeline.ts'

/** Maximum size of parts that may be of any length, bytes; GitHub drops a summary of more than 1 MiB as a whole. */
const callBytes = 160 * 1024
const warningBytes = 64 * 1024
/** Maximum length of a text from outside, characters. */
const maxText = 4000

/**
 * The job summary, in Markdown. Text from outside is in code spans, where nothing is interpreted, or is escaped. `now`: Unix
 * milliseconds.
 */
export const summaryOf = (result: Result, now: number): string => {
  const { sites } = result
  const [only] = sites
  const main =
    sites.length > 1
      ? manySites(result)
      : [
          heading(result),
          lead(result),
          failures(result),
          ...(only ? [hostTable(only), notes(only), timeline(only, now)] : []),
        ]
  const parts = [
    ...main,
    share(result),
    warnings(result),
    callTable(result),
    only && sites.length === 1 ? links(only) : '',
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** Which accounts of the manifest this share had. */
const share = ({ shard, sites }: Result): string => {
  if (shard === undefined) return ''
  const names = [...new Set(sites.map(({ account }) => account ?? 'the credential inputs'))]
  return `Share ${code(shard)}: ${names.length === 0 ? 'no account' : prose(list(names, 50))}`
}

const notes = (site: SiteResult): string =>
  within(
    site.notes.map((note) => `- ${prose(clip(note.en, maxText))}`),
    warningBytes,
  ).join('\n')

const warnings = (result: Result): string => {
  const all = result.warnings.map(({ en }) => en).filter((warning) => oneLine(warning) !== '')
  if (all.length === 0) return ''
  const lines = within(
    all.map((warning) => `> - ${prose(clip(warning, maxText))}`),
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
  const body = table(['#', 'Action', 'Answer', 'RequestId'], calls, row, callBytes)
  return `<details><summary>API calls (${calls.length})</summary>\n\n${body}\n\n</details>`
}

const links = ({ options, zone }: SiteResult): string => {
  const { console: base, name } = siteFacts[options.site]
  return `Site ${code(zone.id ?? zone.name ?? '')} (${name}), API ${options.apiVersion} · [EdgeOne console](${base}/edgeone) · [SSL certificates](${base}/ssl)`
}
