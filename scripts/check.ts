import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { circle, forbiddenImports, readSources } from './rooms.ts'

// npm run check: all checks of CI except the tests. Runs every check, and fails if any of them fails.

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)

const command = (name: string, args: readonly string[]) => (): boolean =>
  spawnSync(name, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0

const script = (...args: string[]) => command(process.execPath, args)

/** Compares the committed dist/ with a clean build, byte for byte. */
const distIsBuilt = (): boolean => {
  const fresh = mkdtempSync(join(tmpdir(), 'dist-'))
  try {
    if (!script('scripts/build.ts', '--out', fresh)()) return false
    const names = new Set([fresh, join(root, 'dist')].flatMap((folder) => globSync('**/*.*', { cwd: folder })))
    const differing = [...names].filter((name) => {
      try {
        return !readFileSync(join(fresh, name)).equals(readFileSync(join(root, 'dist', name)))
      } catch {
        return true
      }
    })
    for (const name of differing) console.error(`dist/${name} is not what a clean build gives: run \`npm run build\`.`)
    return differing.length === 0
  } finally {
    rmSync(fresh, { recursive: true })
  }
}

const roomsAreKept = (): boolean => {
  const sources = readSources()
  const found = [
    ...forbiddenImports(sources),
    ...(circle(sources)
      ?.slice(0, -1)
      .map((file) => `a circle through ${file}`) ?? []),
  ]
  for (const one of found) console.error(one)
  return found.length === 0
}

const checks: readonly (readonly [name: string, check: () => boolean])[] = [
  ['format and lint', command(bin('biome'), ['ci', '.'])],
  ['types', command(bin('tsc'), ['-p', 'tsconfig.json'])],
  ['lint with types', command(bin('oxlint'), ['--type-aware', '--deny-warnings', 'src', 'test', 'scripts', 'bench'])],
  ['rooms and circles', roomsAreKept],
  ['owner and name of the repository', script('scripts/repository.ts', '--check')],
  ['tables of README and CONTRIBUTING', script('scripts/readme.ts', '--check')],
  ['error reference', script('scripts/errors.ts', '--check')],
  ['schema of the manifest', script('scripts/manifest-schema.ts', '--check')],
  ['action.yml, workflows, examples', script('--import', './scripts/json-imports.ts', 'scripts/yaml.ts')],
  ['actionlint and shellcheck', script('scripts/actionlint.ts')],
  ['dist/ is a clean build', distIsBuilt],
]

const failed = checks.filter(([name, check]) => {
  console.log(`— ${name}`)
  return !check()
})
for (const [name] of failed) console.error(`FAILED: ${name}`)
process.exitCode = failed.length === 0 ? 0 : 1
