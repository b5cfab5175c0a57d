import type { Service } from '../errors/index.ts'
import { type Site, sites } from './site.ts'

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** The URL of a service: on its site's host, or `endpoint` with `{service}` replaced. */
export const endpointOf =
  (site: Site, endpoint: string | undefined) =>
  (service: Service): URL =>
    new URL(
      endpoint === undefined ? `https://${service}.${sites[site].api}/` : endpoint.replaceAll('{service}', service),
    )

/** What was expected instead of an invalid `endpoint`; undefined for a valid one. Credentials are sent there, so it must be https or this machine. */
export const endpointFault = (endpoint: string): string | undefined => {
  const url = URL.parse(endpoint.replaceAll('{service}', 'teo'))
  if (url === null) return 'a URL, e.g. https://{service}.internal.tencentcloudapi.com'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname))) {
    return 'https://… (http:// is accepted only for this machine: signed requests must not be sent unencrypted)'
  }
  if (url.username !== '' || url.password !== '') return 'a URL without a user name or password'
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return 'a URL without a path, query or fragment'
  return undefined
}

/** Whether an endpoint is neither a Tencent Cloud host nor this machine. */
export const isForeign = (url: URL): boolean =>
  !url.hostname.endsWith('.tencentcloudapi.com') && !loopback.test(url.hostname)
