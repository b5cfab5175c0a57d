import type { ReadFile } from '../model/ports.ts'
import { type Finding, findingText, ownProblem, toProblem } from '../model/problem.ts'
import { inBoth, sentences, type Text } from '../util/language.ts'
import { brief } from '../util/text.ts'
import { allLinesOf, keyBodiesIn, keyLinesIn } from './key-lines.ts'
import { insteadOf, noPem } from './not-pem.ts'
import type { Source } from './read.ts'

/** The inputs `certificate` and `private-key`: PEM, or paths of PEM files, one per line. */
export interface GivenPem {
  readonly certificate: string
  readonly privateKey: string
}

/** The content of one input. */
interface Opened {
  readonly sources: readonly Source[]
  /** Texts to mask. */
  readonly secrets: readonly string[]
  /** Files that cannot be read. */
  readonly absent: readonly Finding[]
}

/**
 * The texts in the inputs, or in the files that they name. Everything that may be a part of a key is masked first. Throws
 * `Certificate.File` with a finding for each file that cannot be read.
 */
export const openSources = async (
  { certificate, privateKey }: GivenPem,
  readFile: ReadFile,
  mask: (secret: string) => void,
): Promise<readonly Source[]> => {
  const opened = [
    await open('certificate', certificate, readFile),
    await open('private-key', privateKey, readFile),
  ] as const
  for (const secret of new Set(opened.flatMap(({ secrets }) => secrets))) mask(secret)
  const findings = opened.flatMap(({ absent }) => absent)
  if (findings.length > 0) {
    throw ownProblem('Certificate.File', { message: sentences(findings.map(findingText)), findings })
  }
  return opened.flatMap(({ sources }) => sources)
}

const open = async (input: Source['input'], value: string, readFile: ReadFile): Promise<Opened> => {
  const place = { en: 'the text', zh: '文本' }
  const asText = { sources: [{ input, place, text: value }], secrets: secretsOf(input, value), absent: [] }
  if (value.trim() === '') return { sources: [], secrets: [], absent: [] }
  if (value.includes('-----BEGIN')) return asText
  const files = await Promise.all(linesOf(value).map((path) => readOne(path, readFile)))
  // If no line names a file, or looks like a path, the value may be a key in another form.
  if (!files.some((file) => 'text' in file || hasPathForm(file.path)) && !isNondescript(value)) return asText
  return {
    sources: files.flatMap((file, i) => {
      return 'text' in file
        ? [{ input, place: placeOf(input, file, files.length === 1 ? undefined : i), text: file.text }]
        : []
    }),
    secrets: files.flatMap((file) => {
      if ('text' in file) return secretsOf(input, file.text)
      const isShown = input === 'certificate' && isPath(file.path)
      // Masks of a few characters would hide half of the log.
      return isShown || file.path.length < 4 ? [] : [file.path]
    }),
    absent: files.flatMap((file, i): Finding[] => {
      if ('text' in file) return []
      const { en, zh } = pathOf(input, file, files.length === 1 ? undefined : i)
      const { why } = file
      const seen = { en: `${en} cannot be read: ${why.en}`, zh: `无法读取${zh}：${why.zh}` }
      const expected = { en: 'Pass the path of a PEM file.', zh: '请填写 PEM 文件的路径。' }
      return [{ input, form: 'sentences', seen, expected }]
    }),
  }
}

/** The place of a file in a sentence; `i`: its number, if there are several. The path of a private key may be a key, so it is not shown. */
const placeOf = (input: Source['input'], { path }: OneFile, i: number | undefined): Text => {
  if (input === 'certificate') return shown(path, { en: 'a file', zh: '文件' })
  return i === undefined ? { en: 'the file', zh: '文件' } : { en: `file ${i + 1}`, zh: `文件 ${i + 1}` }
}

const pathOf = (input: Source['input'], { path }: OneFile, i: number | undefined): Text => {
  if (input === 'certificate') return shown(path, { en: 'a path', zh: '路径' })
  return hidden(i === undefined ? { en: 'a path', zh: '路径' } : { en: `path ${i + 1}`, zh: `路径 ${i + 1}` })
}

type OneFile = { readonly path: string; readonly text: string } | { readonly path: string; readonly why: Text }

const readOne = async (path: string, readFile: ReadFile): Promise<OneFile> => {
  try {
    return { path, text: await readFile(path) }
  } catch (thrown) {
    return { path, why: toProblem(thrown).text }
  }
}

const linesOf = (value: string): string[] =>
  value
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Whether a text has the form of a path of a PEM file. */
const hasPathForm = (text: string): boolean =>
  /^(?:[A-Za-z]:[\\/])?[\p{L}\p{N}\p{M} \\/.@+~*_-]+\.(?:pem|crt|cer|key|txt)$/iu.test(text)

/** Whether a part of a path looks like a key. */
const hasRandomPart = (text: string): boolean =>
  text.split(/[\\/.]/).some((part) => part.length >= 32 && /[A-Za-z]/.test(part) && /\d/.test(part))

/** Whether such a path may be shown: no form of a key is this short and has such an ending. */
const isPath = (text: string): boolean => text.length <= 200 && hasPathForm(text) && !hasRandomPart(text)

/** Whether a line can only be a path, and not a key in any form. */
export const isPathAlone = (line: string): boolean =>
  (line.length <= 200 && hasPathForm(line)) || (isNondescript(line) && !hasRandomPart(line))

/** Whether a value may be a path: one word in no known form. */
const isNondescript = (value: string): boolean => /^[\w.\\/-]{1,100}$/.test(value.trim()) && insteadOf(value) === noPem

const shown = (path: string, noun: Text): Text => (isPath(path) ? inBoth(`“${brief(path, 200)}”`) : hidden(noun))
const hidden = ({ en, zh }: Text): Text => ({ en: `${en} (not shown)`, zh: `${zh}（未显示）` })

/** What to mask in a text: the lines of keys if it contains certificates, otherwise everything. */
export const secretsOf = (input: Source['input'], text: string): string[] => {
  const hasCertificate = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(text)
  const all = input === 'private-key' || !hasCertificate ? allLinesOf(text) : []
  return [...keyBodiesIn(text), ...keyLinesIn(text), ...all]
}
