import http from 'node:http'
import net from 'node:net'
import tls from 'node:tls'
import { getProxyForUrl } from 'proxy-from-env'
import { ownProblem } from '../problem.ts'
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
const authority = (url: URL): string => `${url.hostname}:${portOf(url)}`
const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
/** Without the brackets that a URL puts around an IPv6 address. */
const nameOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/**
 * A socket that is ready for a request to `url`: TCP, through the proxy by CONNECT (RFC 9110 §9.3.6) when the environment
 * names one, and TLS, verified against the system's roots and `NODE_EXTRA_CA_CERTS`. Node's own proxy support
 * (`proxyEnv`) is not used: it does not exist in every Node 24, and nothing ends its wait for a silent proxy.
 * Throws `Network.Connect`, `Network.Proxy`, `Network.Tls`, or the reason of the signal.
 */
export const connect = async (url: URL, signal: AbortSignal): Promise<net.Socket> => {
  const proxy = proxyFor(url)
  const opened: net.Socket[] = []
  const keep = <T extends net.Socket>(socket: T): T => {
    opened.push(socket)
    return socket
  }
  const late = new AbortController()
  const timer = setTimeout(() => {
    const message = `No connection to ${authority(proxy ?? url)} within ${connectTimeout / 1000} s`
    late.abort(ownProblem('Network.Connect', { message }))
  }, connectTimeout)
  const either = AbortSignal.any([signal, late.signal])
  try {
    if (proxy === undefined) return await raw(url, either, keep)
    const tunnel = await through(await raw(proxy, either, keep), proxy, url, either)
    return url.protocol === 'https:' ? await secure(keep(tlsOver(tunnel, url)), url, either) : tunnel
  } catch (error) {
    for (const socket of opened) socket.destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

const tlsOptions = (url: URL): tls.ConnectionOptions => {
  const host = nameOf(url)
  return { host, ALPNProtocols: ['http/1.1'], ...(net.isIP(host) === 0 ? { servername: host } : {}) }
}
const tlsOver = (socket: net.Socket, url: URL): net.Socket => tls.connect({ ...tlsOptions(url), socket })

type Keep = <T extends net.Socket>(socket: T) => T

const raw = (url: URL, signal: AbortSignal, keep: Keep): Promise<net.Socket> => {
  const at = { host: nameOf(url), port: portOf(url) }
  if (url.protocol === 'https:') return secure(keep(tls.connect({ ...tlsOptions(url), ...at })), url, signal)
  return ready(keep(net.connect(at)), 'connect', url, signal)
}

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
const settle = <T>(
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
