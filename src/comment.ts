import type { CommentInputs } from './inputs/comment.ts'
import type { World } from './model/ports.ts'
import { leftText } from './report/kept.ts'
import { markerOf, postBody } from './report/post.ts'
import { type GitHubOptions, gitHub } from './runner/github.ts'

export interface CommentOptions extends CommentInputs {
  /** Unix milliseconds; undefined when the step ended before it had one. */
  readonly deadline: number | undefined
  /** What the comment says. */
  readonly markdown: string
}

type Outside = Pick<World, 'env' | 'clock' | 'log' | 'cancelled'> & Pick<GitHubOptions, 'send'>

/** How long a step without a deadline may try, milliseconds. */
const usualMs = 60_000

/** Keeps the comment of this step on the pull request up to date. Whatever goes wrong is a notice. */
export const commentOn = async (
  world: Outside,
  { token, share, deadline, markdown }: CommentOptions,
): Promise<void> => {
  const { env, clock, log } = world
  const marker = markerOf('comment', env, share)
  const options = { ...world, token, deadline: deadline ?? clock.now() + usualMs }
  const kept = await gitHub(options).keepComment({ marker, body: postBody(log.scrub(markdown), marker, env) })
  if (kept.done === 'left') {
    const message = leftText(kept, 'pull request comment', 'pull-requests')
    log.annotate({ level: 'notice', title: 'Pull request comment', message })
  } else if (kept.done !== 'absent') log.info(`Pull request comment ${kept.done}: ${kept.url}`)
}
