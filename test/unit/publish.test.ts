import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { publish, type Report, runnerLog } from '../../src/runner/actions.ts'
import { inBoth } from '../../src/util/language.ts'

// One for all tests: `@actions/core` remembers where the summary is.
const folder = mkdtempSync(join(tmpdir(), 'publish-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string) => join(folder, name)
const report: Report = {
  outputs: { outcome: 'changed', 'cert-id': '证书', last: 'x' },
  document: '{"a":1}',
  summary: 'done',
}

interface Places {
  /** The file of the outputs; not set when undefined. */
  readonly output: string | undefined
  readonly temp?: string | undefined
  readonly hasSummary?: boolean
}

/** What is printed, and what is in the runner's files, after the report was published. */
const published = async ({ output, temp = folder, hasSummary = true }: Places, what = report) => {
  rmSync(file('summary'), { recursive: true, force: true })
  if (hasSummary) writeFileSync(file('summary'), '')
  else mkdirSync(file('summary'))
  vi.stubEnv('GITHUB_OUTPUT', output ?? '')
  vi.stubEnv('GITHUB_STEP_SUMMARY', file('summary'))
  const printed: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0)
  try {
    await publish(what, { GITHUB_OUTPUT: output, RUNNER_TEMP: temp }, runnerLog('en-US'))
  } finally {
    write.mockRestore()
    vi.unstubAllEnvs()
  }
  const written = output !== undefined && existsSync(output) ? readFileSync(output, 'utf8') : ''
  const found = written.matchAll(/^(.+)<<(\S+)\r?\n([\s\S]*?)\r?\n\2\r?$/gm)
  const values = Object.fromEntries([...found].map(([, name = '', , value]) => [name, value]))
  const summary = hasSummary ? readFileSync(file('summary'), 'utf8') : undefined
  return { printed: printed.join(''), written, values, summary }
}

test('each output is a value in the runner’s file, and the document is a file that `result-path` names', async () => {
  writeFileSync(file('output'), 'before=1\n')
  const { printed, written, values, summary } = await published({ output: file('output') })
  const path = values['result-path'] ?? ''
  expect(values).toEqual({ ...report.outputs, 'result-path': path })
  expect(written).toMatch(/^before=1\n/)
  expect([dirname(path), readFileSync(path, 'utf8')]).toEqual([folder, '{"a":1}'])
  expect([printed, summary]).toEqual(['', 'done'])
})

test('two runs of one job write two documents', async () => {
  const documents = () => readdirSync(folder).filter((name) => name.endsWith('.json')).length
  const before = documents()
  await published({ output: file('output') })
  await published({ output: file('output') })
  expect(documents()).toBe(before + 2)
})

test('without the runner’s folder the document lies in the folder of the system', async () => {
  writeFileSync(file('output'), '')
  const { values } = await published({ output: file('output'), temp: '' })
  const path = values['result-path'] ?? ''
  expect([dirname(path), readFileSync(path, 'utf8')]).toEqual([tmpdir(), '{"a":1}'])
  rmSync(path)
})

test('a document that cannot be written is a warning, leaves `result-path` out, and stops nothing else', async () => {
  writeFileSync(file('output'), '')
  const { printed, values, summary } = await published({ output: file('output'), temp: file('missing') })
  expect(values).toEqual(report.outputs)
  expect(printed).toMatch(/^::warning title=Could not be written::output result-path: .*ENOENT/m)
  expect(summary).toBe('done')
})

test('a file of outputs that is missing is not made, and each output is a warning', async () => {
  const { printed, written, summary } = await published({ output: file('missing') })
  expect(written).toBe('')
  for (const name of ['outcome', 'cert-id', 'last', 'result-path']) {
    expect(printed).toContain(`::warning title=Could not be written::output ${name}: `)
  }
  expect([existsSync(file('missing')), summary]).toEqual([false, 'done'])
})

test('without a file, outputs are printed as the runner once read them', async () => {
  const { printed } = await published({ output: undefined })
  expect(printed).toContain('::set-output name=outcome::changed\n')
  expect(printed).toMatch(/^::set-output name=result-path::.+\.json$/m)
})

test.each(['error', 'warning', 'notice'] as const)(
  'at most ten annotations of the level %s; the others are lines of the log',
  (level) => {
    const printed: string[] = []
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0)
    const log = runnerLog('en-US')
    for (let i = 0; i < 15; i++)
      log.annotate({ level, title: inBoth('T'), message: inBoth(`message ${i}\n::error::x`) })
    log.annotate({
      level: level === 'error' ? 'warning' : 'error',
      title: inBoth('T'),
      message: inBoth('of another level'),
    })
    write.mockRestore()
    const lines = printed.join('').split('\n')
    expect(lines.filter((line) => line.startsWith(`::${level} `))).toHaveLength(10)
    expect(lines.filter((line) => line.includes('of another level'))).toEqual([expect.stringMatching(/^::/)])
    for (let i = 10; i < 15; i++) expect(lines).toContain(`${level}: T: message ${i} ⏎ ::error::x`)
  },
)

test('outputs that cannot be written make ten annotations at most', async () => {
  const outputs = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`output-${i}`, 'x']))
  const { printed } = await published({ output: file('missing') }, { ...report, outputs })
  expect(printed.match(/^::warning /gm)).toHaveLength(10)
  for (const name of Object.keys(outputs)) expect(printed).toContain(`output ${name}: `)
})

// The last one: `@actions/core` keeps what it could not write.
test('a summary that cannot be written is a warning, and costs no output', async () => {
  writeFileSync(file('output'), '')
  const { printed, values } = await published({ output: file('output'), hasSummary: false })
  expect(printed).toMatch(/^::warning title=Could not be written::job summary: .*EISDIR/m)
  expect(Object.keys(values)).toEqual([...Object.keys(report.outputs), 'result-path'])
})
