import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { zhTables } from '../../src/errors/zh/index.ts'
import { zh } from '../../src/report/words-zh.ts'

const dist = join(import.meta.dirname, '../../dist')
const read = (name: string): string => readFileSync(join(dist, name), 'utf8')
/** With the characters that escapes in the file mean. */
const plain = (name: string): string =>
  read(name).replace(/\\u([0-9a-f]{4})/g, (_, unit) => String.fromCharCode(Number.parseInt(unit, 16)))

test('what reads manifests lies, with the YAML parser, in a chunk of its own, which is loaded only for a manifest', () => {
  const chunks = globSync('*.index.js', { cwd: dist }).filter((name) => read(name).includes('YAMLParseError'))
  expect(chunks).toHaveLength(1)
  expect(read('index.js')).not.toContain('YAMLParseError')
  expect(read('licenses.txt')).toMatch(/^yaml$/m)
})

test('the Chinese texts of the error codes lie in a chunk of their own, which an English run does not load', () => {
  const texts = Object.values(zhTables).flatMap((rows) => Object.values(rows).map(({ meaning }) => meaning))
  const holding = globSync('*.js', { cwd: dist }).filter((name) => {
    const code = plain(name)
    return texts.some((text) => code.includes(text))
  })
  expect(holding).toHaveLength(1)
  expect(holding).not.toContain('index.js')
})

test('what talks to GitHub lies, with Octokit, in chunks of their own, which are loaded only for a comment', () => {
  const marks = ['class Octokit', 'octokit-request.js', 'This is not all: there was no room']
  for (const mark of marks) {
    expect(globSync('*.index.js', { cwd: dist }).filter((name) => read(name).includes(mark))).toHaveLength(1)
    expect(read('index.js')).not.toContain(mark)
  }
  expect(read('licenses.txt')).toMatch(/^@octokit\/core$/m)
})

test('the audit lies in a chunk of its own, which the deployment does not load', () => {
  const own = ['auditFleet', 'auditSummaryOf', 'parseAuditInputs']
  const chunks = globSync('*.index.js', { cwd: dist }).filter((name) => own.every((one) => read(name).includes(one)))
  expect(chunks).toHaveLength(1)
  for (const one of own) expect(read('index.js')).not.toContain(one)
})

test('no module lies in two files of the bundle', () => {
  const files = globSync('**/*.js', { cwd: dist })
  const modules = files.flatMap((name) =>
    [...read(name).matchAll(/^\t*\/(?:\*|\/)! (\.\S+)/gm)].map(([, path]) => path),
  )
  expect(modules.length).toBeGreaterThan(200)
  expect(modules.filter((one, at) => modules.indexOf(one) !== at)).toEqual([])
})

test('the file that every run loads is ASCII', () => {
  expect(read('index.js')).toMatch(/^[\0-\x7f]*$/)
})

test('the other files have only ASCII and Chinese, so nothing in them is invisible', () => {
  for (const name of globSync('**/*.js', { cwd: dist }))
    expect(read(name)).toMatch(/^[\0-\x7f\u3001-\u9fff\uff01-\uff5e]*$/)
})

test('the bundle takes the modules of Node without a require, and leaves out node:http2', () => {
  expect(read('index.js')).toContain('process.getBuiltinModule("node:net")')
  for (const name of globSync('**/*.js', { cwd: dist })) {
    expect(read(name)).not.toContain('createRequire')
    expect(read(name)).not.toContain('getBuiltinModule("node:http2")')
  }
})

test('dist/ has at most 2 MB, and is not minified', () => {
  const files = globSync('**/*', { cwd: dist }).map((name) => statSync(join(dist, name)))
  const bytes = files.filter((file) => file.isFile()).reduce((total, { size }) => total + size, 0)
  expect(bytes).toBeLessThanOrEqual(2_000_000)
  expect(read('index.js')).toMatch(/^\t*const deployFleet = \(world, accounts, options\) => /m)
})

test('the Chinese words of the report lie in a chunk of their own, which an English run does not load', () => {
  const word = zh.headline.mutualTlsLost(1).slice(-12)
  const chunks = globSync('*.index.js', { cwd: dist }).filter((name) => plain(name).includes(word))
  expect(chunks).toHaveLength(1)
  expect(plain('index.js')).not.toContain(word)
})
