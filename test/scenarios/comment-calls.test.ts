import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { leakFinder } from '../support/secrets.ts'
import { enterpriseHost } from '../world/github.ts'
import { type GitHubFault, gitHubTokens } from '../world/github-state.ts'
import type { Posting } from '../world/posting.ts'
import { startWorld, type World } from '../world/world.ts'
import { callsOf, job, pullRequest } from './github-job.ts'

// What a step asks of GitHub to keep its comment, and what it makes of the answers. comment.test.ts starts whole steps.

// `@actions/github` reads the event while it is loaded.
const folder = mkdtempSync(join(tmpdir(), 'comment-'))
afterAll(() => rmSync(folder, { recursive: true }))
const event = join(folder, 'event.json')
writeFileSync(event, JSON.stringify(pullRequest))
vi.stubEnv('GITHUB_EVENT_PATH', event)
vi.stubEnv('GITHUB_EVENT_NAME', job.GITHUB_EVENT_NAME)
const { keepPost } = await import('../world/posting.ts')

const marker = /^<!-- edgeone-certificate comment [0-9a-f]{32} -->\n\n## /
const list = 'GET /issues/7/comments?per_page=100&page=1 -> 200'
const create = 'POST /issues/7/comments -> 201'
const bodies = ({ state }: World): string[] => state.github.comments.map(({ body }) => body)

/** Keeps the comment once, as a step of the job does; gives the log. */
type Keep = (asked?: Partial<Posting>, more?: Readonly<Record<string, string>>) => Promise<string>

const inWorld = (name: string, check: (keep: Keep, world: World) => Promise<void>): void =>
  test.concurrent(name, async () => {
    await using world = await startWorld()
    const keep: Keep = async (asked, more) => {
      const printed = await keepPost(world, 'comment', { markdown: '## Done', ...asked }, { ...job, ...more })
      expect(bodies(world).flatMap(leakFinder(Object.values(gitHubTokens)))).toEqual([])
      return printed
    }
    await check(keep, world)
  })
const nextRun = { GITHUB_RUN_ID: '17012345679' }

for (const [what, token] of Object.entries({ 'an empty token': '', 'a token of two lines': 'ghs_a\nghs_b' })) {
  inWorld(`says in a notice that ${what} is none`, async (keep, world) => {
    expect(await keep({ token })).toMatch(
      /^::notice title=Pull request comment::.*the input github-token holds no token/,
    )
    expect(callsOf(world)).toEqual([])
  })
}
inWorld('says in a notice that a token is not valid', async (keep) =>
  expect(await keep({ token: 'ghs_notATokenOfThisWorld' })).toContain('HTTP 401: Bad credentials'),
)
inWorld('comments on a GitHub Enterprise Server, at its addresses', async (keep, world) => {
  const server = `https://${enterpriseHost}`
  const printed = await keep({}, { GITHUB_API_URL: `${server}/api/v3`, GITHUB_SERVER_URL: server })
  expect(world.state.github.calls).toEqual([
    `GET ${server}/api/v3/repos/octo/site/issues/7/comments?per_page=100&page=1 -> 200`,
    `POST ${server}/api/v3/repos/octo/site/issues/7/comments -> 201`,
  ])
  expect(printed).toContain(`Pull request comment created: ${server}/octo/site/pull/7#`)
  expect(bodies(world)[0]).toContain(`(${server}/octo/site/actions/runs/17012345678)`)
})

/** GitHub's faults, what the calls are, and what the notice says, if there is one. */
const faults: Readonly<Record<string, { faults: GitHubFault[]; calls: string[]; says?: string }>> = {
  'a gateway of GitHub failed once': {
    faults: [{ kind: 'status', status: 502, body: '<html>Unicorn!</html>' }],
    calls: ['GET /issues/7/comments?per_page=100&page=1 -> 502', list, create],
  },
  'a gateway of GitHub keeps failing': {
    faults: Array.from({ length: 9 }, () => ({ kind: 'status', status: 502, body: '<html>Unicorn!</html>' })),
    calls: Array.from({ length: 3 }, () => 'GET /issues/7/comments?per_page=100&page=1 -> 502'),
    says: 'GitHub could not be reached, or did not do it (HTTP 502).',
  },
  'the secondary rate limit asks for a second': {
    faults: [
      { on: 'POST', kind: 'status', status: 403, headers: { 'retry-after': '1' }, body: '{"message":"Slow down"}' },
    ],
    calls: [list, 'POST /issues/7/comments -> 403', list, create],
  },
  'the secondary rate limit asks for an hour': {
    faults: [
      { on: 'POST', kind: 'status', status: 429, headers: { 'retry-after': '3600' }, body: '{"message":"Slow down"}' },
    ],
    calls: [list, 'POST /issues/7/comments -> 429'],
    says: 'GitHub’s rate limit is used up (HTTP 429: Slow down; until ',
  },
  'the primary rate limit is used up': {
    faults: [
      {
        ...{ kind: 'status', status: 403, body: '{"message":"API rate limit exceeded for installation."}' },
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3000) },
      },
    ],
    calls: ['GET /issues/7/comments?per_page=100&page=1 -> 403'],
    says: 'GitHub’s rate limit is used up (HTTP 403: API rate limit exceeded for installation.; until ',
  },
  'the answer to a new comment is lost: it is found, and not written twice': {
    faults: [{ on: 'POST', kind: 'reset after' }],
    calls: [list, 'POST /issues/7/comments -> reset after', list, 'POST /graphql -> 200'],
  },
  'GitHub closes the connection': {
    faults: [{ kind: 'reset before' }],
    calls: ['GET /issues/7/comments?per_page=100&page=1 -> reset before', list, create],
  },
}
for (const [name, { faults: all, calls, says }] of Object.entries(faults)) {
  inWorld(`${says === undefined ? 'comments' : 'says in a notice'} when ${name}`, async (keep, world) => {
    world.state.github.faults.push(...all)
    const printed = await keep()
    expect(callsOf(world)).toEqual(calls)
    expect(bodies(world)).toHaveLength(says === undefined ? 1 : 0)
    if (says === undefined) expect(printed).not.toContain('::notice')
    else expect(printed).toContain(says)
  })
}
inWorld('tries nothing again after the deadline', async (keep, world) => {
  world.state.github.faults.push({ kind: 'status', status: 503 })
  expect(await keep({ leftMs: -1 })).toContain('did not do it (HTTP 503)')
  expect(callsOf(world)).toEqual(['GET /issues/7/comments?per_page=100&page=1 -> 503'])
})

inWorld('edits its comment in place on the next run', async (keep, world) => {
  await keep()
  const [{ id } = { id: 0 }] = world.state.github.comments
  world.state.github.calls.length = 0
  expect(await keep({}, nextRun)).toContain('Pull request comment updated: ')
  expect(callsOf(world)).toEqual([list, 'POST /graphql -> 200', `PATCH /issues/comments/${id} -> 200`])
  expect(bodies(world)).toEqual([expect.stringContaining('/actions/runs/17012345679)')])
})

inWorld('has a comment for each step, job, workflow and share', async (keep, world) => {
  await keep()
  await keep({}, { GITHUB_ACTION: 'edgeone_2' })
  await keep({}, { GITHUB_JOB: 'other' })
  await keep({}, { GITHUB_WORKFLOW_REF: 'octo/site/.github/workflows/other.yml@refs/pull/7/merge' })
  await keep({ share: '2/3' })
  // The same as the first.
  await keep({}, { GITHUB_WORKFLOW_REF: 'octo/site/.github/workflows/certificate.yml@refs/heads/main' })
  const markers = bodies(world).map((body) => body.split('\n')[0])
  expect(markers).toHaveLength(5)
  expect(new Set(markers).size).toBe(5)
})

inWorld('leaves a comment alone that begins with its marker and is not its own', async (keep, world) => {
  await keep()
  const { comments } = world.state.github
  const [own] = comments
  if (own === undefined) throw new Error('no comment')
  const forged = `${own.body.split('\n')[0]}\n\nforged`
  const quoted = `Quoted:\n${own.body}`
  comments.length = 0
  for (const [n, author] of [
    { login: 'mallory', id: 666 },
    // Another app, and somebody who calls himself as the bot does.
    { login: 'other-app[bot]', id: 278716306 },
    { login: 'github-actions[bot]', id: 667 },
  ].entries())
    comments.push({ id: n + 1, issue: 7, author, body: forged })
  // Of the same author, from another action that repeats what somebody wrote.
  comments.push({ id: 9, issue: 7, author: own.author, body: quoted })
  await keep()
  await keep({}, nextRun)
  expect(bodies(world)).toEqual([forged, forged, forged, quoted, expect.stringMatching(marker)])
})

inWorld('finds its comment on the second page, and one that was edited on the web', async (keep, world) => {
  await keep()
  const { comments } = world.state.github
  const author = { login: 'octocat', id: 583231 }
  const old = '<!-- edgeone-certificate comment 00000000000000000000000000000000 -->\n\n## Old'
  comments.unshift(...Array.from({ length: 150 }, (_, n) => ({ id: n + 1, issue: 7, author, body: old })))
  const own = comments.at(-1)
  if (own !== undefined) own.body = `${own.body.replaceAll('\n', '\r\n')}\r\nand a word`
  await keep()
  expect(comments).toHaveLength(151)
  expect(comments.at(-1)?.body).toMatch(marker)
})

inWorld('writes the comment again that is deleted before it is edited', async (keep, world) => {
  await keep()
  world.state.github.onCall = (call) => {
    if (call.startsWith('PATCH')) world.state.github.comments.length = 0
  }
  world.state.github.calls.length = 0
  expect(await keep({}, nextRun)).toContain('Pull request comment created: ')
  expect(callsOf(world).slice(2)).toEqual(['PATCH /issues/comments/1001 -> 404', create])
  expect(bodies(world)).toHaveLength(1)
})

inWorld('keeps the comment of a person, by the token of that person', async (keep, world) => {
  const token = gitHubTokens.person
  await keep()
  await keep({ token })
  await keep({ token }, nextRun)
  expect(world.state.github.comments.map(({ author }) => author.login)).toEqual(['github-actions[bot]', 'octocat'])
})
