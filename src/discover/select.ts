import { type Certificate, coverage } from '../model/certificate.ts'
import { whyInactive } from '../model/compare.ts'
import type { Host, Selected } from '../model/host.ts'
import { type Pattern, parsePattern } from '../model/hostname.ts'
import { type Finding, ownProblem } from '../model/problem.ts'
import type { Selection } from '../model/spec.ts'
import type { Text } from '../util/language.ts'
import { nearest } from '../util/suggest.ts'
import { count, list, listed, listZh } from '../util/text.ts'

/** The hosts to work on. */
export interface Chosen {
  /** In order of name. */
  readonly hosts: readonly Selected[]
  /** What was left out, each as a sentence. */
  readonly notes: readonly Text[]
  /** What was left out on purpose, each as a sentence. */
  readonly notices?: readonly Text[]
  /** Patterns that match no host of the site. One that is meant for another site of the entry is no mistake. */
  readonly idle?: readonly string[]
}

/** The named hosts that the site does not have. */
export const unknownHosts = (names: readonly string[], site: readonly Host[]): string[] => {
  const there = new Set(site.map(({ name }) => name))
  return names.filter((name) => !there.has(name))
}

/**
 * The named hosts. Throws `Input.UnknownHosts`, with a finding for each that the site does not have: the nearest names of the
 * site, or what a wildcard would have matched. If any name is unknown, `site` has all hosts of the site.
 */
export const selectExact = (names: readonly string[], site: readonly Host[]): Chosen => {
  const unknown = unknownHosts(names, site)
  if (unknown.length > 0) {
    const there = site.map(({ name }) => name)
    const { en, zh } = listed(unknown, 10)
    const message = {
      en: `${count(unknown.length, 'host')} not found among the ${count(site.length, 'acceleration domain')} of the site: ${en}`,
      zh: `在站点的 ${site.length} 个加速域名中未找到以下 ${unknown.length} 个域名：${zh}`,
    }
    throw ownProblem('Input.UnknownHosts', { message, findings: unknown.map((name) => findingFor(name, there)) })
  }
  const byName = new Map(site.map((host) => [host.name, host]))
  return { hosts: names.toSorted().flatMap((name) => byName.get(name) ?? []), notes: [] }
}

/** The named hosts of a site that lists only hosts with certificates: a host that is not listed may still exist. */
export const selectListed = (names: readonly string[], site: readonly Host[]): Chosen => {
  const byName = new Map(site.map((host) => [host.name, host]))
  const unlisted = unknownHosts(names, site)
  const { en, zh } = listed(unlisted, 10)
  return {
    hosts: names.toSorted().map((name) => byName.get(name) ?? { name }),
    notes:
      unlisted.length === 0
        ? []
        : [
            {
              en: `EdgeOne lists no certificate for these hosts, so it is unknown whether they exist: ${en}.`,
              zh: `EdgeOne 未列出以下域名的证书，因此无法确定这些域名是否存在：${zh}。`,
            },
          ],
  }
}

const findingFor = (name: string, there: readonly string[]): Finding => {
  const expected = name.startsWith('*.') ? hintForWildcard(name, there) : hintFor(name, there)
  return { input: 'hosts', form: 'sentences', seen: { en: `“${name}” was not found`, zh: `未找到“${name}”` }, expected }
}

const hintForWildcard = (name: string, there: readonly string[]): Text => {
  const parsed = parsePattern(name)
  const matched = 'value' in parsed ? there.filter((other) => parsed.value.test(other)) : []
  if (matched.length === 0) {
    return {
      en: 'No acceleration domain has this name, and as a pattern it would match none.',
      zh: '没有加速域名使用该名称；作为通配规则，它也不匹配任何加速域名。',
    }
  }
  const { en, zh } = listed(matched, 10)
  return {
    en: `No acceleration domain has this name. As a pattern it would match ${en}: name these, or set match: pattern.`,
    zh: `没有加速域名使用该名称。作为通配规则，它匹配 ${zh}：请逐个填写这些域名，或设置 match: pattern。`,
  }
}

const hintFor = (name: string, there: readonly string[]): Text => {
  const near = nearest(name, there, 3)
  if (near.length > 0) return { en: `Did you mean ${near.join(' or ')}?`, zh: `是否应为 ${near.join(' 或 ')}？` }
  if (there.length === 0) return { en: 'The site has no acceleration domains.', zh: '站点没有加速域名。' }
  const { en, zh } = listed(there.slice(0, 3), 3)
  return { en: `The site has, for example, ${en}.`, zh: `站点中的域名例如：${zh}。` }
}

const leftAlone = (hosts: readonly Host[]): Text => {
  const { en, zh } = listed(hosts, 10, ({ name }) => name)
  return {
    en: `Left alone, because EdgeOne renews their free certificate by itself: ${en}. To bind the certificate to them as well, name them in hosts, which then lists all hosts that are meant (** means every host).`,
    zh: `以下域名使用 EdgeOne 自动续期的免费证书，因此未修改：${zh}。如需为它们也绑定该证书，请在 hosts 中填写它们；此时 hosts 须列出全部所需域名（** 表示所有域名）。`,
  }
}

const hasFreeCertificate = ({ mode }: Host): boolean => mode === 'eofreecert' || mode === 'eofreecert_manual'

/** Whether a host is selected by patterns that narrow all hosts: without one that includes, every host is, unless it is excluded. */
export const isSelected = (patterns: readonly Pattern[], name: string): boolean => {
  const matches = (excludes: Pattern['excludes']) =>
    patterns.some((pattern) => pattern.excludes === excludes && pattern.test(name))
  return (matches(false) || patterns.every(({ excludes }) => excludes)) && !matches(true)
}

/**
 * The hosts that patterns, and with `match: certificate` the certificates' names, select among a site's hosts. Inactive hosts are
 * left out and named in a note, and with `match: certificate` those on EdgeOne's free certificate in a notice. The selection may be empty; without a pattern, `match: pattern` selects none.
 */
export const selectMatching = (
  { match, patterns }: Exclude<Selection, { readonly match: 'exact' }>,
  site: readonly Host[],
  certificates: readonly Certificate[],
): Chosen => {
  const including = patterns.filter(({ excludes }) => !excludes)
  const selectsNone = match === 'pattern' && including.length === 0
  const covering = certificates.map(({ names = [] }) => coverage(names))
  const matched = site.filter(({ name }) => {
    const isCovered = match === 'pattern' || covering.every((covers) => covers(name))
    return !selectsNone && isSelected(patterns, name) && isCovered
  })
  const active = matched.filter((host) => whyInactive(host) === undefined)
  const left = matched.filter((host) => !active.includes(host))
  // A host that a pattern names is meant, whatever it has.
  const free = match === 'certificate' && including.length === 0 ? active.filter(hasFreeCertificate) : []
  const offline = {
    en: list(left, 10, ({ name, status }) => `${name} (${status})`),
    zh: listZh(left, 10, ({ name, status }) => `${name}（${status}）`),
  }
  const idle = including.filter((pattern) => !site.some(({ name }) => pattern.test(name)))
  return {
    hosts: active.filter((host) => !free.includes(host)),
    ...(free.length === 0 ? {} : { notices: [leftAlone(free)] }),
    notes: [
      ...(left.length === 0
        ? []
        : [{ en: `Not online, so left out: ${offline.en}.`, zh: `以下域名不在线，已跳过：${offline.zh}。` }]),
    ],
    ...(idle.length === 0 ? {} : { idle: idle.map(({ text }) => text) }),
  }
}
