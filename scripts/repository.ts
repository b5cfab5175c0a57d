import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { generated, read } from './generated.ts'

const root = join(import.meta.dirname, '..')

// package.json#repository is the only place that says where this repository is. Every document, example and `uses:` line follows.
//   --check    changes nothing, and fails when a file does not follow
//   --release  fails while the owner is a placeholder, or when the repository of the workflow run is another one

/** The owner in package.json as long as nobody has published the action. */
const placeholder = 'OWNER'

const slugPattern = /^github:([A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+)$/

/** `owner/name` in the `repository` of a package.json. */
export const slugOf = (packageJson: string): string => {
  const { repository } = JSON.parse(packageJson) as { readonly repository?: unknown }
  const slug = slugPattern.exec(String(repository))?.[1]
  if (slug === undefined) throw new Error('package.json: `repository` must be "github:<owner>/<name>"')
  return slug
}

/** This repository, as `owner/name`. */
export const slug: string = slugOf(read('package.json'))

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Other actions are pinned to commits, so that an action at a major version is this one. */
const uses = /\buses:\s*([A-Za-z0-9][\w-]*\/[\w.-]+?)(?:\/audit)?@v\d/g

/** What the files call this repository, apart from its name of today. */
export const formerSlugs = (texts: readonly string[], current: string): string[] => {
  const found = texts.flatMap((text) => [...text.matchAll(uses)].map(([, former = '']) => former))
  return [...new Set([`${placeholder}/edgeone-certificate`, ...found])].filter((former) => former !== current)
}

/** A text in which every former name is the name of today. A longer name that ends or begins like one is another repository. */
export const following = (text: string, former: readonly string[], current: string): string =>
  former
    .reduce(
      (changed, one) => changed.replace(new RegExp(`(?<![\\w-])${escaped(one)}(?![\\w-]|\\.\\w)`, 'g'), () => current),
      text,
    )
    // The owner alone, in CODEOWNERS; later a team may stand there.
    .replace(/@OWNER\b/g, () => `@${current.split('/')[0]}`)

/** Why a release cannot be made from this package.json in the repository where the workflow runs. */
export const releaseProblem = (current: string, running: string): string | undefined => {
  const [owner] = current.split('/')
  if (owner === placeholder)
    return `package.json#repository still has the placeholder ${placeholder}: enter the owner, and run \`npm run docs\`.`
  if (current !== running) return `package.json#repository is ${current}, but this workflow runs in ${running}.`
  return undefined
}

/** Documents, examples and scripts; not what is built, recorded or tested. */
const isFollowing = (path: string): boolean =>
  /\.(md|ya?ml|json|ts)$|\/CODEOWNERS$/.test(path) &&
  !/^(dist|test|node_modules)\/|^package(-lock)?\.json$|^scripts\/repository\.ts$/.test(path) &&
  existsSync(join(root, path))

if (import.meta.main) {
  if (process.argv.includes('--release')) {
    const problem = releaseProblem(slug, process.env['GITHUB_REPOSITORY'] ?? '')
    if (problem !== undefined) {
      console.error(`::error::${problem}`)
      process.exitCode = 1
    }
  } else {
    const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    })
    const files = [...new Set(tracked.split('\0'))].filter(isFollowing)
    const former = formerSlugs(files.map(read), slug)
    for (const file of files) generated(file, following(read(file), former, slug), 'npm run docs')
  }
}
