import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beginningOf, markerOf, postBody, postTitle } from '../../src/report/post.ts'
import { code, fenced, prose } from '../../src/util/text.ts'
import { render } from '../support/github-markdown.ts'

const env = {
  GITHUB_WORKFLOW: 'Certificate',
  GITHUB_WORKFLOW_REF: 'octo/site/.github/workflows/certificate.yml@refs/heads/main',
  GITHUB_JOB: 'bind',
  GITHUB_ACTION: 'edgeone',
  GITHUB_REPOSITORY: 'octo/site',
  GITHUB_RUN_ID: '17',
}

test('a marker is one comment of HTML, the same for each run of a step', () => {
  const marker = markerOf('comment', env, '')
  expect(marker).toMatch(/^<!-- edgeone-certificate comment [0-9a-f]{32} -->$/)
  const later = { ...env, GITHUB_RUN_ID: '18', GITHUB_WORKFLOW_REF: env.GITHUB_WORKFLOW_REF.replace('main', 'x') }
  expect(markerOf('comment', later, '')).toBe(marker)
})

test('each workflow, job, step and share has a marker of its own, and an issue another than a comment', () => {
  const hostile = { ...env, GITHUB_JOB: '--><script>', GITHUB_WORKFLOW_REF: undefined }
  const markers = [
    markerOf('comment', env, ''),
    markerOf('issue', env, ''),
    markerOf('comment', env, '1/2'),
    markerOf('comment', env, '2/2'),
    markerOf('comment', { ...env, GITHUB_JOB: 'other' }, ''),
    markerOf('comment', { ...env, GITHUB_ACTION: 'other' }, ''),
    markerOf('comment', { ...env, GITHUB_WORKFLOW_REF: 'octo/site/.github/workflows/other.yml@refs/heads/main' }, ''),
    markerOf('comment', hostile, ''),
    markerOf('comment', { ...hostile, GITHUB_WORKFLOW: 'Other' }, ''),
    markerOf('comment', { ...env, GITHUB_WORKFLOW_REF: 'octo/site/.github/workflows/a@1.yml@refs/heads/main' }, ''),
    markerOf('comment', { ...env, GITHUB_WORKFLOW_REF: 'octo/site/.github/workflows/a@2.yaml@refs/heads/x@y' }, ''),
    // The parts do not run into each other.
    markerOf('comment', { ...env, GITHUB_JOB: 'bindedgeone', GITHUB_ACTION: '' }, ''),
    markerOf('comment', {}, ''),
  ]
  expect(new Set(markers).size).toBe(markers.length)
  for (const one of markers) expect(one).toMatch(/^<!-- edgeone-certificate (comment|issue) [0-9a-f]{32} -->$/)
})

const inEnglish = (one: Readonly<Record<string, string>>) => ({ env: one, language: 'en-US' }) as const

test('a comment leads to its run, at the address of the server', () => {
  const page = (more: Readonly<Record<string, string>>) =>
    postBody('comment', 'x', '<!-- m -->', inEnglish({ ...env, ...more }))
  expect(page({})).toBe(
    '<!-- m -->\n\nx\n\nMore in the [job summary](https://github.com/octo/site/actions/runs/17) of this run.\n',
  )
  expect(page({ GITHUB_SERVER_URL: 'https://ghe.test' })).toContain('(https://ghe.test/octo/site/actions/runs/17)')
  for (const bad of [
    { GITHUB_SERVER_URL: 'javascript:alert(1)' },
    { GITHUB_REPOSITORY: 'octo/site) [x](https://evil.test' },
    { GITHUB_RUN_ID: '17)' },
    { GITHUB_RUN_ID: '' },
  ])
    expect(page(bad)).toContain('More in the job summary of this run.')
})

test('an issue says the same in each run', () => {
  const bodies = ['17', '18'].map((id) =>
    postBody('issue', 'x', '<!-- m -->', inEnglish({ ...env, GITHUB_RUN_ID: id })),
  )
  expect(bodies).toEqual(['<!-- m -->\n\nx\n', '<!-- m -->\n\nx\n'])
})

test('65,536 characters are not cut, and one more is', () => {
  const [marker, line] = ['<!-- m -->', 'word '.repeat(9).trim()]
  const around = postBody('comment', '', marker, inEnglish(env)).length
  const whole = `${`${line}\n`.repeat(2000).slice(0, 65_536 - around - 1)}x`
  expect(postBody('comment', whole, marker, inEnglish(env))).toHaveLength(65_536)
  expect(postBody('comment', whole, marker, inEnglish(env))).not.toContain('This is not all')
  const cut = postBody('comment', `${whole}x`, marker, inEnglish(env))
  expect(cut.length).toBeLessThanOrEqual(65_536)
  expect(cut).toMatch(/\n\nThis is not all: there was no room for the rest, which is in the \[job summary\]\(.*\n$/)
})

const table = ['| Host | State |', '| --- | :---: |', '| a | b |', '| c | d |']
const rows = ['## Title', '', ...table, '', 'Text.']

describe('as many whole lines are kept as fit', () => {
  const upTo = (lines: readonly string[], n: number) => lines.slice(0, n).join('\n')
  test('up to a line', () => {
    expect(beginningOf(rows.join('\n'), 1000)).toBe(rows.join('\n'))
    expect(beginningOf('one\ntwo\nthree', 8)).toBe('one\ntwo')
    expect(beginningOf('one\ntwo\nthree', 7)).toBe('one')
    expect(beginningOf('one', 3)).toBe('')
  })
  test('a table is cut between its rows, and never has but its head', () => {
    const within = (n: number) => beginningOf(rows.join('\n'), upTo(rows, n).length + 1)
    expect([3, 4, 5, 6].map(within)).toEqual([upTo(rows, 2), upTo(rows, 2), upTo(rows, 5), upTo(rows, 6)])
  })
  test('a code block is kept as a whole, or not', () => {
    const lines = ['Text.', '````text', '```', '<details>', '```` x', '````', 'More.']
    const within = (n: number) => beginningOf(lines.join('\n'), upTo(lines, n).length + 1)
    expect([1, 2, 3, 4, 5, 6].map(within)).toEqual([...Array.from({ length: 5 }, () => 'Text.'), upTo(lines, 6)])
  })
  test('a folded part is closed', () => {
    const lines = ['<details><summary>x</summary>', '', 'one', 'two', '', '</details>', 'three']
    const all = lines.join('\n')
    const end = '\n\n</details>'
    expect(beginningOf(all, upTo(lines, 3).length + end.length + 1)).toBe(upTo(lines, 3) + end)
    // There is no room for the end.
    expect(beginningOf(all, upTo(lines, 3).length + end.length)).toBe(upTo(lines, 2) + end)
  })
})

const hostile = [
  '@octocat #1 octo/site#2 1234567890abcdef1234567890abcdef12345678 https://evil.test me@evil.test',
  '``` \n~~~\n<details>\n</details>\n<!-- x -->\n| --- |\n&#64;octocat `@octocat',
  '| a | @b |\n- @x\n# @x\n    @x',
  '&lt;&amp;&#x40;octocat\\',
]
const block = fc.oneof(
  fc.constantFrom(...hostile).map(prose),
  fc.constantFrom(...hostile).map((text) => `- ${code(text)}\n- ${prose(text)}`),
  fc.constantFrom(...hostile).map((text) => fenced(text, 'text')),
  fc.constant(table.join('\n')),
)
const part = fc.oneof(
  block,
  fc
    .array(block, { minLength: 1, maxLength: 3 })
    .map((blocks) => `<details><summary>More</summary>\n\n${blocks.join('\n\n')}\n\n</details>`),
)

test('wherever a text is cut, nothing in it is left open or becomes more than text', () => {
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (parts, at) => {
        const whole = parts.join('\n\n')
        const max = Math.floor(at * whole.length)
        const cut = beginningOf(whole, max)
        expect(cut.length).toBeLessThanOrEqual(max)
        const { active, tags } = render(`${cut}\n\nEnd.`)
        expect(active).toEqual([])
        // The end stands by itself.
        expect(render(`${cut}\n\nEnd.`).tags.filter((tag) => tag === '<p>').length).toBe(
          render(cut).tags.filter((tag) => tag === '<p>').length + 1,
        )
        expect(tags.filter((tag) => tag === '<table>').length).toBe(
          (cut.match(/^\| --- /gm) ?? []).length - fencedRules(cut),
        )
      },
    ),
    { numRuns: 300 },
  )
})

/** Rules of tables that stand in code blocks. */
const fencedRules = (text: string): number =>
  render(text).tags.filter((tag) => tag === '<pre>').length === 0 ? 0 : (text.match(/^\| --- \|$/gm) ?? []).length

test('a title is cut at a word, and not within a code span', () => {
  expect(postTitle('a'.repeat(256))).toHaveLength(256)
  expect(postTitle(`${'word '.repeat(60)}`)).toMatch(/^(word )+word…$/)
  const long = postTitle(`${'word '.repeat(50)}@octocat`)
  expect(long).toMatch(/word…$/)
  expect(postTitle(`x @${'o'.repeat(300)}`)).toBe('x…')
})
