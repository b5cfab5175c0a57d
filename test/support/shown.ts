import { expect } from 'vitest'
import { partsOf } from '../support/key-forms.ts'
import { type StepRun, shownLog } from '../world/runner.ts'

/** What a run shows. */
export type Shown = Pick<StepRun, 'stdout' | 'stderr' | 'outputs' | 'summary' | 'document'>

/** Each place where a reader could find it. */
export const sinksOf = ({ stdout, stderr, outputs, summary, document }: Shown): Readonly<Record<string, string>> => {
  const isCommand = (line: string) => line.startsWith('::')
  const lines = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return {
    log: lines.filter((line) => !isCommand(line)).join('\n'),
    annotation: lines.filter(isCommand).join('\n'),
    'standard error': stderr,
    outputs: JSON.stringify(outputs),
    document,
    summary,
  }
}

/** Where any part of it is shown. */
export const leaksOf = (run: Shown, secret: string): string[] => {
  const parts = partsOf(secret)
  expect(parts.length).toBeGreaterThan(0)
  return Object.entries(sinksOf(run)).flatMap(([name, text]) =>
    parts.some((part) => text.includes(part)) ? [name] : [],
  )
}

/** Nothing but masks is printed before the last mask, and the whole value is masked. */
export const expectMasked = ({ stdout }: Pick<Shown, 'stdout'>, secret: string): void => {
  const lines = stdout.split('\n')
  const last = lines.findLastIndex((line) => line.startsWith('::add-mask::'))
  expect(lines.slice(0, last).filter((line) => !line.startsWith('::add-mask::'))).toEqual([])
  const printed = secret
    .split('\n')
    .filter((line) => line.trim().length >= 8 && !line.includes('-----'))
    .join('\n')
  // What another program prints of it, once this step has told the runner.
  const masked = shownLog(`${lines.slice(0, last + 1).join('\n')}\n${printed}`).join('\n')
  expect(partsOf(printed).filter((part) => masked.includes(part))).toEqual([])
}
