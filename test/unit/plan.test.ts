import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Algorithm, algorithms, type Certificate } from '../../src/model/certificate.ts'
import { hasSetting } from '../../src/model/compare.ts'
import type { Bound, Host, Selected } from '../../src/model/host.ts'
import { Problem } from '../../src/model/problem.ts'
import { idsOf, type Setting } from '../../src/model/setting.ts'
import { type Desired, plan } from '../../src/plan/plan.ts'
import { isNonEmpty } from '../../src/util/lists.ts'
import { inEnglish } from '../support/english.ts'

const now = 1_800_000_000_000
const later = now + 86_400_000
/** Within the hour in which EdgeOne may refuse a change with a certificate. */
const soon = now + 3_600_000
const host = 'www.example.com'

/** A certificate, and what it really is, whether anybody tells or not. */
interface Real extends Bound {
  readonly really: Algorithm
}

interface Case {
  readonly desired: Desired
  readonly read: Host
  /** What every certificate really is, by ID. */
  readonly really: ReadonlyMap<string, Algorithm>
}

const status = fc.constantFrom(undefined, 'deployed', 'processing', 'applying', 'issued', 'failed', 'no word we know')
const type = fc.constantFrom(undefined, 'upload', 'managed', 'default')
const mode = fc.constantFrom(undefined, 'sslcert', 'eofreecert', 'eofreecert_manual', 'disable', 'no word we know')
const state = fc.constantFrom(undefined, 'online', 'process', 'offline', 'forbidden', 'init', 'no word we know')
const notAfter = fc.constantFrom(undefined, now - 1, now, soon, later, later)

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

/** What is desired with `sslcert`, and a host, which may have some of the desired certificates already. */
const cases = ({ unique = true, told = false, modes = mode, states = state }: Options = {}): fc.Arbitrary<Case> =>
  fc
    .record({
      olds: reals('old', 0, 4, unique),
      news: reals('new', 1, 3, unique),
      there: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      seen: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      learnt: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      blocks: fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 4, maxLength: 4 }),
      keepOther: fc.boolean(),
      mode: modes,
      state: states,
    })
    .map(({ olds, news, there, seen, learnt, blocks, keepOther, mode, state }) => {
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
        desired: {
          setting: settingOf(news.map(({ id }) => id)),
          keepOther,
          known: new Map(known.map((one) => [one.id, one])),
          blocking: new Set(own.filter((_, i) => blocks[i] === 0).map(({ id }) => id)),
          now,
        },
        read: {
          name: host,
          status: state,
          mode,
          certificates: [...own.map((one) => plain(one, false)), ...had.map((one, i) => plain(one, seen[i] ?? false))],
          mutualTls: {},
        },
        really: new Map([...olds, ...news].map(({ id, really }) => [id, really])),
      }
    })

const settingOf = (ids: readonly string[]): Setting => {
  if (!isNonEmpty(ids)) throw new Error('no certificate is brought')
  return { mode: 'sslcert', ids }
}

/** A plan; a refusal takes nothing from the host. */
const planned = (desired: Desired, read: Selected) => ({
  ...{ target: desired.setting, keeps: [], replaces: [], drops: [] },
  ...plan(desired, read),
})
type Planned = ReturnType<typeof planned>

const ids = (certificates: readonly Bound[]) => certificates.map(({ id }) => id).toSorted()
const set = (list: readonly string[]) => list.toSorted()
const doubted = ({ drops }: Planned) =>
  ids(drops.filter(({ why }) => why === 'unknown-algorithm').map(({ certificate }) => certificate))
/** The other certificates of a host that may stay: in a change, none that ends within the hour. */
const liveOn = ({ setting, blocking, now }: Desired, { certificates }: Host) => {
  const had = new Set(ids(certificates))
  const end = idsOf(setting).every((id) => had.has(id)) ? now : soon
  return certificates.filter(
    ({ id, type, notAfter = later }) =>
      !idsOf(setting).includes(id) && type !== 'default' && notAfter > end && blocking?.has(id) !== true,
  )
}
const isBinding = (change: Planned): boolean => change.kind === 'bind' || change.kind === 'wait-then-bind'

/** The host as EdgeOne has it when the target of a change is in effect. */
const applied = ({ desired, read }: Case, { target }: Planned, tell: (id: string) => Algorithm | undefined): Host => {
  const bound = (id: string): Bound => {
    const old = read.certificates.find((one) => one.id === id)
    return { ...old, id, algorithm: tell(id) ?? old?.algorithm ?? desired.known.get(id)?.algorithm, status: 'deployed' }
  }
  const free = { id: 'free', type: 'managed', status: 'deployed' }
  const lists: Record<Setting['mode'], Bound[]> = {
    sslcert: idsOf(target).map(bound),
    default: [{ ...free, type: 'default' }],
    eofreecert: [free],
    eofreecert_manual: [free],
    disable: [],
  }
  const told = target.mode === 'default' || (target.mode === 'sslcert' && read.mode === undefined)
  return {
    ...read,
    status: 'online',
    mode: told ? undefined : target.mode,
    certificates: lists[target.mode],
  }
}

const anyCase = fc.oneof(cases(), cases({ unique: false }))
const otherModes = fc
  .tuple(
    anyCase,
    fc.constantFrom('eofreecert' as const, 'eofreecert_manual' as const, 'disable' as const, 'default' as const),
  )
  .map(([one, wished]): Case => ({ ...one, desired: { ...one.desired, setting: { mode: wished } } }))

const check = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, property), { numRuns: 500 })

describe('for every host and every desired', () => {
  test('a plan that was carried out leaves nothing to do', () => {
    check(fc.oneof(anyCase, otherModes), (one) => {
      const step = planned(one.desired, one.read)
      fc.pre(isBinding(step))
      const again = planned(
        one.desired,
        applied(one, step, () => undefined),
      )
      expect(again.kind).toBe('none')
      expect(set(idsOf(again.target))).toEqual(set(idsOf(step.target)))
    })
  })

  test('it leaves nothing to do either when the service now tells what was not known', () => {
    check(cases(), (one) => {
      const step = planned(one.desired, one.read)
      fc.pre(isBinding(step))
      const again = planned(
        one.desired,
        applied(one, step, (id) => one.really.get(id)),
      )
      expect([again.kind, set(idsOf(again.target))]).toEqual(['none', set(idsOf(step.target))])
    })
  })

  test('each certificate that a changed host had stays, is replaced or is dropped, and is only one of these', () => {
    check(fc.oneof(anyCase, otherModes), ({ desired, read }) => {
      const step = planned(desired, read)
      fc.pre(isBinding(step))
      // What a host has by a mode other than `sslcert` is of that mode, and stays with it.
      const had = desired.setting.mode !== 'sslcert' && hasSetting(desired.setting, read) ? [] : ids(read.certificates)
      const stay = idsOf(step.target).filter((id) => had.includes(id))
      const gone = step.drops.map(({ certificate }) => certificate.id)
      expect(set([...stay, ...ids(step.replaces), ...gone])).toEqual(had)
      expect(set(idsOf(step.target))).toEqual(set([...idsOf(desired.setting), ...ids(step.keeps)]))
    })
  })

  test('what is kept has no algorithm that is brought, does not end soon, does not block and is no default certificate', () => {
    check(anyCase, ({ desired, read }) => {
      const step = planned(desired, read)
      const known = (id: string) =>
        desired.known.get(id)?.algorithm ?? read.certificates.find((one) => one.id === id)?.algorithm
      const brought = idsOf(desired.setting)
        .map(known)
        .filter((one) => one !== undefined)
      for (const kept of step.keeps) {
        expect(brought).not.toContain(known(kept.id))
        expect(ids(liveOn(desired, read))).toContain(kept.id)
      }
    })
  })

  test('what is kept does not even really have an algorithm that is brought, known or not', () => {
    check(cases(), ({ desired, read, really }) => {
      const { keeps } = planned(desired, read)
      const brought = idsOf(desired.setting).map((id) => really.get(id))
      for (const { id } of keeps) expect(brought).not.toContain(really.get(id))
    })
  })

  test('with every algorithm known, all live certificates of other algorithms are kept, and no host is in doubt', () => {
    check(cases({ told: true, modes: fc.constantFrom(undefined, 'sslcert') }), ({ desired, read, really }) => {
      const step = planned({ ...desired, keepOther: true }, read)
      const brought = idsOf(desired.setting).map((id) => really.get(id))
      const live = liveOn(desired, read).filter(({ id }) => !brought.includes(really.get(id)))
      expect(step.kind === 'refuse' && step.problem.code).not.toBe('Certificate.AlgorithmUnknown')
      if (step.kind !== 'refuse') expect(ids(step.keeps)).toEqual(ids(live))
    })
  })

  test('the order of certificates, on the host and among the desired ones, does not matter', () => {
    const shuffled = anyCase.chain((one) =>
      fc.tuple(
        fc.constant(one),
        fc.shuffledSubarray([...idsOf(one.desired.setting)], { minLength: idsOf(one.desired.setting).length }),
        fc.shuffledSubarray([...one.read.certificates], { minLength: one.read.certificates.length }),
      ),
    )
    const seen = (step: Planned) => ({
      kind: step.kind,
      ids: set(idsOf(step.target)),
      keeps: ids(step.keeps),
      replaces: ids(step.replaces),
      drops: set(step.drops.map(({ certificate, why }) => `${certificate.id} ${why}`)),
    })
    check(shuffled, ([{ desired, read }, order, certificates]) => {
      const other = { ...desired, setting: settingOf(order) }
      expect(seen(planned(other, { ...read, certificates }))).toEqual(seen(planned(desired, read)))
    })
  })

  test('without keeping, a host gets exactly what the step brings, and is never in doubt', () => {
    check(anyCase, ({ desired, read }) => {
      const step = planned({ ...desired, keepOther: false }, read)
      expect(step).toMatchObject({ target: desired.setting, keeps: [] })
      expect(step.kind === 'refuse' && step.problem.code).not.toBe('Certificate.AlgorithmUnknown')
    })
  })

  test('a host is left alone only if it has all of its setting, and no failure is final', () => {
    const had = cases({ states: fc.constantFrom(undefined, 'online', 'process') })
    check(fc.oneof(anyCase, had), ({ desired, read }) => {
      const step = planned(desired, read)
      const has =
        (read.mode === undefined || read.mode === 'sslcert') &&
        set(idsOf(step.target)).join() === ids(read.certificates).join()
      const failed =
        read.status !== 'process' && read.certificates.some((one) => /^(issued|failed)$/.test(one.status ?? ''))
      if (step.kind === 'refuse') return
      expect(step.kind === 'none').toBe(has && !failed)
      expect(step.kind === 'wait-then-bind').toBe(!has && read.status === 'process')
    })
  })

  test('a host that serves nobody is refused, whatever it has; any other never for that', () => {
    check(fc.oneof(anyCase, otherModes), ({ desired, read }) => {
      const step = planned(desired, read)
      const sleeps = ['offline', 'forbidden', 'init'].includes(read.status ?? '')
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
const possibleReplacements = ({ desired, read }: Case, live: readonly string[]): string[] => {
  const algorithmOf = (id: string) =>
    desired.known.get(id)?.algorithm ?? read.certificates.find((one) => one.id === id)?.algorithm
  const had = read.certificates.map(({ id }) => id)
  const results = new Set<string>()
  for (const own of possible(had.map(algorithmOf))) {
    for (const brought of possible(idsOf(desired.setting).map(algorithmOf))) {
      const fits = idsOf(desired.setting).every((id, i) => !had.includes(id) || own[had.indexOf(id)] === brought[i])
      const replaced = live.filter((id) => brought.some((one) => one === own[had.indexOf(id)]))
      if (fits) results.add(set(replaced).join())
    }
  }
  return [...results]
}

describe('where algorithms are not known, and none is twice on a host', () => {
  const awake = cases({ modes: fc.constantFrom(undefined, 'sslcert'), states: fc.constantFrom(undefined, 'online') })
  const keeping = awake.map((one): Case => ({ ...one, desired: { ...one.desired, keepOther: true } }))

  test('a host is refused only if an unknown algorithm decides what it loses', () => {
    let refused = 0
    const property = fc.property(keeping, (one) => {
      if (planned(one.desired, one.read).kind !== 'refuse') return
      refused += 1
      const live = liveOn(one.desired, one.read)
      expect(possibleReplacements(one, ids(live)).length).toBeGreaterThan(1)
    })
    // About one host in a hundred is refused.
    fc.assert(property, { numRuns: 5000 })
    expect(refused).toBeGreaterThan(5)
  })

  test('what leaves a host because an algorithm is unknown may all be what the new certificates replace', () => {
    check(keeping, (one) => {
      const step = planned(one.desired, one.read)
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
const hostWith = (certificates: readonly Bound[], more: Partial<Host> = {}): Host => ({
  name: host,
  status: 'online',
  mode: 'sslcert',
  certificates,
  mutualTls: {},
  ...more,
})
/** The desired for certificates of these algorithms. */
const desiredFor = (news: Readonly<Record<string, Algorithm | undefined>>, keepOther = true): Desired => ({
  setting: settingOf(Object.keys(news)),
  keepOther,
  known: new Map(Object.entries(news).map(([id, algorithm]) => [id, { id, algorithm }])),
  now,
})
const modeDesired = (mode: Exclude<Setting['mode'], 'sslcert'>): Desired => ({
  ...desiredFor({ any: 'RSA' }),
  setting: { mode },
})

/** A step as a row: kind, reason, IDs, kept, replaced, dropped with why. */
const row = (step: Planned) => [
  step.kind,
  step.reason.en,
  idsOf(step.target).join(),
  ids(step.keeps).join(),
  ids(step.replaces).join(),
  step.drops.map(({ certificate, why }) => `${certificate.id} ${why}`).join(),
]
const newRsa = desiredFor({ n: 'RSA' })

test.each<[string, Desired, Host, ReturnType<typeof row>]>([
  ['nothing on it', newRsa, hostWith([]), ['bind', 'has no certificate', 'n', '', '', '']],
  ['the elder', newRsa, hostWith([rsa]), ['bind', 'has another certificate', 'n', '', 'rsa', '']],
  ['both kinds', newRsa, hostWith([rsa, ecc]), ['bind', 'has another certificate', 'n,ecc', 'ecc', 'rsa', '']],
  ['another kind', newRsa, hostWith([ecc]), ['bind', 'lacks the certificate', 'n,ecc', 'ecc', '', '']],
  [
    'another kind that is not wanted',
    desiredFor({ n: 'RSA' }, false),
    hostWith([ecc]),
    ['bind', 'lacks the certificate', 'n', '', '', 'ecc not-kept'],
  ],
  [
    'an expired one of another kind',
    newRsa,
    hostWith([bound('e', 'ECC', { notAfter: now })]),
    ['bind', 'lacks the certificate', 'n', '', '', 'e expired'],
  ],
  [
    'one of another kind that ends within the hour',
    newRsa,
    hostWith([bound('e', 'ECC', { notAfter: soon })]),
    ['bind', 'lacks the certificate', 'n', '', '', 'e expires-soon'],
  ],
  [
    'one of another kind that ends after the hour',
    newRsa,
    hostWith([bound('e', 'ECC', { notAfter: soon + 1 })]),
    ['bind', 'lacks the certificate', 'n,e', 'e', '', ''],
  ],
  [
    'the new one and one that ends within the hour',
    newRsa,
    hostWith([bound('n', 'RSA'), bound('e', 'ECC', { notAfter: soon })]),
    ['none', 'already has it', 'n,e', 'e', '', ''],
  ],
  [
    'one of another kind with which EdgeOne refused the change',
    { ...newRsa, blocking: new Set(['ecc']) },
    hostWith([rsa, ecc]),
    ['bind', 'has another certificate', 'n', '', 'rsa', 'ecc blocks'],
  ],
  [
    'the default certificate',
    newRsa,
    hostWith([bound('d', 'ECC', { type: 'default' })]),
    ['bind', 'lacks the certificate', 'n', '', '', 'd default'],
  ],
  [
    'one of unknown kind',
    newRsa,
    hostWith([bound('u')]),
    ['bind', 'lacks the certificate', 'n', '', '', 'u unknown-algorithm'],
  ],
  [
    'one of unknown kind beside the elder',
    newRsa,
    hostWith([bound('u'), rsa]),
    ['bind', 'has another certificate', 'n,u', 'u', 'rsa', ''],
  ],
  [
    'one kind, where the new one is of unknown kind',
    desiredFor({ n: undefined }),
    hostWith([rsa]),
    ['bind', 'lacks the certificate', 'n', '', '', 'rsa unknown-algorithm'],
  ],
  ['the new one', newRsa, hostWith([bound('n', 'RSA')]), ['none', 'already has it', 'n', '', '', '']],
  [
    'the new one and an expired one',
    newRsa,
    hostWith([bound('n', 'RSA'), bound('e', 'ECC', { notAfter: now })]),
    ['bind', 'lacks the certificate', 'n', '', '', 'e expired'],
  ],
  [
    'the new one on its way',
    newRsa,
    hostWith([bound('n', 'RSA', { status: 'processing' })]),
    ['none', 'already has it, still being deployed', 'n', '', '', ''],
  ],
  [
    'the new one, whose deployment failed',
    newRsa,
    hostWith([bound('n', 'RSA', { status: 'issued' })]),
    ['bind', 'has it, but its deployment failed', 'n', '', '', ''],
  ],
  [
    'the new one, failed before and deployed again now',
    newRsa,
    hostWith([bound('n', 'RSA', { status: 'failed' })], { status: 'process' }),
    ['none', 'already has it, still being deployed', 'n', '', '', ''],
  ],
  [
    'the elder, on its way',
    newRsa,
    hostWith([rsa], { status: 'process' }),
    ['wait-then-bind', 'an earlier change is being deployed', 'n', '', 'rsa', ''],
  ],
  [
    'a free certificate',
    newRsa,
    hostWith([ecc], { mode: 'eofreecert' }),
    ['bind', 'was eofreecert', 'n', '', '', 'ecc mode'],
  ],
  ['no HTTPS', newRsa, hostWith([], { mode: 'disable' }), ['bind', 'was disable', 'n', '', '', '']],
  [
    'no mode told (2022-01-06), and both kinds',
    newRsa,
    { name: host, certificates: [bound('n', 'RSA'), ecc], mutualTls: {} },
    ['none', 'already has it', 'n,ecc', 'ecc', '', ''],
  ],
  ['its own, to be free', modeDesired('eofreecert'), hostWith([rsa]), ['bind', 'was sslcert', '', '', '', 'rsa mode']],
  [
    'a free one, to be free',
    modeDesired('eofreecert'),
    hostWith([ecc], { mode: 'eofreecert' }),
    ['none', 'already has it', '', '', '', ''],
  ],
  [
    'a free one that is not there yet',
    modeDesired('eofreecert_manual'),
    hostWith([], { mode: 'eofreecert_manual' }),
    ['bind', 'has no certificate', '', '', '', ''],
  ],
  ['its own, to have none', modeDesired('disable'), hostWith([rsa]), ['bind', 'was sslcert', '', '', '', 'rsa mode']],
  [
    'no HTTPS, to have none',
    modeDesired('disable'),
    hostWith([], { mode: 'disable' }),
    ['none', 'already has it', '', '', '', ''],
  ],
  [
    'its own (2022-01-06), to have the default',
    modeDesired('default'),
    { name: host, certificates: [rsa], mutualTls: {} },
    ['bind', 'has another certificate', '', '', '', 'rsa mode'],
  ],
  [
    'the default (2022-01-06), to have it',
    modeDesired('default'),
    { name: host, certificates: [bound('d', 'RSA', { type: 'default' })], mutualTls: {} },
    ['none', 'already has it', '', '', '', ''],
  ],
])('the step for a host with %s', (_, desired, read, expected) => {
  expect(row(planned(desired, read))).toEqual(expected)
})

test('a host that cannot be read gets what the step brings', () => {
  const step = planned(newRsa, { name: host })
  expect(row(step)).toEqual(['bind', 'its current setting cannot be read', 'n', '', '', ''])
  expect(step.before).toBeUndefined()
})

test('what SSL Certificate Service knows of a certificate on a host counts as if the host told', () => {
  const known = new Map([...newRsa.known, ['u', { id: 'u', algorithm: 'ECC', notAfter: now } as const]])
  const step = planned({ ...newRsa, known }, hostWith([{ id: 'u' }]))
  expect(row(step)).toEqual(['bind', 'lacks the certificate', 'n', '', '', 'u expired'])
})

test('a host with more certificates in doubt than there are new ones is refused by name', () => {
  const step = planned(newRsa, hostWith([bound('u'), bound('v')]))
  const unclear = 'it is unclear which of u, v the new certificate replaces, because an algorithm is unknown'
  expect(inEnglish(step)).toMatchObject({ kind: 'refuse', reason: unclear, keeps: [], drops: [] })
  expect(step.kind === 'refuse' && step.problem).toBeInstanceOf(Problem)
  expect(step.kind === 'refuse' && step.problem).toMatchObject({
    code: 'Certificate.AlgorithmUnknown',
    message: `${host}: ${unclear}`,
  })
})

test('a new one whose algorithm no certificate on the host can have is no counterpart for those in doubt', () => {
  // The new `r` replaces neither, and `u` only one of the two: the other would be dropped at random.
  const step = planned(desiredFor({ r: 'RSA', u: undefined }), hostWith([ecc, bound('sm2', 'SM2')]))
  expect(step).toMatchObject({ kind: 'refuse', drops: [], problem: { code: 'Certificate.AlgorithmUnknown' } })
})

test.each([
  ['offline', 'is disabled (offline)'],
  ['forbidden', 'is banned (forbidden)'],
  ['init', 'is not in effect yet (init): its site is not activated'],
])('a host that is %s is refused, even with the very certificate on it', (asleep, reason) => {
  expect(inEnglish(planned(newRsa, hostWith([bound('n', 'RSA')], { status: asleep })))).toMatchObject({
    kind: 'refuse',
    reason,
    problem: { code: 'Input.HostNotOnline', message: `${host} ${reason}` },
  })
})
