import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// A user's runner downloads the archive of this repository: all of it is time and trust.
test('the archive holds what a runner needs, and nothing else', () => {
  const cwd = join(import.meta.dirname, '../..')
  const archive = execFileSync('git', ['archive', '--format=tar', 'HEAD'], { cwd, maxBuffer: 1 << 26 })
  const entries = execFileSync('tar', ['-t'], { input: archive, encoding: 'utf8' }).split('\n')
  const files = entries.filter((name) => name !== '' && !name.endsWith('/'))
  // The chunks of the bundle are numbered.
  const names = new Set(files.map((name) => name.replace(/\/\d+\.index\.js$/, '/N.index.js')))
  expect([...names].toSorted()).toEqual([
    'LICENSE',
    'README.md',
    'action.yml',
    'audit/action.yml',
    'dist/N.index.js',
    'dist/audit/index.js',
    'dist/index.js',
    'dist/licenses.txt',
    'dist/package.json',
  ])
})
