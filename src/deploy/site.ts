import { readAlgorithms } from '../discover/certificates.ts'
import { checkCertificates } from '../discover/check.ts'
import { discover, type Found } from '../discover/discover.ts'
import { findZone } from '../discover/zone.ts'
import { ownProblem, toProblem } from '../model/problem.ts'
import type { SiteResult } from '../model/result.ts'
import { idsOf } from '../model/setting.ts'
import { sites } from '../model/site.ts'
import type { Spec } from '../model/spec.ts'
import { type Desired, plan } from '../plan/plan.ts'
import { certificateLine, planLine, planTitle, planWarnings } from '../plan/words.ts'
import type { Context } from '../tencent/context.ts'
import { count, list } from '../util/text.ts'
import { batchSize } from './batches.ts'
import { type Provided, provide } from './provide.ts'
import { reach } from './reach.ts'
import { type SiteRecord, siteRecord } from './record.ts'
import { retire, retireNothing } from './retire.ts'
import { rollBack } from './rollback.ts'
import { tellStopped } from './stopped.ts'
import { failureOf, track } from './tracker.ts'
import type { Work } from './work.ts'

/** Deploys a spec to the hosts of one site. Never throws: a failure is in the result. */
export const deploySite = async (context: Context, spec: Spec): Promise<SiteResult> => {
  const record = siteRecord(context, spec)
  try {
    const found = await context.log.group('Reading', () => look(context, spec, record))
    if (found.hosts.length === 0) {
      noHosts(context, spec)
      return record.result(undefined)
    }
    const provided = await provide(context, spec, found, record.certificate)
    record.brings(provided.certificates)
    const work = await makePlan(context, spec, { ...found, ...provided }, record)
    await (spec.dryRun ? foretell(work) : carryOut(work))
    return record.result(failureOf(work.tracker))
  } catch (thrown) {
    return record.result(toProblem(thrown))
  }
}

/** What was read of the site and the certificates. */
interface Reading extends Found {
  readonly zoneId: string
  /** Unix milliseconds. */
  readonly readAt: number
}

/** What the plan needs to know about the site and the certificates. */
type Known = Reading & Provided

/** Finds the zone, reads its hosts and the certificates, and checks that they match. */
const look = async (context: Context, spec: Spec, record: SiteRecord): Promise<Reading> => {
  const { log, warn, clock } = context
  const zoneId = await findZone(context, spec)
  record.found(zoneId)
  log.info(`Site ${zoneId} (${sites[spec.site].name}, API ${spec.apiVersion})`)
  const found = await discover(context, spec, zoneId)
  const readAt = clock.now()
  checkCertificates(found.certificates, {
    hosts: found.hosts.map(({ name }) => name),
    minDaysLeft: spec.minDaysLeft,
    input: spec.source.kind === 'pem' ? 'certificate' : 'cert-id',
    now: clock.now(),
  })
  record.brings(found.certificates)
  for (const certificate of found.certificates) log.info(certificateLine(certificate))
  log.info(`${count(found.hosts.length, 'host')}: ${list(found.hosts, 20, ({ name }) => name)}`)
  for (const note of found.notes) warn('Hosts', note)
  for (const notice of found.notices ?? []) record.notice('Hosts', notice)
  return { ...found, zoneId, readAt }
}

/** Throws `Input.NoHosts` unless the inputs allow that no host is selected. */
const noHosts = ({ warn }: Context, { ifNoHosts }: Spec): void => {
  const message = 'The inputs select no host of the site, so there was nothing to do.'
  if (ifNoHosts === 'error') throw ownProblem('Input.NoHosts', { message })
  if (ifNoHosts === 'warn') warn('No hosts', message)
}

/** Maximum number of plan lines in the log; the result has the whole plan. */
const maxLines = 200

/** Plans every host, and logs the plan. */
const makePlan = async (context: Context, spec: Spec, known: Known, record: SiteRecord): Promise<Work> => {
  const { log, warn, clock } = context
  const { setting, certificates, hosts, sslReadable, reader, zoneId, readAt } = known
  const { keepOther } = spec
  const mustKnow = setting.mode === 'sslcert' && keepOther && sslReadable
  const others = mustKnow ? await readAlgorithms(context, hosts, idsOf(setting)) : []
  const byId = new Map([...others, ...certificates].map((certificate) => [certificate.id, certificate]))
  const blocking = new Set<string>()
  const desired: Desired = { setting, keepOther, known: byId, blocking, now: clock.now() }
  const changes = hosts.map((host) => plan(desired, host))
  await log.group(planTitle(changes), async () => {
    for (const change of changes.slice(0, maxLines)) log.info(planLine(change))
    if (changes.length > maxLines) log.info(`and ${changes.length - maxLines} more`)
  })
  for (const warning of planWarnings(changes, byId)) warn('Certificates', warning)
  const tracker = track(changes, { dryRun: spec.dryRun, readAt, now: clock.now })
  record.tracks(tracker)
  return {
    context,
    spec,
    zoneId,
    tracker,
    reader,
    planNow: (host) => plan(desired, host),
    known: byId,
    blocking,
    batchSize: batchSize(),
    journal: record,
  }
}

/** In a dry run, records what would be done with old certificates. */
const foretell = async (work: Work): Promise<void> => {
  if (failureOf(work.tracker) === undefined) await retireOld(work)
}

const retireOld = async (work: Work): Promise<void> => {
  const { spec, context, reader } = work
  if (spec.oldCertificates === 'keep') return
  if (reader === undefined) retireNothing(work)
  else await context.log.group('Old certificates', () => retire(work, reader))
}

/** Binds, waits and probes; then rolls back what failed, or retires old certificates. Throws what stopped the work. */
export const carryOut = async (work: Work): Promise<void> => {
  const { spec, context, tracker } = work
  const stopped = await reach(work, spec.waitFor).then(
    () => undefined,
    (thrown: unknown) => toProblem(thrown),
  )
  if (stopped === undefined && failureOf(tracker) === undefined) return retireOld(work)
  if (stopped !== undefined) tellStopped(work, 'accepted', stopped)
  if (spec.rollback && !context.cancelled.aborted) await rollBack(work)
  if (stopped !== undefined) {
    // Not before the rollback: nothing speaks against what is deployed.
    tellStopped(work, 'deployed', stopped)
    throw stopped
  }
  // The last reading may have shown that all hosts got there.
  if (failureOf(tracker) === undefined) await retireOld(work)
}
