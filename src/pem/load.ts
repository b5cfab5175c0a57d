import type { Pairs } from './chain.ts'
import { keyBodiesIn, keyLinesIn } from './key-lines.ts'
import { readPairs, type Source } from './read.ts'

/**
 * The certificates and keys in texts whose keys are masked. As they will be sent, the lines of a key may be others: these are masked, too.
 * Throws `Certificate.Unreadable` or `Certificate.KeyMismatch`; no message contains any part of a key.
 */
export const loadPairs = (sources: readonly Source[], mask: (secret: string) => void): Pairs => {
  const made = readPairs(sources)
  for (const { key } of made.pairs) for (const secret of [...keyBodiesIn(key), ...keyLinesIn(key)]) mask(secret)
  return made
}
