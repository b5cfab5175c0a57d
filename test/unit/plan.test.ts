import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Algorithm, algorithms, type Certificate } from '../../src/model/certificate.ts'
import { Problem } from '../../src/model/problem.ts'
import { has } from '../../src/plan/compare.ts'
import { planHost, type Step, type Wish } from '../../src/plan/plan.ts'
import type { Bound, Domain } from '../../src/tencent/hosts.ts'
import type { Setting } from '../../src/tencent/teo.ts'

const now = 1_800_000_000_000
const later = now + 1
const host = 'www.example.com'

/** A certificate, and what it really is, whether anybody tells or not. */
interface Real extends Bound {
  readonly really: Algorithm
}

interface Case {
  readonly wish: Wish
  readonly domain: Domain
  /** What every certificate really is, by ID. */
  readonly really: ReadonlyMap<string, Algorithm>
}

const status = fc.constantFrom(undefined, 'deployed', 'processing', 'applying', 'issued', 'failed', 'no word we know')
const type = fc.constantFrom(undefined, 'upload', 'managed', 'default')
const mode = fc.constantFrom(undefined, 'sslcert', 'eofreecert', 'eofreecert_manual', 'disable', 'no word we know')
const state = fc.constantFrom(undefined, 'online', 'process', 'offline', 'forbidden', 'init', 'no word we know')
const notAfter = fc.constantFrom(undefined, now - 1, now, later)

/** Certificates with IDs of a prefix; with `unique`, none really has the algorithm of another, as EdgeOne wants it. */
const reals = (prefix: string, least: number, most: number, unique: boolean): fc.Arbitrary<Real[]> => {
  const kinds = unique
    ? fc.shuffledSubarray([...algorithms], { minLength: least, maxLength: Math.min(most, algorithms.length) })
    : fc.array(fc.constantFrom(...algorithms), { minLength: least, maxLength: most })
  return kinds.chain((list) =>
    fc.tuple(
      ...list.map((really, i) =>
        fc.record({ told: fc.boolean(), type, notAfter, status }).map(({ told, ...rest }) => ({
          id: `${prefix}${i}`,
          really,
          algorithm: told ? really : undefined,
          ...rest,
        })),
      ),
    ),
  )
}

interface Options {
  readonly unique?: boolean
  readonly told?: boolean
  readonly modes?: fc.Arbitrary<string | undefined>
  readonly states?: fc.Arbitrary<string | undefined>
}

/** A wish for `sslcert`, and a host, which may have some of the wished certificates already. */
const cases = ({ unique = true, told = false, modes = mode, states = state }: Options = {}): fc.Arbitrary<Case> =>
  fc
    .record({
      olds: reals('old', 0, 4, unique),
      news: reals('new', 1, 3, unique),
      there: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      seen: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      learnt: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      keepOther: fc.boolean(),
      mode: modes,
      state: states,
    })
    .map(({ olds, news, there, seen, learnt, keepOther, mode, state }) => {
      const had = news.filter((_, i) => there[i])
      const own = olds.filter(({ really }) => !unique || !had.some((one) => one.really === really))
      const plain = ({ really, ...bound }: Real, isTold: boolean): Bound =>
        told || isTold ? { ...bound, algorithm: really } : bound
      const known: Certificate[] = [
        ...news.map((one) => plain(one, false)),
        // What the service of certificates tells of those that hosts have.
        ...own.filter((_, i) => learnt[i]).map(({ id, really }) => ({ id, algorithm: really })),
      ]
      return {
        wish: {
          setting: { mode: 'sslcert', ids: news.map(({ id }) => id) },
          keepOther,
          known: new Map(known.map((one) => [one.id, one])),
          now,
        },
        domain: {
          host,
          status: state,
          mode,
          certificates: [...own.map((one) => plain(one, false)), ...had.map((one, i) => plain(one, seen[i] ?? false))],
          mutual: '',
        },
        really: new Map([...olds, ...news].map(({ id, really }) => [id, really])),
      }
    })

const ids = (certificates: readonly Bound[]) => certificates.map(({ id }) => id).toSorted()
const set = (list: readonly string[]) => list.toSorted()
const doubted = ({ drops }: Step) =>
  ids(drops.filter(({ why }) => why === 'unknown algorithm').map(({ certificate }) => certificate))
const changes = ({ kind }: Step) => kind === 'bind' || kind === 'wait'

/** The host as EdgeOne has it when the setting of a step is in effect. */
const applied = ({ wish, domain }: Case, { setting }: Step, tell: (id: string) => Algorithm | undefined): Domain => {
  const bound = (id: string): Bound => {
    const old = domain.certificates.find((one) => one.id === id)
    return { ...old, id, algorithm: tell(id) ?? old?.algorithm ?? wish.known.get(id)?.algorithm, status: 'deployed' }
  }
  const free = { id: 'free', type: 'managed', status: 'deployed' }
  const lists: Record<Setting['mode'], Bound[]> = {
    sslcert: setting.ids.map(bound),
    default: [{ ...free, type: 'default' }],
    eofreecert: [free],
    eofreecert_manual: [free],
    disable: [],
  }
  const told = setting.mode === 'default' || (setting.mode === 'sslcert' && domain.mode === undefined)
  return {
    ...domain,
    status: 'online',
    mode: told ? undefined : setting.mode,
    certificates: lists[setting.mode],
  }
}

const anyCase = fc.oneof(cases(), cases({ unique: false }))
const otherModes = fc
  .tuple(anyCase, fc.constantFrom('eofreecert', 'eofreecert_manual', 'disable', 'default'))
  .map(([one, wished]): Case => ({ ...one, wish: { ...one.wish, setting: { mode: wished, ids: [] } } }))

const check = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, property), { numRuns: 2000 })

describe('for every host and every wish', () => {
  test('a plan that was carried out leaves nothing to do', () => {
    check(fc.oneof(anyCase, otherModes), (one) => {
      const step = planHost(one.wish, host, one.domain)
      fc.pre(changes(step))
      const again = planHost(
        one.wish,
        host,
        applied(one, step, () => undefined),
      )
      expect(again.kind).toBe('unchanged')
      expect(set(again.setting.ids)).toEqual(set(step.setting.ids))
    })
  })

  test('it leaves nothing to do either when the service now tells what was not known', () => {
    check(cases(), (one) => {
      const step = planHost(one.wish, host, one.domain)
      fc.pre(changes(step))
      const again = planHost(
        one.wish,
        host,
        applied(one, step, (id) => one.really.get(id)),
      )
      expect([again.kind, set(again.setting.ids)]).toEqual(['unchanged', set(step.setting.ids)])
    })
  })

  test('each certificate that a changed host had stays, is replaced or is dropped, and is only one of these', () => {
    check(fc.oneof(anyCase, otherModes), ({ wish, domain }) => {
      const step = planHost(wish, host, domain)
      fc.pre(changes(step))
      // What a host has by a mode other than `sslcert` is of that mode, and stays with it.
      const had = wish.setting.mode !== 'sslcert' && has(wish.setting, domain) ? [] : ids(domain.certificates)
      const stay = step.setting.ids.filter((id) => had.includes(id))
      const gone = step.drops.map(({ certificate }) => certificate.id)
      expect(set([...stay, ...ids(step.replaces), ...gone])).toEqual(had)
      expect(set(step.setting.ids)).toEqual(set([...wish.setting.ids, ...ids(step.keeps)]))
    })
  })

  test('what is kept has no algorithm that is brought, has not expired and is no default certificate', () => {
    check(anyCase, ({ wish, domain }) => {
      const step = planHost(wish, host, domain)
      const known = (id: string) =>
        wish.known.get(id)?.algorithm ?? domain.certificates.find((one) => one.id === id)?.algorithm
      const brought = wish.setting.ids.map(known).filter((one) => one !== undefined)
      for (const kept of step.keeps) {
        expect(brought).not.toContain(known(kept.id))
        expect(kept.notAfter ?? Infinity).toBeGreaterThan(now)
        expect(kept.type).not.toBe('default')
      }
    })
  })

  test('what is kept does not even really have an algorithm that is brought, known or not', () => {
    check(cases(), ({ wish, domain, really }) => {
      const { keeps } = planHost(wish, host, domain)
      const brought = wish.setting.ids.map((id) => really.get(id))
      for (const { id } of keeps) expect(brought).not.toContain(really.get(id))
    })
  })

  test('with every algorithm known, all live certificates of other algorithms are kept, and no host is in doubt', () => {
    check(cases({ told: true, modes: fc.constantFrom(undefined, 'sslcert') }), ({ wish, domain, really }) => {
      const step = planHost({ ...wish, keepOther: true }, host, domain)
      const brought = wish.setting.ids.map((id) => really.get(id))
      const live = domain.certificates.filter(
        (one) =>
          !brought.includes(really.get(one.id)) && one.type !== 'default' && !(one.notAfter && one.notAfter <= now),
      )
      expect(ids(step.keeps)).toEqual(ids(live))
      expect(step.kind === 'refuse' && step.problem.code).not.toBe('Certificate.AlgorithmUnknown')
    })
  })

  test('the order of certificates, on the host and in the wish, does not matter', () => {
    const shuffled = anyCase.chain((one) =>
      fc.tuple(
        fc.constant(one),
        fc.shuffledSubarray([...one.wish.setting.ids], { minLength: one.wish.setting.ids.length }),
        fc.shuffledSubarray([...one.domain.certificates], { minLength: one.domain.certificates.length }),
      ),
    )
    const seen = (step: Step) => ({
      kind: step.kind,
      ids: set(step.setting.ids),
      keeps: ids(step.keeps),
      replaces: ids(step.replaces),
      drops: set(step.drops.map(({ certificate, why }) => `${certificate.id} ${why}`)),
    })
    check(shuffled, ([{ wish, domain }, order, certificates]) => {
      const other = { ...wish, setting: { ...wish.setting, ids: order } }
      expect(seen(planHost(other, host, { ...domain, certificates }))).toEqual(seen(planHost(wish, host, domain)))
    })
  })

  test('without keeping, a host gets exactly what the step brings, and is never in doubt', () => {
    check(anyCase, ({ wish, domain }) => {
      const step = planHost({ ...wish, keepOther: false }, host, domain)
      expect(step).toMatchObject({ setting: wish.setting, keeps: [] })
      expect(step.kind === 'refuse' && step.problem.code).not.toBe('Certificate.AlgorithmUnknown')
    })
  })

  test('a host is left alone only if it has all of its setting, and no failure is final', () => {
    const had = cases({ states: fc.constantFrom(undefined, 'online', 'process') })
    check(fc.oneof(anyCase, had), ({ wish, domain }) => {
      const step = planHost(wish, host, domain)
      const has =
        (domain.mode === undefined || domain.mode === 'sslcert') &&
        set(step.setting.ids).join() === ids(domain.certificates).join()
      const failed =
        domain.status !== 'process' && domain.certificates.some((one) => /^(issued|failed)$/.test(one.status ?? ''))
      if (step.kind === 'refuse') return
      expect(step.kind === 'unchanged').toBe(has && !failed)
      expect(step.kind === 'wait').toBe(!has && domain.status === 'process')
    })
  })

  test('a host that serves nobody is refused, whatever it has; any other never for that', () => {
    check(fc.oneof(anyCase, otherModes), ({ wish, domain }) => {
      const step = planHost(wish, host, domain)
      const sleeps = ['offline', 'forbidden', 'init'].includes(domain.status ?? '')
      expect(step.kind === 'refuse' && step.problem.code === 'Input.HostNotOnline').toBe(sleeps)
    })
  })
})

/** All that certificates can be, each with an algorithm of its own, as far as it is not told. */
const possible = (told: readonly (Algorithm | undefined)[]): Algorithm[][] => {
  const [first, ...rest] = told
  if (told.length === 0) return [[]]
  return (first === undefined ? algorithms : [first]).flatMap((one) =>
    rest.includes(one) ? [] : possible(rest).flatMap((others) => (others.includes(one) ? [] : [[one, ...others]])),
  )
}

/** For everything that the certificates can be: which of the live ones on the host the new ones would replace. */
const possibleReplacements = ({ wish, domain }: Case, live: readonly string[]): string[] => {
  const algorithmOf = (id: string) =>
    wish.known.get(id)?.algorithm ?? domain.certificates.find((one) => one.id === id)?.algorithm
  const had = domain.certificates.map(({ id }) => id)
  const results = new Set<string>()
  for (const own of possible(had.map(algorithmOf))) {
    for (const brought of possible(wish.setting.ids.map(algorithmOf))) {
      const fits = wish.setting.ids.every((id, i) => !had.includes(id) || own[had.indexOf(id)] === brought[i])
      const replaced = live.filter((id) => brought.some((one) => one === own[had.indexOf(id)]))
      if (fits) results.add(set(replaced).join())
    }
  }
  return [...results]
}

describe('where algorithms are not known, and none is twice on a host', () => {
  const awake = cases({ modes: fc.constantFrom(undefined, 'sslcert'), states: fc.constantFrom(undefined, 'online') })
  const keeping = awake.map((one): Case => ({ ...one, wish: { ...one.wish, keepOther: true } }))

  test('a host is refused only if what leaves it depends on what is not known', () => {
    check(keeping, (one) => {
      const step = planHost(one.wish, host, one.domain)
      fc.pre(step.kind === 'refuse')
      const live = one.domain.certificates.filter(
        ({ id, type, notAfter }) =>
          !one.wish.setting.ids.includes(id) && type !== 'default' && (notAfter ?? later) > now,
      )
      expect(possibleReplacements(one, ids(live)).length).toBeGreaterThan(1)
    })
  })

  test('what leaves a host for want of an algorithm may all be what the new certificates replace', () => {
    check(keeping, (one) => {
      const step = planHost(one.wish, host, one.domain)
      fc.pre(step.kind !== 'refuse')
      const leaving = set([...ids(step.replaces), ...doubted(step)])
      expect(possibleReplacements(one, [...leaving, ...ids(step.keeps)])).toContain(leaving.join())
    })
  })
})

const bound = (id: string, algorithm?: Algorithm, more: Partial<Bound> = {}): Bound => ({
  id,
  algorithm,
  type: 'upload',
  notAfter: later,
  status: 'deployed',
  ...more,
})
const rsa = bound('rsa', 'RSA')
const ecc = bound('ecc', 'ECC')
const domainWith = (certificates: readonly Bound[], more: Partial<Domain> = {}): Domain => ({
  host,
  status: 'online',
  mode: 'sslcert',
  certificates,
  mutual: '',
  ...more,
})
/** The wish for certificates of these algorithms. */
const wishFor = (news: Readonly<Record<string, Algorithm | undefined>>, keepOther = true): Wish => ({
  setting: { mode: 'sslcert', ids: Object.keys(news) },
  keepOther,
  known: new Map(Object.entries(news).map(([id, algorithm]) => [id, { id, algorithm }])),
  now,
})
const modeWish = (wished: Setting['mode']): Wish => ({ ...wishFor({}), setting: { mode: wished, ids: [] } })

/** A step as a row: kind, reason, IDs, kept, replaced, dropped with why. */
const row = (step: Step) => [
  step.kind,
  step.reason,
  step.setting.ids.join(),
  ids(step.keeps).join(),
  ids(step.replaces).join(),
  step.drops.map(({ certificate, why }) => `${certificate.id} ${why}`).join(),
]
const newRsa = wishFor({ n: 'RSA' })

test.each<[string, Wish, Domain, ReturnType<typeof row>]>([
  ['nothing on it', newRsa, domainWith([]), ['bind', 'has no certificate', 'n', '', '', '']],
  ['the elder', newRsa, domainWith([rsa]), ['bind', 'has another certificate', 'n', '', 'rsa', '']],
  ['both kinds', newRsa, domainWith([rsa, ecc]), ['bind', 'has another certificate', 'n,ecc', 'ecc', 'rsa', '']],
  ['another kind', newRsa, domainWith([ecc]), ['bind', 'lacks the certificate', 'n,ecc', 'ecc', '', '']],
  [
    'another kind that is not wanted',
    wishFor({ n: 'RSA' }, false),
    domainWith([ecc]),
    ['bind', 'lacks the certificate', 'n', '', '', 'ecc not kept'],
  ],
  [
    'an expired one of another kind',
    newRsa,
    domainWith([bound('e', 'ECC', { notAfter: now })]),
    ['bind', 'lacks the certificate', 'n', '', '', 'e expired'],
  ],
  [
    'the default certificate',
    newRsa,
    domainWith([bound('d', 'ECC', { type: 'default' })]),
    ['bind', 'lacks the certificate', 'n', '', '', 'd default'],
  ],
  [
    'one of unknown kind',
    newRsa,
    domainWith([bound('u')]),
    ['bind', 'lacks the certificate', 'n', '', '', 'u unknown algorithm'],
  ],
  [
    'one of unknown kind beside the elder',
    newRsa,
    domainWith([bound('u'), rsa]),
    ['bind', 'has another certificate', 'n,u', 'u', 'rsa', ''],
  ],
  [
    'one kind, where the new one is of unknown kind',
    wishFor({ n: undefined }),
    domainWith([rsa]),
    ['bind', 'lacks the certificate', 'n', '', '', 'rsa unknown algorithm'],
  ],
  ['the new one', newRsa, domainWith([bound('n', 'RSA')]), ['unchanged', 'has it already', 'n', '', '', '']],
  [
    'the new one and an expired one',
    newRsa,
    domainWith([bound('n', 'RSA'), bound('e', 'ECC', { notAfter: now })]),
    ['bind', 'lacks the certificate', 'n', '', '', 'e expired'],
  ],
  [
    'the new one on its way',
    newRsa,
    domainWith([bound('n', 'RSA', { status: 'processing' })]),
    ['unchanged', 'has it already, being deployed', 'n', '', '', ''],
  ],
  [
    'the new one, whose deployment failed',
    newRsa,
    domainWith([bound('n', 'RSA', { status: 'issued' })]),
    ['bind', 'has it, but its deployment failed', 'n', '', '', ''],
  ],
  [
    'the new one, failed before and deployed again now',
    newRsa,
    domainWith([bound('n', 'RSA', { status: 'failed' })], { status: 'process' }),
    ['unchanged', 'has it already, being deployed', 'n', '', '', ''],
  ],
  [
    'the elder, on its way',
    newRsa,
    domainWith([rsa], { status: 'process' }),
    ['wait', 'an earlier change is being deployed', 'n', '', 'rsa', ''],
  ],
  [
    'a free certificate',
    newRsa,
    domainWith([ecc], { mode: 'eofreecert' }),
    ['bind', 'was eofreecert', 'n', '', '', 'ecc mode'],
  ],
  ['no HTTPS', newRsa, domainWith([], { mode: 'disable' }), ['bind', 'was disable', 'n', '', '', '']],
  [
    'no mode told (2022-01-06), and both kinds',
    newRsa,
    { host, certificates: [bound('n', 'RSA'), ecc], mutual: '' },
    ['unchanged', 'has it already', 'n,ecc', 'ecc', '', ''],
  ],
  ['its own, to be free', modeWish('eofreecert'), domainWith([rsa]), ['bind', 'was sslcert', '', '', '', 'rsa mode']],
  [
    'a free one, to be free',
    modeWish('eofreecert'),
    domainWith([ecc], { mode: 'eofreecert' }),
    ['unchanged', 'has it already', '', '', '', ''],
  ],
  [
    'a free one that is not there yet',
    modeWish('eofreecert_manual'),
    domainWith([], { mode: 'eofreecert_manual' }),
    ['bind', 'was eofreecert_manual', '', '', '', ''],
  ],
  ['its own, to have none', modeWish('disable'), domainWith([rsa]), ['bind', 'was sslcert', '', '', '', 'rsa mode']],
  [
    'no HTTPS, to have none',
    modeWish('disable'),
    domainWith([], { mode: 'disable' }),
    ['unchanged', 'has it already', '', '', '', ''],
  ],
  [
    'its own (2022-01-06), to have the default',
    modeWish('default'),
    { host, certificates: [rsa], mutual: '' },
    ['bind', 'has another certificate', '', '', '', 'rsa mode'],
  ],
  [
    'the default (2022-01-06), to have it',
    modeWish('default'),
    { host, certificates: [bound('d', 'RSA', { type: 'default' })], mutual: '' },
    ['unchanged', 'has it already', '', '', '', ''],
  ],
])('the step for a host with %s', (_, wish, domain, expected) => {
  expect(row(planHost(wish, host, domain))).toEqual(expected)
})

test('a host that cannot be read gets what the step brings', () => {
  const step = planHost(newRsa, host, undefined)
  expect(row(step)).toEqual(['bind', 'what it has cannot be read', 'n', '', '', ''])
  expect(step.before).toBeUndefined()
})

test('what SSL Certificate Service knows of a certificate on a host counts as if the host told', () => {
  const known = new Map([...newRsa.known, ['u', { id: 'u', algorithm: 'ECC', notAfter: now } as const]])
  const step = planHost({ ...newRsa, known }, host, domainWith([{ id: 'u' }]))
  expect(row(step)).toEqual(['bind', 'lacks the certificate', 'n', '', '', 'u expired'])
})

test('a host with more certificates in doubt than there are new ones is refused by name', () => {
  const step = planHost(newRsa, host, domainWith([bound('u'), bound('v')]))
  const unclear = 'which of u, v the new certificate replaces is not known, for want of an algorithm'
  expect(step).toMatchObject({ kind: 'refuse', reason: unclear, keeps: [], drops: [] })
  expect(step.kind === 'refuse' && step.problem).toBeInstanceOf(Problem)
  expect(step.kind === 'refuse' && step.problem).toMatchObject({
    code: 'Certificate.AlgorithmUnknown',
    message: `${host}: ${unclear}`,
  })
})

test('a new one whose algorithm no certificate on the host can have is no counterpart for those in doubt', () => {
  // The new `r` replaces neither, and `u` only one of the two: the other would be dropped at random.
  const step = planHost(wishFor({ r: 'RSA', u: undefined }), host, domainWith([ecc, bound('sm2', 'SM2')]))
  expect(step).toMatchObject({ kind: 'refuse', drops: [], problem: { code: 'Certificate.AlgorithmUnknown' } })
})

test.each([
  ['offline', 'is disabled (offline)'],
  ['forbidden', 'is banned (forbidden)'],
  ['init', 'is not in effect yet (init): its site is not activated'],
])('a host that is %s is refused, even with the very certificate on it', (asleep, reason) => {
  expect(planHost(newRsa, host, domainWith([bound('n', 'RSA')], { status: asleep }))).toMatchObject({
    kind: 'refuse',
    reason,
    problem: { code: 'Input.HostNotOnline', message: `${host} ${reason}` },
  })
})
