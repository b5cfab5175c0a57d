import { expect, expectTypeOf, test } from 'vitest'
import type { Texts } from '../../src/errors/index.ts'
import type { hints } from '../../src/errors/permission.ts'
import type { ssl } from '../../src/errors/ssl.ts'
import { sslTexts } from '../../src/errors/zh/ssl.ts'
import type { CertificateEvent } from '../../src/model/certificate-event.ts'
import type { Change } from '../../src/model/change.ts'
import type { Annotation, Served, Warn } from '../../src/model/ports.ts'
import { type Finding, ownProblem } from '../../src/model/problem.ts'
import type { Event, HostState, Progress } from '../../src/model/progress.ts'
import type { Setting } from '../../src/model/setting.ts'
import { earlierOf, type Stage, stages, stagesUpTo } from '../../src/model/stage.ts'
import { inBoth, type Text } from '../../src/util/language.ts'
import { isOneOf } from '../../src/util/lists.ts'

// What the types exclude: tsc fails where one of these lines compiles.

test('a misspelt state, event or stage does not compile', () => {
  // @ts-expect-error
  const state: HostState = 'rolledback'
  // @ts-expect-error
  const event: Event['kind'] = 'acepted'
  // @ts-expect-error
  const stage: Stage = 'deploy'
  expect([state, event, stage]).toHaveLength(3)
})

test('a list of states to compare with holds no misspelt one', () => {
  const isDone = (state: HostState) => isOneOf(state, 'deployed', 'served')
  // @ts-expect-error
  const isMisspelt = (state: HostState) => isOneOf(state, 'deploid')
  expect([isDone('served'), isDone('planned'), isMisspelt('planned')]).toEqual([true, false, false])
})

test('a Setting has IDs with sslcert, at least one, and with no other mode', () => {
  // @ts-expect-error
  const empty: Setting = { mode: 'sslcert', ids: [] }
  // @ts-expect-error
  const absent: Setting = { mode: 'sslcert' }
  // @ts-expect-error
  const disabled: Setting = { mode: 'disable', ids: ['a'] }
  expect([empty, absent, disabled]).toHaveLength(3)
})

test('a host that is refused has no target, and a host that failed has a Problem', () => {
  expectTypeOf<Extract<Change, { kind: 'refuse' }>>().not.toHaveProperty('target')
  expectTypeOf<Extract<Progress, { state: 'failed' }>['problem']>().not.toBeNullable()
})

test('a progress and a change cannot be altered', () => {
  const alter = (progress: Progress, change: Change) => {
    // @ts-expect-error
    progress.state = 'served'
    // @ts-expect-error
    change.reason = 'another'
  }
  expect(alter).toBeTypeOf('function')
})

test('a sentence that is not translated does not compile', () => {
  const say = (warn: Warn, find: (finding: Finding) => void, note: (line: Text) => void) => {
    // @ts-expect-error
    warn('Hosts', 'No host was found.')
    // @ts-expect-error
    warn({ en: 'Hosts', zh: '域名' }, { en: 'No host was found.' })
    // @ts-expect-error
    note('No host was found.')
    // @ts-expect-error
    find({ input: 'hosts', seen: 'nothing', expected: { en: 'a host', zh: '域名' } })
    // @ts-expect-error
    find({ input: 'hosts', seen: { en: 'nothing', zh: '空' }, expected: 'a host' })
    // @ts-expect-error
    ownProblem('Input.NoHosts', { message: 'No host was found.' })
    // @ts-expect-error
    ownProblem('Input.NoHosts', { message: { zh: '未找到域名。' } })
    // @ts-expect-error
    ownProblem('Input.NoHosts', { message: inBoth(''), paste: { title: 'A policy', text: '{}' } })
  }
  expect(say).toBeTypeOf('function')
  expectTypeOf<Annotation['title' | 'message']>().toEqualTypeOf<Text>()
  expectTypeOf<Change['reason']>().toEqualTypeOf<Text>()
  expectTypeOf<Extract<CertificateEvent, { kind: 'not-deleted' }>['why']>().toEqualTypeOf<Text>()
  expectTypeOf<Extract<Event, { kind: 'left' }>['why']>().toEqualTypeOf<Text>()
  expectTypeOf<Served['distrust']>().toEqualTypeOf<Text | undefined>()
})

test('each stage needs an entry where stages are listed', () => {
  // @ts-expect-error
  const observers: Readonly<Record<Stage, string>> = { accepted: 'read', deployed: 'read' }
  expect(observers.served).toBeUndefined()
})

test('stages are ordered', () => {
  expect(stagesUpTo('deployed')).toEqual(['accepted', 'deployed'])
  expect(stagesUpTo('served')).toEqual(stages)
  expect([earlierOf('served', 'deployed'), earlierOf('accepted', 'served')]).toEqual(['deployed', 'accepted'])
})

test('a table of Chinese texts lacks no code, has no other one, and has both texts of each', () => {
  type Table = Readonly<Record<keyof typeof ssl, Texts>>
  const { InternalError, ...others } = sslTexts
  // @ts-expect-error
  const lacking = others satisfies Table
  // @ts-expect-error
  const superfluous = { ...sslTexts, 'InternalError.Brandnew': InternalError } satisfies Table
  // @ts-expect-error
  const half = { ...sslTexts, InternalError: { meaning: InternalError.meaning } } satisfies Table
  // @ts-expect-error
  const hint = { 'teo:DescribeZones': '' } satisfies Readonly<Record<keyof typeof hints, string>>
  expect([lacking, superfluous, half, hint]).toHaveLength(4)
})
