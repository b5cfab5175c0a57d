import type { ReadFile } from '../model/ports.ts'
import type { Pairs } from './chain.ts'
import { keyBodiesIn, keyLinesIn } from './key-lines.ts'
import { readPairs } from './read.ts'
import { type GivenPem, openSources } from './sources.ts'

/**
 * The certificates and keys in the inputs, or in the files that they name. Keys are masked first, as they were given and as they will
 * be sent, which may be in other lines. Throws `Certificate.File`, `Certificate.Unreadable` or
 * `Certificate.KeyMismatch`; no message contains any part of a key.
 */
export const loadPairs = async (
  given: GivenPem,
  readFile: ReadFile,
  mask: (secret: string) => void,
): Promise<Pairs> => {
  const made = readPairs(await openSources(given, readFile, mask))
  for (const { key } of made.pairs) for (const secret of [...keyBodiesIn(key), ...keyLinesIn(key)]) mask(secret)
  return made
}
