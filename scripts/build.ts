import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

// src/ -> lib/ (tsc) -> dist/ (ncc), with the same bytes wherever and whenever. `--out DIR` builds elsewhere.

const root = join(import.meta.dirname, '..')
const at = process.argv.indexOf('--out')
const dist = at < 0 ? join(root, 'dist') : resolve(process.argv[at + 1] ?? '')

const run = (script: string, args: readonly string[], cwd: string) => {
  const done = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${script} failed:\n${done.stdout}${done.stderr}`)
}

const work = mkdtempSync(join(tmpdir(), 'build-'))
try {
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'))
  symlinkSync(join(root, 'package.json'), join(work, 'package.json'))
  run('typescript/bin/tsc', ['-p', join(root, 'tsconfig.build.json'), '--outDir', join(work, 'lib')], root)
  rmSync(dist, { recursive: true, force: true })
  run(
    '@vercel/ncc/dist/ncc/cli.js',
    ['build', 'lib/main.js', '-o', dist, '--license', 'licenses.txt', '--no-cache'],
    work,
  )
} finally {
  rmSync(work, { recursive: true })
}
