import type { Buffer } from 'node:buffer'

/** What the world offers to this action. `shell/` implements it; nothing else touches the network, the clock or the log. */
export interface World {
  /** The environment of the process, as the runner made it. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly send: Send
  readonly handshake: Handshake
  readonly resolve: Resolve
  readonly readFile: ReadFile
  readonly idToken: IdToken
  readonly clock: Clock
  readonly log: Log
  /** Aborted, with a Problem `Run.Cancelled` as its reason, when the runner asks the step to stop. */
  readonly cancelled: AbortSignal
}

export interface HttpRequest {
  /** `POST` when absent. */
  readonly method?: 'GET'
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
 * One request, one answer, whatever its status. Throws a Problem `Network.…`, or the reason of the signal.
 * Never retries, never follows a redirect.
 */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>

/** One look at what a host serves. */
export interface Probe {
  /** The name that is asked for (SNI, RFC 6066 §3), and that the certificate must have. */
  readonly host: string
  /** Where to connect: a name or an address, and a port. */
  readonly at: { readonly host: string; readonly port: number }
  /** Which certificate is asked for, by the signature algorithms that are offered (RFC 8446 §4.2.3); both when absent. */
  readonly algorithm?: 'RSA' | 'ECC' | undefined
}

/** The leaf that a TLS handshake was answered with. Times are Unix milliseconds. */
export interface Served {
  /** SHA-256 of the leaf, 64 lower-case hexadecimal digits. */
  readonly sha256: string
  readonly names: readonly string[]
  readonly notBefore: number
  readonly notAfter: number
  readonly algorithm: 'RSA' | 'ECC' | undefined
  /** Why chain or name do not verify against the roots of the system; absent when they do. */
  readonly distrust?: string | undefined
}

/** One TLS handshake, through the proxy where the environment names one for the host. Throws a Problem `Network.…`, or the signal's reason. */
export type Handshake = (probe: Probe, signal: AbortSignal) => Promise<Served>

/**
 * Every address of a name, A and AAAA; the name itself when a proxy is used for it, which looks it up itself, or when it is an
 * address. Throws a Problem `Network.Connect` when there is none.
 */
export type Resolve = (host: string, signal: AbortSignal) => Promise<readonly string[]>

/** The OIDC token of the job for an audience. Throws `Input.NoIdToken`, a Problem `Network.…`, or the signal's reason. */
export type IdToken = (audience: string, signal: AbortSignal) => Promise<string>

/** A file of the workspace, by a path relative to it. Throws a Problem `Certificate.File`. */
export type ReadFile = (path: string) => Promise<string>

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
