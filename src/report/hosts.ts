import type { Certificate } from '../model/certificate.ts'
import { type HostResult, type HostState, hostStates, type Result } from '../model/result.ts'
import { clip, code, day } from '../util/text.ts'
import { table } from './rows.ts'
import { stateWords } from './words.ts'

/** Bytes for the table of hosts; GitHub drops a summary of more than 1 MiB as a whole. */
const hostBytes = 512 * 1024

/** What needs a reader's eye first: the order of the states is by how well it went. */
const urgency: readonly HostState[] = [...hostStates.filter((state) => state !== 'unchanged').toReversed(), 'unchanged']

/** The hosts, worst first: what each had, what it has now, how it stands. Empty without hosts. */
export const hostTable = (result: Result): Iterable<string> => {
  const { hosts } = result
  if (hosts.length === 0) return []
  const sorted = urgency.flatMap((state) => hosts.filter((host) => host.state === state))
  const row = (host: HostResult) => [
    code(host.host),
    changeOf(host),
    stateWords[host.state],
    expiryOf(host, result.certificates),
    host.requestId === undefined ? '–' : code(clip(host.requestId, 80)),
  ]
  return table(['Host', 'Before → after', 'State', 'Expires&nbsp;(UTC)', 'RequestId'], sorted, row, hostBytes)
}

/** States in which a host has, or is to have, what its step says. */
const arrived: readonly HostState[] = ['planned', 'served', 'deployed', 'accepted']

const changeOf = ({ step, state, after }: HostResult): string => {
  if (step === undefined) return '–'
  const before =
    step.before === undefined
      ? '?'
      : settingOf(
          step.before.mode,
          step.before.certificates.map(({ id }) => id),
        )
  if (arrived.includes(state)) return `${before} → ${settingOf(step.setting.mode, step.setting.ids)}`
  if (after === undefined || state === 'unchanged') return before
  const now = settingOf(
    after.mode,
    after.certificates.map(({ id }) => id),
  )
  return now === before ? before : `${before} → ${now}`
}

const settingOf = (mode: string | undefined, ids: readonly string[]): string => {
  const shown = ids
    .slice(0, 4)
    .map((id) => code(clip(id, 80)))
    .join(', ')
  if ((mode ?? 'sslcert') === 'sslcert') return shown === '' ? 'none' : shown
  const word = code(clip(mode ?? '', 80))
  return shown === '' ? word : `${word} (${shown})`
}

const expiryOf = ({ after, step, state }: HostResult, brought: readonly Certificate[]): string => {
  const ids = step?.setting.ids ?? []
  const has = (after ?? step?.before)?.certificates ?? []
  const certificates =
    arrived.includes(state) && after === undefined ? [...has, ...brought].filter(({ id }) => ids.includes(id)) : has
  const end = certificates.reduce((first, { notAfter = Infinity }) => Math.min(first, notAfter), Infinity)
  return end === Infinity ? '–' : day(end)
}
