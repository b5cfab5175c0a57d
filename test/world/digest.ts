import type { Recorded } from './world.ts'

/** Maximum length of a summary line in a digest, characters. */
const maxLine = 80

const clip = (line: string): string => {
  const characters = Array.from(line)
  return characters.length > maxLine ? `${characters.slice(0, maxLine).join('')}…` : line
}

const times = (text: string, count: number): string => (count === 1 ? text : `${text} ×${count}`)

/** `a ×2, b`: each value with its count, in order of first occurrence. */
const tally = (values: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => times(value, count)).join(', ')
}

/** `a, b ×2, a`: each value with its count of successive occurrences. */
const sequence = (values: readonly string[]): string => {
  const runs: { readonly value: string; count: number }[] = []
  for (const value of values) {
    const last = runs.at(-1)
    if (last?.value === value) last.count += 1
    else runs.push({ value, count: 1 })
  }
  return runs.map(({ value, count }) => times(value, count)).join(', ')
}

const cellsOf = (row: string): string[] =>
  row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim())

/** A table: its header, the number of its rows, and the values of a column that shows the outcome. */
const tableDigest = ([header = '', , ...rows]: readonly string[]): string => {
  const column = cellsOf(header).findIndex((name) => /^(?:State|Answer|Outcome)/.test(name))
  const values = column < 0 ? '' : `: ${tally(rows.map((row) => cellsOf(row)[column]?.split('<br>')[0] ?? ''))}`
  return `${header} ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}${values}`
}

/** A code block: its language, its length, and the sections of a chart. */
const codeDigest = ([fence = '', ...lines]: readonly string[]): string => {
  const sections = lines.flatMap((line) => /^ *section (.*)/.exec(line)?.[1] ?? [])
  const named = sections.length === 0 ? '' : `: ${sections.join(', ')}`
  return `${fence} ${lines.length - 1} lines${named}`
}

/** An outline of a summary: the beginning of each line, while tables and code blocks are only described. */
export const summaryDigest = (summary: string): string[] => {
  const lines = summary.trimEnd().split('\n')
  const outline: string[] = []
  for (let at = 0; at < lines.length; ) {
    const rest = lines.slice(at)
    const [line = ''] = rest
    const isTable = line.startsWith('|')
    const isCode = line.startsWith('```')
    const end = isTable ? rest.findIndex((one) => !one.startsWith('|')) : rest.indexOf('```', 1) + 1
    const length = !isTable && !isCode ? 1 : end > 0 ? end : rest.length
    const block = rest.slice(0, length)
    if (isTable) outline.push(tableDigest(block))
    else if (isCode) outline.push(codeDigest(block))
    else if (line.startsWith('#')) outline.push(line)
    else if (line !== '' && line !== '</details>') outline.push(clip(line))
    at += length
  }
  return outline
}

/** Requests as `host action version ×n -> answers`, successive ones of one action on one line. */
export const requestsDigest = (requests: readonly Recorded[]): string[] => {
  const runs: { readonly name: string; readonly answers: string[] }[] = []
  for (const { host, action, version, answer } of requests) {
    const name = `${host} ${action} ${version}`
    const last = runs.at(-1)
    if (last?.name === name) last.answers.push(answer)
    else runs.push({ name, answers: [answer] })
  }
  return runs.map(({ name, answers }) => `${times(name, answers.length)} -> ${sequence(answers)}`)
}
