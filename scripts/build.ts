import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { minifySync } from 'rolldown/utils'

// src/ -> lib/ (tsc) -> dist/ (ncc, with the paths of tsconfig.bundle.json). The result has the same bytes wherever and whenever it is
// built: module numbers depend on paths below the repository, so the build runs in it.
//   --out DIR  puts the bundle elsewhere, into a new or empty folder

const root = join(import.meta.dirname, '..')
const { out } = parseArgs({ options: { out: { type: 'string' } } }).values
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
const statsFile = join(temporary, 'stats.json')
run('@vercel/ncc/dist/ncc/cli.js', 'build', 'lib/main.js', '-o', dist, '--no-cache', '--stats-out', statsFile)

interface Stats {
  readonly modules: readonly { readonly id: number | string | null; readonly name: string }[]
}

const { modules } = JSON.parse(readFileSync(statsFile, 'utf8')) as Stats
const names = new Map(modules.map(({ id, name }) => [String(id), name]))

/**
 * The bundler's comments where a module begins, which give a number or a path, as comments that stay, with a path. Where several modules
 * share a number, each has its own comment.
 */
const marked = (code: string): string =>
  code
    .replace(/^\/\*\*\*\/ ("?)(.+)\1:$/gm, (_, quote, id) => {
      const name = names.get(id) ?? id
      return `${name.includes(' + ') ? '' : `/*! ${name} */\n`}${quote}${id}${quote}:`
    })
    .replace(/^;\/\/ (?:CONCATENATED MODULE: )?(\S.*)$/gm, '//! $1')

/** The code without the other comments, a sixth of it. Names, statements and lines stay: this only parses and prints. */
const printed = (name: string, code: string): string => {
  const codegen = { removeWhitespace: false, legalComments: 'inline' } as const
  const done = minifySync(name, code, { module: true, compress: false, mangle: false, codegen })
  if (done.errors.length > 0) throw new Error(`${name}: ${done.errors.map(({ message }) => message).join('; ')}`)
  return done.code
}

/**
 * The code as it loads fastest: built-in modules without a `require` made for each. undici loads without node:http2, as it does in a Node
 * that has none: `allowH2: false` leaves its HTTP/2 client unused, and loading the module takes 4 ms.
 */
const lighter = (code: string): string =>
  code
    .replace(/^import \{ createRequire as __WEBPACK_EXTERNAL_createRequire \} from .*\n/m, '')
    .replaceAll('__WEBPACK_EXTERNAL_createRequire(import.meta.url)(', 'process.getBuiltinModule(')
    .replace('process.getBuiltinModule("node:http2")', '{ constants: {} }')

/**
 * What is escaped: in the file that every run loads, all but ASCII, which V8 reads at twice the speed; in the chunks, all but ASCII and
 * Chinese. An escape means the same in strings, templates and regular expressions, the only places where other characters stand.
 */
const escapedIn = (name: string) =>
  name === 'index.js' ? /[\u0080-\uffff]/g : /[\u0080-\u3000\ua000-\uff00\uff5f-\uffff]/g
const escaped = (name: string, code: string): string =>
  code.replace(escapedIn(name), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

for (const name of readdirSync(dist).filter((file) => file.endsWith('.js'))) {
  const file = join(dist, name)
  writeFileSync(file, escaped(name, lighter(printed(name, marked(readFileSync(file, 'utf8'))))))
}

// The entry of the audit starts the same bundle.
mkdirSync(join(dist, 'audit'))
const entry = readFileSync(join(root, 'lib/main-audit.js'), 'utf8')
writeFileSync(
  join(dist, 'audit/index.js'),
  entry.replace("'./main.js'", "'../index.js'").replace('"./main.js"', '"../index.js"'),
)

/** The packages in the bundle and its chunks. ncc itself writes only the licenses of the last chunk. */
const packages = (): readonly string[] => {
  const found = modules.flatMap(({ name }) => /.*node_modules\/((?:@[^/]+\/)?[^/ ]+)/.exec(name)?.[1] ?? [])
  return [...new Set(found)].toSorted()
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
