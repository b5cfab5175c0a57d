import { randomUUID } from 'node:crypto'
import { appendFileSync, closeSync, constants, openSync } from 'node:fs'
import { EOL } from 'node:os'
import * as core from '@actions/core'
import type { Annotation, Log, World } from '../model/ports.ts'
import { toProblem } from '../model/problem.ts'

/**
 * A line of the log in which the runner finds no command: it takes lines that begin with `::`, after blanks (of .NET, so
 * U+0085 is one), and `##[` anywhere. So a text from outside stays text, wherever it is printed.
 */
export const inert = (text: string): string =>
  text
    .split(/\r\n|[\n\r]/)
    .map((line) => line.replace(/^([\s\u0085]*):(?=:)/, '$1: ').replaceAll('##[', '## ['))
    .join('\n')

/** The log of the step. Titles and messages of annotations are escaped by `@actions/core`. */
export const log: Log = {
  info: (line) => core.info(inert(line)),
  debug: (line) => core.debug(inert(line)),
  annotate: ({ level, title, message }: Annotation) => {
    const write = { error: core.error, warning: core.warning, notice: core.notice }[level]
    write(message, { title })
  },
  group: async (title, body) => {
    core.startGroup(title)
    try {
      return await body()
    } finally {
      core.endGroup()
    }
  },
  mask: core.setSecret,
}

/**
 * Sets an output that comes in pieces, in the form that the runner reads (its documentation, "Multiline strings"). `core.setOutput`
 * would hold the whole of it five times. The mark that ends it is written even when a piece fails: without it the runner takes nothing
 * of the file.
 */
const setInPieces = (name: string, pieces: Iterable<string>, path: string | undefined): void => {
  if (!path) {
    core.setOutput(name, [...pieces].join(''))
    return
  }
  const mark = `ghadelimiter_${randomUUID()}`
  // As `core.setOutput`: it is the runner that makes the file.
  const file = openSync(path, constants.O_WRONLY | constants.O_APPEND)
  try {
    appendFileSync(file, `${name}<<${mark}${EOL}`)
    try {
      for (const piece of pieces) appendFileSync(file, piece)
    } finally {
      appendFileSync(file, `${EOL}${mark}${EOL}`)
    }
  } finally {
    closeSync(file)
  }
}

/** Characters of the summary that are written at once. */
const atOnce = 64 * 1024

const writeSummary = async (pieces: Iterable<string>): Promise<void> => {
  const { summary } = core
  try {
    for (const piece of pieces) {
      summary.addRaw(piece)
      if (summary.stringify().length >= atOnce) await summary.write()
    }
  } finally {
    await summary.write()
  }
}

/** Writes the outputs, then the summary. What cannot be written is said, and hides nothing else. */
export const publish = async (
  outputs: Readonly<Record<string, string | Iterable<string>>>,
  summary: Iterable<string>,
  env: World['env'],
): Promise<void> => {
  const failures: string[] = []
  const attempt = async (what: string, write: () => unknown) => {
    try {
      await write()
    } catch (thrown) {
      failures.push(`${what}: ${toProblem(thrown).message}`)
    }
  }
  for (const [name, value] of Object.entries(outputs))
    await attempt(`output ${name}`, () =>
      typeof value === 'string' ? core.setOutput(name, value) : setInPieces(name, value, env['GITHUB_OUTPUT']),
    )
  await attempt('job summary', () => writeSummary(summary))
  for (const message of failures) log.annotate({ level: 'warning', title: 'Could not be written', message })
}
