import { distinct } from '../model/certificate.ts'
import type { Result } from '../model/result.ts'
import type { Bound } from '../tencent/hosts.ts'
import { clip, day } from '../util/text.ts'

/** Certificates in one section of the timeline: more would be no help to a reader. */
const most = 8

interface Bar {
  readonly label: string
  readonly from: number | undefined
  readonly until: number
  /** No tag for what is valid: Mermaid's dark theme makes the label of an `active` bar invisible where it stands beside it. */
  readonly tag: '' | 'done, ' | 'crit, '
}

/**
 * Validity of the certificates as a Mermaid Gantt chart: those that the step brings, those that it keeps, those that it replaces. Only what is known is drawn:
 * a bar from the first day to the last, or from the day of deployment; with neither, a milestone at the end. Empty when no date is known.
 */
export const timeline = ({ outcome, certificates, hosts }: Result, now: number): string => {
  const steps = hosts.flatMap(({ step }) => step ?? [])
  const brought = new Set(certificates.map(({ id }) => id))
  const others = (lists: Iterable<readonly Bound[]>) => distinct(lists).filter(({ id }) => !brought.has(id))
  const dropped = [...new Set(steps.map(({ drops }) => drops))].map((all) => all.map(({ certificate }) => certificate))
  const kept = others(steps.map(({ keeps }) => keeps))
  const gone = others([...steps.map(({ replaces }) => replaces), ...dropped])
  const sections: readonly (readonly [string, readonly Bar[]])[] = [
    [outcome === 'unchanged' ? 'Current' : 'New', certificates.flatMap((one) => barOf(one, one.notBefore, now))],
    ['Kept', kept.flatMap((one) => barOf(one, one.notBefore ?? one.deployed, now))],
    ['Replaced', gone.flatMap((one) => barOf(one, one.notBefore ?? one.deployed, now, 'done, '))],
  ]
  const lines = sections.flatMap(([title, bars]) =>
    bars.length === 0 ? [] : [`  section ${title}`, ...bars.slice(0, most).map(barLine)],
  )
  if (lines.length === 0) return ''
  const shown = sections.flatMap(([, bars]) => bars.slice(0, most))
  const start = Math.min(...shown.map(({ from, until }) => from ?? until))
  const end = Math.max(...shown.map(({ until }) => until))
  const today = start <= now && now <= end
  return [
    `Validity of the certificates${today ? '; the red line is today' : ''}:`,
    '',
    '```mermaid',
    'gantt',
    '  dateFormat YYYY-MM-DD',
    ...axis((end - start) / week),
    // Outside of the chart's time its line would cross the names of the sections.
    ...(today ? [] : ['  todayMarker off']),
    ...lines,
    '```',
  ].join('\n')
}

const week = 604_800_000

/** Some four ticks: as many as a phone has room for. */
const axis = (weeks: number): string[] => {
  // Divisors of a year, with each of which Mermaid begins to count months anew.
  const months = [1, 2, 3, 4, 6, 12].find((n) => weeks / n < 20)
  const [format, interval] =
    weeks < 9
      ? ['%m-%d', `${weeks < 5 ? 1 : 2}week`]
      : ['%Y-%m', months === undefined ? `${Math.ceil(weeks / 4)}week` : `${months}month`]
  return [`  axisFormat ${format}`, `  tickInterval ${interval}`]
}

const barOf = (
  { id, algorithm, notAfter }: Bound,
  from: number | undefined,
  now: number,
  tag: Bar['tag'] = '',
): Bar[] => {
  // An ID goes into the source of a chart, which has no way to quote: what is not plainly an ID stays out.
  if (notAfter === undefined || !/^[\w-]{1,64}$/.test(id)) return []
  // The first word is ours, for an ID may be a word of Mermaid, such as `title`.
  const label = `${algorithm ?? 'ID'} ${clip(id, 24)}`
  return [
    {
      label,
      from: from !== undefined && from < notAfter ? from : undefined,
      until: notAfter,
      tag: notAfter <= now ? 'crit, ' : tag,
    },
  ]
}

const barLine = ({ label, from, until, tag }: Bar): string =>
  from === undefined
    ? `  ${label}, to ${day(until)} : milestone, ${tag}${day(until)}, 0d`
    : `  ${label} : ${tag}${day(from)}, ${day(until)}`
