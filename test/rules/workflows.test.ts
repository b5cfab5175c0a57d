import { expect, test } from 'vitest'
import { slug } from '../../scripts/repository.ts'
import { jobsOf, type Step, stepsOf, workflow, workflows } from '../support/workflow.ts'

// What zizmor audits, as far as a text shows it. CONTRIBUTING.md says which of its rules hold otherwise.

const own = workflows()
const examples = workflows('examples/*.yml')
const all = [...own, ...examples]

/** Triggers under which nobody outside the repository gets more than a read-only token. */
const triggers = [
  'branch_protection_rule',
  'pull_request',
  'push',
  'release',
  'schedule',
  'workflow_call',
  'workflow_dispatch',
]
const runners = ['ubuntu-24.04', 'ubuntu-24.04-arm', 'macos-15', 'windows-2025']

const triggersOf = ({ on }: (typeof all)[number]) => (typeof on === 'string' ? [on] : Object.keys(on))

test.each(own)('$file has a name, a concurrency group, and no permissions but those of its jobs', (one) => {
  expect(one.name).toMatch(/\w/)
  expect(one.concurrency).toMatchObject({ group: expect.stringMatching(/./) })
  expect(one.permissions).toEqual({})
  expect(triggers).toEqual(expect.arrayContaining(triggersOf(one)))
  for (const job of jobsOf(one)) {
    expect(job.name).toMatch(/\w/)
    expect(job['timeout-minutes']).toBeGreaterThan(0)
    expect(job.permissions).toBeDefined()
    if (job.strategy?.matrix?.['os'] === undefined) expect(runners).toContain(job['runs-on'])
    for (const runner of job.strategy?.matrix?.['os'] ?? []) expect(runners).toContain(runner)
  }
})

test.each(own)('$file gives a reason for each permission', ({ text }) => {
  const grants = text.split('\n').filter((line) => /^\s+[a-z-]+: (read|write)\b/.test(line))
  for (const line of grants) expect(line).toMatch(/: (read|write) # to \w+/)
})

test.each(all)(
  '$file pins every action to a commit with its version, and uses one commit for each version',
  ({ text }) => {
    for (const [, line = ''] of text.matchAll(/^[ -]*(uses: .*)/gm)) {
      if (line === `uses: ${slug}@v1` || line === `uses: ${slug}/audit@v1` || /^uses: \.\/(audit)?$/.test(line))
        continue
      expect(line).toMatch(/^uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
    }
  },
)

test('an action has one pin in all workflows and examples', () => {
  const pins = all.flatMap(({ text }) => [...text.matchAll(/uses: ([\w-]+\/[\w-]+)\S*@([0-9a-f]{40} # \S+)/g)])
  const byAction = Map.groupBy(pins, ([, action]) => action)
  expect(byAction.size).toBeGreaterThan(5)
  for (const [action, found] of byAction) expect(new Set(found.map(([, , pin]) => pin)).size, action).toBe(1)
})

test.each(all)(
  '$file evaluates no expression in a script, and writes neither the environment nor the path of later steps',
  (one) => {
    for (const { run = '' } of stepsOf(one)) {
      expect(run).not.toContain('${{')
      expect(run).not.toMatch(/GITHUB_ENV|GITHUB_PATH|set-env|add-path|ALLOW_UNSECURE/)
    }
  },
)

test.each(all)('$file keeps no token in a checkout, and no cache', (one) => {
  const named = (action: string) => (step: Step) => step.uses?.startsWith(`${action}@`) === true
  for (const step of stepsOf(one).filter(named('actions/checkout'))) {
    expect(step.with).toMatchObject({ 'persist-credentials': false })
  }
  for (const step of stepsOf(one).filter(named('actions/setup-node'))) {
    expect(step.with).toMatchObject({ 'package-manager-cache': false })
  }
  expect(one.text).not.toMatch(/uses: actions\/cache\b/)
})

test('the workflows of this repository use no secret, and hand none on', () => {
  for (const { file, text } of own) expect(text, file).not.toMatch(/\bsecrets\b|github\.actor\b/)
  for (const { file, text } of examples)
    expect(text, file).not.toMatch(/secrets: inherit|toJSON\(secrets|github\.actor\b/)
})

test('the job that tests the action runs on Linux, macOS and Windows, on x64 and arm64', () => {
  const { jobs } = workflow('.github/workflows/ci.yml')
  expect(jobs['action']?.strategy?.matrix?.['os']).toEqual([
    'ubuntu-24.04',
    'ubuntu-24.04-arm',
    'macos-15',
    'windows-2025',
  ])
})

test('one required job of CI waits for all others', () => {
  const { jobs, text } = workflow('.github/workflows/ci.yml')
  const others = Object.keys(jobs).filter((name) => name !== 'conclusion')
  expect(text).toContain(`needs: [${others.join(', ')}]`)
  expect(text).toContain(`test "$RESULTS" = "${others.map(() => 'success').join(' ')}"`)
})
