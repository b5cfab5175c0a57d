import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { HttpRequest, HttpResponse, Send } from '../model/ports.ts'
import { ownProblem, Problem, toProblem, underWay } from '../model/problem.ts'
import { connect } from './connect.ts'
import { networkProblem } from './faults.ts'

/** Time from a ready connection to the end of the answer, milliseconds. */
const responseTimeout = 10_000

/** No answer of the API is larger, bytes. */
const largestAnswer = 10 * 1024 * 1024

export interface Network {
  readonly send: Send
  /** Closes what is still open, so that the process can end. */
  readonly close: () => void
}

interface Options extends https.RequestOptions {
  /** How to get a new connection when none is idle. */
  readonly open: () => Promise<net.Socket>
}

const opening = <T extends http.Agent>(agent: T): T => {
  agent.createConnection = ({ open }: Options, done) => {
    open().then(
      (socket) => done?.(null, socket),
      (error) => done?.(error, new net.Socket()),
    )
    return undefined
  }
  return agent
}

/** HTTP/1.1 over connections from `connect`, kept alive between calls. Never follows a redirect, never tries again. */
export const network = (): Network => {
  const plain = opening(new http.Agent({ keepAlive: true }))
  const secure = opening(new https.Agent({ keepAlive: true }))
  return {
    send: ({ method = 'POST', url, headers, body }, signal) => {
      const options: Options = {
        method,
        headers: { ...headers, 'content-length': body.length },
        open: () => connect(url, signal),
      }
      const request =
        url.protocol === 'https:'
          ? https.request(url, { ...options, agent: secure })
          : http.request(url, { ...options, agent: plain })
      return answerTo(request, { url, body }, signal)
    },
    close: () => {
      plain.destroy()
      secure.destroy()
    },
  }
}

const answerTo = (
  request: http.ClientRequest,
  { url, body }: Pick<HttpRequest, 'url' | 'body'>,
  signal: AbortSignal,
): Promise<HttpResponse> =>
  new Promise((resolve, reject) => {
    let sent: 'never' | 'unknown' = 'never'
    let timer: NodeJS.Timeout | undefined
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
    const fail = (error: unknown) => {
      end()
      request.destroy()
      reject(error instanceof Problem ? error : networkProblem(error, url.host, sent))
    }
    const abort = () => fail(sent === 'unknown' ? underWay(toProblem(signal.reason)) : signal.reason)
    signal.addEventListener('abort', abort)

    request.once('socket', () => {
      sent = 'unknown'
      timer = setTimeout(() => {
        const message = `${url.host}: no complete answer within ${responseTimeout / 1000} s`
        fail(ownProblem('Network.Timeout', { message, sent }))
      }, responseTimeout)
    })
    request.on('error', fail)
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > largestAnswer) {
          fail(ownProblem('Network.Response', { message: `${url.host}: an answer of more than 10 MiB`, sent }))
        }
      })
      response.on('error', fail)
      response.on('end', () => {
        end()
        resolve({
          status: response.statusCode ?? 0,
          date: response.headers.date,
          body: Buffer.concat(chunks).toString('utf8'),
        })
      })
    })
    request.end(body)
  })
