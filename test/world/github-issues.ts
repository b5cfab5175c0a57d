import {
  commentOf,
  forbidden,
  invalid,
  issueOf,
  labelOf,
  notFound,
  page,
  type Reply,
  type Request,
} from './github-replies.ts'
import type { GitHubIssue, GitHubState, Identity } from './github-state.ts'

/** Comments, issues and labels of the repository. */

const maxBody = 65_536
const isTooLong = (body: unknown): boolean => Array.from(String(body)).length > maxBody

/** Comments on a pull request take either permission. */
const mayComment = (who: Identity, issue: GitHubIssue): boolean =>
  who.issues === 'write' || (issue.isPullRequest && who.pullRequests === 'write')

export const createComment = (request: Request, number: number): Reply => {
  const { state, who, body } = request
  const issue = state.issues.find((one) => one.number === number)
  if (issue === undefined) return notFound
  if (!mayComment(who, issue)) return forbidden
  if (typeof body.body !== 'string' || body.body.trim() === '')
    return invalid('IssueComment', { code: 'missing_field', field: 'body' })
  const message = `Body is too long (maximum is ${maxBody} characters)`
  if (isTooLong(body.body)) return invalid('IssueComment', { code: 'unprocessable', field: 'data', message })
  state.next += 1
  const comment = { id: state.next, issue: number, author: who, body: body.body }
  state.comments.push(comment)
  return { status: 201, data: commentOf(request, comment) }
}

export const oneComment = (request: Request, id: number, method: string): Reply => {
  const { state, who, body } = request
  const comment = state.comments.find((one) => one.id === id)
  const issue = state.issues.find(({ number }) => number === comment?.issue)
  if (comment === undefined || issue === undefined) return notFound
  if (method === 'GET') return { status: 200, data: commentOf(request, comment) }
  if (!mayComment(who, issue)) return forbidden
  if (method === 'DELETE') {
    state.comments.splice(state.comments.indexOf(comment), 1)
    return { status: 204, data: undefined }
  }
  if (isTooLong(body.body)) return invalid('IssueComment', { code: 'unprocessable', field: 'data' })
  comment.body = body.body ?? ''
  return { status: 200, data: commentOf(request, comment) }
}

export const listIssues = (request: Request): Reply => {
  const { state, query } = request
  const wanted = query.get('state') ?? 'open'
  const labels = (query.get('labels') ?? '').split(',').filter((name) => name !== '')
  const found = state.issues
    .filter((issue) => wanted === 'all' || issue.state === wanted)
    .filter((issue) => labels.every((name) => issue.labels.includes(name)))
  return page(
    request,
    found.toSorted((a, b) => b.number - a.number).map((issue) => issueOf(request, issue)),
  )
}

/** A label that does not exist is made. */
const applyLabels = (state: GitHubState, issue: GitHubIssue, labels: unknown): void => {
  if (!Array.isArray(labels)) return
  issue.labels = labels.map(String)
  for (const name of issue.labels) if (!state.labels.includes(name)) state.labels.push(name)
}

const invalidIssue = ({ title, body }: Request['body']): Reply | undefined => {
  if (title !== undefined && String(title).length > 256)
    return invalid('Issue', {
      code: 'custom',
      field: 'title',
      message: 'title is too long (maximum is 256 characters)',
    })
  const message = `body is too long (maximum is ${maxBody} characters)`
  return isTooLong(body) ? invalid('Issue', { code: 'custom', field: 'body', message }) : undefined
}

export const createIssue = (request: Request): Reply => {
  const { state, who, body } = request
  if (who.issues !== 'write') return forbidden
  if (typeof body.title !== 'string') return invalid('Issue', { code: 'missing_field', field: 'title' })
  const bad = invalidIssue(body)
  if (bad !== undefined) return bad
  state.next += 1
  const texts = { title: body.title, body: body.body ?? '' }
  const issue: GitHubIssue = {
    ...{ number: state.next, isPullRequest: false, author: who, state: 'open', reason: null, labels: [] },
    ...texts,
  }
  applyLabels(state, issue, body.labels)
  state.issues.push(issue)
  return { status: 201, data: issueOf(request, issue) }
}

export const oneIssue = (request: Request, number: number, method: string): Reply => {
  const { state, who, body } = request
  const issue = state.issues.find((one) => one.number === number)
  if (issue === undefined) return notFound
  if (method === 'GET') return { status: 200, data: issueOf(request, issue) }
  if (who.issues !== 'write') return forbidden
  const bad = invalidIssue(body)
  if (bad !== undefined) return bad
  if (body.title !== undefined) issue.title = body.title
  if (body.body !== undefined) issue.body = body.body ?? ''
  if (body.state === 'open' || body.state === 'closed') issue.state = body.state
  if (body.state_reason !== undefined) issue.reason = body.state_reason
  applyLabels(state, issue, body.labels)
  return { status: 200, data: issueOf(request, issue) }
}

export const createLabel = (request: Request): Reply => {
  const { state, who, body } = request
  const { name = '' } = body
  if (who.issues !== 'write') return forbidden
  if (state.labels.includes(name)) return invalid('Label', { code: 'already_exists', field: 'name' })
  state.labels.push(name)
  return { status: 201, data: labelOf(request, name) }
}
