import { expect, test } from 'vitest'
import { compare, isApplying, isInPlace, seenText, whyInactive } from '../../src/model/compare.ts'
import type { Bound, Host } from '../../src/model/host.ts'
import type { Setting } from '../../src/model/setting.ts'

const hostWith = (certificates: readonly Bound[], status: string | undefined, mode: string | undefined): Host => ({
  name: 'www.example.com',
  status,
  mode,
  certificates,
  mutualTls: {},
})
const sslcert = (...ids: [string, ...string[]]): Setting => ({ mode: 'sslcert', ids })
const mode = (one: Exclude<Setting['mode'], 'sslcert'>): Setting => ({ mode: one })

test.each([
  [undefined, 'silent'],
  ['deployed', 'deployed'],
  ['processing', 'deploying'],
  ['applying', 'deploying'],
  ['a word to come', 'deploying'],
  ['issued', 'failed'],
  ['failed', 'failed'],
])('a certificate with the status %s makes its host %s', (status, expected) => {
  const one = sslcert('a')
  expect(compare(one, hostWith([{ id: 'a', status }], 'online', 'sslcert'))).toBe(expected)
  expect(compare(one, hostWith([{ id: 'a', status }], undefined, undefined))).toBe(expected)
  // While the host is being deployed, no failure is final.
  expect(compare(one, hostWith([{ id: 'a', status }], 'process', 'sslcert'))).toBe('deploying')
  expect(compare(sslcert('b'), hostWith([{ id: 'a', status }], 'process', 'sslcert'))).toBe('different')
})

test('of several certificates, the one that is worst off counts', () => {
  const host = (...statuses: string[]) =>
    compare(
      sslcert('x0', 'x1'),
      hostWith(
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

test.each<[Setting, Host, boolean]>([
  [sslcert('a', 'f'), hostWith([free, a], 'online', 'sslcert'), true],
  [sslcert('a'), hostWith([a, free], 'online', 'sslcert'), false],
  [sslcert('a', 'f'), hostWith([a], 'online', 'sslcert'), false],
  [sslcert('a'), hostWith([a], 'online', 'eofreecert'), false],
  [sslcert('a'), hostWith([a], undefined, undefined), true],
  [sslcert('a'), hostWith([], 'online', 'sslcert'), false],
  [mode('eofreecert'), hostWith([free], 'online', 'eofreecert'), true],
  [mode('eofreecert'), hostWith([], 'online', 'eofreecert'), false],
  [mode('eofreecert'), hostWith([free], 'online', 'eofreecert_manual'), false],
  [mode('eofreecert_manual'), hostWith([free], 'online', 'eofreecert_manual'), true],
  [mode('disable'), hostWith([], 'online', 'disable'), true],
  [mode('disable'), hostWith([], 'online', 'sslcert'), false],
  [mode('disable'), hostWith([], undefined, undefined), false],
  [mode('default'), hostWith([byDefault], undefined, undefined), true],
  [mode('default'), hostWith([byDefault, a], undefined, undefined), false],
  [mode('default'), hostWith([], undefined, undefined), false],
])('whether %j is the setting of %j: %s', (desired, host, expected) => {
  expect(compare(desired, host) !== 'different').toBe(expected)
})

test('without a status, or a certificate that has one, EdgeOne does not say whether a setting is in effect', () => {
  const two = (...statuses: (string | undefined)[]) =>
    hostWith(
      statuses.map((status, i) => ({ id: `x${i}`, status })),
      'online',
      'sslcert',
    )
  const setting = sslcert('x0', 'x1')
  expect(compare(setting, two('deployed', undefined))).toBe('silent')
  expect(compare(setting, two('processing', undefined))).toBe('deploying')
  expect(compare(mode('disable'), hostWith([], 'online', 'disable'))).toBe('silent')
  expect(isInPlace(setting, two('deployed', undefined))).toBe(true)
  expect(isInPlace(setting, two('processing', undefined))).toBe(false)
})

test('a host without a certificate in the mode of a free one is waiting for it', () => {
  const setting = mode('eofreecert')
  expect(isApplying(setting, hostWith([], 'online', 'eofreecert'))).toBe(true)
  expect(isApplying(setting, hostWith([free], 'online', 'eofreecert'))).toBe(false)
  expect(isApplying(setting, hostWith([], 'online', 'sslcert'))).toBe(false)
  expect(isApplying(sslcert('a'), hostWith([], 'online', 'sslcert'))).toBe(false)
})

test('a host is inactive only in states in which it serves nobody', () => {
  const words = ['online', 'process', 'offline', 'forbidden', 'init', 'toString', undefined]
  expect(words.map((word) => whyInactive(hostWith([], word, undefined)) !== undefined)).toEqual([
    false,
    false,
    true,
    true,
    true,
    false,
    false,
  ])
})

test('the text of what was seen has the states that are known', () => {
  expect(seenText(undefined).en).toBe('not in the service’s answer')
  expect(seenText(hostWith([], undefined, undefined)).en).toBe('no certificate')
  expect(seenText(hostWith([], 'online', 'disable')).en).toBe('online, with no certificate (disable)')
  const two = [{ id: 'a', status: 'processing' }, { id: 'b' }]
  expect(seenText(hostWith(two, 'process', 'sslcert')).en).toBe('process, with a processing, b')
})
