import { describe, expect, test } from 'vitest'
import { markerOf } from '../../src/report/post.ts'
import { auditInputs } from '../support/scenes.ts'
import { leakFinder } from '../support/secrets.ts'
import { type GitHubIssue, gitHubTokens } from '../world/github-state.ts'
import { auditEntries, runStep, type StepRun } from '../world/runner.ts'
import { newHost, newZone } from '../world/state.ts'
import { startWorld, type World } from '../world/world.ts'
import { auditScenario, ending, having } from './audit-scenario.ts'
import { callsOf, env, filesOf, job, pullRequest } from './github-job.ts'
import { type Scenario, scenario } from './scenario.ts'

const asked = { 'open-issue': 'true', 'github-token': gitHubTokens.job }
const commented = { 'comment-on-pull-request': 'true', 'github-token': gitHubTokens.job }

/** One host is due, and the other is fine. */
const due = (world: World): void =>
  having(world, {
    'www.example.com': [ending(world, 'soonRsa1', 12)],
    'api.example.com': [ending(world, 'goodRsa1', 60)],
  })
const fine = (world: World): void => having(world, { 'www.example.com': [ending(world, 'goodRsa1', 60)] })

/** The issues that a run may have made: those that the world did not have. */
const made = ({ state }: World): GitHubIssue[] => state.github.issues.filter(({ number }) => number > 7)
const only = (world: World): GitHubIssue => {
  const [issue, ...others] = made(world)
  if (issue === undefined || others.length > 0) throw new Error(`${made(world).length} issues`)
  return issue
}
const list = 'GET /issues?labels=edgeone-certificate&state=all&per_page=100&page=1 -> 200'
const notices = ({ stdout }: StepRun): string[] =>
  [...stdout.matchAll(/^::notice title=(.*)$/gm)].map(([, notice = '']) => notice)

/** A run in a job whose event is a schedule, unless it is told otherwise. */
const posting = (name: string, { event = {}, prepare, env: more, ...options }: Posting): void =>
  auditScenario(name, {
    unrecorded: true,
    ...options,
    env: env({ GITHUB_EVENT_NAME: 'schedule', ...more }),
    prepare: async (world) => {
      await prepare?.(world)
      return { files: filesOf(event) }
    },
  })

interface Posting extends Scenario {
  readonly event?: object
  readonly env?: Readonly<Record<string, string>>
}

posting('opens an issue with the label while there are findings', {
  unrecorded: false,
  inputs: asked,
  prepare: due,
  check: ({ summary, stdout }, world) => {
    expect(callsOf(world)).toEqual([list, 'POST /issues -> 201'])
    const { title, body, labels, state } = only(world)
    expect({ title, labels, state }).toEqual({
      title: 'EdgeOne: 1 of 2 hosts needs attention',
      labels: ['edgeone-certificate'],
      state: 'open',
    })
    expect(body.split('\n')[0]).toBe(markerOf('issue', job, ''))
    // Without calls and RequestIds.
    expect(body).toContain(summary.slice(0, summary.indexOf('<details><summary>API calls')).trim())
    expect(body).not.toContain('API calls')
    expect(stdout).toContain('Issue created: https://github.com/octo/site/issues/1001\n')
  },
})
posting('opens an issue in Chinese', {
  inputs: { ...asked, language: 'zh-CN' },
  prepare: due,
  check: (_, world) => {
    const { title, body } = only(world)
    expect(title).toBe('EdgeOne: 2 个域名中有 1 个需要处理')
    expect(body).toContain('\n\n## ❌ 2 个域名中有 1 个需要处理\n')
    expect(body).toContain('请续期证书，并将新证书部署到该域名。')
    expect(body).not.toMatch(/attention|Renew/)
  },
})
posting('opens an issue for a finding that does not fail the step', {
  inputs: { ...asked, 'fail-on': 'none' },
  prepare: due,
  check: ({ exitCode }, world) => {
    expect(exitCode).toBe(0)
    expect(only(world)).toMatchObject({ title: 'EdgeOne: 1 of 2 hosts needs attention', state: 'open' })
  },
})
posting('opens no issue without a finding', {
  inputs: asked,
  prepare: fine,
  check: (run, world) => {
    expect(callsOf(world)).toEqual([list])
    expect(notices(run)).toEqual([])
  },
})
posting('asks nothing of GitHub unless it is to keep an issue', {
  prepare: due,
  check: (run, world) => {
    expect(callsOf(world)).toEqual([])
    expect(notices(run)).toEqual([])
  },
})

/** The issue of an earlier run. */
const earlier = (world: World): void =>
  void world.state.github.issues.push({
    ...{ number: 20, isPullRequest: false, author: { login: 'github-actions[bot]', id: 41898282 } },
    ...{ title: 'Earlier', body: `${markerOf('issue', job, '')}\n\nEarlier`, labels: ['edgeone-certificate'] },
    ...{ state: 'open', reason: null },
  })
posting('closes the issue of an earlier run without a finding', {
  inputs: asked,
  prepare: (world) => {
    earlier(world)
    fine(world)
  },
  check: ({ stdout, exitCode }, world) => {
    expect(exitCode).toBe(0)
    expect(only(world)).toMatchObject({ title: 'Earlier', state: 'closed', reason: 'completed' })
    expect(only(world).body).toContain('\n\n## ✅ 1 host, first certificate expires in 60 days\n')
    expect(stdout).toContain('Issue closed: ')
  },
})

/** Why nothing is known: then the issue stays as it is. */
const undone: Readonly<Record<string, Posting>> = {
  'the inputs are wrong': { inputs: { ...asked, 'fail-on': 'everything' } },
  'no site can be read': {
    inputs: asked,
    prepare: ({ state }) => {
      for (const zone of state.zones.values()) Object.assign(zone, { readable: false })
    },
  },
  'it is cancelled': {
    inputs: asked,
    prepare: (world) => {
      fine(world)
      world.state.faults.push({ kind: 'hang', on: 'DescribeAccelerationDomains' })
    },
    onStart: (child, { state }) => {
      state.onRequest = () => child.kill('SIGTERM')
    },
  },
}
for (const [why, { prepare, ...options }] of Object.entries(undone)) {
  posting(`leaves the issue as it is when the audit is not done because ${why}`, {
    ...options,
    prepare: async (world) => {
      await prepare?.(world)
      earlier(world)
    },
    check: (run, world) => {
      expect([run.outputs['ok'], run.exitCode]).toEqual(['false', 1])
      expect(notices(run)).toEqual([])
      expect(callsOf(world)).toEqual([])
      expect(only(world)).toMatchObject({ title: 'Earlier', state: 'open' })
    },
  })
}

for (const failOn of ['expiring', 'none']) {
  posting(`says in a notice that the token may not write, which changes nothing else, with fail-on: ${failOn}`, {
    unrecorded: failOn === 'none',
    inputs: { ...asked, 'fail-on': failOn, 'github-token': gitHubTokens.fork },
    prepare: due,
    check: (run, world) => {
      expect([run.outputs['ok'], run.exitCode]).toEqual(failOn === 'none' ? ['true', 0] : ['false', 1])
      expect(notices(run)).toEqual([
        expect.stringMatching(/^Issue::Issue not written: GitHub refused it \(HTTP 403: Resource not accessible/),
      ])
      expect(notices(run)[0]).toContain('“issues: write”')
      expect(callsOf(world)).toEqual([list, 'POST /issues -> 403'])
    },
  })
}
posting('says in a notice that there is no token', {
  inputs: { ...asked, 'github-token': '' },
  prepare: due,
  check: (run, world) => {
    expect(notices(run)).toEqual([expect.stringContaining('the input github-token holds no token')])
    expect(callsOf(world)).toEqual([])
  },
})

posting('comments on the pull request with what it found', {
  inputs: commented,
  event: pullRequest,
  env: { GITHUB_EVENT_NAME: 'pull_request' },
  prepare: due,
  check: ({ stdout }, world) => {
    expect(callsOf(world)).toEqual([
      'GET /issues/7/comments?per_page=100&page=1 -> 200',
      'POST /issues/7/comments -> 201',
    ])
    const [comment = { body: '' }] = world.state.github.comments
    expect(comment.body).toContain('\n\n## ❌ 1 of 2 hosts needs attention\n')
    expect(comment.body).toContain('/octo/site/actions/runs/17012345678)')
    expect(stdout).toContain('Pull request comment created: ')
    expect(made(world)).toEqual([])
  },
})
posting('comments on what is wrong with the inputs, and leaves the issue', {
  inputs: { ...commented, ...asked, 'expires-within-days': 'soon' },
  event: pullRequest,
  env: { GITHUB_EVENT_NAME: 'pull_request' },
  check: (_, world) => {
    expect(world.state.github.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining('**expires-within-days**'),
    ])
    expect(callsOf(world)).toHaveLength(2)
  },
})
posting('keeps both a comment and an issue', {
  inputs: { ...commented, ...asked },
  event: pullRequest,
  env: { GITHUB_EVENT_NAME: 'pull_request' },
  prepare: due,
  check: (run, world) => {
    expect(world.state.github.comments).toHaveLength(1)
    expect(only(world)).toMatchObject({ state: 'open' })
    expect(notices(run)).toEqual([])
  },
})
posting('keeps the issue of a run that belongs to no pull request, and says so', {
  inputs: { ...commented, ...asked },
  prepare: due,
  check: (run, world) => {
    expect(notices(run)).toEqual([expect.stringContaining('the event “schedule” belongs to no pull request.')])
    expect(only(world)).toMatchObject({ state: 'open' })
  },
})

const maybe = { 'open-issue': 'maybe', 'comment-on-pull-request': 'perhaps', 'github-token': gitHubTokens.job }
for (const [where, more] of Object.entries({ alone: {}, 'beside a manifest': { 'zone-id': '', manifest: 'm.yml' } })) {
  auditScenario(`fails on values that are no truth values ${where}, with all else that is wrong`, {
    unrecorded: true,
    inputs: { ...maybe, ...more, 'fail-on': 'all' },
    env: env(),
    prepare: () => ({ files: { ...filesOf(pullRequest), 'm.yml': 'sites: [{ zone-name: example.com }]' } }),
    check: ({ document }, world) => {
      const { findings }: { readonly findings: readonly object[] } = JSON.parse(document).error
      expect(findings).toHaveLength(3)
      expect(findings).toEqual(
        expect.arrayContaining([
          { input: 'open-issue', seen: '“maybe”', expected: 'true or false' },
          { input: 'comment-on-pull-request', seen: '“perhaps”', expected: 'true or false' },
          expect.objectContaining({ input: 'fail-on' }),
        ]),
      )
      expect(callsOf(world)).toEqual([])
    },
  })
}
scenario('open-issue is no input of the deployment, which keeps none', {
  unrecorded: true,
  inputs: asked,
  env: env(),
  check: ({ stdout, outputs }, world) => {
    expect(outputs['outcome']).toBe('changed')
    expect(stdout).toContain('::warning title=Unknown input::This action has no input “open-issue”; it has no effect.')
    expect(callsOf(world)).toEqual([])
  },
})

/** Several runs in one world, one after another. */
const several = (name: string, check: (run: () => Promise<StepRun>, world: World) => Promise<void>) =>
  describe.concurrent(name, () => {
    test.for(auditEntries)('%s', async (entry) => {
      await using world = await startWorld()
      let id = 0
      const run = async () => {
        world.state.github.calls.length = 0
        id += 1
        const ended = await runStep({
          entry,
          inputs: { ...auditInputs, ...asked, 'zone-id': '', 'zone-name': 'all' },
          files: filesOf({}),
          env: env({ GITHUB_EVENT_NAME: 'schedule', GITHUB_RUN_ID: String(id) })(world),
        })
        const { title, body } = made(world)[0] ?? { title: '', body: '' }
        const shown = [ended.stdout.replace(/^::add-mask::.*$/gm, ''), ended.stderr, ended.summary, title, body]
        expect(shown.flatMap(leakFinder(Object.values(gitHubTokens)))).toEqual([])
        return ended
      }
      await check(run, world)
    })
  })

several('updates its issue when the findings change, closes it without any, and opens it again', async (run, world) => {
  due(world)
  expect((await run()).stdout).toContain('Issue created: ')
  const { number } = only(world)
  expect((await run()).stdout).toContain('Issue unchanged: ')
  expect(callsOf(world)).toEqual([list, 'POST /graphql -> 200'])

  const ids = [ending(world, 'soonRsa1', 12)]
  having(world, { 'www.example.com': ids, 'api.example.com': ids })
  expect((await run()).stdout).toContain('Issue updated: ')
  expect(only(world)).toMatchObject({ number, title: 'EdgeOne: 2 of 2 hosts need attention', state: 'open' })
  expect(only(world).body).toContain('`api.example.com`')

  fine(world)
  expect((await run()).stdout).toContain('Issue closed: ')
  expect(only(world)).toMatchObject({ number, state: 'closed', reason: 'completed' })
  expect((await run()).stdout).not.toContain('Issue')
  expect(callsOf(world)).toEqual([list, 'POST /graphql -> 200'])

  due(world)
  expect((await run()).stdout).toContain('Issue reopened: ')
  expect(only(world)).toMatchObject({ number, title: 'EdgeOne: 1 of 2 hosts needs attention', state: 'open' })
})

several('does not edit its issue while nothing changes, although RequestIds and warnings do', async (run, world) => {
  due(world)
  const hosts = new Map([['www.example.org', newHost({ edgeDown: true })]])
  world.state.zones.set('zone-org', newZone({ id: 'zone-org', name: 'example.org', hosts }))
  world.state.zones.set('zone-shut', newZone({ id: 'zone-shut', name: 'shut.example', readable: false }))
  const ids = ({ outputs }: StepRun) => outputs['findings']?.match(/RequestId [\w-]+/g) ?? []
  world.state.clockOffsetMs = 3_600_000
  const first = await run()
  expect(only(world).title).toBe('EdgeOne: 1 of 3 hosts needs attention')
  expect(only(world).body).toContain('`www.example.org`: What the host serves could not be seen')
  world.state.clockOffsetMs = 7_200_000
  const second = await run()
  expect(ids(first)).toHaveLength(1)
  expect(ids(second)).not.toEqual(ids(first))
  expect(first.summary).toContain('The clock of this machine is')
  expect(second.stdout).toContain('Issue unchanged: ')
})
