import type { Target } from '../inputs/values.ts'
import { type Certificate, coverage } from '../model/certificate.ts'
import { type Pattern, parsePattern } from '../model/hostname.ts'
import { type Finding, ownProblem } from '../model/problem.ts'
import { asleepAs } from '../plan/compare.ts'
import type { Domain } from '../tencent/hosts.ts'
import { nearest } from '../util/suggest.ts'
import { count, list } from '../util/text.ts'

/** A host to work on: as it was read, or its name alone when the site does not let itself be read. */
export type Selected = Domain | { readonly host: string }

export const wasRead = (selected: Selected): selected is Domain => 'certificates' in selected

export interface Selection {
  /** In order of name. */
  readonly hosts: readonly Selected[]
  /** What a reader should know of what was left out, each a sentence. */
  readonly notes: readonly string[]
}

/** The named hosts that the site does not have. */
export const unknownHosts = (hosts: readonly string[], domains: readonly Domain[]): string[] => {
  const there = new Set(domains.map(({ host }) => host))
  return hosts.filter((host) => !there.has(host))
}

/**
 * The named hosts. Throws `Input.UnknownHosts`, with a finding for each that the site does not have: the nearest names of the
 * site, or what a wildcard would have matched. `site` holds all domains of the site if any name is unknown.
 */
export const selectExact = (hosts: readonly string[], site: readonly Domain[]): Selection => {
  const unknown = unknownHosts(hosts, site)
  const names = site.map(({ host }) => host)
  const findings = unknown.map((host) => findingFor(host, names))
  if (findings.length > 0) {
    const message = `${count(unknown.length, 'host')} not among the ${count(site.length, 'acceleration domain')} of the site: ${list(unknown, 10)}`
    throw ownProblem('Input.UnknownHosts', { message, findings })
  }
  const byName = new Map(site.map((domain) => [domain.host, domain]))
  return { hosts: hosts.toSorted().flatMap((host) => byName.get(host) ?? []), notes: [] }
}

const findingFor = (host: string, names: readonly string[]): Finding => {
  const input = 'hosts'
  if (host.startsWith('*.')) {
    const parsed = parsePattern(host)
    const matched = 'value' in parsed ? names.filter((name) => parsed.value.test(name)) : []
    return {
      input,
      seen: `“${host}”, which is no acceleration domain`,
      expected:
        matched.length === 0
          ? 'a name that the site has; as a pattern it would match none of them'
          : `the hosts that it would match as a pattern: ${list(matched, 10)}; name them, or set match: pattern`,
    }
  }
  const near = nearest(host, names, 3)
  return {
    input,
    seen: `“${host}”, which the site does not have`,
    expected:
      near.length === 0
        ? `one of its domains, such as ${list(names.slice(0, 3), 3) || '(it has none)'}`
        : `perhaps ${near.join(' or ')}`,
  }
}

/**
 * The hosts that patterns, and with `match: certificate` the certificates' names, choose among a site's domains. Those that are offline,
 * forbidden or uninitialised are left out, and said. The selection may be empty; without a pattern, `match: pattern` chooses none.
 */
export const selectMatching = (
  target: Exclude<Target, { readonly match: 'exact' }>,
  site: readonly Domain[],
  certificates: readonly Certificate[],
): Selection => {
  const including = target.patterns.filter(({ excludes }) => !excludes)
  const excluding = target.patterns.filter(({ excludes }) => excludes)
  const chosen = (pattern: Pattern, { host }: Domain) => pattern.test(host)
  const covering = certificates.map(({ names = [] }) => coverage(names))
  const matched = site.filter(
    (domain) =>
      (including.length === 0
        ? target.match === 'certificate'
        : including.some((pattern) => chosen(pattern, domain))) &&
      !excluding.some((pattern) => chosen(pattern, domain)) &&
      (target.match === 'pattern' || covering.every((isCovered) => isCovered(domain.host))),
  )
  const awake = matched.filter((domain) => asleepAs(domain) === undefined)
  const left = matched
    .filter((domain) => asleepAs(domain) !== undefined)
    .map(({ host, status }) => `${host} (${status})`)
  const idle = including.filter((pattern) => !site.some((domain) => chosen(pattern, domain)))
  return {
    hosts: awake,
    notes: [
      ...(left.length === 0 ? [] : [`Left out, because they are not online: ${list(left, 10)}.`]),
      ...idle.map(({ text }) => `The pattern “${text}” matches no host of the site.`),
    ],
  }
}
