/** Whether a line may be part of a key without BEGIN and END lines: a long one, or the rest after a long one. */
const isBare = (line: string, before = ''): boolean =>
  /^[A-Za-z0-9+/]{40,}={0,2}$/.test(line) ||
  (/^[A-Za-z0-9+/]{40,}$/.test(before) && /^[A-Za-z0-9+/]{4,}={0,2}$/.test(line))

/**
 * The lines of private keys in a text, to be masked: those from a BEGIN line to the END line or the end of the text, and, outside
 * PEM blocks, those that look like part of a key. Line breaks may be written as `\\n`. Lines of fewer than four characters are not
 * secret, and masking them would make the log unreadable.
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
