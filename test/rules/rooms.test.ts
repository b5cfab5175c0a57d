import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { circle, forbiddenImports, readSources, rooms } from '../../scripts/rooms.ts'

const sources = readSources()

test('each room is used, and holds what its row says', () => {
  expect(sources.size).toBeGreaterThan(20)
  expect(forbiddenImports(sources)).toEqual([])
  for (const room of Object.keys(rooms)) {
    if (room !== 'entries' && room !== 'run')
      expect(
        [...sources.keys()].some((file) => file.startsWith(`${room}/`)),
        room,
      ).toBe(true)
  }
})

test('no import leads back in a circle', () => expect(circle(sources)).toBeUndefined())

test('what is forbidden is found', () => {
  const file = (...ours: string[]) => ({ ours, packages: [] })
  const bad = new Map([
    ['util/a.ts', file('model/b.ts')],
    ['model/b.ts', file('util/a.ts')],
    ['attic/c.ts', file()],
  ])
  expect(forbiddenImports(bad)).toEqual(['util/a.ts -> model/b.ts', 'attic/c.ts lies in no room'])
  expect(circle(bad)).toEqual(['util/a.ts', 'model/b.ts', 'util/a.ts'])
})

/** Effects: sockets, files, timers, processes. `net.isIP` is a pure function. */
const effects = /^(@actions\/|undici|(node:)?(net|tls|http|https|dns|fs|timers|child_process|process)(\/.*)?$)/
const pure: Readonly<Record<string, readonly string[]>> = {
  'model/hostname.ts': ['node:net'],
  'inputs/inputs.ts': ['node:net'],
}

const textOf = (file: string): string => readFileSync(join(import.meta.dirname, '../../src', file), 'utf8')

test('no source uses Object.assign, which hides a wrong field from the type checker', () => {
  expect([...sources.keys()].filter((file) => textOf(file).includes('Object.assign'))).toEqual([])
})

test('no source asks a list of literals whether it includes a value, which compiles with a misspelt one', () => {
  const found = [...sources.keys()].filter((file) => /\[\s*'[^\]]*\]\.includes\(/.test(textOf(file)))
  expect(found).toEqual([])
})

test('no function takes a boolean as a parameter, which says nothing where it is called', () => {
  const found = [...sources.keys()].flatMap((file) =>
    [...textOf(file).matchAll(/[(,]\s*(\w+)\??: boolean\s*[,)]/g)].map(([, name]) => `${file}: ${name}`),
  )
  expect(found).toEqual([])
})

test('only runner/ touches the network, files, timers and the process', () => {
  for (const [file, { packages }] of sources) {
    if (file.startsWith('runner/')) continue
    const found = packages.filter((name) => effects.test(name) && !(pure[file] ?? []).includes(name))
    expect(found, file).toEqual([])
    if (file === 'main.ts' || file === 'main-audit.ts') continue
    const code = textOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'/gm, '')
    expect(code, file).not.toMatch(/\bprocess\b/)
  }
})
