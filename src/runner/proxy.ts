import { Buffer } from 'node:buffer'
import net from 'node:net'
import type { World } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'

/** An HTTP proxy, reached over TCP or TLS. */
export interface HttpProxy {
  /** Its URL, without credentials. */
  readonly url: URL
  /** The value of `Proxy-Authorization`; undefined when the proxy's URL has no credentials. */
  readonly authorization: string | undefined
}

/**
 * The proxy that the environment sets for a URL: `https_proxy` or `http_proxy` by the URL's scheme, otherwise `all_proxy`,
 * unless `no_proxy` exempts the host. Throws `Network.Proxy` for a proxy that does not speak HTTP.
 *
 * undici's EnvHttpProxyAgent follows other rules: an empty variable hides the one in the other letter case, `http_proxy` also
 * applies to `https:`, and a `%` in a password that does not begin an escape is an error.
 */
export const proxyFor = (url: URL, env: World['env'] = process.env): HttpProxy | undefined => {
  const setting = variable(env, `${url.protocol.slice(0, -1)}_proxy`) || variable(env, 'all_proxy')
  if (setting === '' || isExempt(url, variable(env, 'no_proxy'))) return undefined
  const proxy = URL.parse(setting.includes('://') ? setting : `http://${setting}`)
  if (proxy === null || !/^https?:$/.test(proxy.protocol)) {
    const message = {
      en: `The proxy for ${url.hostname} is not an http:// or https:// URL`,
      zh: `${url.hostname} 的代理不是 http:// 或 https:// URL`,
    }
    throw ownProblem('Network.Proxy', { message })
  }
  return { url: new URL(proxy.origin), authorization: authorizationOf(proxy) }
}

/** `host:port`, always with the port. */
export const authority = (url: URL): string => `${url.hostname}:${portOf(url)}`

/** The host, without the brackets that a URL puts around an IPv6 address. */
export const nameOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

export const portOf = (url: URL): number => Number(url.port) || (url.protocol === 'https:' ? 443 : 80)

/** A variable in lower case, otherwise in upper case. */
const variable = (env: World['env'], name: string): string => env[name]?.trim() || env[name.toUpperCase()]?.trim() || ''

const authorizationOf = ({ username, password }: URL): string | undefined =>
  username === '' && password === ''
    ? undefined
    : `Basic ${Buffer.concat([decoded(username), Buffer.from(':'), decoded(password)]).toString('base64')}`

/** The decoded bytes of a part of a URL. A `%` that does not begin an escape is literal. */
const decoded = (text: string): Buffer => {
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}

/**
 * Entries are separated by commas or whitespace: `*`; `example.com`, which includes its subdomains; `.example.com` and
 * `*.example.com`, which match subdomains only; an address. Each may have a port.
 */
const isExempt = (url: URL, noProxy: string): boolean =>
  noProxy.split(/[\s,]+/).some((entry) => {
    if (entry === '') return false
    const [, host = entry, port] = net.isIPv6(entry) ? [] : (/^(.*?)(?::(\d+))?$/.exec(entry) ?? [])
    if (port !== undefined && Number(port) !== portOf(url)) return false
    return matches(nameOf(url), host.toLowerCase().replace(/^\[|\]$/g, ''))
  })

const matches = (name: string, pattern: string): boolean => {
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1))
  if (pattern.startsWith('.')) return name.endsWith(pattern)
  return name === pattern || (net.isIP(name) === 0 && name.endsWith(`.${pattern}`))
}
