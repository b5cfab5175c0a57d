import type { Service } from '../errors/index.ts'

/** One action of one product. */
export interface Api {
  readonly service: Service
  readonly version: string
  readonly action: string
  /** Requests a second that the product allows for this action (reference: rate limits). */
  readonly perSecond: number
  /** Whether the call has a region (`X-TC-Region`). */
  readonly hasRegion?: boolean
  /** Whether it is sent without a signature (`Authorization: SKIP`). */
  readonly anonymous?: boolean
  /**
   * Whether the client leaves an attempt without an answer, or one that met something busy, to the caller, who reads what came of it, or
   * which host is busy, before sending it again.
   */
  readonly readBack?: boolean
}

/** A JSON value without `null`: TEO refuses explicit nulls and unknown fields. */
export type JsonValue = string | number | boolean | readonly JsonValue[] | { readonly [name: string]: JsonValue }

export type Body = { readonly [name: string]: JsonValue }
