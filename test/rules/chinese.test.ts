import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'

// Each document that exists in Chinese says the same as the English one, as far as a test can see: the headings, the blocks of code, the
// tables, and the names in code of each section.

const root = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
/** Both pages of error codes are written by one script. */
const generated = 'docs/errors.zh-CN.md'
const pairs = execFileSync('git', ['ls-files', '*.zh-CN.md'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((file) => file !== generated)
  .map((chinese) => [chinese.replace('.zh-CN.md', '.md'), chinese] as const)

const fence = /^ *```(\w*)\n([\s\S]*?)^ *```/gm
const prose = (text: string): string => text.replace(fence, '')

const headings = (text: string): readonly string[] =>
  [...prose(text).matchAll(/^(#+) /gm)].map(([, level = '']) => level)

/** Blocks of code without comments, and without the one input that the Chinese examples add. Drawings are in words. */
const blocks = (text: string): readonly string[] =>
  [...text.matchAll(fence)]
    .filter(([, kind]) => kind !== 'text' && kind !== 'mermaid')
    .map(([, kind, code = '']) =>
      [kind, ...code.split('\n').map((line) => line.replace(/(^|\s+)#.*$/, ''))]
        .filter((line) => line?.trim() !== '' && line?.trim() !== 'language: zh-CN')
        .join('\n'),
    )

const names = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name))]
    .filter((name) => name !== 'language: zh-CN')
    .toSorted()

/** The names in code of each section, in the order of the sections. */
const namesBySection = (text: string): readonly (readonly string[])[] => prose(text).split(/^## /m).map(names)

/** The names in code of each row of a table. */
const rows = (text: string): readonly (readonly string[])[] =>
  prose(text)
    .split('\n')
    .filter((line) => /^ *\|/.test(line))
    .map(names)

test('there are documents in Chinese', () => expect(pairs.map(([, file]) => file)).toContain('README.zh-CN.md'))

test.each(pairs)('%s and %s have the same headings', (english, chinese) =>
  expect(headings(read(chinese))).toEqual(headings(read(english))),
)

test.each(pairs)('%s and %s have the same code, apart from comments', (english, chinese) =>
  expect(blocks(read(chinese))).toEqual(blocks(read(english))),
)

test.each(pairs)('%s and %s name the same things in each row of a table', (english, chinese) =>
  expect(rows(read(chinese))).toEqual(rows(read(english))),
)

test.each(pairs)('%s and %s name the same things in each section', (english, chinese) =>
  expect(namesBySection(read(chinese))).toEqual(namesBySection(read(english))),
)

test.each(pairs)('%s and %s link to each other before the first section', (english, chinese) => {
  const top = (file: string) => read(file).split(/^## /m)[0]
  expect(top(english)).toContain(`](${basename(chinese)})`)
  expect(top(chinese)).toContain(`](${basename(english)})`)
})

/** Half-width punctuation beside Chinese, Chinese and Latin text without a space, and lines that would show a space where they break. */
const misset =
  /\p{sc=Han}[A-Za-z0-9`,;:!?.(]|[A-Za-z0-9`,;:!?]\p{sc=Han}|[，。；：！？、（）] [^|]|[^ |] [，。；：！？、（）]|[\p{sc=Han}，。；：！？、（）`] *\n *[\p{sc=Han}`A-Za-z（]/gu
const missetIn = (text: string): readonly string[] => [...prose(text).matchAll(misset)].map(([found]) => found)

test('text that is not set as Chinese is found', () => {
  expect(missetIn('使用EdgeOne 的证书, 或。\n\n- 域名（`a`） 与\n证书 ，`b`')).toEqual(['用E', '书,', '） 与', '书 ，'])
  expect(missetIn('域名\n证书')).toEqual(['名\n证'])
  expect(missetIn('- 使用 EdgeOne 的证书，\n- 或 `a`（b）。\n\n| 值（b） | c |')).toEqual([])
})

test.each(pairs)('beside %s, %s is set as Chinese is', (_, chinese) => expect(missetIn(read(chinese))).toEqual([]))
