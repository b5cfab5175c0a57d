import type { ReadFile } from '../model/ports.ts'
import type { Pairs } from './chain.ts'
import { keyLinesIn } from './key-lines.ts'
import { isPem, pathsOf, readPairs, type Source } from './read.ts'

/**
 * The certificates and keys in the inputs, or in the files that they name. Masks every line of a key before anything else is done
 * with it. Throws `Certificate.File`, `Certificate.Unreadable` or `Certificate.KeyMismatch`; no message contains any part of a key.
 */
export const loadPairs = async (
  { certificate, privateKey }: { readonly certificate: string; readonly privateKey: string },
  readFile: ReadFile,
  mask: (secret: string) => void,
): Promise<Pairs> => {
  const sources: Source[] = []
  for (const [input, value] of [
    ['certificate', certificate],
    ['private-key', privateKey],
  ] as const) {
    if (isPem(value)) sources.push({ input, name: 'the text', text: value })
    else for (const name of pathsOf(value)) sources.push({ input, name, text: await readFile(name) })
  }
  for (const { text } of sources) for (const line of keyLinesIn(text)) mask(line)
  return readPairs(sources)
}
