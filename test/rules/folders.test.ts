import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const src = join(import.meta.dirname, '../../src')
const files = globSync('**/*.ts', { cwd: src }).filter((file) => !file.endsWith('.d.ts'))

/** What each folder, or file at the top, may import of ours beside itself. What stands in no list is forbidden. */
const may: Readonly<Record<string, readonly string[]>> = {
  text: [],
  version: [],
  codes: [],
  ports: [],
  hosts: [],
  nearest: [],
  parallel: [],
  once: [],
  legible: ['ports', 'text'],
  certificate: [],
  problem: ['codes'],
  checks: ['certificate', 'problem', 'text'],
  cloud: ['certificate', 'codes', 'once', 'parallel', 'ports', 'problem', 'text', 'version'],
  credentials: ['cloud', 'ports', 'problem'],
  chain: ['certificate', 'problem', 'text'],
  pem: ['chain', 'problem', 'text'],
  secrets: ['credentials'],
  pairs: ['pem', 'secrets', 'ports'],
  upload: ['chain', 'certificate', 'cloud', 'problem', 'text'],
  values: ['hosts', 'certificate', 'cloud/teo', 'text'],
  access: ['values', 'secrets', 'cloud', 'credentials'],
  inputs: ['access', 'values', 'secrets', 'hosts', 'cloud', 'credentials', 'problem', 'text'],
  standing: ['cloud'],
  plan: ['standing', 'once', 'certificate', 'cloud', 'problem'],
  select: ['standing', 'values', 'hosts', 'nearest', 'certificate', 'cloud', 'problem', 'text'],
  zone: ['inputs', 'cloud', 'nearest', 'problem', 'text'],
  facts: ['inputs', 'upload', 'chain', 'cloud', 'certificate', 'problem', 'text'],
  reading: ['facts', 'chain', 'select', 'checks', 'inputs', 'cloud', 'parallel', 'problem'],
  planning: ['reading', 'select', 'plan', 'notes', 'facts', 'upload', 'chain', 'cloud', 'inputs', 'ports', 'text'],
  notes: ['plan', 'once', 'certificate', 'text'],
  result: ['plan', 'certificate', 'cloud', 'inputs', 'problem'],
  apply: ['plan', 'cloud/faults', 'once', 'parallel', 'problem'],
  ledger: ['apply', 'result', 'plan', 'cloud/faults', 'problem', 'text'],
  verify: ['ledger', 'apply', 'plan', 'standing', 'cloud/domains', 'ports', 'problem', 'text'],
  deploy: ['verify', 'ledger', 'apply', 'plan', 'cloud', 'ports', 'problem', 'text'],
  served: ['verify', 'ledger', 'inputs', 'certificate', 'parallel', 'ports', 'problem', 'text'],
  rollback: ['ledger', 'apply', 'cloud', 'problem'],
  retire: ['verify', 'ledger', 'inputs', 'parallel', 'cloud', 'ports', 'problem', 'text'],
  act: [
    ...['deploy', 'served', 'rollback', 'retire', 'ledger', 'apply', 'plan', 'facts'],
    ...['certificate', 'cloud', 'inputs', 'ports', 'problem', 'text'],
  ],
  report: [
    'legible',
    'plan',
    'result',
    'certificate',
    'parallel',
    'once',
    'problem',
    'ports',
    'cloud/endpoint',
    'cloud/domains',
    'cloud/call',
    'text',
  ],
  shell: ['ports', 'problem'],
  run: [
    'legible',
    ...[
      'act',
      'planning',
      'reading',
      'pairs',
      'chain',
      'upload',
      'secrets',
      'facts',
      'zone',
      'notes',
      'plan',
      'ledger',
      'certificate',
    ],
    ...['cloud', 'credentials', 'inputs', 'ports', 'problem', 'result', 'text', 'version'],
  ],
  main: ['run', 'report', 'shell', 'problem'],
}

/** `cloud/call.ts` -> `cloud/call`; `run.ts` -> `run`. */
const moduleOf = (file: string): string => file.replace(/\.ts$/, '')
const folderOf = (file: string): string => moduleOf(file).split('/')[0] ?? ''

const oursIn = (file: string): string[] =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, specifier]) =>
    relative(src, join(src, dirname(file), specifier ?? '')),
  )

test('every folder has its row, and every row its folder', () => {
  expect(Object.keys(may).toSorted()).toEqual([...new Set(files.map(folderOf))].toSorted())
})

test.each(files)('%s imports what its folder may', (file) => {
  const folder = folderOf(file)
  for (const target of oursIn(file)) {
    expect(files, `${file} imports ${target}`).toContain(target)
    const allowed = [folder, ...(may[folder] ?? [])]
    expect(
      allowed.some((one) => one === folderOf(target) || one === moduleOf(target)),
      `${file} imports ${target}`,
    ).toBe(true)
  }
})

test('only main.ts names the process', () => {
  for (const file of files.filter((name) => name !== 'main.ts')) {
    const code = readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'/gm, '')
    expect(code, file).not.toMatch(/\bprocess\b/)
  }
})
