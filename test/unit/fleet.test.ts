import { expect, test } from 'vitest'
import type { SiteWork } from '../../src/deploy/site.ts'
import { bundlesOf } from '../../src/fleet/bundle.ts'
import { siteLog } from '../../src/fleet/site-log.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import type { LoadedEntry } from '../../src/model/task.ts'
import { shared } from '../../src/tencent/shared.ts'
import { atMost, once, oncePerKey } from '../../src/util/concurrency.ts'
import { inBoth } from '../../src/util/language.ts'
import { answering } from '../support/answering.ts'
import { silent } from '../support/log.ts'
import { options } from '../support/options.ts'

const entryAt = (): LoadedEntry => ({ zones: { by: 'certificate' }, options, source: { kind: 'newest' } })
/** Only its zone counts here. */
const workAt = (id: string) => ({ spec: { zone: { id } } }) as unknown as SiteWork

test('sites of one entry, and entries that share a site, are one bundle', () => {
  const [a, b, c, d] = [entryAt(), entryAt(), entryAt(), entryAt()]
  const members = [
    { entry: a, work: workAt('z1') },
    { entry: a, work: workAt('z2') },
    { entry: b, work: workAt('z3') },
    { entry: c, work: workAt('z4') },
    { entry: d, work: workAt('z2') },
    { entry: d, work: workAt('z3') },
  ]
  const zonesOf = (bundle: readonly (typeof members)[number][]) =>
    bundle.map(({ work }) => work.spec.zone.id).toSorted()
  expect(bundlesOf(members).map(zonesOf)).toEqual([['z1', 'z2', 'z2', 'z3', 'z3'], ['z4']])
  expect(bundlesOf([])).toEqual([])
})

test('the lines of a site are written together, without groups that are empty, and its warnings at once and with its name', async () => {
  const lines: string[] = []
  const log = {
    ...silent,
    info: (line: string) => void lines.push(line),
    group: async <T>(title: string, body: () => Promise<T>) => {
      lines.push(`[${title}`)
      const value = await body()
      lines.push(']')
      return value
    },
  }
  const site = siteLog(log, (title, message) => lines.push(`${title.en}: ${message.en}`), 'a.com')
  await site.log.group('Reading', async () => site.log.info('one'))
  site.warn(inBoth('Hosts'), inBoth('none'))
  expect(lines).toEqual(['Hosts: a.com: none'])
  await site.log.group('Old certificates', async () => site.log.debug('two'))
  await site.flush('a.com: changed')
  await site.flush('again')
  expect(lines.slice(1)).toEqual(['[a.com: changed', '— Reading', 'one', ']'])
})

test('at most so many calls run at the same time, and each ends', async () => {
  let [running, most] = [0, 0]
  const work = atMost(3, async (n: number) => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 1))
    running -= 1
    if (n === 5) throw new Error('five')
    return n
  })
  const done = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => work(n)))
  expect([most, running, done.filter(({ status }) => status === 'rejected').length]).toEqual([3, 0, 1])
})

test('what is made once is made when it is needed, for each key', async () => {
  let made = 0
  const make = async () => ++made
  const [one, perKey] = [once(make), oncePerKey<number>()]
  expect(made).toBe(0)
  expect(await Promise.all([one(), one(), perKey('a', make), perKey('a', make), perKey('b', make)])).toEqual([
    1, 1, 2, 2, 3,
  ])
})

/** SSL Certificate Service, and the IDs that each call asked for. */
const service = () => {
  const calls: unknown[] = []
  const call = answering(async ({ action }, { CertIds, SearchKey }) => {
    calls.push(CertIds ?? SearchKey ?? action)
    const ids = (CertIds as string[] | undefined) ?? ['found']
    return {
      requestId: 'r',
      response: { Certificates: ids.filter((id) => id !== 'absent').map((CertificateId) => ({ CertificateId })) },
    }
  })
  return { calls, ...shared(call) }
}
const ids = (all: readonly Certificate[]) => all.map(({ id }) => id)

test('certificates that are asked for during a call share the next one, and known ones are not read again', async () => {
  const { certificates, calls } = service()
  const first = certificates(['a'])
  await Promise.resolve().then(() => Promise.resolve())
  const others = [certificates(['b', 'a']), certificates(['c']), certificates(['absent'])]
  expect(ids(await first)).toEqual(['a'])
  expect((await Promise.all(others)).map(ids)).toEqual([['b', 'a'], ['c'], []])
  expect(calls[0]).toEqual(['a'])
  expect(calls).toHaveLength(2)
  expect(ids(await certificates(['a', 'b', 'c']))).toEqual(['a', 'b', 'c'])
  expect(calls).toHaveLength(2)
})

test('certificates that a search found are known', async () => {
  const { certificates, search, calls } = service()
  await Promise.all([search('a.com'), search('a.com')])
  expect(ids(await certificates(['found']))).toEqual(['found'])
  expect(calls).toEqual(['a.com'])
})
