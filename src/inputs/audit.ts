import type { AuditEntry, AuditOptions, AuditTask, AuditZones, Criteria, FindingKind } from '../model/audit.ts'
import { findingKinds } from '../model/audit.ts'
import type { Account } from '../model/credential.ts'
import { entries, type Pattern, parseHost, parsePattern } from '../model/hostname.ts'
import type { Environment } from '../model/ports.ts'
import { inBoth } from '../util/language.ts'
import { entryReader, parseAuditZones } from './hosts.ts'
import { parseAccount, parseConnectTo, parseWait, problemWith, refuseShard } from './inputs.ts'
import type { EntryKind } from './manifest.ts'
import { inputReader, quote, type Reader } from './reader.ts'
import { type InputName, ranges } from './table.ts'

/** Reads the inputs of the audit. Throws one Problem, `Input.Invalid`, with a finding for everything that is wrong. */
export const parseAuditInputs = (env: Environment): AuditTask => {
  const reader = inputReader(env)
  refuseShard(reader)
  const entry = parseEntry(reader, 'patterns')
  const account = parseAccount(reader)
  const waitMs = parseWait(reader)
  const criteria = parseCriteria(reader)
  // The entry reads them again, whatever is wrong with the other inputs.
  reader.flag('comment-on-pull-request')
  reader.flag('open-issue')
  if (!criteria.looksAtServed && entry.options.connectTo !== 'dns')
    reader.wrong('connect-to', quote(reader.get('connect-to')), {
      en: 'nothing without look-at-served',
      zh: '空：look-at-served 为 false 时不能使用',
    })
  if (reader.findings.length > 0) throw problemWith('Input.Invalid', reader.findings)
  return { accounts: [{ account, entries: [entryAt(entry, account)] }], waitMs, criteria }
}

/** How findings are judged, which holds for all sites. */
export const parseCriteria = (reader: Reader): Criteria => {
  const { minimum, maximum } = ranges['expires-within-days']
  const fits = (n: number) => n >= minimum && n <= maximum
  const expiresWithinDays = reader.quantity('expires-within-days', fits, {
    en: `a number of days, at most ${maximum}`,
    zh: `天数，最大 ${maximum}`,
  })
  return { expiresWithinDays, looksAtServed: reader.flag('look-at-served'), failOn: parseFailOn(reader) }
}

const parseFailOn = ({ get, wrong }: Reader): readonly FindingKind[] => {
  const listed = [...new Set(entries(get('fail-on')))]
  if (listed.length === 1 && listed[0] === 'none') return []
  const known = findingKinds.filter((kind) => listed.includes(kind))
  for (const word of listed) {
    const expected =
      word === 'none'
        ? { en: 'none alone, or kinds of findings', zh: '单独填写 none，或填写问题的类型' }
        : { en: `any of ${findingKinds.join(', ')}; or none`, zh: `${findingKinds.join('、')} 中的任意几项，或 none` }
    if (!known.some((kind) => kind === word)) wrong('fail-on', quote(word), expected)
  }
  if (listed.length === 0)
    wrong(
      'fail-on',
      { en: 'a list without an entry', zh: '不含任何条目的列表' },
      { en: 'kinds of findings, or none', zh: '问题的类型，或 none' },
    )
  return known
}

interface ParsedEntry extends Omit<AuditEntry, 'options'> {
  readonly options: Omit<AuditOptions, 'site'>
}

const entryAt = (entry: ParsedEntry, { site }: Account): AuditEntry => ({
  ...entry,
  options: { ...entry.options, site },
})

const parseEntry = (reader: Reader, hosts: 'patterns' | 'by match'): ParsedEntry => {
  const zones = parseAuditZones(reader)
  const patterns = hosts === 'by match' ? parseByMatch(reader, zones) : parsePatterns(reader)
  const apiVersion = reader.choice('api-version')
  const connectTo = parseConnectTo(reader)
  if (connectTo === 'cname' && apiVersion === '2022-01-06')
    reader.wrong('connect-to', inBoth('cname'), {
      en: 'a host or an address: api-version 2022-01-06 returns no CNAME',
      zh: '主机名或地址：api-version 2022-01-06 不返回 CNAME',
    })
  return { zones, options: { patterns, apiVersion, connectTo } }
}

const parsePatterns = (reader: Reader): readonly Pattern[] => {
  const take = entryReader(reader)
  return listedIn(reader).flatMap((entry) => take(parsePattern(entry), entry))
}

const listedIn = ({ get }: Reader): readonly string[] => [...new Set(entries(get('hosts')))]

/** In a manifest, `hosts` are names unless `match` says otherwise. */
const parseByMatch = (reader: Reader, zones: AuditZones): readonly Pattern[] => {
  const usual = zones.by === 'all' ? 'certificate' : 'exact'
  const match = reader.get('match') === '' ? usual : reader.choice('match')
  if (match !== 'exact') return parsePatterns(reader)
  const take = entryReader(reader)
  return listedIn(reader)
    .flatMap((entry) => take(parseHost(entry), entry))
    .map(named)
}

const named = (host: string): Pattern => ({ text: host, excludes: false, test: (other) => other === host })

/** Keys of a site, or of the defaults, that the audit reads; the others are about the deployment. */
const auditKeys: readonly InputName[] = [
  'zone-id',
  'zone-name',
  'hosts',
  'match',
  'api-version',
  'connect-to',
  'wait-minutes',
]

/** An entry of a manifest, as the audit reads it. */
export const auditedEntry: EntryKind<AuditEntry> = {
  keys: auditKeys,
  parse: (reader) => {
    const entry = parseEntry(reader, 'by match')
    return (account, at) => ({ ...entryAt(entry, account), at })
  },
}
