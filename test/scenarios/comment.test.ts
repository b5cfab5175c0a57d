import { expect } from 'vitest'
import { apiHost } from '../world/github.ts'
import { gitHubTokens } from '../world/github-state.ts'
import type { StepRun } from '../world/runner.ts'
import type { World } from '../world/world.ts'
import { callsOf, env, filesOf, pullRequest } from './github-job.ts'
import { scenario } from './scenario.ts'

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

single('comments on the pull request of the event merge_group', {
  event: { merge_group: { head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${'0123456789'.repeat(4)}` } },
  env: { GITHUB_EVENT_NAME: 'merge_group' },
  check: (_, world) => expect(callsOf(world)).toEqual([list, 'POST /issues/7/comments -> 201']),
})
single('says in a notice that the event push belongs to no pull request', {
  recorded: true,
  event: { ref: 'refs/heads/main' },
  env: { GITHUB_EVENT_NAME: 'push' },
  check: (run, world) => {
    expect(noticeOf(run)).toContain('the event “push” belongs to no pull request.')
    expect(callsOf(world)).toEqual([])
  },
})
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
single('says in a notice that the pull request is not there', {
  event: { pull_request: { number: 8 } },
  check: (run) => expect(noticeOf(run)).toContain('HTTP 404: Not Found'),
})

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
