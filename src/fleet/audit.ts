import { type AuditContext, type Audited, auditSite, siteWithout } from '../audit/site.ts'
import { type AccountOptions, signIn } from '../credentials/account.ts'
import { type ZoneLookup, type Zones, zoneReader } from '../discover/zone.ts'
import type { AuditEntry, AuditedSite, AuditSpec, AuditTask, AuditZones, Criteria } from '../model/audit.ts'
import type { World } from '../model/ports.ts'
import { ownProblem, type Problem, toProblem } from '../model/problem.ts'
import type { ZoneRef } from '../model/spec.ts'
import type { AccountTask } from '../model/task.ts'
import type { Context } from '../tencent/context.ts'
import { inParallel } from '../util/concurrency.ts'
import type { Text } from '../util/language.ts'
import { count } from '../util/text.ts'
import { type FleetOptions, perAccount } from './fleet.ts'
import { siteContext } from './site-log.ts'

/** Sites of an account in parallel. The rate limiter decides how fast calls are sent. */
const width = 128

/** Audits the sites of all accounts, side by side. Never throws: an account or a site that cannot be read is a finding. */
export const auditFleet = (world: World, task: AuditTask, options: FleetOptions): Promise<readonly AuditedSite[]> =>
  perAccount(world, task.accounts, options, (own, account, shared) => auditOne(own, account, task, shared))

const auditOne = async (
  world: World,
  { name, account, entries }: AccountTask<AuditEntry>,
  task: AuditTask,
  options: AccountOptions,
): Promise<readonly AuditedSite[]> => {
  const named = (site: AuditedSite): AuditedSite => (name === undefined ? site : { ...site, account: name })
  try {
    const context = await signIn(world, account, options)
    return (await auditAccount(context, entries, task)).map(named)
  } catch (thrown) {
    return entries.flatMap((entry) => unread(entry, toProblem(thrown))).map(named)
  }
}

/** The sites of an entry, none of which can be read. */
const unread = ({ zones, options: { site } }: AuditEntry, problem: Problem): readonly AuditedSite[] =>
  refsOf(zones).map((zone) => siteWithout({ zone, site }, problem))

const refsOf = (zones: AuditZones): readonly ZoneRef[] => {
  switch (zones.by) {
    case 'id':
      return zones.ids.map((id) => ({ id }))
    case 'name':
      return zones.names.map((name) => ({ name }))
    case 'all':
      return [{ name: 'all' }]
    default:
      return zones satisfies never
  }
}

const auditAccount = async (
  context: Context,
  entries: readonly AuditEntry[],
  { criteria, accounts }: AuditTask,
): Promise<readonly AuditedSite[]> => {
  const found = await sitesOf(context, entries)
  const lost = found.flatMap(({ entry, lookup }) =>
    'problem' in lookup ? siteWithout({ zone: lookup.zone, site: entry.options.site }, lookup.problem) : [],
  )
  const specs = specsOf(found, criteria)
  const isOne = accounts.length === 1 && specs.length + lost.length === 1
  let isTold = false
  const own: AuditContext = {
    ...context,
    withoutSsl: (problem) => {
      if (!isTold) tellWithoutSsl(context, problem)
      isTold = true
    },
  }
  const works = specs.map((spec) => (isOne ? { spec, own, flush: async () => undefined } : oneOfMany(own, spec)))
  const audits = new Map<AuditSpec, Audited>()
  await inParallel(works, width, async ({ spec, own: its }) => {
    audits.set(spec, await auditSite(its, spec))
    if (!isOne) context.log.info(`${audits.size}/${count(specs.length, 'site')} audited`)
  })
  for (const { flush } of works) await flush()
  warnIdle(context, entries, audits)
  return [...specs.flatMap((spec) => audits.get(spec)?.site ?? []), ...lost]
}

/** The context of one of several sites, which keeps its lines in the log together. */
const oneOfMany = (context: AuditContext, spec: AuditSpec) => {
  const { name, own, flush } = siteContext(context, spec)
  return { spec, own, flush: () => flush(name) }
}

const tellWithoutSsl = ({ log }: Context, { code }: Problem): void =>
  log.annotate({
    level: 'notice',
    title: { en: 'Certificates not read', zh: '未读取证书' },
    message: {
      en: `This key may not read certificates in SSL Certificate Service (${code}); allow ssl:DescribeCertificates. What EdgeOne says of them is taken: whether they cover their hosts is only seen in what the hosts serve.`,
      zh: `此密钥无权读取 SSL 证书服务中的证书（${code}），请授予 ssl:DescribeCertificates 权限。本次以 EdgeOne 返回的信息为准，证书是否包含域名只能从实际返回的证书判断。`,
    },
  })

interface Found {
  readonly entry: AuditEntry
  readonly lookup: ZoneLookup
}

/** The sites of all entries. They are looked up once for all of them. */
const sitesOf = async (context: Context, entries: readonly AuditEntry[]): Promise<readonly Found[]> => {
  const readers = new Map<string, Zones>()
  for (const { options } of entries) {
    const { apiVersion } = options
    const same = entries.filter((one) => one.options.apiVersion === apiVersion)
    const names = new Set(same.flatMap(({ zones }) => (zones.by === 'name' ? zones.names : [])))
    if (!readers.has(apiVersion))
      readers.set(apiVersion, zoneReader(context, apiVersion, { names: [...names], ids: [], locked: 'taken' }))
  }
  const each = entries.map(async (entry): Promise<readonly Found[]> => {
    const reader = readers.get(entry.options.apiVersion)
    try {
      const lookups = reader === undefined ? [] : await lookUp(entry.zones, reader)
      return lookups.map((lookup) => ({ entry, lookup }))
    } catch (thrown) {
      const problem = toProblem(thrown)
      return refsOf(entry.zones).map((zone) => ({ entry, lookup: { zone, problem } }))
    }
  })
  return (await Promise.all(each)).flat()
}

const lookUp = async (zones: AuditZones, reader: Zones): Promise<readonly ZoneLookup[]> => {
  if (zones.by === 'id') return zones.ids.map((id) => ({ zone: { id } }))
  if (zones.by === 'name') return Promise.all(zones.names.map(reader.named))
  // A site without a plan has no hosts.
  const all = (await reader.all()).filter(({ status }) => status !== 'initializing')
  if (all.length === 0) throw ownProblem('Input.ZoneName', { message: noSite })
  return all.map((zone) => ({ zone }))
}

const noSite: Text = { en: 'The key has access to no site in use', zh: '此密钥没有可访问的、正在使用的站点' }

/** Each site once, with what all entries ask to look at there. */
const specsOf = (found: readonly Found[], criteria: Criteria): readonly AuditSpec[] => {
  const specs = new Map<string, AuditSpec>()
  for (const { entry, lookup } of found) {
    if ('problem' in lookup) continue
    const { patterns, ...options } = entry.options
    const { id, name } = lookup.zone
    const known = specs.get(id) ?? { zone: { id }, selections: [], options, criteria }
    const zone = name === undefined ? known.zone : { id, name }
    specs.set(id, { ...known, zone, selections: [...known.selections, patterns] })
  }
  return [...specs.values()]
}

/** Warns of patterns that match no host of any site of an entry, as far as all sites could be read. */
const warnIdle = ({ warn }: Context, entries: readonly AuditEntry[], audits: ReadonlyMap<AuditSpec, Audited>): void => {
  const idle = [...audits.values()].map((one) => new Set(one.idle))
  if ([...audits.values()].some(({ site }) => site.problem !== undefined)) return
  for (const { options } of entries) {
    const asked = [...audits.keys()].filter(({ selections }) => selections.includes(options.patterns)).length
    for (const pattern of options.patterns) {
      if (pattern.excludes || asked === 0 || idle.filter((one) => one.has(pattern)).length < asked) continue
      warn(
        { en: 'Hosts', zh: '域名' },
        {
          en: `The pattern “${pattern.text}” matches no host of ${asked === 1 ? 'the site' : 'its sites'}.`,
          zh: `“${pattern.text}” 未匹配到任何域名。`,
        },
      )
    }
  }
}
