import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { publish } from '../../src/runner/actions.ts'

// One for all tests: `@actions/core` remembers where the summary is.
const folder = mkdtempSync(join(tmpdir(), 'publish-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string) => join(folder, name)

/** What is printed, and what is in the runner's files, after these were published. */
const published = async (
  result: Iterable<string>,
  output: string | undefined,
  summary: Iterable<string> = ['do', 'ne'],
) => {
  writeFileSync(file('summary'), '')
  vi.stubEnv('GITHUB_OUTPUT', output ?? '')
  vi.stubEnv('GITHUB_STEP_SUMMARY', file('summary'))
  const printed: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0)
  try {
    await publish({ outcome: 'changed', result, last: 'x' }, summary, { GITHUB_OUTPUT: output })
  } finally {
    write.mockRestore()
    vi.unstubAllEnvs()
  }
  const written = output !== undefined && existsSync(output) ? readFileSync(output, 'utf8') : ''
  const values = [...written.matchAll(/^(.+)<<(\S+)\r?\n([\s\S]*?)\r?\n\2\r?$/gm)].map(([, name, , value]) => [
    name,
    value,
  ])
  return { printed: printed.join(''), written, values, summary: readFileSync(file('summary'), 'utf8') }
}

test('an output in pieces is one value among the others', async () => {
  writeFileSync(file('output'), 'before=1\n')
  const { printed, written, values, summary } = await published(['{"a":', '"证书"', '}'], file('output'))
  expect(values).toEqual([
    ['outcome', 'changed'],
    ['result', '{"a":"证书"}'],
    ['last', 'x'],
  ])
  expect(written).toMatch(/^before=1\n/)
  expect([printed, summary]).toEqual(['', 'done'])
})

test('a piece that fails costs no other output: its value ends where it failed, and that is said', async () => {
  writeFileSync(file('output'), '')
  const pieces = function* () {
    yield '{"a":'
    throw new Error('no more')
  }
  const { printed, values, summary } = await published(pieces(), file('output'))
  expect(values).toEqual([
    ['outcome', 'changed'],
    ['result', '{"a":'],
    ['last', 'x'],
  ])
  expect(printed).toMatch(/^::warning title=Could not be written::output result: .*no more/m)
  expect(summary).toBe('done')
})

test('a file that is missing is not made, and a summary that fails is said, and shown as far as it came', async () => {
  const pieces = function* () {
    yield 'a beginning'
    throw new Error('no summary')
  }
  const { printed, written, summary } = await published(['{}'], file('missing'), pieces())
  expect(written).toBe('')
  for (const name of ['output outcome', 'output result', 'output last', 'job summary']) {
    expect(printed).toContain(`::warning title=Could not be written::${name}: `)
  }
  expect([existsSync(file('missing')), summary]).toEqual([false, 'a beginning'])
})

test('without a file, outputs are printed as the runner once read them', async () => {
  const { printed } = await published(['{"a":', '1}'], undefined)
  expect(printed).toContain('::set-output name=result::{"a":1}\n')
})
