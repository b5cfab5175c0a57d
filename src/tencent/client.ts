import type { Credential } from '../model/credential.ts'
import type { Clock, HttpRequest, Log, Send } from '../model/ports.ts'
import { altered, hasCode, needsReading, type Problem, type Sent, toProblem } from '../model/problem.ts'
import { count, duration, durationZh } from '../util/text.ts'
import type { Api, Body } from './api.ts'
import { rateLimiter } from './rate-limit.ts'
import { type RequestOptions, requestFor } from './request.ts'
import { type Answer, readAnswer } from './response.ts'
import { type GivenUp, retry, retryOf } from './retry.ts'
import type { ServiceClock } from './service-clock.ts'
import { uploadsOf } from './uploads.ts'

export interface ClientOptions extends RequestOptions {
  readonly send: Send
  readonly clock: Clock
  readonly log: Log
  readonly time: ServiceClock
  readonly credential: (signal: AbortSignal) => Promise<Credential>
  /** Called when an attempt is sent, for a site if there are several; the function that it returns is called with the outcome. */
  readonly onAttempt: (
    action: string,
    site: string | undefined,
  ) => (outcome: string, requestId: string | undefined) => void
}

/**
 * Calls an action until it succeeds, fails permanently, or the signal ends it; returns what `read` makes of the answer. `fresh`
 * makes fields anew for every attempt. Throws a Problem whose `sent` covers all attempts.
 */
export type Call = <T>(api: Api, body: Body, read: (answer: Answer) => T, fresh?: () => Promise<Body>) => Promise<T>

/** What all calls of a client share. */
interface Shared {
  readonly options: ClientOptions
  readonly admit: ReturnType<typeof rateLimiter>
}

/** What each attempt of a call needs. */
interface Parts<T> {
  readonly api: Api
  readonly site: string | undefined
  readonly body: () => Promise<Body>
  readonly credential: () => Promise<Credential>
  readonly read: (answer: Answer) => T
}

/**
 * The client of an account: respects the rate limit, signs and sends every attempt, reads the answer, and retries transient errors until
 * a signal ends it. The reason of the signal is a Problem.
 */
export const client = (options: ClientOptions): ((signal: AbortSignal, site?: string) => Call) => {
  const { clock, log, time } = options
  const shared: Shared = { options, admit: rateLimiter(clock) }
  const uploads = uploadsOf(clock.now)
  return (signal, site) =>
    async (api, fixed, read, fresh = async () => ({})) => {
      const start = clock.now()
      let [attempts, correction] = [0, 0]
      let noKey: unknown
      const body = async () => ({ ...fixed, ...(await fresh()) })
      // Fetching a key is a call with its own retry budget: once that is spent, this call is not retried either.
      const credential = () =>
        options.credential(signal).catch((thrown: unknown) => {
          noKey = thrown
          throw thrown
        })
      const readAndSee = (answer: Answer) => {
        uploads.see(api, answer)
        return read(answer)
      }
      const once = () => {
        attempts += 1
        correction = time.correction()
        return attempt(shared, { api, site, body, credential, read: readAndSee }, correction, signal)
      }
      const howToRetry = (problem: Problem) => {
        if (problem === noKey || (api.readBack && needsReading(problem))) return undefined
        if (hasCode(problem, 'AuthFailure.SignatureExpire')) return time.correct(correction)
        return retryOf(problem, api.action, uploads.since(fixed))
      }
      const onRetry = (problem: Problem, why: string, ms: number) =>
        log.info(retryLine(api.action, attempts, problem, why, ms))
      const done = await retry(once, { clock, signal, retryOf: howToRetry, onRetry })
      if ('value' in done) return done.value
      throw summed(done, attempts, clock.now() - start)
    }
}

const attempt = async <T>({ options, admit }: Shared, parts: Parts<T>, correction: number, signal: AbortSignal) => {
  const { api, credential } = parts
  // Before the rate limit, because fetching a key is another call.
  const key = api.anonymous ? undefined : await credential()
  const answered = await admit(`${api.service} ${api.action}`, api.perSecond, signal)
  try {
    return await exchange(options, parts, { key, now: () => options.clock.now() + correction }, signal)
  } finally {
    answered()
  }
}

/** Sends a request, and reads its answer. */
const exchange = async <T>(
  options: ClientOptions,
  { api, site, body, read }: Parts<T>,
  { key, now }: { readonly key: Credential | undefined; readonly now: () => number },
  signal: AbortSignal,
): Promise<T> => {
  const done = options.onAttempt(api.action, site)
  try {
    const request = requestFor(api, await body(), key, now(), options)
    hideSignature(request, options.log)
    const response = await options.send(request, signal)
    // A gateway that answers with an error may have another clock.
    if (response.status === 200) options.time.see(response.date)
    const answer = readAnswer(api, response, options.log.scrub)
    const value = read(answer)
    done('ok', answer.requestId)
    return value
  } catch (thrown) {
    const { code, requestId } = toProblem(thrown)
    done(code, requestId)
    throw thrown
  }
}

/** Whoever reads a signature can send the request again, for five minutes. */
const hideSignature = ({ headers }: HttpRequest, { hide }: Log): void => {
  const { authorization = '' } = headers
  const signature = /Signature=([0-9a-f]{64})/.exec(authorization)?.[1]
  if (signature !== undefined) for (const secret of [authorization, signature]) hide(secret)
}

/** `DescribeZones, attempt 1: Network.Reset (ECONNRESET, teo.tencentcloudapi.com:443; the connection broke). Next attempt in 0.2 s.` */
export const retryLine = (action: string, n: number, problem: Problem, why: string, ms: number): string => {
  const { code, errno, address, status } = problem
  const facts = [errno, address, status && `HTTP ${status}`].filter(Boolean).join(', ')
  const cause = facts === '' ? why : `${facts}; ${why}`
  return `${action}, attempt ${n}: ${code} (${cause}). Next attempt in ${duration(ms)}.`
}

/** All attempts of a call as one Problem: the last failure of the service or the network, and the number of attempts. */
export const summed = ({ failures, thrown }: GivenUp, attempts: number, ms: number): Problem => {
  const end = toProblem(thrown)
  const unknown = [...failures, end].some(({ sent }) => sent === 'unknown')
  const sent: Sent = unknown ? 'unknown' : end.sent
  const last = failures.at(-1)
  // At the deadline the reader needs what kept failing; a cancelled run needs no other cause.
  const main = hasCode(end, 'Network.Deadline') ? (last ?? end) : end
  if (main !== last) return altered(main, { sent })
  const when =
    main === end
      ? { en: 'Gave up', zh: '已放弃' }
      : { en: 'Still failing at the deadline of the step,', zh: '到步骤的截止时间仍然失败' }
  const ended = (text: string, stop: string) => (/[^.。！!?？]$/.test(text) ? `${text}${stop}` : text)
  const message = {
    en: `${ended(main.text.en, '.')} ${when.en} after ${count(attempts, 'attempt')} in ${duration(ms)}.`.trim(),
    zh: `${ended(main.text.zh, '。')}${when.zh}：共尝试 ${attempts} 次，历时 ${durationZh(ms)}。`,
  }
  return main === end ? altered(main, { message, sent }) : altered(main, { message, sent, cause: end })
}
