import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Problem } from '../../src/model/problem.ts'
import { workspaceFiles } from '../../src/runner/files.ts'

const base = realpathSync(mkdtempSync(join(tmpdir(), 'files-')))
const workspace = join(base, 'work')
mkdirSync(join(workspace, 'a/b'), { recursive: true })
writeFileSync(join(workspace, 'a/cert.pem'), 'PEM ü')
writeFileSync(join(workspace, 'a/..cert'), 'dots')
writeFileSync(join(workspace, 'a/cert.der'), Buffer.from([0x30, 0x82, 0x01, 0xff]))
writeFileSync(join(workspace, 'a/powershell.pem'), Buffer.from('\ufeffPEM', 'utf16le'))
writeFileSync(join(workspace, 'exact'), Buffer.alloc(1024 * 1024, 'x'))
writeFileSync(join(workspace, 'large'), Buffer.alloc(1024 * 1024 + 1, 'x'))
writeFileSync(join(base, 'secret'), 'content of the runner')
mkdirSync(join(base, 'work-two'))
writeFileSync(join(base, 'work-two/x'), 'content of the runner')
symlinkSync(join(base, 'secret'), join(workspace, 'out'))
symlinkSync('..', join(workspace, 'up'))
symlinkSync('a/cert.pem', join(workspace, 'in'))
symlinkSync('circle', join(workspace, 'circle'))
symlinkSync(workspace, join(base, 'other-way'))
execFileSync('mkfifo', [join(workspace, 'pipe')])
afterAll(() => rmSync(base, { recursive: true }))

test.each([
  ['a/cert.pem', 'PEM ü'],
  ['./a/b/../cert.pem', 'PEM ü'],
  ['a/..cert', 'dots'],
  ['in', 'PEM ü'],
  [join(workspace, 'a/cert.pem'), 'PEM ü'],
  ['a/cert.der', '0\x82\x01\xff'],
  ['a/powershell.pem', '\ufeffPEM'],
  ['exact', 'x'.repeat(1024 * 1024)],
])('reads %s', async (path, text) => {
  expect(await workspaceFiles(workspace)(path)).toBe(text)
})

test('reads a workspace behind a symbolic link, by either name', async () => {
  const read = workspaceFiles(join(base, 'other-way'))
  expect(await read('a/cert.pem')).toBe('PEM ü')
  expect(await read(join(base, 'other-way/a/cert.pem'))).toBe('PEM ü')
  expect(await read(join(workspace, 'a/cert.pem'))).toBe('PEM ü')
})

const refusal = async (path: string, root: string | undefined = workspace) => {
  const problem: unknown = await workspaceFiles(root)(path).catch((thrown: unknown) => thrown)
  if (!(problem instanceof Problem)) throw new Error('no Problem')
  expect(problem).toMatchObject({ code: 'Certificate.File', cause: undefined, findings: [] })
  expect(problem.message).not.toContain('content of the runner')
  return problem.message
}

test.each([
  ['none.pem', 'it does not exist'],
  ['a/cert.pem/x', 'a part of its path is not a directory'],
  ['a', 'it is a directory'],
  ['.', 'it is a directory'],
  ['pipe', 'it is not a regular file'],
  ['large', 'it is larger than 1 MiB'],
  ['../secret', 'it is outside the workspace'],
  ['a/../../secret', 'it is outside the workspace'],
  ['../work-two/x', 'it is outside the workspace'],
  ['..', 'it is outside the workspace'],
  ['/etc/passwd', 'it is outside the workspace'],
  [join(base, 'secret'), 'it is outside the workspace'],
  ['out', 'a symbolic link leads out of the workspace'],
  ['up/secret', 'a symbolic link leads out of the workspace'],
  ['up/work-two/x', 'a symbolic link leads out of the workspace'],
  ['circle', 'its symbolic links form a loop'],
  ['x.'.repeat(3000), 'the path is too long'],
  ['', 'it is not a path'],
])('%s cannot be read: %s', async (path, why) => {
  // Nothing else: what was given as a path may be a key.
  expect(await refusal(path)).toBe(why)
})

test.skipIf(process.platform !== 'linux')('reads no more than 1 MiB of a file whose size is not known', async () => {
  // The system states a size of zero for such files.
  expect(await workspaceFiles('/proc')('self/status').catch(({ message }: Error) => message)).not.toContain('larger')
  expect(await workspaceFiles('/proc')('kallsyms').catch(({ message }: Error) => message)).toBe(
    'it is larger than 1 MiB',
  )
})

test('refuses a path with a NUL', async () => {
  expect(await refusal('a\0b')).toContain('it is not a path')
})

test('reads nothing without a workspace', async () => {
  const none: unknown = await workspaceFiles(undefined)('a').catch((thrown: unknown) => thrown)
  expect(none).toMatchObject({ code: 'Certificate.File', message: expect.stringContaining('GITHUB_WORKSPACE') })
  expect(await refusal('a', '')).toContain('GITHUB_WORKSPACE')
  expect(await refusal('a', join(base, 'none'))).toContain('it does not exist')
})
