import { relative, resolve } from 'node:path'
import type { Environment, World } from '../model/ports.ts'
import { toProblem } from '../model/problem.ts'
import type { Task } from '../model/task.ts'
import { brief } from '../util/text.ts'
import { parseInputs, problemWith } from './inputs.ts'
import type { PemReader } from './pem.ts'
import { inputReader } from './reader.ts'
import { secretsIn } from './secrets.ts'
import { variable } from './table.ts'

/** Maximum size of a manifest, MiB: 5,000 sites have about one. */
const maxMiB = 5

/**
 * What the step is asked to do, from the inputs or from a manifest. Every secret is masked first, before anything is printed. Throws one
 * Problem, `Input.Invalid` or `Input.Manifest`, with a finding for everything that is wrong.
 */
export const readTask = async (world: World, pem: PemReader): Promise<Task> => {
  const { env, log } = world
  for (const secret of secretsIn(env)) log.mask(secret)
  await pem.open({ certificate: env[variable('certificate')] ?? '', privateKey: env[variable('private-key')] ?? '' })
  const file = await manifestOf(world)
  if (file === undefined) return parseInputs(env)
  const { parseManifest } = await manifestReader()
  const task = parseManifest(env, file, log.mask)
  for (const { entries } of task.accounts) {
    for (const { source } of entries) if (source.kind === 'pem-text') await pem.open(source)
  }
  return task
}

/** What reads manifests: in a chunk of its own, because most runs have none. */
export const manifestReader = () => import('./manifest.ts')

/** The manifest that the inputs name, and its path as annotations take it; undefined without one. Throws `Input.Manifest` if it cannot be read. */
export const manifestOf = async ({ env, readFile }: Pick<World, 'env' | 'readFile'>) => {
  const path = inputReader(env).get('manifest')
  if (path === '') return undefined
  const text = await readFile(path, maxMiB).catch((thrown: unknown) => {
    const { en, zh } = toProblem(thrown).text
    const name = brief(path, 200)
    const seen = { en: `“${name}” cannot be read: ${en}`, zh: `无法读取“${name}”：${zh}` }
    const expected = {
      en: 'Pass the path of a YAML or JSON file in the workspace.',
      zh: '请填写工作区内 YAML 或 JSON 文件的路径。',
    }
    throw problemWith('Input.Manifest', [{ input: 'manifest', form: 'sentences', seen, expected }])
  })
  return { text, file: inWorkspace(env, path) }
}

/** A path of a file in the workspace as annotations take it: relative to the workspace. */
const inWorkspace = ({ GITHUB_WORKSPACE: workspace = '' }: Environment, path: string): string =>
  relative(workspace, resolve(workspace, path)).replaceAll('\\', '/')
