import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { slug } from '../../scripts/repository.ts'
import { bash, type ShellRun } from '../support/shell.ts'
import type { Job, Step, Workflow } from '../support/workflow.ts'
import { gitHubTokens } from '../world/github-state.ts'
import { type Entry, runStep, type StepRun } from '../world/runner.ts'

/** What `${{ … }}` may refer to. */
export interface Contexts {
  readonly vars?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  readonly inputs?: Readonly<Record<string, string>>
  readonly matrix?: Readonly<Record<string, string>>
}

/** A job on this machine: its folder holds `workspace` and `temp`. */
export interface Machine {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
}

export interface Ran {
  readonly step: Step
  readonly shell?: ShellRun
  readonly action?: StepRun
}

/** The text with its expressions replaced. One that an example needs and that is not known here is an error. */
const evaluated = (text: string, contexts: Readonly<Record<string, Readonly<Record<string, string>>>>): string =>
  text.replace(/\$\{\{ (\w+)\.([\w-]+) \}\}/g, (whole, context: string, name: string) => {
    const value = contexts[context]?.[name]
    if (value === undefined) throw new Error(`The value of ${whole} is not known`)
    return value
  })

const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  )

const all = (
  values: Readonly<Record<string, string | number | boolean>> = {},
  contexts: Parameters<typeof evaluated>[1],
): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, evaluated(String(value), contexts)]))

/** The steps that run as long as none fails, after the checkout: its files are in the workspace already. */
export const stepsOfGoodRun = ({ steps = [] }: Job): readonly Step[] =>
  steps.filter((step) => !step.uses?.startsWith('actions/checkout@') && !step.if?.startsWith('failure()'))

/** What runs a step that uses one of the two actions. */
const bundles: Readonly<Record<string, Entry>> = {
  [`${slug}@v1`]: 'dist/index.js',
  [`${slug}/audit@v1`]: 'dist/audit/index.js',
}

/** Runs the steps of a job in order: scripts in bash, and steps that use the two actions from dist/. Stops after the first that fails. */
export const runJob = async (
  workflow: Workflow,
  job: Job,
  { vars = {}, secrets = {}, inputs = {}, matrix = {} }: Contexts,
  { folder, env }: Machine,
): Promise<Ran[]> => {
  const workspace = join(folder, 'workspace')
  const shared = workflow.env ?? {}
  const contexts = { env: shared, vars, secrets, inputs, matrix }
  const ran: Ran[] = []
  for (const step of stepsOfGoodRun(job)) {
    if (step.run !== undefined) {
      const own = { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: join(folder, 'temp') }
      const shell = await bash(step.run, workspace, { ...env, ...own, ...shared, ...all(step.env, contexts) })
      ran.push({ step, shell })
      if (shell.status !== 0) return ran
    } else if (step.uses !== undefined && step.uses in bundles) {
      const action = await runStep({
        entry: bundles[step.uses] ?? 'dist/index.js',
        // The runner puts it in place of the default, `${{ github.token }}`.
        inputs: { 'github-token': gitHubTokens.job, ...all(step.with, contexts) },
        env: { ...env, ...all(step.env, contexts) },
        files: filesIn(workspace),
      })
      ran.push({ step, action })
      if (action.exitCode !== 0) return ran
    } else throw new Error(`The step that uses ${step.uses} cannot run here`)
  }
  return ran
}
