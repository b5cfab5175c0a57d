import { type Certificate, earliest } from '../model/certificate.ts'
import { type HostState, hostStates } from '../model/progress.ts'
import { type HostResult, type SiteResult, wasPlanned } from '../model/result.ts'
import { idsOf } from '../model/setting.ts'
import { clip, code, day } from '../util/text.ts'
import { table } from './table.ts'
import { stateWords } from './words.ts'

/** Maximum size of the table of hosts, bytes; GitHub drops a summary of more than 1 MiB as a whole. */
const hostBytes = 512 * 1024

/** States in the order of the table: what needs attention comes first. */
const bySeverity: readonly HostState[] = [
  ...hostStates.filter((state) => state !== 'unchanged').toReversed(),
  'unchanged',
]

/** The hosts, most severe first: what each had, what it has now, and its state. Empty without hosts. */
export const hostTable = ({ hosts, certificates }: SiteResult, bytes = hostBytes): string => {
  if (hosts.length === 0) return ''
  const sorted = bySeverity.flatMap((state) => hosts.filter((host) => host.state === state))
  const row = (host: HostResult) => [
    code(host.host),
    changeText(host),
    stateWords[host.state],
    expiryText(host, certificates),
    !wasPlanned(host) || host.requestId === undefined ? '–' : code(clip(host.requestId, 80)),
  ]
  return table(['Host', 'Before → after', 'State', 'Expires&nbsp;(UTC)', 'RequestId'], sorted, row, bytes)
}

/** States in which a host has, or would have, its target. */
const hasTarget: readonly HostState[] = ['planned', 'served', 'deployed', 'accepted']

const changeText = (host: HostResult): string => {
  if (!wasPlanned(host)) return '–'
  const { change, seen, state } = host
  const { before } = change
  const had =
    before === undefined
      ? '?'
      : settingText(
          before.mode,
          before.certificates.map(({ id }) => id),
        )
  if (hasTarget.includes(state) && change.kind !== 'refuse')
    return `${had} → ${settingText(change.target.mode, idsOf(change.target))}`
  if (seen === undefined || state === 'unchanged') return had
  const has = settingText(
    seen.mode,
    seen.certificates.map(({ id }) => id),
  )
  return has === had ? had : `${had} → ${has}`
}

const settingText = (mode: string | undefined, ids: readonly string[]): string => {
  const shown = ids
    .slice(0, 4)
    .map((id) => code(clip(id, 80)))
    .join(', ')
  if ((mode ?? 'sslcert') === 'sslcert') return shown === '' ? 'none' : shown
  const word = code(clip(mode ?? '', 80))
  return shown === '' ? word : `${word} (${shown})`
}

const expiryText = (host: HostResult, brought: readonly Certificate[]): string => {
  if (!wasPlanned(host)) return '–'
  const { change, seen, state } = host
  const has = (seen ?? change.before)?.certificates ?? []
  const target: readonly string[] = change.kind === 'refuse' ? [] : idsOf(change.target)
  const isPending = hasTarget.includes(state) && seen === undefined
  const certificates = isPending ? [...has, ...brought].filter(({ id }) => target.includes(id)) : has
  const end = earliest(certificates.flatMap(({ notAfter }) => notAfter ?? []))
  return end === Infinity ? '–' : day(end)
}
