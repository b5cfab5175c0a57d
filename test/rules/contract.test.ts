import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { tables } from '../../src/errors/index.ts'
import { inputDefaults, inputNames } from '../../src/inputs/table.ts'
import { findingKinds } from '../../src/model/audit.ts'
import { auditOutputNames } from '../../src/report/audit-outputs.ts'
import { outputNames } from '../../src/report/outputs.ts'
import { requestClient } from '../../src/tencent/request.ts'
import { version } from '../../src/util/version.ts'

const root = join(import.meta.dirname, '../..')
const [action, audit] = ['action.yml', 'audit/action.yml'].map((path) => parse(readFileSync(join(root, path), 'utf8')))

/** The runner replaces an expression. */
const defaultOf = (input: unknown) => String(Object(input).default ?? '').replace(/^\$\{\{.*\}\}$/, '')
const defaultsIn = ({ inputs }: { readonly inputs: object }) =>
  Object.entries(inputs).map(([name, input]) => [name, defaultOf(input)])

test('both action.yml and the code have the same inputs, defaults and outputs', () => {
  const known: Readonly<Record<string, string>> = inputDefaults
  expect(defaultsIn(action)).toEqual(inputNames.deployment.map((name) => [name, known[name]]))
  expect(defaultsIn(audit)).toEqual(inputNames.audit.map((name) => [name, known[name]]))
  expect(Object.keys(action.outputs)).toEqual([...outputNames])
  expect(Object.keys(audit.outputs)).toEqual([...auditOutputNames])
})

test('both action.yml run the committed bundle under Node 24', () => {
  for (const { runs } of [action, audit]) expect(runs.using).toBe('node24')
  expect(existsSync(join(root, action.runs.main))).toBe(true)
  expect(existsSync(join(root, 'audit', audit.runs.main))).toBe(true)
})

test('the documentation of the audit explains every finding', () => {
  const text = readFileSync(join(root, 'docs/audit.md'), 'utf8')
  const rows = new Set([...text.matchAll(/^\| `([a-z-]+)` \| [A-Z]/gm)].map(([, kind]) => kind))
  expect(findingKinds.filter((kind) => !rows.has(kind))).toEqual([])
})

test('the version is the package’s, and the client name is one that the API takes', () => {
  expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version).toBe(version)
  expect(requestClient).toMatch(/^[0-9a-zA-Z\-_ ,;.]{1,128}$/)
  expect(requestClient).toContain(version)
})

/** Words in code spans that look like the name of an input and are none. */
const otherWords: readonly string[] = [
  'aud',
  'china',
  'concurrency',
  'failed',
  'id-token',
  'ignore',
  'international',
  'iss',
  'issued',
  'keep',
  'mute',
  'permissions',
  'ssl',
  'sts',
  'sub',
  'teo',
  'warn',
]

test('the error catalogue names only inputs and outputs that exist', () => {
  const isNamed = (word: string) => word in action.inputs || word in action.outputs || otherWords.includes(word)
  const unknown: string[] = []
  const named = new Set<string>()
  for (const rows of Object.values(tables)) {
    for (const [code, { meaning, fix }] of Object.entries(rows)) {
      for (const [, span = ''] of `${meaning} ${fix}`.matchAll(/`([^`]*)`/g)) {
        // `name`, and `name: value`.
        const word = /^([a-z]+(?:-[a-z]+)*)(?:: |$)/.exec(span)?.[1]
        if (word === undefined) continue
        named.add(word)
        if (!isNamed(word)) unknown.push(`${code} names ${word}`)
      }
    }
  }
  expect(unknown).toEqual([])
  expect(otherWords.filter((word) => !named.has(word))).toEqual([])
})

test('the code compares codes only by hasCode, which takes no misspelt one', () => {
  const src = join(root, 'src')
  const files = globSync('**/*.ts', { cwd: src }).filter((file) => !file.startsWith('runner'))
  const compared = files.filter((file) => /\bcode\s*[!=]==?\s*['"`][A-Z]/.test(readFileSync(join(src, file), 'utf8')))
  expect(files.length).toBeGreaterThan(20)
  expect(compared).toEqual([])
})
