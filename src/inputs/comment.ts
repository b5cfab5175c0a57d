import type { Environment } from '../model/ports.ts'
import { inputReader } from './reader.ts'
import { variable } from './table.ts'

/** What the step needs to keep a comment on a pull request. */
export interface CommentInputs {
  /** Empty or wrong: then nothing is written, and the step says so. It never fails because of it. */
  readonly token: string
  /** The share of the manifest that the step works on; empty without one. */
  readonly share: string
}

/** Whether the step keeps a comment, read on its own: a step whose other inputs are wrong says that in its comment. Undefined when it does not. */
export const commentInputs = (env: Environment): CommentInputs | undefined => {
  const { flag, get } = inputReader(env)
  if (!flag('comment-on-pull-request')) return undefined
  return { token: (env[variable('github-token')] ?? '').trim(), share: get('shard') }
}
