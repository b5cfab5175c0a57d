import { describe, expect, test } from 'vitest'
import { batchSize } from '../../src/deploy/batches.ts'
import { probeServed } from '../../src/deploy/probe.ts'
import { track } from '../../src/deploy/tracker.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import type { Binding } from '../../src/model/change.ts'
import type { Bound } from '../../src/model/host.ts'
import type { Probe, Served } from '../../src/model/ports.ts'
import { ownProblem } from '../../src/model/problem.ts'
import type { HostState } from '../../src/model/progress.ts'
import type { Setting } from '../../src/model/setting.ts'
import type { ConnectTo } from '../../src/model/spec.ts'
import { inBoth } from '../../src/util/language.ts'
import { isNonEmpty } from '../../src/util/lists.ts'
import { contextWith } from '../support/context.ts'
import { options } from '../support/options.ts'
import { bringTo, live, planFor } from '../support/progress.ts'

const end = Date.UTC(2027, 1, 21, 12)
const late = ownProblem('Network.Deadline', { message: inBoth('too late') })
const known = new Map<string, Certificate>([
  ['rsa', { id: 'rsa', algorithm: 'RSA', sha256: 'r' }],
  ['ecc', { id: 'ecc', algorithm: 'ECC', sha256: 'e' }],
  ['byId', { id: 'byId', algorithm: 'RSA', notAfter: end }],
])
const leaf = (sha256: string, more: Partial<Served> = {}): Served => ({
  sha256,
  names: ['a.com', '*.a.com'],
  notBefore: 0,
  notAfter: end,
  algorithm: 'RSA',
  ...more,
})
const right = leaf('r')
const old = leaf('old', { names: ['old.a.com'], notAfter: Date.UTC(2026, 11, 4) })

interface Scene {
  readonly hosts?: readonly string[]
  readonly ids?: readonly string[]
  /** Instead of the IDs. */
  readonly mode?: 'eofreecert' | 'disable'
  readonly state?: (host: string) => HostState
  /** What a handshake is answered with at so many seconds; `stop` ends the run. */
  readonly serve?: (probe: Probe, at: number, stop: () => void) => Served | Promise<Served>
  readonly addresses?: readonly string[] | (() => Promise<readonly string[]>)
  readonly connectTo?: ConnectTo
  readonly cname?: (host: string) => string | undefined
  readonly seconds?: number
  /** Certificates that the host is to lose. */
  readonly had?: readonly Bound[]
  readonly leavesBefore?: readonly string[]
  /** When EdgeOne says that the certificates end. */
  readonly edgeEnd?: number
  /** What ends it at so many seconds. */
  readonly reason?: unknown
}

const settingOf = (ids: readonly string[], mode: Scene['mode']): Setting => {
  if (mode !== undefined) return { mode }
  if (!isNonEmpty(ids)) throw new Error('no ID')
  return { mode: 'sslcert', ids }
}

/** Probes, on a clock that only sleeping moves; a name has the addresses of the scene, and EdgeOne's ones have one of their own. */
const scene = async (given: Scene) => {
  const { hosts = ['www.a.com'], ids = ['rsa'], mode, seconds = 40, reason = late } = given
  const { addresses = ['192.0.2.1'], connectTo = 'dns', serve = () => right } = given
  const { cname = (host) => `${host}.eo.com`, state = () => 'deployed', had = [], leavesBefore } = given
  const bindings = hosts.map((host): Binding => {
    const keeps = [{ id: 'kept', algorithm: 'ECC', notAfter: end }] as const
    const before = { name: host, certificates: [...keeps, ...had], mutualTls: {}, cname: cname(host) }
    return {
      kind: 'bind',
      reason: inBoth(''),
      host,
      before,
      target: settingOf(ids, mode),
      keeps,
      replaces: [],
      drops: [],
    }
  })
  let told = 0
  const tracker = track(
    bindings.map((binding) => planFor(binding, state(binding.host))),
    { ...live, now: () => (told += 60_000) },
  )
  for (const binding of bindings) {
    if (leavesBefore) tracker.emit(binding.host, { kind: 'seen-before', leaves: leavesBefore })
    bringTo(tracker, binding, state(binding.host), { notAfter: given.edgeEnd })
  }
  const ended = new AbortController()
  const now = { ms: 0 }
  const probes: (readonly [at: number, probe: Probe])[] = []
  const resolved: string[] = []
  const pauses: number[] = []
  const notes: string[] = []
  const { context, lines, warnings } = contextWith({
    handshake: async (probe, signal) => {
      probes.push([now.ms / 1000, probe])
      const answer = await serve(probe, now.ms / 1000, () => ended.abort(reason))
      signal.throwIfAborted()
      return answer
    },
    resolve: async (host) => {
      resolved.push(host)
      if (host.endsWith('.eo.com')) return ['203.0.113.9']
      return typeof addresses === 'function' ? addresses() : addresses
    },
    clock: {
      now: () => now.ms,
      random: () => 0,
      alarm: () => ended.signal,
      sleep: async (ms) => {
        pauses.push(ms / 1000)
        now.ms = Math.min(seconds * 1000, now.ms + ms)
        if (now.ms === seconds * 1000) ended.abort(reason)
        ended.signal.throwIfAborted()
      },
    },
    signal: ended.signal,
    deadline: seconds * 1000,
  })
  const thrown = await probeServed({
    context,
    spec: { ...options, waitFor: 'served', connectTo },
    zoneId: 'zone-1',
    tracker,
    reader: undefined,
    planNow: () => {
      throw new Error('nothing is read')
    },
    known,
    blocking: new Set(),
    batchSize: batchSize(),
    journal: { accepted: () => {}, certificate: () => {}, note: (line) => notes.push(line.en) },
  }).catch((error: unknown) => error)
  const entry = (host = hosts[0] ?? '') => {
    const progress = tracker.get(host)
    const { code, message, requestId } = progress?.problem ?? {}
    return { state: progress?.state, code, message, requestId }
  }
  const states = tracker.all().map((progress) => progress.state)
  const asked = probes.map(([, { host, at, algorithm }]) => [host, `${at.host} ${at.port}`, algorithm])
  return { states, thrown, entry, probes, asked, resolved, pauses, lines, warnings, notes }
}

describe('a host is probed', () => {
  const addresses = ['192.0.2.1', '2001:db8::1']

  test('at every address, and for any algorithm when it has one certificate', async () => {
    const { asked, thrown, entry, lines } = await scene({ addresses })
    expect(asked).toEqual([
      ['www.a.com', '192.0.2.1 443', undefined],
      ['www.a.com', '2001:db8::1 443', undefined],
    ])
    expect([thrown, entry().state, lines]).toEqual([undefined, 'served', ['1/1 host served, 0.0 s elapsed, 40 s left']])
  })

  test('for each algorithm when it has two certificates, and each must be right', async () => {
    const serve = (ecc: string) => (probe: Probe) => (probe.algorithm === 'ECC' ? leaf(ecc) : right)
    const { asked, entry } = await scene({ addresses, ids: ['rsa', 'ecc'], serve: serve('e') })
    expect(asked.map(([, at, algorithm]) => `${at} ${algorithm}`)).toEqual([
      '192.0.2.1 443 RSA',
      '192.0.2.1 443 ECC',
      '2001:db8::1 443 RSA',
      '2001:db8::1 443 ECC',
    ])
    expect(entry().state).toBe('served')
    expect((await scene({ ids: ['rsa', 'ecc'], serve: serve('r') })).entry().state).toBe('not-served')
  })

  test('for the certificate that it keeps, too', async () => {
    const serve = (probe: Probe) => (probe.algorithm === 'RSA' ? right : leaf('k', { notAfter: end + 60_000 }))
    const { asked, entry } = await scene({ ids: ['rsa', 'kept'], serve })
    expect(asked.slice(0, 2).map(([, , algorithm]) => algorithm)).toEqual(['RSA', 'ECC'])
    expect(entry().state).toBe('not-served')
  })

  test('by a name below it when it is a wildcard', async () => {
    const { asked, entry } = await scene({ hosts: ['*.a.com'] })
    expect(asked).toEqual([['edgeone-certificate-check.a.com', '192.0.2.1 443', undefined]])
    expect(entry().state).toBe('served')
  })

  test.each([
    ['the name', 'dns', 'www.a.com', 443],
    ['the CNAME', 'cname', 'www.a.com.eo.com', 443],
    ['a place', { host: 'edge.example', port: 8443 }, 'edge.example', 8443],
  ] as const)('at %s', async (_, connectTo, name, port) => {
    const { resolved, asked } = await scene({ connectTo })
    const address = connectTo === 'cname' ? '203.0.113.9' : '192.0.2.1'
    expect([resolved, asked]).toEqual([[name], [['www.a.com', `${address} ${port}`, undefined]]])
  })

  test('not at all with `connect-to: cname` when it has no CNAME', async () => {
    const { resolved, asked, entry } = await scene({ connectTo: 'cname', cname: () => undefined })
    expect([resolved, asked]).toEqual([[], []])
    expect(entry()).toMatchObject({
      state: 'not-served',
      code: 'Verify.NotServed',
      message: 'www.a.com, probed at 00:00:35 UTC: EdgeOne returned no CNAME for it',
    })
  })

  test('only when it has its certificate, and HTTPS', async () => {
    const looked: HostState[] = ['deployed', 'unchanged', 'accepted']
    const others: HostState[] = ['failed', 'timed-out', 'refused', 'waiting', 'inactive', 'unknown', 'untouched']
    const hosts = [...looked, ...others].map((state) => `${state}.a.com`)
    const state = (host: string) => host.replace('.a.com', '') as HostState
    const { probes, states, thrown } = await scene({ hosts, state, serve: () => right })
    expect(probes.map(([, { host }]) => host)).toEqual(looked.map((one) => `${one}.a.com`))
    expect(states).toEqual(['served', 'unchanged', 'served', ...others])
    const disabled = await scene({ mode: 'disable', serve: () => old })
    expect([thrown, disabled.thrown, disabled.asked, disabled.states]).toEqual([undefined, undefined, [], ['deployed']])
  })
})

test.each<[string, string[], Partial<Served>, boolean]>([
  ['its SHA-256 alone, if it was given as PEM', ['rsa'], { sha256: 'r', names: [], notAfter: 1 }, true],
  ['… and nothing else', ['rsa'], { sha256: 'other' }, false],
  ['notAfter, to the minute, and the host’s name, if it was given by ID', ['byId'], { notAfter: end + 59_999 }, true],
  ['… in any time zone', ['byId'], { notAfter: end - 8 * 3_600_000 }, true],
  ['… not a minute later', ['byId'], { notAfter: end + 60_000 }, false],
  ['… not a minute earlier', ['byId'], { notAfter: end - 1 }, false],
  ['… not another name', ['byId'], { names: ['www.b.com'] }, false],
])('the right certificate is recognised by %s', async (_, ids, more, isRight) => {
  const { entry } = await scene({ ids, serve: () => leaf('any', more) })
  expect(entry().state).toBe(isRight ? 'served' : 'not-served')
})

describe('a certificate of which SSL Certificate Service says nothing', () => {
  test.each<[string, Scene]>([
    ['an ID', { ids: ['unheard'] }],
    ['a mode', { mode: 'eofreecert' }],
  ])('by %s is recognised by the end that EdgeOne returns', async (_, given) => {
    const right = await scene({ ...given, edgeEnd: end, serve: () => leaf('any') })
    expect([right.states, right.thrown]).toEqual([['served'], undefined])
    const wrong = await scene({ ...given, edgeEnd: end, serve: () => old })
    expect([wrong.states, wrong.entry().code]).toEqual([['not-served'], 'Verify.NotServed'])
  })

  test('is recognised as another leaf than before the change', async () => {
    const given: Scene = { ids: ['unheard'], leavesBefore: ['old'] }
    const right = await scene({ ...given, serve: (_, at) => (at < 3 ? leaf('old') : leaf('any')) })
    expect([right.states, right.thrown]).toEqual([['served'], undefined])
    expect(right.notes).toEqual([expect.stringMatching(/another certificate than before the change.*unheard$/)])
    const wrong = await scene({ ...given, serve: () => leaf('old') })
    expect(wrong.entry()).toMatchObject({ state: 'not-served', code: 'Verify.NotServed' })
  })

  test('fails at once, and says why, when there is nothing to recognise it by', async () => {
    const { thrown, entry, pauses } = await scene({ ids: ['unheard'], serve: () => leaf('any') })
    expect([thrown, pauses]).toEqual([undefined, []])
    expect(entry()).toMatchObject({ state: 'not-served', code: 'Verify.NoWitness' })
    expect(entry().message).toMatch(
      /^www\.a\.com, probed at 00:00:00 UTC: 192\.0\.2\.1 serves a certificate with its name .* cannot be told .*unheard/,
    )
  })
})

test('a host without an address is told how to leave it out', async () => {
  const addresses = ownProblem('Network.Connect', {
    message: inBoth('www.a.com: no address (ENOTFOUND)'),
    errno: 'ENOTFOUND',
  })
  const { entry } = await scene({ cname: () => undefined, addresses: () => Promise.reject(addresses) })
  expect(entry().message).toMatch(/no address \(ENOTFOUND\)\. Leave the host out of `hosts` .*`!`.*`connect-to`$/)
})

test('16 handshakes are under way at a time', async () => {
  const now = { count: 0, most: 0 }
  const hosts = Array.from({ length: 40 }, (_, i) => `h${i}.a.com`)
  const serve = async () => {
    now.most = Math.max(now.most, ++now.count)
    await new Promise((resolve) => setImmediate(resolve))
    now.count -= 1
    return right
  }
  const { probes } = await scene({ hosts, serve, addresses: ['192.0.2.1', '192.0.2.2'] })
  expect([now.most, probes.length]).toEqual([16, 80])
})

test('pauses between rounds are 1, 2, 4, 8 and then 10 seconds, and only hosts that are left are probed again', async () => {
  const ready: Record<string, number> = { 'a.a.com': 0, 'b.a.com': 3, 'c.a.com': 30 }
  const { probes, pauses, thrown } = await scene({
    hosts: Object.keys(ready),
    serve: ({ host }, at) => (at < (ready[host] ?? 0) ? old : right),
    cname: () => undefined,
    seconds: 600,
  })
  expect([pauses, thrown]).toEqual([[1, 2, 4, 8, 10, 10], undefined])
  expect(probes.map(([at, { host }]) => `${at} ${host[0]}`)).toEqual([
    '0 a',
    '0 b',
    '0 c',
    '1 b',
    '1 c',
    '3 b',
    '3 c',
    '7 c',
    '15 c',
    '25 c',
    '35 c',
  ])
})

describe('an IPv6 address that this machine has no route to', () => {
  const addresses = ['2001:db8::1', '192.0.2.1']
  const away = ownProblem('Network.Connect', { message: inBoth('no connection'), errno: 'ENETUNREACH' })
  const without6 = (probe: Probe) => (probe.at.host.includes(':') ? Promise.reject(away) : right)

  test('does not count against a host that another address serves', async () => {
    const { entry, asked, thrown } = await scene({ addresses, serve: without6 })
    expect([thrown, entry().state, asked.length]).toEqual([undefined, 'served', 2])
  })

  test('is the reason if there is no other address; otherwise what the other serves is', async () => {
    const alone = await scene({ addresses: ['2001:db8::1'], serve: without6, cname: () => undefined })
    expect(alone.entry()).toMatchObject({
      state: 'not-served',
      message: 'www.a.com, probed at 00:00:35 UTC: no route to 2001:db8::1',
    })
    const serve = (probe: Probe) => (probe.at.host.includes(':') ? Promise.reject(away) : old)
    const wrong = await scene({ addresses, serve, cname: () => undefined })
    expect(wrong.entry().message).toContain('192.0.2.1 serves another certificate')
  })
})

describe('at the deadline', () => {
  test('each host that is left is told with what was seen, and where', async () => {
    const { thrown, entry } = await scene({
      hosts: ['a.a.com', 'b.a.com'],
      addresses: ['192.0.2.1', '2001:db8::1'],
      serve: ({ host, at }) => (host === 'b.a.com' && at.host !== '192.0.2.1' ? old : right),
      cname: () => undefined,
    })
    expect(thrown).toBe(late)
    expect(entry('a.a.com')).toMatchObject({ state: 'served', code: undefined })
    expect(entry('b.a.com')).toEqual({
      state: 'not-served',
      code: 'Verify.NotServed',
      message:
        'b.a.com, probed at 00:00:35 UTC: 2001:db8::1 serves another certificate: old.a.com, RSA, until 2026-12-04',
      requestId: 'r1',
    })
  })

  test('so is a host whose handshakes failed, and one that had the certificate before', async () => {
    const failed = ownProblem('Network.Connect', { message: inBoth('192.0.2.1:443: connection refused') })
    const { thrown, entry, pauses } = await scene({ serve: () => Promise.reject(failed), state: () => 'unchanged' })
    expect([thrown, pauses]).toEqual([late, [1, 2, 4, 8, 10, 10, 10]])
    expect(entry()).toMatchObject({
      state: 'not-served',
      code: 'Verify.NotServed',
      message: 'www.a.com, probed at 00:00:35 UTC: 192.0.2.1:443: connection refused',
    })
  })

  test('a host that was seen right in the last round is served; one that was not reached is not', async () => {
    const { thrown, states, entry } = await scene({
      hosts: ['a.a.com', 'b.a.com'],
      serve: async ({ host }, _, stop) => {
        if (host === 'a.a.com') return right
        await new Promise((resolve) => setImmediate(resolve))
        stop()
        return right
      },
    })
    expect([thrown, states]).toEqual([late, ['served', 'not-served']])
    expect(entry('b.a.com')).toMatchObject({
      code: 'Verify.NotProbed',
      message: 'b.a.com is deployed, but was not probed before the step stopped',
    })
  })

  const dns =
    '. EdgeOne itself serves the right one, so the DNS of the host points elsewhere. With `connect-to: cname` the step can verify before DNS is switched'

  test('a host whose CNAME serves the right one is told with a hint at its DNS', async () => {
    const { entry, resolved } = await scene({ serve: ({ at }) => (at.host === '203.0.113.9' ? right : old) })
    expect(entry().message).toMatch(
      /^www\.a\.com, probed at 00:00:35 UTC: 192\.0\.2\.1 serves another certificate: .*, until 2026-12-04\. Edge/,
    )
    expect(entry().message?.endsWith(dns)).toBe(true)
    // Not before the third round: a deployment takes its time everywhere.
    expect(resolved.slice(0, 4)).toEqual(['www.a.com', 'www.a.com', 'www.a.com', 'www.a.com.eo.com'])
  })

  test.each<[string, Scene]>([
    ['whose CNAME serves another one', {}],
    ['that is probed elsewhere anyway', { connectTo: { host: 'edge.example', port: 443 } }],
    ['without a CNAME', { cname: () => undefined }],
  ])('a host %s is told without the hint', async (_, more) => {
    const { entry } = await scene({ serve: () => old, ...more })
    expect(entry().message).toBe(
      'www.a.com, probed at 00:00:35 UTC: 192.0.2.1 serves another certificate: old.a.com, RSA, until 2026-12-04',
    )
  })
})

describe('a certificate that this machine does not trust', () => {
  test('is one warning for each reason, and not a failure', async () => {
    const why: Record<string, string> = { a: 'self-signed', b: 'no issuer', c: 'self-signed' }
    const distrust = (host: string) => {
      const reason = why[host[0] ?? '']
      return reason === undefined ? {} : { distrust: inBoth(reason) }
    }
    const { warnings, states, thrown } = await scene({
      hosts: ['a.a.com', 'b.a.com', 'c.a.com', 'd.a.com'],
      serve: ({ host }) => leaf('r', distrust(host)),
    })
    expect(warnings).toEqual([
      'Not trusted: 2 hosts served the certificate, but this machine does not trust it (self-signed): a.a.com, c.a.com.',
      'Not trusted: 1 host served the certificate, but this machine does not trust it (no issuer): b.a.com.',
    ])
    expect([thrown, ...states]).toEqual([undefined, ...Array<string>(4).fill('served')])
  })

  test('is a warning even if the one of the other algorithm is trusted', async () => {
    const serve = ({ algorithm }: Probe) =>
      algorithm === 'RSA' ? leaf('r', { distrust: inBoth('no issuer') }) : leaf('e')
    expect((await scene({ ids: ['rsa', 'ecc'], serve })).warnings).toEqual([expect.stringContaining('(no issuer)')])
  })
})

test('a cancellation throws its reason', async () => {
  const reason = ownProblem('Run.Cancelled', { message: inBoth('stop') })
  const { thrown, entry } = await scene({ serve: () => old, seconds: 3, reason })
  expect([thrown, entry().state]).toEqual([reason, 'not-served'])
})

test('a host that was in another state stays in it, even if it would be served', async () => {
  const given: HostState[] = ['deployed', 'accepted', 'unchanged', 'not-served', 'failed', 'refused', 'untouched']
  const { states } = await scene({
    hosts: given.map((state) => `${state}.a.com`),
    state: (host) => given.find((state) => host === `${state}.a.com`) ?? 'untouched',
  })
  expect(states).toEqual(['served', 'served', 'unchanged', 'not-served', 'failed', 'refused', 'untouched'])
})

test('a note says how a certificate was recognised, unless by its fingerprint', async () => {
  expect((await scene({ ids: ['rsa'] })).notes).toEqual([])
  expect((await scene({ ids: ['byId'] })).notes).toEqual([
    expect.stringMatching(/^Recognised by the host's name and notAfter.*byId$/),
  ])
})
