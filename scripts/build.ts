import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
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
const bundling = ['build', 'lib/main.js', '-o', dist, '--license', 'licenses.txt', '--no-cache']
run('@vercel/ncc/dist/ncc/cli.js', ...bundling, ...(stats === undefined ? [] : ['--stats-out', resolve(stats)]))
