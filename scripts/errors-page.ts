import { type Concerns, type Condition, type Retry, type Row, type Texts, tables } from '../src/errors/index.ts'
import type { Budget } from '../src/errors/types.ts'

/** The parts of docs/errors.md that are not in the catalogue, in one language. */
export interface Words {
  /** Everything above the tables. */
  readonly lead: string
  /** The heading and the first sentence of each table. */
  readonly sections: Readonly<Record<keyof typeof tables, readonly [title: string, lead: string]>>
  readonly columns: readonly string[]
  readonly concerns: Readonly<Record<Concerns, string>>
  readonly retried: Readonly<Record<Budget | 'never', string>>
  readonly conditions: Readonly<Record<Condition, string>>
  readonly comma: string
  readonly texts: Readonly<Record<keyof typeof tables, Readonly<Record<string, Texts>>>>
}

const order = ['teo', 'common', 'own', 'ssl', 'sts'] as const

const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

const retriedText = ({ retried, conditions, comma }: Words, retry: Retry | undefined): string => {
  if (retry === undefined) return retried.never
  const { budget, only } = retry
  return [retried[budget], ...(only === undefined ? [] : [conditions[only]])].join(comma)
}

/** docs/errors.md in a language: the catalogue as a table for each service. */
export const pageIn = (words: Words): string => {
  const lineOf = (table: keyof typeof tables, code: string, { retry, concerns = 'host' }: Row) => {
    const { meaning = '', fix = '' } = words.texts[table][code] ?? {}
    const anchor = `<a id="${table}-${code}"></a>\`${code}\``
    return line([anchor, meaning, fix, retriedText(words, retry), words.concerns[concerns]])
  }
  const sections = order.map((table) => {
    const rows = Object.entries(tables[table])
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, row]) => lineOf(table, code, row))
    const [title, lead] = words.sections[table]
    const rule = line(words.columns.map(() => '---'))
    return `## ${title}\n\n${lead}\n\n${line(words.columns)}\n${rule}\n${rows.join('\n')}\n`
  })
  return `${words.lead}\n${sections.join('\n')}`
}
