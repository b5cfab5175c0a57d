import { createHash } from 'node:crypto'
import type { Environment, World } from '../model/ports.ts'
import { textIn } from '../util/language.ts'
import { title } from '../util/text.ts'

/** Maximum length of a comment and of the body of an issue on GitHub, and of the title of an issue, characters. */
const maxBody = 65_536
const maxTitle = 256

export type Post = 'comment' | 'issue'

/** The title of an issue, from plain text. */
export const postTitle = (text: string): string => title(text.toWellFormed(), maxTitle)

/**
 * The hidden first line of a comment or an issue, by which a step finds it again: of this workflow, job, step and share. It is a hash, since
 * names may hold `-->`. The file of the workflow tells more than its name, which two may share. `share`: empty without one.
 */
export const markerOf = (what: Post, env: Environment, share: string): string => {
  // The reference behind it differs between events.
  const [file] = /^.*?\.ya?ml(?=@)/.exec(env['GITHUB_WORKFLOW_REF'] ?? '') ?? []
  const place = [file ?? env['GITHUB_WORKFLOW'], env['GITHUB_JOB'], env['GITHUB_ACTION'], share]
  const hash = createHash('sha256').update(JSON.stringify(place.map((part) => part ?? '')))
  return `<!-- edgeone-certificate ${what} ${hash.digest('hex').slice(0, 32)} -->`
}

/** The page of the run, on GitHub or on a GitHub Enterprise Server. Undefined for a variable that is not what the runner sets. */
const runPage = ({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID }: Environment): string | undefined => {
  const server = URL.parse(GITHUB_SERVER_URL ?? 'https://github.com')
  const path = `/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`
  const isPlain = server !== null && /^https?:$/.test(server.protocol) && /^[\w./-]+\/actions\/runs\/\d+$/.test(path)
  return isPlain ? `${server.origin}${path}` : undefined
}

/**
 * The whole text of a comment or an issue: the marker, and Markdown, as much as there is room for. A comment leads to its run; an issue does
 * not, since it would be edited by each run, although nothing else is new.
 */
export const postBody = (
  what: Post,
  markdown: string,
  marker: string,
  { env, language }: Pick<World, 'env' | 'language'>,
): string => {
  const page = runPage(env)
  const summary = textIn(language, { en: 'job summary', zh: '作业摘要' })
  const { more, cut } = leads(page === undefined ? summary : `[${summary}](${page})`)
  const head = `${marker}\n\n`
  const foot = what === 'comment' ? `\n\n${textIn(language, more)}\n` : '\n'
  const rest = `\n\n${textIn(language, cut)}\n`
  const text = markdown.toWellFormed().trimEnd()
  if (head.length + text.length + foot.length <= maxBody) return head + text + foot
  return head + beginningOf(text, maxBody - head.length - rest.length) + rest
}

/** What leads to the job summary, which `summary` names. */
const leads = (summary: string) => ({
  more: { en: `More in the ${summary} of this run.`, zh: `更多内容见本次运行的${summary}。` },
  cut: {
    en: `This is not all: there was no room for the rest, which is in the ${summary} of this run.`,
    zh: `内容过长，其余部分见本次运行的${summary}。`,
  },
})

/** What is open where a line ends: a code block, by its fence, and folded parts. */
interface Open {
  readonly fence: string | undefined
  readonly folded: number
}

/**
 * As many whole lines of Markdown as fit, up to where no code block is open and no table has but its head, with the folded parts closed.
 * Only lines that this action writes begin with a tag or a fence: text from outside is within a line, or in a code block.
 */
export const beginningOf = (markdown: string, max: number): string => {
  const lines = markdown.split('\n')
  let [size, best] = [0, '']
  let open: Open = { fence: undefined, folded: 0 }
  const kept: string[] = []
  for (const [i, line] of lines.entries()) {
    size += line.length + 1
    if (size > max) break
    kept.push(line)
    open = after(open, line)
    const end = '\n\n</details>'.repeat(open.folded)
    const isWhole = open.fence === undefined && !isRule(lines[i + 1]) && !isRule(line) && size + end.length <= max
    if (isWhole) best = `${kept.join('\n')}${end}`
  }
  return best
}

/** The row of a table between its head and its body. */
const isRule = (line = ''): boolean => /^\|(?: ?:?-+:? ?\|)+$/.test(line)

const after = ({ fence, folded }: Open, line: string): Open => {
  const [mark] = /^ {0,3}(?:`{3,}|~{3,})/.exec(line) ?? []
  if (fence !== undefined)
    return { fence: line.trim().startsWith(fence) && isOnly(line.trim(), fence) ? undefined : fence, folded }
  if (mark !== undefined) return { fence: mark.trim(), folded }
  if (line.startsWith('<details')) return { fence, folded: folded + 1 }
  return { fence, folded: line.startsWith('</details>') ? Math.max(0, folded - 1) : folded }
}

/** A fence ends with one that is as long or longer, and nothing behind it. */
const isOnly = (text: string, fence: string): boolean => text === (fence[0] ?? '').repeat(text.length)
