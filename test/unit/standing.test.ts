import { expect, test } from 'vitest'
import { asleepAs, seenAs, standing } from '../../src/plan/compare.ts'
import type { Bound, Domain } from '../../src/tencent/hosts.ts'
import type { Setting } from '../../src/tencent/teo.ts'

const domainWith = (certificates: readonly Bound[], status: string | undefined, mode: string | undefined): Domain => ({
  host: 'www.example.com',
  status,
  mode,
  certificates,
  mutual: '',
})
const setting = (mode: Setting['mode'], ...ids: string[]): Setting => ({ mode, ids })

test.each([
  [undefined, 'deployed'],
  ['deployed', 'deployed'],
  ['processing', 'deploying'],
  ['applying', 'deploying'],
  ['a word to come', 'deploying'],
  ['issued', 'failed'],
  ['failed', 'failed'],
])('a certificate with the status %s makes a host with it %s', (status, expected) => {
  const one = setting('sslcert', 'a')
  expect(standing(one, domainWith([{ id: 'a', status }], 'online', 'sslcert'))).toBe(expected)
  expect(standing(one, domainWith([{ id: 'a', status }], undefined, undefined))).toBe(expected)
  // While the host is being deployed, nothing is final; and what it does not have, it has not in any state.
  expect(standing(one, domainWith([{ id: 'a', status }], 'process', 'sslcert'))).toBe('deploying')
  expect(standing(setting('sslcert', 'b'), domainWith([{ id: 'a', status }], 'process', 'sslcert'))).toBe('other')
})

test('of several certificates the worst counts', () => {
  const host = (...statuses: string[]) =>
    standing(
      setting('sslcert', 'x0', 'x1'),
      domainWith(
        statuses.map((status, i) => ({ id: `x${i}`, status })),
        'online',
        'sslcert',
      ),
    )
  expect([host('deployed', 'processing'), host('processing', 'issued'), host('deployed', 'deployed')]).toEqual([
    'deploying',
    'failed',
    'deployed',
  ])
})

const a = { id: 'a', type: 'upload' }
const free = { id: 'f', type: 'managed' }
const byDefault = { id: 'd', type: 'default' }

test.each<[Setting, Domain, boolean]>([
  [setting('sslcert', 'a', 'f'), domainWith([free, a], 'online', 'sslcert'), true],
  [setting('sslcert', 'a'), domainWith([a, free], 'online', 'sslcert'), false],
  [setting('sslcert', 'a', 'f'), domainWith([a], 'online', 'sslcert'), false],
  [setting('sslcert', 'a'), domainWith([a], 'online', 'eofreecert'), false],
  [setting('sslcert', 'a'), domainWith([a], undefined, undefined), true],
  [setting('sslcert', 'a'), domainWith([], 'online', 'sslcert'), false],
  [setting('eofreecert'), domainWith([free], 'online', 'eofreecert'), true],
  [setting('eofreecert'), domainWith([], 'online', 'eofreecert'), false],
  [setting('eofreecert'), domainWith([free], 'online', 'eofreecert_manual'), false],
  [setting('eofreecert_manual'), domainWith([free], 'online', 'eofreecert_manual'), true],
  [setting('disable'), domainWith([], 'online', 'disable'), true],
  [setting('disable'), domainWith([], 'online', 'sslcert'), false],
  [setting('disable'), domainWith([], undefined, undefined), false],
  [setting('default'), domainWith([byDefault], undefined, undefined), true],
  [setting('default'), domainWith([byDefault, a], undefined, undefined), false],
  [setting('default'), domainWith([], undefined, undefined), false],
])('that %j is the setting of %j is %s', (wished, domain, expected) => {
  expect(standing(wished, domain) !== 'other').toBe(expected)
})

test('only states in which a host serves nobody make it asleep', () => {
  const words = ['online', 'process', 'offline', 'forbidden', 'init', 'toString', undefined]
  expect(words.map((word) => asleepAs(domainWith([], word, undefined)) !== undefined)).toEqual([
    false,
    false,
    true,
    true,
    true,
    false,
    false,
  ])
})

test('what was seen is told with states, as far as there are any', () => {
  expect(seenAs(undefined)).toBe('not in the answer of the service')
  expect(seenAs(domainWith([], undefined, undefined))).toBe('no certificate')
  expect(seenAs(domainWith([], 'online', 'disable'))).toBe('online, with no certificate (disable)')
  const two = [{ id: 'a', status: 'processing' }, { id: 'b' }]
  expect(seenAs(domainWith(two, 'process', 'sslcert'))).toBe('process, with a processing, b')
})
