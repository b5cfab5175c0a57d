import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

// src/ -> lib/ (tsc) -> dist/ (ncc), with the same bytes wherever and whenever: module numbers come from paths below the
// repository, so the build stands in it. `--out DIR` puts the bundle elsewhere: into a new or empty folder, since nothing
// but dist/ and lib/ is ours to remove.

const root = join(import.meta.dirname, '..')
const at = process.argv.indexOf('--out')
const out = process.argv[at + 1]
if (at >= 0 && !out) throw new Error('--out needs a folder')
const dist = at >= 0 && out ? resolve(out) : join(root, 'dist')
if (at >= 0 && existsSync(dist) && readdirSync(dist).length > 0) throw new Error(`--out: ${dist} is not empty`)

const run = (script: string, ...args: string[]) => {
  const command = [join(root, 'node_modules', script), ...args]
  const done = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${script} failed:\n${done.stdout}${done.stderr}`)
}

rmSync(join(root, 'lib'), { recursive: true, force: true })
if (at < 0) rmSync(dist, { recursive: true, force: true })
run('typescript/bin/tsc', '-p', 'tsconfig.build.json')
run('@vercel/ncc/dist/ncc/cli.js', 'build', 'lib/main.js', '-o', dist, '--license', 'licenses.txt', '--no-cache')
