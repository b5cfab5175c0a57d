import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Pair, pairsIn } from '../support/pairs.ts'

const root = join(import.meta.dirname, '../..')
const read = (folder: string, pattern: string) =>
  globSync(pattern, { cwd: join(root, folder) }).map((file) => ({
    file,
    text: readFileSync(join(root, folder, file), 'utf8'),
  }))

/** Chinese characters and full-width punctuation. */
const chinese = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/u

/** Without code, quotes and addresses, which are the same in every language. */
const bare = (text: string): string => text.replaceAll(/`[^`]*`|“[^”]*”|https?:\S+/g, '¤')

describe('a sentence in two languages', () => {
  const pairs = read('src', '**/*.ts').flatMap(({ file, text }) => pairsIn(text).map((pair) => ({ file, ...pair })))
  const where = (test: (pair: Pair) => boolean) => pairs.filter(test).map(({ file, en, zh }) => [file, en, zh])

  test('is what most of our sentences are', () => expect(pairs.length).toBeGreaterThan(500))

  test('has no Chinese in English', () => expect(where(({ en }) => chinese.test(en))).toEqual([]))

  test('has Chinese in Chinese', () => {
    expect(where(({ en, zh }) => /[a-z]{3}/.test(bare(en)) && !chinese.test(bare(zh)))).toEqual([])
  })

  test('has no English sentence in Chinese', () => {
    expect(where(({ zh }) => /(?:[A-Za-z]+[ ,]+){3}[A-Za-z]+/.test(bare(zh)))).toEqual([])
  })

  test('has full-width punctuation beside Chinese, and a space between Chinese and Latin letters or digits', () => {
    const punctuation = /[\u3400-\u9fff][,.;:?!()]|[,;:?!()][\u3400-\u9fff]/
    const touching = /[\u3400-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u3400-\u9fff]/
    expect(where(({ zh }) => punctuation.test(bare(zh)) || touching.test(bare(zh)))).toEqual([])
  })
})

/** Chinese that the world, or a scenario, lets a service say. */
const saidByServices = [...read('test/world', '*.ts'), ...read('test/scenarios', '*.test.ts')].flatMap(({ text }) =>
  [...text.matchAll(/'([^'\n]*)'/g)].flatMap(([, said = '']) => (chinese.test(said) ? [said] : [])),
)

describe('a run in English', () => {
  const isEnglish = ({ file, text }: { readonly file: string; readonly text: string }) =>
    !/in-Chinese|in-zh-CN|^chinese[\\/]/.test(file) && !/^POST .* zh-CN \(/m.test(text)
  const transcripts = read('test/scenarios/transcripts', '**/*.txt').filter(isEnglish)

  test.each(transcripts)('$file has no Chinese but what a service said', ({ text }) => {
    const own = saidByServices.reduce((rest, said) => rest.replaceAll(said, ''), text)
    expect(own.split('\n').filter((line) => chinese.test(line))).toEqual([])
  })
})
