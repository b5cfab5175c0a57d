import http from 'node:http'
import net from 'node:net'
import tls from 'node:tls'
import { getProxyForUrl } from 'proxy-from-env'
import { ownProblem } from '../model/problem.ts'
import { networkProblem } from './faults.ts'

/** Time for a connection to be ready to carry a request: name, TCP, proxy and TLS together. Milliseconds. */
const connectTimeout = 10_000

/** The proxy that the environment wants for a URL, or undefined. Throws `Network.Proxy` for one that is not HTTP. */
export const proxyFor = (url: URL): URL | undefined => {
  const setting = getProxyForUrl(url)
  if (setting === '') return undefined
  const proxy = URL.parse(setting)
  if (proxy === null || !/^https?:$/.test(proxy.protocol)) {
    const message = `The proxy for ${url.hostname} is no http:// or https:// URL`
    throw ownProblem('Network.Proxy', { message })
  }
  return proxy
}

/** `host:port` with the port always there. */
export const authority = (url: URL): string => `${url.hostname}:${portOf(url)}`
const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
/** Without the brackets that a URL puts around an IPv6 address. */
const nameOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/**
 * A socket that is ready for a request to `url`: TCP, through the proxy by CONNECT (RFC 9110 §9.3.6) when the environment
 * names one, and TLS, verified against the system's roots and `NODE_EXTRA_CA_CERTS`. Node's own proxy support
 * (`proxyEnv`) is not used: it does not exist in every Node 24, and nothing ends its wait for a silent proxy.
 * Throws `Network.Connect`, `Network.Proxy`, `Network.Tls`, or the reason of the signal.
 */
export const connect = (url: URL, signal: AbortSignal): Promise<net.Socket> => {
  const proxy = proxyFor(url)
  const late = () => {
    const message = `No connection to ${authority(proxy ?? url)} within ${connectTimeout / 1000} s`
    return ownProblem('Network.Connect', { message })
  }
  return limited(connectTimeout, late, signal, async (either) => {
    const opened: net.Socket[] = []
    const keep: Keep = (socket) => {
      opened.push(socket)
      return socket
    }
    try {
      if (proxy === undefined) return await raw(url, either, keep)
      const tunnel = await bare(url, proxy, either, keep)
      return url.protocol === 'https:' ? await secure(keep(tlsOver(tunnel, url)), url, either) : tunnel
    } catch (error) {
      for (const socket of opened) socket.destroy()
      throw error
    }
  })
}

/** What `use` gives, whose signal also aborts after `ms` milliseconds, with what `late` makes. */
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

/** Bytes to and from the host of `url`, without TLS with it: TCP, or a tunnel through the proxy. `keep` is given every socket. */
export const bare = async (url: URL, proxy: URL | undefined, signal: AbortSignal, keep: Keep): Promise<net.Socket> =>
  proxy === undefined ? tcp(url, signal, keep) : through(await raw(proxy, signal, keep), proxy, url, signal)

const tlsOptions = (url: URL): tls.ConnectionOptions => {
  const host = nameOf(url)
  // Said here, for NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment would switch verification off.
  return {
    host,
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
  }
}
const tlsOver = (socket: net.Socket, url: URL): net.Socket => tls.connect({ ...tlsOptions(url), socket })

export type Keep = <T extends net.Socket>(socket: T) => T

const raw = (url: URL, signal: AbortSignal, keep: Keep): Promise<net.Socket> => {
  if (url.protocol !== 'https:') return tcp(url, signal, keep)
  return secure(keep(tls.connect({ ...tlsOptions(url), ...addressOf(url) })), url, signal)
}

const tcp = (url: URL, signal: AbortSignal, keep: Keep): Promise<net.Socket> =>
  ready(keep(net.connect(addressOf(url))), 'connect', url, signal)
const addressOf = (url: URL) => ({ host: nameOf(url), port: portOf(url) })

const secure = (socket: net.Socket, url: URL, signal: AbortSignal): Promise<net.Socket> =>
  ready(socket, 'secureConnect', url, signal)

const ready = (socket: net.Socket, event: string, url: URL, signal: AbortSignal): Promise<net.Socket> =>
  settle(signal, (resolve, reject) => {
    socket.once(event, () => resolve(socket))
    socket.once('error', (error) => reject(networkProblem(error, authority(url), 'never')))
    socket.once('close', () => reject(networkProblem(new Error('closed while connecting'), authority(url), 'never')))
  })

/** Asks the proxy for a tunnel to `url`. */
const through = (socket: net.Socket, proxy: URL, url: URL, signal: AbortSignal): Promise<net.Socket> =>
  settle(signal, (resolve, reject) => {
    const user = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
    const basic = `Basic ${Buffer.from(user).toString('base64')}`
    const request = http.request({
      method: 'CONNECT',
      path: authority(url),
      headers: { host: authority(url), ...(user === ':' ? {} : { 'proxy-authorization': basic }) },
      createConnection: () => socket,
    })
    const refused = (status: number | undefined) => {
      const message = `The proxy ${authority(proxy)} answered CONNECT ${authority(url)} with HTTP ${status}`
      return ownProblem((status ?? 0) >= 500 ? 'Network.Connect' : 'Network.Proxy', { message })
    }
    request.once('connect', ({ statusCode }, tunnel) => {
      if (statusCode === 200) resolve(socket)
      else {
        tunnel.destroy()
        reject(refused(statusCode))
      }
    })
    request.once('response', ({ statusCode }) => reject(refused(statusCode)))
    request.once('error', (error) => reject(networkProblem(error, `proxy ${authority(proxy)}`, 'never')))
    request.end()
  })

/** A promise over events that the signal ends, too. */
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
