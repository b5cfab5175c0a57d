import { expect, test, vi } from 'vitest'
import type { Finding } from '../../src/model/problem.ts'
import { ownProblem } from '../../src/model/problem.ts'
import { resultOf } from '../../src/model/result.ts'
import { failuresOf } from '../../src/report/annotations.ts'
import { summaryOf } from '../../src/report/summary.ts'
import { voiceOf } from '../../src/report/voice.ts'
import { runnerLog } from '../../src/runner/actions.ts'
import { inBoth } from '../../src/util/language.ts'

const voice = await voiceOf('en-US')

const findingAt = (line: number): Finding => ({
  ...{ input: 'hosts', seen: inBoth(`“b_${line}”`), expected: inBoth('a host name') },
  at: { file: 'certs/a,b:c.yml', line, column: 7 },
})
const ofStep: Finding = { input: 'dry-run', seen: inBoth('“1”'), expected: inBoth('true or false') }
const resultWith = (findings: readonly Finding[]) =>
  resultOf({
    sites: [],
    stopped: ownProblem('Input.Manifest', { message: inBoth('x'), findings }),
    calls: [],
    warnings: [],
    language: 'en-US',
  })

/** What the runner is told. */
const printed = (findings: readonly Finding[]): readonly string[] => {
  const lines: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0)
  const { annotate } = runnerLog('en-US')
  for (const failure of failuresOf(resultWith(findings), voice)) annotate(failure)
  write.mockRestore()
  return lines.join('').trim().split('\n')
}

test('each problem of a manifest is an annotation at its file, line and column', () => {
  const [whole, ...each] = printed([findingAt(12), findingAt(3)])
  expect(whole).toMatch(
    /^::error title=EdgeOne certificate%3A Input\.Manifest::2 problems in the manifest; the job summary lists all\.%0A/,
  )
  expect(each).toEqual([
    '::error title=EdgeOne certificate%3A Input.Manifest,file=certs/a%2Cb%3Ac.yml,line=12,col=7::hosts: got “b_12”; expected a host name.',
    '::error title=EdgeOne certificate%3A Input.Manifest,file=certs/a%2Cb%3Ac.yml,line=3,col=7::hosts: got “b_3”; expected a host name.',
  ])
})

test('there are ten annotations at most, the first of which counts the others and has what is wrong in the workflow', () => {
  const lines = printed([ofStep, ...Array.from({ length: 30 }, (_, i) => findingAt(i + 1))])
  expect(lines).toHaveLength(10)
  expect(lines.every((line) => line.startsWith('::error '))).toBe(true)
  expect(lines[0]).toContain(
    '::dry-run: got “1”; expected true or false.%0A30 problems in the manifest, the first 9 of which have an annotation; the job summary lists all.',
  )
  expect(lines.map((line) => /,line=(\d+)/.exec(line)?.[1])).toEqual([
    undefined,
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
  ])
})

test('the summary lists every problem with its place', () => {
  const summary = summaryOf(resultWith([ofStep, ...Array.from({ length: 30 }, (_, i) => findingAt(i + 1))]), 0, voice)
  const rows = summary.split('\n').filter((line) => /^ {2}- \*\*(?:dry-run|hosts)\*\*/.test(line))
  expect(rows).toHaveLength(31)
  expect(rows[0]).not.toContain('yml')
  expect(rows[30]).toContain('certs/a,b:c.yml:30:7')
})
