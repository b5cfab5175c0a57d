import { type GitHubComment, type GitHubIssue, type GitHubState, type Identity, repository } from './github-state.ts'

/** The answers of GitHub's API. */

export interface Reply {
  readonly status: number
  readonly data: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const docs = 'https://docs.github.com/rest/issues/comments'
export const refusal = (status: number, message: string, more: object = {}): Reply => ({
  status,
  data: { message, ...more, documentation_url: docs, status: String(status) },
})
export const notFound = refusal(404, 'Not Found')
export const forbidden = refusal(403, 'Resource not accessible by integration')
export const invalid = (resource: string, error: object): Reply =>
  refusal(422, 'Validation Failed', { errors: [{ resource, ...error }] })

/** The fields of a request's body; of which type they really are, is looked at where it matters. */
interface Sent {
  readonly title?: string
  readonly body?: string
  readonly state?: string
  readonly state_reason?: string
  readonly labels?: unknown
  readonly name?: string
  readonly query?: string
}

export interface Request {
  readonly state: GitHubState
  readonly who: Identity
  /** `https://api.github.com`, or with the path of an Enterprise Server. */
  readonly base: string
  readonly query: URLSearchParams
  readonly body: Sent
  readonly url: string
}

const date = '2026-11-28T00:00:00Z'
export const userOf = ({ login, id }: Pick<Identity, 'login' | 'id'>) => ({
  ...{ login, id, node_id: `U_${id}`, type: login.endsWith('[bot]') ? 'Bot' : 'User', site_admin: false },
  html_url: `https://github.com/${login}`,
})

const site = (base: string) => `${new URL(base).origin.replace('//api.', '//')}/${repository}`

export const commentOf = ({ base }: Request, { id, issue, author, body }: GitHubComment) => ({
  ...{ id, node_id: `IC_${id}`, url: `${base}/repos/${repository}/issues/comments/${id}` },
  html_url: `${site(base)}/pull/${issue}#issuecomment-${id}`,
  issue_url: `${base}/repos/${repository}/issues/${issue}`,
  ...{ body, user: userOf(author), author_association: 'NONE', created_at: date, updated_at: date },
  performed_via_github_app: null,
})

export const labelOf = ({ base }: Request, name: string) => ({
  ...{ id: name.length, node_id: `LA_${name}`, name, color: 'ededed', default: false, description: null },
  url: `${base}/repos/${repository}/labels/${encodeURIComponent(name)}`,
})

export const issueOf = (request: Request, issue: GitHubIssue) => {
  const { number, isPullRequest, author, title, body, state, reason, labels } = issue
  const url = `${request.base}/repos/${repository}/issues/${number}`
  return {
    ...{ id: 1_000_000 + number, node_id: `I_${number}`, url, number, title, body, state, state_reason: reason },
    html_url: `${site(request.base)}/${isPullRequest ? 'pull' : 'issues'}/${number}`,
    ...{ user: userOf(author), labels: labels.map((name) => labelOf(request, name)), locked: false, assignees: [] },
    ...{ comments: 0, created_at: date, updated_at: date, author_association: 'NONE' },
    ...(isPullRequest ? { pull_request: { url: `${request.base}/repos/${repository}/pulls/${number}` } } : {}),
  }
}

/** A page of a list, with the links to the others. */
export const page = ({ query, url }: Request, all: readonly unknown[]): Reply => {
  const size = Math.min(100, Number(query.get('per_page') ?? 30))
  const at = Number(query.get('page') ?? 1)
  const last = Math.max(1, Math.ceil(all.length / size))
  const link = (rel: string, to: number) => {
    const target = new URL(url)
    target.searchParams.set('page', String(to))
    return `<${target.href}>; rel="${rel}"`
  }
  const links = [
    ...(at > 1 ? [link('prev', at - 1), link('first', 1)] : []),
    ...(at < last ? [link('next', at + 1), link('last', last)] : []),
  ]
  const headers = links.length === 0 ? {} : { link: links.join(', ') }
  return { status: 200, data: all.slice(size * (at - 1), size * at), headers }
}
