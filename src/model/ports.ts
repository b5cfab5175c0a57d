import type { Buffer } from 'node:buffer'
import type { Language, Text } from '../util/language.ts'
import type { Place } from './problem.ts'

/** The environment variables that the runner sets. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What this action uses of the world outside. Implemented by `runner/`; nothing else touches the network, the clock or the log. */
export interface World {
  readonly env: Environment
  /** In which language the step reports. */
  readonly language: Language
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
  readonly method?: 'GET' | 'PATCH'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface HttpResponse {
  readonly status: number
  /** The `Date` header, as received. */
  readonly date: string | undefined
  readonly body: string
}

/**
 * Sends one request and returns the answer, whatever its status. Throws a Problem `Network.…`, or the reason of the signal.
 * Never retries or follows a redirect.
 */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>

/** One TLS probe of a host. */
export interface Probe {
  /** The server name that is requested (SNI, RFC 6066 §3), and that the certificate must be valid for. */
  readonly host: string
  /** Where to connect: a name or an address, and a port. */
  readonly at: { readonly host: string; readonly port: number }
  /** Requests the certificate of this algorithm, by the signature algorithms offered (RFC 8446 §4.2.3); either when absent. */
  readonly algorithm?: 'RSA' | 'ECC' | undefined
}

/** The leaf certificate received in a TLS handshake. Times are Unix milliseconds. */
export interface Served {
  /** SHA-256 of the leaf, 64 lower-case hexadecimal digits. */
  readonly sha256: string
  readonly names: readonly string[]
  readonly notBefore: number
  readonly notAfter: number
  readonly algorithm: 'RSA' | 'ECC' | undefined
  /** Why the chain or the name does not verify against the system's root certificates; absent when both do. */
  readonly distrust?: Text | undefined
}

/** One TLS handshake, through a proxy if the environment sets one for the host. Throws a Problem `Network.…`, or the signal's reason. */
export type Handshake = (probe: Probe, signal: AbortSignal) => Promise<Served>

/** Maximum number of handshakes that are made for a site at the same time. */
export const maxHandshakes = 16

/**
 * All A and AAAA addresses of a name; only the name itself when it is an address or when a proxy resolves it. Throws a Problem
 * `Network.Connect` when there are none.
 */
export type Resolve = (host: string, signal: AbortSignal) => Promise<readonly string[]>

/** The OIDC token of the job for an audience. Throws `Input.NoIdToken`, a Problem `Network.…`, or the signal's reason. */
export type IdToken = (audience: string, signal: AbortSignal) => Promise<string>

/** A file of the workspace, by a path relative to it. Throws a Problem `Certificate.File` that says why, and not the path: it may be a key. */
export type ReadFile = (path: string, maxMiB?: number) => Promise<string>

export interface Clock {
  /** Unix time, milliseconds. */
  readonly now: () => number
  /** Resolves after `ms` milliseconds; throws the reason of the signal. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** A signal that aborts at `at` (Unix milliseconds) with the value of `reason()`. It does not keep the process alive. */
  readonly alarm: (at: number, reason: () => unknown) => AbortSignal
  /** Uniform in [0, 1). */
  readonly random: () => number
}

export interface Log {
  readonly info: (line: string) => void
  /** Shown only when debug logging is enabled. */
  readonly debug: (line: string) => void
  /** An annotation of the run, and a line in the log. */
  readonly annotate: (annotation: Annotation) => void
  /** Folds the lines that `body` logs under a title. */
  readonly group: <T>(title: string, body: () => Promise<T>) => Promise<T>
  /** From now on the runner and `scrub` replace this text, and each of its lines, with `***`. */
  readonly mask: (secret: string) => void
  /** Like `mask`, but only for `scrub`, and only as a whole: no mask is set in the runner. */
  readonly hide: (secret: string) => void
  /** The text without the secrets that were masked or hidden, in any encoding. Logged text is scrubbed anyway. */
  readonly scrub: (text: string) => string
}

export interface Annotation {
  /** Where it belongs in a file of the workspace. */
  readonly at?: Place | undefined
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: Text
  readonly message: Text
}

/** Warns the user: an annotation, and an entry in the summary. */
export type Warn = (title: Text, message: Text) => void
