import { Buffer } from 'node:buffer'
import { type Certificate, earliest } from '../model/certificate.ts'
import { hasCode } from '../model/problem.ts'
import { type HostState, hostStates, isGood } from '../model/progress.ts'
import { type HostResult, type SiteResult, wasPlanned } from '../model/result.ts'
import { idsOf } from '../model/setting.ts'
import { clip, code, day } from '../util/text.ts'
import { type StateLabel, stateIcons } from './ends.ts'
import { folded, inCell, joined, table } from './table.ts'
import type { Words } from './words.ts'

/** More hosts that are fine are folded. */
const maxFine = 20
const dayMs = 86_400_000

/** States in the order of the table: what needs attention comes first. */
const bySeverity: readonly HostState[] = [
  ...hostStates.filter((state) => state !== 'unchanged').toReversed(),
  'unchanged',
]

export interface HostsOptions {
  readonly words: Words
  /** Unix milliseconds. */
  readonly now: number
  /** Maximum size of all rows, bytes. */
  readonly bytes: number
}

/**
 * The hosts, most severe first: state, what each had and has, and its expiry, in two columns, because a phone has no room for more. Many
 * that are fine are folded. Empty without hosts.
 */
export const hostTables = ({ hosts, certificates }: SiteResult, { words, now, bytes }: HostsOptions): string => {
  const sorted = sortedBySeverity(hosts)
  const fine = sorted.filter(({ state }) => isGood(state))
  const isLong = fine.length > maxFine
  const row = (host: HostResult) => {
    const label = labelOf(host)
    const has = [changeText(host, words), expiryText(host, certificates, words, now)].filter((part) => part !== '')
    return [`${inCell(`${stateIcons[label]} ${words.states[label]}`)}<br>${code(host.host)}`, has.join('<br>')]
  }
  const head = [words.stateAndHost, words.certificateAndEnd]
  const tableOf = (some: readonly HostResult[], max: number) =>
    some.length === 0 ? '' : table(head, some, row, max, words.more)
  if (!isLong) return tableOf(sorted, bytes)
  const title = words.folded(words.hosts(fine.length), countsOf(fine, words).join(' · '))
  const attention = tableOf(
    sorted.filter(({ state }) => !isGood(state)),
    bytes,
  )
  return joined([attention, folded(title, tableOf(fine, bytes - Buffer.byteLength(attention)))])
}

/** `❌ 1 refused`, `✅ 2 deployed`: how many hosts are in each state, most severe first. */
export const countsOf = (hosts: readonly HostResult[], words: Words): readonly string[] =>
  byLabel(hosts).map(([label, { length }]) => `${stateIcons[label]} ${words.counted(length, words.states[label])}`)

/** The same without icons. */
export const countsIn = (hosts: readonly HostResult[], words: Words): readonly string[] =>
  byLabel(hosts).map(([label, { length }]) => words.counted(length, words.states[label]))

const byLabel = (hosts: readonly HostResult[]): readonly (readonly [StateLabel, readonly HostResult[]])[] => [
  ...Map.groupBy(sortedBySeverity(hosts), labelOf),
]

const sortedBySeverity = (hosts: readonly HostResult[]): readonly HostResult[] =>
  bySeverity.flatMap((state) => hosts.filter((host) => host.state === state))

/** What is said of a host: a host that nobody looked at is not said to serve something else. */
const labelOf = (host: HostResult): StateLabel =>
  host.state === 'not-served' && hasCode(host.problem, 'Verify.NotProbed') ? 'not-probed' : host.state

/** States in which a host has, or would have, its target. */
const hasTarget: readonly HostState[] = ['planned', 'served', 'deployed', 'accepted']

const changeText = (host: HostResult, words: Words): string => {
  if (!wasPlanned(host)) return '–'
  const { change, seen, state } = host
  const { before } = change
  const textOf = (mode: string | undefined, ids: readonly string[]) => settingText(mode, ids, words)
  const had = before === undefined ? '?' : textOf(before.mode, ids(before.certificates))
  if (hasTarget.includes(state) && change.kind !== 'refuse')
    return `${had}&nbsp;→ ${textOf(change.target.mode, idsOf(change.target))}`
  if (seen === undefined || state === 'unchanged') return had
  const has = textOf(seen.mode, ids(seen.certificates))
  return has === had ? had : `${had}&nbsp;→ ${has}`
}

const ids = (certificates: readonly Certificate[]): readonly string[] => certificates.map(({ id }) => id)

const settingText = (mode: string | undefined, all: readonly string[], words: Words): string => {
  const some = all.slice(0, 4).map((id) => code(clip(id, 80)))
  const shown = words.listed(some, 0)
  if ((mode ?? 'sslcert') === 'sslcert') return shown === '' ? words.none : shown
  const word = code(clip(mode ?? '', 80))
  return shown === '' ? word : `${word} (${shown})`
}

const expiryText = (host: HostResult, brought: readonly Certificate[], words: Words, now: number): string => {
  if (!wasPlanned(host)) return ''
  const { change, seen, state } = host
  const has = (seen ?? change.before)?.certificates ?? []
  const target: readonly string[] = change.kind === 'refuse' ? [] : idsOf(change.target)
  const isPending = hasTarget.includes(state) && seen === undefined
  const certificates = isPending ? [...has, ...brought].filter(({ id }) => target.includes(id)) : has
  const end = earliest(certificates.flatMap(({ notAfter }) => notAfter ?? []))
  return end === Infinity ? '' : expiry(end, now, words)
}

/** `2027-02-01, 70 days left`, in Markdown: where there is no room, a line ends between the two. */
export const expiry = (end: number, now: number, words: Words): string =>
  [day(end), words.daysLeft(Math.floor((end - now) / dayMs))].map(inCell).join(words.comma)
