import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { notStarted, siteRecord } from '../../src/deploy/record.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Binding, Change } from '../../src/model/change.ts'
import type { Host } from '../../src/model/host.ts'
import { ownProblem, Problem } from '../../src/model/problem.ts'
import { hostStates } from '../../src/model/progress.ts'
import type { Result, SiteResult } from '../../src/model/result.ts'
import { apiVersions, modes } from '../../src/model/setting.ts'
import { siteNames } from '../../src/model/site.ts'
import { stages } from '../../src/model/stage.ts'
import { documentOf } from '../../src/report/document.ts'
import { inBoth } from '../../src/util/language.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { bringTo, live, planFor } from '../support/progress.ts'

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/result.schema.json'), 'utf8'))
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true })
const validate = ajv.compile(schema)

/** The document of a result, which fits the schema. */
const read = (result: Result) => {
  const document = JSON.parse(documentOf(result))
  validate(document)
  expect(validate.errors).toBeNull()
  return document
}

const until = Date.UTC(2027, 0, 1)
const old = { id: 'old', algorithm: 'RSA', type: 'upload', notAfter: until, status: 'deployed' } as const
const kept = { id: 'kept', algorithm: 'ECC' } as const
const before = (name: string): Host => ({
  name,
  status: 'online',
  mode: 'sslcert',
  certificates: [old, kept],
  mutualTls: {},
})
const bindingOf = (host: string): Binding => ({
  ...{ kind: 'bind', host, reason: inBoth('has another certificate'), before: before(host) },
  target: { mode: 'sslcert', ids: ['new', 'kept'] },
  ...{ keeps: [kept], replaces: [old], drops: [{ certificate: { id: 'gone' }, why: 'expired' }] },
})
const spec = { ...options, zone: { id: 'zone-1', name: 'example.com' }, source: { kind: 'ids', ids: ['new'] } } as const

/** The result of a site whose hosts are in these states, each named after its state. */
const siteIn = (states: readonly (typeof hostStates)[number][], dryRun = false, problem?: Problem): SiteResult => {
  const record = siteRecord(contextWith().context, { ...spec, dryRun })
  record.brings([
    {
      id: 'new',
      alias: 'a',
      algorithm: 'RSA',
      names: ['*.example.com'],
      notBefore: 0,
      notAfter: until,
      sha256: 'f'.repeat(64),
    },
  ])
  const plans = states.map((state) => planFor(bindingOf(state), state))
  const tracker = track(plans, { ...live, dryRun })
  if (!dryRun) for (const state of states) bringTo(tracker, bindingOf(state), state)
  record.tracks(tracker)
  return record.result(problem)
}
const resultOf = (...sites: SiteResult[]): Result => ({
  outcome: sites[0]?.outcome ?? 'failed',
  problem: sites[0]?.problem,
  requestId: undefined,
  sites,
  calls: [
    { action: 'DescribeZones', outcome: 'ok', requestId: 'r-1' },
    { action: 'ModifyHostsCertificate', outcome: 'in progress' },
  ],
  warnings: [inBoth('a warning')],
  language: 'en-US',
})

describe('the document fits the schema', () => {
  test('without a site, when the inputs are invalid', () => {
    const findings = [
      { input: 'hosts', seen: inBoth('nothing'), expected: inBoth('a host'), form: 'sentences' },
    ] as const
    const problem = ownProblem('Input.Invalid', { message: inBoth('1 invalid input.'), findings })
    expect(read({ ...resultOf(), problem })).toMatchObject({
      outcome: 'failed',
      error: { code: 'Input.Invalid', findings: [{ input: 'hosts', seen: 'nothing', expected: 'a host' }] },
      sites: [],
    })
  })

  test.each(hostStates)('with a host that is %s', (state) => {
    const { hosts } = read(resultOf(siteIn([state], state === 'planned'))).sites[0]
    expect(hosts).toMatchObject([{ host: state, state }])
  })

  test('with a host whose change cannot be planned', () => {
    const problem = ownProblem('Certificate.AlgorithmUnknown', { message: inBoth('unclear') })
    const about = { host: 'a.com', before: before('a.com'), reason: inBoth('unclear') }
    const change: Change = { ...about, kind: 'refuse', because: 'unclear', problem }
    const site = { ...siteIn([]), hosts: track([change], live).all() }
    expect(read(resultOf(site)).sites[0].hosts).toMatchObject([
      {
        state: 'refused',
        action: 'refuse',
        reason: 'unclear',
        error: { code: 'Certificate.AlgorithmUnknown' },
      },
    ])
  })

  test('with hosts of which only the name is known', () => {
    const hosts = [{ host: 'a.com', state: 'untouched', writes: 0 }] as const
    const problem = new Problem({ code: 'AuthFailure' as never, message: inBoth('') })
    const site = { ...notStarted({ ...spec, zone: { name: 'example.com' } }, problem), hosts }
    const document = read(resultOf(site))
    expect(document.sites[0]).toMatchObject({ zoneName: 'example.com', hosts: [{ host: 'a.com', state: 'untouched' }] })
    expect(document.sites[0]).not.toHaveProperty('zoneId')
  })

  test('with several sites', () => {
    const { sites } = read(resultOf(siteIn(['deployed']), siteIn(['refused'])))
    expect(sites.map(({ hosts }: SiteResult) => hosts.map(({ host }) => host))).toEqual([['deployed'], ['refused']])
  })
})

test('a site is described in full', () => {
  expect(read(resultOf(siteIn(['deployed']))).sites).toEqual([
    {
      ...{ zoneId: 'zone-1', zoneName: 'example.com', outcome: 'changed', site: 'china', apiVersion: '2022-09-01' },
      ...{ mode: 'sslcert', dryRun: false, waitFor: 'deployed' },
      certificates: [
        {
          ...{ id: 'new', algorithm: 'RSA', sha256: 'f'.repeat(64), names: ['*.example.com'] },
          ...{ notBefore: '1970-01-01T00:00:00.000Z', notAfter: '2027-01-01T00:00:00.000Z' },
        },
      ],
      bound: [
        { id: 'old', algorithm: 'RSA', type: 'upload', notAfter: '2027-01-01T00:00:00.000Z' },
        { id: 'kept', algorithm: 'ECC' },
      ],
      hosts: [
        {
          ...{ host: 'deployed', state: 'deployed', action: 'bind', reason: 'has another certificate' },
          before: {
            status: 'online',
            mode: 'sslcert',
            certificates: [{ id: 'old', status: 'deployed' }, { id: 'kept' }],
          },
          target: { mode: 'sslcert', certificates: ['new', 'kept'] },
          ...{ keeps: ['kept'], replaces: ['old'], drops: [{ id: 'gone', why: 'expired' }] },
          after: {
            ...{ status: 'online', mode: 'sslcert' },
            certificates: [
              { id: 'new', status: 'deployed' },
              { id: 'kept', status: 'deployed' },
            ],
          },
          readAt: '1970-01-01T00:00:00.000Z',
          requestId: 'r1',
        },
      ],
      calls: [
        { action: 'DescribeZones', outcome: 'ok', requestId: 'r-1' },
        { action: 'ModifyHostsCertificate', outcome: 'in progress' },
      ],
      warnings: ['a warning'],

      notes: [],
    },
  ])
})

test('a host that has its target already is described with it', () => {
  expect(read(resultOf(siteIn(['unchanged']))).sites[0].hosts[0]).toMatchObject({
    action: 'none',
    target: { mode: 'sslcert', certificates: ['new', 'kept'] },
  })
})

test('the schema has the words of the code, and no others', () => {
  const { site, host } = schema.$defs
  expect(host.properties.state.enum.toSorted()).toEqual([...hostStates].toSorted())
  expect(site.properties.waitFor.enum).toEqual([...stages])
  expect(site.properties.apiVersion.enum).toEqual([...apiVersions])
  expect(site.properties.mode.enum).toEqual([...modes])
  expect(host.properties.target.properties.mode.enum).toEqual([...modes, 'default'])
  expect(site.properties.site.enum).toEqual([...siteNames])
  const kinds: Readonly<Record<Change['kind'], true>> = { none: true, bind: true, 'wait-then-bind': true, refuse: true }
  expect(host.properties.action.enum).toEqual(Object.keys(kinds))
  const outcomes: Readonly<Record<Result['outcome'], true>> = {
    ...{ changed: true, unchanged: true, planned: true },
    ...{ failed: true, 'rolled-back': true, cancelled: true },
  }
  expect(schema.$defs.outcome.enum).toEqual(Object.keys(outcomes))
  const whys: Readonly<Record<Binding['drops'][number]['why'], true>> = {
    ...{
      expired: true,
      'expires-soon': true,
      blocks: true,
      default: true,
      'not-kept': true,
      'unknown-algorithm': true,
      mode: true,
    },
  }
  expect(host.properties.drops.items.properties.why.enum).toEqual(Object.keys(whys))
})
