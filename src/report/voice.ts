import { type Catalogue, catalogue } from '../errors/index.ts'
import type { Problem } from '../model/problem.ts'
import { type Language, type Text, textIn } from '../util/language.ts'
import { briefCodes, type Words } from './words.ts'
import { en } from './words-en.ts'

/** All that the report needs to speak a language. */
export interface Voice {
  readonly words: Words
  /** What a failure means, and what to do. */
  readonly texts: Catalogue
  readonly said: (text: Text) => string
}

export const voiceOf = async (language: Language): Promise<Voice> => {
  // In a chunk of its own: an English run does not load it.
  const words = language === 'en-US' ? en : (await import('./words-zh.ts')).zh
  return { words, texts: await catalogue(language), said: (text) => textIn(language, text) }
}

/** Why something failed at a number of hosts, in a few words of Markdown; empty when the catalogue does not say. */
export const whyOf = (problem: Problem, n: number, { words, texts }: Voice): string => {
  const brief = briefCodes.find((one) => one === problem.code)
  return brief === undefined ? words.gist(texts(problem)?.meaning ?? '') : words.brief[brief](n)
}
