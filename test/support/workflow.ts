import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '../..')

export interface Step {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly shell?: string
  readonly with?: Readonly<Record<string, string | number | boolean>>
  readonly env?: Readonly<Record<string, string | number>>
}

export interface Job {
  readonly name?: string
  readonly uses?: string
  readonly 'runs-on'?: string
  readonly 'timeout-minutes'?: number
  readonly permissions?: Readonly<Record<string, string>>
  readonly environment?: string
  readonly strategy?: { readonly matrix?: Readonly<Record<string, readonly unknown[]>> }
  readonly steps?: readonly Step[]
}

export interface Workflow {
  readonly file: string
  readonly text: string
  readonly name?: string
  readonly on: string | Readonly<Record<string, unknown>>
  readonly permissions?: unknown
  readonly concurrency?: unknown
  readonly env?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

export const workflow = (file: string): Workflow => {
  const text = readFileSync(join(root, file), 'utf8')
  return { ...parse(text), file, text }
}

/** The workflows of this repository, or the examples. */
export const workflows = (pattern = '.github/workflows/*.yml'): Workflow[] =>
  globSync(pattern, { cwd: root }).toSorted().map(workflow)

export const jobsOf = ({ jobs }: Workflow): Job[] => Object.values(jobs)

export const stepsOf = (one: Workflow): Step[] => jobsOf(one).flatMap(({ steps = [] }) => steps)

/** The script of a step, by the name of the step. */
export const scriptOf = (one: Workflow, name: string): string => {
  const script = stepsOf(one).find((step) => step.name === name)?.run
  if (script === undefined) throw new Error(`${one.file} has no step “${name}” with a script`)
  return script
}
