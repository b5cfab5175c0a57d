import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { leakFinder } from '../support/secrets.ts'
import { secrets } from '../world/transcript.ts'

const scenarios = join(import.meta.dirname, '../scenarios')
const folder = join(scenarios, 'transcripts')
const files = globSync('**/*.txt', { cwd: folder })
const leaksIn = leakFinder(secrets)

test('there are transcripts', () => expect(files.length).toBeGreaterThan(40))

test('each folder of transcripts belongs to a file of scenarios', () => {
  const owners = globSync('*.test.ts', { cwd: scenarios }).map((file) => file.replace('.test.ts', ''))
  expect(files.filter((file) => !owners.includes(dirname(file)))).toEqual([])
})

const action: unknown = parse(readFileSync(join(scenarios, '../../action.yml'), 'utf8'))
const inputNames = Object.keys(Object(Object(action).inputs))

/** Words that are the same in Chinese: names, and abbreviations of the field. */
const international = [
  ...inputNames,
  'false',
  'newest',
  'default',
  'RequestId',
  'PEM',
  'IP',
  'URL',

  'EdgeOne',
  'Tencent',
  'Cloud',
  'API',
  'CAM',
  'DNS',
  'HTTPS',
  'ID',
  'RSA',
  'ECC',
  'SSL',
  'TLS',
  'UTC',
]

/** Words of a summary in Latin letters, apart from code, tags, entities, addresses, names, IDs and charts' syntax. */
const latinWords = (summary: string): readonly string[] => {
  const text = summary
    .replace(/^```mermaid\n[\s\S]*?^```$/gm, (chart) =>
      [...chart.matchAll(/section (.*)/g)].map(([, name]) => name).join(' '),
    )
    .replace(/(`+)(?:(?!\1).)+\1/g, '')
    .replaceAll('&#46;', '.')
    .replace(/\]\([^)]*\)|<\/?\w+>|&#?\w+;|\[!WARNING\]/g, ' ')
  return [...text.matchAll(/[A-Za-z][\w-]+(?:\.\w[\w.-]*)?/g)]
    .map(([word]) => word)
    .filter((word) => !/[.\d]/.test(word))
}

const inChinese = files.filter((file) => dirname(file) === 'chinese')

test('there are Chinese summaries', () => expect(inChinese.length).toBeGreaterThan(4))

test.each(inChinese)('the summary of %s has no English but names and code', (file) => {
  const [, summary = ''] = /^### Summary\n([\s\S]*?)^### /m.exec(readFileSync(join(folder, file), 'utf8')) ?? []
  expect(summary).toMatch(/\p{sc=Han}/u)
  expect(latinWords(summary).filter((word) => !international.includes(word))).toEqual([])
})

/** Those of an audit, whose certificates end some days after the run. Versions of the API are older. */
const ofAudits = files.filter((file) => dirname(file).startsWith('audit'))

test.each(ofAudits)('%s is the same on another day', (file) => {
  expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/\b20(?:2[3-9]|[3-9]\d)-(?:&\w+;)?\d\d-(?:&\w+;)?\d\d/)
})

test.each(files)('%s shows no secret', (file) => {
  expect(leaksIn(readFileSync(join(folder, file), 'utf8'))).toEqual([])
})
