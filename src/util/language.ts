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

/** A text that may not be translated yet. */
export type Said = string | Text
export const textOf = (said: Said): Text => (typeof said === 'string' ? inBoth(said) : said)
