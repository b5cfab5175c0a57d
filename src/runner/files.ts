import { Buffer, isUtf8 } from 'node:buffer'
import { constants } from 'node:fs'
import { type FileHandle, open, realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { ReadFile } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'
import type { Text } from '../util/language.ts'

const mib = 1024 * 1024

/**
 * Reads only regular files below the workspace: neither the path nor a symbolic link may lead out of it, because the content of a
 * pull request must not choose which files of the runner are read.
 */
export const workspaceFiles =
  (workspace: string | undefined): ReadFile =>
  // The largest chains have a few ten thousand bytes.
  async (path, maxMiB = 1) => {
    if (workspace === undefined || workspace === '') throw refused(whys.noWorkspace)
    if (path === '' || path.includes('\0')) throw refused(whys.notPath)
    const absolute = resolve(workspace, path)
    // An absolute path may contain either form of the workspace.
    const roots = [resolve(workspace), await real(resolve(workspace))]
    if (!roots.some((root) => isInside(root, absolute))) throw refused(whys.outside)
    const target = await real(absolute)
    if (!isInside(roots[1] ?? '', target)) throw refused(whys.leadsOut)
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
    if (status.isDirectory()) throw refused(whys.directory)
    if (!status.isFile()) throw refused(whys.notRegular)
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
    if (size > maxBytes) throw refused({ en: `it is larger than ${maxMiB} MiB`, zh: `大于 ${maxMiB} MiB` })
    if (bytesRead === 0) return buffer.subarray(0, size)
  }
}

/** UTF-8, or UTF-16 as PowerShell writes it; otherwise each byte becomes a character, so that the file's format can be recognised. */
const textOf = (content: Buffer): string => {
  if (isUtf8(content)) return content.toString('utf8')
  return content.toString(content[0] === 0xff && content[1] === 0xfe ? 'utf16le' : 'latin1')
}

const whys = {
  noWorkspace: {
    en: 'this job has no workspace (GITHUB_WORKSPACE)',
    zh: '此作业没有工作区（GITHUB_WORKSPACE）',
  },
  notPath: { en: 'it is not a path', zh: '不是路径' },
  outside: { en: 'it is outside the workspace', zh: '位于工作区之外' },
  leadsOut: { en: 'a symbolic link leads out of the workspace', zh: '符号链接指向工作区之外' },
  directory: { en: 'it is a directory', zh: '是目录' },
  notRegular: { en: 'it is not a regular file', zh: '不是普通文件' },
  noPermission: { en: 'this user has no permission to read it', zh: '当前用户无权读取' },
} as const satisfies Record<string, Text>

const reasons: ReadonlyMap<string, Text> = new Map([
  ['ENOENT', { en: 'it does not exist', zh: '文件不存在' }],
  ['ENOTDIR', { en: 'a part of its path is not a directory', zh: '路径中有一部分不是目录' }],
  ['EISDIR', whys.directory],
  ['EACCES', whys.noPermission],
  ['EPERM', whys.noPermission],
  ['ELOOP', { en: 'its symbolic links form a loop', zh: '符号链接形成循环' }],
  ['ENAMETOOLONG', { en: 'the path is too long', zh: '路径过长' }],
  ['ENXIO', whys.notRegular],
])

const reasonOf = (error: unknown): Text => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return reasons.get(code) ?? { en: `the system refused (${code})`, zh: `系统拒绝读取（${code}）` }
}

const refused = (why: Text) => ownProblem('Certificate.File', { message: why })
