import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as core from '@actions/core'
import type { Annotation, Environment, Log } from '../model/ports.ts'
import { toProblem } from '../model/problem.ts'
import { type Language, languages, type Text, textIn } from '../util/language.ts'
import { secretStore } from '../util/secrets.ts'
import { brief, clip, oneLine } from '../util/text.ts'

/** Characters of an annotation that GitHub shows. */
const maxMessage = 4096
const maxTitle = 200
/** Annotations of one level that GitHub shows for a step; of more, it leaves out some. */
const maxAnnotations = 10
/** Maximum length of a log line, characters: enough for the body of a call for a hundred hosts with the longest names. */
const maxLine = 32_768

/**
 * Text in which the runner finds no command: it recognises `::` at the start of a line, after whitespace (as .NET defines it, so
 * including U+0085), and `##[` anywhere.
 */
export const inert = (text: string): string =>
  text
    .split(/\r\n|[\n\r]/)
    .map((line) => line.replace(/^([\s\u0085]*):(?=:)/, '$1: ').replaceAll('##[', '## ['))
    .join('\n')

/** Visible text, with its line breaks kept. */
const visible = (text: string): string => text.split('\n').map(oneLine).join('\n')

/**
 * The log of a run: all text is scrubbed, visible, inert and limited in length. The runner masks secrets in the log only; `scrub` does
 * it for everything that the run writes. `@actions/core` escapes titles and messages of annotations.
 */
export const runnerLog = (language: Language): Log => {
  const { add, addWhole, scrub } = secretStore()
  const masked = new Set<string>()
  const counts = { error: 0, warning: 0, notice: 0 }
  const info: Log['info'] = (line) => core.info(inert(brief(scrub(line), maxLine)))
  return {
    info,
    debug: (line) => core.debug(inert(scrub(line))),
    annotate: ({ level, at, ...said }: Annotation) => {
      const [title, message] = [textIn(language, said.title), textIn(language, said.message)]
      counts[level] += 1
      if (counts[level] > maxAnnotations) return info(`${level}: ${title}: ${message}`)
      const write = { error: core.error, warning: core.warning, notice: core.notice }[level]
      const place = at === undefined ? {} : { file: scrub(at.file), startLine: at.line, startColumn: at.column }
      const properties = { title: brief(scrub(title), maxTitle), ...place }
      write(clip(visible(clip(scrub(message), 20 * maxMessage)), maxMessage), properties)
    },
    group: async (title, body) => {
      core.startGroup(inert(brief(scrub(title), maxTitle)))
      try {
        return await body()
      } finally {
        core.endGroup()
      }
    },
    // The runner masks the secret and each of its lines. Masks of a few characters would hide half of the log.
    mask: (secret) => {
      add(secret)
      const lines = secret.split(/\r\n|[\n\r]/).flatMap((line) => [line, line.trim()])
      for (const text of [secret, ...lines.filter((line) => line.length >= 4)]) {
        if (!masked.has(text)) core.setSecret(text)
        masked.add(text)
      }
    },
    hide: addWhole,
    scrub,
  }
}

/** The language of the report. One that does not exist is an error of the inputs, which is told in English. */
export const languageOf = (env: Environment): Language =>
  languages.find((one) => one === env['INPUT_LANGUAGE']?.trim()) ?? 'en-US'

/** What the step publishes. */
export interface Report {
  readonly outputs: Readonly<Record<string, string>>
  /** The JSON document behind the output `result-path`. */
  readonly document: string
  /** Markdown. */
  readonly summary: string
}

const outputText = (name: string): Text => ({ en: `output ${name}`, zh: `输出 ${name}` })
const notWritten = { en: 'Could not be written', zh: '写入失败' }

/** Writes the outputs, the result file and the summary, all scrubbed. One that cannot be written is a warning and does not stop the others. */
export const publish = async ({ outputs, document, summary }: Report, env: Environment, log: Log): Promise<void> => {
  const { scrub } = log
  const failures: Text[] = []
  const attempt = async (what: Text, write: () => unknown) => {
    try {
      await write()
    } catch (thrown) {
      const { en, zh } = toProblem(thrown).text
      failures.push({ en: `${what.en}: ${en}`, zh: `${what.zh}：${zh}` })
    }
  }
  for (const [name, value] of Object.entries(outputs)) {
    await attempt(outputText(name), () => core.setOutput(name, scrub(value)))
  }
  await attempt(outputText('result-path'), async () => {
    const path = join(env['RUNNER_TEMP'] || tmpdir(), `edgeone-certificate-${randomUUID()}.json`)
    await writeFile(path, scrub(document))
    core.setOutput('result-path', path)
  })
  await attempt({ en: 'job summary', zh: '作业摘要' }, () => core.summary.addRaw(scrub(summary)).write())
  for (const message of failures) log.annotate({ level: 'warning', title: notWritten, message })
}
