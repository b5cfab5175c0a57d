import type { Bound } from '../model/host.ts'
import type { HostState, Progress } from '../model/progress.ts'
import { type HostResult, type SiteResult, wasPlanned } from '../model/result.ts'
import { uniqueBy } from '../util/lists.ts'
import { clip, day } from '../util/text.ts'
import { countIn, isAboutChange } from './facts.ts'
import type { Section, Words } from './words.ts'

/** Maximum number of certificates in one section of the timeline: more would not help a reader. */
const maxBars = 8

interface Bar {
  readonly label: string
  readonly from: number | undefined
  readonly until: number
  /** Empty for a valid certificate: in Mermaid's dark theme, a label beside an `active` bar is invisible. */
  readonly tag: '' | 'done, ' | 'crit, '
}

/**
 * Validity of the certificates of a site as a Mermaid Gantt chart: those that the step deploys, keeps and replaces. Only known dates are
 * drawn: a bar from notBefore, or else from the deployment, to notAfter; with neither start, a milestone. Empty when nothing changed, or
 * when no date is known.
 */
export const timeline = (site: SiteResult, now: number, words: Words): string => {
  if (!isAboutChange(site.hosts)) return ''
  const all = sectionsOf(site, now).map(([section, bars]) => [section, bars.slice(0, maxBars)] as const)
  const lines = all.flatMap(([section, bars]) =>
    bars.length === 0 ? [] : [`  section ${words.sections[section]}`, ...bars.map((bar) => barLine(bar, words))],
  )
  if (lines.length === 0) return ''
  const shown = all.flatMap(([, bars]) => bars)
  const start = Math.min(...shown.map(({ from, until }) => from ?? until))
  const end = Math.max(...shown.map(({ until }) => until))
  const today = start <= now && now <= end
  return [
    today ? words.validityToday : words.validity,
    '',
    '```mermaid',
    'gantt',
    '  dateFormat YYYY-MM-DD',
    ...axis((end - start) / week),
    // Outside the chart's time range, the line would cross the names of the sections.
    ...(today ? [] : ['  todayMarker off']),
    ...lines,
    '```',
  ].join('\n')
}

const sectionsOf = (
  { certificates, hosts }: SiteResult,
  now: number,
): readonly (readonly [Section, readonly Bar[]])[] => {
  const changes = hosts.flatMap((host) => (wasPlanned(host) && host.change.kind !== 'refuse' ? [host.change] : []))
  const brought = new Set(certificates.map(({ id }) => id))
  const others = (list: readonly Bound[]) => uniqueBy(list, ({ id }) => id).filter(({ id }) => !brought.has(id))
  const kept = others(changes.flatMap(({ keeps }) => keeps))
  const leaving = leavingFrom(hosts).filter(({ certificate: { id } }) => !brought.has(id))
  const has = (...states: readonly HostState[]) => countIn(hosts, ...states) > 0
  const isReached = has('unchanged', 'accepted', 'deployed', 'served')
  const isDry = has('planned')
  const from = (one: Bound) => one.notBefore ?? one.deployed
  return [
    [
      isDry ? 'would-be-new' : isReached ? 'new' : 'not-in-effect',
      certificates.flatMap((one) => barOf(one, one.notBefore, now)),
    ],
    [isDry ? 'would-be-kept' : 'kept', kept.flatMap((one) => barOf(one, from(one), now))],
    ...fates.map((fate): readonly [Section, readonly Bar[]] => {
      const some = leaving.filter((one) => one.fate === fate).map(({ certificate }) => certificate)
      const tag = fate === 'replaced' ? 'done, ' : ''
      return [fate, some.flatMap((one) => barOf(one, from(one), now, tag))]
    }),
  ]
}

/** What is known of a certificate that was to be replaced or removed, the most cautious first. */
const fates = ['still-bound', 'not-verified', 'would-be-replaced', 'replaced'] as const satisfies readonly Section[]
type Fate = (typeof fates)[number]

/** The certificates that hosts were to lose. Of one that several hosts had, the most cautious statement counts. */
const leavingFrom = (hosts: readonly HostResult[]): { readonly certificate: Bound; readonly fate: Fate }[] => {
  const all = hosts.filter(wasPlanned).flatMap((host) => {
    const { change } = host
    if (change.kind === 'refuse') return []
    const losing = [...change.replaces, ...change.drops.map(({ certificate }) => certificate)]
    return losing.map((certificate) => ({ certificate, fate: fateOf(host, certificate) }))
  })
  return uniqueBy(
    all.toSorted((a, b) => fates.indexOf(a.fate) - fates.indexOf(b.fate)),
    ({ certificate }) => certificate.id,
  )
}

const fateOf = ({ state, writes, seen }: Progress, { id }: Bound): Fate => {
  if (state === 'planned') return 'would-be-replaced'
  if (state === 'deployed' || state === 'served') return 'replaced'
  const isStillThere = seen?.certificates.some((one) => one.id === id)
  const isUntouched = writes === 0 && state !== 'unknown'
  return isStillThere || isUntouched || state === 'rolled-back' ? 'still-bound' : 'not-verified'
}

export const week = 604_800_000

/** About four ticks, as many as fit on a phone. */
export const axis = (weeks: number): string[] => {
  // Divisors of 12, because Mermaid restarts counting months with each year.
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
  // The source of a chart cannot quote text, so anything that is not plainly an ID is left out.
  if (notAfter === undefined || !/^[\w-]{1,64}$/.test(id)) return []
  // The label begins with our own word, because an ID may be a Mermaid keyword such as `title`.
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

const barLine = ({ label, from, until, tag }: Bar, words: Words): string =>
  from === undefined
    ? `  ${words.until(label, day(until))} : milestone, ${tag}${day(until)}, 0d`
    : `  ${label} : ${tag}${day(from)}, ${day(until)}`
