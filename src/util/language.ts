/** Languages of the summary, of annotations and of comments. Log lines, codes, outputs and the result document are English. */
export const languages = ['en-US', 'zh-CN'] as const
export type Language = (typeof languages)[number]

/** What is said to a user, in every language. */
export interface Text {
  readonly en: string
  readonly zh: string
}

/** A text that is the same in every language: a name, or what a service said. */
export const inBoth = (text: string): Text => ({ en: text, zh: text })

/** A change of the text in every language. */
export const mapped = ({ en, zh }: Text, change: (text: string) => string): Text => ({ en: change(en), zh: change(zh) })

export const textIn = (language: Language, { en, zh }: Text): string => (language === 'zh-CN' ? zh : en)

/** Sentences one after the other. */
export const sentences = (all: readonly Text[]): Text => ({
  en: all.map(({ en }) => en).join(' '),
  zh: all.map(({ zh }) => zh).join(''),
})

/** Phrases in one sentence. */
export const joined = (all: readonly Text[]): Text => ({
  en: all.map(({ en }) => en).join('; '),
  zh: all.map(({ zh }) => zh).join('；'),
})

/** A sentence without its full stop, to be continued. */
export const unfinished = (text: Text): Text => mapped(text, (one) => one.replace(/[.。]$/, ''))

/** Chinese, and what follows it: with a space before a letter or a digit. */
export const spaced = (before: string, after: string): string =>
  /^[\w`$*.:]/.test(after) ? `${before} ${after}` : before + after
