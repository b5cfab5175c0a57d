import { Buffer } from 'node:buffer'
import type { Service } from '../errors/index.ts'
import type { Clock, HttpRequest, Log, Send } from '../model/ports.ts'
import { altered, type Problem, type Sent, toProblem } from '../model/problem.ts'
import { count, duration } from '../util/text.ts'
import { version as actionVersion } from '../util/version.ts'
import type { Api, Body } from './api.ts'
import { whyRetry } from './faults.ts'
import { pacer } from './rate-limit.ts'
import { type Answer, readAnswer } from './response.ts'
import { type GivenUp, retry } from './retry.ts'
import { authorization, type Credential } from './sign.ts'

export interface CloudOptions {
  readonly send: Send
  readonly clock: Clock
  readonly log: Log
  readonly warn: (title: string, message: string) => void
  readonly credential: (signal: AbortSignal) => Promise<Credential>
  readonly endpoint: (service: Service) => URL
  /** `X-TC-Language`. */
  readonly language: string
  /** `X-TC-Region`, for what needs one. */
  readonly region: string
  /** Told of every attempt as it leaves; what it returns is told how the attempt went. */
  readonly onAttempt: (action: string) => (outcome: string, requestId: string | undefined) => void
}

/** One attempt as it went; kept for the summary and for `result`. */
export interface CallRecord {
  readonly action: string
  /** `ok`, or the code of the failure. */
  readonly outcome: string
  readonly requestId?: string | undefined
}

/**
 * Calls an action until it succeeds, fails for good, or the signal ends it; returns what `read` makes of the answer. `fresh` gives
 * fields that every attempt gets anew. Throws a Problem, whose `sent` is of all attempts.
 */
export type Call = <T>(api: Api, body: Body, read: (answer: Answer) => T, fresh?: () => Promise<Body>) => Promise<T>

/** `X-TC-RequestClient`: at most 128 of `[0-9a-zA-Z-_ ,;.]` (reference 5.2). */
export const requestClient = `edgeone-certificate-action ${actionVersion}`

/** A clock that is off by less is not why a signature expired: the service allows five minutes. Milliseconds. */
const leastOffset = 60_000

/**
 * The client: paces, signs every attempt anew, sends, reads the answer, and tries again what heals, until a signal ends it – a deadline, a
 * cancellation –, whose reason is a Problem.
 */
export const client = (options: CloudOptions): ((signal: AbortSignal) => Call) => {
  const { send, clock, log } = options
  const pace = pacer(clock)
  // The service's clock against this machine's, milliseconds: as the last answer showed it, and as it is corrected by.
  const offset = { seen: 0, used: 0 }

  /**
   * A function of its own, since an answer may be large: V8 keeps what an asynchronous function was given last, and one that has waited
   * for its turn is collected late.
   */
  const exchange = async <T>(api: Api, request: HttpRequest, read: (answer: Answer) => T, signal: AbortSignal) => {
    const answer = await send(request, signal)
    const date = Date.parse(answer.date ?? '')
    if (!Number.isNaN(date)) offset.seen = date - clock.now()
    const result = readAnswer(api, answer)
    return { value: read(result), requestId: result.requestId }
  }

  const attempt = async <T>(
    api: Api,
    body: () => Promise<Body>,
    read: (answer: Answer) => T,
    correction: number,
    signal: AbortSignal,
  ): Promise<T> => {
    // Before the pace: a key may have to be fetched for it, and that is another call.
    const credential = api.anonymous ? undefined : await options.credential(signal)
    const answered = await pace(`${api.service} ${api.action}`, api.perSecond, signal)
    const done = options.onAttempt(api.action)
    try {
      const payload = Buffer.from(JSON.stringify(await body()))
      const request = sign(api, payload, credential, (clock.now() + correction) / 1000, options)
      const { value, requestId } = await exchange(api, request, read, signal)
      done('ok', requestId)
      return value
    } catch (thrown) {
      const { code, requestId } = toProblem(thrown)
      done(code, requestId)
      throw thrown
    } finally {
      answered()
    }
  }

  const why = (problem: Problem, correction: number): string | undefined => {
    if (problem.code !== 'AuthFailure.SignatureExpire') return whyRetry(problem)
    // Another call, side by side with this one, may have corrected the clock in the meantime.
    if (offset.used === correction) {
      if (correction !== 0 || Math.abs(offset.seen) < leastOffset) return undefined
      offset.used = offset.seen
      const seconds = Math.round(Math.abs(offset.seen) / 1000)
      const where = offset.seen > 0 ? 'behind' : 'ahead of'
      const message = `The clock of this machine is ${seconds} seconds ${where} the service's. This run signs with the service's time; correct the clock.`
      options.warn('Wrong clock', message)
    }
    return `signed anew, ${Math.round(Math.abs(offset.used) / 1000)} s ${offset.used > 0 ? 'later' : 'earlier'}`
  }

  return (signal) =>
    async (api, fixed, read, fresh = async () => ({})) => {
      const body = async () => ({ ...fixed, ...(await fresh()) })
      const start = clock.now()
      let n = 0
      let correction = 0
      const onRetry = (problem: Problem, reason: string, ms: number) =>
        log.info(`${api.action}, attempt ${n}: ${problem.code} (${reason}). Next attempt in ${duration(ms)}.`)
      const done = await retry(
        () => {
          n += 1
          correction = offset.used
          return attempt(api, body, read, correction, signal)
        },
        { clock, signal, why: (problem) => why(problem, correction), onRetry },
      )
      if ('value' in done) return done.value
      throw summed(done, n, clock.now() - start)
    }
}

const sign = (api: Api, payload: Buffer, credential: Credential | undefined, now: number, options: CloudOptions) => {
  const url = options.endpoint(api.service)
  const scope = { timestamp: Math.floor(now), service: api.service }
  const signed = { 'content-type': 'application/json', host: url.host }
  const headers = {
    ...signed,
    authorization:
      credential === undefined
        ? 'SKIP'
        : authorization(credential, scope, { method: 'POST', query: '', headers: signed, payload }),
    'x-tc-action': api.action,
    'x-tc-version': api.version,
    'x-tc-timestamp': String(scope.timestamp),
    'x-tc-language': options.language,
    'x-tc-requestclient': requestClient,
    ...(api.hasRegion ? { 'x-tc-region': options.region } : {}),
    ...(credential?.token === undefined ? {} : { 'x-tc-token': credential.token }),
  }
  return { url, headers, body: payload }
}

/** All attempts of a call as one Problem: the last failure that the service or the network gave, and how often. */
const summed = ({ failures, thrown }: GivenUp, attempts: number, ms: number): Problem => {
  const end = toProblem(thrown)
  const unknown = [...failures, end].some(({ sent }) => sent === 'unknown')
  const sent: Sent = unknown ? 'unknown' : end.sent
  // At the deadline the reader needs what kept failing; a cancelled run needs no other cause.
  const main = end.code === 'Network.Deadline' ? (failures.at(-1) ?? end) : end
  const still =
    main === end
      ? ''
      : `Still so when the step's deadline came, after ${count(attempts, 'attempt')} in ${duration(ms)}.`
  const message = [main.message, still].filter((part) => part !== '').join(' ')
  return altered(main, { message, sent, cause: end })
}
