/** What a code means (cause) and what to do about it (way out), one or two sentences each, in Markdown with code spans. */
export interface Explanation {
  readonly meaning: string
  readonly fix: string
}

export type Explanations = Readonly<Record<string, Explanation>>
