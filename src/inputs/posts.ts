import type { Environment } from '../model/ports.ts'
import { inputReader } from './reader.ts'
import { variable } from './table.ts'

/** What the step is to keep at GitHub, and what it needs for that. */
export interface PostInputs {
  /** A comment on the pull request. */
  readonly comment: boolean
  /** An issue, by the audit. */
  readonly issue: boolean
  /** Empty or wrong: then nothing is written, and the step says so. It never fails because of it. */
  readonly token: string
  /** The share of the manifest that the step works on; empty without one. */
  readonly share: string
}

/** Read on their own: a step whose other inputs are wrong says that in its comment. Undefined when there is nothing to keep. */
export const postInputs = (env: Environment): PostInputs | undefined => {
  const { flag, get } = inputReader(env)
  const [comment, issue] = [flag('comment-on-pull-request'), flag('open-issue')]
  if (!comment && !issue) return undefined
  return { comment, issue, token: (env[variable('github-token')] ?? '').trim(), share: get('shard') }
}
