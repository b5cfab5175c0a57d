import { expect, test } from 'vitest'
import { apiHost, enterpriseHost } from '../world/github.ts'
import { type GitHubIssue, gitHubTokens } from '../world/github-state.ts'
import { keepPost, type Posting } from '../world/posting.ts'
import { startWorld, type World } from '../world/world.ts'

const found = { title: '2 certificates end soon', markdown: '## Findings\n\nOne, and another.' }
const none = { markdown: '## Nothing to do\n\nAll certificates are valid.' }

let runs = 0
const keep = (world: World, asked: Posting, more: Readonly<Record<string, string>> = {}): Promise<string> => {
  runs += 1
  return keepPost(world, 'issue', asked, {
    ...{ GITHUB_API_URL: `https://${apiHost}`, GITHUB_REPOSITORY: 'octo/site', GITHUB_WORKFLOW: 'Audit' },
    ...{ GITHUB_JOB: 'audit', GITHUB_ACTION: 'audit', GITHUB_RUN_ID: String(runs), ...more },
  })
}

/** The issues that a run may have made: those that the world did not have. */
const made = ({ state }: World): GitHubIssue[] => state.github.issues.filter(({ number }) => number > 7)
const only = (world: World): GitHubIssue => {
  const [issue, ...others] = made(world)
  if (issue === undefined || others.length > 0) throw new Error(`${made(world).length} issues`)
  return issue
}
const calls = ({ state }: World): string[] =>
  state.github.calls.splice(0).map((call) => call.replace(/https:\/\/[^/]+(\/repos\/octo\/site)?|\?.*(?= ->)/g, ''))
const marker = /^<!-- edgeone-certificate issue [0-9a-f]{32} -->\n\n/

test.concurrent('opens one issue with the label while there are findings, updates it when they change, and closes it', async () => {
  await using world = await startWorld()
  expect(await keep(world, none)).toBe('')
  expect(calls(world)).toEqual(['GET /issues -> 200'])

  expect(await keep(world, found)).toMatch(/^Issue created: https:\/\/github\.com\/octo\/site\/issues\/1001\n$/)
  expect(calls(world)).toEqual(['GET /issues -> 200', 'POST /issues -> 201'])
  expect(only(world)).toMatchObject({ title: found.title, state: 'open', labels: ['edgeone-certificate'] })
  expect(only(world).body).toMatch(marker)
  expect(only(world).body).toContain('One, and another.')

  expect(await keep(world, found)).toMatch(/^Issue unchanged: /)
  expect(calls(world)).toEqual(['GET /issues -> 200', 'POST /graphql -> 200'])

  expect(await keep(world, { title: '1 certificate ends soon', markdown: 'One.' })).toMatch(/^Issue updated: /)
  expect(only(world)).toMatchObject({ title: '1 certificate ends soon', state: 'open' })
  expect(calls(world)).toEqual(['GET /issues -> 200', 'POST /graphql -> 200', 'PATCH /issues/1001 -> 200'])

  expect(await keep(world, none)).toMatch(/^Issue closed: /)
  expect(only(world)).toMatchObject({ title: '1 certificate ends soon', state: 'closed', reason: 'completed' })
  expect(only(world).body).toContain('All certificates are valid.')

  expect(await keep(world, none)).toBe('')
  expect(await keep(world, found)).toMatch(/^Issue reopened: /)
  expect(only(world)).toMatchObject({ title: found.title, state: 'open', reason: 'reopened' })
})

test.concurrent('leaves alone what it did not write, and pull requests', async () => {
  await using world = await startWorld()
  await keep(world, found)
  const own = only(world)
  const { issues } = world.state.github
  const theirs = [
    { ...own, number: 20, author: { login: 'mallory', id: 666 } },
    // The same author, without the marker in front; and a pull request of a bot that copied it.
    { ...own, number: 21, body: `> ${own.body}` },
    { ...own, number: 22, isPullRequest: true },
  ]
  issues.splice(issues.indexOf(own), 1, ...structuredClone(theirs))
  const before = structuredClone(issues)
  await keep(world, found)
  expect(issues.slice(0, -1)).toEqual(before)
  await keep(world, none)
  expect(issues.slice(0, -1)).toEqual(before)
  expect(issues.at(-1)).toMatchObject({ state: 'closed' })
})

test.concurrent('opens the issue again that is deleted before it is edited', async () => {
  await using world = await startWorld()
  await keep(world, found)
  const { github } = world.state
  github.onCall = (call) => {
    if (call.startsWith('PATCH')) github.issues.splice(github.issues.indexOf(only(world)), 1)
  }
  expect(await keep(world, { title: 'Another', markdown: 'Other' })).toMatch(/^Issue created: /)
  expect(only(world)).toMatchObject({ title: 'Another', state: 'open' })
  expect(await keep(world, none)).toBe('')
  expect(made(world)).toEqual([])
})

test.concurrent('tells in a notice what GitHub refuses, and what it does not do', async () => {
  await using world = await startWorld()
  const refused = await keep(world, { ...found, token: gitHubTokens.fork })
  expect(refused).toContain('::notice title=Issue::Issue not written: GitHub refused it (HTTP 403: Resource not acc')
  expect(refused).toContain('“issues: write”')
  world.state.github.faults.push(...Array.from({ length: 3 }, () => ({ kind: 'status', status: 500 }) as const))
  expect(await keep(world, found)).toContain(
    'Issue not written: GitHub could not be reached, or did not do it (HTTP 500).',
  )
  world.state.github.faults.push({ kind: 'status', status: 200, body: '{}' })
  expect(await keep(world, found)).toContain('GitHub: The answer of GitHub is not a list; trying again in ')
  expect(made(world)).toHaveLength(1)
})

test.concurrent('does not open two when the answer to the first is lost', async () => {
  await using world = await startWorld()
  world.state.github.faults.push({ on: 'POST', kind: 'reset after' })
  expect(await keep(world, found)).toMatch(/^GitHub: .*; trying again in .*\nIssue unchanged: /)
  expect(made(world)).toHaveLength(1)
})

test.concurrent('keeps the issue of a GitHub Enterprise Server', async () => {
  await using world = await startWorld()
  const env = { GITHUB_API_URL: `https://${enterpriseHost}/api/v3/` }
  await keep(world, found, env)
  expect(await keep(world, none, env)).toMatch(`Issue closed: https://${enterpriseHost}/octo/site/issues/1001`)
  expect(world.state.github.calls).toContain(`POST https://${enterpriseHost}/api/graphql -> 200`)
})

test.concurrent('shows no secret', async () => {
  await using world = await startWorld()
  await keep(world, { title: `a ${gitHubTokens.job}`, markdown: `b ${gitHubTokens.job}` })
  expect(only(world).title).toBe('a ***')
  expect(only(world).body).toContain('b ***')
})

test.concurrent('cuts a body and a title that are too long', async () => {
  await using world = await startWorld()
  const markdown = Array.from({ length: 4000 }, (_, n) => `- line ${n} with some words`).join('\n')
  expect(await keep(world, { title: 'certificate '.repeat(99), markdown })).toMatch(/^Issue created: /)
  expect(only(world).title.length).toBeLessThanOrEqual(256)
  expect(only(world).body).toMatch(/\n\nThis is not all: there was no room for the rest/)
})
