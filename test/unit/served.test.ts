import { describe, expect, test } from 'vitest'
import { openLedger } from '../../src/deploy/ledger.ts'
import { lookAtServed, noteServed, type ServedOptions } from '../../src/deploy/probe.ts'
import type { Certificate } from '../../src/model/certificate.ts'
import type { Probe, Served } from '../../src/model/ports.ts'
import { ownProblem } from '../../src/model/problem.ts'
import type { HostState } from '../../src/model/result.ts'
import type { Setting } from '../../src/tencent/teo.ts'

const end = Date.UTC(2027, 1, 21, 12)
const late = ownProblem('Network.Deadline', { message: 'too late' })
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
  readonly mode?: Setting['mode']
  readonly state?: (host: string) => HostState
  /** What a handshake is answered with at so many seconds. */
  readonly serve?: (probe: Probe, at: number) => Served | Promise<Served>
  readonly addresses?: readonly string[]
  readonly connectTo?: ServedOptions['connectTo']
  readonly cname?: (host: string) => string | undefined
  readonly seconds?: number
  /** What ends it at so many seconds. */
  readonly reason?: unknown
}

/** Looks, on a clock that only sleeping moves; a name has the addresses of the scene, and EdgeOne's ones have one of their own. */
const scene = async (given: Scene) => {
  const { hosts = ['www.a.com'], ids = ['rsa'], mode = 'sslcert', seconds = 40, reason = late } = given
  const { addresses = ['192.0.2.1'], connectTo, cname = (host) => `${host}.eo.com`, serve = () => right } = given
  const ledger = openLedger(
    hosts.map((host) => ({
      kind: 'bind' as const,
      reason: '',
      host,
      before: { host, certificates: [], mutual: '', cname: cname(host) },
      setting: { mode, ids: mode === 'sslcert' ? ids : [] },
      keeps: [{ id: 'kept', algorithm: 'ECC' as const, notAfter: end }],
      replaces: [],
      drops: [],
    })),
  )
  for (const entry of ledger.values())
    Object.assign(entry, { state: given.state?.(entry.host) ?? 'deployed', requestId: 'r1' })
  const ended = new AbortController()
  const now = { ms: 0 }
  const probes: (readonly [at: number, probe: Probe])[] = []
  const resolved: string[] = []
  const pauses: number[] = []
  const lines: string[] = []
  const warnings: string[] = []
  const notes: string[] = []
  const thrown = await lookAtServed(ledger, {
    handshake: async (probe, signal) => {
      probes.push([now.ms / 1000, probe])
      const answer = await serve(probe, now.ms / 1000)
      signal.throwIfAborted()
      return answer
    },
    resolve: async (host) => {
      resolved.push(host)
      return host.endsWith('.eo.com') ? ['203.0.113.9'] : addresses
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
    info: (line) => lines.push(line),
    warn: (title, message) => warnings.push(`${title}: ${message}`),
    note: (line) => notes.push(line),
    connectTo,
    known,
  }).catch((error: unknown) => error)
  const entry = (host = hosts[0] ?? '') => {
    const { state, problem } = ledger.get(host) ?? {}
    return { state, code: problem?.code, message: problem?.message, requestId: problem?.requestId }
  }
  const asked = probes.map(([, { host, at, algorithm }]) => [host, `${at.host} ${at.port}`, algorithm])
  return {
    ledger,
    thrown,
    entry,
    probes,
    asked,
    resolved,
    pauses,
    lines,
    warnings,
    notes,
    abort: () => ended.abort(reason),
  }
}

describe('what is asked', () => {
  const addresses = ['192.0.2.1', '2001:db8::1']

  test('is every address of the answer, without a kind where there is one certificate', async () => {
    const { asked, thrown, entry, lines } = await scene({ addresses })
    expect(asked).toEqual([
      ['www.a.com', '192.0.2.1 443', undefined],
      ['www.a.com', '2001:db8::1 443', undefined],
    ])
    expect([thrown, entry().state, lines]).toEqual([
      undefined,
      'deployed',
      ['1/1 host served, 0.0 s elapsed, 40 s left'],
    ])
  })

  test('is each kind where there are two, and each must be right', async () => {
    const serve = (ecc: string) => (probe: Probe) => (probe.algorithm === 'ECC' ? leaf(ecc) : right)
    const { asked, entry } = await scene({ addresses, ids: ['rsa', 'ecc'], serve: serve('e') })
    expect(asked.map(([, at, algorithm]) => `${at} ${algorithm}`)).toEqual([
      '192.0.2.1 443 RSA',
      '192.0.2.1 443 ECC',
      '2001:db8::1 443 RSA',
      '2001:db8::1 443 ECC',
    ])
    expect(entry().state).toBe('deployed')
    expect((await scene({ ids: ['rsa', 'ecc'], serve: serve('r') })).entry().state).toBe('unserved')
  })

  test('is also the certificate that the host kept', async () => {
    const serve = (probe: Probe) => (probe.algorithm === 'RSA' ? right : leaf('k', { notAfter: end + 5000 }))
    const { asked, entry } = await scene({ ids: ['rsa', 'kept'], serve })
    expect(asked.slice(0, 2).map(([, , algorithm]) => algorithm)).toEqual(['RSA', 'ECC'])
    expect(entry().state).toBe('unserved')
  })

  test('is a name that nobody has, for a wildcard', async () => {
    const { asked, entry } = await scene({ hosts: ['*.a.com'], mode: 'eofreecert' })
    expect(asked).toEqual([['edgeone-certificate-check.a.com', '192.0.2.1 443', undefined]])
    expect(entry().state).toBe('deployed')
  })

  test.each([
    ['the name', undefined, 'www.a.com', 443],
    ['the CNAME', 'cname', 'www.a.com.eo.com', 443],
    ['a place', { host: 'edge.example', port: 8443 }, 'edge.example', 8443],
  ] as const)('is asked at %s', async (_, connectTo, name, port) => {
    const { resolved, asked } = await scene({ connectTo })
    const address = connectTo === 'cname' ? '203.0.113.9' : '192.0.2.1'
    expect([resolved, asked]).toEqual([[name], [['www.a.com', `${address} ${port}`, undefined]]])
  })

  test('is nothing, at the CNAME of a host that has none', async () => {
    const { resolved, asked, entry } = await scene({ connectTo: 'cname', cname: () => undefined })
    expect([resolved, asked]).toEqual([[], []])
    expect(entry()).toMatchObject({
      state: 'unserved',
      code: 'Verify.NotServed',
      message: 'www.a.com: EdgeOne gave no CNAME for it',
    })
  })

  test('is nothing of a host without HTTPS, or that has not got its certificate', async () => {
    const looked: HostState[] = ['deployed', 'unchanged', 'accepted']
    const others: HostState[] = ['failed', 'late', 'refused', 'waiting', 'blocked', 'unknown', 'untouched']
    const hosts = [...looked, ...others].map((state) => `${state}.a.com`)
    const state = (host: string) => host.replace('.a.com', '') as HostState
    const { probes, ledger, thrown } = await scene({ hosts, state, serve: () => right })
    expect(probes.map(([, { host }]) => host)).toEqual(looked.map((one) => `${one}.a.com`))
    expect([...ledger.values()].map((entry) => entry.state)).toEqual([...looked, ...others])
    const disabled = await scene({ mode: 'disable', serve: () => old })
    expect([thrown, disabled.thrown, disabled.asked]).toEqual([undefined, undefined, []])
  })
})

test.each<[string, string[], Partial<Served>, boolean]>([
  ['its SHA-256 alone, of one that was uploaded', ['rsa'], { sha256: 'r', names: [], notAfter: 1 }, true],
  ['… and nothing else', ['rsa'], { sha256: 'other' }, false],
  ['its last second and its name, of one known by ID', ['byId'], { notAfter: end + 999 }, true],
  ['… not a second later', ['byId'], { notAfter: end + 1000 }, false],
  ['… not a second earlier', ['byId'], { notAfter: end - 1000 }, false],
  ['… not another name', ['byId'], { names: ['www.b.com'] }, false],
  ['its name, where nothing is known', ['unheard'], { notAfter: 1 }, true],
  ['… not another one', ['unheard'], { names: ['*.www.a.com'] }, false],
])('the right certificate is told by %s', async (_, ids, more, isRight) => {
  const { entry } = await scene({ ids, serve: () => leaf('any', more) })
  expect(entry().state).toBe(isRight ? 'deployed' : 'unserved')
})

test('at most 16 handshakes are under way at a time, and no fewer', async () => {
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

test('between rounds come 1, 2, 4, 8 and then 10 seconds, and only hosts that are open are asked again', async () => {
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

describe('an address of IPv6 that this machine has no way to', () => {
  const addresses = ['2001:db8::1', '192.0.2.1']
  const away = ownProblem('Network.Connect', { message: '[2001:db8::1]:443: no connection (ENETUNREACH)' })
  const without6 = (probe: Probe) => (probe.at.host.includes(':') ? Promise.reject(away) : right)

  test('does not speak against a host that another address serves', async () => {
    const { entry, asked, thrown } = await scene({ addresses, serve: without6 })
    expect([thrown, entry().state, asked.length]).toEqual([undefined, 'deployed', 2])
  })

  test('is what is told when there is no other; of another one, what that serves', async () => {
    const alone = await scene({ addresses: ['2001:db8::1'], serve: without6, cname: () => undefined })
    expect(alone.entry()).toMatchObject({
      state: 'unserved',
      message: 'www.a.com: this machine has no way to 2001:db8::1',
    })
    const serve = (probe: Probe) => (probe.at.host.includes(':') ? Promise.reject(away) : old)
    const wrong = await scene({ addresses, serve, cname: () => undefined })
    expect(wrong.entry().message).toContain('192.0.2.1 serves another certificate')
  })
})

describe('at the deadline', () => {
  test('every host that is left says what was seen, and where', async () => {
    const { thrown, entry } = await scene({
      hosts: ['a.a.com', 'b.a.com'],
      addresses: ['192.0.2.1', '2001:db8::1'],
      serve: ({ host, at }) => (host === 'b.a.com' && at.host !== '192.0.2.1' ? old : right),
      cname: () => undefined,
    })
    expect(thrown).toBe(late)
    expect(entry('a.a.com')).toMatchObject({ state: 'deployed', code: undefined })
    expect(entry('b.a.com')).toEqual({
      state: 'unserved',
      code: 'Verify.NotServed',
      message: 'b.a.com: 2001:db8::1 serves another certificate: old.a.com, RSA, until 2026-12-04',
      requestId: 'r1',
    })
  })

  test('… also of handshakes that failed, and of ones that had the certificate before', async () => {
    const failed = ownProblem('Network.Connect', { message: '192.0.2.1:443: connection refused' })
    const { thrown, entry, pauses } = await scene({ serve: () => Promise.reject(failed), state: () => 'unchanged' })
    expect([thrown, pauses]).toEqual([late, [1, 2, 4, 8, 10, 10, 10]])
    expect(entry()).toMatchObject({
      state: 'unserved',
      code: 'Verify.NotServed',
      message: 'www.a.com: 192.0.2.1:443: connection refused',
    })
  })

  test('a host that was seen right in the round that it ends is not among them', async () => {
    const ended = new AbortController()
    const ledger = openLedger(
      ['a.a.com', 'b.a.com'].map((host) => ({
        kind: 'bind' as const,
        reason: '',
        host,
        before: undefined,
        setting: { mode: 'sslcert' as const, ids: ['rsa'] },
        keeps: [],
        replaces: [],
        drops: [],
      })),
    )
    for (const entry of ledger.values()) entry.state = 'deployed'
    const look = lookAtServed(ledger, {
      handshake: async ({ host }, signal) => {
        if (host === 'b.a.com') ended.abort(late)
        signal.throwIfAborted()
        return right
      },
      resolve: async () => ['192.0.2.1'],
      clock: { now: () => 0, random: () => 0, alarm: () => ended.signal, sleep: async () => {} },
      signal: ended.signal,
      deadline: 1,
      info: () => {},
      warn: () => {},
      note: () => {},
      connectTo: undefined,
      known,
    })
    await expect(look).rejects.toBe(late)
    expect([...ledger.values()].map(({ state, problem }) => [state, problem?.message])).toEqual([
      ['deployed', undefined],
      ['unserved', 'b.a.com: not looked at yet'],
    ])
  })

  const dns =
    '. EdgeOne itself serves the right one: the DNS of the name leads elsewhere; `connect-to: cname` verifies before it is switched'

  test('a host whose CNAME serves the right one is told about its DNS', async () => {
    const { entry, resolved } = await scene({ serve: ({ at }) => (at.host === '203.0.113.9' ? right : old) })
    expect(entry().message).toMatch(
      /^www\.a\.com: 192\.0\.2\.1 serves another certificate: .*, until 2026-12-04\. Edge/,
    )
    expect(entry().message?.endsWith(dns)).toBe(true)
    // Not before the third round: a deployment takes its time everywhere.
    expect(resolved.slice(0, 4)).toEqual(['www.a.com', 'www.a.com', 'www.a.com', 'www.a.com.eo.com'])
  })

  test.each<[string, Scene]>([
    ['whose CNAME serves another one, too', {}],
    ['that is asked elsewhere anyway', { connectTo: { host: 'edge.example', port: 443 } }],
    ['without a CNAME', { cname: () => undefined }],
  ])('a host %s is not', async (_, more) => {
    const { entry } = await scene({ serve: () => old, ...more })
    expect(entry().message).toBe('www.a.com: 192.0.2.1 serves another certificate: old.a.com, RSA, until 2026-12-04')
  })
})

describe('a certificate that this machine does not trust', () => {
  test('is one warning for each reason, and no failure', async () => {
    const why: Record<string, string> = { a: 'self-signed', b: 'no issuer', c: 'self-signed' }
    const { warnings, ledger, thrown } = await scene({
      hosts: ['a.a.com', 'b.a.com', 'c.a.com', 'd.a.com'],
      serve: ({ host }) => leaf('r', { distrust: why[host[0] ?? ''] }),
    })
    expect(warnings).toEqual([
      'Not trusted: 2 hosts served the certificate, but this machine does not trust it (self-signed): a.a.com, c.a.com.',
      'Not trusted: 1 host served the certificate, but this machine does not trust it (no issuer): b.a.com.',
    ])
    expect([thrown, ...[...ledger.values()].map(({ state }) => state)]).toEqual([
      undefined,
      ...Array<string>(4).fill('deployed'),
    ])
  })

  test('is told also when the other kind is trusted', async () => {
    const serve = ({ algorithm }: Probe) => (algorithm === 'RSA' ? leaf('r', { distrust: 'no issuer' }) : leaf('e'))
    expect((await scene({ ids: ['rsa', 'ecc'], serve })).warnings).toEqual([expect.stringContaining('(no issuer)')])
  })
})

test('a cancellation throws its reason', async () => {
  const reason = ownProblem('Run.Cancelled', { message: 'stop' })
  const { thrown, entry } = await scene({ serve: () => old, seconds: 3, reason })
  expect([thrown, entry().state]).toEqual([reason, 'unserved'])
})

test('what was looked at and is changed is served; what was not changed stays unchanged', async () => {
  const states: HostState[] = ['deployed', 'accepted', 'unchanged', 'unserved', 'failed', 'refused', 'untouched']
  const { ledger } = await scene({
    hosts: states,
    state: (host) => host as HostState,
    cname: () => undefined,
    ids: ['unheard'],
    serve: ({ host }) => leaf('x', { names: [host] }),
  })
  noteServed(ledger)
  expect([...ledger.values()].map(({ state }) => state)).toEqual([
    'served',
    'served',
    'unchanged',
    'unserved',
    'failed',
    'refused',
    'untouched',
  ])
})

test('a host without HTTPS is never called served', async () => {
  const { ledger } = await scene({ mode: 'disable' })
  noteServed(ledger)
  expect([...ledger.values()].map(({ state }) => state)).toEqual(['deployed'])
})

test('by what a certificate was recognised is said where it was not its fingerprint', async () => {
  expect((await scene({ ids: ['rsa'] })).notes).toEqual([])
  expect((await scene({ ids: ['byId'] })).notes).toEqual([expect.stringMatching(/last second of validity.*byId$/)])
  expect((await scene({ ids: ['nobody'] })).notes).toEqual([expect.stringMatching(/name alone.*nobody$/)])
})
