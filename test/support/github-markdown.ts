import { marked } from 'marked'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'

/**
 * What GitHub makes links, emoji or formulas of in the text of a page, after Markdown was rendered: so no escape helps. It leaves alone what is in
 * `code`, `pre` and `a`. Addresses: cmark-gfm's extended autolinks. The others: GitHub's own references and mentions.
 */
const linked: Readonly<Record<string, RegExp>> = {
  'mail address': /[\w.+-]+@[\w-]+\.[\w.-]*/,
  URL: /\b(?:https?|ftp):\/\/[^\s<]/i,
  'www address': /(?<![\p{L}\d])www\.[\w-]/iu,
  protocol: /\b(?:mailto|xmpp):\S*@/i,
  mention: /(?<![\w`/])@[a-z\d]/i,
  issue: /#\d|\bGH-\d/i,
  commit: /(?<![\w])(?=[\da-f]*\d)[\da-f]{7,40}(?!\w)/,
  emoji: /:[a-z\d+-][\w+-]*:/,
  formula: /\$\S/,
}

export interface Rendered {
  /** Each element, as its start tag. */
  readonly tags: readonly string[]
  /** Sources of Mermaid charts. */
  readonly charts: readonly string[]
  /** What in the text GitHub would make something else of than text; comments are among it. */
  readonly active: readonly string[]
}

/** Markdown as GitHub renders it. */
export const render = (markdown: string): Rendered => {
  const [tags, charts, active]: [string[], string[], string[]] = [[], [], []]
  const visit = (node: DefaultTreeAdapterTypes.ChildNode, isLiteral: boolean): void => {
    if (node.nodeName === '#comment') active.push('comment')
    if ('value' in node && !isLiteral) active.push(...linksIn(node.value))
    if (!('tagName' in node)) return
    const attributes = node.attrs.map(({ name, value }) => ` ${name}="${value}"`).join('')
    tags.push(`<${node.tagName}${attributes}>`)
    const isChart = node.tagName === 'code' && attributes === ' class="language-mermaid"'
    if (isChart) charts.push(node.childNodes.map((child) => ('value' in child ? child.value : '')).join(''))
    for (const child of node.childNodes) visit(child, isLiteral || ['code', 'pre', 'a'].includes(node.tagName))
  }
  for (const node of parseFragment(marked.parse(markdown, { async: false })).childNodes) visit(node, false)
  return { tags, charts, active }
}

/** What GitHub would make of a text that is not in code. */
export const linksIn = (text: string): string[] =>
  Object.entries(linked).flatMap(([what, pattern]) => {
    const found = pattern.exec(text)?.[0]
    return found === undefined ? [] : [`${what}: ${found}`]
  })
