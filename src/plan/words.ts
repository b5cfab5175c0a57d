import { type Certificate, earliest } from '../model/certificate.ts'
import { type Binding, broughtIds, type Change, type Dropped, isBinding } from '../model/change.ts'
import type { Bound } from '../model/host.ts'
import { idsOf } from '../model/setting.ts'
import { inBoth, spaced, type Text } from '../util/language.ts'
import { count, day, list, listed } from '../util/text.ts'

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
  const { host, before } = change
  const reason = change.reason.en
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

const because: Readonly<Record<Dropped['why'], Text>> = {
  expired: { en: 'it has expired', zh: '它已过期' },
  'expires-soon': {
    en: 'it expires within the hour, and EdgeOne would refuse the change',
    zh: '它将在一小时内过期，EdgeOne 会拒绝修改',
  },
  blocks: {
    en: 'EdgeOne refuses the change with it, as it has expired, expires too soon, or no longer exists',
    zh: '它已过期、即将过期或已不存在，EdgeOne 拒绝包含它的修改',
  },
  default: { en: 'a default certificate cannot stay beside another', zh: '默认证书不能与其他证书同时绑定' },
  'not-kept': { en: 'keep-other-algorithms is false', zh: 'keep-other-algorithms 为 false' },
  'unknown-algorithm': {
    en: 'its algorithm or that of the new certificate is unknown, so it counts as replaced',
    zh: '其算法或新证书的算法未知，视为被替换',
  },
  mode: { en: 'the mode of the host changes', zh: '域名的 mode 将改变' },
}

const named = (some: readonly { readonly host: string }[]): Text => listed(some, 10, ({ host }) => host)

/** Whether a new certificate expires before one that it replaces. */
const endsSooner = (change: Binding, known: ReadonlyMap<string, Certificate>): boolean => {
  const fresh = broughtIds(change).flatMap((id) => known.get(id)?.notAfter ?? [])
  const old = change.replaces.flatMap(({ notAfter }) => notAfter ?? [])
  return old.length > 0 && earliest(fresh) < earliest(old)
}

/** What hosts lose by a plan, each as a sentence: no certificate is dropped without a warning. */
export const planWarnings = (changes: readonly Change[], known: ReadonlyMap<string, Certificate>): Text[] => {
  const bindings = changes.filter(isBinding)
  const sooner = bindings.filter((change) => endsSooner(change, known))
  const free = bindings.filter(
    ({ before, target }) => before?.mode?.startsWith('eofreecert') && target.mode === 'sslcert',
  )
  const off = bindings.filter(({ target, before }) => target.mode === 'disable' && before?.mode !== 'disable')
  return [
    ...dropWarnings(bindings),
    ...(sooner.length === 0 ? [] : [soonerLine(sooner)]),
    ...(free.length === 0 ? [] : [freeLine(free)]),
    ...(off.length === 0 ? [] : [offLine(off)]),
  ]
}

const soonerLine = (hosts: readonly Binding[]): Text => {
  const { en, zh } = named(hosts)
  return {
    en: `The new certificate expires before the one that it replaces on ${count(hosts.length, 'host')}: ${en}.`,
    zh: `在以下 ${hosts.length} 个域名上，新证书早于被替换的证书到期：${zh}。`,
  }
}

const freeLine = (hosts: readonly Binding[]): Text => {
  const { en, zh } = named(hosts)
  return {
    en: `${count(hosts.length, 'host')} will leave EdgeOne’s free certificate, which EdgeOne renews by itself. From now on this workflow must renew the certificate: ${en}.`,
    zh: `以下 ${hosts.length} 个域名将不再使用由 EdgeOne 自动续期的免费证书，此后须由本工作流续期证书：${zh}。`,
  }
}

const offLine = (hosts: readonly Binding[]): Text => {
  const { en, zh } = named(hosts)
  return {
    en: `HTTPS will be off for ${count(hosts.length, 'host')} (mode disable): ${en}.`,
    zh: `以下 ${hosts.length} 个域名将关闭 HTTPS（mode disable）：${zh}。`,
  }
}

const dropWarnings = (bindings: readonly Binding[]): Text[] => {
  const drops = bindings.flatMap(({ host, drops: dropped }) => dropped.map((one) => ({ host, ...one })))
  const groups = Map.groupBy(drops, ({ certificate, why }) => `${certificate.id} ${why}`)
  return [...groups.values()].flatMap((group) =>
    group
      .slice(0, 1)
      .map(({ certificate, why }) => removalLine(certificate, group, because[why], { en: 'will be', zh: '将' })),
  )
}

const removalLine = (certificate: Bound, hosts: readonly { readonly host: string }[], why: Text, when: Text): Text => {
  const [what, names] = [described(certificate), named(hosts)]
  return {
    en: `${what.en} ${when.en} removed from ${count(hosts.length, 'host')}, because ${why.en}: ${names.en}.`,
    zh: `${when.zh}从以下 ${hosts.length} 个域名移除 ${what.zh}，${spaced('因为', why.zh)}：${names.zh}。`,
  }
}

/** `oldEcc01 (ECC, until 2036-02-01)` */
const described = ({ id, algorithm, notAfter }: Bound): Text => {
  const end = notAfter === undefined ? undefined : day(notAfter)
  const about = (until: string) => [algorithm, end && `${until}${end}`].filter((fact) => fact !== undefined)
  const [en, zh] = [about('until ').join(', '), about('有效期至 ').join('，')]
  return en === '' ? inBoth(id) : { en: `${id} (${en})`, zh: `${id}（${zh}）` }
}

/** The warning about a certificate that was removed because EdgeOne refused the change with it. */
export const blockedLine = (certificate: Bound, hosts: readonly { readonly host: string }[]): Text =>
  removalLine(certificate, hosts, because.blocks, { en: 'was', zh: '已' })
