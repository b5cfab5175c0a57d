import type { Service } from '../errors/index.ts'
import type { Text } from '../util/language.ts'
import { type Site, sites } from './site.ts'

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** The URL of a service: on its site's host, or `endpoint` with `{service}` replaced. */
export const endpointOf =
  (site: Site, endpoint: string | undefined) =>
  (service: Service): URL =>
    new URL(
      endpoint === undefined ? `https://${service}.${sites[site].api}/` : endpoint.replaceAll('{service}', service),
    )

/** Whether an `endpoint` is only a scheme and a host, so that it may be shown: other parts of a URL may contain a secret. */
export const isPlainEndpoint = (endpoint: string): boolean =>
  /^[a-z]{1,10}:\/\/(?:[\w.{}-]{1,253}|\[[\da-f:.]+\])(?::\d{1,5})?\/?$/i.test(endpoint)

/** What was expected instead of an invalid `endpoint`; undefined for a valid one. Credentials are sent there, so it must be https or this machine. */
export const endpointFault = (endpoint: string): Text | undefined => {
  if (/[@?#]/.test(endpoint)) {
    return {
      en: 'a URL without a user name, password, query or fragment',
      zh: '不含用户名、密码、查询参数或片段的 URL',
    }
  }
  const url = URL.parse(endpoint.replaceAll('{service}', 'teo'))
  if (url === null) {
    const example = 'https://{service}.internal.tencentcloudapi.com'
    return { en: `a URL, e.g. ${example}`, zh: `URL，例如 ${example}` }
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname))) {
    return {
      en: 'https://… (http:// is accepted only for this machine: signed requests must not be sent unencrypted)',
      zh: 'https://…（http:// 仅可用于本机：签名后的请求不得以明文发送）',
    }
  }
  if (url.pathname !== '/') return { en: 'a URL without a path', zh: '不含路径的 URL' }
  return undefined
}

/** Whether an endpoint is neither a Tencent Cloud host nor this machine. */
export const isForeign = (url: URL): boolean =>
  !url.hostname.endsWith('.tencentcloudapi.com') && !loopback.test(url.hostname)
