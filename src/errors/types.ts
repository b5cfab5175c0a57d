/** Services of Tencent Cloud whose codes are in the catalogue. */
export type Service = 'teo' | 'ssl' | 'sts'

/**
 * How long a transient error is retried. `deadline`: throttling, and a zone or host that is busy, until the step's deadline.
 * `bounded`: faults of the service and of the network, a few times only.
 */
export type Budget = 'deadline' | 'bounded'

/** What must hold for a retry, where the code alone does not tell. */
export type Condition =
  | 'without a reason, or for two minutes after an upload with a generic one'
  | 'for two minutes after an upload'
  | 'with HTTP 5xx or 429'
  | 'except for uploads'

export interface Retry {
  /** A phrase for the log. */
  readonly why: string
  readonly budget: Budget
  readonly only?: Condition
}

/**
 * Whom a refusal concerns. `host`: it may be one host only. `certificate`: every host that should get it. `all`: every host alike.
 * `together`: hosts that are refused in one call because they differ, and not one by one.
 */
export type Concerns = 'host' | 'certificate' | 'all' | 'together'

/** A call of a service. */
export interface Call {
  readonly service: Service
  readonly action: string
}

/** The texts of a code: one to three sentences each, of Markdown with code spans. */
export interface Texts {
  /** What the code means. */
  readonly meaning: string
  /** What to do about it. */
  readonly fix: string
}

/** What is known of a code. The texts are English. */
export interface Row extends Texts {
  /** Only for transient errors. */
  readonly retry?: Retry
  /** `host` when absent. */
  readonly concerns?: Concerns
  /** The key has no permission for the call. */
  readonly forbidden?: true
  /** The host is only being deployed when the message matches: no code tells that. */
  readonly deployingIf?: RegExp
}

/** What a Problem knows of its code. */
export interface Facts {
  readonly code: string
  /** Absent for a code that the catalogue does not have. */
  readonly row?: Row | undefined
  /** The call that the service refused. Absent for a code of this action. */
  readonly call?: Call | undefined
}

export type Rows = Readonly<Record<string, Row>>

declare const brand: unique symbol

/** A code that a service answered with: any text. Only the parser of responses makes one. */
export type ServiceCode = string & { readonly [brand]: 'ServiceCode' }
