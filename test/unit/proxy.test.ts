import { afterEach, beforeEach, expect, test } from 'vitest'
import { Problem } from '../../src/model/problem.ts'
import { proxyFor } from '../../src/runner/connect.ts'

const names = [
  'HTTPS_PROXY',
  'https_proxy',
  'NO_PROXY',
  'no_proxy',
  'ALL_PROXY',
  'all_proxy',
  'HTTP_PROXY',
  'http_proxy',
]
const before = new Map(names.map((name) => [name, process.env[name]]))
const clear = () => {
  for (const name of names) delete process.env[name]
}
beforeEach(clear)
afterEach(() => {
  clear()
  for (const [name, value] of before) if (value !== undefined) process.env[name] = value
})

const api = new URL('https://teo.tencentcloudapi.com/')
const hostFor = (env: Record<string, string>, url = api) => {
  Object.assign(process.env, env)
  return proxyFor(url)?.host
}

test.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [{ HTTPS_PROXY: 'http://upper:1' }, 'upper:1'],
  [{ https_proxy: 'http://lower:1' }, 'lower:1'],
  [{ HTTPS_PROXY: 'http://upper:1', https_proxy: '' }, 'upper:1'],
  [{ HTTPS_PROXY: '', https_proxy: 'http://lower:1' }, 'lower:1'],
  [{ HTTP_PROXY: 'http://other:1' }, undefined],
  [{ HTTPS_PROXY: 'http://upper:1', NO_PROXY: 'teo.tencentcloudapi.com' }, undefined],
  [{ HTTPS_PROXY: 'http://upper:1', no_proxy: '.tencentcloudapi.com', NO_PROXY: '' }, undefined],
  [{ HTTPS_PROXY: 'http://upper:1', NO_PROXY: '*' }, undefined],
  [{ HTTPS_PROXY: 'http://upper:1', NO_PROXY: 'example.com' }, 'upper:1'],
])('%o gives %s', (env, host) => expect(hostFor(env)).toBe(host))

test.each(['socks5://proxy:1', 'http://'])('%s is no proxy that this action can use', (proxy) => {
  expect(() => hostFor({ HTTPS_PROXY: proxy })).toThrow(Problem)
})
