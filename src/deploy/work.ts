import type { Certificate } from '../model/certificate.ts'
import type { CertificateEvent } from '../model/certificate-event.ts'
import type { Change } from '../model/change.ts'
import type { Host } from '../model/host.ts'
import type { SiteOptions } from '../model/spec.ts'
import type { Context } from '../tencent/context.ts'
import type { HostReader } from '../tencent/hosts.ts'
import type { Text } from '../util/language.ts'
import type { BatchSize } from './batches.ts'
import type { Tracker } from './tracker.ts'

/** The work on the hosts of one site, once there is a plan. */
export interface Work {
  readonly context: Context
  readonly spec: SiteOptions
  readonly zoneId: string
  readonly tracker: Tracker
  /** Absent if the site's hosts cannot be listed. */
  readonly reader: HostReader | undefined
  /** A new plan for a host as it was read. */
  readonly planNow: (host: Host) => Change
  /** Known certificates, by ID. */
  readonly known: ReadonlyMap<string, Certificate>
  /** IDs of certificates that turned out not to be taken beside the new one; the plans leave them out. */
  readonly blocking: Set<string>
  readonly batchSize: BatchSize
  readonly journal: Journal
}

/** Records what happens at a site, apart from the progress of its hosts. */
export interface Journal {
  /** The RequestId of a ModifyHostsCertificate call that EdgeOne accepted. */
  readonly accepted: (requestId: string | undefined) => void
  readonly certificate: (event: CertificateEvent) => void
  readonly note: (line: Text) => void
}
