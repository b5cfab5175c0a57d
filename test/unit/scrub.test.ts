import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownProblem, Problem } from '../../src/model/problem.ts'
import { scrubbed } from '../../src/model/scrubbed.ts'
import { inBoth } from '../../src/util/language.ts'
import { secretStore } from '../../src/util/secrets.ts'
import { runs } from '../support/depth.ts'
import { leakFinder } from '../support/secrets.ts'

const storeOf = (...secrets: readonly string[]) => {
  const store = secretStore()
  for (const secret of secrets) store.add(secret)
  return store
}

const html = (text: string) => text.replace(/[^a-z0-9]/gi, (c) => `&#x${(c.codePointAt(0) ?? 0).toString(16)};`)
const phpJson = (text: string) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/')
const unicode = (text: string) =>
  text.replace(/[+/=]/g, (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
const spellings: Readonly<Record<string, (text: string) => string>> = {
  clear: (text) => text,
  URL: encodeURIComponent,
  'URL in lower case': (text) => encodeURIComponent(text).replace(/%../g, (hex) => hex.toLowerCase()),
  'URL twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  'JSON of PHP': phpJson,
  'JSON twice': (text) => phpJson(phpJson(text)),
  'JSON with escapes': unicode,
  HTML: html,
}
const base64s: Readonly<Record<string, (text: string) => string>> = Object.fromEntries(
  (['base64', 'base64url'] as const).flatMap((encoding) =>
    [0, 1, 2].map((before) => [
      `${encoding} after ${before}`,
      (text: string) => Buffer.from(`${'{"x'.slice(0, before)}${text}"}`).toString(encoding),
    ]),
  ),
)

const random = fc.uint8Array({ minLength: 24, maxLength: 200 }).map((bytes) => Buffer.from(bytes))
const key = random.map((bytes) => `aB${bytes.toString('base64')}`)
const password = fc.string({ unit: 'grapheme-ascii', minLength: 10, maxLength: 30 }).filter((text) => {
  const bare = text.replace(/[\s\\%&]/g, '')
  return bare.length >= 10 && bare === text
})

test.each(Object.entries({ ...spellings, ...base64s }))('removes keys and passwords written as %s', (_, spell) => {
  fc.assert(
    fc.property(fc.oneof(key, password), (secret) => {
      const { scrub } = storeOf(secret)
      // Quotation marks that occur in no secret: what is next to a secret may look like a part of it.
      const told = scrub(`before «${spell(secret)}» after`)
      expect(told).toMatch(/^before «.{0,8}\*\*\*.{0,8}» after$/s)
      expect(leakFinder([secret])(told)).toEqual([])
    }),
    { numRuns: runs(200) },
  )
})

test.each(['a password', 'a password!', 'a password!!'])(
  'removes %s that ends with a line break, as base64',
  (line) => {
    const { scrub } = storeOf(`${line}\n`)
    expect(scrub(Buffer.from(`\n${line}\n`).toString('base64'))).toMatch(/^.{0,2}\*\*\*.{0,2}$/)
  },
)

test('removes parts of a key, wherever an answer was cut off or its lines were broken', () => {
  const body =
    randomBytes(900)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  const { scrub } = storeOf(body.join('\n'))
  const whole = body.join('')
  fc.assert(
    fc.property(fc.nat(whole.length - 12), fc.integer({ min: 12, max: 300 }), (at, length) => {
      expect(scrub(`(${whole.slice(at, at + length)})`)).toBe('(***)')
    }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.constantFrom('\n', '\\n', ' ⏎ ', '%0A'), (columns, end) => {
      const lines = whole.replace(new RegExp(`.{${columns}}`, 'g'), `$&${end}`)
      expect(scrub(`(${lines})`)).toMatch(/^\(\*\*\*(?:\n|\\n| ⏎ |%0A)?\)$/)
    }),
  )
})

test('leaves a JSON document what it is', () => {
  fc.assert(
    fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
      const { scrub } = storeOf(secret)
      const document = phpJson(JSON.stringify({ text: `${before}${secret}${after}` }))
      const told = JSON.parse(JSON.parse(`"${scrub(document)}"`))
      expect(told.text).toContain('***')
    }),
  )
})

test('leaves ordinary text alone', () => {
  const pem = String(
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
  )
  const { scrub } = storeOf('short12', 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', 'certs/www.example.com/privkey.pem', pem)
  const lines = [
    'AKID and short12 of www.example.com, certs/www.example.com/fullchain.pem',
    'The certificate was deployed to 3 hosts. RequestId: 5ca1ab1e-0001-4000-8000-000000000001',
    '{"path":"C:\\\\new\\\\table","url":"https://console.example/%E8%AF%81?a=b&amp;c"}',
    '证书已部署 ⏎ %zz \\u12 &#x110000; &#9999999; 100%',
    '',
  ]
  for (const line of lines) expect(scrub(line)).toBe(line)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(scrub(text)).toBe(text)
    }),
  )
})

test('removes an overlap of two secrets, and one secret often', () => {
  const { scrub } = storeOf('correct horse', 'horse battery')
  expect(scrub('a correct horse battery, correct-horse; correct horse')).toBe('a ***, correct-horse; ***')
})

test('removes what is added while the run goes on', () => {
  const store = storeOf('the first secret')
  const text = 'the first secret, tmpSecretKeyOfARole0001'
  expect(store.scrub(text)).toBe('***, tmpSecretKeyOfARole0001')
  store.add('tmpSecretKeyOfARole0001')
  expect(store.scrub(text)).toBe('***, ***')
})

test('takes processor time by the length of the text, not by the number of secrets', () => {
  const text = JSON.stringify(
    Array.from({ length: 10_000 }, (_, i) => ({ host: `host-${i}.example.com`, state: 'served' })),
  )
  const cpuTime = (count: number) => {
    const { scrub } = storeOf(...Array.from({ length: count }, () => randomBytes(48).toString('base64')))
    scrub(text)
    const start = process.threadCpuUsage()
    expect(scrub(text)).toBe(text)
    return process.threadCpuUsage(start).user
  }
  // Looking for each by itself would take a thousand times as long.
  expect(cpuTime(2000) / cpuTime(2)).toBeLessThan(50)
})

test('reaches every text of a result, and leaves the rest as it is', () => {
  const secret = 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE'
  const { scrub } = storeOf(secret)
  const cause = new Error(`cause ${secret}`)
  const problem = ownProblem('Network.HttpStatus', {
    message: inBoth(`HTTP 502 ${secret}`),
    requestId: secret,
    errno: secret,
    address: secret,
    status: 502,
    findings: [{ input: 'x', seen: inBoth(secret), expected: inBoth(secret) }],
    paste: { title: inBoth(secret), text: secret },
    sent: 'unknown',
    cause: ownProblem('Network.Reset', { message: inBoth(secret), cause }),
  })
  const fine = { zone: 'zone-1', pattern: /x/, problem: ownProblem('Run.Cancelled', { message: inBoth('stop') }) }
  const given = { problem, hosts: [{ host: 'a', problem }, fine], calls: [{ action: 'X', requestId: secret }] }
  const clean = scrubbed(given, scrub)
  const [host, same] = clean.hosts
  expect(same).toBe(fine)
  expect(host?.problem).toBe(clean.problem)
  expect(clean.problem).toBeInstanceOf(Problem)
  expect(clean.problem).toMatchObject({ code: 'Network.HttpStatus', status: 502, sent: 'unknown', row: problem.row })
  const inner = clean.problem.cause
  const texts = [inner, inner instanceof Error ? inner.cause : undefined].map((error) =>
    error instanceof Error ? `${error.name} ${error.message} ${error.stack}` : 'no error',
  )
  const all = JSON.stringify([clean, clean.problem.message, clean.problem.findings, clean.problem.paste, texts])
  expect(all).not.toContain('no error')
  expect(leakFinder([secret])(all)).toEqual([])
  expect(scrubbed(fine, scrub)).toBe(fine)
})

test('a secret that is added as a whole is removed in every form, but not in parts', () => {
  const { addWhole, scrub } = secretStore()
  const signature = 'f3a1b2c4d5e6978812345678abcdefabcdef0123456789abcdef0123456789ab'
  addWhole(signature)
  expect(scrub(`Signature=${signature}, end`)).toBe('Signature=***, end')
  const encoded = Buffer.from(`TC3 Signature=${signature}, end`).toString('base64')
  expect(scrub(encoded)).toContain('***')
  expect(scrub(encoded)).not.toContain(Buffer.from(signature.slice(3, 60)).toString('base64').slice(4, -4))
  expect(scrub(signature.slice(0, 40))).toBe(signature.slice(0, 40))
})
