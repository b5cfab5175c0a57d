import type { Text } from '../util/language.ts'
import { isOneOf } from '../util/lists.ts'
import type { Problem } from './problem.ts'

/** What was done with a certificate in SSL Certificate Service. */
export type CertificateEvent =
  /** `isPerhapsReused`: the service may have had it already, because it answers a second upload with the existing ID. */
  | { readonly kind: 'uploaded'; readonly id: string; readonly alias: string; readonly isPerhapsReused?: true }
  | { readonly kind: 'reused'; readonly id: string; readonly subject: string }
  | { readonly kind: 'would-upload'; readonly subject: string }
  /** The upload was sent, but its outcome is unknown. */
  | { readonly kind: 'upload-unknown'; readonly subject: string; readonly why: Text }
  | { readonly kind: 'muted'; readonly ids: readonly string[] }
  /** The call was sent, but its outcome is unknown. */
  | { readonly kind: 'mute-unknown'; readonly ids: readonly string[]; readonly why: Text }
  | { readonly kind: 'deleted'; readonly id: string }
  /** Kept unchanged. `detail`: the resources that they are bound to, or the answer of the service. */
  | { readonly kind: 'kept'; readonly ids: readonly string[]; readonly why: KeptBecause; readonly detail?: Text }
  /** In a dry run: certificates that would be muted or deleted. */
  | { readonly kind: 'would-retire'; readonly ids: readonly string[]; readonly how: 'mute' | 'delete' }
  | { readonly kind: 'not-retired'; readonly ids: readonly string[]; readonly problem: Problem }
  | { readonly kind: 'not-deleted'; readonly id: string; readonly why: Text }
  /** The deletion was requested, but its outcome is unknown. */
  | { readonly kind: 'deletion-unknown'; readonly id: string; readonly why: Text }

/** How a certificate that was given as PEM got its ID. */
export type UploadEvent = Extract<CertificateEvent, { readonly kind: 'uploaded' | 'reused' | 'would-upload' }>

/** Whether something was changed in SSL Certificate Service, or may have been. */
export const isChange = ({ kind }: CertificateEvent): boolean =>
  isOneOf(kind, 'uploaded', 'upload-unknown', 'muted', 'mute-unknown', 'deleted', 'deletion-unknown')

/**
 * Why an old certificate is kept. `not-uploaded`: it was purchased or is managed. `not-replaced`: it was removed from a host, but no
 * certificate of the same algorithm replaced it. `not-covered`: the new one does not cover all of its names. `names-unknown`: the names could
 * not be compared. `still-bound`: a host of the site has it. `bound-elsewhere`: SSL Certificate Service reports a binding.
 * `inventory-unknown`: its bindings could not be read. `site-unreadable`: nothing was verified.
 */
export type KeptBecause =
  | 'not-uploaded'
  | 'not-replaced'
  | 'not-covered'
  | 'names-unknown'
  | 'still-bound'
  | 'bound-elsewhere'
  | 'inventory-unknown'
  | 'site-unreadable'
