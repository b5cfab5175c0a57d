import type { Service } from '../errors/index.ts'

/** The sites of Tencent Cloud: accounts, keys and certificates of one do not exist on the other. */
export const siteNames = ['china', 'international'] as const
export type Site = (typeof siteNames)[number]

/** The base of a site's API hosts (reference 6) and of its consoles. */
export const sites: Readonly<Record<Site, { readonly api: string; readonly console: string; readonly name: string }>> =
  {
    china: { api: 'tencentcloudapi.com', console: 'https://console.cloud.tencent.com', name: 'China' },
    international: {
      api: 'intl.tencentcloudapi.com',
      console: 'https://console.tencentcloud.com',
      name: 'international',
    },
  }

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** The URL of a service: on its site's host, or where `endpoint` says; `{service}` in that is replaced. */
export const endpointOf =
  (site: Site, endpoint: string | undefined) =>
  (service: Service): URL =>
    new URL(
      endpoint === undefined ? `https://${service}.${sites[site].api}/` : endpoint.replaceAll('{service}', service),
    )

/** What is wrong with an `endpoint`, as a phrase, or undefined. The credentials travel there, so: https, or this machine. */
export const endpointFault = (endpoint: string): string | undefined => {
  const url = URL.parse(endpoint.replaceAll('{service}', 'teo'))
  if (url === null) return 'a URL, e.g. https://{service}.internal.tencentcloudapi.com'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname))) {
    return 'https://… (http:// is for this machine only: a signed request must not travel in clear)'
  }
  if (url.username !== '' || url.password !== '') return 'a URL without user name and password'
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return 'a URL without path, query and fragment'
  return undefined
}

/** Whether an endpoint is neither Tencent Cloud's nor this machine. */
export const isForeign = (url: URL): boolean =>
  !url.hostname.endsWith('.tencentcloudapi.com') && !loopback.test(url.hostname)
