import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** A file of the repository. */
export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Writes a generated file; with `--check`, changes nothing and fails when it is out of date. */
export const generated = (path: string, text: string, command: string): void => {
  const old = (() => {
    try {
      return read(path)
    } catch {
      return ''
    }
  })()
  if (old === text) return
  if (process.argv.includes('--check')) {
    console.error(`${path} is out of step with its source: run \`${command}\`.`)
    process.exitCode = 1
  } else {
    writeFileSync(join(root, path), text)
    console.log(`${path} written`)
  }
}
