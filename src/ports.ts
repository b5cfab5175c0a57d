import type { Buffer } from 'node:buffer'

/** What the world offers to this action. `shell/` implements it; nothing else touches the network, the clock or the log. */
export interface World {
  /** The environment of the process, as the runner made it. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly send: Send
  readonly clock: Clock
  readonly log: Log
  /** Aborted, with a Problem `Run.Cancelled` as its reason, when the runner asks the step to stop. */
  readonly cancelled: AbortSignal
}

export interface HttpRequest {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface HttpResponse {
  readonly status: number
  /** The `Date` header, as it came. */
  readonly date: string | undefined
  readonly body: string
}

/**
 * One POST, one answer, whatever its status. Throws a Problem `Network.…`, or the reason of the signal.
 * Never retries, never follows a redirect.
 */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>

export interface Clock {
  /** Unix time, milliseconds. */
  readonly now: () => number
  /** Resolves after `ms` milliseconds; throws the reason of the signal. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** A signal that aborts with what `reason` makes, at `at` (Unix milliseconds). It does not keep the process alive. */
  readonly alarm: (at: number, reason: () => unknown) => AbortSignal
  /** Uniform in [0, 1). */
  readonly random: () => number
}

export interface Log {
  readonly info: (line: string) => void
  /** Shown only when the run has debug logging. */
  readonly debug: (line: string) => void
  /** An annotation of the run, and a line of the log. */
  readonly annotate: (annotation: Annotation) => void
  /** The lines that `body` writes, folded under a title. */
  readonly group: <T>(title: string, body: () => Promise<T>) => Promise<T>
  /** From here on the runner replaces this text by `***`. */
  readonly mask: (secret: string) => void
}

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
}
