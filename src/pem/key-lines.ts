/** Whether a line may be part of a key without BEGIN and END lines: a long one, or the rest after a long one. */
const isBare = (line: string, before = ''): boolean =>
  /^[A-Za-z0-9+/]{40,}={0,2}$/.test(line) ||
  (/^[A-Za-z0-9+/]{40,}$/.test(before) && /^[A-Za-z0-9+/]{4,}={0,2}$/.test(line))

const keys = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----([\s\S]*?)(?:-----END|$)/g
const certificates = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[\s\S]*?(?:-----END [^-]*-----|$)/g

/**
 * The lines of private keys in a text, to be masked: those from a BEGIN line to the END line or the end of the text, and, outside
 * PEM blocks, those that look like part of a key. Line breaks may be written as `\\n`. Lines of fewer than four characters are not
 * secret, and masking them would make the log unreadable.
 */
export const keyLinesIn = (text: string): string[] => {
  const found = [...text.matchAll(keys)]
  const outside = text.replace(/-----BEGIN [\s\S]*?(?:-----END [^-]*-----|$)/g, '')
  return [
    ...found.flatMap(([, body = '']) => linesOf(body)).filter((line) => line.length >= 4),
    ...linesOf(outside).filter((line, i, all) => isBare(line, all[i - 1])),
  ]
}

/** What to mask in an input that is not PEM, or in a private key, before it is parsed: the whole text, and every line that is not too short. */
export const allLinesOf = (text: string): string[] => {
  const outside = text.replace(certificates, '\n')
  const lines = linesOf(outside).filter((line) => line.length >= 8 && !/^-{5}(BEGIN|END) [^-]*-{5}$/.test(line))
  return !text.includes('-----BEGIN') && text.trim().length >= 8 ? [text.trim(), ...lines] : lines
}

/** The body of each private key in a text, as a whole: later its lines may be broken differently. */
export const keyBodiesIn = (text: string): string[] =>
  [...text.matchAll(keys)].map(([, body = '']) => linesOf(body).join('\n').trim()).filter((body) => body !== '')

const linesOf = (text: string): string[] => text.split(/\\r|\\n|[\r\n]/).map((line) => line.trim())
