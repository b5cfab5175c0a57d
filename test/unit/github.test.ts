import { describe, expect, test } from 'vitest'
import { commentChange, type Issue, issueChange, marked, type Post, pullRequestOf } from '../../src/model/github.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { faultOf } from '../../src/runner/github-faults.ts'
import { inBoth } from '../../src/util/language.ts'

const marker = '<!-- marker -->'
const post = (body: string, id = 1): Post => ({ id, url: `u${id}`, body, author: 5 })
const issue = (state: 'open' | 'closed', changes: Partial<Issue> = {}): Issue => ({
  ...post(`${marker}\n\nfound`),
  ...{ title: 'A title', state, ...changes },
})

describe('a post has the marker', () => {
  test.each([`${marker}\n\nx`, `${marker}\r\n\r\nx`, marker, `${marker}\n`])('%j', (body) =>
    expect(marked([post(body)], marker)).toHaveLength(1),
  )
})
describe('a post does not have the marker', () => {
  test.each(['', ` ${marker}\nx`, `x\n${marker}\nx`, `${marker} x`, `> ${marker}`, '<!-- marker', `x${marker}`])(
    '%j',
    (body) => expect(marked([post(body)], marker)).toEqual([]),
  )
})

test('the first comment is edited, unless it says the same, whatever its line breaks are', () => {
  const wanted = { marker, body: `${marker}\n\nnew\n` }
  expect(commentChange([], wanted)).toEqual({ kind: 'create' })
  const [first, second] = [post(`${marker}\n\nold`, 1), post(`${marker}\n\nnew`, 2)]
  expect(commentChange([first, second], wanted)).toEqual({ kind: 'update', post: first })
  expect(commentChange([second, first], wanted)).toEqual({ kind: 'none', post: second })
  const web = post(`${marker}\r\n\r\nnew`)
  expect(commentChange([web], wanted)).toEqual({ kind: 'none', post: web })
})

describe('what to do about the issue', () => {
  const open = { marker, label: 'l', state: 'open', title: 'A title', body: `${marker}\n\nfound` } as const
  const closed = { marker, label: 'l', state: 'closed', body: `${marker}\n\nnothing` } as const
  const [is, was] = [issue('open', { id: 9 }), issue('closed', { id: 8 })]
  const older = issue('closed', { id: 3 })
  test.each([
    ['findings, and no issue', [], open, { kind: 'create', title: 'A title' }],
    ['the same findings', [is], open, { kind: 'none', post: is }],
    ['other findings', [is], { ...open, body: `${marker}\n\nmore` }, { kind: 'update', title: 'A title', post: is }],
    ['another title', [is], { ...open, title: 'B' }, { kind: 'update', title: 'B', post: is }],
    ['findings, and a closed issue', [was], open, { kind: 'reopen', title: 'A title', post: was }],
    ['findings, and two closed issues', [older, was], open, { kind: 'reopen', title: 'A title', post: was }],
    ['findings, and an open issue beside a closed one', [was, is], open, { kind: 'none', post: is }],
    ['no findings, and no issue', [], closed, { kind: 'absent' }],
    ['no findings, and a closed issue', [was], closed, { kind: 'absent' }],
    ['no findings, and an open issue', [was, is], closed, { kind: 'close', post: is }],
  ] as const)('%s', (_, ours, wanted, change) => expect(issueChange(ours, wanted)).toEqual(change))
})

describe('the pull request of an event', () => {
  const group = (head_ref: unknown) => ({ merge_group: { head_ref } })
  const sha = '0123456789'.repeat(4)
  test.each([
    ['pull_request', { pull_request: { number: 7 } }, 7],
    ['pull_request_target', { pull_request: { number: 7 } }, 7],
    ['issue_comment', { issue: { number: 7, pull_request: {} } }, 7],
    ['merge_group', group(`refs/heads/gh-readonly-queue/main/pr-7-${sha}`), 7],
    ['merge_group', group(`refs/heads/gh-readonly-queue/release/1.x/pr-70-${sha}`), 70],
  ])('%s %j is %i', (event, payload, number) => expect(pullRequestOf(event, payload)).toBe(number))
  test.each([
    ['push', { pull_request: { number: 7 } }],
    ['pull_request_review', { pull_request: { number: 7 } }],
    ['pull_request', {}],
    ['pull_request', null],
    ['pull_request', { pull_request: { number: '7' } }],
    ['issue_comment', { issue: { number: 7 } }],
    ['issue_comment', { issue: { number: 7, pull_request: null } }],
    ['merge_group', group(`refs/heads/gh-readonly-queue/main/pr-7`)],
    ['merge_group', group(`refs/heads/other/pr-7-${sha}`)],
    ['merge_group', group(7)],
    ['workflow_dispatch', { number: 7 }],
  ])('%s %j is none', (event, payload) => expect(pullRequestOf(event, payload)).toBeUndefined())
})

/** What Octokit throws for an answer. */
const answered = (status: number, message: string, headers: Readonly<Record<string, string>> = {}) => ({
  ...{ name: 'HttpError', status, message: 'x' },
  response: { status, headers, data: { message } },
})
/** What Octokit throws when no answer came. */
const unanswered = (cause: unknown) => Object.assign(new Error('x', { cause }), { status: 500 })

describe('a failed call of GitHub', () => {
  const now = Date.parse('2026-11-28T00:00:00Z')
  const limits = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 30) }
  const graphql = (type: string) => ({ name: 'GraphqlResponseError', errors: [{ type, message: 'm' }] })
  const own = (code: Parameters<typeof ownProblem>[0]) => unanswered(ownProblem(code, { message: inBoth('m') }))
  test.each([
    ['HTTP 401', answered(401, 'Bad credentials'), 'refused', 'HTTP 401: Bad credentials', undefined],
    ['HTTP 403', answered(403, 'Resource not acc'), 'refused', 'HTTP 403: Resource not acc', undefined],
    [
      'HTTP 403 with calls left',
      answered(403, 'No', { ...limits, 'x-ratelimit-remaining': '9' }),
      'refused',
      'HTTP 403: No',
      undefined,
    ],
    ['HTTP 404', answered(404, 'Not Found'), 'refused', 'HTTP 404: Not Found', undefined],
    ['HTTP 422', answered(422, ''), 'fault', 'HTTP 422', undefined],
    ['a locked pull request', answered(403, 'issue is locked.'), 'fault', 'HTTP 403: issue is locked.', undefined],
    ['HTTP 500', answered(500, 'Oops'), 'fault', 'HTTP 500', 1500],
    ['HTTP 503', answered(503, ''), 'fault', 'HTTP 503', 1500],
    [
      'retry-after',
      answered(403, 'Slow', { 'retry-after': '7' }),
      'rate limit',
      'HTTP 403: Slow; until 00:00:07 UTC',
      7000,
    ],
    [
      'retry-after of less than the back-off',
      answered(429, 'S', { 'retry-after': '0' }),
      'rate limit',
      'HTTP 429: S; until 00:00:01 UTC',
      1500,
    ],
    ['the primary rate limit', answered(403, 'L', limits), 'rate limit', 'HTTP 403: L; until 00:00:30 UTC', 30_000],
    ['HTTP 429 alone', answered(429, ''), 'rate limit', 'HTTP 429; until 00:01:00 UTC', 60_000],
    [
      'the secondary rate limit in words',
      answered(403, 'a secondary rate limit.'),
      'rate limit',
      'HTTP 403: a secondary rate limit.; until 00:01:00 UTC',
      60_000,
    ],
    ['the rate limit of GraphQL', graphql('RATE_LIMITED'), 'rate limit', 'm', 60_000],
    ['an error of GraphQL', graphql('FORBIDDEN'), 'refused', 'm', undefined],
    ['no connection', own('Network.Connect'), 'fault', 'm', 1500],
    ['an answer that was lost', own('Network.Reset'), 'fault', 'm', 1500],
    ['a proxy that refuses', own('Network.Proxy'), 'fault', 'm', undefined],
    ['the deadline', own('Network.Deadline'), 'deadline', 'm', undefined],
    ['a cancellation', own('Run.Cancelled'), 'cancelled', 'm', undefined],
    ['a defect', new TypeError('x'), 'fault', 'TypeError: x', undefined],
  ] as const)('%s', (_, thrown, why, detail, pauseMs) => {
    expect(faultOf(thrown, now, 1500)).toEqual({ why, detail, ...(pauseMs === undefined ? {} : { pauseMs }) })
  })
})
