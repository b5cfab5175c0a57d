import type { Problem } from './problem.ts'

/** What was done with a certificate in SSL Certificate Service. */
export type CertificateEvent =
  | { readonly kind: 'uploaded'; readonly id: string; readonly alias: string }
  | { readonly kind: 'reused'; readonly id: string; readonly subject: string }
  | { readonly kind: 'would-upload'; readonly subject: string }
  | { readonly kind: 'muted'; readonly ids: readonly string[] }
  | { readonly kind: 'deleted'; readonly id: string }
  | { readonly kind: 'kept'; readonly ids: readonly string[]; readonly why: 'not-uploaded' | 'still-bound' }
  | { readonly kind: 'not-retired'; readonly ids: readonly string[]; readonly problem: Problem }
  | { readonly kind: 'not-deleted'; readonly id: string; readonly why: string }
