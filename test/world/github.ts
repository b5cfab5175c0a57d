import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { createComment, createIssue, createLabel, listIssues, oneComment, oneIssue } from './github-issues.ts'
import {
  commentOf,
  forbidden,
  labelOf,
  notFound,
  page,
  type Reply,
  type Request,
  refusal,
  userOf,
} from './github-replies.ts'
import { type GitHubFault, type GitHubState, identities } from './github-state.ts'

/** A small GitHub with one repository: its comments, issues and labels, by REST; whose token it is, by REST and GraphQL. */

export const apiHost = 'api.github.com'
/** A GitHub Enterprise Server, which has the same repository: its API lies under /api/v3, and GraphQL under /api/graphql. */
export const enterpriseHost = 'github.example.test'

/** Whose token it is, of which only what was asked for is told. */
const graphql = ({ who, body }: Request): Reply => {
  const query = (body.query ?? '').replace(/\s+/g, ' ')
  const [, names] = /^(?:query )?\{ viewer \{ ((?:(?:login|databaseId) )+)\} \}$/.exec(query) ?? []
  if (names !== undefined) {
    const known: Readonly<Record<string, unknown>> = { login: who.login, databaseId: who.id }
    const viewer = Object.fromEntries(
      names
        .trim()
        .split(' ')
        .map((name) => [name, known[name]]),
    )
    return { status: 200, data: { data: { viewer } } }
  }
  const message = `Field of "${query}" doesn't exist on type 'Query'`
  return { status: 200, data: { errors: [{ type: 'undefinedField', message }] } }
}

const answer = (request: Request, method: string, path: string): Reply => {
  const { state, who } = request
  if (method === 'GET' && path === '/user')
    return who.kind === 'installation' ? forbidden : { status: 200, data: userOf(who) }
  if (method === 'POST' && path === '/graphql') return graphql(request)
  const [, rest] = /^\/repos\/octo\/site(\/.*)$/.exec(path) ?? []
  if (rest === undefined) return notFound
  const [, comments] = /^\/issues\/(\d+)\/comments$/.exec(rest) ?? []
  if (comments !== undefined && method === 'GET') {
    if (!state.issues.some(({ number }) => number === Number(comments))) return notFound
    const all = state.comments.filter(({ issue }) => issue === Number(comments))
    return page(
      request,
      all.map((one) => commentOf(request, one)),
    )
  }
  if (comments !== undefined && method === 'POST') return createComment(request, Number(comments))
  const [, comment] = /^\/issues\/comments\/(\d+)$/.exec(rest) ?? []
  if (comment !== undefined && /^(GET|PATCH|DELETE)$/.test(method)) return oneComment(request, Number(comment), method)
  if (rest === '/issues') return method === 'GET' ? listIssues(request) : createIssue(request)
  const [, issue] = /^\/issues\/(\d+)$/.exec(rest) ?? []
  if (issue !== undefined && /^(GET|PATCH)$/.test(method)) return oneIssue(request, Number(issue), method)
  if (rest === '/labels' && method === 'POST') return createLabel(request)
  if (rest === '/labels')
    return page(
      request,
      state.labels.map((name) => labelOf(request, name)),
    )
  return notFound
}

/** `token …` and `Bearer …` are the same. */
const tokenIn = ({ authorization = '' }: IncomingHttpHeaders): string | undefined =>
  /^(?:token|bearer) (\S+)$/i.exec(authorization)?.[1]

const takeFault = ({ faults }: GitHubState, method: string): GitHubFault | undefined => {
  const index = faults.findIndex(({ on = method }) => on === method)
  return index < 0 ? undefined : faults.splice(index, 1)[0]
}

/** The API of GitHub, or of an Enterprise Server, by the host that was asked. */
export const gitHubApi =
  (state: GitHubState): RequestListener =>
  async (request, response) => {
    const { method = '', headers, url = '' } = request
    const sent = await text(request)
    const origin = `https://${headers.host}`
    const base = headers.host === enterpriseHost ? `${origin}/api/v3` : origin
    const { href, searchParams, pathname } = new URL(`${origin}${url}`)
    const path = pathname.replace(/^\/api\/graphql$/, '/graphql')
    const isKnown = base === origin || pathname.startsWith('/api/')
    const call = `${method} ${origin}${url}`
    const fault = takeFault(state, method)
    const who = identities[tokenIn(headers) ?? '']
    const decide = (): Reply => {
      // GitHub refuses requests without one.
      if ((headers['user-agent'] ?? '') === '') return refusal(403, 'Request forbidden by administrative rules')
      if (who === undefined) return refusal(401, 'Bad credentials')
      if (!isKnown) return notFound
      const body = sent === '' ? {} : JSON.parse(sent)
      return answer({ state, who, base, query: searchParams, body, url: href }, method, path.replace(/^\/api\/v3/, ''))
    }
    state.onCall(call)
    const reset = fault?.kind === 'reset before' || fault?.kind === 'reset after'
    const { status, data, headers: more } = faulty(fault) ?? decide()
    state.calls.push(`${call} -> ${reset || fault?.kind === 'hang' ? fault?.kind : status}`)
    if (fault?.kind === 'hang') return
    if (reset) return void request.socket.destroy()
    const usual = {
      'content-type': 'application/json; charset=utf-8',
      'x-github-request-id': 'C0DE:0001',
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '999',
    }
    response.writeHead(status, { ...usual, ...more }).end(typeof data === 'string' ? data : JSON.stringify(data))
  }

/** What a fault answers. `reset after` does as asked. */
const faulty = (fault: GitHubFault | undefined): Reply | undefined => {
  if (fault === undefined || fault.kind === 'reset after') return undefined
  const { status = 200, headers = {}, body = '' } = fault
  return { status, data: body, headers }
}
