import { readFileSync } from 'node:fs'
import { getOctokit } from '@actions/github'
import { fetch, ProxyAgent } from 'undici'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { apiHost, enterpriseHost } from './github.ts'
import { gitHubTokens } from './github-state.ts'
import { startWorld, type World } from './world.ts'

// Octokit, unmodified, against the test world's GitHub, over TLS through the proxy: the world must answer as GitHub does.
let world: World
let agent: ProxyAgent
beforeEach(async () => {
  world = await startWorld()
  agent = new ProxyAgent({ uri: world.proxy, requestTls: { ca: readFileSync(world.rootFile, 'utf8') } })
})
afterEach(async () => {
  await agent.close()
  await world[Symbol.asyncDispose]()
})

const octokit = (token: string = gitHubTokens.job, baseUrl = `https://${apiHost}`) => {
  const through = (url: string, options: object) => fetch(url, { ...options, dispatcher: agent })
  return getOctokit(token, { baseUrl, request: { fetch: through } })
}
const at = { owner: 'octo', repo: 'site' }
const pull = { ...at, issue_number: 7 }

test('Octokit writes, reads, edits and deletes a comment', async () => {
  const { issues } = octokit().rest
  const { status, data } = await issues.createComment({ ...pull, body: 'Hello' })
  expect(status).toBe(201)
  expect(data).toMatchObject({ body: 'Hello', user: { login: 'github-actions[bot]', id: 41898282, type: 'Bot' } })
  expect(data.html_url).toBe(`https://github.com/octo/site/pull/7#issuecomment-${data.id}`)
  await issues.updateComment({ ...at, comment_id: data.id, body: 'Hello again' })
  expect((await issues.getComment({ ...at, comment_id: data.id })).data.body).toBe('Hello again')
  expect((await issues.deleteComment({ ...at, comment_id: data.id })).status).toBe(204)
  await expect(issues.updateComment({ ...at, comment_id: data.id, body: 'x' })).rejects.toMatchObject({ status: 404 })
})

test('Octokit pages through the comments of a pull request', async () => {
  const { rest, paginate } = octokit()
  for (let n = 1; n <= 7; n += 1) await rest.issues.createComment({ ...pull, body: `Comment ${n}` })
  const all = await paginate(rest.issues.listComments, { ...pull, per_page: 3 })
  expect(all.map(({ body }) => body)).toEqual(Array.from({ length: 7 }, (_, n) => `Comment ${n + 1}`))
  const { headers } = await rest.issues.listComments({ ...pull, per_page: 3, page: 2 })
  expect(headers.link?.match(/rel="\w+"/g)).toEqual(['rel="prev"', 'rel="first"', 'rel="next"', 'rel="last"'])
  expect(world.state.github.calls.filter((call) => call.startsWith('GET'))).toHaveLength(4)
})

test('Octokit opens, finds, edits, closes and reopens an issue, and its label is made', async () => {
  const { issues } = octokit().rest
  const { data } = await issues.create({ ...at, title: 'A title', body: 'A body', labels: ['certificate'] })
  expect(data).toMatchObject({ state: 'open', labels: [{ name: 'certificate' }], title: 'A title' })
  const named = async (state: 'open' | 'all') =>
    (await issues.listForRepo({ ...at, labels: 'certificate', state })).data.map(({ number }) => number)
  expect(await named('open')).toEqual([data.number])
  const one = { ...at, issue_number: data.number }
  const closed = await issues.update({ ...one, state: 'closed', state_reason: 'completed' })
  expect(closed.data).toMatchObject({ state: 'closed', state_reason: 'completed' })
  expect([await named('open'), await named('all')]).toEqual([[], [data.number]])
  const open = await issues.update({ ...one, state: 'open', state_reason: 'reopened', title: 'Another' })
  expect(open.data).toMatchObject({ state: 'open', title: 'Another' })
  await expect(issues.createLabel({ ...at, name: 'certificate' })).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('Validation Failed: {"resource":"Label","code":"already_exists","field":"name"}'),
  })
})

test('pull requests are among the issues, and are marked', async () => {
  const { data } = await octokit().rest.issues.listForRepo(at)
  expect(data.map(({ number, pull_request: pr }) => [number, pr !== undefined])).toEqual([
    [7, true],
    [1, false],
  ])
})

test('the token of a job knows by GraphQL whose it is, and not by REST', async () => {
  const query = 'query { viewer { login databaseId } }'
  expect(await octokit().graphql(query)).toEqual({ viewer: { login: 'github-actions[bot]', databaseId: 41898282 } })
  await expect(octokit().rest.users.getAuthenticated()).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('Resource not accessible by integration'),
  })
  const person = octokit(gitHubTokens.person)
  expect((await person.rest.users.getAuthenticated()).data).toMatchObject({ login: 'octocat', id: 583231 })
  expect(await person.graphql(query)).toEqual({ viewer: { login: 'octocat', databaseId: 583231 } })
  await expect(person.graphql('query { planet }')).rejects.toMatchObject({ name: 'GraphqlResponseError' })
})

test('the token of a fork’s job reads, and does not write', async () => {
  const { issues } = octokit(gitHubTokens.fork).rest
  expect((await issues.listComments(pull)).data).toEqual([])
  const refused = { status: 403, message: expect.stringContaining('Resource not accessible by integration') }
  await expect(issues.createComment({ ...pull, body: 'x' })).rejects.toMatchObject(refused)
  await expect(issues.create({ ...at, title: 'x' })).rejects.toMatchObject(refused)
})

test('a wrong token, an unknown number, and a body that is too long are errors with the status that GitHub gives', async () => {
  await expect(octokit('ghs_other').rest.issues.listComments(pull)).rejects.toMatchObject({ status: 401 })
  const { issues } = octokit().rest
  await expect(issues.listComments({ ...at, issue_number: 8 })).rejects.toMatchObject({ status: 404 })
  const long = issues.createComment({ ...pull, body: 'x'.repeat(65_537) })
  await expect(long).rejects.toMatchObject({ status: 422, message: expect.stringMatching(/maximum is 65536 char/) })
  expect((await issues.createComment({ ...pull, body: 'x'.repeat(65_536) })).status).toBe(201)
})

test('a fault is told once, with its headers, and the next call is answered', async () => {
  const headers = { 'retry-after': '3' }
  const { issues } = octokit().rest
  world.state.github.faults.push({ kind: 'status', status: 403, headers, body: '{"message":"slow down"}' })
  await expect(issues.listComments(pull)).rejects.toMatchObject({ status: 403, response: { headers } })
  world.state.github.faults.push({ on: 'POST', kind: 'reset after' })
  await expect(issues.createComment({ ...pull, body: 'x' })).rejects.toMatchObject({ status: 500 })
  expect((await issues.listComments(pull)).data).toHaveLength(1)
})

test('an Enterprise Server has its API under /api/v3', async () => {
  const own = octokit(gitHubTokens.job, `https://${enterpriseHost}/api/v3`)
  const { data } = await own.rest.issues.createComment({ ...pull, body: 'x' })
  expect(data.html_url).toMatch(`https://${enterpriseHost}/octo/site/pull/7#`)
  expect(await own.graphql('query { viewer { databaseId } }')).toEqual({ viewer: { databaseId: 41898282 } })
  await expect(
    octokit(gitHubTokens.job, `https://${enterpriseHost}`).rest.issues.listComments(pull),
  ).rejects.toMatchObject({ status: 404 })
})
