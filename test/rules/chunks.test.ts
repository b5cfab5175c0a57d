import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { zhTables } from '../../src/errors/zh/index.ts'
import { zh } from '../../src/report/words-zh.ts'

const dist = join(import.meta.dirname, '../../dist')
const read = (name: string): string => readFileSync(join(dist, name), 'utf8')

test('what reads manifests lies, with the YAML parser, in a chunk of its own, which is loaded only for a manifest', () => {
  const chunks = globSync('*.index.js', { cwd: dist }).filter((name) => read(name).includes('YAMLParseError'))
  expect(chunks).toHaveLength(1)
  expect(read('index.js')).not.toContain('YAMLParseError')
  expect(read('licenses.txt')).toMatch(/^yaml$/m)
})

test('the Chinese texts of the error codes lie in a chunk of their own, which an English run does not load', () => {
  const escaped = (text: string) => text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`)
  const texts = Object.values(zhTables).flatMap((rows) => Object.values(rows).map(({ meaning }) => escaped(meaning)))
  const holding = globSync('*.js', { cwd: dist }).filter((name) => texts.some((text) => read(name).includes(text)))
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
  const modules = files.flatMap((name) => [
    ...[...read(name).matchAll(/^\/\*\*\*\/ (\d+):/gm)].map(([, id = '']) => id),
    ...[...read(name).matchAll(/^;\/\/ CONCATENATED MODULE: (\.\S+)/gm)].map(([, path = '']) => path),
  ])
  expect(modules.length).toBeGreaterThan(200)
  expect(modules.filter((one, at) => modules.indexOf(one) !== at)).toEqual([])
})

test('every file of the bundle is ASCII, and takes the modules of Node without a require', () => {
  const files = globSync('**/*.js', { cwd: dist })
  expect(files.length).toBeGreaterThan(1)
  for (const name of files) {
    expect(read(name)).toMatch(/^[\0-\x7f]*$/)
    expect(read(name)).not.toContain('createRequire')
  }
})

test('the Chinese words of the report lie in a chunk of their own, which an English run does not load', () => {
  const word = zh.headline.mutualTlsLost(1).slice(-12)
  const written = word.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const chunks = globSync('*.index.js', { cwd: dist }).filter((name) => read(name).includes(written))
  expect(chunks).toHaveLength(1)
  expect(read('index.js')).not.toContain(written)
})
