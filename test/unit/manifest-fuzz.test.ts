import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { accountKeys, siteKeys } from '../../src/inputs/manifest-keys.ts'
import { secretStore } from '../../src/util/secrets.ts'
import { runs } from '../support/depth.ts'
import { readManifest } from '../support/manifest.ts'

const literal = 'Zx8kQp3vLm9Tr2Wy7Nc4'
const env = {
  ID: 'AKIDother',
  KEY: `${literal}Key`,
  PEM: `-----BEGIN PRIVATE KEY-----\n${literal}Pem\n-----END PRIVATE KEY-----`,
}
const words = [
  ...[
    'a.com',
    '*.a.com',
    'zone-1',
    'auto',
    'newest',
    'default',
    'x',
    'true',
    'served',
    'exact',
    'certificate',
    'a',
    'disable',
  ],
  ...[
    `\${ID}`,
    `\${KEY}`,
    `\${PEM}`,
    `\${NONE}`,
    `\${`,
    `\${{ x }}`,
    `\${__proto__}`,
    'a.pem',
    literal,
    env.PEM,
    '',
    ' ',
    '__proto__',
  ],
]
const scalar = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words) },
  fc.constantFrom<unknown>(true, null, 0, 7, -1, 1e300, 0.5),
  fc.string({ maxLength: 8 }),
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: scalar },
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom<string>(...siteKeys, '__proto__', 'a', literal), tie('value'), { maxKeys: 3 }),
  ),
}))
const mapping = (keys: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...keys, 'account', 'acount', '__proto__'), value), { maxLength: 6 })
    .map((entries) => Object.fromEntries(entries))
const site = fc
  .tuple(mapping(siteKeys), fc.boolean())
  .map(([given, isWhole]) => (isWhole ? { 'zone-id': 'zone-1', hosts: 'a.com', 'cert-id': 'x', ...given } : given))
const manifest = fc.record(
  {
    defaults: fc.oneof({ weight: 3, arbitrary: mapping([...siteKeys, 'wait-minutes']) }, value),
    accounts: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.oneof(mapping(accountKeys), value), {
          maxKeys: 2,
        }),
      },
      value,
    ),
    sites: fc.oneof(
      { weight: 6, arbitrary: fc.array(fc.oneof({ weight: 5, arbitrary: site }, value), { maxLength: 3 }) },
      value,
    ),
  },
  { requiredKeys: [] },
)
/** A good manifest, with something else in one place of it. */
const nearlyGood = fc
  .tuple(fc.constantFrom(...siteKeys, ...accountKeys, 'account', 'wait-minutes'), value, fc.nat({ max: 2 }))
  .map(([key, one, where]) => {
    const change = (at: number) => (at === where ? { [key]: one } : {})
    return {
      defaults: { match: 'exact', ...change(0) },
      accounts: { a: { 'secret-id': `\${ID}`, 'secret-key': `\${KEY}`, ...change(1) } },
      sites: [{ account: 'a', 'zone-id': 'zone-1', hosts: 'a.com', 'cert-id': 'x', ...change(2) }],
    }
  })

/** Text of a manifest, perhaps with something else in one place of it. */
const text = fc
  .tuple(
    fc.oneof(manifest, nearlyGood),
    fc.constantFrom('yaml', 'json'),
    fc.option(fc.tuple(fc.nat(), fc.constantFrom('"', '*', '[', '{', ': ', '\t', '\n', '&', '!', literal)), {
      freq: 1,
    }),
  )
  .map(([one, form, change]) => {
    const whole = form === 'json' ? JSON.stringify(one) : stringify(one, { aliasDuplicateObjects: false })
    if (change === null) return whole
    const at = change[0] % (whole.length + 1)
    return whole.slice(0, at) + change[1] + whole.slice(at)
  })

test('whatever a manifest holds, it is a task or one Problem with places, and shows no key that is masked', async () => {
  let tasks = 0
  await fc.assert(
    fc.asyncProperty(text, async (given) => {
      const { task, problem, masked } = await readManifest(given, { env })
      if (task !== undefined) {
        tasks += 1
        for (const { entries } of task.accounts) for (const { at } of entries) expect(at?.file).toBe('sites.yml')
        return
      }
      expect(problem?.code).toBe('Input.Manifest')
      expect(problem?.findings.length).toBeGreaterThan(0)
      const lines = given.split('\n')
      for (const { at, input, seen, expected } of problem?.findings ?? []) {
        expect(`${input}${seen.en}${seen.zh}${expected.en}${expected.zh}`).not.toContain('undefined')
        // Only the credentials of the step have none.
        if (at === undefined) throw new Error(`no place: ${input}`)
        expect(at.line).toBeLessThanOrEqual(lines.length)
        expect(at.column).toBeLessThanOrEqual((lines[at.line - 1] ?? '').length + 1)
      }
      const { add, scrub } = secretStore()
      for (const secret of masked) add(secret)
      const told = scrub(problem?.message ?? '')
      expect(told).not.toContain(env.KEY)
      // A change may have made something else of the PEM.
      const isWhole = given.split(`${literal}Pem`).length === given.split('-----BEGIN PRIVATE KEY-----').length
      if (isWhole) expect(told).not.toContain(`${literal}Pem`)
    }),
    { numRuns: runs(2000) },
  )
  expect(tasks).toBeGreaterThan(runs(20))
})

test('a literal in the place of a key is never shown, even before anything is scrubbed', async () => {
  const key = fc.constantFrom('secret-id', 'secret-key', 'session-token', 'private-key')
  const where = fc.constantFrom<(key: string) => object>(
    (name) => ({ sites: [{ [name]: literal }] }),
    (name) => ({ defaults: { [name]: literal }, sites: [{ 'zone-id': 'zone-1' }] }),
    (name) => ({ accounts: { a: { [name]: literal } }, sites: [{ account: 'a' }] }),
    (name) => ({ accounts: { [name]: literal }, sites: literal }),
    (name) => ({ [name]: literal, accounts: literal, defaults: literal }),
    (name) => ({ accounts: { a: { [name]: [literal, { [literal]: literal }] } } }),
  )
  await fc.assert(
    fc.asyncProperty(key, where, fc.constantFrom(JSON.stringify, stringify), async (name, made, write) => {
      const { problem, masked } = await readManifest(write(made(name)))
      expect((problem?.message ?? '') + JSON.stringify(problem?.findings)).not.toContain(literal)
      if (!write(made(name)).includes('[') && name !== 'private-key') expect(masked).toContain(literal)
    }),
    { numRuns: runs(100) },
  )
})
