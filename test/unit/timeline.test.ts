import mermaid from 'mermaid'
import { describe, expect, test } from 'vitest'
import type { Certificate } from '../../src/model/certificate.ts'
import type { Binding, Dropped } from '../../src/model/change.ts'
import type { Bound } from '../../src/model/host.ts'
import { ownProblem } from '../../src/model/problem.ts'
import type { HostState, SiteResult } from '../../src/model/result.ts'
import { timeline } from '../../src/report/timeline.ts'
import { inBoth } from '../../src/util/language.ts'
import { isNonEmpty } from '../../src/util/lists.ts'
import { options } from '../support/options.ts'

const problem = ownProblem('Run.Unexpected', { message: inBoth('for the test') })
const at = (date: string) => Date.parse(`${date}T00:00:00Z`)
const now = at('2026-11-24')

const fresh: Certificate = {
  id: 'J2JqATrt',
  algorithm: 'RSA',
  notBefore: at('2026-11-23'),
  notAfter: at('2027-02-21'),
}
const kept: Bound = { id: 'oldEcc01', algorithm: 'ECC', deployed: at('2026-10-05'), notAfter: at('2027-01-03') }
const replaced: Bound = { id: 'oldRsa01', algorithm: 'RSA', notBefore: at('2026-09-05'), notAfter: at('2026-12-04') }
const expired: Bound = { id: 'expSm201', algorithm: 'SM2', deployed: at('2025-11-01'), notAfter: at('2026-11-01') }

interface Parts {
  readonly certificates?: readonly Certificate[]
  readonly keeps?: readonly Bound[]
  readonly replaces?: readonly Bound[]
  readonly drops?: readonly Dropped[]
  readonly state?: HostState
  readonly writes?: number
  /** IDs that the last reading showed. */
  readonly seen?: readonly string[]
}

/** A site with one host, which had and got these certificates. */
const siteOf = (parts: Parts): SiteResult => {
  const { certificates = [fresh], keeps = [], replaces = [], drops = [], state = 'deployed', writes = 1, seen } = parts
  const host = 'www.example.com'
  const ids = [...certificates, ...keeps].map(({ id }) => id)
  const had = [...keeps, ...replaces, ...drops.map(({ certificate }) => certificate)]
  const change: Binding = {
    kind: 'bind',
    reason: inBoth('has another certificate'),
    host,
    before: { name: host, certificates: had, mutualTls: {} },
    target: isNonEmpty(ids) ? { mode: 'sslcert', ids } : { mode: 'disable' },
    keeps,
    replaces,
    drops,
  }
  const facts = {
    host,
    plan: change,
    change,
    due: false,
    writes: 1,
    inDoubt: false,
    unmoved: 0,
    readAt: now,
    missing: 0,
    denied: false,
  }
  return {
    ...{ options, mode: 'sslcert', outcome: 'changed', zone: { id: 'zone-1' }, certificates },
    hosts: [
      {
        ...{ ...facts, state, writes, problem },
        seen: seen && { name: host, certificates: seen.map((id) => ({ id })), mutualTls: {} },
      },
    ],
    ...{ requestId: undefined, problem: undefined, events: [], notes: [] },
  }
}

/** What stands in the code block. */
const sourceOf = (parts: Parts): string => {
  const text = timeline(siteOf(parts), now)
  const [, source = ''] = /(?:^|\n\n)```mermaid\n([^`]*)\n```$/.exec(text) ?? []
  expect(source, text).not.toBe('')
  return source
}

const accepted = async (source: string) => {
  const { diagramType, config } = await mermaid.parse(source)
  expect(diagramType).toBe('gantt')
  // What a directive in the source would have set.
  expect(config).toEqual({})
}

/** What Mermaid's own parser took each line for: section, ID, tags. Its classes are no API, and there is no other way to see this. */
const tasksOf = async (source: string, ids = /(J2JqATrt|oldEcc01|oldRsa01|expSm201)/) => {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(source)
  const tasks = (db as unknown as { getTasks: () => readonly Record<string, unknown>[] }).getTasks()
  return tasks.map(({ section, task, done, crit, milestone }) => {
    const tags = Object.entries({ done, crit, milestone }).flatMap(([tag, on]) => (on === true ? [tag] : []))
    return [section, ids.exec(String(task))?.[0], ...tags].join(' ')
  })
}

describe('Mermaid accepts the chart', () => {
  test('of new, kept, replaced and expired certificates', async () => {
    const source = sourceOf({
      keeps: [kept],
      replaces: [replaced],
      drops: [{ certificate: expired, why: 'expired' }],
    })
    await accepted(source)
    expect(await tasksOf(source)).toEqual([
      'New J2JqATrt',
      'Kept oldEcc01',
      'Replaced oldRsa01 done',
      'Replaced expSm201 crit',
    ])
  })

  test('of a certificate whose start is unknown, as a milestone', async () => {
    const source = sourceOf({ certificates: [{ id: 'J2JqATrt', notAfter: at('2027-02-21') }] })
    await accepted(source)
    expect(await tasksOf(source)).toEqual(['New J2JqATrt milestone'])
  })

  test('of a certificate without an algorithm, and of a start that is not before its end', async () => {
    const source = sourceOf({
      certificates: [{ id: 'J2JqATrt', notBefore: at('2027-02-21'), notAfter: at('2027-02-21') }],
      replaces: [{ id: 'oldRsa01', deployed: at('2026-01-01'), notAfter: at('2027-01-01') }],
    })
    await accepted(source)
    expect(await tasksOf(source)).toEqual(['New J2JqATrt milestone', 'Replaced oldRsa01 done'])
  })

  test.each([
    ['a day', at('2026-11-25')],
    ['a month', at('2026-12-24')],
    ['a quarter', at('2027-02-24')],
    ['a year', at('2027-11-24')],
    ['thirty years', at('2056-11-24')],
    ['hundreds of years', at('2999-12-31')],
  ])('that spans %s', async (_, notAfter) => {
    await accepted(sourceOf({ certificates: [{ id: 'J2JqATrt', notBefore: now, notAfter }] }))
  })

  test('of many certificates, and shows a few of them', async () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ ...replaced, id: `old${i}` }))
    const source = sourceOf({ replaces: many })
    await accepted(source)
    expect((await tasksOf(source)).length).toBeLessThan(20)
  })
})

describe('an ID that is not plain stays out of the chart', () => {
  const hostile = [
    'evil\n  section Injected',
    'evil\r\n  Injected : crit, 2020-01-01, 2030-01-01',
    'evil\u2028Injected',
    'evil : crit, 2020-01-01, 2030-01-01',
    'evil; section Injected',
    'evil#35; #injected',
    '%%{init: {"theme": "evil"}}%%',
    '%% evil',
    '---\nconfig: evil\n---',
    'evil\n```\n# Injected\n```',
    '`evil`',
    '<img src=evil onerror=injected()>',
    'click evil href "javascript:injected()"',
    'evil "quoted" ‮',
    'evil'.repeat(250),
    '',
  ]
  test.each(hostile.map((id) => [id]))('%j', async (id) => {
    const some = { ...replaced, id }
    const source = sourceOf({
      certificates: [fresh, { ...fresh, id }],
      keeps: [kept, { ...kept, id }],
      replaces: [replaced, some],
      drops: [{ certificate: { ...expired, id }, why: 'expired' }],
    })
    expect(source).toBe(sourceOf({ keeps: [kept], replaces: [replaced] }))
    await accepted(source)
  })

  test('words of Mermaid are labels like any other', async () => {
    const words = ['section', 'title', 'ganttX', 'click', 'todayMarker', 'end', 'topAxisX', '2026-11-24']
    const source = sourceOf({ replaces: words.map((id) => ({ ...replaced, id })) })
    await accepted(source)
    const tasks = await tasksOf(source, new RegExp(`${words.join('|')}|$`))
    expect(tasks.slice(1)).toEqual(words.map((id) => `Replaced ${id} done`))
  })
})

describe('what became of the old certificate is said as far as it is known', () => {
  const written = { writes: 1 }
  test.each<[string, Parts]>([
    ['Would be replaced', { state: 'planned', writes: 0 }],
    ['Replaced', { ...written, state: 'deployed', seen: ['J2JqATrt'] }],
    ['Replaced', { ...written, state: 'served' }],
    ['Replacement not verified', { ...written, state: 'accepted' }],
    ['Replacement not verified', { ...written, state: 'timed-out', seen: ['J2JqATrt'] }],
    ['Replacement not verified', { ...written, state: 'failed', seen: ['J2JqATrt'] }],
    ['Replacement not verified', { ...written, state: 'not-served', seen: ['J2JqATrt'] }],
    ['Replacement not verified', { ...written, state: 'rollback-failed' }],
    ['Replacement not verified', { state: 'unknown', writes: 0 }],
    ['Still bound', { ...written, state: 'timed-out', seen: ['oldRsa01'] }],
    ['Still bound', { ...written, state: 'rolled-back' }],
    ['Still bound', { state: 'refused', writes: 0 }],
    ['Still bound', { state: 'waiting', writes: 0 }],
    ['Still bound', { state: 'untouched', writes: 0 }],
    ['Still bound', { state: 'inactive', writes: 0 }],
  ])('%s: %j', (section, parts) => {
    const source = sourceOf({ replaces: [replaced], ...parts })
    const sections = [...source.matchAll(/section (.*)/g)].map(([, name]) => name)
    expect(sections).toEqual(['New', section])
    expect(source.includes('done, ')).toBe(section === 'Replaced')
  })

  test('of several hosts, the most cautious statement counts', () => {
    const [first] = siteOf({ replaces: [replaced] }).hosts
    const [second] = siteOf({ replaces: [replaced], state: 'refused', writes: 0 }).hosts
    const site = siteOf({})
    const text = timeline({ ...site, hosts: [first, second].flatMap((one) => one ?? []) }, now)
    expect(text).toContain('section Still bound')
    expect(text).not.toContain('Replaced')
  })
})

describe('there is no chart', () => {
  test.each<[string, Parts]>([
    ['without any certificate', { certificates: [] }],
    ['when no date is known', { certificates: [{ id: 'J2JqATrt' }], keeps: [{ id: 'oldEcc01' }] }],
    ['when only a start is known', { certificates: [{ id: 'J2JqATrt', notBefore: at('2026-11-23') }] }],
    ['when no ID is plain', { certificates: [{ ...fresh, id: 'a: b' }] }],
  ])('%s', (_, parts) => {
    expect(timeline(siteOf(parts), now)).toBe('')
  })
})
