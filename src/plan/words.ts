import { type Certificate, earliest } from '../model/certificate.ts'
import { madeOnce } from '../util/memo.ts'
import { count, day, list } from '../util/text.ts'
import type { Dropped, Step } from './plan.ts'

/** A certificate as one line: what is known of it. */
export const certificateLine = ({ id, algorithm, bits, names, notBefore, notAfter }: Certificate): string => {
  const key = [algorithm, bits].filter((part) => part !== undefined).join(' ')
  const valid =
    notAfter === undefined ? '' : `${notBefore === undefined ? 'until' : `${day(notBefore)} to`} ${day(notAfter)}`
  const facts = [key, names === undefined ? '' : list(names, 5), valid].filter((part) => part !== '')
  return `Certificate ${id}${facts.length === 0 ? '' : `: ${facts.join('; ')}`}`
}

/** One line of the plan, for the log. */
export const planLine = ({ host, kind, reason, before, setting, keeps, replaces }: Step): string => {
  const target = setting.mode === 'sslcert' ? setting.ids.join(', ') : setting.mode
  const had = before?.certificates.map(({ id }) => id) ?? []
  const parts = [
    replaces.length === 0 ? '' : `replaces ${replaces.map(({ id }) => id).join(', ')}`,
    keeps.length === 0 ? '' : `keeps ${keeps.map(({ id }) => id).join(', ')}`,
  ].filter((part) => part !== '')
  switch (kind) {
    case 'bind':
    case 'wait': {
      const detail = parts.length === 0 ? '' : ` (${parts.join('; ')})`
      const verb = kind === 'wait' ? 'wait, then bind' : 'bind'
      return `${host}: ${verb} ${target}${detail}: ${reason}`
    }
    case 'unchanged':
      return `${host}: leave alone: ${reason}${had.length === 0 ? '' : ` (${had.join(', ')})`}`
    case 'refuse':
      return `${host}: cannot be done: ${reason}`
    default:
      return kind satisfies never
  }
}

const because: Readonly<Record<Dropped['why'], string>> = {
  expired: 'it has expired',
  default: 'a default certificate is never kept beside another',
  'not kept': 'keep-other-algorithms is false',
  'unknown algorithm': 'it is taken for the one that is replaced, since its algorithm or the new one’s is not known',
  mode: 'the mode of the host changes',
}

const hostsOf = (some: readonly { readonly host: string }[]): string => list(some, 10, ({ host }) => host)

/** Whether what is new ends before what it replaces. */
const endsSooner = ({ setting, replaces, keeps }: Step, known: ReadonlyMap<string, Certificate>): boolean => {
  const fresh = setting.ids
    .filter((id) => !keeps.some((one) => one.id === id))
    .flatMap((id) => known.get(id)?.notAfter ?? [])
  const old = replaces.flatMap(({ notAfter }) => notAfter ?? [])
  return old.length > 0 && earliest(fresh) < earliest(old)
}

/** What a plan takes away from hosts beyond what it replaces, each a sentence: nothing is dropped unsaid. */
export const notesOf = (steps: readonly Step[], known: ReadonlyMap<string, Certificate>): string[] => {
  const changes = steps.filter(({ kind }) => kind === 'bind' || kind === 'wait')
  const drops = changes.flatMap(({ host, drops: dropped }) => dropped.map((one) => ({ host, ...one })))
  const byCertificate = Map.groupBy(drops, ({ certificate, why }) => `${certificate.id} ${why}`)
  const dropped = [...byCertificate.values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const { certificate, why } = first
    const facts = [
      certificate.algorithm,
      certificate.notAfter === undefined ? undefined : `until ${day(certificate.notAfter)}`,
    ]
    const about = facts.filter((fact) => fact !== undefined).join(', ')
    const what = about === '' ? certificate.id : `${certificate.id} (${about})`
    return [`${what} will be gone from ${count(all.length, 'host')}, for ${because[why]}: ${hostsOf(all)}.`]
  })
  const free = changes.filter(
    ({ before, setting }) => before?.mode?.startsWith('eofreecert') && setting.mode === 'sslcert',
  )
  const off = changes.filter(({ setting, before }) => setting.mode === 'disable' && before?.mode !== 'disable')
  const sooner = changes.filter(
    madeOnce(
      (step: Step) => endsSooner(step, known),
      ({ replaces }) => replaces,
    ),
  )
  return [
    ...dropped,
    ...(sooner.length === 0
      ? []
      : [
          `The new certificate ends sooner than what it replaces on ${count(sooner.length, 'host')}: ${hostsOf(sooner)}.`,
        ]),
    ...(free.length === 0
      ? []
      : [
          `${count(free.length, 'host')} will leave EdgeOne’s free certificate, which EdgeOne renews by itself; from now on this workflow must: ${hostsOf(free)}.`,
        ]),
    ...(off.length === 0
      ? []
      : [`HTTPS will be off for ${count(off.length, 'host')} (mode disable): ${hostsOf(off)}.`]),
  ]
}
