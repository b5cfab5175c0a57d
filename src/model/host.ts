import type { Certificate } from './certificate.ts'

/** A certificate that is bound to a host. */
export interface Bound extends Certificate {
  /** `deployed`, `processing`, `applying`, `issued` (binding failed), `failed` (application failed), or a value that is not documented yet. */
  readonly status?: string | undefined
  /** When it was deployed, Unix milliseconds. */
  readonly deployed?: number | undefined
}

type Slot = readonly string[] | 'off'

/** The client and upstream certificates of a host, each as sorted certificate IDs; absent where the service did not tell. */
export interface MutualTls {
  /** CA certificates that the edge verifies visitors with (`ClientCertInfo`). */
  readonly client?: Slot
  /** Certificates that the edge presents to the origin (`UpstreamMutualTLS`). */
  readonly upstream?: Slot
  /** CA certificates that the edge verifies the origin with (`UpstreamCertificateVerify`). */
  readonly originCa?: Slot
}

/** An acceleration domain of a zone, as the service describes it. */
export interface Host {
  readonly name: string
  /** `online`, `process`, `offline`, `forbidden`, `init`, or a value that is not documented yet; absent in API version 2022-01-06. */
  readonly status?: string | undefined
  /** `Mode` of its certificate; absent in API version 2022-01-06. */
  readonly mode?: string | undefined
  readonly certificates: readonly Bound[]
  readonly mutualTls: MutualTls
  /** The EdgeOne name that the host's DNS record should point to. */
  readonly cname?: string | undefined
}

/** A selected host: as it was read, or only its name if the site's hosts cannot be listed. */
export type Selected = Host | { readonly name: string }

export const wasRead = (selected: Selected): selected is Host => 'certificates' in selected
