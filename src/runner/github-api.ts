import { Buffer } from 'node:buffer'
import { getOctokit } from '@actions/github'
import type { Issue, Post } from '../model/github.ts'
import type { Environment, Log } from '../model/ports.ts'
import { ownProblem } from '../model/problem.ts'
import { type Fields, fieldsOf, isFields, listOf, numberOf, textOf } from '../util/json.ts'
import { inBoth } from '../util/language.ts'
import { version } from '../util/version.ts'
import type { Network } from './http.ts'

export interface ApiOptions {
  readonly env: Environment
  readonly send: Network['send']
  readonly log: Log
  readonly token: string
}

/** Comments or issues in one answer; GitHub's maximum. */
const perPage = 100

/** The calls of GitHub's API that this action makes, by Octokit. They throw what Octokit throws, and a Problem for an answer of another form. */
export const gitHubApi = ({ env, send, log, token }: ApiOptions, signal: AbortSignal) => {
  const baseUrl = (env['GITHUB_API_URL'] || 'https://api.github.com').replace(/\/+$/, '')
  const { debug } = log
  // Octokit's own log goes to the console, past the log of the run.
  const quiet = { debug: () => {}, info: () => {}, warn: debug, error: debug }
  const userAgent = `edgeone-certificate/${version}`
  const octokit = getOctokit(token, { baseUrl, userAgent, log: quiet, request: { fetch: fetchBy(send, signal) } })
  const { issues } = octokit.rest
  const [owner = '', repo = ''] = (env['GITHUB_REPOSITORY'] ?? '').split('/')
  const at = { owner, repo }
  return {
    comments: async (number: number): Promise<readonly Post[]> => {
      const all = await paged(
        async (page) => (await issues.listComments({ ...at, issue_number: number, per_page: perPage, page })).data,
      )
      return all.map(postOf)
    },
    createComment: async (number: number, body: string) =>
      postOf((await issues.createComment({ ...at, issue_number: number, body })).data),
    updateComment: async (id: number, body: string) =>
      postOf((await issues.updateComment({ ...at, comment_id: id, body })).data),
    /** Pull requests are issues as well. */
    issues: async (labels: string): Promise<readonly Issue[]> => {
      const all = await paged(
        async (page) => (await issues.listForRepo({ ...at, labels, state: 'all', per_page: perPage, page })).data,
      )
      return all.filter(({ pull_request: request }) => !isFields(request)).map(issueOf)
    },
    createIssue: async (title: string, body: string, label: string) =>
      issueOf((await issues.create({ ...at, title, body, labels: [label] })).data),
    updateIssue: async (number: number, changes: IssueChanges) =>
      issueOf((await issues.update({ ...at, issue_number: number, ...changes })).data),
    /** The ID of the user or app whose token it is. `GET /user` refuses the token of a job, which belongs to an app. */
    viewer: async (): Promise<number> => {
      const { viewer } = fieldsOf(await octokit.graphql('query { viewer { databaseId } }'))
      return numberOf(fieldsOf(viewer)['databaseId']) ?? unreadable('does not say whose token it is')
    },
  }
}

export type GitHubApi = ReturnType<typeof gitHubApi>

interface IssueChanges {
  readonly title?: string
  readonly body: string
  readonly state?: 'open' | 'closed'
  readonly state_reason?: 'reopened' | 'completed'
}

const unreadable = (what: string): never => {
  throw ownProblem('Network.Response', { message: inBoth(`The answer of GitHub ${what}`) })
}

/** All items of a list. Octokit's own paging would take an answer with status 409 for an empty list. */
const paged = async (read: (page: number) => Promise<unknown>): Promise<readonly Fields[]> => {
  const all: Fields[] = []
  for (let page = 1; ; page += 1) {
    const data = await read(page)
    // An answer that is no list is not an empty one: the comment would be written twice.
    if (!Array.isArray(data)) return unreadable('is not a list')
    all.push(...listOf(data))
    if (data.length < perPage) return all
  }
}

const textIn = (fields: Fields, name: string): string => textOf(fields[name]) ?? ''

/** A comment. Throws a Problem for an answer of another form, such as a redirect. */
const postOf = (data: unknown): Post => {
  const fields = fieldsOf(data)
  const id = numberOf(fields['id']) ?? unreadable('is not a comment')
  const author = numberOf(fieldsOf(fields['user'])['id'])
  return { id, url: textIn(fields, 'html_url'), body: textIn(fields, 'body'), author }
}

const issueOf = (data: unknown): Issue => {
  const fields = fieldsOf(data)
  const id = numberOf(fields['number']) ?? unreadable('is not an issue')
  const state = fields['state'] === 'closed' ? 'closed' : 'open'
  return { ...postOf(data), id, title: textIn(fields, 'title'), state }
}

/** What Octokit asks of `fetch`, by the connections, proxies and time limits of the step. Follows no redirect. */
const fetchBy =
  (send: Network['send'], signal: AbortSignal) =>
  async (address: string, { method, headers, body = '' }: FetchOptions): Promise<Response> => {
    const url = new URL(address)
    const verb = method === 'POST' ? {} : { method }
    const answer = await send({ ...verb, url, headers, body: Buffer.from(body) }, signal)
    const isBodyless = answer.status === 204 || answer.status === 205 || answer.status === 304
    return new Response(isBodyless ? null : answer.body, { status: answer.status, headers: answer.headers })
  }

interface FetchOptions {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}
