import type { Text } from './language.ts'

/**
 * Prepares text from outside (API messages, host names, aliases) for a reader: visible, on one line, of limited length.
 * `runner/actions.ts` escapes what the runner would read as a command in a log line.
 */

/** One line of visible text: line breaks become `⏎`, tabs a space, other control and format characters `\u{…}`. */
export const oneLine = (text: string): string =>
  text
    .replace(/\r\n|[\n\r\u2028\u2029]/g, ' ⏎ ')
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/ {2,}/g, ' ')
    .trim()

/** At most `max` UTF-16 units; a cut ends in `…` and never splits a surrogate pair. */
export const clip = (text: string, max: number): string => {
  if (text.length <= max) return text
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** One line of visible text, at most `max` UTF-16 units of it. Of a far longer text, only the beginning is processed. */
export const brief = (text: string, max: number): string => clip(oneLine(clip(text, 20 * max)), max)

/** Length of the longest run of backticks; 0 when there are none. */
const longestRun = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0)

/** Maximum length of a code span in a sentence or cell, UTF-16 units: names, IDs and codes are all shorter. */
const maxSpan = 4000

/**
 * A Markdown code span that shows any `text` literally, clipped (CommonMark 0.31 §6.1: nothing inside is parsed, and the fence is
 * longer than any run of backticks in it). `table` does the further escaping for table cells.
 */
export const code = (text: string): string => {
  if (/^[\w.:-]{1,253}$/.test(text)) return `\`${text}\``
  const line = brief(text, maxSpan)
  if (line === '') return '–'
  const fence = '`'.repeat(longestRun(line) + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/** A Markdown code block that shows `text` as it is: its fence is longer than any run of backticks in it (CommonMark 0.31 §4.5). */
export const fenced = (text: string, language: string): string => {
  const fence = '`'.repeat(Math.max(2, longestRun(text)) + 1)
  const visible = text.split('\n').map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\ufffd'))
  return [fence + language, ...visible, fence].join('\n')
}

/** What GitHub makes a link, a formula or an emoji of, although no Markdown is written: an address, a mention, an issue, a commit. */
const linkable = /[@$]|:\/\/|www\.|#\d|\bGH-\d|(?:mailto|xmpp):|:[\w+-]+:|(?<![\p{L}\d])[\da-f]{7,40}(?![\p{L}\d])/iu

/** What stands between two words, each of which is looked at alone. */
const separators = /([ |“”,]|[.?!;]+(?= |$))/

const escaped = (text: string): string => text.replace(/[!#-&*+./:<-@[-`{-~]/g, (c) => `&#${c.charCodeAt(0)};`)

/**
 * Running text in Markdown that shows `text` literally: punctuation that could start a construct becomes a numeric character reference,
 * which is never markup (CommonMark 0.31 §2.5). GitHub looks for links in the text that results, so words that could become one are
 * in code spans, where it does not look.
 */
export const prose = (text: string): string =>
  oneLine(text)
    .split(separators)
    .map((word) => (linkable.test(word) ? code(word) : escaped(word)))
    .join('')

/**
 * Plain text for the title of an issue, at most `max` UTF-16 units. GitHub parses no Markdown in a title but code spans, and looks for
 * mentions, references and emoji outside of them, so words that could become one are in code spans.
 */
export const title = (text: string, max: number): string => {
  const words = oneLine(text)
    .replaceAll('`', "'")
    .split(separators)
    .map((word) => (linkable.test(word) ? `\`${word}\`` : word))
  const whole = words.join('')
  if (whole.length <= max) return whole
  let kept = ''
  for (const word of words) {
    if (kept.length + word.length >= max) break
    kept += word
  }
  return `${kept.trimEnd()}…`
}

/** Text inside of an HTML element, where Markdown is not interpreted. Meant for `<code>`, in which GitHub looks for no links. */
export const html = (text: string): string => escaped(oneLine(text))

/** `0.4 s`, `12 s`, `3 min 05 s`, `1 h 00 min`, from milliseconds. */
export const duration = (ms: number): string => {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const two = (n: number) => String(n).padStart(2, '0')
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`
}

/** `0.4 秒`, `12 秒`, `3 分 05 秒`, `1 小时 00 分`: as `duration`, in Chinese. */
export const durationZh = (ms: number): string =>
  duration(ms).replace(' s', ' 秒').replace(' min', ' 分').replace(' h', ' 小时')

/** `2027-02-01`: the day, UTC, of Unix milliseconds. */
export const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** `03:12:08 UTC`: the time of day of Unix milliseconds. */
export const timeOfDay = (ms: number): string => `${new Date(ms).toISOString().slice(11, 19)} UTC`

/** `1 host`, `2 hosts`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

/** `a, b, c and 4 more`: at most `max` items by name. */
export const list = <T>(items: readonly T[], max: number, nameOf: (item: T) => string = String): string => {
  const names = items
    .slice(0, max)
    .map((item) => nameOf(item))
    .join(', ')
  return items.length <= max ? names : `${names} and ${items.length - max} more`
}

/** `a、b、c 等 7 个`: as `list`, in Chinese. */
export const listZh = <T>(items: readonly T[], max: number, nameOf: (item: T) => string = String): string => {
  const names = items
    .slice(0, max)
    .map((item) => nameOf(item))
    .join('、')
  return items.length <= max ? names : `${names} 等 ${items.length} 个`
}

/** The list in every language, of names that are the same in all of them. */
export const listed = <T>(items: readonly T[], max: number, nameOf?: (item: T) => string): Text => ({
  en: list(items, max, nameOf),
  zh: listZh(items, max, nameOf),
})

/** The list of longer texts in every language: `a, b and 4 more`; `a；b；另有 4 个`. */
export const listedTexts = (texts: readonly Text[], max: number): Text => {
  const more = texts.length > max ? [`另有 ${texts.length - max} 个`] : []
  return {
    en: list(texts, max, ({ en }) => en),
    zh: [...texts.slice(0, max).map(({ zh }) => zh), ...more].join('；'),
  }
}
