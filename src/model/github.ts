import { fieldsOf, isFields, numberOf, textOf } from '../util/json.ts'

/** A comment or an issue as GitHub has it. */
export interface Post {
  /** Of a comment its ID, of an issue its number. */
  readonly id: number
  readonly url: string
  readonly body: string
  /** The ID of the user or app that wrote it. */
  readonly author: number | undefined
}

export interface Issue extends Post {
  readonly title: string
  readonly state: 'open' | 'closed'
}

/** The comment that a pull request is to have. */
export interface WantedComment {
  /** The hidden first line, by which the comment is found again. */
  readonly marker: string
  /** Markdown that begins with the marker. */
  readonly body: string
}

/** The issue that a repository is to have: open, with these texts; or none that is open, and a last word in the one that was. */
export type WantedIssue = WantedComment & { readonly label: string } & (
    | { readonly state: 'open'; readonly title: string }
    | { readonly state: 'closed' }
  )

/** What became of it. */
export type Kept =
  | { readonly done: Change; readonly url: string }
  | { readonly done: 'absent' }
  | { readonly done: 'left'; readonly why: Obstacle; readonly detail: string }

type Change = 'created' | 'updated' | 'unchanged' | 'reopened' | 'closed'

/** Why GitHub was left as it is. The detail: the name of the event, what GitHub said, or an error. */
export type Obstacle = 'no token' | 'no pull request' | 'refused' | 'rate limit' | 'fault' | 'deadline' | 'cancelled'

/** Keeps one comment or one issue up to date. Never throws. */
export interface GitHub {
  readonly keepComment: (wanted: WantedComment) => Promise<Kept>
  readonly keepIssue: (wanted: WantedIssue) => Promise<Kept>
}

/** Those that begin with the marker. Anybody can write one, so it does not tell whose they are; and a text may hold one in its midst. */
export const marked = <T extends Post>(posts: readonly T[], marker: string): readonly T[] =>
  posts.filter(({ body }) => linesOf(body)[0] === marker)

/** An edit on the web makes CR LF of the line breaks. */
const linesOf = (text: string): readonly string[] => text.trimEnd().split(/\r?\n/)

const isSame = (a: string, b: string): boolean => linesOf(a).join('\n') === linesOf(b).join('\n')

export type CommentChange = { readonly kind: 'create' } | { readonly kind: 'update' | 'none'; readonly post: Post }

/** What to do about the comment, `ours` being those that the token's owner wrote for this step. */
export const commentChange = (ours: readonly Post[], { body }: WantedComment): CommentChange => {
  const [post] = ours
  if (post === undefined) return { kind: 'create' }
  return { kind: isSame(post.body, body) ? 'none' : 'update', post }
}

export type IssueChange =
  | { readonly kind: 'create'; readonly title: string }
  | { readonly kind: 'update' | 'reopen'; readonly title: string; readonly post: Issue }
  | { readonly kind: 'close' | 'none'; readonly post: Issue }
  | { readonly kind: 'absent' }

/**
 * What to do about the issue. One that was closed is reopened, even if a person closed it: the finding is still there, and the thread, its
 * subscribers and its history stay in one place, where a new issue for each expiry would fill the list.
 */
export const issueChange = (ours: readonly Issue[], wanted: WantedIssue): IssueChange => {
  const open = ours.find(({ state }) => state === 'open')
  if (wanted.state === 'closed') return open === undefined ? { kind: 'absent' } : { kind: 'close', post: open }
  const { title, body } = wanted
  const post = open ?? ours.toSorted((a, b) => b.id - a.id)[0]
  if (post === undefined) return { kind: 'create', title }
  if (post.state === 'closed') return { kind: 'reopen', title, post }
  return post.title === title && isSame(post.body, body) ? { kind: 'none', post } : { kind: 'update', title, post }
}

/** The number of the pull request that an event is about, where one is known. `payload`: what GitHub sent with it. */
export const pullRequestOf = (event: string, payload: unknown): number | undefined => {
  const { pull_request: request, issue, merge_group: group } = fieldsOf(payload)
  switch (event) {
    case 'pull_request':
    case 'pull_request_target':
      return numberOf(fieldsOf(request)['number'])
    case 'issue_comment':
      return isFields(fieldsOf(issue)['pull_request']) ? numberOf(fieldsOf(issue)['number']) : undefined
    case 'merge_group':
      return queued(fieldsOf(group)['head_ref'])
    default:
      return undefined
  }
}

/** GitHub names the branch of a merge queue `gh-readonly-queue/<base>/pr-<number>-<SHA of the base>`. */
const queued = (ref: unknown): number | undefined => {
  const [, number] = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d{1,15})-[\da-f]{40,64}$/.exec(textOf(ref) ?? '') ?? []
  return number === undefined ? undefined : Number(number)
}
