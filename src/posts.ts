import type { PostInputs } from './inputs/posts.ts'
import type { Kept } from './model/github.ts'
import type { Log, World } from './model/ports.ts'
import { leftText, posts } from './report/kept.ts'
import { markerOf, type Post, postBody, postTitle } from './report/post.ts'
import { type GitHubOptions, gitHub } from './runner/github.ts'

interface PostOptions extends Pick<PostInputs, 'token' | 'share'> {
  /** Unix milliseconds; undefined when the step ended before it had one. */
  readonly deadline: number | undefined
  /** What the comment or the issue says. */
  readonly markdown: string
}

export interface IssueOptions extends PostOptions {
  /** Plain text; undefined when there is nothing to find: then the issue is closed, if it is open, with the Markdown as its last word. */
  readonly title: string | undefined
}

type Outside = Pick<World, 'env' | 'language' | 'clock' | 'log' | 'cancelled'> & Pick<GitHubOptions, 'send'>

/** How long a step without a deadline may try, milliseconds. */
const usualMs = 60_000

/** The label of the issues, by which they are listed. GitHub makes it with the first of them. */
const label = 'edgeone-certificate'

/** Keeps the comment of this step on the pull request up to date. Whatever goes wrong at GitHub is a notice. */
export const commentOn = async (world: Outside, options: PostOptions): Promise<void> => {
  const wanted = postOf('comment', world, options)
  tell(world.log, await gitHub(optionsOf(world, options)).keepComment(wanted), 'comment')
}

/** Keeps the issue of this step open and up to date, or closes it. Whatever goes wrong at GitHub is a notice. */
export const keepIssue = async (world: Outside, { title, ...options }: IssueOptions): Promise<void> => {
  const post = { ...postOf('issue', world, options), label }
  const { scrub } = world.log
  const wanted =
    title === undefined
      ? ({ ...post, state: 'closed' } as const)
      : ({ ...post, state: 'open', title: postTitle(scrub(title)) } as const)
  tell(world.log, await gitHub(optionsOf(world, options)).keepIssue(wanted), 'issue')
}

const postOf = (what: Post, { env, language, log }: Outside, { share, markdown }: PostOptions) => {
  const marker = markerOf(what, env, share)
  return { marker, body: postBody(what, log.scrub(markdown), marker, { env, language }) }
}

const optionsOf = (world: Outside, { token, deadline }: PostOptions): GitHubOptions => ({
  ...world,
  token,
  deadline: deadline ?? world.clock.now() + usualMs,
})

const tell = (log: Log, kept: Kept, what: Post): void => {
  const { name } = posts[what]
  if (kept.done === 'left') log.annotate({ level: 'notice', title: name, message: leftText(kept, what) })
  else if (kept.done !== 'absent') log.info(`${name.en} ${kept.done}: ${kept.url}`)
}
