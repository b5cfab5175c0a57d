import { Buffer } from 'node:buffer'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Agent, type Dispatcher } from 'undici'
import type { Environment, HttpRequest, HttpResponse, Send } from '../model/ports.ts'
import { ownProblem, toProblem, underWay } from '../model/problem.ts'
import { inBoth, type Text } from '../util/language.ts'
import { networkError } from './faults.ts'
import { authority, proxyFor } from './proxy.ts'
import { connectBy, limited, open } from './tunnel.ts'

export interface Limits {
  /** Time until a connection is ready for a request: DNS, TCP, proxy and TLS together. Milliseconds. */
  readonly connectMs: number
  /** Time from a ready connection to the end of the answer, milliseconds; as in the official SDKs. */
  readonly answerMs: number
  /** Maximum size of an answer, bytes. */
  readonly answerBytes: number
}

const defaultLimits: Limits = { connectMs: 10_000, answerMs: 60_000, answerBytes: 10 * 1024 * 1024 }

/** How long an idle connection is kept, milliseconds: longer than the longest pause between two readings of a host. */
const keepAliveTimeout = 30_000

/** An answer with its headers, their names in lower case. */
export interface HttpAnswer extends HttpResponse {
  readonly headers: Readonly<Record<string, string>>
}

export interface Network {
  /** A `Send` of the ports that gives the headers as well. */
  readonly send: (...request: Parameters<Send>) => Promise<HttpAnswer>
  /** Closes all connections, so that the process can end. */
  readonly close: () => void
}

/** HTTP/1.1 over reused connections, through the proxies that the environment sets. Never follows a redirect or retries. */
export const network = (env: Environment, limits: Limits = defaultLimits): Network => {
  const closing = new AbortController()
  const connect = connectBy((url) => {
    const late = () => {
      const address = authority(proxyFor(url, env)?.url ?? url)
      const seconds = limits.connectMs / 1000
      const message = {
        en: `No connection to ${address} within ${seconds} s`,
        zh: `${seconds} 秒内未能连接到 ${address}`,
      }
      return ownProblem('Network.Connect', { message, address })
    }
    return limited(limits.connectMs, late, closing.signal, (signal) => open(url, env, signal))
  })
  // Time limits are enforced below, because undici's cover neither a whole answer nor a whole connection.
  const agent = new Agent({ connect, allowH2: false, keepAliveTimeout, headersTimeout: 0, bodyTimeout: 0 })
  return {
    send: async (request, signal) => {
      const answer = await exchange(agent, request, signal, limits)
      // undici reuses the connection only after this turn; an earlier request would open a new one.
      await nextTurn()
      return answer
    },
    close: () => {
      closing.abort()
      void agent.destroy(closed())
    },
  }
}

/** Why connections end with the step. It has no stack, which each of them would format: that takes 7 ms in a bundle of this size. */
const closed = (): Error => {
  const error = new Error('the step has ended')
  error.stack = error.message
  return error
}

/** One request. Before `start`, nothing of it has been sent; afterwards the service may have received it. */
const exchange = (agent: Agent, request: HttpRequest, signal: AbortSignal, limits: Limits): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    let controller: Dispatcher.DispatchController | undefined
    let timer: NodeJS.Timeout | undefined
    let ended = false
    const end = (settle: () => void) => {
      if (ended) return
      ended = true
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      settle()
    }
    const fail = (reason: (sent: 'never' | 'unknown') => unknown) =>
      end(() => {
        reject(reason(controller === undefined ? 'never' : 'unknown'))
        controller?.abort(new Error('given up'))
      })
    const abort = () => fail((sent) => (sent === 'never' ? signal.reason : underWay(toProblem(signal.reason))))
    signal.addEventListener('abort', abort)
    const start = (started: Dispatcher.DispatchController, late: () => unknown) => {
      if (ended) return started.abort(new Error('given up'))
      controller = started
      timer = setTimeout(() => fail(late), limits.answerMs)
    }
    const { method, url, headers, body } = request
    const path = `${url.pathname}${url.search}`
    const options = { origin: url.origin, path, method: method ?? 'POST', headers, body }
    agent.dispatch(options, handler(url, limits, { start, fail, done: (answer) => end(() => resolve(answer)) }))
  })

interface Events {
  /** `late` makes the error for an answer that is not complete in time. */
  readonly start: (started: Dispatcher.DispatchController, late: () => unknown) => void
  readonly done: (answer: HttpAnswer) => void
  readonly fail: (reason: (sent: 'never' | 'unknown') => unknown) => void
}

const handler = (url: URL, limits: Limits, { start, done, fail }: Events): Dispatcher.DispatchHandler => {
  const { host } = url
  const peer = { address: authority(url), name: inBoth(host) }
  const problem = (code: 'Network.Timeout' | 'Network.TooLarge', { en, zh }: Text) => {
    const message = { en: `${host}: ${en}`, zh: `${host}：${zh}` }
    return () => ownProblem(code, { message, address: peer.address, sent: 'unknown' })
  }
  const [seconds, mib] = [limits.answerMs / 1000, limits.answerBytes >> 20]
  const late = problem('Network.Timeout', {
    en: `no complete answer within ${seconds} s`,
    zh: `${seconds} 秒内未收到完整的响应`,
  })
  const tooLarge = problem('Network.TooLarge', { en: `an answer of more than ${mib} MiB`, zh: `响应超过 ${mib} MiB` })
  const answer = collector(limits.answerBytes)
  return {
    onRequestStart: (controller) => start(controller, late),
    onResponseStart: (_, status, headers) => answer.start(status, headers),
    onResponseData: (_, chunk) => {
      if (!answer.take(chunk)) fail(tooLarge)
    },
    onResponseEnd: () => done(answer.whole()),
    onResponseError: (_, error) => fail((sent) => networkError(error, peer, sent)),
  }
}

/** Collects an answer. */
const collector = (maxBytes: number) => {
  const chunks: Buffer[] = []
  let size = 0
  let head: Omit<HttpAnswer, 'body'> = { status: 0, date: undefined, headers: {} }
  return {
    start: (status: number, received: Readonly<Record<string, string | string[] | undefined>>) => {
      const headers = Object.fromEntries(Object.entries(received).map(([name, value]) => [name, String(value)]))
      head = { status, date: headers['date'], headers }
    },
    /** False when the answer is too large. */
    take: (chunk: Buffer): boolean => {
      chunks.push(chunk)
      size += chunk.length
      return size <= maxBytes
    },
    whole: (): HttpAnswer => ({ ...head, body: Buffer.concat(chunks).toString('utf8') }),
  }
}
