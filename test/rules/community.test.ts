import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const folder = '.github/ISSUE_TEMPLATE'
const action = parse(read('action.yml'))

interface Element {
  readonly type: string
  readonly id?: string
  readonly attributes: {
    readonly label?: string
    readonly value?: string
    readonly options?: readonly string[]
    readonly default?: number
  }
  readonly validations?: { readonly required?: boolean }
}
interface Form {
  readonly name: string
  readonly description: string
  readonly body: readonly Element[]
}
const form = (name: string): Form => parse(read(`${folder}/${name}.yml`))
const optionsOf = (id: string): readonly string[] =>
  form('bug').body.find((element) => element.id === id)?.attributes.options ?? []

// GitHub shows a form that breaks its rules as an error, or not at all ("Syntax for GitHub's form schema").
test.each(['bug', 'feature'])('the issue form %s is one that GitHub shows', (name) => {
  const { body, ...head } = form(name)
  expect(head.name.length).toBeGreaterThan(3)
  expect(head.description.length).toBeLessThan(200)
  const ids = body.flatMap(({ id }) => id ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  for (const { type, id, attributes } of body) {
    expect(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']).toContain(type)
    if (type === 'markdown') expect(attributes.value).toMatch(/\w/)
    else {
      expect(id).toMatch(/^[a-z0-9-]+$/)
      expect(attributes.label).toMatch(/\w/)
    }
    if (type === 'dropdown') {
      expect(new Set(attributes.options).size).toBeGreaterThan(1)
      // “None” is reserved for dropdowns that may stay empty.
      expect(attributes.options).not.toContain('None')
    }
  }
  expect(body.some(({ validations }) => validations?.required)).toBe(true)
})

test('the form for bugs asks for what a maintainer needs, in the words of the outputs', () => {
  const ids = form('bug').body.map(({ id }) => id)
  expect(ids).toEqual(
    expect.arrayContaining(['outcome', 'code', 'request', 'api-version', 'runner', 'version', 'step']),
  )
  const outcomes = [...action.outputs.outcome.description.matchAll(/`([a-z-]+)`/g)].map(([, one]) => one)
  expect(outcomes.length).toBeGreaterThan(4)
  expect(optionsOf('outcome')).toEqual(expect.arrayContaining(outcomes))
  const versions = [...action.inputs['api-version'].description.matchAll(/`(\d{4}-\d\d-\d\d)`/g)].map(([, one]) => one)
  expect(optionsOf('api-version')).toEqual([...new Set(versions)])
})

test('the paths of CODEOWNERS exist, and cover what runs at the user’s', () => {
  const lines = read('.github/CODEOWNERS').split('\n')
  const paths = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(/\s+/)[0] ?? '')
  expect(paths).toEqual(expect.arrayContaining(['/dist/', '/.github/', '/action.yml', '/audit/']))
  for (const path of paths.filter((one) => one !== '*')) {
    expect(existsSync(join(root, path)), path).toBe(true)
  }
})

/** Documents whose links must lead somewhere. */
const documents = [
  ...['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'examples/README.md'],
  ...['.github/SUPPORT.md', '.github/CODE_OF_CONDUCT.md', 'docs/release.md', 'docs/oidc.md', 'docs/many-sites.md'],
  'docs/self-hosted.md',
  'docs/real-acme.md',
]

/** The anchor that GitHub gives to a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

test.each(documents)('the links of %s lead to files and headings that exist', (file) => {
  const text = read(file).replace(/```[\s\S]*?```/g, '')
  for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^(https?:|mailto:)/.test(target)) continue
    const [path = '', anchor] = target.split('#')
    const linked = path === '' ? file : join(file, '..', path)
    expect(existsSync(join(root, linked)), target).toBe(true)
    if (anchor === undefined || !linked.endsWith('.md')) continue
    const headings = [...read(linked).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading))
    const marks = [...read(linked).matchAll(/<a id="([^"]+)"/g)].map(([, id]) => id)
    expect([...headings, ...marks], target).toContain(anchor)
  }
})
