import { spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface ShellRun {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a script as the runner runs `shell: bash`. */
export const bash = async (
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ShellRun> => {
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script]
  const child = spawn('bash', args, { cwd, env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ...env } })
  child.stdin.end()
  const status = new Promise<number | null>((done) => child.once('close', done))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { status: await status, stdout, stderr }
}

/** Puts programs, by name, into a folder, and returns a PATH on which they come first. */
export const withPrograms = async (folder: string, programs: Readonly<Record<string, string>>): Promise<string> => {
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(programs)) {
    await writeFile(join(folder, name), content)
    await chmod(join(folder, name), 0o755)
  }
  return `${folder}${delimiter}${process.env['PATH']}`
}
