import { expect, test } from 'vitest'
import { type StepRun, shownLog } from '../world/runner.ts'
import { partsOf } from './key-forms.ts'

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

interface Given {
  readonly inputs: Readonly<Record<string, string>>
  /** Files in the workspace, by path. */
  readonly files?: Readonly<Record<string, string>>
}

/** Tests that a step shows no part of two keys, wherever it is given them. `runWith`: runs it without a `cert-id`. */
export const testForm = (ec: string, rsa: string, runWith: (given: Given) => Promise<Shown>): void => {
  const expectSecret = (run: Shown): void => {
    expect(leaksOf(run, ec)).toEqual([])
    expect(leaksOf(run, rsa)).toEqual([])
  }

  test('in either input', async () => {
    const run = await runWith({ inputs: { certificate: ec, 'private-key': rsa } })
    expect(run.outputs['error-code']).toMatch(/^Certificate\.(?:File|Unreadable|KeyMismatch)$/)
    expectSecret(run)
    for (const secret of [ec, rsa]) expectMasked(run, secret)
  })

  test('in files', async () => {
    const files = { 'fullchain.pem': rsa, 'tls.key': ec }
    const run = await runWith({ inputs: { certificate: 'fullchain.pem', 'private-key': 'tls.key' }, files })
    expect(run.outputs['error-code']).toMatch(/^Certificate\.(?:Unreadable|KeyMismatch)$/)
    expectSecret(run)
  })
}
