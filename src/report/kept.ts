import type { Kept, Obstacle } from '../model/github.ts'

type Left = Extract<Kept, { readonly why: Obstacle }>

/** Why nothing was written, for a notice. `what`: `Pull request comment` or `Issue`; `permission`: what the token needs. */
export const leftText = ({ why, detail }: Left, what: string, permission: string): string =>
  `${what} not written: ${reasons[why](detail, permission)}`

const reasons: Readonly<Record<Obstacle, (detail: string, permission: string) => string>> = {
  'no token': () =>
    'the input github-token holds no token. It defaults to the token of the job; secrets are empty in a pull request from a fork.',
  'no pull request': (event) => `the event ${event === '' ? 'of this run' : `“${event}”`} belongs to no pull request.`,
  refused: (detail, permission) =>
    `GitHub refused it (${detail}). The job needs the permission “${permission}: write”; in a pull request from a fork, its token may only read.`,
  'rate limit': (detail) => `GitHub’s rate limit is used up (${detail}).`,
  fault: (detail) => `GitHub could not be reached, or did not do it (${detail}).`,
  deadline: (detail) => `${detail}.`,
  cancelled: (detail) => `${detail}.`,
}
