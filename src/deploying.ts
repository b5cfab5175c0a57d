import type { Annotation, World } from './model/ports.ts'
import { failuresOf } from './report/annotations.ts'
import { documentOf } from './report/document.ts'
import { lastLine } from './report/last-line.ts'
import { outputsOf } from './report/outputs.ts'
import { commentOf, summaryOf } from './report/summary.ts'
import { voiceOf } from './report/voice.ts'
import { run } from './run.ts'
import type { Report } from './runner/actions.ts'

/** How a step ended, and what it says. Each text is made when it is needed. */
export interface Done {
  readonly isOk: boolean
  /** Unix milliseconds; undefined when the step ended before it had one. */
  readonly deadline: number | undefined
  readonly annotations: readonly Annotation[]
  readonly report: () => Report
  /** Markdown for a comment on a pull request. */
  readonly comment: () => string
  /** What the issue says, if the step keeps one: with a title while there is something to do. */
  readonly issue?: () => { readonly title: string | undefined; readonly markdown: string }
  /** The last line of the log. */
  readonly end: () => string
}

/** Runs the deployment. */
export const deployment = async (world: World): Promise<Done> => {
  const { clock } = world
  const start = clock.now()
  const result = await run(world)
  const voice = await voiceOf(result.language)
  return {
    isOk: result.problem === undefined,
    deadline: result.deadline,
    annotations: failuresOf(result, voice),
    report: () => ({
      outputs: outputsOf(result),
      document: documentOf(result),
      summary: summaryOf(result, clock.now(), voice),
    }),
    comment: () => commentOf(result, clock.now(), voice),
    end: () => lastLine(result, clock.now() - start),
  }
}
