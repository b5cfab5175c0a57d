import type { NonEmpty } from '../util/lists.ts'
import type { Pair } from './certificate.ts'
import type { Pattern } from './hostname.ts'
import type { ApiVersion, ModeWithoutIds } from './setting.ts'
import type { Site } from './site.ts'
import type { Stage } from './stage.ts'

/** A site, by its ID or by its name. */
export type ZoneRef = { readonly id: string } | { readonly name: string }

/** Which sites: by ID, by name, or every site of the account under which a name of the certificate lies (`auto`). */
export type Zones =
  | { readonly by: 'id'; readonly ids: NonEmpty<string> }
  | { readonly by: 'name'; readonly names: NonEmpty<string> }
  | { readonly by: 'certificate' }

/** How hosts are selected: by name, by patterns, or by what the certificate covers, narrowed by patterns. */
export type Selection =
  | { readonly match: 'exact'; readonly hosts: readonly string[] }
  | { readonly match: 'pattern' | 'certificate'; readonly patterns: readonly Pattern[] }

/** PEM as given in the inputs: text, or paths of files. */
export interface PemText {
  readonly kind: 'pem-text'
  readonly certificate: string
  readonly privateKey: string
  readonly alias: string | undefined
  /** Whether an earlier upload of the same certificate is used. */
  readonly reuse: boolean
}

/** What the hosts are to have. */
export type Source =
  /** Certificates with their keys, to be uploaded. */
  | {
      readonly kind: 'pem'
      readonly pairs: NonEmpty<Pair>
      readonly alias: string | undefined
      /** Whether an earlier upload of the same certificate is used. */
      readonly reuse: boolean
    }
  /** Certificates in SSL Certificate Service. */
  | { readonly kind: 'ids'; readonly ids: NonEmpty<string> }
  /** The site's default certificate. */
  | { readonly kind: 'default' }
  /** Of the certificates in SSL Certificate Service that cover the hosts, the one that is valid longest, for each algorithm. */
  | { readonly kind: 'newest' }
  /** A mode without certificate IDs. */
  | { readonly kind: 'mode'; readonly mode: ModeWithoutIds }

/** The source as given in the inputs: PEM is not read yet. */
export type GivenSource = Exclude<Source, { readonly kind: 'pem' }> | PemText

/** Where a TLS probe connects: to the host's own DNS name, to its CNAME at EdgeOne, or to one host and port for all hosts. */
export type ConnectTo = 'dns' | 'cname' | { readonly host: string; readonly port: number }

/** What is to be done at a site, except for the site itself and the certificate. */
export interface SiteOptions {
  readonly selection: Selection
  readonly ifNoHosts: 'error' | 'warn' | 'ignore'
  /** Whether certificates of an algorithm that the step does not bring stay bound. */
  readonly keepOther: boolean
  readonly minDaysLeft: number
  readonly site: Site
  readonly apiVersion: ApiVersion
  readonly dryRun: boolean
  readonly waitFor: Stage
  readonly connectTo: ConnectTo
  readonly rollback: boolean
  readonly oldCertificates: 'keep' | 'mute' | 'delete'
}

/** What to do at one site. */
export interface Spec extends SiteOptions {
  /** The name only where it was looked up. */
  readonly zone: { readonly id: string; readonly name?: string }
  readonly source: Source
}
