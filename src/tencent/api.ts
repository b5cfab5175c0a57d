import type { Service } from '../errors/index.ts'

/** One action of one product. */
export interface Api {
  readonly service: Service
  readonly version: string
  readonly action: string
  /** Requests a second that the product allows for this action (reference: rate limits). */
  readonly perSecond: number
  /** Whether the call names a region (`X-TC-Region`). */
  readonly hasRegion?: boolean
  /** Whether it is sent without a signature (`Authorization: SKIP`). */
  readonly anonymous?: boolean
}

/** What JSON can hold, without `null`: TEO refuses explicit nulls, and every field that it does not know. */
export type JsonValue = string | number | boolean | readonly JsonValue[] | { readonly [name: string]: JsonValue }

export type Body = { readonly [name: string]: JsonValue }
