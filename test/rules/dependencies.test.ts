import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const read = (file: string): string => readFileSync(join(import.meta.dirname, '../..', file), 'utf8')
const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(read('package.json'))
const [, section = ''] = /## Dependencies\n([\s\S]*?)\n## /.exec(read('CONTRIBUTING.md')) ?? []

test('CONTRIBUTING.md says why each runtime dependency is there', () => {
  const reasons = new Map(
    [...section.matchAll(/^\| `(\S+)` \| (.+) \|$/gm)].map(([, name = '', why = '']) => [name, why]),
  )
  expect(Object.keys(dependencies).length).toBeGreaterThan(0)
  for (const name of Object.keys(dependencies)) expect(reasons.get(name) ?? '', name).toMatch(/\w+ \w+/)
})

test('every version is exact', () => {
  for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})

test('installing prints no warnings about engines, and runs no scripts of packages', () => {
  expect(read('.npmrc')).toMatch(/^loglevel=error$/m)
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m)
})
