import { describe, expect, test } from 'vitest'
import { leakFinder } from '../support/secrets.ts'
import { apiHost, enterpriseHost } from '../world/github.ts'
import { type GitHubFault, gitHubTokens } from '../world/github-state.ts'
import { entries, runStep, type StepRun } from '../world/runner.ts'
import { startWorld, type World } from '../world/world.ts'
import { callsOf, env, filesOf, pullRequest } from './github-job.ts'
import { good, scenario } from './scenario.ts'

const asked = { 'comment-on-pull-request': 'true', 'github-token': gitHubTokens.job }

const marker = /^<!-- edgeone-certificate comment [0-9a-f]{32} -->\n\n## /
const notice = /^::notice title=Pull request comment::(.*)$/m
const noticeOf = ({ stdout }: StepRun): string => notice.exec(stdout)?.[1] ?? ''
const list = 'GET /issues/7/comments?per_page=100&page=1 -> 200'
const bodies = ({ state }: World): string[] => state.github.comments.map(({ body }) => body)

/** A run that comments on the pull request, once it is told what differs. */
const single = (name: string, { event = pullRequest, ...more }: Single) =>
  scenario(name, {
    unrecorded: more.recorded !== true,
    inputs: { ...asked, ...more.inputs },
    env: env(more.env),
    prepare: (world) => {
      more.prepare?.(world)
      return { files: filesOf(event) }
    },
    check: (run, world) => {
      // Nothing that GitHub does changes how the step ends.
      expect(run.outputs['outcome']).toBe(more.outcome ?? 'changed')
      more.check(run, world)
    },
  })

interface Single {
  readonly event?: object
  readonly recorded?: true
  readonly outcome?: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly prepare?: (world: World) => void
  readonly check: (run: StepRun, world: World) => void
}

single('comments on the pull request with the summary', {
  recorded: true,
  check: (run, world) => {
    expect(callsOf(world)).toEqual([list, 'POST /issues/7/comments -> 201'])
    const [body = ''] = bodies(world)
    expect(body).toMatch(marker)
    // Without RequestIds and calls.
    expect(body).toContain(run.summary.slice(0, run.summary.indexOf('<details>')).trim())
    expect(body).toContain('(https://github.com/octo/site/actions/runs/17012345678)')
    expect(run.stdout).toContain(
      'Pull request comment created: https://github.com/octo/site/pull/7#issuecomment-1001\n',
    )
    expect(run.stdout).not.toMatch(notice)
  },
})
single('comments with the plan of a dry run', {
  inputs: { 'dry-run': 'true' },
  outcome: 'planned',
  check: (_, world) => expect(bodies(world)[0]).toContain('would be'),
})
single('comments on what is wrong with the inputs', {
  inputs: { hosts: '', 'wait-minutes': 'soon' },
  outcome: 'failed',
  check: (_, world) => expect(bodies(world)[0]).toContain('wait-minutes'),
})
single('asks nothing of GitHub unless it is to comment', {
  inputs: { 'comment-on-pull-request': 'false' },
  check: ({ stdout }, world) => {
    expect(callsOf(world)).toEqual([])
    expect(stdout).not.toContain('Pull request')
  },
})
single('fails on a value of comment-on-pull-request that is no truth value, and comments not', {
  inputs: { 'comment-on-pull-request': 'maybe' },
  outcome: 'failed',
  check: ({ outputs }, world) => {
    expect(outputs['error-message']).toContain('comment-on-pull-request: got “maybe”; expected true or false')
    expect(callsOf(world)).toEqual([])
  },
})

const events: Readonly<Record<string, object>> = {
  pull_request_target: pullRequest,
  issue_comment: { action: 'created', issue: { number: 7, pull_request: { url: 'x' } }, comment: { id: 1 } },
  merge_group: {
    action: 'checks_requested',
    merge_group: { head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${'0123456789'.repeat(4)}` },
  },
}
for (const [name, event] of Object.entries(events)) {
  single(`comments on the pull request of the event ${name}`, {
    event,
    env: { GITHUB_EVENT_NAME: name },
    check: (_, world) => expect(callsOf(world)).toEqual([list, 'POST /issues/7/comments -> 201']),
  })
}

const foreign: Readonly<Record<string, object>> = {
  push: { ref: 'refs/heads/main' },
  issue_comment: { issue: { number: 1 }, comment: { id: 1 } },
  merge_group: { merge_group: { head_ref: 'refs/heads/main' } },
  pull_request_review: pullRequest,
}
for (const [name, event] of Object.entries(foreign)) {
  single(`says in a notice that the event ${name} belongs to no pull request`, {
    event,
    env: { GITHUB_EVENT_NAME: name },
    ...(name === 'push' ? { recorded: true } : {}),
    check: (run, world) => {
      expect(noticeOf(run)).toContain(`the event “${name}” belongs to no pull request.`)
      expect(callsOf(world)).toEqual([])
    },
  })
}
for (const [what, event, says] of [
  [
    'is missing',
    undefined,
    /^::notice title=Pull request comment::.* the event “pull_request” belongs to no pull request\.$/m,
  ],
  ['is no JSON', '{', /^::notice title=GitHub::Nothing was written to GitHub: .*JSON/m],
] as const) {
  scenario(`says in a notice that the file of the event ${what}`, {
    unrecorded: true,
    inputs: asked,
    env: env(),
    prepare: () => ({ files: event === undefined ? {} : { 'event.json': event } }),
    check: (run, world) => {
      expect(run.outputs['outcome']).toBe('changed')
      expect(run.stdout).toMatch(says)
      expect(callsOf(world)).toEqual([])
    },
  })
}
scenario('comments over one connection, by the proxy and its password as all other calls', {
  unrecorded: true,
  inputs: asked,
  // A `%` that begins no escape.
  env: (world) => ({ ...env()(world), HTTPS_PROXY: world.proxy.replace('//', '//user:10%@') }),
  prepare: () => ({ files: filesOf(pullRequest) }),
  check: (_, { state }) => {
    expect(state.github.comments).toHaveLength(1)
    expect(state.tunnels.filter((target) => target === `${apiHost}:443`)).toHaveLength(1)
    expect([...state.proxyUsers]).toEqual(['user:10%'])
  },
})

single('says in a notice that the token of a fork may not write', {
  recorded: true,
  inputs: { 'github-token': gitHubTokens.fork },
  check: (run, world) => {
    expect(noticeOf(run)).toContain('HTTP 403: Resource not accessible by integration')
    expect(noticeOf(run)).toContain('in a pull request from a fork, its token may only read')
    expect(callsOf(world)).toEqual([list, 'POST /issues/7/comments -> 403'])
  },
})
for (const [what, token] of Object.entries({ 'an empty token': '', 'a token of two lines': 'ghs_a\nghs_b' })) {
  single(`says in a notice that ${what} is none`, {
    inputs: { 'github-token': token },
    check: (run, world) => {
      expect(noticeOf(run)).toContain('the input github-token holds no token')
      expect(callsOf(world)).toEqual([])
    },
  })
}
single('says in a notice that a token is not valid', {
  inputs: { 'github-token': 'ghs_notATokenOfThisWorld' },
  check: (run) => expect(noticeOf(run)).toContain('HTTP 401: Bad credentials'),
})
single('says in a notice that the pull request is not there', {
  event: { pull_request: { number: 8 } },
  check: (run) => expect(noticeOf(run)).toContain('HTTP 404: Not Found'),
})

const old = '<!-- edgeone-certificate comment 00000000000000000000000000000000 -->\n\n## Old'
single('keeps a comment below 65,536 characters, and says what is left out', {
  // The names of many hosts that do not exist.
  inputs: { hosts: Array.from({ length: 3000 }, (_, n) => `host-${n}-with-a-long-name.example.com`).join(' ') },
  outcome: 'failed',
  check: (run, world) => {
    expect(run.summary.length).toBeGreaterThan(65_536)
    const [body = ''] = bodies(world)
    expect(body.length).toBeLessThanOrEqual(65_536)
    expect(body).toContain('more, in the file of the output `result-path`')
    expect(body).toMatch(/\n\nMore in the \[job summary\]\(.*\n$/)
  },
})
single('comments on a GitHub Enterprise Server, at its addresses', {
  env: { GITHUB_API_URL: `https://${enterpriseHost}/api/v3`, GITHUB_SERVER_URL: `https://${enterpriseHost}` },
  check: ({ stdout }, world) => {
    expect(world.state.github.calls).toEqual([
      `GET https://${enterpriseHost}/api/v3/repos/octo/site/issues/7/comments?per_page=100&page=1 -> 200`,
      `POST https://${enterpriseHost}/api/v3/repos/octo/site/issues/7/comments -> 201`,
    ])
    expect(stdout).toContain(`Pull request comment created: https://${enterpriseHost}/octo/site/pull/7#`)
    expect(bodies(world)[0]).toContain(`(https://${enterpriseHost}/octo/site/actions/runs/17012345678)`)
  },
})

/** GitHub's faults, what the calls are, and what the notice says, if there is one. */
const faults: Readonly<Record<string, { faults: GitHubFault[]; calls: string[]; says?: string }>> = {
  'a gateway of GitHub failed once': {
    faults: [{ kind: 'status', status: 502, body: '<html>Unicorn!</html>' }],
    calls: ['GET /issues/7/comments?per_page=100&page=1 -> 502', list, 'POST /issues/7/comments -> 201'],
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
    calls: [list, 'POST /issues/7/comments -> 403', list, 'POST /issues/7/comments -> 201'],
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
    calls: ['GET /issues/7/comments?per_page=100&page=1 -> reset before', list, 'POST /issues/7/comments -> 201'],
  },
}
for (const [name, { faults: all, calls, says }] of Object.entries(faults)) {
  single(`${says === undefined ? 'comments' : 'says in a notice'} when ${name}`, {
    prepare: ({ state }) => void state.github.faults.push(...all),
    check: (run, world) => {
      expect(callsOf(world)).toEqual(calls)
      expect(bodies(world)).toHaveLength(says === undefined ? 1 : 0)
      if (says === undefined) expect(run.stdout).not.toMatch(notice)
      else expect(noticeOf(run)).toContain(says)
    },
  })
}
single('tries nothing again after the deadline', {
  inputs: { 'wait-minutes': '0.02', 'dry-run': 'true' },
  outcome: 'planned',
  prepare: ({ state }) => void state.github.faults.push({ kind: 'status', status: 503 }),
  check: (run, world) => {
    expect(callsOf(world)).toEqual(['GET /issues/7/comments?per_page=100&page=1 -> 503'])
    expect(noticeOf(run)).toContain('did not do it (HTTP 503)')
  },
})
scenario('is cancelled while it comments: outputs and summary are written before', {
  unrecorded: true,
  inputs: asked,
  env: env(),
  prepare: ({ state }) => {
    state.github.faults.push({ kind: 'hang' })
    return { files: filesOf(pullRequest) }
  },
  onStart: (child, { state }) => {
    state.github.onCall = () => child.kill('SIGTERM')
  },
  check: (run) => {
    expect(run.outputs['outcome']).toBe('changed')
    expect(run.summary).toMatch(/^## /)
    expect(noticeOf(run)).toContain('Pull request comment not written: The run was cancelled (SIGTERM).')
  },
})

/** Several runs in one world, one after another. */
interface Step {
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

const several = (name: string, check: (run: (step?: Step) => Promise<StepRun>, world: World) => Promise<void>) =>
  describe.concurrent(name, () => {
    test.for(entries)('%s', async (entry) => {
      await using world = await startWorld()
      const run = async (step: Step = {}) => {
        const inputs = { ...good, ...asked, ...step.inputs }
        const ended = await runStep({ entry, inputs, files: filesOf(pullRequest), env: env(step.env)(world) })
        const shown = [ended.stdout.replace(/^::add-mask::.*$/gm, ''), ended.stderr, ended.summary, ...bodies(world)]
        expect(shown.flatMap(leakFinder(Object.values(gitHubTokens)))).toEqual([])
        expect(ended.exitCode).toBe(0)
        return ended
      }
      await check(run, world)
    })
  })

several('edits its comment in place on the next run', async (run, world) => {
  await run()
  const [{ id } = { id: 0 }] = world.state.github.comments
  world.state.github.calls.length = 0
  const { stdout } = await run({ env: { GITHUB_RUN_ID: '17012345679' } })
  expect(callsOf(world)).toEqual([list, 'POST /graphql -> 200', `PATCH /issues/comments/${id} -> 200`])
  expect(stdout).toContain('Pull request comment updated: ')
  expect(bodies(world)).toEqual([expect.stringContaining('/actions/runs/17012345679)')])
})

several('has a comment for each step, job, workflow and share', async (run, world) => {
  const places: readonly Step[] = [
    {},
    { env: { GITHUB_ACTION: 'edgeone_2' } },
    { env: { GITHUB_JOB: 'other' } },
    { env: { GITHUB_WORKFLOW_REF: 'octo/site/.github/workflows/other.yml@refs/pull/7/merge' } },
    // The same as the first.
    { env: { GITHUB_WORKFLOW_REF: 'octo/site/.github/workflows/certificate.yml@refs/heads/main' } },
  ]
  for (const place of places) await run({ inputs: { 'dry-run': 'true' }, ...place })
  const markers = bodies(world).map((body) => body.split('\n')[0])
  expect(markers).toHaveLength(4)
  expect(new Set(markers).size).toBe(4)
})

several('leaves a comment alone that begins with its marker and is not its own', async (run, world) => {
  await run()
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
  await run()
  await run({ env: { GITHUB_RUN_ID: '17012345679' } })
  expect(bodies(world)).toEqual([forged, forged, forged, quoted, expect.stringMatching(marker)])
})

several('finds its comment on the second page, and one that was edited on the web', async (run, world) => {
  await run()
  const { comments } = world.state.github
  const author = { login: 'octocat', id: 583231 }
  comments.unshift(...Array.from({ length: 150 }, (_, n) => ({ id: n + 1, issue: 7, author, body: old })))
  const own = comments.at(-1)
  if (own !== undefined) own.body = `${own.body.replaceAll('\n', '\r\n')}\r\nand a word`
  await run()
  expect(comments).toHaveLength(151)
  expect(comments.at(-1)?.body).toMatch(marker)
})

several('writes the comment again that is deleted before it is edited', async (run, world) => {
  await run()
  world.state.github.onCall = (call) => {
    if (call.startsWith('PATCH')) world.state.github.comments.length = 0
  }
  world.state.github.calls.length = 0
  const { stdout } = await run({ env: { GITHUB_RUN_ID: '17012345679' } })
  expect(callsOf(world).slice(2)).toEqual(['PATCH /issues/comments/1001 -> 404', 'POST /issues/7/comments -> 201'])
  expect(stdout).toContain('Pull request comment created: ')
  expect(bodies(world)).toHaveLength(1)
})

several('keeps the comment of a person, by the token of that person', async (run, world) => {
  const inputs = { 'github-token': gitHubTokens.person }
  await run()
  await run({ inputs })
  await run({ inputs, env: { GITHUB_RUN_ID: '17012345679' } })
  expect(world.state.github.comments.map(({ author }) => author.login)).toEqual(['github-actions[bot]', 'octocat'])
})
