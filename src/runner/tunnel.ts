import net from 'node:net'
import { buildConnector, Client } from 'undici'
import type { Environment } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'
import { networkError, type Peer } from './faults.ts'
import { authority, type HttpProxy, nameOf, proxyFor } from './proxy.ts'

// `rejectUnauthorized` is set explicitly, because NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment would switch verification off.
// A signal limits the time of the whole connection.
const connector = buildConnector({ allowH2: false, rejectUnauthorized: true, timeout: 0 })

/** Connects to the host of `url` itself by TCP, with TLS for `https:`; through a tunnel if there is one. */
const dial = (url: URL, signal: AbortSignal, tunnelled?: net.Socket): Promise<net.Socket> =>
  settle(signal, (resolve, reject) => {
    const { protocol, host, port } = url
    const through = tunnelled === undefined ? {} : { httpSocket: tunnelled }
    const stop = () => opening instanceof net.Socket && opening.destroy()
    const opening: unknown = connector({ protocol, host, hostname: nameOf(url), port, ...through }, (error, socket) => {
      // Otherwise a signal that lives as long as the run would keep every socket.
      signal.removeEventListener('abort', stop)
      if (error === null) resolve(socket)
      else reject(networkError(error, { address: authority(url) }, 'never'))
    })
    signal.addEventListener('abort', stop, { once: true })
  })

/**
 * A socket that is ready for requests to `url`, through the proxy that the environment sets for it. Throws `Network.Connect`,
 * `Network.Proxy`, `Network.Tls`, or the reason of the signal.
 */
export const open = async (url: URL, env: Environment, signal: AbortSignal): Promise<net.Socket> => {
  const proxy = proxyFor(url, env)
  if (proxy === undefined) return dial(url, signal)
  const tunnelled = await tunnel(proxy, authority(url), signal)
  try {
    return url.protocol === 'https:' ? await dial(url, signal, tunnelled) : tunnelled
  } catch (error) {
    tunnelled.destroy()
    throw error
  }
}

/**
 * A tunnel through the proxy to `target`, by CONNECT (RFC 9110, 9.3.6). undici's ProxyAgent is not used: it accepts only 200 and
 * not every 2xx, gives the status only in a message, and limits the time of each part of a connection separately.
 */
export const tunnel = async (proxy: HttpProxy, target: string, signal: AbortSignal): Promise<net.Socket> => {
  const { url, authorization } = proxy
  const address = authority(url)
  const peer: Peer = { address, name: { en: `proxy ${address}`, zh: `代理 ${address}` } }
  const client = new Client(url.origin, { connect: connectBy(() => dial(url, signal)), headersTimeout: 0 })
  try {
    const credentials = authorization === undefined ? {} : { 'proxy-authorization': authorization }
    const { statusCode, socket } = await client.connect({
      path: target,
      headers: { host: target, ...credentials },
      signal,
    })
    // The caller reports errors of the tunnel.
    socket.on('error', () => {})
    if (socket instanceof net.Socket && statusCode >= 200 && statusCode < 300) return socket
    socket.destroy()
    const message = {
      en: `The proxy ${address} answered CONNECT ${target} with HTTP ${statusCode}`,
      zh: `代理 ${address} 对 CONNECT ${target} 返回 HTTP ${statusCode}`,
    }
    const code = statusCode >= 500 ? 'Network.Connect' : 'Network.Proxy'
    throw ownProblem(code, { message, status: statusCode, address })
  } catch (error) {
    throw networkError(error, peer, 'never')
  } finally {
    // Leaves the tunnel open: it no longer belongs to the client.
    void client.destroy()
  }
}

/** An undici connector that uses a function that returns a socket. */
export const connectBy =
  (connect: (url: URL) => Promise<net.Socket>): buildConnector.connector =>
  ({ protocol, host = '' }, done) => {
    connect(new URL(`${protocol}//${host}`)).then(
      (socket) => done(null, socket),
      (error) => done(error, null),
    )
  }

/** The result of `use`, whose signal also aborts after `ms` milliseconds, with the value of `late()`. */
export const limited = async <T>(
  ms: number,
  late: () => unknown,
  signal: AbortSignal,
  use: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(late()), ms)
  try {
    return await use(AbortSignal.any([signal, timeout.signal]))
  } finally {
    clearTimeout(timer)
  }
}

/** A promise for the result of events, which rejects when the signal aborts. */
export const settle = <T>(
  signal: AbortSignal,
  start: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    const done = () => signal.removeEventListener('abort', abort)
    start(
      (value) => {
        done()
        resolve(value)
      },
      (error) => {
        done()
        reject(error)
      },
    )
  })
