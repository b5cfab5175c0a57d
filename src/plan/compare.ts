import type { Bound, DomainState } from '../tencent/hosts.ts'
import type { Setting } from '../tencent/teo.ts'

/**
 * How a host stands to a setting: `deployed` – it has it, in effect; `deploying` – it has it, not yet in effect; `failed` – it has it,
 * and the service gave up; `other` – it has something else.
 */
export type Standing = 'deployed' | 'deploying' | 'failed' | 'other'

/** What the statuses of a certificate mean (reference 2.2): the names of the two failures say less than they mean. */
const given = (status: string | undefined): Standing => {
  switch (status) {
    case undefined:
    case 'deployed':
      return 'deployed'
    case 'issued':
    case 'failed':
      return 'failed'
    default:
      return 'deploying'
  }
}

/** How a host as it was read stands to a setting. While the host is being deployed, no failure is final. */
export const standing = (setting: Setting, domain: DomainState): Standing => {
  if (!has(setting, domain)) return 'other'
  if (domain.status === 'process') return 'deploying'
  let all: Standing = 'deployed'
  for (const { status } of domain.certificates) {
    const one = given(status)
    if (one === 'failed') return 'failed'
    if (one === 'deploying') all = one
  }
  return all
}

/** Whether it is this setting that the host has, whatever became of it. */
export const has = ({ mode, ids }: Setting, domain: Pick<DomainState, 'mode' | 'certificates'>): boolean => {
  const own = domain.certificates
  switch (mode) {
    case 'sslcert':
      return (domain.mode === undefined || domain.mode === mode) && sameIds(ids, own)
    case 'default':
      return own.length > 0 && own.every(({ type }) => type === 'default')
    case 'disable':
      return domain.mode === mode
    case 'eofreecert':
    case 'eofreecert_manual':
      return domain.mode === mode && own.length > 0
    default:
      return mode satisfies never
  }
}

/** A host has at most one certificate of each algorithm, and a set for each of ten thousand hosts is much; an answer may hold any number. */
const few = 8

const sameIds = (ids: readonly string[], bound: readonly Bound[]): boolean => {
  if (bound.length === 0) return false
  if (ids.length <= few && bound.length <= few) {
    return bound.every(({ id }) => ids.includes(id)) && ids.every((id) => bound.some((one) => one.id === id))
  }
  const [wanted, had] = [new Set(ids), new Set(bound.map(({ id }) => id))]
  return wanted.size === had.size && wanted.isSubsetOf(had)
}

/** States of a domain in which it serves nobody, so that no certificate is put on it (reference 2.2). */
const asleep: Readonly<Record<string, string>> = {
  offline: 'is disabled (offline)',
  forbidden: 'is banned (forbidden)',
  init: 'is not in effect yet (init): its site is not activated',
}

/** Why a host cannot be worked on, as what it is; undefined when it can. */
export const asleepAs = ({ status }: DomainState): string | undefined =>
  status !== undefined && Object.hasOwn(asleep, status) ? asleep[status] : undefined

/** What was seen of a host, for a reader: its state, and its certificates with theirs. */
export const seenAs = (domain: DomainState | undefined): string => {
  if (domain === undefined) return 'not in the answer of the service'
  const certificates = domain.certificates.map(({ id, status }) => (status === undefined ? id : `${id} ${status}`))
  const having =
    certificates.length === 0 ? `no certificate${domain.mode ? ` (${domain.mode})` : ''}` : certificates.join(', ')
  return domain.status === undefined ? having : `${domain.status}, with ${having}`
}
