import { expect, test } from 'vitest'
import { Problem } from '../../src/model/problem.ts'
import { proxyFor } from '../../src/runner/proxy.ts'

const api = 'https://teo.tencentcloudapi.com/'
const hostFor = (env: Record<string, string>, url = api) => proxyFor(new URL(url), env)?.url.host

test.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [{ HTTPS_PROXY: 'http://upper:1' }, 'upper:1'],
  [{ https_proxy: 'http://lower:1' }, 'lower:1'],
  [{ HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' }, 'lower:1'],
  [{ HTTPS_PROXY: 'http://upper:1', https_proxy: '' }, 'upper:1'],
  [{ HTTPS_PROXY: '', https_proxy: 'http://lower:1' }, 'lower:1'],
  [{ HTTPS_PROXY: ' ', ALL_PROXY: 'http://all:1' }, 'all:1'],
  [{ HTTP_PROXY: 'http://other:1' }, undefined],
  [{ all_proxy: 'http://all:1' }, 'all:1'],
  [{ all_proxy: 'http://all:1', HTTPS_PROXY: 'http://upper:1' }, 'upper:1'],
  [{ HTTPS_PROXY: 'https://secure' }, 'secure'],
  [{ HTTPS_PROXY: 'http://[2001:db8::1]:3128' }, '[2001:db8::1]:3128'],
  [{ HTTPS_PROXY: 'proxy:3128' }, 'proxy:3128'],
])('%o names the proxy %s', (env, host) => expect(hostFor(env)).toBe(host))

test.each<[string, string, boolean]>([
  ['teo.tencentcloudapi.com', api, true],
  ['TEO.TencentCloudAPI.com', api, true],
  ['tencentcloudapi.com', api, true],
  ['cloudapi.com', api, false],
  ['.tencentcloudapi.com', api, true],
  ['*.tencentcloudapi.com', api, true],
  ['.teo.tencentcloudapi.com', api, false],
  ['*', api, true],
  ['example.com', api, false],
  ['localhost, teo.tencentcloudapi.com', api, true],
  ['localhost teo.tencentcloudapi.com', api, true],
  ['localhost,,*', api, true],
  ['teo.tencentcloudapi.com:443', api, true],
  ['teo.tencentcloudapi.com:8443', api, false],
  ['tencentcloudapi.com:8443', 'https://teo.tencentcloudapi.com:8443/', true],
  ['*:443', api, true],
  ['*:80', api, false],
  ['192.0.2.1', 'https://192.0.2.1/', true],
  ['0.2.1', 'https://192.0.2.1/', false],
  ['2.1', 'https://10.0.2.1/', false],
  ['2001:db8::1', 'https://[2001:db8::1]/', true],
  ['[2001:db8::1]', 'https://[2001:db8::1]/', true],
  ['[2001:db8::1]:8443', 'https://[2001:db8::1]:8443/', true],
  ['[2001:db8::1]:8443', 'https://[2001:db8::1]/', false],
  ['db8::1', 'https://[2001:db8::1]/', false],
])('NO_PROXY %s and %s: exempt is %s', (noProxy, url, exempt) => {
  const proxy = { HTTPS_PROXY: 'http://proxy:1' }
  expect(hostFor({ ...proxy, NO_PROXY: noProxy }, url)).toBe(exempt ? undefined : 'proxy:1')
  expect(hostFor({ ...proxy, no_proxy: noProxy, NO_PROXY: '' }, url)).toBe(exempt ? undefined : 'proxy:1')
})

test.each([
  ['http://proxy:1', undefined],
  ['http://user@proxy:1', 'user:'],
  ['http://user:pass@proxy:1', 'user:pass'],
  ['http://:pass@proxy:1', ':pass'],
  ['http://us%40er:p%3A%2F%25@proxy:1', 'us@er:p:/%'],
  ['http://user:100%@proxy:1', 'user:100%'],
  ['http://user:%zz%4@proxy:1', 'user:%zz%4'],
  ['http://us\u00e9r:%C3%BC@proxy:1', 'us\u00e9r:\u00fc'],
])('%s has the credentials %s', (proxy, credentials) => {
  const found = proxyFor(new URL(api), { HTTPS_PROXY: proxy })
  const basic = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`
  expect(found?.authorization).toBe(basic)
  expect(found?.url.href).toBe('http://proxy:1/')
})

test('a byte that is no UTF-8 is passed on as it is', () => {
  const found = proxyFor(new URL(api), { HTTPS_PROXY: 'http://u:%E9@proxy:1' })
  expect(found?.authorization).toBe(`Basic ${Buffer.from('u:\u00e9', 'latin1').toString('base64')}`)
})

test.each(['socks5://user:secret@proxy:1', 'http://', 'ftp://proxy'])(
  '%s is no proxy that this action can use',
  (proxy) => {
    const find = () => hostFor({ HTTPS_PROXY: proxy })
    expect(find).toThrow(Problem)
    expect(find).toThrow('The proxy for teo.tencentcloudapi.com is not an http:// or https:// URL')
  },
)
