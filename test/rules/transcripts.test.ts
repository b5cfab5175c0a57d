import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { secrets } from '../world/transcript.ts'

const folder = join(import.meta.dirname, '../scenarios/transcripts')
const files = globSync('*.txt', { cwd: folder })

/** A secret as it could slip out: in clear, or in an encoding that a reader could undo. */
const guises = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
  encodeURIComponent(secret),
  secret.slice(0, 16),
  secret.slice(-16),
]

test('there are transcripts', () => expect(files.length).toBeGreaterThan(40))

test.each(files)('%s shows no secret', (file) => {
  const text = readFileSync(join(folder, file), 'utf8')
  for (const guise of secrets.flatMap(guises)) expect(text.includes(guise)).toBe(false)
})
