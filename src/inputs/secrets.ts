import { keyVariables } from '../credentials/keys.ts'

/** Environment of the process. The runner passes the input `zone-id` as `INPUT_ZONE-ID`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The variable of an input. */
export const variable = (name: string): string => `INPUT_${name.toUpperCase()}`

const blank = (value: string | undefined): boolean => value === undefined || value.trim() === ''

/** Every secret in the environment that this step may read: to be masked before anything is printed. */
export const secretsIn = (env: Environment): string[] => {
  const keys = Object.entries(keyVariables).flatMap(([name, variables]) => [variable(name), ...variables])
  const lines = keys.flatMap((key) => (blank(env[key]) ? [] : (env[key] ?? '').split(/\r?\n/)))
  const pem = [variable('certificate'), variable('private-key')].flatMap((key) => keyLinesIn(env[key] ?? ''))
  const all = [...lines.flatMap((line) => (blank(line) ? [] : [line, line.trim()])), ...pem]
  return [...new Set(all)]
}

/** Whether a line may be a part of a key that lost the lines around it: long, or what is left over after a long one. */
const isBare = (line: string, before = ''): boolean =>
  /^[A-Za-z0-9+/]{40,}={0,2}$/.test(line) ||
  (/^[A-Za-z0-9+/]{40,}$/.test(before) && /^[A-Za-z0-9+/]{4,}={0,2}$/.test(line))

/**
 * The lines of the private keys in a text, to be masked: those between the lines that begin and end a key, or to the text's end, and, outside of
 * every PEM block, those that look like a part of one. Line breaks may be written as `\\n`. What is shorter than four characters is
 * no secret, and would mask half of the log.
 */
export const keyLinesIn = (text: string): string[] => {
  const keys = [...text.matchAll(/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----([\s\S]*?)(?:-----END|$)/g)]
  const outside = text.replace(/-----BEGIN [\s\S]*?(?:-----END [^-]*-----|$)/g, '')
  return [
    ...keys.flatMap(([, body = '']) => linesOf(body)).filter((line) => line.length >= 4),
    ...linesOf(outside).filter((line, i, all) => isBare(line, all[i - 1])),
  ]
}

const linesOf = (text: string): string[] => text.split(/\\r|\\n|[\r\n]/).map((line) => line.trim())
