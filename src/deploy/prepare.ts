import { readAlgorithms } from '../discover/certificates.ts'
import { checkCertificates } from '../discover/check.ts'
import { discover, type Found } from '../discover/discover.ts'
import { newestFor } from '../discover/newest.ts'
import type { Change } from '../model/change.ts'
import { type Selected, wasRead } from '../model/host.ts'
import { ownProblem } from '../model/problem.ts'
import { siteName } from '../model/result.ts'
import { idsOf } from '../model/setting.ts'
import { sites } from '../model/site.ts'
import type { Spec } from '../model/spec.ts'
import { type Desired, plan } from '../plan/plan.ts'
import { certificateLine, planLine, planTitle, planWarnings } from '../plan/words.ts'
import type { Context } from '../tencent/context.ts'
import { count, list } from '../util/text.ts'
import { batchSize } from './batches.ts'
import type { Provided } from './provide.ts'
import type { SiteRecord } from './record.ts'
import { titles } from './titles.ts'
import { track } from './tracker.ts'
import type { Work } from './work.ts'

/** What was read of the site and the certificates. */
export interface Reading extends Found {
  /** Unix milliseconds. */
  readonly readAt: number
}

/** Reads the hosts of a site and the certificates, and checks that they match. Changes nothing. */
export const readSite = async (context: Context, spec: Spec, record: SiteRecord): Promise<Reading> => {
  const { log, warn, clock } = context
  const { zone } = spec
  log.info(`Site ${siteName({ zone })} (${sites[spec.site].name}, API ${spec.apiVersion})`)
  const found = await discover(context, spec, zone.id)
  const readAt = clock.now()
  if (found.hosts.length > 0) {
    checkCertificates(found.certificates, {
      hosts: found.hosts.map(({ name }) => name),
      minDaysLeft: spec.minDaysLeft,
      input: spec.source.kind === 'pem' ? 'certificate' : 'cert-id',
      now: clock.now(),
    })
  }
  record.brings(found.certificates)
  for (const certificate of found.certificates) log.info(certificateLine(certificate))
  log.info(`${count(found.hosts.length, 'host')}: ${list(found.hosts, 20, ({ name }) => name)}`)
  for (const reason of found.reasons ?? []) record.note(reason)
  for (const note of found.notes) warn(titles.hosts, note)
  for (const notice of found.notices ?? []) record.notice(titles.hosts, notice)
  return { ...found, readAt }
}

/** Maximum number of plan lines in the log; the result has the whole plan. */
const maxLines = 200

/** Plans every host, and logs the plan. */
export const planSite = async (
  context: Context,
  spec: Spec,
  known: Reading & Provided,
  record: SiteRecord,
): Promise<Work> => {
  const { log, warn, clock } = context
  const { setting, certificates, hosts, sslReadable, reader, readAt } = known
  const { keepOther } = spec
  const mustKnow = setting.mode === 'sslcert' && keepOther && sslReadable
  const others = mustKnow ? await readAlgorithms(context, hosts, idsOf(setting)) : []
  const byId = new Map([...others, ...certificates].map((certificate) => [certificate.id, certificate]))
  const blocking = new Set<string>()
  const desired: Desired = { setting, keepOther, known: byId, blocking, now: clock.now() }
  const planNow = (host: Selected) => (spec.source.kind === 'newest' ? planNewest : plan)(desired, host)
  const changes = hosts.map(planNow)
  await log.group(planTitle(changes), async () => {
    for (const change of changes.slice(0, maxLines)) log.info(planLine(change))
    if (changes.length > maxLines) log.info(`and ${changes.length - maxLines} more`)
  })
  for (const warning of planWarnings(changes, byId)) warn(titles.certificates, warning)
  const tracker = track(changes, { dryRun: spec.dryRun, readAt, now: clock.now })
  record.tracks(tracker)
  return {
    context,
    spec,
    zoneId: spec.zone.id,
    tracker,
    reader,
    planNow,
    known: byId,
    blocking,
    batchSize: batchSize(),
    journal: record,
  }
}

/** As `plan`, with the newest certificate of each algorithm that the host has. */
const planNewest = (desired: Desired, host: Selected): Change => {
  const { known, setting } = desired
  const newest = idsOf(setting).flatMap((id) => known.get(id) ?? [])
  const own = newestFor(newest, host, known)
  if (own !== undefined) return plan({ ...desired, setting: own }, host)
  const reason = {
    en: 'no newer certificate of its algorithm covers the hosts',
    zh: '没有覆盖这些域名的同算法更新证书',
  }
  const problem = ownProblem('Certificate.NoneFound', {
    message: { en: `${host.name}: ${reason.en}`, zh: `${host.name}：${reason.zh}` },
  })
  return {
    kind: 'refuse',
    because: 'unclear',
    host: host.name,
    before: wasRead(host) ? host : undefined,
    reason,
    problem,
  }
}
