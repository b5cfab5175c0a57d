import { type Certificate, earliest } from '../model/certificate.ts'
import type { CertificateEvent, KeptBecause } from '../model/certificate-event.ts'
import { type Binding, broughtIds, type Change, type Dropped, isBinding } from '../model/change.ts'
import type { Bound } from '../model/host.ts'
import { faultText } from '../model/problem.ts'
import { idsOf } from '../model/setting.ts'
import { count, day, list } from '../util/text.ts'

/** A certificate as one line, with the known facts. */
export const certificateLine = ({ id, algorithm, bits, names, notBefore, notAfter }: Certificate): string => {
  const key = [algorithm, bits].filter((part) => part !== undefined).join(' ')
  const valid =
    notAfter === undefined ? '' : `${notBefore === undefined ? 'until' : `${day(notBefore)} to`} ${day(notAfter)}`
  const facts = [key, names === undefined ? '' : list(names, 5), valid].filter((part) => part !== '')
  return `Certificate ${id}${facts.length === 0 ? '' : `: ${facts.join('; ')}`}`
}

/** How many hosts a plan binds, leaves unchanged and refuses. */
export const planTitle = (changes: readonly Change[]): string => {
  const words = {
    bind: 'to bind',
    'wait-then-bind': 'to bind after a running deployment',
    none: 'already done',
    refuse: 'not possible',
  } as const satisfies Record<Change['kind'], string>
  const counts = Map.groupBy(changes, ({ kind }) => words[kind])
  const parts = Object.values(words).flatMap((word) => (counts.has(word) ? `${counts.get(word)?.length} ${word}` : []))
  return `Plan: ${parts.join(', ')}`
}

/** One line of the plan, for the log. */
export const planLine = (change: Change): string => {
  const { host, reason, before } = change
  switch (change.kind) {
    case 'bind':
    case 'wait-then-bind': {
      const target = idsOf(change.target).join(', ') || change.target.mode
      const parts = [
        change.replaces.length === 0 ? '' : `replaces ${change.replaces.map(({ id }) => id).join(', ')}`,
        change.keeps.length === 0 ? '' : `keeps ${change.keeps.map(({ id }) => id).join(', ')}`,
      ].filter((part) => part !== '')
      const detail = parts.length === 0 ? '' : ` (${parts.join('; ')})`
      return `${host}: ${change.kind === 'bind' ? 'bind' : 'wait, then bind'} ${target}${detail}: ${reason}`
    }
    case 'none': {
      const ids = before?.certificates.map(({ id }) => id) ?? []
      return `${host}: no change: ${reason}${ids.length === 0 ? '' : ` (${ids.join(', ')})`}`
    }
    case 'refuse':
      return `${host}: not possible: ${reason}`
    default:
      return change satisfies never
  }
}

const because: Readonly<Record<Dropped['why'], string>> = {
  expired: 'it has expired',
  'expires-soon': 'it expires within the hour, and EdgeOne would refuse the change',
  blocks: 'EdgeOne refuses the change with it, as it has expired, expires too soon, or no longer exists',
  default: 'a default certificate cannot stay beside another',
  'not-kept': 'keep-other-algorithms is false',
  'unknown-algorithm': 'its algorithm or that of the new certificate is unknown, so it counts as replaced',
  mode: 'the mode of the host changes',
}

const named = (some: readonly { readonly host: string }[]): string => list(some, 10, ({ host }) => host)

/** Whether a new certificate expires before one that it replaces. */
const endsSooner = (change: Binding, known: ReadonlyMap<string, Certificate>): boolean => {
  const fresh = broughtIds(change).flatMap((id) => known.get(id)?.notAfter ?? [])
  const old = change.replaces.flatMap(({ notAfter }) => notAfter ?? [])
  return old.length > 0 && earliest(fresh) < earliest(old)
}

/** What hosts lose by a plan, each as a sentence: no certificate is dropped without a warning. */
export const planWarnings = (changes: readonly Change[], known: ReadonlyMap<string, Certificate>): string[] => {
  const bindings = changes.filter(isBinding)
  const sooner = bindings.filter((change) => endsSooner(change, known))
  const free = bindings.filter(
    ({ before, target }) => before?.mode?.startsWith('eofreecert') && target.mode === 'sslcert',
  )
  const off = bindings.filter(({ target, before }) => target.mode === 'disable' && before?.mode !== 'disable')
  return [
    ...dropWarnings(bindings),
    ...(sooner.length === 0
      ? []
      : [
          `The new certificate expires before the one that it replaces on ${count(sooner.length, 'host')}: ${named(sooner)}.`,
        ]),
    ...(free.length === 0
      ? []
      : [
          `${count(free.length, 'host')} will leave EdgeOne’s free certificate, which EdgeOne renews by itself. From now on this workflow must renew the certificate: ${named(free)}.`,
        ]),
    ...(off.length === 0 ? [] : [`HTTPS will be off for ${count(off.length, 'host')} (mode disable): ${named(off)}.`]),
  ]
}

const dropWarnings = (bindings: readonly Binding[]): string[] => {
  const drops = bindings.flatMap(({ host, drops: dropped }) => dropped.map((one) => ({ host, ...one })))
  const groups = Map.groupBy(drops, ({ certificate, why }) => `${certificate.id} ${why}`)
  return [...groups.values()].flatMap((group) =>
    group
      .slice(0, 1)
      .map(
        ({ certificate, why }) =>
          `${described(certificate)} will be removed from ${count(group.length, 'host')}, because ${because[why]}: ${named(group)}.`,
      ),
  )
}

/** `oldEcc01 (ECC, until 2036-02-01)` */
const described = ({ id, algorithm, notAfter }: Bound): string => {
  const facts = [algorithm, notAfter === undefined ? undefined : `until ${day(notAfter)}`]
  const about = facts.filter((fact) => fact !== undefined).join(', ')
  return about === '' ? id : `${id} (${about})`
}

/** The warning about a certificate that was removed because EdgeOne refused the change with it. */
export const blockedLine = (certificate: Bound, hosts: readonly { readonly host: string }[]): string =>
  `${described(certificate)} was removed from ${count(hosts.length, 'host')}, because ${because.blocks}: ${named(hosts)}.`

const keptBecause: Readonly<Record<KeptBecause, string>> = {
  'not-uploaded': 'they were not uploaded',
  'not-replaced': 'no certificate of the same algorithm replaced them',
  'not-covered': 'the new certificate does not cover all of their names',
  'names-unknown': 'their names could not be compared with those of the new certificate',
  'still-bound': 'hosts of the site still have them',
  'bound-elsewhere': 'SSL Certificate Service reports that they are still bound',
  'inventory-unknown': 'SSL Certificate Service did not report what they are bound to',
  'site-unreadable': 'the hosts of the site cannot be read, so nothing was verified',
}

/** What was done with a certificate, as a line. */
export const certificateEventLine = (event: CertificateEvent): string => {
  switch (event.kind) {
    case 'uploaded':
      return event.isPerhapsReused
        ? `Uploaded as ${event.id}, unless it was there already: ${event.alias}`
        : `Uploaded as ${event.id}: ${event.alias}`
    case 'reused':
      return `Already uploaded as ${event.id}: ${event.subject}. It is used with the chain of that upload.`
    case 'would-upload':
      return `Would be uploaded: ${event.subject}`
    case 'upload-unknown':
      return `The upload of the certificate for ${event.subject} was sent, and its outcome is unknown: ${event.why}`
    case 'muted':
      return `Expiry notifications switched off for ${list(event.ids, 10)}`
    case 'mute-unknown':
      return `Switching off the expiry notifications for ${list(event.ids, 10)} was requested, and its outcome is unknown: ${event.why}`
    case 'deleted':
      return `Deleted ${event.id}`
    case 'kept': {
      const detail = event.detail === undefined ? '' : ` (${event.detail})`
      const ids = event.ids.length === 0 ? 'all' : list(event.ids, 10)
      return `Old certificates kept, because ${keptBecause[event.why]}${detail}: ${ids}`
    }
    case 'would-retire': {
      const what = event.how === 'mute' ? 'Expiry notifications would be switched off for' : 'Would be deleted:'
      return `${what} ${list(event.ids, 10)}`
    }
    case 'not-retired': {
      const ids = event.ids.length === 0 ? 'Old certificates' : list(event.ids, 10)
      return `${ids} not changed: ${faultText(event.problem)}`
    }
    case 'not-deleted':
      return `${event.id} was not deleted: ${event.why}`
    case 'deletion-unknown':
      return `The deletion of ${event.id} was requested, and its outcome is unknown: ${event.why}`
    default:
      return event satisfies never
  }
}
