import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { tables } from '../../src/errors/index.ts'

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((file) => existsSync(join(root, file)))

/** The anchors of a document: explicit ones, and those that GitHub makes of headings. */
const anchorsOf = (text: string): ReadonlySet<string> => {
  const headings = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id = '']) => id)])
}

const isOutside = (target: string) => /^[a-z]+:/.test(target)

/** Links and pictures of a document that lead nowhere. */
const broken = (file: string): readonly string[] => {
  const text = read(file)
  const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
  const links = [...prose.matchAll(/\]\(<?([^)\s>]+)>?\)|(?:src|srcset|href)="([^"]+)"/g)].map(
    ([, a, b]) => a ?? b ?? '',
  )
  return links.filter((target) => {
    if (isOutside(target)) return false
    const [path = '', anchor] = target.split('#')
    const to = path === '' ? file : join(dirname(file), path)
    if (!existsSync(join(root, to))) return true
    return anchor !== undefined && to.endsWith('.md') && !anchorsOf(read(to)).has(anchor)
  })
}

test.each(documents)('every link in %s leads somewhere', (file) => expect(broken(file)).toEqual([]))

test('a link to a file or a heading that does not exist is found', () => {
  expect(anchorsOf('## API versions\n\n<a id="x"></a>')).toEqual(new Set(['api-versions', 'x']))
  expect(existsSync(join(root, 'docs/no-such-file.md'))).toBe(false)
})

test('every error code that a document names exists', () => {
  const known = new Set(Object.values(tables).flatMap((rows) => Object.keys(rows)))
  const unknown = documents.flatMap((file) =>
    [...read(file).matchAll(/`((?:Input|Certificate|Verify|Network|Run)\.[A-Z]\w+)`/g)].flatMap(([, code = '']) =>
      known.has(code) ? [] : `${file}: ${code}`,
    ),
  )
  expect(unknown).toEqual([])
})
