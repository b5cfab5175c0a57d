import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

// src/ -> lib/ (tsc) -> dist/ (ncc, with the paths of tsconfig.bundle.json). The result has the same bytes wherever and whenever it is
// built: module numbers depend on paths below the repository, so the build runs in it.
//   --out DIR     puts the bundle elsewhere, into a new or empty folder
//   --stats FILE  writes the bundler's statistics as well

const root = join(import.meta.dirname, '..')
const { out, stats } = parseArgs({ options: { out: { type: 'string' }, stats: { type: 'string' } } }).values
const dist = out === undefined ? join(root, 'dist') : resolve(out)
if (out !== undefined && existsSync(dist) && readdirSync(dist).length > 0)
  throw new Error(`--out: ${dist} is not empty`)

const run = (script: string, ...args: string[]) => {
  const command = [join(root, 'node_modules', script), ...args]
  // ncc looks for the paths in this file.
  const env = { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.bundle.json') }
  const done = spawnSync(process.execPath, command, { cwd: root, env, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${script} failed:\n${done.stdout}${done.stderr}`)
}

rmSync(join(root, 'lib'), { recursive: true, force: true })
if (out === undefined) rmSync(dist, { recursive: true, force: true })
run('typescript/bin/tsc', '-p', 'tsconfig.build.json')
const temporary = mkdtempSync(join(tmpdir(), 'build-'))
const statsFile = stats === undefined ? join(temporary, 'stats.json') : resolve(stats)
run('@vercel/ncc/dist/ncc/cli.js', 'build', 'lib/main.js', '-o', dist, '--no-cache', '--stats-out', statsFile)

/**
 * A file of the bundle as it loads fastest: built-in modules without a `require` made for each, and ASCII only, which V8 reads at twice the
 * speed. An escape means the same in strings, templates and regular expressions, the only places where other characters stand.
 */
const lighter = (code: string): string =>
  code
    .replace(/^import \{ createRequire as __WEBPACK_EXTERNAL_createRequire \} from .*\n/m, '')
    .replaceAll('__WEBPACK_EXTERNAL_createRequire(import.meta.url)(', 'process.getBuiltinModule(')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

for (const name of readdirSync(dist).filter((file) => file.endsWith('.js'))) {
  const file = join(dist, name)
  writeFileSync(file, lighter(readFileSync(file, 'utf8')))
}

// The entry of the audit starts the same bundle.
mkdirSync(join(dist, 'audit'))
const entry = readFileSync(join(root, 'lib/audit.js'), 'utf8')
writeFileSync(
  join(dist, 'audit/index.js'),
  entry.replace("'./main.js'", "'../index.js'").replace('"./main.js"', '"../index.js"'),
)

interface Stats {
  readonly modules: readonly { readonly name: string }[]
}

/** The packages in the bundle and its chunks. ncc itself writes only the licenses of the last chunk. */
const packages = (): readonly string[] => {
  const { modules } = JSON.parse(readFileSync(statsFile, 'utf8')) as Stats
  const names = modules.flatMap(({ name }) => /.*node_modules\/((?:@[^/]+\/)?[^/ ]+)/.exec(name)?.[1] ?? [])
  return [...new Set(names)].toSorted()
}

const licenseOf = (name: string): string => {
  const folder = join(root, 'node_modules', name)
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly license: string }
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.\w+)?$/i.test(one))
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8')
  return [name, license, text.trim()].filter((part) => part !== '').join('\n')
}

writeFileSync(join(dist, 'licenses.txt'), `${packages().map(licenseOf).join('\n\n')}\n`)
rmSync(temporary, { recursive: true })
