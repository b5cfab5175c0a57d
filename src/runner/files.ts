import { type Buffer, isUtf8 } from 'node:buffer'
import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { ReadFile } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'

/** Bytes. The largest chains have a few ten thousand. */
const largest = 1024 * 1024

/** Characters of a path in a message. */
const longestShown = 200

/**
 * Reads regular files below the workspace, and nothing else: neither the path nor a symbolic link leads out of it, because what a
 * pull request has written there must not choose what is read of the runner.
 */
export const workspaceFiles =
  (workspace: string | undefined): ReadFile =>
  async (path) => {
    if (workspace === undefined || workspace === '') throw refused(path, 'this job has no workspace (GITHUB_WORKSPACE)')
    if (path === '' || path.includes('\0')) throw refused(path, 'it is no path')
    const absolute = resolve(workspace, path)
    // Either spelling of the workspace may be the one in an absolute path.
    const roots = [resolve(workspace), await real(resolve(workspace), path)]
    if (!roots.some((root) => isInside(root, absolute))) throw refused(path, 'it lies outside of the workspace')
    const target = await real(absolute, path)
    if (!isInside(roots[1] ?? '', target)) throw refused(path, 'a symbolic link leads out of the workspace')
    return textOf(await contentOf(target, path))
  }

const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

const real = async (absolute: string, path: string): Promise<string> => {
  try {
    return await realpath(absolute)
  } catch (error) {
    throw refused(path, reasonOf(error))
  }
}

const contentOf = async (target: string, path: string): Promise<Buffer> => {
  // Without O_NONBLOCK, opening a named pipe waits for whoever writes to it.
  const file = await open(target, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw refused(path, reasonOf(error))
  })
  try {
    const status = await file.stat()
    if (status.isDirectory()) throw refused(path, 'it is a directory')
    if (!status.isFile()) throw refused(path, 'it is no regular file')
    if (status.size > largest) throw refused(path, 'it is larger than 1 MiB')
    return await file.readFile().catch((error: unknown) => {
      throw refused(path, reasonOf(error))
    })
  } finally {
    await file.close()
  }
}

/** UTF-8, or UTF-16 as PowerShell writes it; bytes that are neither come as characters of their own, so that it is seen what they are. */
const textOf = (content: Buffer): string => {
  if (isUtf8(content)) return content.toString('utf8')
  return content.toString(content[0] === 0xff && content[1] === 0xfe ? 'utf16le' : 'latin1')
}

const reasons = new Map([
  ['ENOENT', 'it is not there'],
  ['ENOTDIR', 'a part of its path is no directory'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'this user may not read it'],
  ['EPERM', 'this user may not read it'],
  ['ELOOP', 'its symbolic links form a circle'],
  ['ENAMETOOLONG', 'the path is too long'],
  ['ENXIO', 'it is no regular file'],
])

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return reasons.get(code) ?? `the system refused (${code})`
}

const refused = (path: string, why: string) =>
  ownProblem('Certificate.File', { message: `“${path.slice(0, longestShown)}” cannot be read: ${why}` })
