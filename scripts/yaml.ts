import { globSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from '@actions/languageservice'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'
import { read } from './generated.ts'
import { slug } from './repository.ts'

// action.yml, workflows, examples and the workflows in the READMEs and docs, by GitHub's own parser; a step that uses this action
// may have only inputs of action.yml, and a step's output must be one of its outputs.

interface Reference {
  readonly owner: string
  readonly name: string
  readonly path?: string
}

interface Entry {
  readonly description: string
  readonly required?: boolean
  readonly default?: string
}
interface Action {
  readonly name: string
  readonly description: string
  readonly inputs: Record<string, Entry>
  readonly outputs: Record<string, Entry>
}
const action: Action = parse(read('action.yml'))
/** The actions of this repository, by their paths. */
const audit: Action = parse(read('audit/action.yml'))
const ours: Readonly<Record<string, Action | undefined>> = { '': action, audit }

/** Inputs of third-party actions in our workflows, at the pinned commits; the parts of codeql-action share one name here. */
const others: Readonly<Record<string, Action>> = Object.fromEntries(
  Object.entries({
    checkout: ['persist-credentials', 'fetch-depth'],
    'setup-node': ['node-version', 'package-manager-cache'],
    'upload-artifact': ['name', 'path', 'retention-days'],
    attest: ['subject-path', 'sbom-path'],
    'dependency-review-action': ['fail-on-severity', 'fail-on-scopes'],
    'codeql-action': ['languages', 'build-mode', 'queries', 'config', 'category', 'sarif_file'],
    'scorecard-action': ['results_file', 'results_format', 'publish_results'],
  }).map(([name, inputs]) => [
    name,
    { name, description: name, inputs: Object.fromEntries(inputs.map((i) => [i, { description: i }])), outputs: {} },
  ]),
)
const actionsMetadataProvider = {
  fetchActionMetadata: async ({ owner, name, path = '' }: Reference) =>
    `${owner}/${name}` === slug ? ours[path] : others[name],
}

/** The parser knows the inputs of an action only by its full name. */
const byFullName = (text: string): string =>
  text.replace(
    /\buses: \.\/(audit)?$/gm,
    (_, path?: string) => `uses: ${slug}${path === undefined ? '' : `/${path}`}@v1`,
  )

let failures = 0
/** The parser caches by URI, and recognises an action by the end of its URI, so every document needs its own. */
const check = async (name: string, uri: string, text: string): Promise<void> => {
  const found = await validate(TextDocument.create(uri, 'yaml', 1, byFullName(text)), { actionsMetadataProvider })
  for (const { message, range } of found) {
    failures += 1
    console.error(`${name}:${range.start.line + 1}: ${JSON.stringify(message)}`)
  }
  // The parser takes any output of a step. In our examples, the steps that use these actions have these IDs.
  for (const [, step = '', output = ''] of text.matchAll(/\bsteps\.(edgeone|audit)\.outputs\.([\w-]+)/g)) {
    if (Object.hasOwn((step === 'audit' ? audit : action).outputs, output)) continue
    failures += 1
    console.error(`${name}: This action has no output ${output}`)
  }
}

await check('action.yml', 'file:///action.yml', read('action.yml'))
await check('audit/action.yml', 'file:///audit/action.yml', read('audit/action.yml'))
for (const file of globSync('.github/workflows/*.yml', { cwd: join(import.meta.dirname, '..') })) {
  await check(file, `file:///${file}`, read(file))
}

const examples = globSync('examples/*.yml', { cwd: join(import.meta.dirname, '..') })
if (examples.length === 0) throw new Error('there are no examples')
for (const file of examples) {
  await check(file, `file:///.github/workflows/${file.replaceAll(/\W/g, '-')}.yml`, read(file))
}

/** Completes an example according to its indentation: a whole workflow, steps of a job, or the `with:` of our step. */
const around: readonly (readonly [RegExp, string])[] = [
  [/^ {10}/, `      - uses: ${slug}@v1\n        with:\n`],
  [/^ {6}/, ''],
]
const whole = (text: string): string => {
  const [, step] = around.find(([indent]) => indent.test(text)) ?? []
  if (step === undefined) return text
  const id = `      - uses: ${slug}@v1\n        id: edgeone\n`
  return `on: push\njobs:\n  example:\n    runs-on: ubuntu-latest\n    steps:\n${id}${step}${text}`
}

/** Every document with workflows in it; some must have one. */
const documents = globSync(['*.md', 'docs/*.md', 'examples/*.md'], { cwd: join(import.meta.dirname, '..') }).toSorted()
const withExamples: readonly string[] = ['README.md', 'README.zh-CN.md', 'docs/oidc.md', 'docs/many-sites.md']
for (const file of documents) {
  const blocks = [...read(file).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text)
  for (const [i, text] of blocks.entries()) {
    await check(`${file}, block ${i + 1}`, `file:///.github/workflows/${file}-${i}.yml`, whole(text))
  }
  if (blocks.length === 0 && withExamples.includes(file)) throw new Error(`${file} has no example`)
}
process.exitCode = failures === 0 ? 0 : 1
