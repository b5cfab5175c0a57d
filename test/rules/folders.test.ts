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
  problem: ['codes'],
  cloud: ['codes', 'ports', 'problem', 'text', 'version'],
  credentials: ['cloud'],
  inputs: ['hosts', 'cloud', 'credentials', 'problem', 'text'],
  result: ['cloud', 'inputs', 'problem'],
  report: ['result', 'problem', 'ports', 'cloud/endpoint', 'text'],
  shell: ['ports', 'problem'],
  run: ['cloud', 'credentials', 'inputs', 'ports', 'problem', 'result', 'text', 'version', 'hosts', 'codes'],
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

test('result and credentials import types only', () => {
  for (const file of files.filter((name) => /^(result\.ts|credentials\/)/.test(name))) {
    expect(readFileSync(join(src, file), 'utf8'), file).not.toMatch(/^import (?!type )/m)
  }
})

test('only main.ts names the process', () => {
  for (const file of files.filter((name) => name !== 'main.ts')) {
    const code = readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'/gm, '')
    expect(code, file).not.toMatch(/\bprocess\b/)
  }
})
