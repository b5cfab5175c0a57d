import type { World } from '../model/ports.ts'
import { ownProblem, toProblem } from '../model/problem.ts'
import type { Task } from '../model/task.ts'
import { brief } from '../util/text.ts'
import { parseInputs } from './inputs.ts'
import { parseManifest } from './manifest.ts'
import type { PemReader } from './pem.ts'
import { inputReader, quote } from './reader.ts'
import { secretsIn } from './secrets.ts'
import { variable } from './table.ts'

/** Maximum size of a manifest, MiB: 5,000 sites have about one. */
const maxMiB = 8

/**
 * What the step is asked to do, from the inputs or from a manifest. Every secret is masked first, before anything is printed. Throws one
 * Problem, `Input.Invalid` or `Input.Manifest`, with a finding for everything that is wrong.
 */
export const readTask = async (world: World, pem: PemReader): Promise<Task> => {
  const { env, log, readFile } = world
  for (const secret of secretsIn(env)) log.mask(secret)
  await pem.open({ certificate: env[variable('certificate')] ?? '', privateKey: env[variable('private-key')] ?? '' })
  const file = inputReader(env).get('manifest')
  if (file === '') return parseInputs(env)
  const text = await readFile(file, maxMiB).catch((thrown: unknown) => {
    const message = `manifest: ${quote(brief(file, 200))} cannot be read: ${toProblem(thrown).message}`
    throw ownProblem('Input.Manifest', { message, cause: thrown })
  })
  const task = await parseManifest(env, { text, file }, log.mask)
  for (const { entries } of task.accounts) {
    for (const { source } of entries) if (source.kind === 'pem-text') await pem.open(source)
  }
  return task
}
