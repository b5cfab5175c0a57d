import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
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

test.each(files)('%s shows no secret', (file) => {
  expect(leaksIn(readFileSync(join(folder, file), 'utf8'))).toEqual([])
})
