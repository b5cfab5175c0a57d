import { Buffer, isUtf8 } from 'node:buffer'
import { constants } from 'node:fs'
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { ReadFile } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'

const mib = 1024 * 1024

/**
 * Reads only regular files below the workspace: neither the path nor a symbolic link may lead out of it, because the content of a
 * pull request must not choose which files of the runner are read.
 */
export const workspaceFiles =
  (workspace: string | undefined): ReadFile =>
  // The largest chains have a few ten thousand bytes.
  async (path, maxMiB = 1) => {
    if (workspace === undefined || workspace === '') throw refused('this job has no workspace (GITHUB_WORKSPACE)')
    if (path === '' || path.includes('\0')) throw refused('it is not a path')
    const absolute = resolve(workspace, path)
    // An absolute path may contain either form of the workspace.
    const roots = [resolve(workspace), await real(resolve(workspace))]
    if (!roots.some((root) => isInside(root, absolute))) throw refused('it is outside the workspace')
    const target = await real(absolute)
    if (!isInside(roots[1] ?? '', target)) throw refused('a symbolic link leads out of the workspace')
    return textOf(await contentOf(target, maxMiB))
  }

const isInside = (root: string, path: string): boolean => {
  const inside = relative(root, path)
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)
}

const real = async (absolute: string): Promise<string> => {
  try {
    return await realpath(absolute)
  } catch (error) {
    throw refused(reasonOf(error))
  }
}

const contentOf = async (target: string, maxMiB: number): Promise<Buffer> => {
  // Without O_NONBLOCK, opening a named pipe waits for a writer.
  const file = await open(target, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw refused(reasonOf(error))
  })
  try {
    const status = await file.stat()
    if (status.isDirectory()) throw refused('it is a directory')
    if (!status.isFile()) throw refused('it is not a regular file')
    return await beginningOf(file, maxMiB)
  } finally {
    await file.close()
  }
}

/** The whole file, unless it is too large: it may grow while it is read. */
const beginningOf = async (file: FileHandle, maxMiB: number): Promise<Buffer> => {
  const maxBytes = maxMiB * mib
  const buffer = Buffer.alloc(maxBytes + 1)
  let size = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, size, buffer.length - size).catch((error: unknown) => {
      throw refused(reasonOf(error))
    })
    size += bytesRead
    if (size > maxBytes) throw refused(`it is larger than ${maxMiB} MiB`)
    if (bytesRead === 0) return buffer.subarray(0, size)
  }
}

/** UTF-8, or UTF-16 as PowerShell writes it; otherwise each byte becomes a character, so that the file's format can be recognised. */
const textOf = (content: Buffer): string => {
  if (isUtf8(content)) return content.toString('utf8')
  return content.toString(content[0] === 0xff && content[1] === 0xfe ? 'utf16le' : 'latin1')
}

const reasons = new Map([
  ['ENOENT', 'it does not exist'],
  ['ENOTDIR', 'a part of its path is not a directory'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'this user has no permission to read it'],
  ['EPERM', 'this user has no permission to read it'],
  ['ELOOP', 'its symbolic links form a loop'],
  ['ENAMETOOLONG', 'the path is too long'],
  ['ENXIO', 'it is not a regular file'],
])

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return reasons.get(code) ?? `the system refused (${code})`
}

const refused = (why: string) => ownProblem('Certificate.File', { message: why })
