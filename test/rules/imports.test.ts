import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const src = join(import.meta.dirname, '../../src')
const files = globSync('**/*.ts', { cwd: src }).filter((file) => !file.endsWith('.d.ts'))

/** Layers from the top down: a file may import its own layer and those below. */
const layers: readonly RegExp[] = [
  /^main\.ts$/,
  /^run\.ts$/,
  /^shell\//,
  /^report\//,
  /^act\.ts$/,
  /^(deploy|served|rollback|retire)\.ts$/,
  /^verify\.ts$/,
  /^ledger\.ts$/,
  /^planning\.ts$/,
  /^(apply|result|notes)\.ts$/,
  /^reading\.ts$/,
  /^(facts|select|zone)\.ts$/,
  /^(pairs|upload)\.ts$/,
  /^plan\.ts$/,
  /^standing\.ts$/,
  /^inputs\.ts$/,
  /^access\.ts$/,
  /^(values|secrets)\.ts$/,
  /^credentials\//,
  /^pem\.ts$/,
  /^(checks|chain|hosts|nearest)\.ts$/,
  /^cloud\//,
  /^(certificate|legible|once|parallel)\.ts$/,
  /^(ports|problem)\.ts$/,
  /^codes\//,
  /^(text|version)\.ts$/,
]
const layerOf = (file: string): number => layers.findIndex((layer) => layer.test(file))

/** Arrows that point down and yet are none: the story and the reports know no sockets, the shell knows no story. */
const forbidden: readonly (readonly [RegExp, RegExp])[] = [
  [/^run\.ts$/, /^(shell|report)\//],
  [/^shell\//, /^(?!ports\.ts$|problem\.ts$|shell\/)/],
  // Decisions are values: what plans and selects calls nothing.
  [/^(plan|standing|select|checks|notes)\.ts$/, /^cloud\/(call|retry|limit|pages|ssl|tc3)\.ts$/],
]

/** What only the shell may touch. */
const effects = /^(@actions\/|proxy-from-env|(node:)?(net|tls|http|https|fs|timers|child_process|process|dns)(\/.*)?$)/
/** `net.isIP` is a pure function. */
const allowed: Readonly<Record<string, readonly string[]>> = { 'hosts.ts': ['node:net'], 'values.ts': ['node:net'] }

const importsOf = (file: string): string[] =>
  [
    ...readFileSync(join(src, file), 'utf8').matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'/gm),
  ].map(([, from, bare]) => from ?? bare ?? '')

test('there is something to check', () => {
  expect(files.length).toBeGreaterThan(20)
  for (const file of files) expect(layerOf(file), file).toBeGreaterThanOrEqual(0)
})

test.each(files)('%s imports downward only', (file) => {
  for (const specifier of importsOf(file)) {
    if (!specifier.startsWith('.')) {
      const mayHaveEffects = file.startsWith('shell/') || (allowed[file] ?? []).includes(specifier)
      if (!mayHaveEffects) expect(specifier).not.toMatch(effects)
      continue
    }
    const target = relative(src, join(src, dirname(file), specifier))
    expect(layerOf(target), `${file} -> ${target}`).toBeGreaterThanOrEqual(layerOf(file))
    for (const [from, to] of forbidden) if (from.test(file)) expect(target).not.toMatch(to)
  }
})

test('imports have no cycles', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file).flatMap((s) => (s.startsWith('.') ? [relative(src, join(src, dirname(file), s))] : [])),
    ]),
  )
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]) => {
    expect(path, 'a cycle').not.toContain(file)
    if (done.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
})
