import { parseManifest } from '../../src/inputs/manifest.ts'
import { findingText, Problem } from '../../src/model/problem.ts'
import type { Entry, Task } from '../../src/model/task.ts'
import { envOf } from './inputs.ts'

/** The credential inputs of a step. */
export const stepKey = { 'secret-id': 'AKIDexample', 'secret-key': 'keyexample' }

interface Given {
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

/** What becomes of a manifest: a task, or a Problem; and what was masked. */
export const readManifest = async (text: string, { inputs = stepKey, env = {} }: Given = {}) => {
  const masked: string[] = []
  const mask = (secret: string) => masked.push(secret)
  try {
    const task: Task = parseManifest({ ...env, ...envOf(inputs) }, { text, file: 'sites.yml' }, mask)
    return { task, masked, problem: undefined }
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    return { task: undefined, masked, problem: thrown }
  }
}

/** The entries of a manifest that must be right. */
export const entriesOf = async (text: string, given?: Given): Promise<readonly Entry[]> => {
  const { task, problem } = await readManifest(text, given)
  if (task === undefined) throw problem
  return task.accounts.flatMap(({ entries }) => entries)
}

/** What is wrong with a manifest, in sentences without the name of the file. */
export const wrongIn = async (text: string, given?: Given): Promise<readonly string[]> => {
  const { problem } = await readManifest(text, given)
  return (problem?.findings ?? []).map((finding) => findingText(finding).en.replace(/^sites\.yml:/, ''))
}

/** A text as a part of a regular expression. */
export const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
