import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { version } from '../../src/util/version.ts'
import { bash, type ShellRun, withPrograms } from '../support/shell.ts'
import { scriptOf, workflow } from '../support/workflow.ts'

// The shell parts of the release workflows, in a small repository, with a stand-in of gh that records its calls.

const root = join(import.meta.dirname, '../..')
const release = workflow('.github/workflows/release.yml')
const publish = workflow('.github/workflows/publish.yml')

const gh = `#!/usr/bin/env bash
echo "gh $*" >> "$GH_LOG"
case "$1 $2" in
  'release view') [ -n "$IS_DRAFT" ] || { echo 'release not found' >&2; exit 1; }; echo "$IS_DRAFT" ;;
  'api repos/o/r/releases/tags/'*) echo "$IMMUTABLE" ;;
  'api repos/o/r/git/ref/tags/'*) [ -n "$HAS_MAJOR" ] ;;
esac
`

let folder: string
let env: Record<string, string>
const clone = () => join(folder, 'clone')
const calls = async (): Promise<string[]> => (await readFile(join(folder, 'gh.log'), 'utf8')).trim().split('\n')

const git = async (script: string): Promise<void> => {
  const { status, stderr } = await bash(script, folder, env)
  expect(status, stderr).toBe(0)
}
const step = (name: string, more: Record<string, string> = {}, from = release): Promise<ShellRun> =>
  bash(scriptOf(from, name), clone(), { ...env, ...more })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-'))
  env = {
    PATH: await withPrograms(join(folder, 'bin'), { gh }),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
    GH_LOG: join(folder, 'gh.log'),
    GH_REPO: 'o/r',
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_REF_NAME: `v${version}`,
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    RUNNER_TEMP: folder,
    IS_DRAFT: '',
    IMMUTABLE: 'true',
    HAS_MAJOR: '',
  }
  const origin = join(folder, 'origin')
  await mkdir(join(origin, '.github'), { recursive: true })
  for (const path of ['package.json', 'CHANGELOG.md', 'dist', 'scripts', '.github/workflows'])
    await cp(join(root, path), join(origin, path), { recursive: true })
  await git(`git init -qb main origin && cd origin && git add -A && git commit -qm first && git tag v${version}
    git clone -q . ../clone && cd ../clone && git checkout -q v${version}`)
})
beforeEach(() => writeFile(join(folder, 'gh.log'), ''))
afterAll(() => rm(folder, { recursive: true }))

test('a tag is released only if it is on main and equals the version', async () => {
  const name = 'Check that the tag is on main and equals the version'
  expect(await step(name)).toMatchObject({ status: 0 })
  expect(await step(name, { GITHUB_REF_NAME: 'v9.9.9' })).toMatchObject({
    status: 1,
    stdout: expect.stringContaining(`v9.9.9, but package.json has the version ${version}`),
  })
  await git('cd clone && git commit -q --allow-empty -m aside')
  const aside = await step(name)
  await git(`cd clone && git checkout -q v${version}`)
  expect(aside).toMatchObject({ status: 1, stdout: expect.stringContaining('not on main') })
})

test('a version is released only if the changelog has notes for it', async () => {
  const name = 'Check that CHANGELOG.md has notes for the version'
  const found = await step(name)
  expect(found).toMatchObject({ status: 0 })
  expect(found.stdout.trim()).toMatch(/^\w/)
  expect(found.stdout).not.toMatch(/^## /m)
  expect(await step(name, { GITHUB_REF_NAME: 'v9.9.9' })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('no section ## 9.9.9'),
  })
})

test('a tag is released only if its workflows are those of main', async () => {
  const name = 'Check that the workflows are those of main'
  expect(await step(name)).toMatchObject({ status: 0 })
  await git(`cd origin && echo '#' >> .github/workflows/ci.yml && git commit -qam newer && cd ../clone && git fetch -q`)
  const differing = await step(name)
  await git('cd origin && git reset -q --hard HEAD~ && cd ../clone && git fetch -q')
  expect(differing).toMatchObject({ status: 1, stdout: expect.stringContaining('differ from those of main') })
})

test('only the dist/ that was tested is released', async () => {
  const digest = scriptOf(release, 'Compute the digest of the tested dist/')
  await cp(join(clone(), 'dist'), join(folder, 'committed'), { recursive: true })
  const output = join(folder, 'output')
  expect(await bash(digest, clone(), { ...env, GITHUB_OUTPUT: output })).toMatchObject({ status: 0 })
  const tested = (await readFile(output, 'utf8')).trim().replace('digest=', '')
  expect(tested).toMatch(/^[0-9a-f]{64}$/)
  const name = 'Check that dist/ is the one that was tested'
  expect(await step(name, { TESTED: tested })).toMatchObject({ status: 0 })
  await git('echo "// more" >> clone/dist/index.js')
  const changed = await step(name, { TESTED: tested })
  await git('cd clone && git checkout -q dist')
  expect(changed).toMatchObject({ status: 1 })
})

test('a draft gets the notes of its version, the bundle and the list of packages', async () => {
  expect(await step('Draft the release')).toMatchObject({ status: 0 })
  const [, create = ''] = await calls()
  expect(create).toMatch(
    new RegExp(`^gh release create v${version} .*dist/index.js .*sbom.cdx.json --draft --verify-tag`),
  )
  expect(await readFile(join(folder, 'notes.md'), 'utf8')).toContain('The first release')
})

test('a draft of an earlier attempt is replaced, and a published release is not touched', async () => {
  expect(await step('Draft the release', { IS_DRAFT: 'true' })).toMatchObject({ status: 0 })
  expect((await calls()).map((call) => call.split(' ')[2])).toEqual(['view', 'delete', 'create'])
  await writeFile(join(folder, 'gh.log'), '')
  expect(await step('Draft the release', { IS_DRAFT: 'false' })).toMatchObject({ status: 1 })
  expect((await calls()).map((call) => call.split(' ')[2])).toEqual(['view'])
})

test('a release that can still be changed does not move the major version', async () => {
  const name = 'Check that the release is immutable'
  expect(await step(name, {}, publish)).toMatchObject({ status: 0 })
  expect(await step(name, { IMMUTABLE: 'false' }, publish)).toMatchObject({ status: 1 })
})

test('the newest release of a major version moves its tag, an older one does not', async () => {
  const name = 'Move the major version tag'
  const major = `v${version.split('.')[0]}`
  expect(await step(name, {}, publish)).toMatchObject({ status: 0 })
  expect((await calls()).at(-1)).toMatch(
    new RegExp(`--method POST repos/o/r/git/refs -f ref=refs/tags/${major} -f sha=[0-9a-f]{40}`),
  )
  expect(await step(name, { HAS_MAJOR: 'yes' }, publish)).toMatchObject({ status: 0 })
  expect((await calls()).at(-1)).toMatch(
    new RegExp(`--method PATCH repos/o/r/git/refs/tags/${major} -f sha=[0-9a-f]{40} -F force=true`),
  )
  await git(`cd clone && git tag ${major}.99.0`)
  await writeFile(join(folder, 'gh.log'), '')
  const older = await step(name, {}, publish)
  await git(`cd clone && git tag -d ${major}.99.0`)
  expect(older).toMatchObject({ status: 0, stdout: expect.stringContaining('stays where it is') })
  expect(await calls()).toEqual([''])
  expect(await step(name, { GITHUB_REF_NAME: 'nightly' }, publish)).toMatchObject({ status: 1 })
})

test('the canary keeps the result with its date and the commit that made it', async () => {
  const canary = workflow('.github/workflows/canary.yml')
  await writeFile(join(folder, 'result'), '{"sites":[]}')
  expect(await step('Collect the result', { RESULT: join(folder, 'result') }, canary)).toMatchObject({ status: 0 })
  const kept = (name: string) => readFile(join(clone(), 'canary', name), 'utf8')
  expect(await kept('result.json')).toBe('{"sites":[]}')
  expect(await kept('date.txt')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/m)
  expect(await kept('commit.txt')).toMatch(/^[0-9a-f]{40}$/m)
})

test('the canary is off until the variable is set, and may only read', () => {
  const { text, jobs } = workflow('.github/workflows/canary.yml')
  expect(text).toContain("if: vars.CANARY_ZONE_ID != ''")
  expect(jobs['audit']?.permissions).toEqual({ contents: 'read', 'id-token': 'write' })
  expect(text).not.toMatch(/uses: \.\/$/m)
})
