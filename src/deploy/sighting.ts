import type { Certificate } from '../model/certificate.ts'
import type { Probe } from '../model/ports.ts'
import type { NonEmpty } from '../util/lists.ts'

/** A host to probe. */
export interface Target {
  readonly host: string
  /** The name that is sent as SNI. */
  readonly name: string
  readonly cname: string | undefined
  readonly expected: NonEmpty<Expected>
}

/** One certificate of a host, and the algorithm that is requested for it. */
export interface Expected {
  readonly algorithm: Probe['algorithm']
  readonly certificate: Certificate | undefined
}

/** What a probe of a host showed. */
export type Sighting =
  /** Every address serves every certificate. `distrust`: why this machine does not trust the chain or the name. */
  | { readonly isRight: true; readonly distrust?: string | undefined }
  /** `atEdge`: EdgeOne itself serves the certificate. */
  | { readonly isRight: false; readonly text: string; readonly atEdge: boolean }
