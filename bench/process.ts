import { type ChildProcess, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

// What both benchmarks share: how a step is started and timed.

export const root = join(import.meta.dirname, '..')

export interface Place {
  readonly proxy: string
  /** Root certificate of the test world. */
  readonly rootFile: string
  /** Holds the command files and what the step writes. */
  readonly folder: string
  /** Further variables. */
  readonly env?: Readonly<Record<string, string>>
}

export interface Timed {
  readonly ms: number
  /** Peak resident memory. */
  readonly mib: number
  readonly stdout: string
}

/** Runs a script of this repository to its end; throws with its output when it fails. */
export const run = (script: string, ...args: string[]): void => {
  const done = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${script} ${args.join(' ')}: ${done.stdout}${done.stderr}`)
}

/** Runs a step as the runner does, with empty command files, and times the whole process. Needs GNU time. */
export const timed = (
  file: string,
  inputs: Readonly<Record<string, string>>,
  { proxy, rootFile, folder, env: more = {} }: Place,
): Timed => {
  const commandFiles = ['OUTPUT', 'STEP_SUMMARY'].map((name) => [`GITHUB_${name}`, join(folder, name)] as const)
  for (const [, path] of commandFiles) writeFileSync(path, '')
  const env = {
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...Object.fromEntries(commandFiles),
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
    HTTPS_PROXY: proxy,
    NODE_EXTRA_CA_CERTS: rootFile,
    PATH: process.env['PATH'],
    ...more,
  }
  const command = ['time', '-f', 'peak %M', process.execPath, file]
  const start = performance.now()
  const child = spawnSync('/usr/bin/env', command, { env, encoding: 'utf8', maxBuffer: 1 << 28 })
  const ms = performance.now() - start
  const peak = /peak (\d+)/.exec(child.stderr)?.[1]
  if (child.status !== 0 || peak === undefined) {
    throw new Error(`${file}: ${child.stdout.slice(-4000)}${child.stderr.slice(-4000)}`)
  }
  return { ms, mib: Number(peak) / 1024, stdout: child.stdout }
}

/** The next message of a child. */
export const messageOf = <T>(child: ChildProcess): Promise<T> =>
  new Promise<T>((done, failed) => {
    const ended = (code: number | null) => failed(new Error(`the test world ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (message) => {
      child.off('exit', ended)
      done(message as T)
    })
  })

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

export const mark = (good: boolean, text: string): string => `- ${good ? '✅' : '❌'} ${text}`
