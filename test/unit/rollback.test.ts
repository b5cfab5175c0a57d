import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { Change } from '../../src/deploy/batches.ts'
import { type Entry, type Ledger, openLedger } from '../../src/deploy/ledger.ts'
import { rollBack, waysBack } from '../../src/deploy/rollback.ts'
import { ownProblem } from '../../src/model/problem.ts'
import type { Bound, Domain } from '../../src/tencent/hosts.ts'

const unserved = ownProblem('Verify.NotServed', { message: 'another one' })

const domain = (mode: string | undefined, ...certificates: Bound[]): Domain => ({
  host: 'a.com',
  mode,
  certificates,
  mutual: 'on c1//',
})

/** A ledger of hosts that got `new`, had what `before` says, and failed to be served. */
const ledgerOf = (befores: Readonly<Record<string, Domain | undefined>>, more: Partial<Entry> = {}): Ledger => {
  const steps = Object.entries(befores).map(([host, before]) => ({
    kind: 'bind' as const,
    reason: '',
    host,
    before: before === undefined ? undefined : { ...before, host },
    setting: { mode: 'sslcert' as const, ids: ['new'] },
    keeps: [],
    replaces: [],
    drops: [],
  }))
  const ledger = openLedger(steps)
  for (const entry of ledger.values())
    Object.assign(entry, { state: 'unserved', writes: 1, problem: unserved, ...more })
  return ledger
}

const current = { zoneId: 'zone-1', apiVersion: '2022-09-01' } as const
const legacy = { ...current, apiVersion: '2022-01-06' } as const
/** Only 2022-01-06 tells no mode. */
const versionOf = (before: Domain | undefined) =>
  before !== undefined && before.mode === undefined ? '2022-01-06' : '2022-09-01'

/** A restore that ends every host in the same way. */
const restoreTo = (how: Partial<Entry>) => {
  const asked: Change[] = []
  const restore = async (changes: readonly Change[]) => {
    asked.push(...changes)
    const back = openLedger(changes)
    for (const entry of back.values()) Object.assign(entry, how)
    return back
  }
  return { asked, restore }
}

test('only hosts that were changed and have a problem go back', async () => {
  const had = domain('sslcert', { id: 'old' })
  const ledger = ledgerOf({ 'a.com': had, 'b.com': had, 'c.com': had })
  Object.assign(ledger.get('b.com') ?? {}, { writes: 0, state: 'blocked' })
  Object.assign(ledger.get('c.com') ?? {}, { problem: undefined, state: 'served' })
  expect(waysBack(ledger, '2022-09-01').map(({ entry }) => entry.host)).toEqual(['a.com'])
  const { asked, restore } = restoreTo({ state: 'deployed' })
  await rollBack(waysBack(ledger, current.apiVersion), current, restore)
  expect(asked.map(({ host }) => host)).toEqual(['a.com'])
  expect([...ledger.values()].map(({ state }) => state)).toEqual(['rolled-back', 'blocked', 'served'])
})

test.each<[string, Domain | undefined, object | undefined]>([
  ['its certificates, all of them', domain('sslcert', { id: 'r' }, { id: 'e' }), { mode: 'sslcert', ids: ['r', 'e'] }],
  ['its default certificate, by ID', domain('sslcert', { id: 'd', type: 'default' }), { mode: 'sslcert', ids: ['d'] }],
  ['the free certificate', domain('eofreecert', { id: 'f', type: 'managed' }), { mode: 'eofreecert', ids: [] }],
  ['the free certificate by hand', domain('eofreecert_manual', { id: 'f' }), { mode: 'eofreecert_manual', ids: [] }],
  ['no HTTPS', domain('disable'), { mode: 'disable', ids: [] }],
  ['under 2022-01-06 its own ones', domain(undefined, { id: 'o' }), { mode: 'sslcert', ids: ['o'] }],
  [
    '… one of them the default',
    domain(undefined, { id: 'o' }, { id: 'd', type: 'default' }),
    { mode: 'sslcert', ids: ['o', 'd'] },
  ],
  ['… the default', domain(undefined, { id: 'd', type: 'default' }), { mode: 'default', ids: [] }],
  ['… none', domain(undefined), { mode: 'default', ids: [] }],
  ['nothing, with no certificate under sslcert', domain('sslcert'), undefined],
  ['nothing, under a mode to come', domain('another', { id: 'x' }), undefined],
  ['nothing, where it could not be read', undefined, undefined],
])('a host gets back %s', (_, before, setting) => {
  const [way] = waysBack(ledgerOf({ 'a.com': before }), versionOf(before))
  expect(way?.change?.setting).toEqual(setting)
  if (setting !== undefined)
    expect(way?.change).toMatchObject({
      kind: 'bind',
      before: { mutual: 'on c1//' },
      keeps: [],
      replaces: [],
      drops: [],
    })
})

test('what it had is what it had before the step, and its call is made for the host as it is now', () => {
  const now = { ...domain('sslcert', { id: 'new' }), mutual: 'other' }
  const [way] = waysBack(ledgerOf({ 'a.com': domain('sslcert', { id: 'old' }) }, { after: now }), '2022-09-01')
  expect(way?.change).toMatchObject({ setting: { ids: ['old'] }, before: now })
})

test('a host that got it back is rolled back, keeps its problem, and shows how it stands', async () => {
  const ledger = ledgerOf({ 'a.com': domain('sslcert', { id: 'old' }) }, { requestId: 'r1' })
  const after = domain('sslcert', { id: 'old', status: 'deployed' })
  await rollBack(
    waysBack(ledger, current.apiVersion),
    current,
    restoreTo({ state: 'deployed', after, requestId: 'r2' }).restore,
  )
  expect(ledger.get('a.com')).toMatchObject({ state: 'rolled-back', after, requestId: 'r2', problem: unserved })
})

test('a host that was found to have it is rolled back', async () => {
  const ledger = ledgerOf({ 'a.com': domain('sslcert', { id: 'old' }) })
  await rollBack(waysBack(ledger, current.apiVersion), current, restoreTo({ state: 'unchanged' }).restore)
  expect(ledger.get('a.com')).toMatchObject({ state: 'rolled-back', problem: unserved })
})

test('a host that did not get it back is adrift, with the reason and a command that runs', async () => {
  const ledger = ledgerOf({ 'a.com': domain('sslcert', { id: 'old-r' }, { id: 'old-e' }) })
  const why = ownProblem('Verify.NotDeployed', { message: 'a.com was process' })
  const after = domain('sslcert', { id: 'new' })
  await rollBack(
    waysBack(ledger, current.apiVersion),
    current,
    restoreTo({ state: 'late', problem: why, after, requestId: 'r9' }).restore,
  )
  const { state, problem } = ledger.get('a.com') ?? {}
  expect(ledger.get('a.com')?.after).toEqual(after)
  expect([state, problem?.code, problem?.requestId, problem?.cause]).toEqual([
    'adrift',
    'Verify.RollbackFailed',
    'r9',
    unserved,
  ])
  const [said, command = ''] = problem?.message.split('. By hand: ') ?? []
  expect(said).toBe('a.com did not get back what it had: a.com was process')
  // As a shell reads it, with another program in the place of the real one.
  const shown = execFileSync('sh', ['-c', `tccli() { printf '%s\\n' "$@"; }; ${command}`], { encoding: 'utf8' })
  expect(shown.trim().split('\n')).toEqual([
    ...['teo', 'ModifyHostsCertificate', '--ZoneId', 'zone-1', '--Hosts', '["a.com"]', '--Mode', 'sslcert'],
    ...['--ServerCertInfo', '[{"CertId":"old-r"},{"CertId":"old-e"}]'],
  ])
})

test.each([
  ['eofreecert', 'tccli teo ModifyHostsCertificate --ZoneId zone-1 --Hosts \'["a.com"]\' --Mode eofreecert'],
  ['disable', 'tccli teo ModifyHostsCertificate --ZoneId zone-1 --Hosts \'["a.com"]\' --Mode disable'],
])('the command for mode %s names no certificates', async (mode, command) => {
  const ledger = ledgerOf({ 'a.com': domain(mode, { id: 'f' }) })
  await rollBack(waysBack(ledger, current.apiVersion), current, restoreTo({ state: 'untouched' }).restore)
  expect(ledger.get('a.com')?.problem?.message).toBe(
    `a.com did not get back what it had: it was not tried. By hand: ${command}`,
  )
})

test.each([
  ['the default', domain(undefined, { id: 'd', type: 'default' }), '--version 2022-01-06'],
  ['its own', domain(undefined, { id: 'o' }), `--version 2022-01-06 --CertInfo '[{"CertId":"o"}]'`],
])('the command under 2022-01-06 for %s is one of that version', async (_, before, end) => {
  const ledger = ledgerOf({ 'a.com': before })
  await rollBack(waysBack(ledger, legacy.apiVersion), legacy, restoreTo({ state: 'untouched' }).restore)
  expect(ledger.get('a.com')?.problem?.message).toMatch(/By hand: tccli teo ModifyHostsCertificate --ZoneId zone-1 /)
  expect(ledger.get('a.com')?.problem?.message.endsWith(end)).toBe(true)
})

test('a host that came without a word about its certificate cannot be given anything back', () => {
  const [way] = waysBack(ledgerOf({ 'a.com': domain(undefined) }), '2022-09-01')
  expect(way?.change).toBeUndefined()
})

test('a way back that EdgeOne took, and that was not seen to arrive, is not told as not tried', async () => {
  const ledger = ledgerOf({ 'a.com': domain('sslcert', { id: 'old' }) })
  await rollBack(
    waysBack(ledger, current.apiVersion),
    current,
    restoreTo({ state: 'accepted', writes: 1, requestId: 'r2' }).restore,
  )
  expect(ledger.get('a.com')).toMatchObject({ state: 'adrift', problem: { requestId: 'r2' } })
  expect(ledger.get('a.com')?.problem?.message).not.toContain('it was not tried')
})

test('a host of which nothing is known is adrift without a call and without a command', async () => {
  const ledger = ledgerOf({ 'a.com': undefined })
  const { asked, restore } = restoreTo({ state: 'deployed' })
  await rollBack(waysBack(ledger, current.apiVersion), current, restore)
  expect(asked).toEqual([])
  expect(ledger.get('a.com')).toMatchObject({
    state: 'adrift',
    problem: { code: 'Verify.RollbackFailed', message: 'a.com did not get back what it had: what it had is not known' },
  })
})

test('what ends the whole is thrown, and no host is claimed to be back', async () => {
  const ledger = ledgerOf({ 'a.com': domain('sslcert', { id: 'old' }) })
  const stop = ownProblem('Run.Cancelled', { message: '' })
  await expect(rollBack(waysBack(ledger, current.apiVersion), current, () => Promise.reject(stop))).rejects.toBe(stop)
  expect(ledger.get('a.com')?.state).toBe('unserved')
})
