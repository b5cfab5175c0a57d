import { Buffer } from 'node:buffer'

/** Base64 of a text within a longer one: it may begin at any of the three positions in a group. */
const base64Of = (text: string, encoding: 'base64' | 'base64url'): string[] =>
  [0, 1, 2].map((before) => {
    const whole = Buffer.from('.'.repeat(before) + text).toString(encoding)
    // The first and last groups also encode the surrounding text.
    return whole.replace(/=+$/, '').slice(before === 0 ? 0 : 4, (before + text.length) % 3 === 0 ? undefined : -1)
  })

/** The parts of a text that have 16 characters and begin at multiples of 8. */
const windowsOf = (text: string): string[] =>
  Array.from({ length: Math.floor(Math.max(0, text.length - 16) / 8) + 1 }, (_, i) => text.slice(i * 8, i * 8 + 16))

export const reversed = (text: string): string => Array.from(text).toReversed().join('')

/** The forms in which a secret could leak: in plain text, in part, or in a reversible encoding. */
const guisesOf = (secret: string): string[] => {
  const hex = Buffer.from(secret).toString('hex')
  const eachAs = (form: (code: string) => string) =>
    Array.from(secret, (c) => form(c.charCodeAt(0).toString(16))).join('')
  return [
    secret,
    ...base64Of(secret, 'base64'),
    ...base64Of(secret, 'base64url'),
    hex,
    hex.toUpperCase(),
    encodeURIComponent(secret),
    eachAs((code) => `%${code}`),
    eachAs((code) => `\\u${code.padStart(4, '0')}`),
    JSON.stringify(secret).slice(1, -1),
    reversed(secret),
    ...windowsOf(secret),
    secret.slice(-16),
    ...windowsOf(reversed(secret)),
  ]
}

/** Secrets whose values no test knows. */
const shapes = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\[nr]|\s)+[A-Za-z0-9+/]{16}/,
  'a JWT': /eyJ[\w-]+\.eyJ[\w-]+\./,
  'an Authorization header': /\bBearer |\bTC3-HMAC-SHA256\b/,
} as const

/** Finds the secrets that a text shows. It identifies them by their index, so that a failing test does not reveal them again. */
export const leakFinder = (secrets: readonly string[]): ((text: string) => string[]) => {
  const guises = [...new Set(secrets)].map((secret) => [...new Set(guisesOf(secret))])
  return (text) => [
    ...guises.flatMap((some, i) => (some.some((guise) => text.includes(guise)) ? [`secret ${i}`] : [])),
    ...Object.entries(shapes).flatMap(([name, shape]) => (shape.test(text) ? [name] : [])),
  ]
}
